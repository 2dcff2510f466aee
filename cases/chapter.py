"""Regime 十四, on which a case rests: its paragraphs by their permanent anchors, as an edition prints them, and how
this system reads those that contradict the law or each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from editions.register.register import Register

REGIME = "JG-14"

READINGS = {
    "c2-1": "“本制度第三条”指下面的“三、查处流程”。",
    "c2-2": "“报告标准”没有编号，也没有写明；哪些案件要备案，按规章的情形，由本局设定。",
    "c3-1-1": "既要事前经负责人同意，又要事后补办手续，比《行政强制法》第十九条严：两样都要。",
    "c3-3-1": "《初审意见表》由承办人员填写案件情况，案审办填写意见并签名。",
    "c3-4-1": "《初审意见表》由承办人员填写案件情况，案审办填写意见并签名。",
    "c3-4-2-2": "不予处罚、建议、移送的，先报主要负责人批准，再送达。",
    "c3-4-2-3": "不予处罚、建议、移送的，先报主要负责人批准，再送达。",
    "c3-6": "“案审办主任委员”指案审委主任委员。",
    "c3-7": "清单这里没有写内容，按《行政处罚法》《行政强制法》和规章办理。",
    "c3-8": "清单这里没有写内容，按规章办理。",
}
"""理解: by the anchor of the paragraph beside which it is shown."""


@dataclass(frozen=True)
class Paragraph:
    anchor: str
    text: str
    level: int
    """0 for the heading of a chapter."""

    @property
    def reading(self) -> str:
        return READINGS.get(self.anchor, "")


def paragraphs(register: Register) -> Iterator[Paragraph]:
    """In the printed order; none where the list has no such regime."""
    found = register.find("supervision", REGIME)
    for chapter in found.document.chapters if found else ():
        if chapter.called:
            yield Paragraph(chapter.anchor, chapter.called, 0)
        for level, _, clause in chapter.outline():
            yield Paragraph(clause.anchor, f"{clause.marker}{clause.heading}{clause.text}", level)


def paragraph(register: Register, anchor: str) -> Paragraph | None:
    return next((each for each in paragraphs(register) if each.anchor == anchor), None)
