"""Whoever wrote a clue, a report or a reason may have named the party in it: who is not on the case reads it masked,
wherever on a page it stands."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import escape

from cases.case import Case
from cases.rows.party import masked


def masked_for(account: Any, case: Case, page: TemplateResponse) -> TemplateResponse:
    """The page, with what is personal masked where this person is not on the case."""
    if not case.is_on_the_case(account):
        page.add_post_render_callback(lambda rendered: _mask(rendered, case))
    return page


def _mask(page: HttpResponse, case: Case) -> None:
    said = page.content.decode()
    for text in sorted(case.party.personal(), key=len, reverse=True):
        said = said.replace(escape(text), escape(masked(text)))
    page.content = said
