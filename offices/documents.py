"""Departments and offices as an edition holds them."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from history.documents import Added
from verbatim.documents import Document


class SuccessionDocument(Added):
    successor: str
    since: datetime.date


class DepartmentDocument(Document):
    code: Annotated[str, Field(pattern=r"^BM-\d{2,}$", max_length=30)]
    name: str
    other_names: tuple[str, ...] = ()
    full_name: str = ""
    county: str = ""
    is_bureau: bool = False
    successions: tuple[SuccessionDocument, ...] = ()


class OfficeDocument(Document):
    code: Annotated[str, Field(pattern=r"^GS-\d{2,}$", max_length=30)]
    name: str
    other_names: tuple[str, ...] = ()
    kind: Literal["office", "institution"] = "office"
    phones: tuple[str, ...] = ()
    """As the list writes them (0316-5255905): what finds the office of a phone that a cell prints."""


class WorkedByDocument(Added):
    """本局整理: the office of the bureau that works something of which the list names none."""

    office: str
