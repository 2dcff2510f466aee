"""What this part has of its own: the events announced, and the calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from editions.public.reading import Reading
from editions.public.views import edition_view, page
from services import events
from services.calendar import calendar


@edition_view
def event_list(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Every event that was announced: those ahead, and those that are over."""
    everything = reading.catalogue.beside["events"]
    context: dict[str, Any] = {
        "ahead": events.ahead(everything, reading.catalogue.day),
        "over": events.over(everything, reading.catalogue.day),
    }
    about = f"{reading.register.cover.title}公共服务的活动：时间、地点和日历"
    return page(request, "services/events.html", reading, "events", {}, named="活动", about=about, **context)


@edition_view
def calendar_ics(request: HttpRequest, reading: Reading) -> HttpResponse:
    return HttpResponse(calendar(reading), content_type="text/calendar; charset=utf-8")
