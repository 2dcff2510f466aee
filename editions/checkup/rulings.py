"""What people decide of findings, what they find themselves, and how they would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from editions.acts import Kept, name_of
from editions.checkup.rules import Checked, Finding, Level, Rule, Spot
from verbatim.documents import Document
from verbatim.fields import kept_seen


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


class Ruling(Kept, Placed):
    """处理: what somebody decided of a finding. Its latest ruling holds. It is a ruling on these very words: where the
    text changes, the finding is another one, and is there again."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "认可"  # it may stay as it is
        AS_PRINTED = "as_printed", "原文如此"  # it stays, and the public page says so beside the text
        REOPENED = "reopened", "撤回处理"  # as if nothing had been decided

    key = models.CharField("发现", max_length=64)
    rule = models.CharField("规则", max_length=30)
    line = models.TextField("整段文字", blank=True)
    verdict = models.CharField("处理", max_length=20, choices=Verdict)
    reason = models.TextField("理由")

    class Meta(Kept.Meta):
        verbose_name = "体检处理"
        verbose_name_plural = "体检处理"
        ordering = ["pk"]
        indexes = [models.Index(fields=["key"], name="ruling_key")]
        constraints = [
            CheckConstraint(
                condition=~Q(reason=""), name="ruling_has_a_reason", violation_error_message="请写明理由。"
            ),
            kept_seen("ruling", "reason", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}：{self.reason}"

    @classmethod
    def latest(cls) -> dict[str, Ruling]:
        """By finding, the ruling that holds; in one query."""
        held = {ruling.key: ruling for ruling in cls.objects.order_by("pk")}
        return {key: ruling for key, ruling in held.items() if ruling.verdict != cls.Verdict.REOPENED}

    @classmethod
    def on(cls, finding: Finding, verdict: str, *, by: Any, reason: str) -> Ruling:
        """Decide of a finding; never written again."""
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
    """All of them, for the catalogue (editions.catalogue.watch)."""
    latest = Ruling.objects.order_by("key", "-pk").distinct("key")
    found = latest.values_list("verdict", "kind", "code", "anchor", "line", "text")
    return tuple(AsPrinted(*rest) for verdict, *rest in found if verdict == Ruling.Verdict.AS_PRINTED)


class OwnFinding(Kept, Placed):
    """人工发现: what somebody of the staff found. It holds as long as the words stand at their place."""

    class Meta(Kept.Meta):
        verbose_name = "人工发现"
        verbose_name_plural = "人工发现"
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=~Q(text="") & ~Q(sentence=""), name="own_finding_says_something"),
            kept_seen("own_finding", "sentence", "by_name"),
        ]

    def __str__(self) -> str:
        return self.sentence


class FoundByHand(Rule):
    """What the staff found themselves."""

    code, label, level = "by-hand", "人工发现", Level.WARNING
    says = "{sentence}"

    def check(self, checked: Checked) -> Iterator[Finding]:
        for own in checked.by_hand:
            here = (t for t in checked.of(own.kind) if (t.spot.code, t.spot.anchor) == (own.code, own.anchor))
            found = next((text for text in here if own.text in text.text), None)
            if found:
                yield self.at(found.spot, own.text, found.text, sentence=own.sentence)


class Mend(Placed):
    """拟改: how a paragraph is to read. A proposal, nobody's record: it goes away when it is carried out or dropped."""

    line = models.TextField("现在的整段文字")
    new = models.TextField("改成")
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
