"""Two texts as one, in HTML for the desk: what went in <del>, what came in <ins>, no inline style."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from verbatim.redline import redline as pieces_of

MARKS = {"same": "{}", "gone": "<del>{}</del>", "come": "<ins>{}</ins>"}


def redline(old: str, new: str) -> SafeString:
    pieces = (MARKS[piece.mark].format(escape(piece.text)) for piece in pieces_of(old, new))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)
