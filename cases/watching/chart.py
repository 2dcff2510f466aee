"""Pictures as SVG, made here: bars, one below the other, each as long as its number; and how sums spread. A picture is
for whoever sees it; what it says stands in its title and description too, and in the table beside it."""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

from history.trail import as_number

WIDTH, LABELS, LONGEST, LINE, BAR = 320, 116, 156, 22, 14
"""In units of the picture: all of it, the column of labels, the longest bar, a line, the height of a bar."""
MOST_CHARACTERS = 9
"""Of a label; the whole of a longer one stands in the table."""


def length_of(number: int, most: int) -> float:
    return round(LONGEST * number / most, 2) if most else 0.0


def bars(name: str, title: str, rows: Sequence[tuple[str, int]]) -> SafeString:
    """`name` is the id that no other chart of the page has. Numbers are not negative."""
    said = "，".join(f"{label} {number}" for label, number in rows)
    svg = _picture("bars", name, title, f"{said}。", LINE * len(rows))
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


QUARTILES = ("最低", "下四分位", "中位", "上四分位", "最高")
AXIS, FIRST, LAST = 44, 16, WIDTH - 16
"""Where the line of sums stands, and between which places it goes."""


def spread(
    name: str, title: str, limits: tuple[Decimal, Decimal], quartiles: Sequence[Decimal], marked: Decimal | None
) -> SafeString:
    """Sums on a line that goes from limit to limit: lowest, quartiles and highest of those that were given, and the one
    that is proposed. `quartiles` are five, in order; all are yuan."""
    low, high = min(limits[0], quartiles[0]), max(limits[1], quartiles[-1])
    if marked is not None:
        low, high = min(low, marked), max(high, marked)
    width = high - low

    def place(amount: Decimal) -> str:
        share = float((amount - low) / width) if width else 0.5
        return f"{FIRST + (LAST - FIRST) * share:g}"

    said = [f"{label} {as_number(amount)} 元" for label, amount in zip(QUARTILES, quartiles, strict=True)]
    own = [f"这一案 {as_number(marked)} 元"] if marked is not None else []
    svg = _picture("quartiles", name, title, f"{'，'.join([*said, *own])}。", 84)
    ends = {"x1": place(low), "x2": place(high), "y1": str(AXIS), "y2": str(AXIS)}
    ET.SubElement(svg, "line", {"class": "axis", **ends})
    between = {"x1": place(quartiles[0]), "x2": place(quartiles[4]), "y1": str(AXIS), "y2": str(AXIS)}
    ET.SubElement(svg, "line", {"class": "all", **between})
    left, right = place(quartiles[1]), place(quartiles[3])
    box = {"x": left, "y": str(AXIS - 10), "width": f"{max(float(right) - float(left), 1):g}", "height": "20"}
    ET.SubElement(svg, "rect", box)
    middle = {"x1": place(quartiles[2]), "x2": place(quartiles[2]), "y1": str(AXIS - 10), "y2": str(AXIS + 10)}
    ET.SubElement(svg, "line", {"class": "middle", **middle})
    for amount, anchor in ((low, "start"), (high, "end")):
        at = {"x": place(amount), "y": str(AXIS + 32), "text-anchor": anchor}
        ET.SubElement(svg, "text", at).text = f"{as_number(amount)} 元"
    if marked is not None:
        ET.SubElement(svg, "circle", {"cx": place(marked), "cy": str(AXIS), "r": "5"})
        near = (
            "start" if float(place(marked)) < WIDTH / 3 else "end" if float(place(marked)) > WIDTH * 2 / 3 else "middle"
        )
        at = {"x": place(marked), "y": str(AXIS - 20), "text-anchor": near}
        ET.SubElement(svg, "text", at).text = f"这一案 {as_number(marked)} 元"
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308  as above


def _picture(kind: str, name: str, title: str, said: str, height: int) -> ET.Element:
    ids = {"aria-labelledby": f"{name}-title {name}-said"}
    svg = ET.Element("svg", {"class": kind, "viewBox": f"0 0 {WIDTH} {height}", "role": "img", **ids})
    ET.SubElement(svg, "title", id=f"{name}-title").text = title
    ET.SubElement(svg, "desc", id=f"{name}-said").text = said
    return svg
