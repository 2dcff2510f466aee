"""Whoever wrote a clue, a report or a reason may have named the party in it: who is not on the case reads it masked,
wherever on a page it stands, and however it was typed there: with spaces or dashes in it, in full-width figures, over
two lines."""

import functools
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from cases.case import Case
from cases.rows.party import MASK

CHARACTER = re.compile(r"<br ?/?>|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|.", re.DOTALL | re.IGNORECASE)
"""One character of a page as somebody reads it."""
BETWEEN = "·・•.,，、()（）"
"""What people set between the figures of a number or the parts of a name, beside spaces and dashes."""


def masked_for(account: Any, case: Case, page: TemplateResponse) -> TemplateResponse:
    """The page, with what is personal masked where this person is not on the case."""
    if not case.is_on_the_case(account):
        page.add_post_render_callback(lambda rendered: _mask(rendered, case))
    return page


def _mask(page: HttpResponse, case: Case) -> None:
    page.content = masked_in(page.content.decode(), case.party.personal())


def masked_in(page: str, personal: Iterable[str]) -> str:
    """The page with the first character alone of each text that is personal, whatever stands between the others."""
    characters = CHARACTER.findall(page)
    read = [(folded, place) for place, character in enumerate(characters) for folded in _folded(character)]
    text = "".join(folded for folded, _ in read)
    for begin, end in _found(text, personal):
        for place in range(read[begin][1] + 1, read[end - 1][1] + 1):
            characters[place] = MASK
    return "".join(characters)


def _found(text: str, personal: Iterable[str]) -> Iterator[tuple[int, int]]:
    for each in personal:
        wanted = "".join(map(_folded, each))
        begin = text.find(wanted) if wanted else -1
        while begin >= 0:
            yield begin, begin + len(wanted)
            begin = text.find(wanted, begin + 1)


@functools.lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    """What it stands for in a comparison; nothing where it only stands between others."""
    if character.lower().startswith("<br"):
        return ""
    plain = unicodedata.normalize("NFKC", html.unescape(character)).casefold()
    return "".join(each for each in plain if not _is_between(each))


def _is_between(character: str) -> bool:
    return character.isspace() or character in BETWEEN or unicodedata.category(character) in ("Pd", "Pc")
