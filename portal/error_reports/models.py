"""纠错: what somebody reported, who it is with, what was done about it. The words and the way to the person are kept
apart from the rest, so that they can go and the rest stays."""

import datetime
import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.utils import timezone

from acts.errors import AlreadyDone, Incomplete, NotYours, WrongState
from acts.models import Act, name_of
from acts.subjects import in_words, refuse_unseen
from cases.publicity.redacting import Known
from clocks.deadlines import Deadline
from clocks.models import Notice
from clocks.working_days import Calendar
from editions.form.keys import Key
from editions.public import catalogue
from history import locks
from offices.models import Office
from portal.answers.answer import printed_text
from portal.error_reports.personal import known_of_sender, personal_of_sender
from portal.error_reports.term import deadline
from verbatim.fields import given_constraint, visible_constraint
from verbatim.models import PlainModel

KEPT_DAYS = 180
"""After the answer, the words and the contact go."""
KEPT_DAYS_AT_MOST = 730
"""After the receipt, whatever became of it."""
LONGEST = 1000


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def with_acts(self) -> Self:
        return self.prefetch_related("acts").select_related("words")

    def unanswered(self) -> Self:
        answers = ErrorReportAct.objects.filter(report=OuterRef("pk"), verb=Verb.ANSWERED)
        return self.filter(~Exists(answers))

    def waiting_for(self, account: Any) -> "list[ErrorReport]":
        """Those that this person is to answer."""
        return [each for each in read_together(self.unanswered().with_acts()) if each.is_for(account)]

    def find(self, secret: str) -> "ErrorReport | None":
        """The one behind a secret address."""
        return self.filter(address_digest=digest_of(secret)).with_acts().first()


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class ErrorReport(PlainModel):
    """纠错: of which item, in which edition, when; in whose hands it came first. Nothing of the person."""

    received_at = models.DateTimeField("收到时间", default=timezone.now)
    label = models.CharField("看的版本", max_length=20)
    kind = models.CharField("部分", max_length=30, blank=True)
    code = models.CharField("代码", max_length=30, blank=True)
    title = models.CharField("条目", max_length=500, blank=True)
    quoted = models.CharField("有误的文字", max_length=200, blank=True)
    """Words of the item, as it prints them."""
    may_be_public = models.BooleanField("答复可以公开", default=False)
    offices = ArrayField(models.CharField(max_length=30), verbose_name="转给", default=list, blank=True)
    """The codes of the offices that the item makes responsible; none where it names nobody."""
    address_digest = models.CharField("查询地址的摘要", max_length=64, unique=True)

    objects: ClassVar[Any] = ErrorReportQuerySet.as_manager()
    area: ClassVar[str] = "error_reports"
    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        verbose_name = "群众纠错"
        verbose_name_plural = "群众纠错"
        ordering = ["-pk"]
        default_permissions = ("view", "answer", "answer_own", "erase")
        constraints = [visible_constraint("errorreport", "title", "quoted")]

    def __str__(self) -> str:
        return f"第 {self.pk} 号纠错"

    @property
    def about(self) -> str:
        """ZZ-01 承担标准化工作"""
        return f"{self.code} {self.title}" if self.code else "整份清单或者本站"

    @property
    def key(self) -> Key | None:
        return Key(self.kind, self.code) if self.code else None

    @functools.cached_property
    def calendar(self) -> Calendar:
        return Notice.objects.calendar()

    @functools.cached_property
    def office_names(self) -> dict[str, str]:
        """By their codes."""
        return dict(Office.objects.values_list("code", "name"))

    @functools.cached_property
    def staffed(self) -> frozenset[str]:
        """The offices in which somebody may answer."""
        able = get_user_model().objects.able("portal.answer_own_errorreport")
        return frozenset(able.filter(is_active=True, office__isnull=False).values_list("office__code", flat=True))

    @property
    def deadline(self) -> Deadline:
        return deadline(timezone.localdate(self.received_at), self.calendar)

    @property
    def is_late(self) -> bool:
        return self.answer is None and self.deadline.has_passed(timezone.localdate())

    def _latest(self, verb: str) -> "ErrorReportAct | None":
        done = sorted((act for act in self.acts.all() if act.verb == verb), key=lambda act: act.number)  # type: ignore[attr-defined]
        return done[-1] if done else None

    @property
    def answer(self) -> "ErrorReportAct | None":
        """The one that holds."""
        return self._latest(Verb.ANSWERED)

    @property
    def is_with(self) -> list[str]:
        """The codes of the offices whose turn it is; none where it is the editors'."""
        forwarded = self._latest(Verb.FORWARDED)
        codes: list[str] = ([forwarded.office] if forwarded.office else []) if forwarded else list(self.offices)
        return codes

    @property
    def is_with_named(self) -> str:
        """特种设备安全股; the editors where no office is responsible."""
        return "、".join(self.office_names.get(code, code) for code in self.is_with) or "编辑"

    @property
    def is_for_editors(self) -> bool:
        """Whether they answer it: it is with no office, or with none in which anybody could."""
        return not self.staffed & set(self.is_with)

    @property
    def standing(self) -> str:
        if self.answer:
            return "已答复"
        return "已过期限" if self.is_late else "待答复"

    @property
    def has_words(self) -> bool:
        """Whether what was written is still there, shown or not."""
        return ErrorReportWords.objects.filter(report=self).exists()

    @property
    def answered_by(self) -> str:
        """The office of whoever gave the answer, if it was with that office; otherwise the editors."""
        office = self.answer.by.office if self.answer else None
        return office.name if office and office.code in self.is_with else "编辑"

    @property
    def last_act(self) -> int:
        """The number of what was done last; 0 where nothing was."""
        return max((act.number for act in self.acts.all()), default=0)  # type: ignore[attr-defined]

    @property
    def kept_words(self) -> "ErrorReportWords | None":
        """What was written, until its term is over or somebody erased it."""
        try:
            words: ErrorReportWords = self.words  # type: ignore[attr-defined]
        except ObjectDoesNotExist:
            return None
        return words if timezone.now() < self.forgotten_at else None

    @property
    def forgotten_at(self) -> datetime.datetime:
        at_most = self.received_at + datetime.timedelta(days=KEPT_DAYS_AT_MOST)
        return min(self.answer.at + datetime.timedelta(days=KEPT_DAYS), at_most) if self.answer else at_most

    # Who

    def is_for(self, account: Any) -> bool:
        """Whether it is this person's turn: of the office that it is with, or an editor where it is with none, or with
        none in which anybody could answer."""
        own = account.office.code if account.office_id else ""
        if account.has_perm("portal.answer_own_errorreport") and own and own in self.is_with:
            return True
        return bool(account.has_perm("portal.answer_errorreport") and self.is_for_editors)

    def may_answer(self, account: Any) -> bool:
        return self.is_for(account) or bool(account.has_perm("portal.answer_errorreport"))

    def may_read(self, account: Any) -> bool:
        """Whether this person sees what was written, and by whom: who answers it, or takes it out."""
        return self.may_answer(account) or bool(account.has_perm("portal.erase_errorreport"))

    # What is done

    @classmethod
    def receive(cls, *, secret: str, said: str, proposed: str = "", contact: str = "", **about: Any) -> "ErrorReport":
        """Keep what somebody reports. Sent once more from the same page, it is the same report."""
        ErrorReportWords.objects.forget_old()
        with in_words(), transaction.atomic():
            locks.series(cls._meta.db_table)
            known = cls.objects.find(secret)
            if known:
                return known
            made = cls.objects.create(address_digest=digest_of(secret), received_at=timezone.now(), **about)
            ErrorReportWords.objects.create(report=made, said=said, proposed=proposed, contact=contact)
        return made

    def reply(self, *, by: Any, text: str, question: str = "", seen: int | None = None) -> "ErrorReportAct":
        """答复. With `question` (what was asked, in the staff's words) everybody sees both. `seen` is the number of the
        last act that whoever answers has seen: an answer replaces none that they do not know. Raises Refused."""
        if not text.strip():
            raise Incomplete("请写答复。")
        if question.strip() and not self.may_be_public:
            raise WrongState("来信人没有同意公开答复，只能答复本人。")
        if question.strip() and (found := self._personal_in(text, question)):
            raise Incomplete(f"问题或者答复里的“{'”“'.join(found)}”是来信人或者别人的情况，没有公开。请删去再办。")
        return self._act(Verb.ANSWERED, by, text, allowed=self.may_answer(by), seen=seen, question=question.strip())

    def _personal_in(self, *texts: str) -> list[str]:
        """What says in them who wrote the report, or how to reach a person."""
        words, in_force = self.kept_words, catalogue.current().in_force
        printed = printed_text(in_force.register()) if in_force else ""
        known = known_of_sender(words.said, words.proposed, words.contact, printed=printed) if words else Known()
        return list(dict.fromkeys(each for text in texts for each in personal_of_sender(text, known)))

    def _refuse_personal(self, reason: str) -> None:
        """A line of the timeline stays for good, and is read by people who may not read the report."""
        if found := self._personal_in(reason):
            raise Incomplete(f"说明里的“{'”“'.join(found)}”是来信人或者别人的情况，说明删不掉，请不要写。")

    def forward(self, *, by: Any, to: Office | None, reason: str, seen: int | None = None) -> "ErrorReportAct":
        """转办 to another office, or to the editors. Raises Refused."""
        if self.answer:
            raise WrongState("已经答复，不用再转。")
        code, name = (to.code, to.name) if to else ("", "编辑")
        if self.is_with == [code] or (not code and not self.is_with):
            raise AlreadyDone(f"这件纠错已经在{name}。")
        said = f"转{name}：{reason.strip()}"
        if not reason.strip():
            raise Incomplete("请写明为什么转办。")
        if to and code not in self.staffed:
            raise WrongState(f"{name}还没有能答复的账号，转过去没有人办。请转别的股室，或者转编辑。")
        self._refuse_personal(reason)
        return self._act(Verb.FORWARDED, by, said, allowed=self.may_answer(by), seen=seen, office=code)

    def erase(self, *, by: Any, reason: str) -> "ErrorReportAct":
        """删除 what was written and the contact, for good. Raises Refused."""
        if not reason.strip():
            raise Incomplete("请写明为什么删除。")
        if not self.has_words:
            raise AlreadyDone("来信内容和联系方式已经删除。")
        if not by.has_perm("portal.erase_errorreport"):
            raise NotYours("来信由编辑和法规审核删除，请转告他们。")
        self._refuse_personal(reason)
        with transaction.atomic():
            act = self._act(Verb.ERASED, by, reason, allowed=True)
            ErrorReportWords.objects.filter(report=self).delete()
        return act

    def note(self, verb: "Verb", *, by: Any, what: str) -> "ErrorReportAct":
        """That something was made of it: 人工发现, 拟改."""
        return self._act(verb, by, what, allowed=True)

    def _act(
        self, verb: "Verb", by: Any, reason: str, *, allowed: bool, seen: int | None = None, **more: Any
    ) -> "ErrorReportAct":
        if not allowed:
            raise NotYours("这件纠错不在您这里办。")
        refuse_unseen({"说明": reason, **{name: text for name, text in more.items() if text}})
        with in_words(), transaction.atomic():
            locks.series(ErrorReportAct._meta.db_table)
            acts = ErrorReportAct.objects.filter(report=self).order_by("number")
            last = acts.last()
            if last and last.is_the_same(verb, by, reason.strip(), **more):
                raise AlreadyDone(f"您刚才已经{verb.label}，没有再办一次。")
            if last and seen is not None and last.number > seen:
                raise WrongState(f"您打开以后，{last.by_name}已经{last.get_verb_display()}，请看过再办。您写的还在。")
            number = last.number + 1 if last else 1
            made = ErrorReportAct(
                report=self, number=number, verb=verb, reason=reason.strip(), by=by, by_name=name_of(by), **more
            )
            made.save(force_insert=True)
        return made


