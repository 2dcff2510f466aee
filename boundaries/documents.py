"""与相关部门的职责边界登记表: a matter, who does what in it, on what basis, and a case."""

from collections.abc import Iterator

from history.documents import Added, Retired
from offices.documents import WorkedByDocument
from verbatim.documents import Cell, Document, Printed


class ShareStageDocument(Added):
    """本局整理: the stage (生产, 运输 …) that this share is about."""

    stage: str


class ShareDocument(Document):
    """相关部门 and 职责分工. `department` is the code of the department that `name` prints."""

    code: str
    department: str
    name: Printed
    text: Cell
    offices: tuple[WorkedByDocument, ...] = ()
    stages: tuple[ShareStageDocument, ...] = ()


class BasisDocument(Document):
    """One line of 相关依据, its printed number included."""

    anchor: str
    text: Printed


class MatterDocument(Document):
    """管理事项."""

    code: str
    title: Printed
    shares: tuple[ShareDocument, ...] = ()
    bases: tuple[BasisDocument, ...] = ()
    case: Cell = ""
    retired: tuple[Retired, ...] = ()

    @property
    def summary(self) -> str:
        return f"{len(self.shares)} 个部门"

    def references(self) -> Iterator[tuple[str, str]]:
        for share in self.shares:
            yield "departments", share.department
            for added in share.offices:
                yield "offices", added.office

    def printed(self) -> Iterator[str]:
        """Row by row: bases and case are cells of the first row, beside the first share."""
        yield self.title
        for index, share in enumerate(self.shares):
            yield from share.printed()
            if index == 0:
                yield from self._beside()
        if not self.shares:
            yield from self._beside()

    def _beside(self) -> Iterator[str]:
        for basis in self.bases:
            yield from basis.printed()
        yield from filter(None, self.case.split("\n"))
