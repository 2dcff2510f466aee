"""裁量 (清单十五): before the report, the officers weigh by which article, which circumstances and which band a penalty
is measured. Report, meeting and decision take their law and their reasons from there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.amounts import Grade
from cases.discretion.offer import Offer
from cases.discretion.spread import LikeCase, since
from cases.discretion.violations import Provision
from cases.penalties import Penalty
from cases.rows.proposal import Proposal
from cases.rows.weighing import Weighing
from cases.rule import Objection
from cases.way.case_file import CaseFile, latest
from cases.way.states import State
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="weighed",
        label="裁量",
        method="weigh",
        does="选违法行为、条款和裁量因素，逐项写明证据；由此得出裁量档次、幅度和理由，写进终结报告、告知书和决定书。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
        is_awaited=False,
        repeats=True,
    ),
)


def _is_weighed_as(given: Proposal, weighing: Weighing) -> bool:
    own = given.weighing
    return own is not None and (own.provision_id, own.grade) == (weighing.provision_id, weighing.grade)


def _fine_of(given: Proposal) -> Decimal | None:
    """None where none was given."""
    return Decimal(given.fine) if Penalty.FINE in given.kinds else None


def _reasons_of(given: Proposal) -> str:
    """The circumstances without what they were shown by: that is of the other case."""
    assert given.weighing
    factors = "；".join(each.named for each in given.weighing.weighed.factors)
    return "；".join(filter(None, [factors or "没有法定的从轻、减轻或者从重情形", given.beyond]))


class WeighingUp(CaseFile):
    class Meta:
        abstract = True

    def weighing(self) -> Weighing | None:
        """The latest."""
        found: Weighing | None = latest(self.weighings)
        return found

    def like_cases(self, weighing: Weighing) -> list[LikeCase]:
        """The same act under the same version of the article in the same grade, decided in the last three years and
        not annulled; the latest first."""
        today = timezone.localdate()
        found = type(self).objects.weighed_as(weighing).filter(decided_on__range=(since(today), today))
        return [
            LikeCase(case.number, case.decided_on, _fine_of(given), given.said, _reasons_of(given))
            for case in found.exclude(pk=self.pk).with_its_rows().order_by("-decided_on", "-number")
            if not case.is_annulled() and _is_weighed_as(given := case.decided_proposal(), weighing)
        ]

    def substance_objections(self, weighing: Weighing) -> list[Objection]:
        """Where a lighter law came since, or what was lighter is so no more: then it is weighed anew."""
        weighed, provision, today = weighing.weighed, weighing.provision, timezone.localdate()
        offer = Offer(provision.violation, weighed.act_ended_on, today)
        compared = offer.compared(provision, weighed.base)
        asked = rules.Substance.check(today, compared, is_newer_taken=offer.is_newer(provision))
        return [each for each in asked if each.is_refusal]

    def weigh(
        self,
        offer: Offer,
        *,
        by: Any,
        provision: Provision,
        grade: str,
        evidence: Mapping[str, str],
        base: Decimal = Decimal(0),
        reason: str = "",
    ) -> None:
        """`evidence` says by the code of each factor by what it is shown. Raises Refused."""
        with self.acting("weighed", by=by, reason=reason) as case:
            if offer.act_ended_on > timezone.localdate():
                raise Incomplete("违法行为终了之日还没有到，请核对。")
            weighed = offer.weighed(provision, evidence, base)
            if Grade(grade) not in weighed.grades:
                raise Incomplete(f"按这些裁量因素，档次是{'或者'.join(weighed.grades)}，不能是{grade}。")
            day = timezone.localdate()
            if unpublished := offer.unpublished(weighed):
                said = "、".join(unpublished)
                raise Incomplete(f"{said} 录入、修改以后还没有公布，不能用来裁量；请法规审核或者局领导先公布裁量基准。")
            compared = offer.compared(provision, base)
            taken = rules.Substance.check(day, compared, is_newer_taken=offer.is_newer(provision))
            passed_over = [str(each.standard) for each in weighed.measured(Grade(grade)).passed_over]
            case.answer_to("weighed", reason, [*taken, *rules.Discretion.check_conflict(day, passed_over)])
            row = Weighing.of(weighed, provision, Grade(grade))
            row.case = case
            case.keep(row, by)
