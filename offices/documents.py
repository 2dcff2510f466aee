"""Departments and offices as an edition holds them."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from history.documents import Added
from verbatim.documents import PHONES, Document


class SuccessionDocument(Added):
    successor: Annotated[str, Field(title="承接部门")]
    since: Annotated[datetime.date, Field(title="承接日期")]


class DepartmentDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^BM-\d{2,}$", max_length=30)]
    name: Annotated[str, Field(title="名称")]
    other_names: Annotated[tuple[str, ...], Field(title="其他叫法")] = ()
    full_name: Annotated[str, Field(title="全称")] = ""
    county: Annotated[str, Field(title="县")] = ""
    is_bureau: Annotated[bool, Field(title="是本局")] = False
    successions: tuple[SuccessionDocument, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.other_names


class OfficeDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^GS-\d{2,}$", max_length=30)]
    name: Annotated[str, Field(title="名称")]
    other_names: Annotated[tuple[str, ...], Field(title="其他叫法")] = ()
    kind: Annotated[Literal["office", "institution"], Field(title="种类")] = "office"
    phones: Annotated[tuple[str, ...], PHONES, Field(title="电话")] = ()
    """As the list writes them (0316-5255905): what finds the office of a phone that a cell prints."""

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.other_names


class WorkedByDocument(Added):
    """本局整理: the office of the bureau that works something of which the list names none."""

    office: Annotated[str, Field(title="承办股室")]
