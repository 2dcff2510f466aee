"""Laws and citations as an edition holds them."""

import datetime
from collections.abc import Iterator

from history.documents import Added
from verbatim.documents import Document


class RepealDocument(Added):
    repealed_on: datetime.date
    replaced_by: str = ""


class LawDocument(Document):
    code: str
    title: str
    number: str = ""
    """Document number as printed: 国务院令第591号."""
    repeals: tuple[RepealDocument, ...] = ()


class CitationDocument(Document):
    code: str
    quoted: str
    """Exactly as it stands in the text, marks included: 《计量法实施细则》."""
    kind: str
    law: str = ""
    """Code of the law meant; empty for a form or a catalogue."""

    def references(self) -> Iterator[tuple[str, str]]:
        if self.law:
            yield "laws", self.law
