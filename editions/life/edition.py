"""清单版本: the whole list, frozen, and the acts by which it becomes public."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Func
from django.urls import reverse
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused, WrongState
from acts.steps import Step
from acts.subjects import Subject, in_words, refuse_unseen
from editions.checkup.checking import check_up
from editions.checkup.rulings import CheckUpResult
from editions.life import constraints, imprint, notices, seal
from editions.life.corrections import beyond_a_slip, in_short
from editions.life.frozen import freeze, register_of
from editions.life.querysets import EditionQuerySet
from editions.life.states import ISSUED_STATES, UNDER_WAY, Kind, State
from editions.life.steps import STEPS, EditionSituation
from editions.life.timeline import Answer, Remark, Reply
from editions.register.register import Register

ONLY_SLIPS = "更正只改错字、电话和日期的写法"
OVERTAKEN = "这一版编制以后，另有版本公布或废止；照这一版公布会把那些改动改回去。请撤回（退回），在现行版上重新编制。"


class Edition(Subject):
    """清单版本: the whole list, frozen.

    SUBMITTED ─▶ REVIEWED ─▶ SIGNED ─▶ ISSUED        TRANSCRIBED (the first only, published before the portal)
        │            │  └──────────────▶ ISSUED      where no outside approval is needed
        └────────────┴─▶ RETURNED, WITHDRAWN
    """

    label = models.CharField("版本号", max_length=20, help_text="例如 2018-03，同月第二个为 2018-03-2。")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    state = models.CharField("状态", max_length=20, choices=State)
    effective_on = models.DateField("施行日期")
    checkup_word = models.TextField("体检说明", blank=True, help_text="送审人对体检提醒的说明。")
    effective_day_assumed = models.BooleanField(
        "日为推定", default=False, choices=[(True, "是"), (False, "否")], help_text="原件只写到月。"
    )
    change_note = models.TextField("修订说明", blank=True)
    reasons = models.JSONField("逐项理由", default=dict, blank=True, help_text="按条目写的修订理由，随版本公布。")
    content_digest = models.CharField("内容摘要", max_length=64)
    entry_count = models.PositiveIntegerField("条目数")
    created_at = models.DateTimeField("冻结时间", default=timezone.now)
    created_txid = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    builds_on = models.ForeignKey(
        "self", verbose_name="编制所依据的版本", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    previous = models.OneToOneField(
        "self", verbose_name="前一版本", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    seal = models.TextField("封存文本", blank=True, help_text="链摘要所覆盖的全部内容，与计算时一字不差。")
    chain_digest = models.CharField("链摘要", max_length=64, blank=True)

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="送审人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_by_name = models.CharField("送审人姓名", max_length=200, blank=True)
    submitted_at = models.DateTimeField("送审时间", null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审核人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_by_name = models.CharField("审核人姓名", max_length=200, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签报人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_by_name = models.CharField("签报人姓名", max_length=200, blank=True)
    signed_at = models.DateTimeField("签报时间", null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公布人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_by_name = models.CharField("公布人姓名", max_length=200, blank=True)
    issued_at = models.DateTimeField("公布时间", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="退回（撤回）人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_by_name = models.CharField("退回（撤回）人姓名", max_length=200, blank=True)
    closed_at = models.DateTimeField("退回（撤回）时间", null=True)
    closing_reason = models.TextField("退回（撤回）理由", blank=True)

    approval_authority = models.CharField("批准机关", max_length=100, blank=True)
    approval_number = models.CharField("批准文号", max_length=100, blank=True)
    approval_note = models.TextField("文号说明", blank=True, help_text="文号没有〔年〕时，说明为什么。")
    approval_date = models.DateField("批准日期", null=True)
    approval_file = models.CharField("批复文件摘要", max_length=64, blank=True)
    approval_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="批复登记人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approval_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="批复核对人", on_delete=models.PROTECT, null=True, related_name="+"
    )

    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="废止人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoked_by_name = models.CharField("废止人姓名", max_length=200, blank=True)
    revoked_at = models.DateTimeField("废止时间", null=True)
    revoked_on = models.DateField("废止日期", null=True, help_text="从这一天起不再施行。")
    revoke_reason = models.TextField("废止理由", blank=True)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()
    steps: ClassVar[Any] = STEPS
    label_field: ClassVar[str] = "label"
    initial_states: ClassVar[Any] = {
        State.SUBMITTED: ("submitted_by", "submitted_by_name", "submitted_at", "effective_on"),
        State.TRANSCRIBED: ("effective_on", "seal", "chain_digest"),
    }
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    followed: ClassVar[str] = "*"

    area: ClassVar[str] = "editions"
    acts_area: ClassVar[str] = "acts"

    class Meta:
        verbose_name = "清单版本"
        verbose_name_plural = "清单版本"
        ordering = ["-effective_on"]
        default_permissions = ("view", "compile", "review", "sign", "reply")
        constraints = constraints.EDITION

    def __str__(self) -> str:
        return f"{self.label}（{self.get_state_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("edition:contents", kwargs={"label": self.label})

    @property
    def named(self) -> str:
        """2018-03 版"""
        return f"{self.label} 版"

    @property
    def is_published(self) -> bool:
        return self.state in ISSUED_STATES and self.effective_on <= timezone.localdate()

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_over(self) -> bool:
        """What was revoked with the clock ahead is in force until that day, unless it is revoked once more."""
        return self.revoked_on is not None and self.revoked_on <= timezone.localdate()

    @property
    def needs_approval(self) -> bool:
        """Whether the county approves it before it is issued (a setting, by kind)."""
        return self.kind in settings.APPROVAL_KINDS

    @property
    def is_approved(self) -> bool:
        return self.approval_confirmed_by_id is not None

    @property
    def waits_for(self) -> str:
        """What comes next, in a sentence."""
        match self.state:
            case State.SUBMITTED:
                return "等法规审核。"
            case State.REVIEWED:
                return "等局领导签报。" if self.needs_approval else "等局领导签发公布。"
            case State.SIGNED if self.is_approved:
                return "县里已批复，等局领导公布。"
            case State.SIGNED if self.approval_recorded_by_id:
                return "批复已登记，等第二人核对。"
            case State.SIGNED:
                return "等县里批复：登记批复，由第二人核对。"
            case State.ISSUED:
                return f"已公布，自 {self.effective_on:%Y-%m-%d} 起施行。"
            case State.RETURNED | State.WITHDRAWN:
                return f"已{self.get_state_display()}：{self.closing_reason}"
        return ""

    def is_overtaken(self, base: Edition | None = None) -> bool:
        """Whether another edition was issued, or revoked, since this one was put together: to issue it now would take
        back what that one changed. `base` is what new editions build on, where it is known."""
        base = base or Edition.objects.base()
        return base is not None and base.pk != self.builds_on_id

    def situation(self, account: Any, *, remarks: Any = None, base: Edition | None = None) -> EditionSituation:
        """This person before this edition; what is not given is asked for."""
        known = self.remarks.select_related("answer") if remarks is None else remarks
        return EditionSituation(self, account, base, list(known))

    def register(self) -> Register:
        """The documents of this edition."""
        return register_of(self)

    @classmethod
    def transcribe(
        cls, register: Register, *, label: str, effective_on: datetime.date, effective_day_assumed: bool = False
    ) -> Edition:
        """Freeze the list that was published before the portal existed; it can only be the first edition."""
        _refuse_faults(register)
        with in_words(), transaction.atomic():
            seal.lock()
            if cls.objects.exists():
                raise Refused("已经有清单版本，转录只能作为第一个版本。以后的修改请编制新版本。")
            edition = cls(
                label=label,
                kind=Kind.ADJUSTMENT,
                state=State.TRANSCRIBED,
                effective_on=effective_on,
                effective_day_assumed=effective_day_assumed,
            )
            edition._freeze(register)
        return edition

    @classmethod
    def submit(
        cls,
        register: Register,
        *,
        by: Any,
        builds_on: Edition,
        label: str,
        kind: str,
        effective_on: datetime.date,
        change_note: str,
        reasons: Mapping[str, str] | None = None,
        checkup_word: str = "",
    ) -> Edition:
        """Freeze a new list and send it to the reviewer, with what its check-up found. Raises Refused."""
        if not cls.may(by, "compile"):
            raise NotYours("您的账号没有编制新版本的权限。")
        given = {key: text for key, text in (reasons or {}).items() if text}
        with in_words(), transaction.atomic():
            seal.lock()
            edition = cls(
                label=label,
                kind=kind,
                state=State.SUBMITTED,
                effective_on=effective_on,
                change_note=change_note.strip(),
                reasons=given,
                checkup_word=checkup_word.strip(),
                builds_on=builds_on,
            )
            edition._refuse_unfit(register)
            _refuse_faults(register)
            found = check_up(register, effective_on, as_edition=True)
            if fault := found.objection(edition.checkup_word):
                raise Incomplete(fault)
            edition.sign_with("submitted", by)
            edition._freeze(register)
            CheckUpResult.objects.create(edition=edition, findings=found.dump())
            edition.note("submitted", by, edition.change_note)
            edition.tell(by)
        return edition

    def review(self, *, by: Any, reason: str = "") -> None:
        """审核通过: the reviewer finds it lawful; the signature is next."""
        with self.acting("reviewed", by=by, reason=reason):
            pass

    def send_back(self, *, by: Any, reason: str, remarks: Collection[Remark] = ()) -> None:
        """退回: it stays as it is, with the reason and remarks on items; what follows it is a new edition."""
        with self.acting("returned", by=by, reason=reason) as edition:
            for remark in remarks:
                remark.edition = edition
                edition.keep(remark, by)

    def withdraw(self, *, by: Any, reason: str) -> None:
        """撤回: whoever submitted it takes it back."""
        with self.acting("withdrawn", by=by, reason=reason):
            pass

    def sign(self, *, by: Any, reason: str = "") -> None:
        """签报: the bureau's head signs it; it goes to the county."""
        with self.acting("signed", by=by, reason=reason) as edition:
            if not edition.needs_approval:
                raise WrongState(f"{edition.get_kind_display()}不用报县里批准，签发就是公布。")

    def remark(self, remark: Remark, *, by: Any) -> None:
        """Say something of an item, or of the whole, while it is under way: one's own words, or the county's."""
        verb = "relayed" if remark.source == Remark.Source.COUNTY else "remarked"
        with self.acting(verb, by=by, reason=str(remark)) as edition:
            remark.edition = edition
            edition.keep(remark, by)

    def answer(self, remark: Remark, text: str, *, by: Any) -> None:
        """Answer a remark; each is answered once, before the edition is issued."""
        with self.acting("answered", by=by, reason=f"{remark}——{text.strip()}") as edition:
            if remark.edition_id != edition.pk:
                raise Incomplete("这条意见不是对这一版的。")
            if remark.source == Remark.Source.BUREAU and remark.by_id == by.pk:
                raise NotYours("这条意见是您提的，请编制人来答复。")
            if not text.strip():
                raise Incomplete("请写答复：怎么办的，或者为什么不改。")
            if Answer.objects.filter(remark=remark).exists():
                raise WrongState("这条意见已经答复过。")
            edition.keep(Answer(remark=remark, text=text.strip()), by)

    def record_reply(
        self, file: Reply, *, by: Any, authority: str, number: str, date: datetime.date, note: str = ""
    ) -> None:
        """登记批复: the county's reply, with its scan. It may be entered anew until it is confirmed. A number without
        〔年〕 needs a note that says why."""
        authority, number, note = authority.strip(), number.strip(), note.strip()
        why = f"（{note}）" if note else ""
        with self.acting("reply_recorded", by=by, reason=f"{authority} {number} {date:%Y-%m-%d}{why}") as edition:
            if edition.is_approved:
                raise WrongState("批复已经核对，不能再改。")
            if not (authority and number):
                raise Incomplete("请写明批准机关和批准文号。")
            if not (re.search(constraints.DOCUMENT_NUMBER, number) or note):
                raise Incomplete(f"“{number}”不像文号：没有〔年〕。请照批复填写；确实没有的，写明理由。")
            if date > timezone.localdate():
                raise Incomplete("批准日期还没有到，请照批复文件填写。")
            refuse_unseen({"批准机关": authority, "批准文号": number, "文号说明": note})
            file.edition = edition
            edition.keep(file, by)
            edition.approval_authority, edition.approval_number, edition.approval_note = authority, number, note
            edition.approval_date, edition.approval_file = date, file.digest

    def confirm_reply(self, *, by: Any, number: str, file: str, reason: str = "") -> None:
        """核对批复: a second person has compared what was entered with the letter, and types its number anew; `file` is
        the digest of the letter that was looked at."""
        with self.acting("reply_confirmed", by=by, reason=reason) as edition:
            if edition.is_approved:
                raise WrongState("批复已经核对过。")
            if edition.approval_recorded_by_id is None:
                raise Incomplete("还没有登记批复。")
            if edition.approval_recorded_by_id == by.pk:
                raise NotYours("批复是您登记的，请另一人对照文件核对。")
            if edition.approval_file != file:
                raise WrongState("您看过以后批复又重新登记过，没有核对。请再对照一遍。")
            if edition.approval_number != number.strip():
                raise Incomplete(
                    f"您照文件输入的文号是“{number.strip()}”，登记的是“{edition.approval_number}”，没有核对。"
                    "登记错了的，请重新登记。"
                )

    def issue(self, *, by: Any, reason: str = "", effective_on: datetime.date | None = None) -> None:
        """公布: public from its effective day on, sealed into the chain. The day may be put off here, never back."""
        with in_words(), transaction.atomic():
            seal.lock()
            with self.acting("issued", by=by, reason=reason) as edition:
                if edition.needs_approval and edition.state != State.SIGNED:
                    raise WrongState(f"{edition.get_kind_display()}要先签报，由县里批准。")
                for fault in edition.unready():
                    raise Incomplete(fault)
                day = effective_on or edition.effective_on
                _refuse_day(day)
                if day < edition.effective_on:
                    raise Incomplete(
                        f"施行日期只能推迟，送审时定的是 {edition.effective_on:%Y-%m-%d}；要提前，请退回，重新编制。"
                    )
                edition.effective_on, edition.previous = day, Edition.objects.last_issued()

    def unready(self) -> Iterator[str]:
        """What keeps it from being issued, apart from state and hands; each a sentence."""
        if self.is_overtaken():
            yield OVERTAKEN
        base = self.builds_on if self.kind == Kind.CORRECTION else None
        if base and (more := beyond_a_slip(base.register(), self.register())):
            yield f"{ONLY_SLIPS}；{in_short(more)}。请退回，作为调整送审。"
        if self.needs_approval and not self.is_approved:
            yield "县里的批复还没有登记并由第二人核对。"
        for remark in self.remarks.filter(answer=None):
            yield f"有一条意见还没有答复：{remark}。"

    def revoke(self, *, by: Any, reason: str) -> None:
        """废止: no longer in force from today on; it stays readable, and what was in force before it is so again."""
        with in_words(), transaction.atomic():
            seal.lock()
            with self.acting("revoked", by=by, reason=reason) as edition:
                edition.revoked_on = timezone.localdate()

    # What goes with an act

    def refuse_when_over(self, step: Step) -> None:
        if self.is_over:
            raise WrongState(f"{self.named}已于 {self.revoked_on:%Y-%m-%d} 废止，不能{step.label}。")

    def complete(self, step: Step, by: Any) -> None:
        """What is issued is sealed."""
        if step.leads_to == State.ISSUED:
            self._refuse_before_the_previous()
            imprint.take_over(self, by)
            self._seal()

    def tell(self, by: Any) -> None:
        notices.after(self, by)

    def _refuse_unfit(self, register: Register) -> None:
        """Raises Incomplete where this cannot be submitted, apart from what the check-up finds."""
        base = self.builds_on
        assert base is not None
        if base != Edition.objects.base():
            raise Incomplete(OVERTAKEN)
        if register.content_digest() == base.register().content_digest():
            raise Incomplete("和现在公布的清单没有差别，没有送审。请至少选一处修改。")
        if not self.change_note:
            raise Incomplete("请写修订说明：它和新版本一起公布，说明改了什么、为什么改。")
        _refuse_day(self.effective_on)
        if self.kind == Kind.CORRECTION and (more := beyond_a_slip(base.register(), register)):
            raise Incomplete(f"{ONLY_SLIPS}；{in_short(more)}，请作为调整送审。")
        given = {f"{key} 的理由": text for key, text in self.reasons.items()}
        refuse_unseen({"修订说明": self.change_note, "体检说明": self.checkup_word} | given)

    def _refuse_before_the_previous(self) -> None:
        """What is issued last has the latest time; one of the two clocks was wrong otherwise."""
        before = self.previous
        now, then = self.issued_at, before.issued_at if before and before.revoked_on is None else None
        if before and now and then and now < then:
            said = [f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" for at in (now, then)]
            raise WrongState(
                f"现在是 {said[0]}，比前一版（{before.label} 版）的公布时间 {said[1]} 还早，没有公布：有一次时钟不准。"
                f"请先核对时钟；时钟没有错，就等到那个时间以后再公布，或者先废止 {before.label} 版，"
                "再重新编制（运维手册 docs/operations.md，When the clock was wrong）。"
            )

    def _freeze(self, register: Register) -> None:
        """Store this edition with its entries and versions, sealed if it is public at once."""
        self.content_digest = register.content_digest()
        if self.state in ISSUED_STATES:
            self._seal()
        freeze(self, register)

    def _seal(self) -> None:
        self.seal = seal.text(self)
        self.chain_digest = seal.digest(self.seal)


def _refuse_faults(register: Register) -> None:
    if faults := register.faults():
        raise Refused("这份清单还不能冻结：" + "".join(faults))


def _refuse_day(day: datetime.date) -> None:
    first, last = Edition.objects.possible_days()
    if not first <= day <= last:
        before = Edition.objects.not_void().first()
        wrong = (
            f"{before.label} 版要到 {before.effective_on:%Y-%m-%d} 才施行，这个日期要是错了，请先废止它。"
            if before and before.effective_on > timezone.localdate()
            else ""
        )
        raise Incomplete(
            f"施行日期最早是 {first:%Y-%m-%d}，最晚是 {last:%Y-%m-%d}："
            f"不早于公布之日，晚于前一版的施行日期，并在两年以内。{wrong}"
        )
