"""案件: one case of regime 十四, from the clue on; its phases are the modules of cases.way."""

from __future__ import annotations

import itertools
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Prefetch, Q, Subquery, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils import timezone

from acts import models as acts
from acts.errors import NotYours
from acts.models import Authored
from acts.steps import Steps
from cases import rules
from cases.publicity.rows import PublicityDraft, PublicityEnd, PublicityPush
from cases.rows.breaks import Break
from cases.rows.committee import Attendance, Meeting
from cases.rows.correction import CorrectionOrder
from cases.rows.court import CourtApplication, Urging
from cases.rows.decision import SpotPenalty
from cases.rows.evidence import Attachment
from cases.rows.fulfilment import Fulfilment
from cases.rows.hearing import Hearing
from cases.rows.measure import Measure
from cases.rows.money import Agreement, Arrangement, Payment, Refund
from cases.rows.notifying import PenaltyNotice
from cases.rows.party import Party, Reading
from cases.rows.people import Handler
from cases.rows.recusal import Recusal
from cases.rows.remedy import Remedy
from cases.rows.testing import Testing
from cases.rows.transfer import PoliceReply
from cases.rows.weighing import Weighing
from cases.way import (
    breaking_off,
    closing,
    committee,
    concluding,
    court,
    deciding,
    enforcing,
    evidence,
    filing,
    hearing,
    inspecting,
    measures,
    notifying,
    on_the_spot,
    outcomes,
    owing,
    papers,
    paying,
    publicising,
    recusing,
    remedies,
    serving,
    testing,
    voiding,
    weighing,
)
from cases.way.states import AT_REST, OPEN, State
from clocks.deadlines import AnyDeadline
from verbatim.fields import visible_constraint

PHASES: tuple[Any, ...] = (
    filing,
    inspecting,
    measures,
    testing,
    evidence,
    recusing,
    weighing,
    concluding,
    committee,
    outcomes,
    notifying,
    hearing,
    deciding,
    serving,
    paying,
    enforcing,
    remedies,
    court,
    voiding,
    breaking_off,
    closing,
    on_the_spot,
    publicising,
    papers,
)
"""In the order of regime 十四 三; papers go along with all of them."""

STEPS = Steps(*itertools.chain.from_iterable(phase.STEPS for phase in PHASES))


WAITS_FOR = {
    State.VERIFICATION: "正在核查，等办案人员报请立案。",
    State.FILING_PROPOSED: "等{office}负责人审核。",
    State.FILING_REVIEWED: "等局负责人批准。",
    State.NOT_FILED: "不予立案。",
    State.INVESTIGATION: "已立案，正在调查。",
    State.INVESTIGATION_SUSPENDED: "调查已中止。",
    State.AWAITING_AUDIT: "调查终结，等案审办审核。",
    State.AWAITING_COMMITTEE: "已审核，等案审委审理。",
    State.IN_SESSION: "等出席的委员表决、签名，主持人宣布审理意见。",
    State.AWAITING_HEAD: "等主要负责人批准。",
    State.AWAITING_NOTICE: "等承办人员告知当事人。",
    State.NOTIFIED: "已告知，等当事人陈述、申辩，期满以后复核。",
    State.HEARING: "等听证举行、提交听证报告。",
    State.RECHECK: "听证已完，等承办人员复核。",
    State.RECHECKED: "已复核，等案审办审核。",
    State.AWAITING_DECISION: "等承办人员报批处罚决定。",
    State.DECISION_PROPOSED: "等案审办审核决定书。",
    State.DECISION_REVIEWED: "等案审委主任委员批准。",
    State.DECIDED: "已决定，等送达。",
    State.TRANSFERRED: "已批准移送，等公安机关答复。",
    State.ENFORCEMENT: "决定已送达，正在执行。",
    State.ENFORCEMENT_SUSPENDED: "执行已中止。",
    State.AWAITING_CLOSING: "等承办人员报请结案。",
    State.CLOSING_PROPOSED: "等局负责人批准结案。",
    State.CLOSED: "已结案，等备案、归档。",
    State.ARCHIVED: "已归档，不再改变。",
}


ON_THE_CASE = ("handle", "lead", "audit", "vote", "hear", "approve")


