"""执法人员, 案审委: who may act in cases, by what certificate, for how long; and who acts in one."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.functions import Least

from acts.models import Authored
from cases.rows.roll import RollRow
from verbatim.fields import LineField, tidy_constraints, visible_constraint

TERM = Func(Least("since", "until"), F("until"), Value("[]"), function="daterange", output_field=DateRangeField())
"""From the first day to the last, both of them in it; that they are in order is held elsewhere."""
IN_ORDER = Q(until__isnull=True) | Q(until__gte=F("since"))


class Officer(RollRow):
    """执法人员: an account with a certificate to enforce the law."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.PROTECT, related_name="officer"
    )
    certificate = LineField("执法证号")
    since = models.DateField("有效期自")
    until = models.DateField("有效期至", null=True, blank=True, help_text="长期有效的不填。")
    law_certificate = LineField("法律职业资格证号", blank=True, help_text="没有的不填。")

    class Meta(RollRow.Meta):
        verbose_name = "执法人员"
        verbose_name_plural = "执法人员"
        ordering = ["certificate"]
        constraints = [
            UniqueConstraint(fields=["certificate"], name="officer_one_of_a_certificate"),
            CheckConstraint(
                condition=IN_ORDER, name="officer_term_in_order", violation_error_message="有效期的止日早于起日。"
            ),
            *tidy_constraints("officer", "certificate", "law_certificate"),
            visible_constraint("officer", "certificate", "law_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.account.get_full_name()}（{self.certificate}）"


class Member(RollRow):
    """案审委委员: a member of the committee, for a term."""

    class Post(models.TextChoices):
        CHAIR = "chair", "主任委员"
        DEPUTY = "deputy", "副主任委员"
        MEMBER = "member", "委员"

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.PROTECT, related_name="memberships"
    )
    post = models.CharField("职务", max_length=10, choices=Post)
    since = models.DateField("任期自")
    until = models.DateField("任期至", null=True, blank=True, help_text="还在任的不填。")
    basis = LineField("任命文件", blank=True)

    class Meta(RollRow.Meta):
        verbose_name = "案审委委员"
        verbose_name_plural = "案审委委员"
        ordering = ["since", "pk"]
        constraints = [
            UniqueConstraint(fields=["account", "since"], name="member_one_term_from_a_day"),
            CheckConstraint(
                condition=IN_ORDER, name="member_term_in_order", violation_error_message="任期的止日早于起日。"
            ),
            CheckConstraint(condition=Q(post__in=["chair", "deputy", "member"]), name="member_post_known"),
            ExclusionConstraint(
                name="member_one_seat_at_a_time",
                expressions=[
                    (
                        Func(
                            F("account"),
                            F("account"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人的任期和他的另一段任期重叠。",
            ),
            *(
                ExclusionConstraint(
                    name=f"member_one_{post}_at_a_time",
                    expressions=[(TERM, RangeOperators.OVERLAPS)],
                    condition=Q(post=post),
                    violation_error_message=f"同一段时间只有一名{said}，请核对任期。",
                )
                for post, said in (("chair", "主任委员"), ("deputy", "副主任委员"))
            ),
            *tidy_constraints("member", "basis"),
            visible_constraint("member", "basis"),
        ]

    def __str__(self) -> str:
        return f"{self.account.get_full_name()}，{self.get_post_display()}"

    def is_chair_on(self, day: datetime.date) -> bool:
        return self.post == self.Post.CHAIR and self.is_valid_on(day)


class Handler(Authored):
    """承办人员: an officer who handles a case, named by whoever filed it; `by` is who named them."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="handlers")
    officer = models.ForeignKey(Officer, verbose_name="执法人员", on_delete=models.PROTECT, related_name="cases")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "承办人员"
        verbose_name_plural = "承办人员"
        ordering = ["case", "pk"]
        constraints = [UniqueConstraint(fields=["case", "officer"], name="handler_once_in_a_case")]

    def __str__(self) -> str:
        return str(self.officer)


class ByTwo(Authored):
    """Done by two officers at once, in whose names it stands."""

    first_officer = models.ForeignKey(Officer, verbose_name="执法人员", on_delete=models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(
        Officer, verbose_name="另一名执法人员", on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Authored.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=~Q(first_officer=F("second_officer")),
                name="%(class)s_by_two",
                violation_error_message="要有两名以上执法人员。",
            )
        ]

    @property
    def officers(self) -> list[Officer]:
        return [self.first_officer, self.second_officer]
