"""案件: one case of regime 十四, from the clue on; its acts, and what it asks of them (cases.rules)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import CheckConstraint, Prefetch, Q, UniqueConstraint
from django.utils import timezone

from acts import models as acts
from acts.errors import Incomplete, NotYours, Refused
from acts.models import Authored
from acts.subjects import Subject, in_words, refuse_unseen
from cases import rules
from cases.amounts import Amount, Grade
from cases.conclusion import Conclusion
from cases.inspection import Inspection
from cases.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.numbers import Series
from cases.party import Party, Reading
from cases.people import Handler, Officer
from cases.rule import Objection, refuse
from cases.states import OPEN, OVER, Kind, Source, State
from cases.steps import STEPS
from cases.testing import Testing, TestingResult
from clocks.counting import Span
from clocks.deadlines import Deadline, Extension, NotLawful, check_extension, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.models import Notice
from clocks.working_days import Calendar
from offices.models import Office
from verbatim.fields import visible_constraint

SERIES = "case"


class CaseQuerySet(models.QuerySet["Case"]):
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
        own = Q(registered_by=account) | Q(handlers__officer__account=account)
        if Case.may(account, "lead") and account.office_id:
            own |= Q(office=account.office_id)
        return self.filter(own).distinct()


def _person(name: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=name, on_delete=models.PROTECT, null=True, related_name="+"
    )


class Case(Subject):
    number = models.CharField("编号", max_length=20, unique=True, help_text="登记线索时自动取得，例如 2026-0001。")
    state = models.CharField("状态", max_length=20, choices=State)
    office = models.ForeignKey(Office, verbose_name="承办机构", on_delete=models.PROTECT, related_name="cases")
    source = models.CharField("来源", max_length=20, choices=Source)
    found_on = models.DateField("发现（收到材料）之日", help_text="立案期限从这一天的次日起算。")
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind), verbose_name="类别")
    clue = models.TextField("线索内容")
    filed_on = models.DateField("立案日期", null=True)
    concluded_on = models.DateField("调查终结日期", null=True)
    prolonged_on = models.DateField("核查期限延长的签批日期", null=True)
    prolonged_days = models.PositiveSmallIntegerField("核查期限延长几个工作日", null=True)

    registered_by = _person("登记人")
    registered_by_name = models.CharField("登记人姓名", max_length=200, blank=True)
    registered_at = models.DateTimeField("登记时间", null=True)
    proposed_by = _person("报请人")
    proposed_by_name = models.CharField("报请人姓名", max_length=200, blank=True)
    proposed_at = models.DateTimeField("报请时间", null=True)
    reviewed_by = _person("立案审核人")
    reviewed_by_name = models.CharField("立案审核人姓名", max_length=200, blank=True)
    reviewed_at = models.DateTimeField("立案审核时间", null=True)
    filed_by = _person("立案批准人")
    filed_by_name = models.CharField("立案批准人姓名", max_length=200, blank=True)
    filed_at = models.DateTimeField("立案批准时间", null=True)
    refused_by = _person("不予立案批准人")
    refused_by_name = models.CharField("不予立案批准人姓名", max_length=200, blank=True)
    refused_at = models.DateTimeField("不予立案时间", null=True)
    prolonged_by = _person("核查期限延长批准人")
    concluded_by = _person("调查终结人")
    concluded_by_name = models.CharField("调查终结人姓名", max_length=200, blank=True)
    concluded_at = models.DateTimeField("调查终结时间", null=True)
    audited_by = _person("审核人")
    audited_by_name = models.CharField("审核人姓名", max_length=200, blank=True)
    audited_at = models.DateTimeField("审核时间", null=True)

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
            CheckConstraint(condition=Q(number__regex=r"^\d{4}-\d{4,}$"), name="case_number_format"),
            CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            CheckConstraint(condition=Q(source__in=Source.values), name="case_source_known"),
            CheckConstraint(
                condition=Q(kinds__len__gt=0) & Q(kinds__contained_by=Kind.values),
                name="case_kinds_known",
                violation_error_message="请至少选一个类别。",
            ),
            CheckConstraint(condition=~Q(clue=""), name="case_clue_given", violation_error_message="请写明线索内容。"),
            CheckConstraint(
                condition=STEPS.four_eyes(),
                name="case_four_eyes",
                violation_error_message="报请、审核、批准立案不能是同一个人。",
            ),
            CheckConstraint(
                condition=Q(filed_by=None, filed_on=None)
                | Q(filed_by__isnull=False, filed_on__isnull=False, reviewed_by__isnull=False),
                name="case_filed_step_by_step",
                violation_error_message="立案要先经承办机构负责人审核，再由负责人批准。",
            ),
            visible_constraint("case", "clue"),
        ]

    def __str__(self) -> str:
        return f"案件 {self.number}"

    @property
    def named(self) -> str:
        return f"案件 {self.number}"

    @property
    def kind_labels(self) -> list[str]:
        return [Kind(kind).label for kind in self.kinds]

    @property
    def is_over(self) -> bool:
        return self.state in OVER

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

    # Whose it is

    def concerns(self, account: Any, role: str) -> bool:
        if role == "handle":
            return self.is_handled_by(account)
        return role != "lead" or (account.office_id is not None and account.office_id == self.office_id)

    def is_handled_by(self, account: Any) -> bool:
        """Whoever is named; as long as nobody is, whoever took the clue down."""
        named = [handler.officer.account_id for handler in self.handlers.all()]
        return account.pk in named if named else account.pk == self.registered_by_id

    def read_party(self, account: Any) -> Party:
        """In full, for whoever is on the case; a line says who read it. Raises NotYours."""
        on_the_case = any(
            self.may(account, role) and self.concerns(account, role) for role in ("handle", "lead", "audit", "approve")
        )
        if not on_the_case:
            raise NotYours("当事人的个人信息只有本案的经办人能看。")
        self.keep(Reading(case=self, what=Reading.What.PERSONAL_DATA), account)
        return self.party

    # Clocks

    calendar: Calendar | None = None
    """Where it was read once for many cases."""

    def working_days(self) -> Calendar:
        return self.calendar or Notice.objects.calendar()

    def deadlines(self) -> list[Deadline]:
        """Those that run, the first to end before the others."""
        if self.is_over:
            return []
        own = [self.audit_deadline()] if self.state == State.AWAITING_AUDIT else []
        if not self.filed_on:
            own.append(self.filing_deadline())
        held = [measure.deadline(self.working_days(), self.told_stops()) for measure in self.open_measures()]
        return sorted([*own, *held], key=lambda deadline: deadline.due)

    def deadline(self) -> Deadline | None:
        """The first of them; None where none runs."""
        return next(iter(self.deadlines()), None)

    def audit_deadline(self) -> Deadline:
        """By which the file that came with the conclusion is audited."""
        assert self.concluded_on is not None
        return work_out_provisional(in_force().on("audit", self.concluded_on), self.concluded_on, self.working_days())

    def filing_deadline(self) -> Deadline:
        """By which it is verified and filed, or not; worked out now."""
        limit = in_force().on("filing", self.found_on)
        longer = []
        if self.prolonged_on and self.prolonged_days:
            longer = [Extension(number=self.prolonged_days, signed=self.prolonged_on)]
        return work_out_provisional(limit, self.found_on, self.working_days(), stops=self.stops(), extensions=longer)

    # Acts

    @classmethod
    def register(
        cls,
        *,
        by: Any,
        source: str,
        found_on: datetime.date,
        kinds: list[str],
        clue: str,
        party_kind: str,
        party_name: str,
    ) -> Case:
        """登记线索: whoever takes a clue down begins its file. Raises Refused."""
        if not cls.may(by, "handle"):
            raise NotYours("您的账号没有登记线索的权限。")
        if by.office is None:
            raise Incomplete("您的账号没有写明所在股室，不能登记线索。请系统管理员在账号里补上。")
        today = timezone.localdate()
        if found_on > today:
            raise Incomplete(f"发现之日 {found_on} 还没有到，请核对。")
        refuse_unseen({"线索内容": clue, "当事人": party_name})
        with in_words(), transaction.atomic():
            number = f"{today.year}-{Series.take(SERIES, today.year):04}"
            case = cls(
                number=number,
                state=State.VERIFICATION,
                office=by.office,
                source=source,
                found_on=found_on,
                kinds=kinds,
                clue=clue.strip(),
            )
            case.sign_with("registered", by)
            case.save(force_insert=True)
            case.note("registered", by, "")
            Party(case=case, kind=party_kind, name=party_name.strip()).save(reason="登记线索")
        return case

    def propose_filing(self, *, by: Any, reason: str = "") -> None:
        """报请立案."""
        with self.acting("proposed", by=by, reason=reason) as case:
            case.answer_to(case.objections_to("proposed"), reason)

    def review_filing(self, *, by: Any, reason: str = "") -> None:
        """审核立案: the head of the office that handles it."""
        with self.acting("reviewed", by=by, reason=reason) as case:
            case.answer_to(case.objections_to("reviewed"), reason)

    def send_back(self, *, by: Any, reason: str) -> None:
        with self.acting("sent_back", by=by, reason=reason):
            pass

    def file(self, *, by: Any, handlers: Iterable[Officer], reason: str = "") -> None:
        """立案: from now on it is investigated, by these officers."""
        named, today = list(handlers), timezone.localdate()
        with self.acting("filed", by=by, reason=reason) as case:
            case.answer_to([*case.objections_to("filed"), *_handlers_objections(named, by, today)], reason)
            case.filed_on = today
            for officer in named:
                case.keep(Handler(case=case, officer=officer), by)

    def refuse_filing(self, *, by: Any, reason: str) -> None:
        with self.acting("not_filed", by=by, reason=reason):
            pass

    def conclude(self, conclusion: Conclusion, *, by: Any, reason: str = "") -> None:
        """调查终结: what happened, shown by evidence, and what is proposed, goes to be audited."""
        if conclusion.act_ended_on > timezone.localdate():
            raise Incomplete("违法行为终了之日还没有到；还在继续的，填查明以前的最后一天。")
        with self.acting("concluded", by=by, reason=reason) as case:
            case.answer_to(case.conclusion_objections(conclusion), reason)
            conclusion.case = case
            case.keep(conclusion, by)
            case.concluded_on = timezone.localdate()

    def audit(self, *, by: Any, reason: str) -> None:
        """审核: by somebody who does not handle it, and who has passed the examination if it is the first time."""
        today = timezone.localdate()
        with self.acting("audited", by=by, reason=reason) as case:
            case.answer_to([*case.objections_to("audited"), *case._auditor_objections(by, today)], reason)

    def return_from_audit(self, *, by: Any, reason: str) -> None:
        with self.acting("audit_returned", by=by, reason=reason) as case:
            case.answer_to(case._auditor_objections(by, timezone.localdate()), reason)

    def conclusion(self) -> Conclusion | None:
        """The latest: a report that comes again takes the place of the one before."""
        return self.conclusions.order_by("-pk").first()

    def conclusion_objections(self, conclusion: Conclusion) -> list[Objection]:
        """What the rules have against such a report."""
        today, found = timezone.localdate(), list[Objection]()
        if not (self.inspections.exists() or self.testings.exists()):
            found.append(rules.Evidence.objection(today, "案卷里还没有检查、询问笔录或者检验结果"))
        found += rules.Contact.check(today, rights_told=conclusion.rights_told)
        if conclusion.outcome == Conclusion.Outcome.PENALTY:
            sanction, law = conclusion.sanction(self.party.kind), conclusion.article
            limitation = conclusion.limitation(self.working_days())
            found += rules.Limitation.check_discovery(limitation, self.found_on)
            found += rules.Transfer.check_not_fined_instead(today, is_crime=conclusion.is_crime)
            found += rules.Competence.check(today, law, sanction.fine)
            grade, ground = Grade(conclusion.grade), conclusion.ground
            found += Amount.check(today, conclusion.allowed(), sanction, grade=grade, ground=ground)
        return found

    def _auditor_objections(self, by: Any, day: datetime.date) -> list[Objection]:
        officer = Officer.objects.filter(account=by).first()
        return [
            *rules.Separation.check(day, by.get_full_name(), "审核", is_handler=self.is_handled_by(by)),
            *rules.AuditPerson.check(
                day,
                is_first_time=not CaseAct.objects.filter(verb="audited", by=by).exists(),
                has_qualification=bool(officer and officer.law_certificate),
            ),
        ]

    def inspect(self, inspection: Inspection, *, by: Any) -> None:
        """现场检查、询问: what two officers wrote down, at what time they say."""
        now, day = timezone.now(), timezone.localtime(inspection.began_at).date()
        if inspection.ended_at > now:
            raise Incomplete("检查、询问的时间还没有到，请核对。")
        with self.acting("inspected", by=by) as case:
            case.answer_to(_officers_objections(inspection.get_kind_display(), inspection.officers, day), "")
            inspection.case = case
            case.keep(inspection, by)

    def take_measure(self, measure: Measure, *, by: Any, reason: str = "") -> None:
        """登记保存、查封、扣押, as two officers have taken it."""
        now = timezone.now()
        if measure.taken_at > now or (measure.consent_at and measure.consent_at > now):
            raise Incomplete("实施或者同意的时间还没有到，请核对。")
        label, day = measure.get_kind_display(), measure.day
        with self.acting("measured", by=by, reason=reason) as case:
            consent = rules.Urgent.check_consent(
                day, label, was_asked_before=measure.was_asked_before, is_keeping=measure.is_keeping
            )
            case.answer_to([*_officers_objections(label, measure.officers, day), *consent], reason)
            measure.case = case
            case.keep(measure, by)

    def approve_measure(self, measure: Measure, *, by: Any, reason: str = "") -> None:
        """The papers that were to be made up for, signed by a head of the bureau."""
        with self.acting("measure_approved", by=by, reason=reason) as case:
            if measure not in case.measures_to_approve():
                raise Incomplete("这一项措施已经批准，或者已经处理。")
            case.answer_to(rules.Urgent.check_papers(measure.papers_due(), timezone.now()), reason)
            case.keep(MeasureApproval(measure=measure), by)

    def prolong_measure(self, measure: Measure, *, by: Any, days: int, reason: str) -> None:
        """延长查封、扣押."""
        today = timezone.localdate()
        with self.acting("measure_prolonged", by=by, reason=reason) as case:
            if measure not in case.open_measures():
                raise Incomplete("这一项措施已经处理。")
            _refuse_unlawful(
                measure.deadline(case.working_days(), case.told_stops()), Extension(number=days, signed=today)
            )
            case.keep(MeasureProlongation(measure=measure, days=days, signed_on=today), by)

    def end_measure(self, measure: Measure, *, by: Any, how: str, reason: str) -> None:
        """处理: after it nothing is held any more by this measure."""
        with self.acting("measure_ended", by=by, reason=reason) as case:
            if measure not in case.open_measures():
                raise Incomplete("这一项措施已经处理。")
            case.keep(MeasureEnd(measure=measure, how=how, ended_on=timezone.localdate()), by)

    def open_measures(self) -> list[Measure]:
        """Those of which nobody has said yet what becomes of the goods."""
        return [measure for measure in self.measures.all() if not measure.is_over]

    def measures_to_approve(self) -> list[Measure]:
        return [measure for measure in self.open_measures() if not measure.is_approved]

    def measures_to_prolong(self) -> list[Measure]:
        return [m for m in self.open_measures() if not m.is_keeping and not hasattr(m, "prolongation")]

    def send_for_testing(self, testing: Testing, *, by: Any) -> None:
        """送检: from now on the clocks that it stops stand still."""
        if testing.sent_on > timezone.localdate():
            raise Incomplete("送检的日期还没有到，请核对。")
        with self.acting("tested", by=by) as case:
            testing.case = case
            case.keep(testing, by)

    def receive_result(self, testing: Testing, *, by: Any, received_on: datetime.date, conclusion: str) -> None:
        """检验结果: the clocks go on from the day after."""
        if not testing.sent_on <= received_on <= timezone.localdate():
            raise Incomplete(f"收到结果的日期要在送检（{testing.sent_on}）和今天之间，请核对。")
        with self.acting("test_received", by=by) as case:
            if testing not in case.testings_under_way():
                raise Incomplete("这一次送检的结果已经登记。")
            case.keep(TestingResult(testing=testing, received_on=received_on, conclusion=conclusion), by)

    def testings_under_way(self) -> list[Testing]:
        return [testing for testing in self.testings.all() if not testing.is_back]

    def stops(self) -> list[Span]:
        """What verifying is not charged for, as of today."""
        return [testing.stop(timezone.localdate()) for testing in self.testings.all()]

    def told_stops(self) -> list[Span]:
        """Of these, what the party was told in writing: it stops 查封、扣押 too."""
        told = (testing.told_stop(timezone.localdate()) for testing in self.testings.all())
        return [stop for stop in told if stop]

    def prolong_filing(self, *, by: Any, days: int, reason: str) -> None:
        """延长: by so many working days, as the law of the day allows."""
        today = timezone.localdate()
        with self.acting("prolonged", by=by, reason=reason) as case:
            _refuse_unlawful(case.filing_deadline(), Extension(number=days, signed=today))
            case.prolonged_on, case.prolonged_days = today, days

    def objections_to(self, verb: str) -> list[Objection]:
        """What the rules have against an act today, as far as the case itself tells."""
        today = timezone.localdate()
        if verb in ("proposed", "reviewed", "filed"):
            return list(rules.Filing.check(self.filing_deadline(), today))
        if verb == "audited" and self.concluded_on:
            return list(rules.Audit.check(self.audit_deadline(), today))
        return []

    def answer_to(self, objections: Iterable[Objection], reason: str) -> None:
        """Raises Refusal; and Incomplete where a reason is wanted and none is given. What the reason answers is kept
        with the act."""
        asked = [each for each in refuse(objections) if each.asks_reason]
        if asked and not reason.strip():
            raise Incomplete(f"{''.join(map(str, asked))}请写明理由。")
        self._answered = tuple(each.rule for each in asked)

    _answered: tuple[str, ...] = ()

    def told_with_act(self) -> dict[str, Any]:
        return {"answered": "\n".join(self._answered)}


def _refuse_unlawful(deadline: Deadline, extension: Extension) -> None:
    """Raises Refused where the law does not allow to prolong it so."""
    try:
        check_extension(deadline, extension)
    except NotLawful as error:
        raise Refused(f"{error}。") from None


def _officers_objections(act: str, officers: Collection[Officer], day: datetime.date) -> list[Objection]:
    unqualified = [each.account.get_full_name() for each in officers if not each.is_certified_on(day)]
    return list(rules.Officers.check(day, act, len({each.pk for each in officers}), unqualified=unqualified))


def _handlers_objections(named: Collection[Officer], by: Any, day: datetime.date) -> list[Objection]:
    is_one_of_them = any(officer.account_id == by.pk for officer in named)
    own = rules.Separation.check(day, by.get_full_name(), "批准立案", is_handler=is_one_of_them)
    return [*_officers_objections("承办案件", named, day), *own]


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
