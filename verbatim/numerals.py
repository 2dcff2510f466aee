"""Numbers as the list prints them: 8, ８, 八, （十四）, 二十."""

import re
import unicodedata

DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}


def number(text: str) -> int | None:
    """The number that the text is, up to 999, whatever brackets and marks stand around it; None if it is none."""
    bare = re.sub(r"[()、.,，。\s]", "", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"[0-9]{1,3}", bare):
        return int(bare)
    if (
        not re.fullmatch(
            r"(?:[一二三四五六七八九两]百零?)?(?:[一二三四五六七八九]?十)?[零〇一二三四五六七八九两]?", bare
        )
        or not bare
    ):
        return None
    total, digit = 0, 0
    for character in bare:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit
