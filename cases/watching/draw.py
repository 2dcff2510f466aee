"""抽取案卷: which cases of a list are assessed. Anybody who has the list and the seed can draw again, with any program
that knows SHA-256; neither database nor chance takes part.

1. The list is text: the numbers of the cases in the order of their characters (Unicode), each on a line of its own that
   ends with "\\n", as UTF-8. Its SHA-256, in small hexadecimal digits, is made known before there is a seed.
2. The seed is one line of text that nobody could know when the list was made known.
3. For each number, SHA-256 of: the seed, "\\n", the number, as UTF-8.
4. The numbers in the order of these digests; the first `size` of them are drawn.

For one number, in a shell: `printf '%s\\n%s' "$SEED" "$NUMBER" | sha256sum`.
"""

import hashlib
from collections.abc import Iterable

LONGEST_SEED = 200


class NotDrawable(ValueError):
    """A list, a seed or a size by which nothing can be drawn; the message is for whoever gave it."""


def list_of(numbers: Iterable[str]) -> str:
    """The list as text. Raises NotDrawable where a number is there twice, or is none."""
    held = sorted(numbers)
    if not held:
        raise NotDrawable("名单是空的。")
    if any(not number.strip() or len(number.splitlines()) != 1 for number in held):
        raise NotDrawable("名单里有空行。")
    if len(set(held)) < len(held):
        raise NotDrawable("名单里有重复的编号。")
    return "".join(f"{number}\n" for number in held)


def digest_of(listed: str) -> str:
    return hashlib.sha256(listed.encode()).hexdigest()


def draw(numbers: Iterable[str], seed: str, size: int) -> list[str]:
    """Those drawn, the first first. Raises NotDrawable."""
    held = list_of(numbers).splitlines()
    if not seed.strip() or seed != seed.strip() or len(seed.splitlines()) != 1:
        raise NotDrawable("种子要有一行文字，前后没有空格。")
    if not 1 <= size <= len(held):
        raise NotDrawable(f"名单里有 {len(held)} 件，抽取的件数要在 1 和 {len(held)} 之间。")
    return sorted(held, key=lambda number: (place_of(seed, number), number))[:size]


def place_of(seed: str, number: str) -> str:
    """The digest by which a number is put in order."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()
