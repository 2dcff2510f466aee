"""Pages of the desk that no model's admin has: behind the door, with what every page of the desk shows."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def page(site: Any, view: Callable[..., HttpResponse], *, permission: str = "") -> Any:
    """The view, given the request, the context of the desk and what stands in the address, behind the door of the site;
    for whoever has the permission."""

    def shown(request: HttpRequest, **where: Any) -> HttpResponse:
        user: Any = request.user
        if permission and not user.has_perm(permission):
            raise PermissionDenied
        return view(request, site.each_context(request), **where)

    return site.admin_view(shown)
