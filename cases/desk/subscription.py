"""The clocks of one's cases in the own calendar (RFC 5545), under a secret address that needs no log-in and can be
changed. What is in it says nothing of any person: the number of a case, a clock, a day, a link."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

import icalendar
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, register_converter, reverse
from django.utils import timezone

from acts import pages
from cases.desk import worklist
from cases.desk.worklist import Clock, Urgency
from cases.rows.subscription import Subscription
from clocks.working_days import DAY
from editions.public.reading import address
from editions.public.views import only_shows

AGAIN = datetime.timedelta(hours=6)
"""After which a calendar asks again."""


MORNING = datetime.time(9)
HOURS_BEFORE = datetime.timedelta(hours=4)


class Secret:
    """43 characters, as `secrets.token_urlsafe` makes them of 32 bytes."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Secret, "secret")


def urls(site: Any) -> list[URLPattern]:
    owned = pages.page(site, page, permission="cases.view_case")
    return [
        # /admin/cases/case/worklist/calendar/
        path("worklist/calendar/", owned, name="cases_subscription"),
        # /admin/cases/case/calendar/….ics, where no session is needed
        path("calendar/<secret:secret>.ics", calendar, name="cases_calendar"),
    ]


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET says what an address is; POST makes another one, shown this once, or gives it up."""
    if request.method == "POST":
        if "end" in request.POST:
            Subscription.end(request.user)
        else:
            secret = Subscription.begin(request.user)
            context["address"] = address(reverse("admin:cases_calendar", args=[secret]))
    context |= {"title": "日历地址", "subscription": Subscription.objects.of(request.user)}
    response = TemplateResponse(request, "admin/cases/subscription.html", context)
    response["Cache-Control"] = "no-store"
    return response


@only_shows
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Of whoever has the address, as far as they may see cases now."""
    account = Subscription.holder(secret)
    if account is None:
        raise Http404("没有这个日历地址。")
    content = as_calendar(worklist.clocks_of(account))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})


def as_calendar(clocks: Iterable[Clock]) -> bytes:
    made = icalendar.Calendar()
    made.add("prodid", "-//cases//clocks//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "案件期限")
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    now, met = timezone.now().astimezone(datetime.UTC), Counter[Any]()
    for clock in clocks:
        if clock.urgency is not Urgency.NONE:
            same = clock.case, clock.rule, clock.start
            made.add_component(_entry(clock, met[same], now))
            met[same] += 1
    return made.to_ical()


def _entry(clock: Clock, place: int, now: datetime.datetime) -> icalendar.Event:
    """`place` tells clocks of one case apart that began on the same day for the same reason."""
    url = address(reverse("admin:cases_case_change", args=[clock.case]))
    entry = icalendar.Event()
    entry.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{url}#{clock.rule}/{clock.start}/{place}")))
    entry.add("dtstamp", now)
    entry.add("summary", f"{_mark(clock)}{clock.title}（案件 {clock.number}）")
    if clock.ends_at:
        entry.add("dtstart", clock.ends_at.astimezone(datetime.UTC))
        entry.add("dtend", clock.ends_at.astimezone(datetime.UTC))
    else:
        entry.add("dtstart", clock.due)
        entry.add("dtend", clock.due + DAY)
    entry.add("description", f"{clock.said}\n{url}")
    entry.add("url", url)
    entry.add("transp", "TRANSPARENT")
    if rings := _rings_at(clock):
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", "案件期限快到了")
        alarm.add("trigger", rings.astimezone(datetime.UTC))
        entry.add_component(alarm)
    return entry


def _rings_at(clock: Clock) -> datetime.datetime | None:
    """Some hours before what counts by hours; else in the morning of the last working day on or before the end (K4)."""
    if clock.ends_at:
        return clock.ends_at - HOURS_BEFORE
    return timezone.make_aware(datetime.datetime.combine(clock.alarm, MORNING)) if clock.alarm else None


def _mark(clock: Clock) -> str:
    return "已逾期：" if clock.urgency is Urgency.LATE else "暂定：" if clock.is_provisional else ""
