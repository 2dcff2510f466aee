"""What no view should have to think of: requests that no database can hold, a database that is away, no list in force,
characters that nobody sees, and that other sites may read the data."""

import logging
import re
from collections.abc import Callable

from django.db.utils import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from editions.public.reading import NothingInForce
from editions.public.taking_turns import Busy
from portal.errors import bad_request, busy, nothing_in_force, unavailable
from verbatim.characters import without_unseen
from verbatim.fields import line_ends

log = logging.getLogger(__name__)

TAKE_OUT = "_without_unseen"
"""The button that takes out what nobody sees (templates/admin/take_out.html)."""


NO_TEXT = re.compile("%[89A-F][0-9A-F]")
"""What Django writes for bytes of an address that are no UTF-8. They name no page, and would be quoted once more
wherever it leads on to."""


class TakesOutUnseen:
    """A form that was refused for characters that nobody sees is sent once more, without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and TAKE_OUT in request.POST:
            sent = request.POST.copy()
            for name, values in request.POST.lists():
                sent.setlist(name, [without_unseen(line_ends(str(value))) for value in values])
            request.POST = sent  # type: ignore[assignment]
        return self.get_response(request)


class WhatGoesWrong:
    """400 for what PostgreSQL cannot take (a NUL in the address, a pattern that is none) and for an address that is no
    text, 503 while it is away; where no edition is in force, or others wait already for what takes long, a page that
    says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or NO_TEXT.search(request.path):
            return bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError):
            log.warning("the database refused a value: %s", error)
            return bad_request(request)
        if isinstance(error, OperationalError | InterfaceError):
            log.error("database unavailable: %s", error)
            return unavailable(request)
        if isinstance(error, Busy):
            return busy(request, str(error))
        if isinstance(error, NothingInForce):
            return nothing_in_force(request, error.published)
        return None


DATA = re.compile(r"\.(json|jsonld|csv|xlsx|pdf|atom|ics)$")
"""What the address of a file ends with that another site may read."""


class OpenToAll:
    """The pages of other sites may read the public data, and what is answered where there is none; nothing of the desk
    (Fetch standard, 3.3 CORS protocol)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not DATA.search(request.path) or request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"], response["Access-Control-Allow-Headers"] = "GET, HEAD", "*"
        else:
            response = self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        return response
