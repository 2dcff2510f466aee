"""What happens when the database is away: one plain page that says so, and how long to wait."""

import logging
from collections.abc import Callable

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from portal.views import unavailable

log = logging.getLogger(__name__)


class DatabaseAway:
    """Answers 503 where the view (process_exception) or the middleware inside this one could not reach the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        log.error("database unavailable: %s", error)
        return unavailable(request)
