"""Characters that look like others: who types or copies one of them means the ordinary one.

Radicals have code points of their own beside the characters that look the same; documents and PDFs are full of them.
The Kangxi radicals and the compatibility ideographs decompose (NFKC); for the supplement `radicals.txt` says which
character is meant. Nothing here changes what is printed.
"""

import functools
import re
import unicodedata
from pathlib import Path

RADICALS = Path(__file__).parent / "radicals.txt"

IDEOGRAPHS = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Where those stand that look like an ideograph and are none, or another one."""

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u30fc\ufe58\ufe63\uff0d"
"""What looks like a hyphen between two figures."""


def ordinary(text: str) -> str:
    """The same with the ordinary ideograph in the place of each that only looks like it."""
    return IDEOGRAPHS.sub(lambda found: _meant().get(found[0]) or unicodedata.normalize("NFKC", found[0]), text)


@functools.cache
def _meant() -> dict[str, str]:
    lines = RADICALS.read_text(encoding="utf-8").splitlines()
    pairs = " ".join(line for line in lines if not line.startswith("#")).split()
    return {pair[0]: pair[1] for pair in pairs}
