"""One PDF of many: what was issued stays as it is, a number is set on each page, and there is an outline.

Files of a case came from outside: what cannot be read as a PDF or a picture is not bound, and of a page nothing is
taken but what is seen on it (no script, no form, no link).
"""

from __future__ import annotations

import io
import logging
import math
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    RectangleObject,
)

log = logging.getLogger(__name__)

PICTURES = ("image/jpeg", "image/png", "image/webp")
MOST_PAGES = 500
"""Of one file; what has more is a book, and stays a file of its own."""
A4 = (1240, 1754)
"""In pixels, at 150 to the inch: enough to read a photographed certificate."""
DENSITY = 150
SHEET = (0, 0, 595.28, 841.89)
"""A4 in points: of a page that does not say how large it is."""
MARGIN = 90
MOST_PIXELS = 80_000_000
LARGEST_SIDE = 2 * A4[1]
"""In pixels: a picture is made so small before anything else is done with it."""
BROKEN = (
    *(PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError),
    *(NotImplementedError, zlib.error, Image.DecompressionBombError, SyntaxError, EOFError, struct.error),
    *(ArithmeticError, AssertionError, MemoryError, DependencyError),
)
"""What the two libraries raise on files made to break them."""
SEEN = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents")
"""What makes up a page as it is seen."""
NUMBER = NameObject("/PageOfTheFile")


@dataclass(frozen=True)
class Leaf:
    """So many pages under one title of the outline; what has a part above it stands under that."""

    title: str
    pdf: bytes
    under: str = ""
    is_numbered: bool = True


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def pages_of_file(content: bytes, media_type: str) -> bytes:
    """As PDF, what is seen on it and nothing else; empty where it cannot be bound, or bears no number."""
    try:
        if media_type == "application/pdf":
            plain = _plain(content)
            return plain and bound([Leaf("", plain)], title="") and plain
        if media_type in PICTURES:
            return _pictured(content)
    except BROKEN as error:
        log.warning("an attachment is not bound: %s", error)
    return b""


def _plain(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
        return b""
    writer = PdfWriter()
    for page in reader.pages:
        kept = PageObject(writer)
        for key in SEEN:
            if key in page:
                kept[NameObject(key)] = page.raw_get(key).clone(writer)
        kept[NameObject("/MediaBox")] = RectangleObject(_box(page, "/MediaBox") or SHEET)
        kept[NameObject("/CropBox")] = RectangleObject(_box(page, "/CropBox") or _box(page, "/MediaBox") or SHEET)
        kept[NameObject("/Rotate")] = NumberObject(_quarter_turns(page) * 90)
        writer.add_page(kept)
    return _written(writer)


def _box(page: PageObject, key: str) -> tuple[float, float, float, float] | None:
    """None where it says none, or one that has no inside."""
    held = page.get(key, NullObject()).get_object()
    if not isinstance(held, ArrayObject) or len(held) != 4:
        return None
    sides = [each.get_object() for each in held]
    if not all(isinstance(each, (int, float, FloatObject)) and math.isfinite(each) for each in sides):
        return None
    left, right = sorted(map(float, sides[::2]))
    low, high = sorted(map(float, sides[1::2]))
    return (left, low, right, high) if right > left and high > low else None


def _quarter_turns(page: PageObject) -> int:
    turned = page.get("/Rotate", NullObject()).get_object()
    return round(turned / 90) % 4 if isinstance(turned, (int, float, FloatObject)) and math.isfinite(turned) else 0


def _pictured(content: bytes) -> bytes:
    """In the middle of a sheet, upright or lying as the picture is."""
    with Image.open(io.BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return b""
        if opened.mode in ("L", "RGB", "RGBA", "CMYK"):  # what has a palette shrinks to noise
            opened.thumbnail((LARGEST_SIDE, LARGEST_SIDE), reducing_gap=2)
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    size = A4 if picture.height >= picture.width else A4[::-1]
    picture = ImageOps.contain(picture, (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN))
    sheet = Image.new("RGB", size, "white")
    sheet.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    file = io.BytesIO()
    sheet.save(file, "PDF", resolution=DENSITY, quality=85)
    return file.getvalue()


def bound(leaves: Iterable[Leaf], *, title: str) -> bytes:
    """All of them behind each other."""
    writer = PdfWriter()
    writer.add_metadata({"/Title": title})
    number, parts = 0, {}
    numbered = Numbered(writer)
    for leaf in leaves:
        first = len(writer.pages)
        writer.append(io.BytesIO(leaf.pdf), import_outline=False)
        if leaf.under and leaf.under not in parts:
            parts[leaf.under] = writer.add_outline_item(title=leaf.under, page_number=first, bold=True)
        writer.add_outline_item(title=leaf.title, page_number=first, parent=parts.get(leaf.under))
        if leaf.is_numbered:
            for page in writer.pages[first:]:
                number += 1
                _number(writer, page, number, numbered)
    return _written(writer)


class Numbered:
    """The resources of pages with the font of the number beside their own: what pages share is copied once, or a small
    file with many pages and names would fill the memory."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.made: dict[int, tuple[Any, Any]] = {}
        """By the object that was copied, which is kept so that no other one takes its place."""
        self.font = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject("/Helvetica"),
                }
            )
        )

    def resources(self, page: PageObject) -> Any:
        def with_fonts(copy: DictionaryObject) -> None:
            copy[NameObject("/Font")] = self._copied(copy, "/Font", self._with_number)

        return self._copied(page, "/Resources", with_fonts)

    def _with_number(self, fonts: DictionaryObject) -> None:
        fonts[NUMBER] = self.font

    def _copied(self, above: DictionaryObject, key: str, change: Callable[[DictionaryObject], None]) -> Any:
        held = above.get(key, NullObject()).get_object()
        if id(held) not in self.made:
            copy = DictionaryObject(held) if isinstance(held, DictionaryObject) else DictionaryObject()
            change(copy)
            self.made[id(held)] = held, self.writer._add_object(copy)
        return self.made[id(held)][1]


def _number(writer: PdfWriter, page: PageObject, number: int, numbered: Numbered) -> None:
    """In the upper right corner, as the page is seen; what is on it is wrapped, not read."""
    page[NameObject("/Resources")] = numbered.resources(page)
    width = page.cropbox.width if page.rotation % 180 == 0 else page.cropbox.height
    height = page.cropbox.height if page.rotation % 180 == 0 else page.cropbox.width
    across, up = width - 48 - 6 * len(str(number)), height - 34
    text = f"Q q {_turn(page)} cm BT {NUMBER} 12 Tf 0 g {across:.2f} {up:.2f} Td ({number}) Tj ET Q"
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(f"\n{text}\n".encode())
    held = page.get("/Contents")
    own = [] if held is None else held.get_object()
    middle = list(own) if isinstance(own, ArrayObject) else ([held] if held is not None else [])
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *middle, writer._add_object(after)])


def _turn(page: PageObject) -> str:
    """From where the page is seen to where it is written."""
    left, low = page.cropbox.left, page.cropbox.bottom
    right, high = page.cropbox.right, page.cropbox.top
    return {
        0: f"1 0 0 1 {left} {low}",
        90: f"0 1 -1 0 {right} {low}",
        180: f"-1 0 0 -1 {right} {high}",
        270: f"0 -1 1 0 {left} {high}",
    }[page.rotation % 360]


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
