"""A text as it is read: each fold leaves every character in its place, so that what is found stands where it was."""

import re
import unicodedata
from collections.abc import Callable

from verbatim.folding import FIGURES

BETWEEN_HAN = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")


def plain(text: str) -> str:
    """In half width."""
    return _in_place(text, lambda each: unicodedata.normalize("NFKC", each))


def folded(text: str) -> str:
    """In small letters."""
    return _in_place(text, str.casefold)


def in_figures(text: str) -> str:
    """With Chinese figures as ordinary ones."""
    return text.translate(FIGURES)


def without_gaps(text: str) -> str:
    """What stands over two lines, or is spaced out, in one; no more in its place."""
    return BETWEEN_HAN.sub("", text)


def _in_place(text: str, fold: Callable[[str], str]) -> str:
    """What a fold makes longer stays as it is."""
    return "".join(one if len(one := fold(each)) == 1 else each for each in text)
