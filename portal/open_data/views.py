"""The contract and the data catalogue, and the page that tells people of both."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from cases.publicity.views import are_there
from editions.public.data import JSON
from editions.public.reading import Reading, address
from editions.public.views import cross_edition_view, page
from portal.open_data import contract as contracts
from portal.open_data import dcat


@cross_edition_view
def data(request: HttpRequest, reading: Reading) -> HttpResponse:
    cover = reading.register.cover
    forms = [
        (edition, [(form, reading.url_in(edition, name)) for name, (form, _) in dcat.FORMS.items()])
        for edition in reading.catalogue.published
    ]
    return page(
        request,
        "portal/data.html",
        reading,
        "data",
        {},
        named="数据",
        about=f"{cover.title}的数据：格式、许可、怎样引用，各版的下载地址",
        cited=_first_item_cited(reading),
        forms=forms,
        has_decisions=are_there(reading.catalogue),
        licence=settings.DATA_LICENCE,
        licence_url=settings.DATA_LICENCE_URL,
        licence_is_default=settings.DATA_LICENCE_IS_DEFAULT,
    )


def _first_item_cited(reading: Reading) -> str:
    """An example of how an item is cited; empty where the list has none."""
    for part in reading.register.parts:
        for document in reading.register.documents(part.name):
            url = reading.permanent_url("item", part=part.name, code=document.code)
            return reading.citation(document.code, address(url))
    return ""


@cross_edition_view
def openapi(request: HttpRequest, reading: Reading) -> HttpResponse:
    return _said(contracts.contract(reading, _public_patterns()), "application/json")


@cross_edition_view
def data_catalogue(request: HttpRequest, reading: Reading) -> HttpResponse:
    return _said(dcat.catalogue(reading), dcat.CONTENT_TYPE)


def _public_patterns() -> list[Any]:
    """The addresses of the public site alone."""
    return get_resolver("portal.urls").url_patterns


def _said(content: dict[str, Any], kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(content, **JSON), content_type=kind)
