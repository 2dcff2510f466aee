"""卷内目录: what is bound in a case, in its order, and on which page it begins; made from the papers that are valid and
the files that were taken in.

Since 2019-04-01 there are 正卷 and 副卷; their order follows 令42-78, whose text was not read itself (what is this
system's of it: docs/decisions/0028-archive.md). Before, one volume in the order of the catalogue of forms.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.archiving.binding import page_count, pages_of_file
from cases.archiving.missing import RECEIPT
from clocks.time_limit import ruleset
from verbatim.documents import Document

WHOLE, OPEN, INNER = "案卷", "正卷", "副卷"
NOTES = 41

OPEN_ORDER = (
    (4,),
    (29, 30, 31),
    (32, 25, 26, 13, 15, 16, 17, 18, 19, 20, 21, 36, 38),
    (5, 6, 12),
    (27,),
    (35,),
    (33, 37),
)
"""立案审批表; 决定书; 其他制发的文书; 证据材料; 听证笔录; 财物处理单据; 其他. A 送达回证 follows its paper."""
EVIDENCE = 3
"""The place of the files of evidence among them; other files go to the last."""
INNER_ORDER = ((3,), (22,), (23, 24), (40,), (14, 28, 34, 47))
"""案源材料; 调查终结报告; 审核意见、审理记录; 结案审查表; 其他. 听证报告 stands in the rows: it has no form."""


class Listed(Document):
    """A line of the list."""

    volume: str
    title: str
    label: str = ""
    day: datetime.date
    page: int = 0
    """On which it begins; 0 where it is not bound."""
    pages: int = 0
    digest: str
    remark: str = ""

    @property
    def where(self) -> str:
        """1-3"""
        if not self.pages:
            return ""
        return f"{self.page}-{self.page + self.pages - 1}" if self.pages > 1 else str(self.page)


class Contents(Document):
    entries: tuple[Listed, ...]

    def volumes(self) -> Iterator[tuple[str, list[Listed]]]:
        for name, lines in itertools.groupby(self.entries, key=lambda line: line.volume):
            yield name, list(lines)

    @property
    def pages(self) -> int:
        return sum(line.pages for line in self.entries)


@dataclass(frozen=True)
class Piece:
    """What is bound: its line, and its pages as PDF; nothing where it cannot be bound."""

    line: Listed
    pdf: bytes


def pieces(case: Any) -> list[Piece]:
    """In the order of the file, numbered through. Raises NotThere where a file is gone."""
    found, page = [], 1
    for piece in _in_order(case):
        line = piece.line.model_copy(update={"page": page if piece.line.pages else 0})
        found.append(Piece(line, piece.pdf))
        page += line.pages
    return found


def contents(found: list[Piece]) -> Contents:
    return Contents(entries=tuple(piece.line for piece in found))


def _in_order(case: Any) -> Iterator[Piece]:
    papers = list(case.papers.valid().defer("docx", "content"))
    files = list(case.attachments.valid().select_related("evidence"))
    notes = [paper for paper in papers if paper.form == NOTES]
    if ruleset(timezone.localdate()) == "a":
        ordered = sorted((paper for paper in papers if paper.form != NOTES), key=lambda paper: (paper.form, paper.pk))
        yield from (_paper(each, WHOLE) for each in ordered)
        yield from (_file(each, WHOLE) for each in files)
        yield from (_paper(each, WHOLE) for each in notes)
        return
    inner = [each for group in INNER_ORDER for each in _with_receipts(papers, group)]
    taken = {each.pk for each in (*inner, *notes)}
    for place, group in enumerate(OPEN_ORDER):
        own = _with_receipts(papers, group)
        taken |= {each.pk for each in own}
        yield from (_paper(each, OPEN) for each in own)
        if place == EVIDENCE:
            yield from (_file(each, OPEN) for each in files if each.evidence_id)
    yield from (_paper(each, OPEN) for each in papers if each.pk not in taken)
    yield from (_file(each, OPEN) for each in files if not each.evidence_id)
    yield from (_paper(each, OPEN) for each in notes)
    yield from (_paper(each, INNER) for each in inner)


def _with_receipts(papers: list[Any], group: tuple[int, ...]) -> list[Any]:
    """Those of these forms in their order, each with the receipt of its service behind it."""
    own = [paper for number in group for paper in papers if paper.form == number]
    return [
        each
        for paper in own
        for each in (paper, *(other for other in papers if other.form == RECEIPT and other.row == paper.pk))
    ]


def _paper(paper: Any, volume: str) -> Piece:
    pdf = bytes(paper.pdf)
    line = Listed(
        volume=volume,
        title=paper.title,
        label=paper.label,
        day=timezone.localtime(paper.at).date(),
        pages=page_count(pdf),
        digest=paper.pdf_digest,
    )
    return Piece(line, pdf)


def _file(attachment: Any, volume: str) -> Piece:
    pdf = pages_of_file(attachment.content(), attachment.media_type)
    evidence = f"{attachment.evidence}：" if attachment.evidence else ""
    line = Listed(
        volume=volume,
        title=f"{evidence}{attachment.name}" if pdf else f"{evidence}{attachment.name}\n摘要 {attachment.digest}",
        day=timezone.localtime(attachment.at).date(),
        pages=page_count(pdf) if pdf else 0,
        digest=attachment.digest,
        remark="" if pdf else "另存",
    )
    return Piece(line, pdf)
