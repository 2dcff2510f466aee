"""清单版本: the whole list, frozen, and the acts by which it becomes public."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models import Case, Exists, F, Func, Max, Min, OuterRef, Q, UniqueConstraint, When
from django.urls import reverse
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused, WrongState
from acts.models import name_of
from editions.checkup.checking import CheckUp, check_up
from editions.checkup.rulings import CheckUpResult
from editions.form import parts
from editions.life import constraints, imprint, notices, seal
from editions.life.acts import Act, Answer, Remark, Reply, Verb
from editions.life.slips import beyond_a_slip, in_short
from editions.register.register import SCHEMA, Listed, Register, read_version, version_digest
from editions.register.shelf import Shelf
from history import locks
from history.refusals import is_away, said_by_database
from verbatim.characters import complaint
from verbatim.models import texts_of


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        """Transcribed or issued, whether effective yet or not, the latest effective day first."""
        return self.filter(state__in=Edition.State.public()).order_by("-effective_on")

    def published(self, on: datetime.date | None = None) -> Self:
        """Editions that are public on that day (today in Shanghai): transcribed or issued, and effective."""
        return self.public().filter(effective_on__lte=on or timezone.localdate())

    def in_force(self, on: datetime.date | None = None) -> Edition | None:
        """The edition in force on that day: the latest of the published ones that was not revoked by then."""
        day = on or timezone.localdate()
        return self.published(day).filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)).first()

    def counted(self) -> Self:
        """The public ones without those that were revoked before they became effective: they were never in force."""
        return self.public().filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("effective_on")))

    def base(self) -> Edition | None:
        """What a new edition builds on: the latest public one that was not revoked, effective yet or not; where all
        were revoked, the latest that was in force."""
        standing_first = Case(When(revoked_on__isnull=True, then=0), default=1)
        return self.counted().order_by(standing_first, "-effective_on").first()

    def last_issued(self) -> Edition | None:
        """The last link of the chain: the public one that no other names as the one before it."""
        following = Edition.objects.public().filter(previous=OuterRef("pk"))
        return self.public().filter(~Exists(following)).first()

    def under_way(self) -> Self:
        """Submitted and not at an end yet, the earliest first."""
        return self.filter(state__in=Edition.State.under_way()).order_by("pk")

    def with_acts(self) -> Self:
        """With the timeline, the remarks and their answers."""
        return self.prefetch_related("timeline", "remarks__answer")

    def came_back_to(self, account: Any) -> list[Edition]:
        """What this person submitted and got back, and has not submitted anew: each later submission takes up one of
        them, the one of the same label or else the earliest."""
        # Acts are numbered in the order in which they are done: whoever submits waits for the acts that are under way.
        own: Any = self.filter(submitted_by=account).defer("seal")
        own = own.annotate(submitted_as=Min("timeline__pk"), ended_as=Max("timeline__pk"))
        waiting: list[Any] = list(own.filter(state=Edition.State.RETURNED).order_by("ended_as"))
        for edition in own.order_by("submitted_as"):
            back = [each for each in waiting if each.ended_as < edition.submitted_as]
            if back:
                waiting.remove(next((each for each in back if each.label == edition.label), back[0]))
        return waiting


class Edition(models.Model):
    """清单版本: the whole list, frozen.

    SUBMITTED ─▶ REVIEWED ─▶ SIGNED ─▶ ISSUED        TRANSCRIBED (the first only, published before the portal)
        │            │  └──────────────▶ ISSUED      where no outside approval is needed
        └────────────┴─▶ RETURNED, WITHDRAWN
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "送审"  # frozen, waits for the reviewer
        REVIEWED = "reviewed", "已审核"  # found lawful, waits for the signature
        SIGNED = "signed", "已签报"  # signed by the bureau's head, waits for the county
        ISSUED = "issued", "公布"  # public from its effective day on
        RETURNED = "returned", "退回"  # stays as it is; what follows it is a new edition
        WITHDRAWN = "withdrawn", "撤回"  # taken back by the submitter
        TRANSCRIBED = "transcribed", "转录"  # published on paper before the portal existed

        @classmethod
        def public(cls) -> list[str]:
            return [cls.TRANSCRIBED, cls.ISSUED]

        @classmethod
        def under_way(cls) -> list[str]:
            return [cls.SUBMITTED, cls.REVIEWED, cls.SIGNED]

    class Kind(models.TextChoices):
        ADJUSTMENT = "adjustment", "调整"
        CORRECTION = "correction", "更正"

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
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    followed: ClassVar[str] = "*"

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
        """What readers call it: 2018-03 版; what has no label yet is what the staff work on."""
        return f"{self.label} 版" if self.label else "工作数据"

    @property
    def is_published(self) -> bool:
        return self.state in self.State.public() and self.effective_on <= timezone.localdate()

    @property
    def is_under_way(self) -> bool:
        return self.state in self.State.under_way()

    @property
    def preview_name(self) -> str:
        """What its preview is called in addresses (portal.desk.preview)."""
        return f"edition-{self.pk}"

    @property
    def needs_approval(self) -> bool:
        """Whether the county approves it before it is issued (a setting, by kind)."""
        return self.kind in settings.APPROVAL_KINDS

    @property
    def is_approved(self) -> bool:
        return self.approval_confirmed_by_id is not None

    @property
    def next_role(self) -> str:
        """Whose turn it is: review, sign, reply (accounts.roles); empty at an end."""
        if self.state == State.SIGNED and not self.is_approved:
            return "reply"
        return {State.SUBMITTED: "review", State.REVIEWED: "sign", State.SIGNED: "sign"}.get(State(self.state), "")

    @property
    def waits_for(self) -> str:
        """What comes next, in a sentence."""
        if self.state == State.SIGNED and not self.is_approved:
            return (
                "等县里批复：登记批复，由第二人核对。"
                if self.approval_recorded_by_id is None
                else "批复已登记，等第二人核对。"
            )
        match self.state:
            case State.SUBMITTED:
                return "等法规审核。"
            case State.REVIEWED:
                return "等局领导签报。" if self.needs_approval else "等局领导签发公布。"
            case State.SIGNED:
                return "县里已批复，等局领导公布。"
            case State.ISSUED:
                return f"已公布，自 {self.effective_on:%Y-%m-%d} 起施行。"
            case State.RETURNED | State.WITHDRAWN:
                return f"已{self.get_state_display()}：{self.closing_reason}"
        return ""

    def is_overtaken(self, base: Edition | None = None) -> bool:
        """Whether another edition was issued, or revoked, since this one was put together: to issue it now would take
        back what that one changed."""
        base = base or Edition.objects.base()
        return base is not None and base.pk != self.builds_on_id

    unfrozen: Register | None = None
    """The documents of an edition that is only thought of, for a preview."""

    @classmethod
    def thought_of(cls, register: Register, *, effective_on: datetime.date | None = None, **head: Any) -> Edition:
        """What the list would be if it were frozen now, effective from its first possible day on. It is never saved."""
        day = max(effective_on or first_day(), first_day())
        edition = cls(pk=0, builds_on=cls.objects.base(), effective_on=day, **head)
        edition.unfrozen = register
        return edition

    def register(self) -> Register:
        """The documents of this edition; kept at hand once they are read, since they cannot change."""
        return self.unfrozen or _register_of(self)

    @classmethod
    def transcribe(
        cls, register: Register, *, label: str, effective_on: datetime.date, effective_day_assumed: bool = False
    ) -> Edition:
        """Freeze the list that was published before the portal existed; it can only be the first edition."""
        with _in_words(), transaction.atomic():
            seal.lock()
            if cls.objects.exists():
                raise Refused("已经有清单版本，转录只能作为第一个版本。以后的修改请编制新版本。")
            edition = cls(
                label=label,
                kind=cls.Kind.ADJUSTMENT,
                state=cls.State.TRANSCRIBED,
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
        if not may(by, "compile"):
            raise NotYours("您的账号没有编制新版本的权限。")
        with _in_words(), transaction.atomic():
            seal.lock()
            if builds_on != cls.objects.base():
                raise Incomplete(OVERTAKEN)
            if register.content_digest() == builds_on.register().content_digest():
                raise Incomplete("和现在公布的清单没有差别，没有送审。请至少选一处修改。")
            if not change_note.strip():
                raise Incomplete("请写修订说明：它和新版本一起公布，说明改了什么、为什么改。")
            _right_day(effective_on)
            if kind == cls.Kind.CORRECTION and (more := beyond_a_slip(builds_on.register(), register)):
                raise Incomplete(f"{ONLY_SLIPS}；{in_short(more)}，请作为调整送审。")
            given = {f"{key} 的理由": text for key, text in (reasons or {}).items()}
            _usable({"修订说明": change_note, "体检说明": checkup_word} | given)
            found = check_up(register, effective_on, as_edition=True)
            _spoken_for(found, checkup_word)
            edition = cls(
                label=label,
                kind=kind,
                state=cls.State.SUBMITTED,
                effective_on=effective_on,
                change_note=change_note.strip(),
                reasons={key: text for key, text in (reasons or {}).items() if text},
                checkup_word=checkup_word.strip(),
                builds_on=builds_on,
            )
            edition._sign_with("submitted", by)
            edition._freeze(register)
            CheckUpResult.objects.create(edition=edition, findings=found.dump())
            edition._note(Verb.SUBMITTED, by, edition.change_note)
            notices.after(edition, by)
        return edition

    def review(self, *, by: Any, reason: str = "") -> None:
        """审核通过: the reviewer finds it lawful; the signature is next."""
        with self._act(Verb.REVIEWED, by=by, reason=reason) as edition:
            edition._not_the_submitter(by)
            edition.state = State.REVIEWED
            edition._sign_with("reviewed", by)

    def send_back(self, *, by: Any, reason: str, remarks: Collection[Remark] = ()) -> None:
        """退回: it stays as it is, with the reason and remarks on items; what follows it is a new edition."""
        with self._act(Verb.RETURNED, by=by, reason=reason) as edition:
            edition._not_the_submitter(by)
            for remark in remarks:
                edition._keep(remark, by)
            edition._close(State.RETURNED, by, reason, "请写明退回的理由，编制人要照着它改。")

    def withdraw(self, *, by: Any, reason: str) -> None:
        """撤回: whoever submitted it takes it back."""
        with self._act(Verb.WITHDRAWN, by=by, reason=reason) as edition:
            if edition.submitted_by_id != by.pk:
                raise NotYours(f"只有送审人{edition.submitted_by_name}能撤回。")
            edition._close(State.WITHDRAWN, by, reason, "请写明撤回的理由。")

    def sign(self, *, by: Any, reason: str = "") -> None:
        """签报: the bureau's head signs it; it goes to the county."""
        with self._act(Verb.SIGNED, by=by, reason=reason) as edition:
            if not edition.needs_approval:
                raise WrongState(f"{edition.get_kind_display()}不用报县里批准，签发就是公布。")
            edition._not_the_submitter(by)
            edition.state = State.SIGNED
            edition._sign_with("signed", by)

    def remark(self, remark: Remark, *, by: Any) -> None:
        """Say something of an item, or of the whole, while it is under way: one's own words, or the county's."""
        verb = Verb.RELAYED if remark.source == Remark.Source.COUNTY else Verb.REMARKED
        with self._act(verb, by=by, reason=str(remark)) as edition:
            edition._keep(remark, by)

    def answer(self, remark: Remark, text: str, *, by: Any) -> None:
        """Answer a remark; each is answered once, before the edition is issued."""
        with self._act(Verb.ANSWERED, by=by, reason=f"{remark}——{text.strip()}") as edition:
            if remark.edition_id != edition.pk:
                raise Incomplete("这条意见不是对这一版的。")
            if remark.source == Remark.Source.BUREAU and remark.by_id == by.pk:
                raise NotYours("这条意见是您提的，请编制人来答复。")
            if not text.strip():
                raise Incomplete("请写答复：怎么办的，或者为什么不改。")
            if Answer.objects.filter(remark=remark).exists():
                raise WrongState("这条意见已经答复过。")
            Answer.objects.create(remark=remark, text=text.strip(), by=by, by_name=name_of(by))

    def record_reply(
        self, file: Reply, *, by: Any, authority: str, number: str, date: datetime.date, note: str = ""
    ) -> None:
        """登记批复: the county's reply, with its scan. It may be entered anew until it is confirmed. A number without
        〔年〕 needs a note that says why."""
        why = f"（{note.strip()}）" if note.strip() else ""
        with self._act(Verb.REPLY_RECORDED, by=by, reason=f"{authority} {number} {date:%Y-%m-%d}{why}") as edition:
            if edition.is_approved:
                raise WrongState("批复已经核对，不能再改。")
            if not (authority.strip() and number.strip()):
                raise Incomplete("请写明批准机关和批准文号。")
            if not (re.search(constraints.DOCUMENT_NUMBER, number) or note.strip()):
                raise Incomplete(f"“{number.strip()}”不像文号：没有〔年〕。请照批复填写；确实没有的，写明理由。")
            if date > timezone.localdate():
                raise Incomplete("批准日期还没有到，请照批复文件填写。")
            _usable({"批准机关": authority, "批准文号": number, "文号说明": note})
            edition._keep(file, by)
            edition.approval_authority, edition.approval_number = authority.strip(), number.strip()
            edition.approval_date, edition.approval_file, edition.approval_note = date, file.digest, note.strip()
            edition.approval_recorded_by = by

    def confirm_reply(self, *, by: Any, number: str, file: str, reason: str = "") -> None:
        """核对批复: a second person has compared what was entered with the letter, and types its number anew; `file` is
        the digest of the letter that was looked at."""
        with self._act(Verb.REPLY_CONFIRMED, by=by, reason=reason) as edition:
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
            edition.approval_confirmed_by = by

    def issue(self, *, by: Any, reason: str = "", effective_on: datetime.date | None = None) -> None:
        """公布: public from its effective day on, sealed into the chain. The day may be put off here, never back."""
        with _in_words(), transaction.atomic():
            seal.lock()
            with self._act(Verb.ISSUED, by=by, reason=reason) as edition:
                if edition.needs_approval and edition.state != State.SIGNED:
                    raise WrongState(f"{edition.get_kind_display()}要先签报，由县里批准。")
                edition._not_the_submitter(by)
                if edition.kind == self.Kind.ADJUSTMENT and edition.reviewed_by_id == by.pk:
                    raise NotYours("调整要由三个人分别送审、审核、公布；您已经审核过。")
                for fault in edition.unready():
                    raise Incomplete(fault)
                day = effective_on or edition.effective_on
                _right_day(day)
                if day < edition.effective_on:
                    raise Incomplete(
                        f"施行日期只能推迟，送审时定的是 {edition.effective_on:%Y-%m-%d}；要提前，请退回，重新编制。"
                    )
                edition.state, edition.effective_on, edition.previous = State.ISSUED, day, Edition.objects.last_issued()
                edition._sign_with("issued", by)
                edition._not_before_the_previous()
                if edition.signed_by_id is None:
                    edition._sign_with("signed", by)
                imprint.take_over(edition, by)

    def unready(self) -> Iterator[str]:
        """What keeps it from being issued, apart from state and hands; each a sentence."""
        if self.is_overtaken():
            yield OVERTAKEN
        base = self.builds_on if self.kind == self.Kind.CORRECTION else None
        if base and (more := beyond_a_slip(base.register(), self.register())):
            yield f"{ONLY_SLIPS}；{in_short(more)}。请退回，作为调整送审。"
        if self.needs_approval and not self.is_approved:
            yield "县里的批复还没有登记并由第二人核对。"
        for remark in self.remarks.filter(answer=None):
            yield f"有一条意见还没有答复：{remark}。"

    def revoke(self, *, by: Any, reason: str) -> None:
        """废止: no longer in force from today on; it stays readable, and what was in force before it is so again."""
        with _in_words(), transaction.atomic():
            seal.lock()
            with self._act(Verb.REVOKED, by=by, reason=reason) as edition:
                if not reason.strip():
                    raise Incomplete("请写明废止的理由，它会公布。")
                edition._sign_with("revoked", by)
                edition.revoked_on, edition.revoke_reason = timezone.localdate(), reason.strip()

    def open_to(self, account: Any) -> list[Verb]:
        """The acts that this person can begin now, by role and state."""
        if self.revoked_on is not None:
            return []
        return [
            verb
            for verb, roles in RULES.items()
            if any(self.state in begins and may(account, role) for role, begins in roles.items())
        ]

    @staticmethod
    def open_to_role(verb: Verb, account: Any) -> bool:
        """Whether this person ever does this, whatever the state."""
        return any(may(account, role) for role in RULES[verb])

    @contextlib.contextmanager
    def _act(self, verb: Verb, *, by: Any, reason: str) -> Iterator[Edition]:
        """Lock the edition, ask whether this person may and whether the state is right, let the act make its change,
        write its line into the timeline, and save: all of it or nothing."""
        if not self.open_to_role(verb, by):
            raise NotYours("您的账号没有办这件事的权限。")
        with _in_words(), transaction.atomic():
            locks.gate()
            edition = Edition.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if edition.revoked_on is not None:
                raise WrongState(f"{edition.label} 版已于 {edition.revoked_on:%Y-%m-%d} 废止，不能{verb.label}。")
            _usable({f"{verb.label}的说明": reason})
            if verb not in edition.open_to(by):
                raise WrongState(f"{edition.label} 版现在是“{edition.get_state_display()}”，不能{verb.label}。")
            yield edition
            edition._note(verb, by, reason)
            if verb == Verb.ISSUED:
                edition.seal = seal.text(edition)
                edition.chain_digest = seal.digest(edition.seal)
            edition.save()
            notices.after(edition, by)
        self.refresh_from_db()

    def _note(self, verb: str, by: Any, reason: str) -> None:
        number = self.timeline.count() + 1
        Act.objects.create(
            edition=self,
            number=number,
            verb=verb,
            reason=reason.strip(),
            by=by,
            by_name=name_of(by),
            at=timezone.now(),  # by the same clock as the edition's own columns
        )

    def _keep(self, thing: Any, by: Any) -> None:
        """Keep a remark or a file that belongs to an act."""
        thing.edition, thing.by, thing.by_name = self, by, name_of(by)
        _usable({thing._meta.get_field(name).verbose_name: getattr(thing, name) for name in texts_of(type(thing))})
        thing.save(force_insert=True)

    def _sign_with(self, act: str, by: Any) -> None:
        setattr(self, f"{act}_by", by)
        setattr(self, f"{act}_by_name", name_of(by))
        setattr(self, f"{act}_at", timezone.now())

    def _close(self, state: str, by: Any, reason: str, wanted: str) -> None:
        if not reason.strip():
            raise Incomplete(wanted)
        self.state, self.closing_reason = state, reason.strip()
        self._sign_with("closed", by)

    def _not_the_submitter(self, by: Any) -> None:
        if self.submitted_by_id == by.pk:
            raise NotYours("这一版是您送审的，要由别人来办。")

    def _not_before_the_previous(self) -> None:
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
        """Store this edition with its entries and versions, and seal it if it is public at once."""
        if faults := register.faults():
            raise Refused("这份清单还不能冻结：" + "".join(faults))
        rows = [
            (kind, position, listed, listed.digest(kind.name))
            for kind in parts.kinds()
            for position, listed in enumerate(register.of(kind.name), start=1)
        ]
        fresh = [Version.of(kind, listed.document) for kind, _, listed, _ in rows if not listed.stored]
        Version.objects.bulk_create(fresh, ignore_conflicts=True)
        stored = dict(Version.objects.filter(digest__in=[row[-1] for row in rows]).values_list("digest", "pk"))
        texts = dict(Version.objects.filter(digest__in=[each.digest for each in fresh]).values_list("digest", "text"))
        for version in fresh:
            if texts[version.digest] != version.text:
                raise Refused(f"已存的条目版本 {version.digest} 与内容不符，停止冻结。请立即核对数据库。")
        self.content_digest = register.content_digest()
        self.entry_count = len(rows)
        if self.state in self.State.public():
            self.seal = seal.text(self)
            self.chain_digest = seal.digest(self.seal)
        self.save(force_insert=True)
        Entry.objects.bulk_create(
            Entry(
                edition=self,
                kind=kind.name,
                position=position,
                serial=listed.serial,
                code=getattr(listed.document, kind.key),
                version_id=stored[digest],
            )
            for kind, position, listed, digest in rows
        )


State = Edition.State

ONLY_SLIPS = "更正只改错字、电话和日期的写法"
OVERTAKEN = "这一版编制以后，另有版本公布或废止；照这一版公布会把那些改动改回去。请撤回（退回），在现行版上重新编制。"


RULES: dict[Verb, dict[str, list[str]]] = {
    Verb.REVIEWED: {"review": [State.SUBMITTED]},
    Verb.RETURNED: {"review": [State.SUBMITTED, State.REVIEWED], "sign": [State.REVIEWED, State.SIGNED]},
    Verb.WITHDRAWN: {"compile": [State.SUBMITTED, State.REVIEWED]},
    Verb.SIGNED: {"sign": [State.REVIEWED]},
    Verb.REMARKED: {"review": State.under_way()},
    Verb.RELAYED: {"reply": [State.SIGNED]},
    Verb.ANSWERED: {"reply": State.under_way()},
    Verb.REPLY_RECORDED: {"reply": [State.SIGNED]},
    Verb.REPLY_CONFIRMED: {"reply": [State.SIGNED]},
    Verb.ISSUED: {"sign": [State.REVIEWED, State.SIGNED]},
    Verb.REVOKED: {"sign": State.public()},
}
"""Each act: who may do it (the role's verb in accounts.roles), and in which states it begins."""


def may(account: Any, role: str) -> bool:
    """Whether this person may do what the role does with editions."""
    return bool(account.is_active and account.has_perm(f"editions.{role}_edition"))


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """What the database refuses, in its own sentence."""
    try:
        yield
    except DatabaseError as error:
        if is_away(error):
            raise
        raise Incomplete(said_by_database(error)) from error


def first_day() -> datetime.date:
    """The first day on which an edition that is issued today may become effective: not before today, and after the
    effective day of every public edition that was not revoked before it."""
    head = Edition.objects.counted().first()
    today = timezone.localdate()
    return max(today, head.effective_on + datetime.timedelta(days=1)) if head else today


def free_label(label: str = "") -> str:
    """The next label of that month, or of this one, that is not taken: 2018-03, then 2018-03-2."""
    month = label[:7] or f"{timezone.localdate():%Y-%m}"
    taken = set(Edition.objects.exclude(state__in=["returned", "withdrawn"]).values_list("label", flat=True))
    numbered = (month if n == 1 else f"{month}-{n}" for n in itertools.count(1))
    return next(each for each in numbered if each not in taken)


def last_day(first: datetime.date) -> datetime.date:
    """Two years after the first possible day, so that a slip of the pen does not block the editions of a century."""
    return first + datetime.timedelta(days=731)


def _right_day(day: datetime.date) -> None:
    first = first_day()
    if not first <= day <= last_day(first):
        before = Edition.objects.counted().first()
        wrong = (
            f"{before.label} 版要到 {before.effective_on:%Y-%m-%d} 才施行，这个日期要是错了，请先废止它。"
            if before and before.effective_on > timezone.localdate()
            else ""
        )
        raise Incomplete(
            f"施行日期最早是 {first:%Y-%m-%d}，最晚是 {last_day(first):%Y-%m-%d}："
            f"不早于公布之日，晚于前一版的施行日期，并在两年以内。{wrong}"
        )


def _spoken_for(found: CheckUp, word: str) -> None:
    """Errors block; warnings that nobody has ruled on need a word from the submitter."""
    for judged in found.errors:
        raise Incomplete(f"体检有错误，不能送审：{judged.finding.spot.named}，{judged.finding.sentence}")
    if found.warnings and not word.strip():
        raise Incomplete(f"体检有 {len(found.warnings)} 条提醒没有处理。请逐条处理，或者写一句说明再送审。")


def _usable(texts: Mapping[str, str]) -> None:
    """Raises Incomplete where one of these texts, each with what it is called, holds characters that may not stand in
    an edition: afterwards they could not be mended."""
    if faults := [f"{called}里{said}" for called, text in texts.items() if (said := complaint(text))]:
        raise Incomplete("".join(faults))


class Version(models.Model):
    """条目版本: one document as it was frozen, addressed by its content and never written again."""

    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    schema = models.PositiveSmallIntegerField("格式版本")
    text = models.TextField("规范文本")
    digest = models.CharField("摘要", max_length=64, unique=True)

    serving_privileges: ClassVar[str] = "SELECT, INSERT"
    leaves_lines: ClassVar[bool] = False  # its digest is in the content digest of the editions, and they do

    class Meta:
        verbose_name = "条目版本"
        verbose_name_plural = "条目版本"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.digest[:8]}"

    @classmethod
    def of(cls, kind: parts.Kind, document: Any) -> Version:
        """The version that this document would be, not stored yet."""
        text = document.canonical()
        return cls(
            kind=kind.name,
            code=getattr(document, kind.key),
            schema=SCHEMA,
            text=text,
            digest=version_digest(kind.name, SCHEMA, text),
        )


