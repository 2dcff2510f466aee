"""处罚信息: what the public reads of one decision, with all that is personal covered; all else is the served paper."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import Field

from cases.papers.sheet import Block, Box, Sheet
from verbatim.documents import Document

LONGEST = 200
"""Characters of a line that is typed for the public."""


class PublicDecision(Document):
    """令45: the summary and the paper; the index fields are those of 政府信息公开条例24."""

    number: Annotated[str, Field(title="决定书文号")]
    party: Annotated[str, Field(title="当事人")]
    violation: Annotated[str, Field(title="违法类型")]
    penalty: Annotated[str, Field(title="处罚内容")]
    bureau: Annotated[str, Field(title="处罚机关")]
    decided_on: Annotated[datetime.date, Field(title="决定日期")]
    index_number: Annotated[str, Field(title="索引号")]
    title: Annotated[str, Field(title="名称")]
    outline: Annotated[str, Field(title="内容概述")]
    made_on: Annotated[datetime.date, Field(title="生成日期")]
    changes: Annotated[tuple[str, ...], Field(title="复议、诉讼的变更")] = ()
    paper: Annotated[Sheet, Field(title="决定书")]

    def told(self, *names: str) -> Iterator[tuple[str, str]]:
        """Each of these fields under its name."""
        for name in names:
            yield str(type(self).model_fields[name].title), str(getattr(self, name))

    @property
    def abstract(self) -> list[tuple[str, str]]:
        return list(self.told("number", "party", "violation", "penalty", "bureau", "decided_on"))

    @property
    def index(self) -> list[tuple[str, str]]:
        return list(self.told("index_number", "title", "outline", "made_on"))


def public_copy(sheet: Sheet, covered: Callable[[str], str]) -> Sheet:
    """The paper with each text as `covered` gives it; without who signs, and without what whoever made it typed beside
    the file."""

    def copied(box: Box) -> Box:
        return box.model_copy(update={"text": covered(box.text), "signed": ""})

    def of(block: Block) -> Block:
        rows = tuple(row.model_copy(update={"boxes": tuple(map(copied, row.boxes))}) for row in block.rows)
        return block.model_copy(update={"text": covered(block.text), "rows": rows})

    return sheet.model_copy(update={"blocks": tuple(map(of, sheet.blocks)), "typed": ()})


def texts_of_sheet(sheet: Sheet) -> list[str]:
    return [
        text
        for block in sheet.blocks
        for text in (block.text, *(box.text for row in block.rows for box in row.boxes))
        if text
    ]
