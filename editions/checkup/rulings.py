"""What people decide of findings, what they find themselves, and how they would mend it.

What one of them says alone is not public: 原文如此, and whatever puts an end to it, takes effect when a second person
agrees, and so does what somebody found by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.errors import AlreadyDone, Incomplete, NotYours, WrongState
from acts.models import Authored, name_of
from editions.checkup.rule import CheckContext, Finding, Level, Rule, Spot, words_key
from history import locks
from verbatim.documents import Document
from verbatim.fields import visible_constraint


class Placed(models.Model):
    """Something that stands at a place of the list."""

    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    anchor = models.CharField("锚点", max_length=40, blank=True)
    text = models.TextField("所指的文字", blank=True)
    sentence = models.TextField("问题")

    class Meta:
        abstract = True

    def spot(self) -> Spot:
        return Spot(self.kind, self.code, self.anchor)


class Seconded(Authored, Placed):
    """Something that one person said and a second one is asked about."""

    class Meta(Authored.Meta):
        abstract = True

    @property
    def opinion(self) -> SecondOpinion | None:
        return getattr(self, "second_opinion", None)

    @property
    def is_agreed(self) -> bool:
        return self.opinion is not None and self.opinion.agrees

    def second(self, *, by: Any, agrees: bool, reason: str = "") -> SecondOpinion:
        """核对: somebody else agrees, or does not and says why. Raises Refused."""
        with transaction.atomic():
            locks.series(SecondOpinion._meta.db_table)
            asked = type(self).objects.select_related("second_opinion").get(pk=self.pk)
            if asked.opinion is not None and asked.opinion.by_id == by.pk:
                raise AlreadyDone("您刚才已经核对过，没有再办一次。")
            if asked.opinion is not None:
                raise WrongState(f"{asked.opinion.by_name}已经核对过。")
            if asked.by_id == by.pk:
                raise NotYours("这是您提出的，请另一人核对。")
            if not (agrees or reason.strip()):
                raise Incomplete("不同意的，请写明理由。")
            asked.refuse_if_settled()
            of: dict[str, Any] = {self.asked_as: asked}
            return SecondOpinion.objects.create(agrees=agrees, reason=reason.strip(), by=by, by_name=name_of(by), **of)

    objects: ClassVar[Any]
    asked_as: ClassVar[str]
    """What SecondOpinion, and the address of its page, call it."""

    def refuse_if_settled(self) -> None:
        """Raises WrongState where there is nothing left to ask."""


class Ruling(Seconded):
    """处理: what somebody decided of a finding. Its latest ruling that is in effect holds. It is a ruling on these very
    words: where the text changes, the finding is another one, and is there again."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "认可"  # it may stay as it is
        AS_PRINTED = "as_printed", "原文如此"  # it stays, and the public page says so beside the text
        REOPENED = "reopened", "撤回处理"  # as if nothing had been decided

    key = models.CharField("发现", max_length=64)
    rule = models.CharField("规则", max_length=30)
    line = models.TextField("整段文字", blank=True)
    verdict = models.CharField("处理", max_length=20, choices=Verdict)
    reason = models.TextField("理由")

    class Meta(Authored.Meta):
        verbose_name = "体检处理"
        verbose_name_plural = "体检处理"
        ordering = ["pk"]
        constraints = [
            CheckConstraint(
                condition=~Q(reason=""), name="ruling_has_a_reason", violation_error_message="请写明理由。"
            ),
            visible_constraint("ruling", "reason", "by_name"),
        ]

    asked_as: ClassVar[str] = "ruling"

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}：{self.reason}"

    @classmethod
    def by_finding(cls, **which: Any) -> dict[str, History]:
        """What was ruled on each (or on `which`), by the words that were found; in one query."""
        ruled: dict[str, list[Ruling]] = {}
        for ruling in cls.objects.filter(**which).select_related("second_opinion").order_by("pk"):
            ruled.setdefault(ruling.words, []).append(ruling)
        return {words: History.of(rulings) for words, rulings in ruled.items()}

    @classmethod
    def on_words_of(cls, found: Finding | Ruling) -> dict[str, Any]:
        """Which rulings are on the same words of the same rule."""
        spot = found.spot if isinstance(found, Finding) else found.spot()
        where = {"kind": spot.kind, "code": spot.code, "anchor": spot.anchor}
        return {**where, "rule": found.rule, "text": found.text, "line": found.line}

    @property
    def words(self) -> str:
        return words_key(self.rule, self.spot(), self.text, self.line)

    @property
    def history(self) -> History:
        return type(self).by_finding(**type(self).on_words_of(self))[self.words]

    def covers(self, finding: Finding) -> bool:
        """Whether it was given on the same words held against the same, which its sentence named."""
        return self.words == finding.words and all(_names(self.sentence, each) for each in finding.against)

    @classmethod
    def latest(cls) -> dict[str, Ruling]:
        """By the words that were found, the ruling that holds; in one query."""
        held = {key: history.holds for key, history in cls.by_finding().items()}
        return {key: ruling for key, ruling in held.items() if ruling}

    @classmethod
    def waiting(cls) -> list[Ruling]:
        """Those that a second person is asked about, the oldest first; in one query."""
        waits = [history.waits for history in cls.by_finding().values()]
        return sorted((ruling for ruling in waits if ruling), key=lambda ruling: ruling.pk)

    def refuse_if_settled(self) -> None:
        if self.history.waits != self:
            raise WrongState("后来又有新的处理，这一条不用核对了。")

    @classmethod
    def on(cls, finding: Finding, verdict: str, *, by: Any, reason: str) -> Ruling:
        """Decide of a finding; never written again. Raises WrongState: an error is mended, not ruled on, and where
        nothing was decided there is nothing to take back."""
        if finding.level == Level.ERROR:
            raise WrongState("这是错误，只能改，不能认可，也不能注明原文如此。")
        if verdict == cls.Verdict.REOPENED and not cls.objects.filter(**cls.on_words_of(finding)).exists():
            raise WrongState("这一条还没有处理过，没有可撤回的。")
        latest = cls.objects.filter(**cls.on_words_of(finding)).order_by("pk").last()
        said = latest and (latest.by_id, latest.verdict, latest.reason)
        if latest and said == (by.pk, verdict, reason) and (latest.opinion is None or latest.opinion.agrees):
            raise AlreadyDone("您刚才已经这样处理过，没有再记一次。")
        spot = finding.spot
        return cls.objects.create(
            key=finding.key,
            rule=finding.rule,
            kind=spot.kind,
            code=spot.code,
            anchor=spot.anchor,
            text=finding.text,
            line=finding.line,
            sentence=finding.sentence,
            verdict=verdict,
            reason=reason,
            by=by,
            by_name=name_of(by),
        )


def _names(sentence: str, what: str) -> bool:
    """Whether these words stand in it; a number as a whole one."""
    return bool(re.search(rf"(?<!\d){re.escape(what)}(?!\d)" if what.isdigit() else re.escape(what), sentence))


@dataclass(frozen=True)
class History:
    """What was ruled on one finding: the ruling that holds, and the one that waits for a second person."""

    holds: Ruling | None = None
    waits: Ruling | None = None

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> History:
        """From the rulings in the order in which they were given. Whatever says 原文如此 in public, or ends that, is of
        two people; the rest holds at once. A later ruling takes the place of one that waits."""
        holds: Ruling | None = None
        waits: Ruling | None = None
        for ruling in rulings:
            public = Ruling.Verdict.AS_PRINTED in (ruling.verdict, holds.verdict if holds else "")
            waits = ruling if public and ruling.opinion is None else None
            if not public or ruling.is_agreed:
                holds = None if ruling.verdict == Ruling.Verdict.REOPENED else ruling
        return cls(holds, waits)


@dataclass(frozen=True)
class AsPrinted:
    """Words of which the public page says 原文如此, and the paragraph that they stand in."""

    kind: str
    code: str
    anchor: str
    line: str
    text: str

    def stands_in(self, document: Document) -> bool:
        """Whether that paragraph stands there in this edition too."""
        cells = (cell.text for place in document.places() if place.anchor == self.anchor for cell in place.cells)
        return any(self.line == text or self.line in text.split("\n") for text in cells)


def as_printed() -> tuple[AsPrinted, ...]:
    """All of them, for the catalogue (editions.public.catalogue.watch)."""
    agreed = Ruling.objects.filter(verdict=Ruling.Verdict.AS_PRINTED, second_opinion__agrees=True)
    held = [history.holds for history in Ruling.by_finding(code__in=agreed.values("code")).values()]
    return tuple(
        AsPrinted(r.kind, r.code, r.anchor, r.line, r.text)
        for r in held
        if r and r.verdict == Ruling.Verdict.AS_PRINTED
    )


