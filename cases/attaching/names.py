"""What a file may be called: a name that no program takes for a path, a device or another kind than it is."""

import re
import unicodedata

from cases.attaching.kinds import EXTENSIONS
from verbatim.characters import unprintable, unseen

LONGEST = 100
UNNAMED = "附件"
SEPARATORS = re.compile(r"[/\\]")
RESERVED = re.compile(r'[<>:"|?*\n\t\r]')
"""What Windows lets into no name."""
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
SYNONYMS = {"jpeg": "jpg", "jpe": "jpg", "wave": "wav"}


def neutral(name: str, media_type: str) -> str:
    """The last part of the name as it is read, ending as its kind ends, whatever it ended in."""
    last = SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(each for each in last if each not in unseen(last))
    plain = "".join("_" if each in unprintable(seen) else each for each in RESERVED.sub("_", seen))
    extension = EXTENSIONS[media_type]
    stem, _, end = plain.rpartition(".")
    if not stem or SYNONYMS.get(end.lower(), end.lower()) != extension:
        stem = plain
    stem = stem.strip(" .\u3000\u00a0")[:LONGEST].rstrip(" .") or UNNAMED
    return f"{'_' if DEVICES.fullmatch(stem) else ''}{stem}.{extension}"
