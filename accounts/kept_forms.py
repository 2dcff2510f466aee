"""What somebody typed while the session ended is not lost: the log-in that comes instead brings it along, and after it
the same form is sent again with one click.

Nothing is stored for who is not logged in: the page of the log-in holds it. Passwords and codes are not brought along,
nor are files, which no browser fills in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

KEPT = "kept"
"""The name of the box on the page of the log-in, and in the session."""
LONGEST = 2_000_000
"""Characters; a form of the desk that is longer is typed again."""
NOT_KEPT = ("csrfmiddlewaretoken", KEPT)
DROP = "drop"
OF_THE_LOG_IN = {"login", "logout", "second-factor", "second-factor-setup", "password_change"}
"""Pages whose forms are nothing but secrets."""


def asking_to_log_in(login: Callable[..., HttpResponse], view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """The view; where its form comes from somebody whose session is over, the page of the log-in with what was typed in
    it."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.resolver_match.url_name if request.resolver_match else ""
        is_over = settings.SESSION_COOKIE_NAME in request.COOKIES and not request.user.is_authenticated
        if request.method != "POST" or not is_over or name in OF_THE_LOG_IN:
            return view(request, *args, **kwargs)
        path, typed = request.get_full_path(), _typed(request)
        request.method, request.POST = "GET", QueryDict()  # type: ignore[assignment]
        request.GET = QueryDict(urlencode({"next": path}))  # type: ignore[assignment]
        return login(request, {KEPT: typed, "app_path": f"{reverse('admin:login')}?{urlencode({'next': path})}"})

    return asked


def _typed(request: HttpRequest) -> str:
    fields = {name: values for name, values in request.POST.lists() if not _is_secret(name)}
    text = json.dumps(
        {"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)}, ensure_ascii=False
    )
    return text if fields and len(text) <= LONGEST else ""


def _is_secret(name: str) -> bool:
    return name in NOT_KEPT or "password" in name


def hold(request: HttpRequest) -> None:
    """At the log-in: what its page brought along waits in the session for the page that it belongs to."""
    text = request.POST.get(KEPT, "")
    try:
        kept = json.loads(text) if 0 < len(text) <= LONGEST else None
        if kept and isinstance(kept["path"], str):
            fields = {str(name): [str(value) for value in values] for name, values in kept["fields"].items()}
            request.session[KEPT] = {"path": kept["path"], "fields": fields, "had_files": bool(kept["had_files"])}
    except (ValueError, KeyError, TypeError, AttributeError):
        request.session.pop(KEPT, None)  # it did not come from our page


def page_of_kept(request: HttpRequest, context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse | None:
    """Where what was typed on this page waits: the page that sends it again. None where nothing does."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.get_full_path():
        return None
    if request.method == "POST":
        del request.session[KEPT]
        return redirect(request.get_full_path()) if request.POST.get(KEPT) == DROP else None
    fields = [(name, value) for name, values in kept["fields"].items() for value in values]
    said = {"title": "登录以前填的还在", "fields": fields, "had_files": kept["had_files"], "drop": DROP}
    return TemplateResponse(request, "admin/accounts/kept.html", context(request) | said)
