"""调查终结、初审 (清单十四 三(三)、三(四)1): what happened is written down and proposed, and another hand audits it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from acts.errors import Incomplete
from acts.steps import OtherHand
from cases import rules
from cases.amounts import Amount, Grade
from cases.discretion.spread import Spread, spread_of
from cases.rows.conclusion import Conclusion
from cases.rows.people import Officer
from cases.rows.proposal import Outcome, Proposal
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, hand, latest, officers_objections, person, refuse_unlawful
from cases.way.states import State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline, Extension, work_out_provisional
from clocks.limits_of_the_law import in_force


def _in_time(case: Concluding, day: datetime.date) -> Iterable[Objection]:
    return rules.Audit.check(case.audit_deadline(), day) if case.concluded_on else ()


STEPS = (
    CaseStep(
        verb="concluded",
        label="调查终结",
        method="conclude",
        does="把《案件调查终结报告》和案件材料送案审办审核。",
        begins={"handle": [State.INVESTIGATION]},
        leads_to=State.AWAITING_AUDIT,
        hand="concluded",
        writes=("concluded_on",),
        paragraphs=("c3-3-1",),
        starts=("audit",),
    ),
    CaseStep(
        verb="audited",
        label="审核通过",
        method="audit",
        does="表示您已核对事实、证据、条款、法定幅度和裁量，填写了《初审意见表》，报案审委审理。",
        begins={"audit": [State.AWAITING_AUDIT]},
        leads_to=State.AWAITING_COMMITTEE,
        hand="audited",
        not_by=[OtherHand("concluded", "这一案是您调查终结的，要由别人来审核。")],
        why="请写明审核意见，记入《初审意见表》。",
        asks=_in_time,
        paragraphs=("c3-4-1",),
        ends=("audit",),
    ),
    CaseStep(
        verb="audit_prolonged",
        label="延长审核期限",
        method="prolong_audit",
        does="经负责人批准，审核的期限延长一次。",
        begins={"approve": [State.AWAITING_AUDIT]},
        signs="audit_prolonged_by",
        writes=("audit_prolonged_on", "audit_prolonged_days"),
        why="请写明延长的理由。",
        is_awaited=False,
        paragraphs=("c3-4-1",),
    ),
    CaseStep(
        verb="audit_returned",
        label="退回补充调查、补正",
        method="return_from_audit",
        does="退给承办人员补充调查或者补正材料，以后重新终结、重新审核。",
        begins={"audit": [State.AWAITING_AUDIT]},
        leads_to=State.INVESTIGATION,
        not_by=[OtherHand("concluded", "这一案是您调查终结的，要由别人来审核。")],
        why="请写明要补充调查或者补正什么。",
        is_awaited=False,
        paragraphs=("c3-4-1-1",),
        ends=("audit",),
    ),
)


class Concluding(CaseFile):
    concluded_on = models.DateField("调查终结日期", null=True)
    concluded_by, concluded_by_name, concluded_at = hand("调查终结人", "调查终结时间")
    audited_by, audited_by_name, audited_at = hand("审核人", "审核时间")
    audit_prolonged_on = models.DateField("审核期限延长的签批日期", null=True)
    audit_prolonged_days = models.PositiveSmallIntegerField("审核期限延长几个工作日", null=True)
    audit_prolonged_by = person("审核期限延长批准人")

    class Meta:
        abstract = True

    def audit_deadline(self) -> Deadline:
        """By which the file that came with the conclusion is audited."""
        assert self.concluded_on is not None
        limit, longer = in_force().on("audit", self.concluded_on), list[Extension]()
        if self.audit_prolonged_on and self.audit_prolonged_on >= self.concluded_on:  # not of an earlier round
            longer = [Extension(number=self.audit_prolonged_days or 0, signed=self.audit_prolonged_on)]
        return work_out_provisional(limit, self.concluded_on, self.working_days(), granted=longer)

    def audit_deadlines(self) -> list[Deadline]:
        return [self.audit_deadline()] if self.state == State.AWAITING_AUDIT else []

    def conclude(self, conclusion: Conclusion, *, by: Any, reason: str = "") -> None:
        """调查终结: what happened, shown by evidence, and what is proposed, goes to be audited."""
        if conclusion.act_ended_on > timezone.localdate():
            raise Incomplete("违法行为终了之日还没有到；还在继续的，填查明以前的最后一天。")
        with self.acting("concluded", by=by, reason=reason) as case:
            conclusion.take(case.weighing())
            case.answer_to("concluded", reason, case.conclusion_objections(conclusion))
            conclusion.case = case
            case.keep(conclusion, by)
            case.concluded_on = timezone.localdate()

    def audit(self, *, by: Any, reason: str) -> None:
        """审核: by somebody who does not handle it, and who has passed the examination if it is the first time."""
        today = timezone.localdate()
        with self.acting("audited", by=by, reason=reason) as case:
            case.answer_to("audited", reason, case.auditor_objections(by, today))
            case.take_side(by, Side.Which.JUDGING, by)

    def prolong_audit(self, *, by: Any, days: int, reason: str) -> None:
        today = timezone.localdate()
        with self.acting("audit_prolonged", by=by, reason=reason) as case:
            refuse_unlawful(case.audit_deadline(), Extension(number=days, signed=today))
            case.audit_prolonged_on, case.audit_prolonged_days = today, days

    def return_from_audit(self, *, by: Any, reason: str) -> None:
        with self.acting("audit_returned", by=by, reason=reason) as case:
            case.answer_to("audit_returned", reason, case.auditor_objections(by, timezone.localdate()))
            case.take_side(by, Side.Which.JUDGING, by)

    def conclusion(self) -> Conclusion | None:
        """The latest: a report that comes again takes the place of the one before."""
        found: Conclusion | None = latest(self.conclusions)
        return found

    def conclusion_objections(self, conclusion: Conclusion) -> list[Objection]:
        """What the rules have against such a report."""
        today, found = timezone.localdate(), list[Objection]()
        has_result = self.testings.filter(result__isnull=False).exists()
        if not (self.inspections.exists() or has_result or self.evidence.exists()):
            found.append(rules.Evidence.objection(today, "案卷里还没有检查、询问笔录或者检验结果，也没有别的证据"))
        found += rules.Contact.check(today, rights_told=conclusion.rights_told)
        left = [each.officer for each in self.handlers.all() if not self.has_stepped_back(each.officer.account)]
        found += officers_objections("调查", left, today)
        if conclusion.is_penalty:
            found += rules.Discretion.check_weighed(today, is_weighed=conclusion.weighing is not None)
        return [*found, *self.proposal_objections(conclusion, conclusion), *self.measure_objections(conclusion)]

    def measure_objections(self, proposal: Proposal) -> list[Objection]:
        """Where a penalty leaves its band or what was given in like cases: whoever proposes it, or puts it to the vote,
        says why."""
        if not proposal.is_penalty:
            return []
        day, fine = timezone.localdate(), Decimal(proposal.fine)
        return [
            *rules.Discretion.check_within(day, is_beyond=proposal.is_beyond),
            *rules.LikeCases.check(day, fine, self.spread(proposal)),
        ]

    def proposal_objections(self, proposal: Proposal, conclusion: Conclusion) -> list[Objection]:
        """What the rules have against a penalty for what was found."""
        if not proposal.is_penalty:
            return self.transfer_objections(proposal, conclusion)
        if missing := proposal.missing_sums():
            raise Incomplete(f"{'、'.join(missing)}没有写明数额，请填写；没收的写明合计和其中违法所得各多少。")
        day, sanction = timezone.localdate(), proposal.sanction(self.party.kind)
        return [
            *(self.substance_objections(proposal.weighing) if proposal.weighing else ()),
            *rules.Limitation.check_discovery(conclusion.limitation(self.working_days()), self.found_on),
            *self.transfer_objections(proposal, conclusion),
            *rules.Competence.check(day, proposal.article, sanction.fine),
            *Amount.check(day, proposal.allowed(), sanction, grade=Grade(proposal.grade), ground=proposal.ground),
        ]

    def spread(self, proposal: Proposal) -> Spread | None:
        """Of the fines of like cases; None where it was not weighed, or there are none."""
        like = self.like_cases(proposal.weighing) if proposal.weighing else []
        return spread_of([each.fine for each in like])

    def transfer_objections(self, proposal: Proposal, conclusion: Conclusion) -> list[Objection]:
        """What may be a crime is transferred: neither fined nor let go instead."""
        is_kept = conclusion.is_crime and proposal.outcome != Outcome.TRANSFER
        return list(rules.Transfer.check_not_kept(timezone.localdate(), is_crime=is_kept))

    def auditor_objections(self, by: Any, day: datetime.date) -> list[Objection]:
        officer = Officer.objects.valid_on(day).filter(account=by).first()
        return [
            *self.separation_objections(by, "审核", day),
            *rules.AuditPerson.check(
                day,
                is_first_time=not type(self).objects.audited_by(by).exists(),
                has_qualification=bool(officer and officer.law_certificate),
            ),
        ]
