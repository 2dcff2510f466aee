"""The admin of the items of a part that brings none of its own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from editions.form import parts
from history.admin import RetiredFilter, WorkingAdmin


class ItemAdmin(WorkingAdmin):
    list_filter = [RetiredFilter]

    def get_list_display(self, request: HttpRequest) -> Any:
        return ["code", "serial", self.model.title_field, "retired_on"]

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["code", self.model.title_field]

    def get_search_fields(self, request: HttpRequest) -> Any:
        return ["code", self.model.title_field]


def register() -> None:
    """Once every part is there."""
    for part in parts.parts():
        if not admin.site.is_registered(part.model):
            admin.site.register(part.model, ItemAdmin)
