"""A paper as PDF: the official form of a letter where it goes out, a table with borders where it stays in the file."""

from django.template.loader import render_to_string

from acts.errors import Incomplete
from cases.papers.sheet import Sheet
from paper import faces, typesetting
from paper.faces import TypesettingUnavailable
from verbatim.characters import complaint

PREVIEW, VOID = "预览", "作废"
"""What stands across every page of what is not issued, or no longer valid."""


def pdf(sheet: Sheet, *, foot: str = "", mark: str = "") -> bytes:
    """Raises Incomplete where a character cannot be printed, or this machine can set no PDF."""
    try:
        _refuse_holes(sheet)
        context = {"sheet": sheet, "foot": foot, "mark": mark}
        return typesetting.pdf(render_to_string("print/case_paper.html", context))
    except TypesettingUnavailable as error:
        raise Incomplete(str(error)) from error


def _refuse_holes(sheet: Sheet) -> None:
    """A character without a face would vanish from an official paper, and nobody would see it."""
    text = "\n".join(sheet.said())
    if said := complaint(text):
        raise Incomplete(f"《{sheet.title}》里{said}")
    if gone := faces.missing(text):
        raise Incomplete(
            f"《{sheet.title}》里有本机字体印不出的字符：{'、'.join(gone)}。请改用通行的字，或请管理员安装字体。"
        )