class CaseQuerySet(models.QuerySet["Case"]):
    def audited_by(self, account: Any) -> Self:
        return self.filter(timeline__verb="audited", timeline__by=account)

    def with_work_left(self) -> Self:
        """The open ones, and of those in the archive whose penalty may still have to come before the public."""
        of_this = {"case": OuterRef("pk")}
        drafts, ends = PublicityDraft.objects.filter(**of_this), PublicityEnd.objects
        never = ~Exists(drafts.filter(release__isnull=False)) & Exists(
            Meeting.objects.filter(**of_this, outcome="penalty")
        )
        waits = Exists(drafts.filter(release=None, returned=None))
        was_ended = Exists(ends.filter(release__draft__case=OuterRef("pk")))
        archived = Q(state=State.ARCHIVED, decided_on__isnull=False)
        return self.filter(Q(state__in=OPEN) | (archived & (Q(never) | Q(waits) | Q(was_ended))))

    def weighed_as(self, weighing: Weighing) -> Self:
        """That have a proposal of this grade under this version of the article."""
        same = Q(weighing__provision=weighing.provision_id, weighing__grade=weighing.grade)
        agreed = Exists(Meeting.objects.filter(same, case=OuterRef("pk")))
        on_the_spot = Exists(SpotPenalty.objects.filter(same, case=OuterRef("pk")))
        return self.filter(agreed | on_the_spot)

    def with_its_rows(self) -> Self:
        attended = Attendance.objects.select_related("member__account", "ballot")
        meetings = Meeting.objects.select_related("chair__account", "weighing")
        return self.select_related("office", "party", "spot_penalty__weighing").prefetch_related(
            "handlers__officer__account",
            *("recusals", "weighings", "conclusions", "decisions__confiscated_goods", "receipts", "reports"),
            "spot_penalty__corrections",
            Prefetch("urgings", Urging.objects.select_related("void")),
            Prefetch("arrangements", Arrangement.objects.select_related("void")),
            *("arrangements__instalments",),
            Prefetch("agreements", Agreement.objects.select_related("void")),
            Prefetch("payments", Payment.objects.select_related("void__successor")),
            Prefetch("refunds", Refund.objects.select_related("void")),
            Prefetch("fulfilments", Fulfilment.objects.select_related("void")),
            "handings_over",
            Prefetch("handings_over__replies", PoliceReply.objects.select_related("void")),
            Prefetch("measures", Measure.objects.select_related("end", "approval", "prolongation")),
            Prefetch("testings", Testing.objects.select_related("result")),
            Prefetch("meetings", meetings),
            Prefetch("meetings__attendances", attended),
            Prefetch("notices", PenaltyNotice.objects.select_related("meeting")),
            *("notices__defences", "notices__rechecks__answers__defence"),
            Prefetch("notices__hearings", Hearing.objects.select_related("minutes", "report")),
            Prefetch("correction_orders", CorrectionOrder.objects.select_related("check_up")),
            Prefetch("remedies", Remedy.objects.select_related("end", "void")),
            Prefetch("court_applications", CourtApplication.objects.select_related("end", "void")),
            Prefetch("breaks", Break.objects.select_related("end")),
            Prefetch("publicity_drafts", PublicityDraft.objects.without_text()),
            Prefetch("publicity_pushes", PublicityPush.objects.select_related("void")),
        )

    def seen_by(self, account: Any) -> Self:
        """The cases that this person may look at: all of them, those of the own office, or the own."""
        if not account.has_perm("cases.view_case"):
            return self.none()
        decided = Recusal.objects.filter(case=OuterRef("pk"), account=account).order_by("-pk")
        latest = Subquery(decided.values("steps_back")[:1])
        those = self.alias(stepped_back=Coalesce(latest, False)).exclude(stepped_back=True)
        if any(Case.may(account, role) for role in ("audit", "approve", "supervise")):
            return those
        handled = Handler.objects.filter(case=OuterRef("pk"), officer__account=account)
        seats = (Attendance.How.PRESENT, Attendance.How.OBSERVING)
        attended = Attendance.objects.filter(meeting__case=OuterRef("pk"), member__account=account, how__in=seats)
        heard = Hearing.objects.filter(Q(chair=account) | Q(clerk=account), notice__case=OuterRef("pk"))
        own = Q(registered_by=account) | Q(Exists(handled)) | Q(Exists(attended)) | Q(Exists(heard))
        if Case.may(account, "lead") and account.office_id:
            own |= Q(office=account.office_id)
        return those.filter(own)