class OwnFindingQuerySet(models.QuerySet["OwnFinding"]):
    def agreed(self) -> Self:
        """Those that a second person agreed to."""
        return self.filter(second_opinion__agrees=True).order_by("pk")

    def waiting(self) -> Self:
        """Those that a second person is asked about, the oldest first."""
        return self.filter(second_opinion=None).order_by("pk")


class OwnFinding(Seconded):
    """人工发现: what somebody of the staff found, and a second one too. It holds as long as the words stand at their
    place."""

    objects: ClassVar[Any] = OwnFindingQuerySet.as_manager()
    asked_as: ClassVar[str] = "own_finding"

    class Meta(Authored.Meta):
        verbose_name = "人工发现"
        verbose_name_plural = "人工发现"
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=~Q(text="") & ~Q(sentence=""), name="own_finding_says_something"),
            visible_constraint("own_finding", "sentence", "by_name"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @classmethod
    def note(cls, spot: Spot, text: str, sentence: str, *, by: Any) -> OwnFinding:
        """Raises AlreadyDone."""
        said = {"kind": spot.kind, "code": spot.code, "anchor": spot.anchor, "text": text, "sentence": sentence}
        if cls.objects.waiting().filter(**said, by=by).exists():
            raise AlreadyDone("这一条您已经记下，正等第二人核对，没有再记一次。")
        return cls.objects.create(**said, by=by, by_name=name_of(by))


class SecondOpinion(Authored):
    """核对: what a second person says of 原文如此 or of what somebody found by hand."""

    ruling = models.OneToOneField(
        Ruling, verbose_name="处理", on_delete=models.PROTECT, null=True, related_name="second_opinion"
    )
    own_finding = models.OneToOneField(
        OwnFinding, verbose_name="人工发现", on_delete=models.PROTECT, null=True, related_name="second_opinion"
    )
    agrees = models.BooleanField("同意")
    reason = models.TextField("理由", blank=True)

    class Meta(Authored.Meta):
        verbose_name = "体检核对"
        verbose_name_plural = "体检核对"
        ordering = ["pk"]
        constraints = [
            visible_constraint("second_opinion", "reason", "by_name"),
            CheckConstraint(
                condition=Q(ruling=None, own_finding__isnull=False) | Q(ruling__isnull=False, own_finding=None),
                name="second_opinion_of_one_thing",
            ),
            CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""),
                name="second_opinion_says_why_not",
                violation_error_message="不同意的，请写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}{'同意' if self.agrees else f'不同意：{self.reason}'}"


class FoundByHand(Rule):
    """What the staff found themselves."""

    code, label, level = "by-hand", "人工发现", Level.WARNING
    says = "{sentence}"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for own in checked.by_hand:
            here = (t for t in checked.of(own.kind) if (t.spot.code, t.spot.anchor) == (own.code, own.anchor))
            found = next((text for text in here if own.text in text.text), None)
            if found:
                yield self.at(found.spot, own.text, found.text, sentence=own.sentence)


class Mend(Placed):
    """拟改: how a paragraph is to read. A proposal, nobody's record: it goes away when it is carried out or dropped."""

    line = models.TextField("现在的整段文字")
    new = models.TextField("改成")
    reason = models.TextField("理由", blank=True)
    """Why, in the words of whoever proposes it: it is published with the edition."""
    by = models.ForeignKey("accounts.Account", verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField("提出人姓名", max_length=200)
    at = models.DateTimeField("时间", default=timezone.now)

    serving_privileges: ClassVar[str] = "SELECT, INSERT, DELETE"

    class Meta:
        verbose_name = "拟改"
        verbose_name_plural = "拟改"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.line} → {self.new}"


class CheckUpResult(models.Model):
    """体检结果: what the check-up found of an edition when it was submitted, and what had been decided of it; one line
    for each finding, as check_register prints it."""

    edition = models.OneToOneField(
        "editions.Edition", verbose_name="版本", on_delete=models.PROTECT, related_name="checkup_result"
    )
    findings = models.JSONField("发现", default=list)

    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        verbose_name = "体检结果"
        verbose_name_plural = "体检结果"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{len(self.findings)} 条"
