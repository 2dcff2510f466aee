"""案件: one case of regime 十四, from the clue on; its phases are the modules of cases.way."""

from __future__ import annotations

import itertools
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Prefetch, Q, UniqueConstraint

from acts import models as acts
from acts.errors import NotYours
from acts.models import Authored
from acts.steps import Steps
from cases import rules
from cases.rows.measure import Measure
from cases.rows.party import Party, Reading
from cases.rows.people import Handler
from cases.rows.testing import Testing
from cases.way import concluding, filing, inspecting, measures, testing
from cases.way.states import OPEN, State
from clocks.deadlines import Deadline
from verbatim.fields import visible_constraint

PHASES = (filing, inspecting, measures, testing, concluding)
"""In the order of regime 十四 三."""

STEPS = Steps(*itertools.chain.from_iterable(phase.STEPS for phase in PHASES))


class CaseQuerySet(models.QuerySet["Case"]):
    def audited_by(self, account: Any) -> Self:
        return self.filter(timeline__verb="audited", timeline__by=account)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def with_its_rows(self) -> Self:
        held = Measure.objects.select_related("end", "approval", "prolongation")
        return self.select_related("office", "party").prefetch_related(
            "handlers__officer__account",
            Prefetch("measures", held),
            Prefetch("testings", Testing.objects.select_related("result")),
        )

    def seen_by(self, account: Any) -> Self:
        """The cases that this person may look at: all of them, those of the own office, or the own."""
        if not account.has_perm("cases.view_case"):
            return self.none()
        if any(Case.may(account, role) for role in ("audit", "approve", "supervise")):
            return self.all()
        handled = Handler.objects.filter(case=OuterRef("pk"), officer__account=account)
        own = Q(registered_by=account) | Q(Exists(handled))
        if Case.may(account, "lead") and account.office_id:
            own |= Q(office=account.office_id)
        return self.filter(own)


class Case(filing.Filing, inspecting.Inspecting, measures.Measures, testing.SendingForTesting, concluding.Concluding):
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
        default_permissions = ("view", "handle", "lead", "audit", "vote", "approve", "determine", "supervise")
        constraints = [
            CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            CheckConstraint(
                condition=STEPS.four_eyes(),
                name="case_four_eyes",
                violation_error_message="报请、审核、批准立案不能是同一个人。",
            ),
            visible_constraint("case", "clue"),
            *filing.CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return self.named

    @property
    def waits_for(self) -> str:
        match self.state:
            case State.VERIFICATION:
                return "正在核查，等办案人员报请立案。"
            case State.FILING_PROPOSED:
                return f"等{self.office.name}负责人审核。"
            case State.FILING_REVIEWED:
                return "等局负责人批准。"
            case State.INVESTIGATION:
                return "已立案，正在调查。"
            case State.AWAITING_AUDIT:
                return "调查终结，等案审办审核。"
            case State.AWAITING_COMMITTEE:
                return "已审核，等案审委审理。"
            case State.NOT_FILED:
                return "不予立案。"
        return ""

    def read_party(self, account: Any) -> Party:
        """In full, for whoever is on the case; a line says who read it. Raises NotYours."""
        on_the_case = any(
            self.may(account, role) and self.concerns(account, role) for role in ("handle", "lead", "audit", "approve")
        )
        if not on_the_case:
            raise NotYours("当事人的个人信息只有本案的经办人能看。")
        self.keep(Reading(case=self, what=Reading.What.PERSONAL_DATA), account)
        return self.party

    def deadlines(self) -> list[Deadline]:
        """Those that run, the first to end before the others."""
        if self.is_over:
            return []
        own = [self.audit_deadline()] if self.state == State.AWAITING_AUDIT else []
        if not self.filed_on:
            own.append(self.filing_deadline())
        return sorted([*own, *self.measure_deadlines()], key=lambda deadline: deadline.due)

    def deadline(self) -> Deadline | None:
        """The first of them; None where none runs."""
        return next(iter(self.deadlines()), None)


class CaseAct(acts.Act):
    """案件经办记录: one line of the timeline of a case."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="timeline")
    verb = models.CharField("经办事项", max_length=20, choices=STEPS.choices())
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
