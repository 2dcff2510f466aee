"""处罚信息: what the public reads of one decision, with all that is personal covered; all else is the served paper."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import Field

from cases.papers.sheet import Sheet
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


def sheet_with(sheet: Sheet, changed: Callable[[str], str]) -> Sheet:
    """The paper with each text as `changed` gives it; without what whoever made it typed beside the file."""
    blocks = tuple(
        block.model_copy(
            update={
                "text": changed(block.text),
                "rows": tuple(
                    row.model_copy(
                        update={
                            "boxes": tuple(
                                box.model_copy(update={"text": changed(box.text), "signed": ""}) for box in row.boxes
                            )
                        }
                    )
                    for row in block.rows
                ),
            }
        )
        for block in sheet.blocks
    )
    return sheet.model_copy(update={"blocks": blocks, "typed": ()})


def texts_of_sheet(sheet: Sheet) -> list[str]:
    found: list[str] = []
    sheet_with(sheet, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return [text for text in found if text]
