"""Laws and citations as an edition holds them."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from history.documents import Added
from verbatim.documents import Document


class RepealDocument(Added):
    repealed_on: datetime.date
    replaced_by: str = ""


class LawDocument(Document):
    code: Annotated[str, Field(pattern=r"^FL-\d{2,}$", max_length=30)]
    title: str
    number: str = ""
    """Document number as printed: 国务院令第591号."""
    repeals: tuple[RepealDocument, ...] = ()


class CitationDocument(Document):
    code: Annotated[str, Field(pattern=r"^YZ-\d{2,}$", max_length=30)]
    quoted: str
    """Exactly as it stands in the text, marks included: 《计量法实施细则》."""
    kind: Literal["law", "form", "catalogue"]
    law: str = ""
    """Code of the law meant; empty for a form or a catalogue."""

    @model_validator(mode="after")
    def _law_when_law(self) -> Self:
        if (self.kind == "law") != bool(self.law):
            raise ValueError("种类是 law 的要写所指法规（law），form、catalogue 不写")
        return self

    def references(self) -> Iterator[tuple[str, str]]:
        if self.law:
            yield "laws", self.law
