"""The frames of the form (cover, and heading and notes of each part), and the codes that are no longer listed."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, field_validator

from editions.form import parts
from history.documents import Retired
from verbatim.documents import IMPRINT, PHONES, Cell, Document, Printed, PrintedCell


class CoverDocument(Document):
    """The cover, line by line as printed; `declared` is the number in its second line (共40项)."""

    code: str = "cover"
    title: Annotated[Printed, Field(title="标题")]
    total_line: Annotated[Printed, Field(title="总数行")] = ""
    breakdown_line: Annotated[Printed, Field(title="分项行")] = ""
    date_line: Annotated[Printed, IMPRINT, Field(title="日期行")] = ""
    declared: Annotated[int | None, Field(title="声明总数")] = None


class FrameDocument(Document):
    """What stands around the items of one part; any of it may be absent."""

    part: str

    @field_validator("part")
    @classmethod
    def _known(cls, part: str) -> str:
        if parts.part(part) is None:
            raise ValueError(f"没有名为 {part} 的部分")
        return part

    cover_label: Annotated[str, Field(title="封面上的名称")] = ""
    """What the cover calls this part (it may differ from the heading)."""
    declared: Annotated[int | None, Field(title="声明项数")] = None
    """How many items the cover says it has."""
    numeral: Annotated[Printed, Field(title="编号")] = ""
    heading: Annotated[Printed, Field(title="标题")]
    columns: Annotated[Cell, Field(title="栏目")] = ""
    """Column titles, one a line."""
    notes: Annotated[Cell, Field(title="注")] = ""
    compiler: Annotated[Printed, IMPRINT, Field(title="填报人")] = ""
    filled_on: Annotated[Printed, IMPRINT, Field(title="填报时间")] = ""
    phone: Annotated[Printed, PHONES, Field(title="联系电话")] = ""

    def cells(self) -> Iterator[PrintedCell]:
        yield PrintedCell("", self.numeral + self.heading)
        yield from (cell for cell in super().cells() if cell.text not in (self.numeral, self.heading))

    def reworded(self, old: str, new: str) -> Self | None:
        if old == self.numeral + self.heading and new.startswith(self.numeral):
            return self.with_values(heading=new.removeprefix(self.numeral))
        return super().reworded(old, new)

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
