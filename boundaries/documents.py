"""与相关部门的职责边界登记表: a matter, who does what in it, on what basis, and a case."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from history.documents import Added, Retired, check_series
from offices.documents import WorkedByDocument
from verbatim.documents import Cell, Document, Printed

DEPARTMENT = "相关部门"
"""The column that prints the department whose share it is."""


class ShareStageDocument(Added):
    """本局整理: the stage (生产, 运输 …) that this share is about."""

    stage: Annotated[str, Field(title="环节")]


class ShareDocument(Document):
    """相关部门 and 职责分工. `department` is the code of the department that `name` prints."""

    noun = "职责分工"

    code: Annotated[str, Field(title="代码", pattern=r"^BJ-\d{2,}-\d{2,}$", max_length=30)]
    department: Annotated[str, Field(title="部门代码")]
    name: Annotated[Printed, Field(title=DEPARTMENT)]
    text: Annotated[Cell, Field(title="职责分工")]
    offices: tuple[WorkedByDocument, ...] = ()
    stages: tuple[ShareStageDocument, ...] = ()

    @property
    def called(self) -> str:
        return self.name


class BasisDocument(Document):
    """One line of 相关依据, its printed number included."""

    noun = "相关依据"

    anchor: Annotated[str, Field(title="锚点", pattern=r"^y\d+$", max_length=30)]
    text: Annotated[Printed, Field(title="相关依据")]

    @property
    def called(self) -> str:
        return "相关依据"


class MatterDocument(Document):
    """管理事项."""

    code: Annotated[str, Field(title="代码", pattern=r"^BJ-\d{2,}$", max_length=30)]
    title: Annotated[Printed, Field(title="管理事项")]
    shares: tuple[ShareDocument, ...] = ()
    bases: tuple[BasisDocument, ...] = ()
    case: Annotated[Cell, Field(title="案例")] = ""
    retired: tuple[Retired, ...] = ()

    @property
    def summary(self) -> str:
        return f"{len(self.shares)} 个部门"

    @model_validator(mode="after")
    def _own_codes(self) -> Self:
        check_series(self.code, (share.code for share in self.shares))
        return self

    def additions(self, register: Any) -> Iterator[tuple[str, Any]]:
        for share in self.shares:
            for office in share.offices:
                yield f"{share.name}的分工由{register.find('offices', office.office).document.name}承办", office
            for stage in share.stages:
                yield f"{share.name}的分工属于{stage.stage}环节", stage

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