class Case(
    filing.Filing,
    inspecting.Inspecting,
    measures.Measures,
    testing.SendingForTesting,
    evidence.KeepingEvidence,
    recusing.Recusing,
    weighing.WeighingUp,
    concluding.Concluding,
    committee.SittingInCommittee,
    outcomes.Outcomes,
    notifying.Notifying,
    hearing.Hearings,
    deciding.Deciding,
    serving.Serving,
    owing.Owing,
    paying.Paying,
    enforcing.Enforcing,
    remedies.Remedies,
    court.GoingToCourt,
    voiding.Voiding,
    breaking_off.BreakingOff,
    closing.Closing,
    on_the_spot.OnTheSpot,
    publicising.Publicising,
    papers.Papers,
):
    objects: ClassVar[Any] = CaseQuerySet.as_manager()
    steps: ClassVar[Any] = STEPS
    label_field: ClassVar[str] = "number"
    initial_states: ClassVar[Any] = {
        State.VERIFICATION: ("registered_by", "registered_by_name", "registered_at"),
    }
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    followed: ClassVar[str] = "*"
    area: ClassVar[str] = "cases"
    acts_area: ClassVar[str] = "case_acts"

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        ordering = ["-number"]
        default_permissions = ("view", "handle", "lead", "audit", "vote", "hear", "approve", "determine", "supervise")
        constraints = [
            CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            CheckConstraint(
                condition=STEPS.four_eyes(),
                name="case_four_eyes",
                violation_error_message="报请、审核、批准不能是同一个人。",
            ),
            visible_constraint("case", "clue"),
            *filing.CONSTRAINTS,
            *deciding.CONSTRAINTS,
            *closing.CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return self.named

    @property
    def waits_for(self) -> str:
        return WAITS_FOR[State(self.state)].format(office=self.office.name)

    def is_on_the_case(self, account: Any) -> bool:
        """Whoever handles, reviews, judges or approves it; who only watches over cases is not."""
        return any(self.may(account, role) and self.concerns(account, role) for role in ON_THE_CASE)

    def refuse_who_is_not_on_it(self, account: Any) -> None:
        if not self.is_on_the_case(account):
            raise NotYours("当事人的个人信息，写着它的文书、附件、案卷，只有本案的经办人能看。")

    def read_party(self, account: Any) -> Party:
        """In full, for whoever is on the case; a line says who read it. Raises NotYours."""
        self.refuse_who_is_not_on_it(account)
        self.keep(Reading(case=self, what=Reading.What.PERSONAL_DATA), account)
        return self.party

    def note_opening(self, account: Any) -> None:
        """打开案卷: a line for whoever neither handles the case nor heads its office, once a day."""
        if any(self.may(account, role) and self.concerns(account, role) for role in ("handle", "lead")):
            return
        what = Reading.What.OPENED
        if not self.readings.filter(what=what, by=account, at__date=timezone.localdate()).exists():
            self.keep(Reading(case=self, what=what), account)

    def note_looking(self, account: Any) -> None:
        """The page of an act says what the file says, to whoever has not opened the case: a line, where nothing that
        they read today has left one."""
        if not self.readings.filter(by=account, at__date=timezone.localdate()).exists():
            self.note_opening(account)

    def shows_readings_to(self, account: Any) -> bool:
        """查阅记录: to who watches over cases or audits them, and to the head of the office."""
        own = self.may(account, "lead") and self.concerns(account, "lead")
        return own or self.may(account, "supervise") or self.may(account, "audit")

    def take_out(self, attachment: Attachment, account: Any) -> bytes:
        """A file of the case, for whoever is on it; a line says who took which. Raises NotYours, and NotThere, and then
        there is no line."""
        self.refuse_who_is_not_on_it(account)
        content = attachment.content()
        self.keep(Reading(case=self, what=Reading.What.ATTACHMENT, attachment=attachment), account)
        return content

    def deadlines(self) -> list[AnyDeadline]:
        """Those that run, the first to end before the others."""
        if self.state in AT_REST:
            return [*self.publicity_deadlines()] if self.state == State.ARCHIVED else []
        running = itertools.chain(
            self.filing_deadlines(),
            self.measure_deadlines(),
            self.audit_deadlines(),
            self.transfer_deadlines(),
            self.notice_deadlines(),
            self.hearing_deadlines(),
            self.decision_deadlines(),
            self.service_deadlines(),
            self.correction_deadlines(),
            self.payment_deadlines(),
            self.spot_deadlines(),
            self.closing_deadlines(),
            self.publicity_deadlines(),
        )
        return sorted(running, key=lambda deadline: deadline.due)

    def deadline(self) -> AnyDeadline | None:
        """The first of them; None where none runs."""
        return next(iter(self.deadlines()), None)


class CaseAct(acts.Act):
    """案件经办记录: one line of the timeline of a case."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="timeline")
    verb = models.CharField("经办事项", max_length=40, choices=STEPS.choices())
    transaction = models.BigIntegerField(
        "事务号", editable=False, default=0, help_text="由数据库填写：和这一步写的各条记录在同一个事务里。"
    )
    answered = models.TextField("以理由答复的规则", blank=True, help_text="规则的编号，一行一个。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "案件经办记录"
        verbose_name_plural = "案件经办记录"
        ordering = ["case", "number"]
        constraints = [
            UniqueConstraint(fields=["case", "number"], name="caseact_one_of_a_number"),
            visible_constraint("caseact", "reason", "by_name"),
            CheckConstraint(
                condition=~Q(verb__in=STEPS.needing_reason()) | ~Q(reason=""),
                name="caseact_reason_given",
                violation_error_message="请写明理由。",
            ),
        ]

    @property
    def answers_to(self) -> str:
        titles = [rule.title for rule in rules.RULES if rule.id in self.answered.split("\n")]
        return f"（所依据的规则：{'、'.join(titles)}）" if titles else ""
