"""The desk: the admin site of the staff, in the document's order."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from editions import parts


class Desk(admin.AdminSite):
    site_header = "责任清单管理"
    site_title = "责任清单管理"
    index_title = "工作台"
    empty_value_display = "—"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Apps in the order of the list; models in the order in which they were registered."""
        registered = [model._meta.object_name for model in self._registry]
        apps = self._build_app_dict(request, app_label)
        for app in apps.values():
            app["models"].sort(key=lambda model: registered.index(model["object_name"]))
        order = ["editions", *(part.name for part in parts.parts()), "offices", "laws", "accounts", "auth", "admin"]
        known = {label: place for place, label in enumerate(order)}
        return sorted(apps.values(), key=lambda app: known.get(app["app_label"], len(order)))
