"""What a penalty may come to: within what the law says, always; within the grade, unless there is a reason."""

import datetime
import enum
from collections.abc import Collection, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from cases.penalties import Penalty, Sanction
from cases.rule import Objection, Rule, in_a, since
from clocks.time_limit import THIRD, Hardness
from verbatim.documents import Document

THIRDS = datetime.date(2022, 10, 8)
"""From which 从轻 and 从重 are the lowest and the highest 30 % (裁10)."""
SHARE = Decimal("0.3")


class Grade(enum.StrEnum):
    NONE = "不予"
    MITIGATED = "减轻"
    LIGHT = "从轻"
    USUAL = "一般"
    HEAVY = "从重"


def in_order(kinds: Collection[Penalty]) -> list[Penalty]:
    """As the law counts them up."""
    return [kind for kind in Penalty if kind in kinds]


Kinds = Annotated[frozenset[Penalty], PlainSerializer(in_order)]


class LegalRange(Document):
    """What an article allows for an act: the kinds that it makes compulsory and those that it adds, and the fine."""

    source: str
    compulsory: Kinds = frozenset()
    optional: Kinds = frozenset()
    grave: Kinds = frozenset()
    """Those that it gives only where the act is grave."""
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Field(ge=0)
    difference: str = ""
    """Where list and law differ, what is said of it beside a penalty without a fine."""

    @property
    def kinds(self) -> frozenset[Penalty]:
        return self.compulsory | self.optional | self.grave

    def band(self, grade: Grade, day: datetime.date) -> tuple[Decimal, Decimal]:
        """The fine of a grade, from and to, in whole cents that lie within it."""
        share = (self.maximum - self.minimum) * SHARE
        if day >= THIRDS and grade is Grade.LIGHT:
            return within(self.minimum, self.minimum + share)
        if day >= THIRDS and grade is Grade.HEAVY:
            return within(self.maximum - share, self.maximum)
        return within(self.minimum, self.maximum)


def within(lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """The first and the last whole cent between them."""
    cent = Decimal("0.01")
    return lowest.quantize(cent, ROUND_CEILING), highest.quantize(cent, ROUND_FLOOR)


class Amount(Rule):
    id, title = "amount", "处罚不超出法定的种类和幅度"
    declared = (in_a("清单十五 一: 均不得超过法定罚款限度"), since(THIRDS, "清单十五 一: 均不得超过法定罚款限度; 裁10"))
    MITIGATION = ((None, "处罚法2017-27"), (THIRD, "处罚法2021-32"))

    @classmethod
    def check(
        cls,
        day: datetime.date,
        allowed: LegalRange,
        sanction: Sanction,
        *,
        grade: Grade = Grade.USUAL,
        ground: str = "",
    ) -> Iterator[Objection]:
        """`ground` is the statutory reason to go below the law; empty for none."""
        if sanction.fine > allowed.maximum:
            said = f"罚款 {sanction.fine} 元，超过法定上限 {allowed.maximum} 元"
            yield cls.objection(day, said, clause=cls.declared[0].clause)
        if not sanction.kinds <= allowed.kinds | {Penalty.FINE}:
            yield cls.objection(day, "处罚的种类不是这一条规定的")
        if (grave := sanction.has_any(allowed.grave)) and grade is not Grade.HEAVY:
            yield cls.objection(day, f"{'、'.join(grave)}只给情节严重的，裁量档次要是从重")
        if grade is Grade.NONE and sanction.kinds:
            yield cls.objection(day, "裁量档次是不予，不能给予处罚")
        lacking = [kind for kind in Penalty if kind in allowed.compulsory - sanction.kinds]
        is_mitigated = grade is Grade.MITIGATED and bool(ground)
        if lacking and not (is_mitigated and lacking == [Penalty.FINE]):
            yield cls.objection(day, f"这一条规定应当{'、'.join(lacking)}，没有减轻的法定情形不能少")
        if sanction.fine and sanction.fine < allowed.minimum and not is_mitigated:
            said = f"罚款 {sanction.fine} 元，低于法定下限 {allowed.minimum} 元，要有减轻处罚的法定情形"
            clause = [each for first, each in cls.MITIGATION if first is None or first <= day][-1]
            yield cls.objection(day, said, clause=clause)
        lowest, highest = allowed.band(grade, day)
        is_third = day >= THIRDS and grade in (Grade.LIGHT, Grade.HEAVY) and Penalty.FINE in sanction.kinds
        if is_third and not lowest <= sanction.fine <= highest:
            yield cls.objection(day, f"{grade}的罚款在 {lowest} 元到 {highest} 元之间，现在是 {sanction.fine} 元")
        if allowed.difference and Penalty.FINE not in sanction.kinds:
            yield cls.objection(day, allowed.difference, hardness=Hardness.WARN)
