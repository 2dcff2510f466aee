"""公共服务事项登记表: a service, who offers it, where to call, and its day in the year where it has one."""

import calendar
import contextlib
import datetime
import itertools
from typing import Annotated, Self

from pydantic import Field, model_validator

from history.documents import BASIS
from verbatim.documents import PHONES, TEXT, Cell, Document, OfficeCell, Printed


class YearlyDocument(Document):
    """A day or a month that comes back every year: printed in the list, or added by the bureau, never both."""

    month: int = Field(title="月", ge=1, le=12)
    day: int | None = Field(title="日", default=None, ge=1, le=31)
    """None where the whole month is meant (质量月)."""
    quoted: Annotated[str, TEXT, Field(title="清单里的原话", max_length=50)] = ""
    """The words of the list that say so (3、15); empty where the bureau added the day."""
    added_by: Annotated[str, Field(title="整理人", max_length=100)] = ""
    added_on: Annotated[datetime.date | None, Field(title="整理日期")] = None
    basis: BASIS = ""

    @model_validator(mode="after")
    def _printed_or_added(self) -> Self:
        if self.day is not None:
            try:
                datetime.date(2000, self.month, self.day)
            except ValueError:
                raise ValueError(f"没有{self.month}月{self.day}日这一天") from None
        if bool(self.quoted) == bool(self.added_by and self.added_on):
            raise ValueError(
                "要么写清单里的原话（quoted），要么写整理人和整理日期（added_by、added_on），不能都写或都不写"
            )
        return self

    @property
    def is_added(self) -> bool:
        return not self.quoted

    @property
    def when(self) -> tuple[int, int | None]:
        return self.month, self.day

    def next(self, day: datetime.date) -> tuple[datetime.date, datetime.date]:
        """When it comes back, from that day on: its first and its last day. A month that has begun is now."""
        for year in itertools.count(day.year):
            with contextlib.suppress(ValueError):  # 29 February, in most years
                first = datetime.date(year, self.month, self.day or 1)
                last = first if self.day else first.replace(day=calendar.monthrange(year, self.month)[1])
                if last >= day:
                    return first, last
        raise AssertionError("years do not end")


class EventDocument(Document):
    """活动: an occurrence of a service as it was announced. Names are kept as they were."""

    code: Annotated[str, Field(title="代码", pattern=r"^HD-\d{2,}$", max_length=30)]
    service: str
    title: str
    """What the service was called."""
    office: str
    on: datetime.date
    begins: datetime.time | None = None
    ends: datetime.time | None = None
    place: str
    offers: str = ""
    """What citizens can bring or get: paragraphs, one a line."""
    cancelled: bool = False


class ServiceDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^FW-\d{2,}$", max_length=30)]
    title: Annotated[Printed, Field(title="服务事项")]
    content: Annotated[Cell, Field(title="主要内容")] = ""
    offices: Annotated[OfficeCell, Field(title="承办机构")] = ""
    phones: Annotated[Cell, PHONES, Field(title="联系电话")] = ""
    yearly: YearlyDocument | None = None

    @model_validator(mode="after")
    def _quoted_is_printed(self) -> Self:
        if self.yearly and self.yearly.quoted and self.yearly.quoted not in f"{self.title}\n{self.content}":
            raise ValueError(f"“{self.yearly.quoted}”不在本事项印出的文字里")
        return self

    @property
    def summary(self) -> str:
        return self.phones.replace("\n", "、") or "电话未写明"
