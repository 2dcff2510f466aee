"""URLs of what stands beside the list: for the edition in force alone."""

from django.urls import path

from editions.public.addresses import register_group
from services import views

GROUPS = (
    register_group(
        # /services/events/
        path("services/events/", views.event_list, name="events"),
        has_elder=True,
        is_previewed=True,
    ),
    register_group(
        # /services/calendar.ics
        path("services/calendar.ics", views.calendar_ics, name="calendar"),
    ),
)
