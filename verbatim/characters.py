"""The one rule of characters: what may stand in a text that goes into an edition, into its pages and papers.

Two kinds may not. What nobody sees is no text: it comes along from chats and documents. What no face can show would
leave a hole in every PDF for ever; that is asked of `printable.txt`, which is made from the face without which no PDF
is set at all and comes with the code, so that no machine lets pass what another one cannot print.
"""

import bisect
import functools
import re
from pathlib import Path

LISTED = Path(__file__).parent / "printable.txt"

LAYOUT = " \t\u3000\r\u00a0"
SPACES = "\u2002\u2003"
"""Can be printed, and are taken for layout: at an end of a line nobody has meant them."""

UNSEEN = (
    r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f"  # control characters, but for tab and line end
    r"\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    r"\ue000-\uf8ff"  # private
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control and format characters, fillers, selectors of variants, private and no characters: a regular expression, the
same for Python and PostgreSQL (which itself stores neither U+0000 nor halves of pairs)."""

_UNSEEN = re.compile(UNSEEN.replace("[", r"[\u0000\ud800-\udfff", 1))


def unseen(text: str) -> list[str]:
    """The characters of a text that nobody sees, each once."""
    return sorted(set(_UNSEEN.findall(text)))


def unprintable(text: str) -> list[str]:
    """The characters of a text that cannot be printed, whether they are seen or not, each once."""
    return sorted(each for each in set(text) if not is_printable(each))


def complaint(text: str) -> str:
    """What is wrong with the characters of a text, as the rest of a sentence about it; empty where nothing is."""
    faults = unprintable(text)
    hidden = "、".join(code_point(each) for each in faults if unseen(each))
    no_face = "、".join(f"{each}（{code_point(each)}）" for each in faults if not unseen(each))
    ends = {each for line in text.split("\n") for each in (line[:1], line[-1:]) if each and each in SPACES}
    spaces = "、".join(map(code_point, sorted(ends)))
    return (
        (f"有看不见、印不出的字符（{hidden}），请删去它前后的文字重新输入。" if hidden else "")
        + (f"有字体印不出的字符：{no_face}，请删去，或改用通行的字。" if no_face else "")
        + (f"段首或者段尾有特殊的空格（{spaces}），请删去。" if ends else "")
    )


def without_unseen(text: str) -> str:
    """The same without the characters that nobody sees, and without special spaces at the ends of its lines."""
    return "\n".join(line.strip(SPACES) for line in _UNSEEN.sub("", text).split("\n"))


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


@functools.lru_cache(maxsize=10_000)
def is_printable(character: str) -> bool:
    return character == "\n" or character in LAYOUT or (holds(_listed(), character) and not unseen(character))


Spans = tuple[range, ...]
"""Code points in order, as fontconfig writes them (20-7e a0 4e00-9fa5). As a set they would take ten megabytes."""


def spans_of(written: str) -> Spans:
    spans = (span.partition("-") for span in written.split())
    return tuple(range(int(first, 16), int(last or first, 16) + 1) for first, _, last in spans)


def holds(spans: Spans, character: str) -> bool:
    after = bisect.bisect(spans, ord(character), key=lambda span: span.start)
    return after > 0 and ord(character) in spans[after - 1]


@functools.cache
def _listed() -> Spans:
    lines = LISTED.read_text(encoding="ascii").splitlines()
    return spans_of(" ".join(line for line in lines if not line.startswith("#")))
