"""The frames of the form (cover, and heading and notes of each part), and the codes that are no longer listed."""

from collections.abc import Iterator

from pydantic import field_validator

from editions import parts
from history.documents import Retired
from verbatim.documents import Cell, Document, Printed, PrintedCell


class CoverDocument(Document):
    """The cover, line by line as printed; `declared` is the number in its second line (共40项)."""

    code: str = "cover"
    title: Printed
    total_line: Printed = ""
    breakdown_line: Printed = ""
    date_line: Printed = ""
    declared: int | None = None


class FrameDocument(Document):
    """What stands around the items of one part; any of it may be absent."""

    part: str

    @field_validator("part")
    @classmethod
    def _known(cls, part: str) -> str:
        if parts.part(part) is None:
            raise ValueError(f"没有名为 {part} 的部分")
        return part

    cover_label: str = ""
    """What the cover calls this part (it may differ from the heading)."""
    declared: int | None = None
    """How many items the cover says it has."""
    numeral: Printed = ""
    heading: Printed
    columns: Cell = ""
    """Column titles, one a line."""
    notes: Cell = ""
    compiler: Printed = ""
    filled_on: Printed = ""
    phone: Printed = ""

    def cells(self) -> Iterator[PrintedCell]:
        yield PrintedCell("", self.numeral + self.heading)
        yield from (cell for cell in super().cells() if cell.text not in (self.numeral, self.heading))

    def opening(self) -> Iterator[str]:
        yield self.numeral + self.heading
        yield from filter(None, self.columns.split("\n"))

    def closing(self) -> Iterator[str]:
        yield from filter(None, [*self.notes.split("\n"), self.compiler, self.filled_on, self.phone])

    def printed(self) -> Iterator[str]:
        yield from self.opening()
        yield from self.closing()


class RetiredDocument(Retired):
    """A code, of an item of the list or of what the list names, that is no longer listed."""

    kind: str

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in {known.name for known in parts.retirable()}:
            raise ValueError(f"没有名为 {kind} 的部分")
        return kind
