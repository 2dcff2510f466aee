"""Two texts as one, in HTML: what went in <del>, what came in <ins>, no inline style."""

import difflib

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


def redline(old: str, new: str) -> SafeString:
    if old == new:
        return format_html("{}", new)
    pieces = []
    for step, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(escape(old[a:b]))
            continue
        pieces += [format_html("<del>{}</del>", old[a:b])] if b > a else []
        pieces += [format_html("<ins>{}</ins>", new[c:d])] if d > c else []
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)
