"""Numbers as the list prints them: 8, ８, 八, （十四）, 二十; and as an address or a form names a row."""

import re
import unicodedata

DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}


def row_number(text: str) -> int | None:
    """The number by which an address, a form or a setting names something; None where it is none, or one that no row
    can have. Python's isdigit takes ² for one as well, and int() refuses what is some thousand figures long."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


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