class Entry(models.Model):
    """版本条目: a version in its place in one edition, with the serial number printed there."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("种类", max_length=30)
    position = models.PositiveIntegerField("位置")
    serial = models.CharField("序号", max_length=30, blank=True)
    code = models.CharField("代码", max_length=30)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="entries")

    serving_privileges: ClassVar[str] = "SELECT, INSERT"
    leaves_lines: ClassVar[bool] = False  # the content digest of its edition covers it

    class Meta:
        verbose_name = "版本条目"
        verbose_name_plural = "版本条目"
        default_permissions = ("view",)
        constraints = [
            UniqueConstraint(fields=["edition", "kind", "position"], name="entry_one_at_a_place"),
            UniqueConstraint(fields=["edition", "kind", "code"], name="entry_each_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position} {self.code}"


def _register_of(edition: Edition) -> Register:
    key = edition.pk, edition.content_digest
    known = _registers.get(key)
    if known is not None:
        return known[0]
    entries = list(
        Entry.objects.filter(edition_id=edition.pk)
        .order_by("kind", "position")
        .values_list("kind", "serial", "version__schema", "version__text", "version__digest")
    )
    register = Register(
        {
            kind: tuple(
                Listed(serial, read_version(kind, schema, text, digest), digest)
                for _, serial, schema, text, digest in rows
            )
            for kind, rows in itertools.groupby(entries, key=lambda row: row[0])
        }
    )
    _registers[key] = register, sum(len(text) for _, _, _, text, _ in entries)
    return register


MOST_TEXT = 16 * 1024 * 1024
"""Characters of the registers that a worker keeps at hand: a hundred lists of this size."""
_registers: Shelf[tuple[int, str], tuple[Register, int]] = Shelf(MOST_TEXT, lambda kept: kept[1])
