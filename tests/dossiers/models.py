"""What a future floor needs of history and acts, and no more."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from acts import models as acts
from acts.steps import OtherHand, Step, Steps
from acts.subjects import Subject
from history.models import WorkingRow
from verbatim.fields import LineField

STEPS = Steps(
    Step(verb="opened", label="立卷", leads_to="open", hand="opened"),
    Step(
        verb="decided",
        label="决定",
        method="decide",
        begins={"decide": ["open"]},
        leads_to="decided",
        hand="decided",
        keeps_reason_in="grounds",
        not_by=[OtherHand("opened", "卷宗是您立的，要由别人来决定。")],
        why="请写明决定的理由。",
    ),
)


class Note(WorkingRow):
    """卷内便笺: a row with a trail that no edition seals."""

    text = LineField("内容")

    area: ClassVar[str] = "dossiers"

    class Meta(WorkingRow.Meta):
        verbose_name = "卷内便笺"
        verbose_name_plural = "卷内便笺"

    def __str__(self) -> str:
        return self.text


class Dossier(Subject):
    """卷宗: opened by one person and decided by another."""

    number = models.CharField("卷号", max_length=20, unique=True)
    state = models.CharField("状态", max_length=20, choices=[("open", "在办"), ("decided", "已决定")])
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by_name = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    grounds = models.TextField("理由", blank=True)

    steps: ClassVar[Any] = STEPS
    label_field: ClassVar[str] = "number"
    initial_states: ClassVar[Any] = {"open": ("opened_by", "opened_by_name", "opened_at")}
    acts_area: ClassVar[str] = "dossiers"
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    followed: ClassVar[str] = "*"

    class Meta:
        verbose_name = "卷宗"
        verbose_name_plural = "卷宗"
        default_permissions = ("view", "decide")

    def __str__(self) -> str:
        return f"卷宗 {self.number}"

    def decide(self, *, by: Any, reason: str = "") -> None:
        with self.acting("decided", by=by, reason=reason):
            pass


class DossierAct(acts.Act):
    """卷宗经办记录."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="timeline")
    verb = models.CharField("经办事项", max_length=20, choices=STEPS.choices())

    class Meta(acts.Act.Meta):
        verbose_name = "卷宗经办记录"
        verbose_name_plural = "卷宗经办记录"
        constraints = [UniqueConstraint(fields=["dossier", "number"], name="dossier_act_one_of_a_number")]