def read_together(found: Iterable[ErrorReport]) -> list[ErrorReport]:
    """They share one calendar, and what is known of the offices: few queries, however many they are."""
    reports = list(found)
    for report in reports[1:]:
        report.calendar, report.office_names = reports[0].calendar, reports[0].office_names
        report.staffed = reports[0].staffed
    return reports


class ErrorReportWordsQuerySet(models.QuerySet["ErrorReportWords"]):
    def forget_old(self) -> None:
        """Take out what is past its term."""
        now = timezone.now()
        answered = ErrorReportAct.objects.filter(
            report=OuterRef("report"), verb=Verb.ANSWERED, at__gt=now - datetime.timedelta(days=KEPT_DAYS)
        )
        has_answer = ErrorReportAct.objects.filter(report=OuterRef("report"), verb=Verb.ANSWERED)
        self.filter(
            Q(report__received_at__lte=now - datetime.timedelta(days=KEPT_DAYS_AT_MOST))
            | (Exists(has_answer) & ~Exists(answered))
        ).delete()


class ErrorReportWords(PlainModel):
    """来信: what somebody wrote, and how to reach them where they said so."""

    report = models.OneToOneField(ErrorReport, verbose_name="纠错", on_delete=models.PROTECT, related_name="words")
    said = models.CharField("哪里不对", max_length=LONGEST)
    proposed = models.CharField("应当是", max_length=200, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)

    objects: ClassVar[Any] = ErrorReportWordsQuerySet.as_manager()
    serving_privileges: ClassVar[str] = "SELECT, INSERT, DELETE"

    class Meta:
        verbose_name = "纠错来信"
        verbose_name_plural = "纠错来信"
        default_permissions = ()
        constraints = [
            given_constraint("errorreportwords", "said", said="请写明哪里不对。"),
            visible_constraint("errorreportwords", "said", "proposed", "contact"),
        ]

    def __str__(self) -> str:
        return str(self.report)


