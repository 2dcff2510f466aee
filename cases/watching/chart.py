"""Bars as SVG, made here: one below the other, each with its label and number, as long as its number. A picture for
whoever sees it; what it says stands in its title and description too, and in the table beside it."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

WIDTH, LABELS, LONGEST, LINE, BAR = 320, 116, 156, 22, 14
"""In units of the picture: all of it, the column of labels, the longest bar, a line, the height of a bar."""
MOST_CHARACTERS = 9
"""Of a label; the whole of a longer one stands in the table."""


def length_of(number: int, most: int) -> float:
    return round(LONGEST * number / most, 2) if most else 0.0


def bars(name: str, title: str, rows: Sequence[tuple[str, int]]) -> SafeString:
    """`name` is the id that no other chart of the page has. Numbers are not negative."""
    height = LINE * len(rows)
    ids = {"aria-labelledby": f"{name}-title {name}-said"}
    svg = ET.Element("svg", {"class": "bars", "viewBox": f"0 0 {WIDTH} {height}", "role": "img", **ids})
    ET.SubElement(svg, "title", id=f"{name}-title").text = title
    said = "，".join(f"{label} {number}" for label, number in rows)
    ET.SubElement(svg, "desc", id=f"{name}-said").text = f"{said}。"
    most = max((number for _, number in rows), default=0)
    for place, (label, number) in enumerate(rows):
        top, long = place * LINE, length_of(number, most)
        base = str(top + 15)
        text = ET.SubElement(svg, "text", {"x": str(LABELS), "y": base, "text-anchor": "end"})
        text.text = label if len(label) <= MOST_CHARACTERS else f"{label[: MOST_CHARACTERS - 1]}…"
        at = {"x": str(LABELS + 8), "y": str(top + 4), "width": f"{long:g}", "height": str(BAR)}
        ET.SubElement(svg, "rect", at)
        ET.SubElement(svg, "text", {"x": f"{LABELS + 14 + long:g}", "y": base, "class": "number"}).text = str(number)
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308  ElementTree escapes what it is given
