"""What a penalty was measured by, as it was recorded: from it grade, range and reasons are worked out again, whatever
becomes of the rows of the standards (清单十五 一: 说明理由)."""

import datetime
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Self

from cases.amounts import Grade, LegalRange, in_order
from cases.discretion.grading import GRADES, Pull, grades_of
from cases.discretion.measuring import Measured, bands_for, measure
from cases.discretion.standards import Band, Binding, Factor, Leads, Range
from cases.penalties import Penalty
from history.trail import as_number
from verbatim.documents import Document

UNSET = "裁量基准没有另定这一档的幅度，按过罚相当"


class WeighedFactor(Document):
    code: str
    name: str
    leads_to: Leads
    binding: Binding
    source: str
    evidence: str

    @classmethod
    def of(cls, row: Factor, evidence: str) -> Self:
        source = f"《{row.standard.title}》{row.clause}"
        leads = {"leads_to": Leads(row.leads_to), "binding": Binding(row.binding)}
        return cls(code=row.code, name=row.name, source=source, evidence=evidence, **leads)

    @property
    def pull(self) -> Pull:
        return Pull(self.leads_to, self.binding == Binding.MUST)

    @property
    def named(self) -> str:
        """配合查处（可以从轻，《…》第十四条）"""
        return f"{self.name}（{self.binding.label}{self.leads_to.label}，{self.source}）"

    @property
    def said(self) -> str:
        """配合查处（可以从轻，《…》第十四条；证据：询问笔录）"""
        return f"{self.named[:-1]}；证据：{self.evidence}）"


class WeighedBand(Range, Document):
    code: str
    standard: str
    grade: Grade
    kind: Penalty
    by: str
    low: Decimal | None
    high: Decimal | None
    condition: str = ""

    @classmethod
    def of(cls, row: Band) -> Self:
        same = {name: getattr(row, name) for name in ("code", "by", "low", "high", "condition")}
        standard = f"《{row.standard.title}》（{row.standard.number}）"
        return cls(standard=standard, grade=Grade(row.grade), kind=Penalty(row.kind), **same)


class Weighed(Document):
    weighed_on: datetime.date
    """The day whose standards were used; the article is that of the day of the act, or a later one that is lighter."""
    act_ended_on: datetime.date
    violation: str
    provision: str
    law: LegalRange
    base: Decimal = Decimal(0)
    """What the article counts times of, in yuan."""
    base_called: str = ""
    """违法所得 or 货值金额."""
    factors: tuple[WeighedFactor, ...] = ()
    bands: tuple[WeighedBand, ...] = ()
    """Those of all grades."""

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Those that the factors leave, the usual choice first."""
        return grades_of([each.pull for each in self.factors])

    def measured(self, grade: Grade) -> Measured:
        return measure(
            self.law, grade, self.weighed_on, [each for each in self.bands if each.grade == grade], self.base
        )

    def ground(self, grade: Grade) -> str:
        """Why it may be below the law; empty where it is not."""
        grounds = [each for each in self.factors if Grade.MITIGATED in GRADES.get(each.leads_to, ())]
        return f"{grounds[0].name}（{grounds[0].source}）" if grounds and grade is Grade.MITIGATED else ""

    def standards(self, grade: Grade) -> str:
        """By which the grade has its range; empty where the levels above have set none."""
        passed_over = self.measured(grade).passed_over
        held = (each.standard for each in self.bands if each.grade == grade and each not in passed_over)
        return "、".join(dict.fromkeys(held))

    def said_range(self, grade: Grade) -> str:
        """应当警告、罚款0元到300元；可以吊销许可证件"""
        measured = self.measured(grade)
        if not measured.kinds:
            return "不予行政处罚"
        limits = f"{as_number(measured.lowest)}元到{as_number(measured.highest)}元"
        fine = f"{Penalty.FINE}{limits}" if measured.highest else "不罚款"
        said = {"应当": measured.compulsory, "可以": measured.optional - measured.compulsory}
        return "；".join(
            how + "、".join(fine if kind == Penalty.FINE else kind for kind in in_order(kinds))
            for how, kinds in said.items()
            if kinds
        )

    def reasons(self, grade: Grade, kinds: Collection[str] = (), fine: Decimal = Decimal(0), beyond: str = "") -> str:
        """The sentence for report, notice and decision: circumstances, grade, range and sum."""
        because = "；".join(each.said for each in self.factors) or "没有法定的从轻、减轻或者从重情形"
        by = self.standards(grade) or UNSET
        given = [
            f"{kind}{as_number(Decimal(fine))}元" if kind == Penalty.FINE else kind
            for kind in in_order(list(map(Penalty, kinds)))
        ]
        parts = [
            f"“{self.violation}”依据{self.law.source}",
            f"{self.base_called}{as_number(self.base)}元" if self.base_called else "",
            because,
            f"裁量档次为{grade}，不予行政处罚"
            if grade is Grade.NONE
            else f"裁量档次为{grade}（{by}），幅度为{self.said_range(grade)}",
            f"给予{'、'.join(given)}" if given else "",
            f"超出这一幅度，因为{beyond.rstrip('。')}" if beyond else "",
        ]
        return "；".join(filter(None, parts)) + "。"


def bands_of_all_grades(rows: Collection[Band], provision_id: int | None, day: datetime.date) -> Iterable[WeighedBand]:
    for grade in Grade:
        yield from map(WeighedBand.of, bands_for(rows, provision_id, grade, day))
