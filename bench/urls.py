"""The portal, and beside it the bare views that pages are measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wenan_qts import urls

BYTES: dict[str, bytes] = {}
"""What each page answered, by its path."""


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES[request.GET["page"]])


urlpatterns = [path("bare/", bare), *urls.urlpatterns]
