"""What belongs to no part of the list: the health of the service, and the pages for what goes wrong."""

import logging
import sys
from collections.abc import Sequence

from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from editions.life.edition import Edition
from editions.public.views import only_shows
from paper.files import FULL
from portal.papers import queue
from portal.retry_header import ASK_AGAIN

log = logging.getLogger(__name__)


@only_shows
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and an edition is in force; 503, with what is wrong, otherwise. Whether paper is
    being set is said beside it: reading does not need it."""
    paper = {"paper": "ok" if queue.is_at_work() else "unavailable"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        edition = Edition.objects.in_force()
    except (OperationalError, InterfaceError):
        return JsonResponse({"database": "unavailable", "edition": None, **paper}, status=503)
    label = edition.label if edition else None
    return JsonResponse({"database": "ok", "edition": label, **paper}, status=200 if edition else 503)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    context = {"said": _said(exception), "history": getattr(exception, "history", "")}
    return render(request, "errors/404.html", context, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]  # also what fails before a view is asked, as a form that is taken in
    try:
        if isinstance(error, OSError) and error.errno in FULL:
            return unavailable(request, "磁盘满了，没有办成，什么也没有改。请告诉管理员腾出空间，再试一次。")
        return render(request, "errors/500.html", status=500)
    except Exception:  # even the page that admits a fault may meet one (no collected static files, say)
        log.exception("the error page itself failed")
        plain = "本站出了差错。差错已经记录，请过几分钟再试。"
        return HttpResponse(plain, status=500, content_type="text/plain; charset=utf-8")


def nothing_in_force(request: HttpRequest, published: Sequence[Edition]) -> HttpResponse:
    """503 before the first edition; 410 where what was in force is revoked: it is gone for good and stays readable."""
    return render(request, "errors/nothing.html", {"published": published}, status=410 if published else 503)


def unavailable(request: HttpRequest, said: str = "") -> HttpResponse:
    response = render(request, "errors/503.html", {"said": said}, status=503)
    response["Retry-After"] = "30"
    return response


def being_typeset(request: HttpRequest, said: str = "") -> HttpResponse:
    """A paper that is not there yet."""
    return _in_a_moment(request, "errors/being_set.html", said)


def busy(request: HttpRequest, said: str) -> HttpResponse:
    return _in_a_moment(request, "errors/busy.html", said)


def _in_a_moment(request: HttpRequest, template: str, said: str) -> HttpResponse:
    """A page that comes again by itself. The front asks once more before it is sent: mostly there is an answer then."""
    response = render(request, template, {"said": said}, status=503)
    response["Retry-After"], response["Cache-Control"], response[ASK_AGAIN] = "2", "no-store", "0.5"
    response._has_been_logged = True  # type: ignore[attr-defined]  # nothing is wrong
    return response


def _said(exception: Exception | None) -> str:
    """The sentence that a view gave with its 404; resolver dumps are not for readers."""
    said = exception.args[0] if exception and exception.args else ""
    return said if isinstance(said, str) and said.endswith("。") else ""
