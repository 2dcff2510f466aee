"""URLs of what stands beside the list: for the edition in force alone."""

from typing import Any

from django.urls import path

from services import views

pages: list[Any] = [
    # /services/events/
    path("services/events/", views.event_list, name="events"),
]

files: list[Any] = [
    # /services/calendar.ics
    path("services/calendar.ics", views.calendar_ics, name="calendar"),
]
