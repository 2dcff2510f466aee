"""部门职责登记表: a duty with its work items, as an edition holds it."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from history.documents import Retired, check_series
from verbatim.documents import Cell, Document, OfficeCell


class WorkItemDocument(Document):
    """具体工作事项, 责任股室, 备注."""

    noun = "具体工作事项"

    code: Annotated[str, Field(title="代码", pattern=r"^ZZ-\d{2,}-\d{2,}$", max_length=30)]
    text: Annotated[Cell, Field(title="具体工作事项")]
    offices: Annotated[OfficeCell, Field(title="责任股室")] = ""
    note: Annotated[Cell, Field(title="备注")] = ""

    @property
    def called(self) -> str:
        return self.code


class DutyDocument(Document):
    """主要职责, with office and note cells of its own where it has no work item."""

    code: Annotated[str, Field(title="代码", pattern=r"^ZZ-\d{2,}$", max_length=30)]
    text: Annotated[Cell, Field(title="主要职责")]
    offices: Annotated[OfficeCell, Field(title="责任股室")] = ""
    note: Annotated[Cell, Field(title="备注")] = ""
    work_items: tuple[WorkItemDocument, ...] = ()
    retired: tuple[Retired, ...] = ()

    @model_validator(mode="after")
    def _own_codes(self) -> Self:
        check_series(self.code, self.codes())
        return self

    @property
    def title(self) -> str:
        """The duty up to its first full stop or semicolon: what it is called in one line."""
        for index, character in enumerate(self.text):
            if character in "。；\n":
                return self.text[:index]
        return self.text

    @property
    def summary(self) -> str:
        return f"{len(self.work_items)} 项工作" if self.work_items else ""

    @property
    def office_cells(self) -> str:
        """The office cells of the duty and of its work items, one under the other."""
        return "\n".join([self.offices, *(item.offices for item in self.work_items)])
