"""Laws and citations as an edition holds them."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from history.documents import Added
from verbatim.documents import TEXT, Document


class RepealDocument(Added):
    repealed_on: Annotated[datetime.date, Field(title="废止日期")]
    replaced_by: Annotated[str, Field(title="代替的法规")] = ""


class LawDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^FL-\d{2,}$", max_length=30)]
    title: Annotated[str, TEXT, Field(title="名称")]
    number: Annotated[str, TEXT, Field(title="文号")] = ""
    """Document number as printed: 国务院令第591号."""
    repeals: tuple[RepealDocument, ...] = ()


class CitationDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^YZ-\d{2,}$", max_length=30)]
    quoted: Annotated[str, TEXT, Field(title="引用写法")]
    """Exactly as it stands in the text, marks included: 《计量法实施细则》."""
    kind: Annotated[Literal["law", "form", "catalogue"], Field(title="种类")]
    law: Annotated[str, Field(title="所指法规")] = ""
    """Code of the law meant; empty for a form or a catalogue."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.quoted,)

    @model_validator(mode="after")
    def _law_when_law(self) -> Self:
        if (self.kind == "law") != bool(self.law):
            raise ValueError("种类是 law 的要写所指法规（law），form、catalogue 不写")
        return self

    def references(self) -> Iterator[tuple[str, str]]:
        if self.law:
            yield "laws", self.law
