"""What no view should have to think of: requests that no database can hold, a database that is away, and no list in
force."""

import logging
from collections.abc import Callable

from django.db.utils import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from editions.public.reading import NothingInForce
from editions.public.taking_turns import Busy
from portal.errors import bad_request, busy, nothing_in_force, unavailable

log = logging.getLogger(__name__)


class WhatGoesWrong:
    """400 for what PostgreSQL cannot take (a NUL in the address, a pattern that is none), 503 while it is away; where
    no edition is in force, or others wait already for what takes long, a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
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