class Verb(models.TextChoices):
    FORWARDED = "forwarded", "转办"
    FOUND = "found", "登记人工发现"
    MENDED = "mended", "记下拟改"
    ANSWERED = "answered", "答复"
    ERASED = "erased", "删除来信"


class ErrorReportAct(Act):
    """纠错经办: one line for each thing that was done with a report."""

    report = models.ForeignKey(ErrorReport, verbose_name="纠错", on_delete=models.PROTECT, related_name="acts")
    verb = models.CharField("经办事项", max_length=20, choices=Verb)
    office = models.CharField("转到", max_length=30, blank=True)
    """The code of the office that it was forwarded to; none for the editors."""
    question = models.TextField("公开的问题", blank=True)
    """What was asked, in words of the staff: with it the answer is public."""

    class Meta(Act.Meta):
        verbose_name = "纠错经办"
        verbose_name_plural = "纠错经办"
        ordering = ["report", "number"]
        constraints = [
            UniqueConstraint(fields=["report", "number"], name="errorreportact_one_line_at_a_number"),
            CheckConstraint(condition=~Q(reason=""), name="errorreportact_says_something"),
            visible_constraint("errorreportact", "reason", "question", "by_name"),
        ]

    @property
    def answers_to(self) -> str:
        return f"公开，问题是“{self.question}”" if self.question else ""

    def is_the_same(self, verb: str, by: Any, reason: str, **more: str) -> bool:
        done = {name: getattr(self, name) for name in more}
        return (self.verb, self.by_id, self.reason, done) == (verb, by.pk, reason, more)


@dataclass(frozen=True)
class PublishedAnswer:
    """What everybody may read of a report."""

    number: int
    kind: str
    code: str
    about: str
    label: str
    question: str
    answer: str
    answered_on: datetime.date


def published_answers() -> tuple[PublishedAnswer, ...]:
    """The latest first; of each report the answer that holds, if it is public."""
    latest = ErrorReportAct.objects.filter(verb=Verb.ANSWERED).order_by("report_id", "-number").distinct("report_id")
    found = [
        PublishedAnswer(
            number=act.report_id,
            kind=act.report.kind,
            code=act.report.code,
            about=act.report.about,
            label=act.report.label,
            question=act.question,
            answer=act.reason,
            answered_on=timezone.localdate(act.at),
        )
        for act in latest.select_related("report")
        if act.question
    ]
    return tuple(sorted(found, key=lambda each: (each.answered_on, each.number), reverse=True))
