"""Folding: what a reader means to be the same when searching. Full and half width, capital and small letters,
traditional and simplified characters are one, radicals and the characters that look the same, and the marks between the
numbers of a date (3、15, 3.15, 3·15); white space and dashes are nothing, so that a telephone number is one however it
is written. Character by character, so that every folded character still knows where it stood."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from opencc import OpenCC

from verbatim.lookalikes import DASHES, ordinary

_simplified = OpenCC("t2s").convert
_one_mark = str.maketrans({".": "、", "·": "、", "-": "", **dict.fromkeys(DASHES, "")})
PHONE = re.compile(r"\+?[\d(). ]{7,}")
"""A telephone number as somebody types it: with brackets, blanks, dots, the country's number."""
FIGURES = str.maketrans("〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "001123456789123456789")
"""As telephone numbers are said and written."""
SHORTEST_PHONE = 7
DAY = re.compile(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}")


class _Folds(dict[str, str]):
    def __missing__(self, character: str) -> str:
        wide = unicodedata.normalize("NFKC", ordinary(character)).casefold().translate(_one_mark)
        folded = "".join(_simplified(each) for each in wide if unicodedata.category(each)[0] not in "CZ")
        self[character] = folded
        return folded


_folds = _Folds()


def fold(text: str) -> str:
    return "".join(_folds[character] for character in text)


def words(asked: str) -> list[str]:
    """What was asked for, folded, each word once; words stand apart by white space."""
    if digits := phone_digits(asked):
        return [digits]
    return list(dict.fromkeys(filter(None, map(fold, asked.split()))))


def phone_digits(asked: str) -> str:
    """The digits of the telephone number that was asked for, without the country's; empty where it is none."""
    if DAY.fullmatch(asked.strip()):
        return ""
    figures = unicodedata.normalize("NFKC", asked).translate(FIGURES)
    flat = "".join(" " if each in DASHES or each in "-·" else each for each in figures).strip()
    digits = re.sub(r"\D", "", flat) if PHONE.fullmatch(flat) else ""
    return re.sub(r"^(?:00)?86(?=\d{9})", "", digits) if len(digits) >= SHORTEST_PHONE else ""


def occurrences(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where the text holds one of the folded words: (start, end) in the text itself, in order, none overlapping."""
    standing = [index for index, character in enumerate(text) for _ in _folds[character]]
    folded = fold(text)
    hit = [False] * len(text)
    for word in wanted:
        for at in _each(folded, word):
            for index in range(standing[at], standing[at + len(word) - 1] + 1):
                hit[index] = True
    edges = [i for i in range(len(text) + 1) if (i < len(text) and hit[i]) != (i > 0 and hit[i - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _each(folded: str, word: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def grams(folded: str) -> set[int]:
    """The characters and pairs of neighbouring characters of a folded text, each as one signed 32-bit number.

    Characters beyond the first plane may share a number: a search looks at the text itself afterwards.
    """
    ones = [ord(character) & 0xFFFF for character in folded]
    pairs = {(one << 16 | two) - 2**31 for one, two in pairwise(ones)}
    return pairs | {(one << 16) - 2**31 for one in ones}


def needed(word: str) -> set[int]:
    """What a text that holds the folded word surely has among its grams: its pairs say more than its characters."""
    of_one = {gram for character in word for gram in grams(character)}
    return grams(word) - of_one or of_one
