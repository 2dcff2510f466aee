"""案件统计: how many clues, cases filed, closed, late, sent back, changed by review or court; by office, kind, source
and time. The database counts, in one query for everything that was done in the time asked for."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import TruncMonth

from cases import rules
from cases.case import Case, CaseAct
from cases.rows.remedy import RemedyEnd
from cases.rule import TimeRule
from cases.watching.chart import bars
from cases.way.states import Kind, Source
from offices.models import Office
from verbatim.codes import Numbers

RETURNS = (
    *("sent_back", "audit_returned", "sent_to_supplement", "outcome_returned", "recheck_returned"),
    *("decision_returned", "closing_returned", "publicity_returned"),
)
"""The acts by which something comes back to those who handle the case."""

LATE = tuple(
    rule.id for rule in rules.RULES if issubclass(rule, TimeRule) and rule not in (rules.Urgent, rules.Correction)
)
"""The rules to which somebody answers with a reason that a time limit was over; to these two a reason says something
else: who consented, and a term that is long."""

CHANGED = (RemedyEnd.Outcome.CHANGED, RemedyEnd.Outcome.ANNULLED, RemedyEnd.Outcome.UNLAWFUL)

Period = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Measure:
    id: str
    label: str
    said: str


MEASURES = (
    Measure("clues", "线索", "登记的线索，按登记日期"),
    Measure("filed", "立案", "按立案日期"),
    Measure("refused", "不予立案", "按批准不予立案的日期"),
    Measure("closed", "结案", "按结案日期"),
    Measure("late", "逾期办理", "期限已满才办、写明理由的次数，按办理日期"),
    Measure("returned", "退回", "审核、审理、审批时退回的次数，按退回日期"),
    Measure("changed", "复议诉讼改变", "经复议、诉讼变更、撤销、确认违法的，按收到结果的日期"),
    Measure("overdue", "现在逾期", "今天还有期限已满而没有办的案件，和所选时段无关"),
)
OVERDUE = MEASURES[-1]


class Counted(NamedTuple):
    """So many of something, of one office, source, set of kinds and month."""

    what: str
    office: int
    source: str
    kinds: tuple[str, ...]
    month: datetime.date | None
    number: int


class Line(NamedTuple):
    label: str
    numbers: list[int]


@dataclass(frozen=True)
class Table:
    id: str
    title: str
    heading: str
    measures: tuple[Measure, ...]
    lines: list[Line]
    total: list[int]
    """Of everything; less than the sum of the lines where one case stands in several of them."""
    note: str = ""

    def charts(self) -> Iterator[tuple[Measure, Any]]:
        """A picture of each measure of which there is something."""
        for place, measure in enumerate(self.measures):
            if any(line.numbers[place] for line in self.lines):
                rows = [(line.label, line.numbers[place]) for line in self.lines]
                yield measure, bars(f"{self.id}-{measure.id}", f"{measure.label}，{self.title}", rows)

    def without(self) -> list[Measure]:
        return [each for place, each in enumerate(self.measures) if not any(line.numbers[place] for line in self.lines)]


class Step(NamedTuple):
    """How the time is cut."""

    label: str
    months: int
    said: Callable[[datetime.date], str]


STEPS = {
    "month": Step("月", 1, lambda day: f"{day:%Y-%m}"),
    "quarter": Step("季度", 3, lambda day: f"{day.year}年{(day.month + 2) // 3}季度"),
    "year": Step("年", 12, lambda day: f"{day.year}年"),
}


def begins(step: Step, day: datetime.date) -> datetime.date:
    """The first day of the month, quarter or year in which it lies."""
    return day.replace(month=(day.month - 1) // step.months * step.months + 1, day=1)


def parts_of(step: Step, period: Period) -> list[datetime.date]:
    """The first days of the months, quarters or years that the period touches."""
    day, found = begins(step, period[0]), []
    while day <= period[1]:
        found.append(day)
        ahead = day.month - 1 + step.months
        day = day.replace(year=day.year + ahead // 12, month=ahead % 12 + 1)
    return found


def counted(cases: Q, period: Period) -> list[Counted]:
    """What was done in these days, in one query. `cases` says which cases, by the fields of a case."""

    def of(what: str, rows: QuerySet[Any], day: str, way: str = "") -> QuerySet[Any]:
        within = day if day.endswith("_on") else f"{day}__date"
        return (
            rows.filter(**{f"{within}__range": period})
            .order_by()
            .annotate(
                what=Value(what, CharField()),
                of_office=F(f"{way}office_id"),
                of_source=F(f"{way}source"),
                of_kinds=F(f"{way}kinds"),
                month=TruncMonth(day, output_field=DateField()),
            )
            .values("what", "of_office", "of_source", "of_kinds", "month")
            .annotate(number=Count("pk"))
            .values_list("what", "of_office", "of_source", "of_kinds", "month", "number")
        )

    own = Case.objects.filter(cases)
    acts, ends = CaseAct.objects.filter(case__in=own), RemedyEnd.objects.filter(remedy__case__in=own, remedy__void=None)
    late = acts.filter(answered__regex=rf"(^|\n)({'|'.join(LATE)})(\n|$)")
    changed = ends.filter(outcome__in=CHANGED)
    found = of("clues", own, "registered_at").union(
        of("filed", own, "filed_on"),
        of("refused", own, "refused_at"),
        of("closed", own, "closed_on"),
        of("late", late, "at", "case__"),
        of("returned", acts.filter(verb__in=RETURNS), "at", "case__"),
        of("changed", changed, "ended_on", "remedy__case__"),
        all=True,
    )
    return [Counted(what, office, source, tuple(kinds), *rest) for what, office, source, kinds, *rest in found]


def overdue(cases: Q, late: Iterable[int]) -> list[Counted]:
    """Those of these cases of which a clock is over today."""
    found = Case.objects.filter(cases, pk__in=list(late)).order_by().values_list("office", "source", "kinds")
    return [Counted(OVERDUE.id, office, source, tuple(kinds), None, 1) for office, source, kinds in found]


def tables(found: list[Counted], step: Step, period: Period) -> list[Table]:
    offices = Office.objects.filter(pk__in={each.office for each in found}).order_by(Numbers("code"))
    done = MEASURES[:-1]
    kinds_note = "一案有几个类别的，每个类别都计；合计只计一次。"
    parts = [(day, step.said(day)) for day in parts_of(step, period)]
    return [
        _table("office", "按股室", "股室", MEASURES, [(o.pk, o.name) for o in offices], found, lambda c: [c.office]),
        _table("kind", "按类别", "类别", MEASURES, Kind.choices, found, lambda c: c.kinds, kinds_note),
        _table("source", "按来源", "来源", MEASURES, Source.choices, found, lambda c: [c.source]),
        _table(
            *("time", f"按{step.label}", step.label, done, parts, found),
            lambda c: [begins(step, c.month)] if c.month else [],
        ),
    ]


def _table(
    name: str,
    title: str,
    heading: str,
    measures: tuple[Measure, ...],
    groups: Iterable[tuple[Any, str]],
    found: list[Counted],
    groups_of: Callable[[Counted], Iterable[Any]],
    note: str = "",
) -> Table:
    numbers: Counter[tuple[Any, str]] = Counter()
    totals: Counter[str] = Counter()
    for each in found:
        totals[each.what] += each.number
        for group in groups_of(each):
            numbers[group, each.what] += each.number
    lines = [Line(label, [numbers[group, measure.id] for measure in measures]) for group, label in groups]
    return Table(name, title, heading, measures, lines, [totals[measure.id] for measure in measures], note)
