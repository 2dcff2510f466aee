"""立案阶段 (清单十四 三(二)): a clue is verified, and a case filed or not, by three hands one after the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.errors import Incomplete, NotYours
from acts.steps import OtherHand
from acts.subjects import in_words, refuse_unseen
from cases import rules
from cases.rows.numbers import Series
from cases.rows.party import Party
from cases.rows.people import Handler, Officer
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, hand, officers_objections, person, refuse_unlawful
from cases.way.states import Kind, Source, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline, Extension
from offices.models import Office

SERIES = "case"

UNDECIDED = (State.VERIFICATION, State.FILING_PROPOSED, State.FILING_REVIEWED)

PROPOSER = OtherHand("proposed", "这一案是您报请立案的，要由别人来办。")
REVIEWER = OtherHand("reviewed", "这一案的立案是您审核的，要由别人来批准。")


def _in_time(case: Filing, day: datetime.date) -> Iterable[Objection]:
    return rules.Filing.check(case.filing_deadline(), day)


STEPS = (
    CaseStep(
        verb="registered",
        label="登记线索",
        leads_to=State.VERIFICATION,
        hand="registered",
        is_awaited=False,
        paragraphs=("c1-1", "c1-2"),
        starts=("filing",),
    ),
    CaseStep(
        verb="proposed",
        label="报请立案",
        method="propose_filing",
        does="把《立案审批表》连同材料报承办机构负责人审核。",
        begins={"handle": [State.VERIFICATION]},
        leads_to=State.FILING_PROPOSED,
        hand="proposed",
        not_by=[OtherHand("reviewed", "这一案的立案您审核过，要由别人来报请。")],
        asks=_in_time,
        paragraphs=("c3-2-1", "c3-2-1-1", "c3-2-1-2"),
    ),
    CaseStep(
        verb="reviewed",
        label="审核立案",
        method="review_filing",
        does="表示您已核对《立案审批表》和材料，同意报负责人批准。",
        begins={"lead": [State.FILING_PROPOSED]},
        leads_to=State.FILING_REVIEWED,
        hand="reviewed",
        not_by=[PROPOSER],
        asks=_in_time,
        paragraphs=("c3-2-2",),
    ),
    CaseStep(
        verb="sent_back",
        label="退回核查",
        method="send_back",
        does="退给报请人补充核查，期限不停。",
        begins={"lead": [State.FILING_PROPOSED], "approve": [State.FILING_PROPOSED, State.FILING_REVIEWED]},
        leads_to=State.VERIFICATION,
        not_by=[PROPOSER],
        why="请写明退回的理由，办案人员要照着它补。",
        is_awaited=False,
        paragraphs=("c3-2-2", "c3-2-3"),
    ),
    CaseStep(
        verb="filed",
        label="批准立案",
        method="file",
        does="从今天起立案调查，并指定承办人员。",
        begins={"approve": [State.FILING_REVIEWED]},
        leads_to=State.INVESTIGATION,
        hand="filed",
        writes=("filed_on",),
        not_by=[PROPOSER, REVIEWER],
        asks=_in_time,
        paragraphs=("c3-2-3",),
        starts=("decision",),
        ends=("filing",),
    ),
    CaseStep(
        verb="not_filed",
        label="不予立案",
        method="refuse_filing",
        does="这一线索到此为止，原样留存。",
        begins={"approve": [State.FILING_REVIEWED]},
        leads_to=State.NOT_FILED,
        hand="refused",
        not_by=[PROPOSER, REVIEWER],
        why="请写明不予立案的理由。",
        paragraphs=("c3-2-3",),
        ends=("filing",),
    ),
    CaseStep(
        verb="prolonged",
        label="延长核查期限",
        method="prolong_filing",
        does="经负责人批准，核查和决定是否立案的期限延长一次。",
        begins={"approve": UNDECIDED},
        signs="prolonged_by",
        writes=("prolonged_on", "prolonged_days"),
        why="请写明延长的理由。",
        is_awaited=False,
        paragraphs=("c3-2-1", "c3-2-1-1"),
    ),
)


class Filing(CaseFile):
    number = models.CharField("编号", max_length=20, unique=True, help_text="登记线索时自动取得，例如 2026-0001。")
    office = models.ForeignKey(Office, verbose_name="承办机构", on_delete=models.PROTECT, related_name="cases")
    source = models.CharField("来源", max_length=20, choices=Source)
    found_on = models.DateField("发现（收到材料）之日", help_text="立案期限从这一天的次日起算。")
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind), verbose_name="类别")
    clue = models.TextField("线索内容")
    filed_on = models.DateField("立案日期", null=True)
    prolonged_on = models.DateField("核查期限延长的签批日期", null=True)
    prolonged_days = models.PositiveSmallIntegerField("核查期限延长几个工作日", null=True)
    registered_by, registered_by_name, registered_at = hand("登记人", "登记时间")
    proposed_by, proposed_by_name, proposed_at = hand("报请人", "报请时间")
    reviewed_by, reviewed_by_name, reviewed_at = hand("立案审核人", "立案审核时间")
    filed_by, filed_by_name, filed_at = hand("立案批准人", "立案批准时间")
    refused_by, refused_by_name, refused_at = hand("不予立案批准人", "不予立案时间")
    prolonged_by = person("核查期限延长批准人")

    class Meta:
        abstract = True

    @property
    def kind_labels(self) -> list[str]:
        return [Kind(kind).label for kind in self.kinds]

    def filing_deadline(self) -> Deadline:
        """By which it is verified and filed, or not; worked out now."""
        longer = []
        if self.prolonged_on and self.prolonged_days:
            longer = [Extension(number=self.prolonged_days, signed=self.prolonged_on)]
        return self.running("filing", self.found_on, stops=self.stops(), granted=longer)[0]

    def filing_deadlines(self) -> list[Deadline]:
        return [self.filing_deadline()] if self.state in UNDECIDED else []

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
    ) -> Any:
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
            case: Any = cls(
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
            case.answer_to("proposed", reason)

    def review_filing(self, *, by: Any, reason: str = "") -> None:
        """审核立案: the head of the office that handles it."""
        with self.acting("reviewed", by=by, reason=reason) as case:
            case.answer_to("reviewed", reason)

    def send_back(self, *, by: Any, reason: str) -> None:
        with self.acting("sent_back", by=by, reason=reason):
            pass

    def file(self, *, by: Any, handlers: Iterable[Officer], reason: str = "") -> None:
        """立案: from now on it is investigated, by these officers."""
        named, today = list(handlers), timezone.localdate()
        with self.acting("filed", by=by, reason=reason) as case:
            case.answer_to("filed", reason, _handlers_objections(named, by, today))
            case.filed_on = today
            case.name_handlers(named, by)

    def name_handlers(self, named: Iterable[Officer], by: Any) -> None:
        there = {each.officer_id for each in self.handlers.all()}
        for officer in (each for each in named if each.pk not in there):
            self.refuse_who_stepped_back(officer.account)
            if not officer.account.is_active:
                raise Incomplete(f"{officer.account.get_full_name()}的账号已经停用，不能承办案件。")
            self.take_side(officer.account, Side.Which.HANDLING, by)
            self.keep(Handler(case=self, officer=officer), by)  # type: ignore[misc]

    def refuse_filing(self, *, by: Any, reason: str) -> None:
        """不予立案; what is still held or under test comes first, since nothing can be done afterwards."""
        with self.acting("not_filed", by=by, reason=reason) as case:
            left = [f"{measure}的物品还没有处理" for measure in case.open_measures()]
            left += [f"{testing}还没有结果" for testing in case.testings_under_way()]
            if left:
                raise Incomplete(f"还不能不予立案：{'；'.join(left)}。")

    def prolong_filing(self, *, by: Any, days: int, reason: str) -> None:
        """延长: by so many working days, as the law of the day allows."""
        today = timezone.localdate()
        with self.acting("prolonged", by=by, reason=reason) as case:
            refuse_unlawful(case.filing_deadline(), Extension(number=days, signed=today))
            case.prolonged_on, case.prolonged_days = today, days


def _handlers_objections(named: list[Officer], by: Any, day: datetime.date) -> list[Objection]:
    is_one_of_them = any(officer.account_id == by.pk for officer in named)
    own = rules.Separation.check(day, by.get_full_name(), "批准立案", is_handler=is_one_of_them)
    return [*officers_objections("承办案件", named, day), *own]


CONSTRAINTS = [
    CheckConstraint(condition=Q(number__regex=r"^\d{4}-\d{4,}$"), name="case_number_format"),
    CheckConstraint(condition=Q(source__in=Source.values), name="case_source_known"),
    CheckConstraint(
        condition=Q(kinds__len__gt=0) & Q(kinds__contained_by=Kind.values),
        name="case_kinds_known",
        violation_error_message="请至少选一个类别。",
    ),
    CheckConstraint(condition=~Q(clue=""), name="case_clue_given", violation_error_message="请写明线索内容。"),
    CheckConstraint(
        condition=Q(filed_by=None, filed_on=None)
        | Q(filed_by__isnull=False, filed_on__isnull=False, reviewed_by__isnull=False),
        name="case_filed_step_by_step",
        violation_error_message="立案要先经承办机构负责人审核，再由负责人批准。",
    ),
]
