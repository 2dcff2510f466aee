"""同类案件 beside what is proposed: number and quartiles, a picture, and each with its sum and its reason."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from cases.case import Case
from cases.desk.masking import masked_in
from cases.discretion.spread import YEARS, LikeCase, Spread, spread_of
from cases.penalties import Penalty
from cases.publicity.persons import names_in
from cases.publicity.redacting import Known, Redaction
from cases.rows.weighing import Weighing
from cases.watching import chart
from history.trail import as_number

SHOWN = 20
"""So many of the latest stand on a page; all are counted."""
BESIDE = ("concluded", "audited", "met", "voted", "agreed", "decision_proposed", "decision_reviewed", "decided")
"""The acts on whose pages they stand."""


@dataclass(frozen=True)
class LikeCases:
    years: int
    weighing: Weighing
    cases: list[LikeCase]
    spread: Spread | None
    picture: SafeString | None

    @property
    def quartiles(self) -> list[tuple[str, str]]:
        sums = self.spread.all if self.spread else ()
        return [(label, as_number(amount)) for label, amount in zip(chart.QUARTILES, sums, strict=True)]

    @property
    def shown(self) -> list[LikeCase]:
        return self.cases[:SHOWN]


def like_cases(case: Case) -> LikeCases | None:
    """None where nothing was weighed. What is personal in the reasons of others is masked."""
    weighing = case.weighing()
    if weighing is None or not weighing.measured.kinds:
        return None
    proposal = latest_proposal(case, weighing)
    found = [_masked(each) for each in case.like_cases(weighing)]
    spread = spread_of([each.fine for each in found])
    picture = None
    if spread:
        limits = weighing.lowest, weighing.highest
        marked = proposal.fine if proposal and Penalty.FINE in proposal.kinds else None
        picture = chart.spread("like", f"同类案件 {spread.number} 件的罚款", limits, spread.all, marked)
    return LikeCases(YEARS, weighing, found, spread, picture)


def latest_proposal(case: Case, weighing: Weighing) -> Any:
    """Of reports and meetings, what was said last under what was weighed; None where nothing was."""
    said: list[Any] = [*case.conclusions.all(), *case.meetings.all()]
    return max((each for each in said if each.weighing_id == weighing.pk), key=lambda each: each.at, default=None)


def _masked(each: LikeCase) -> LikeCase:
    party = Case.objects.select_related("party").get(number=each.number).party
    reasons = Redaction(Known(), tuple(names_in(each.reasons))).covered(each.reasons)
    return LikeCase(each.number, each.decided_on, each.fine, each.said, masked_in(reasons, party.personal()))
