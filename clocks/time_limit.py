"""What a time limit is: how long, on what basis, whether it moves, stops, grows; and which version holds on which day.

A clock keeps the rule of the day on which it starts; the limitation goes by the day on which the act ended.
"""

import datetime
import enum
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from verbatim.documents import Document


class Unit(enum.StrEnum):
    DAYS = "日"
    WORKING_DAYS = "个工作日"
    MONTHS = "个月"
    YEARS = "年"
    HOURS = "小时"


class Moves(enum.StrEnum):
    """What becomes of a last day that is off (K3, K4)."""

    NEVER = "不顺延"
    HOLIDAY = "遇法定节假日顺延"
    OFF = "遇休息日顺延"


class Hardness(enum.StrEnum):
    REFUSE = "R"
    WARN = "W"
    REMIND = "M"


class Certainty(enum.StrEnum):
    """Where it comes from: A read in the text, B several sources agree, C open (`clocks.choices`)."""

    READ = "A"
    AGREED = "B"
    OPEN = "C"


class Binds(enum.StrEnum):
    BUREAU = "本局"
    PARTY = "当事人"


SECOND = datetime.date(2019, 4, 1)
THIRD = datetime.date(2021, 7, 15)


def ruleset(day: datetime.date) -> str:
    """The set of rules in force on the day of a step: a, b or c."""
    return "a" if day < SECOND else "b" if day < THIRD else "c"


class NoTimeLimit(Exception):
    """No rule of that day gives a number."""


class ExtensionRule(Document):
    """One way to prolong a limit, in its own unit."""

    by: Annotated[str, Field(title="批准人")]
    clause: Annotated[str, Field(title="依据")]
    at_most: Annotated[int | None, Field(title="最多")] = None
    late_clause: Annotated[str, Field(title="逾期依据")] = ""


class TimeLimit(Document):
    """A time limit in one version. `since` is None for the version before all others."""

    rule: Annotated[str, Field(title="期限")]
    title: Annotated[str, Field(title="名称")]
    since: Annotated[datetime.date | None, Field(title="自何日起")] = None
    number: Annotated[int, Field(title="数")]
    unit: Annotated[Unit, Field(title="单位")]
    clause: Annotated[str, Field(title="依据")]
    hardness: Annotated[Hardness, Field(title="硬度")]
    certainty: Annotated[Certainty, Field(title="可靠程度")] = Certainty.READ
    binds: Annotated[Binds, Field(title="约束谁")] = Binds.BUREAU
    moves: Annotated[Moves, Field(title="最后一日遇休息日")] = Moves.OFF
    before: Annotated[bool, Field(title="在某日以前")] = False
    stops: Annotated[tuple[str, ...], Field(title="扣除的期间")] = ()
    longer: Annotated[tuple[ExtensionRule, ...], Field(title="延长")] = ()
    """The first extension is of the first kind, the second of the second; there is no other."""
    counts_start: Annotated[bool, Field(title="当日计入")] = False

    @property
    def length(self) -> str:
        return f"{self.number}{self.unit}"


class TimeLimits:
    """Time limits in their versions."""

    def __init__(self, versions: Iterable[TimeLimit]) -> None:
        self.all = tuple(versions)

    def versions(self, rule: str) -> list[TimeLimit]:
        """The earliest first."""
        return sorted(
            (each for each in self.all if each.rule == rule), key=lambda each: each.since or datetime.date.min
        )

    def on(self, rule: str, day: datetime.date) -> TimeLimit:
        """The version in force on the day on which the clock starts. Raises NoTimeLimit."""
        known = [each for each in self.versions(rule) if each.since is None or each.since <= day]
        if not known:
            raise NoTimeLimit(f"{day}的规定里，没有写明这一期限（{rule}）是多久。")
        return known[-1]
