"""Two texts as one: what stayed, what went, what came, in words and phrases (a dictionary finds the words)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SCRAP = 4
"""So many characters that stayed between two changes do not help a reader: they are read as part of the change."""
MOST_LIKENESSES = 60_000
"""So many pairs of equal words are matched at most, a third of a second; a text that repeats itself has more."""
CONTEXT = 30
"""So many characters that stayed are shown before and after a change, of a long text."""


@dataclass(frozen=True)
class Piece:
    mark: Literal["same", "gone", "come", "cut"]
    """What is `cut` stayed and is not shown."""
    text: str


@dataclass(frozen=True)
class _Hunk:
    """Words that stand in the same place before and after."""

    old: str
    new: str

    def __add__(self, other: "_Hunk") -> "_Hunk":
        return _Hunk(self.old + other.old, self.new + other.new)

    @property
    def stayed(self) -> bool:
        return self.old == self.new

    @property
    def is_scrap(self) -> bool:
        return self.stayed and len(self.old) <= SCRAP and "\n" not in self.old

    @property
    def size(self) -> int:
        return max(len(self.old), len(self.new))


def redline(old: str, new: str) -> list[Piece]:
    """The pieces in reading order: those that are not `come` give the old text, those that are not `gone` the new."""
    return [piece for hunk in _without_scraps(_hunks(old, new)) for piece in _pieces(hunk)]


def shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with the long stretches that stayed cut: of each, what stands next to a change is kept."""
    for number, piece in enumerate(pieces):
        head = CONTEXT if number else 0
        tail = CONTEXT if number + 1 < len(pieces) else 0
        if piece.mark != "same" or len(piece.text) <= 2 * CONTEXT + head + tail:
            yield piece
            continue
        yield from (Piece("same", piece.text[:head]),) if head else ()
        yield Piece("cut", piece.text[head : len(piece.text) - tail])
        yield from (Piece("same", piece.text[-tail:]),) if tail else ()


def _hunks(old: str, new: str) -> Iterator[_Hunk]:
    """By words; where the same words come again and again, by sentences first and by words in those that differ."""
    before, after = _words(old), _words(new)
    if _likenesses(before, after) <= MOST_LIKENESSES:
        yield from _matched(before, after)
        return
    before, after = _sentences(old), _sentences(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    begun, ended = "".join(before[:head]), "".join(before[len(before) - tail :])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    yield from [_Hunk(begun, begun)] if begun else []
    if _likenesses(before, after) > MOST_LIKENESSES:
        yield _Hunk("".join(before), "".join(after))
    else:
        for hunk in _matched(before, after):
            yield from [hunk] if hunk.stayed or hunk == _Hunk(old, new) else _hunks(hunk.old, hunk.new)
    yield from [_Hunk(ended, ended)] if ended else []


def _alike(before: list[str], after: list[str]) -> int:
    """With how many of the same the two begin."""
    return next(
        (n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )


def _matched(before: list[str], after: list[str]) -> Iterator[_Hunk]:
    for _, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield _Hunk("".join(before[i:j]), "".join(after[k:n]))


def _likenesses(before: list[str], after: list[str]) -> int:
    """How many pairs of the two are the same: what the time of matching them grows with."""
    there = Counter(after)
    return sum(count * there[each] for each, count in Counter(before).items())


def _words(text: str) -> list[str]:
    import rjieba  # its dictionary takes 33 MB: who shows no redline does without

    words: list[str] = rjieba.cut(text)
    return words


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；\n]*[。；\n]|[^。；\n]+", text)


def _without_scraps(hunks: Iterator[_Hunk]) -> list[_Hunk]:
    kept: list[_Hunk] = []
    for hunk in hunks:
        kept.append(hunk)
        if len(kept) >= 3 and kept[-2].is_scrap and kept[-2].size <= min(kept[-3].size, hunk.size):
            kept[-3:] = [kept[-3] + kept[-2] + kept[-1]]
    return kept


def _pieces(hunk: _Hunk) -> Iterator[Piece]:
    if hunk.stayed:
        yield Piece("same", hunk.old)
    else:
        if hunk.old:
            yield Piece("gone", hunk.old)
        if hunk.new:
            yield Piece("come", hunk.new)
