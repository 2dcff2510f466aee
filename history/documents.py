"""What stays of a thing that is no longer listed."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from verbatim.documents import Document

ADDED_BY = Annotated[str, Field(title="整理人", min_length=1, max_length=100)]
BASIS = Annotated[str, Field(title="依据", max_length=300)]


def check_series(owner: str, codes: Iterable[str]) -> None:
    """Codes inside something begin with its own code. Raises ValueError."""
    foreign = [code for code in codes if not code.startswith(f"{owner}-")]
    if foreign:
        raise ValueError(f"{'、'.join(foreign)} 不属于 {owner}，应当以 {owner}- 开头")


class Retired(Document):
    """A code that was given and is never given again; `title` is what it stood for (not printed in this edition)."""

    code: str
    title: Annotated[str, Field(title="名称")]
    retired_on: Annotated[date, Field(title="取消日期")]


class Added(Document):
    """Knowledge that the bureau added to the printed list: shown as 本局整理，非清单原文."""

    added_by: ADDED_BY
    added_on: Annotated[date, Field(title="整理日期")]
    basis: BASIS = ""

    def added(self) -> dict[str, object]:
        return {"added_by": self.added_by, "added_on": self.added_on, "basis": self.basis}
