"""案卷评查: every half-year a list of closed cases is made known, some are drawn from it, and each of these is scored
by somebody who took no part in it. Nothing of it is ever written again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused
from acts.models import Authored, name_of
from acts.subjects import in_words, refuse_unseen
from cases import rules
from cases.case import Case
from cases.watching import score
from cases.watching.draw import LONGEST_SEED, NotDrawable, digest_of, draw, list_of
from clocks.working_days import DAY
from verbatim.fields import given_constraint, visible_constraint

SHA256 = Func(
    Func(F("numbers"), Value("UTF8"), function="convert_to"),
    function="sha256",
    template="encode(%(function)s(%(expressions)s), 'hex')",
    output_field=models.CharField(),
)


def may_assess(account: Any) -> bool:
    """案审办."""
    return Case.may(account, "audit")


def half_before(year: int, half: int) -> tuple[int, int]:
    return (year, 1) if half == 2 else (year - 1, 2)


def may_see(account: Any) -> bool:
    """And who watches over it, or heads the bureau."""
    return any(Case.may(account, role) for role in ("audit", "approve", "supervise"))


class Assessment(Authored):
    """评查: of one half-year, with the list from which is drawn, as it was made known before there was a seed."""

    class Half(models.IntegerChoices):
        FIRST = 1, "上半年"
        SECOND = 2, "下半年"

    year = models.PositiveSmallIntegerField("年份")
    half = models.PositiveSmallIntegerField("半年", choices=Half)
    since = models.DateField("结案日期自")
    until = models.DateField("结案日期至")
    numbers = models.TextField("名单")
    digest = models.CharField("名单摘要", max_length=64)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "案卷评查"
        verbose_name_plural = "案卷评查"
        ordering: ClassVar[Any] = ["-year", "-half"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(
                fields=["year", "half"],
                name="assessment_one_of_a_half_year",
                violation_error_message="这半年的名单已经固定，不能再固定一次。",
            ),
            CheckConstraint(
                condition=Q(half__in=[1, 2], year__range=(2000, 2999)) & Q(since__lte=F("until")),
                name="assessment_of_a_half_year",
            ),
            CheckConstraint(condition=Q(digest=SHA256), name="assessment_digest_of_its_list"),
            visible_constraint("assessment", "by_name"),
        ]

    @property
    def list_name(self) -> str:
        """What the file of the list is called."""
        return f"case-files-{self.year}-{self.half}.txt"

    def __str__(self) -> str:
        return f"{self.year} 年{self.get_half_display()}案卷评查"

    @property
    def due(self) -> datetime.date:
        return rules.CaseReview.due(self.year, self.half)

    @property
    def listed(self) -> list[str]:
        return self.numbers.splitlines()

    @property
    def is_drawn(self) -> bool:
        return hasattr(self, "draw")

    @classmethod
    def possible(cls) -> list[tuple[int, int]]:
        """The half-years whose list can be fixed now: the one that runs, and the one before it."""
        today = timezone.localdate()
        now = today.year, 1 if today.month <= 6 else 2
        fixed = set(cls.objects.values_list("year", "half"))
        return [each for each in (now, half_before(*now)) if each not in fixed]

    @classmethod
    def fix(cls, *, by: Any, year: int, half: int) -> Self:
        """固定名单: all that was closed from where the list before ends until yesterday, so that nothing more can come
        and nothing is left out; also what was closed before that and came into no list, since that one was fixed with
        the clock ahead. Raises Refused."""
        if not may_assess(by):
            raise NotYours("案卷评查由案审办组织，您的账号没有这项权限。")
        if (year, half) not in cls.possible():
            raise Refused("这半年的名单已经固定，或者不在可以评查的时间。")
        since, until = cls.period(year, half)
        listed = {number for each in cls.objects.all() for number in each.listed}  # some are closed once more
        first = cls.objects.order_by("since").values_list("since", flat=True).first() or since
        closed = Case.objects.filter(closed_on__range=(min(first, since), until)).exclude(number__in=listed)
        if not closed.exists():
            raise Incomplete(f"{since} 以后、{until + DAY} 以前没有结案的案件，没有名单可以固定。")
        numbers = list_of(closed.values_list("number", flat=True))
        since = min(since, *filter(None, closed.values_list("closed_on", flat=True)))
        given = {"year": year, "half": half, "since": since, "until": until}
        signed = {"by": by, "by_name": name_of(by), "at": timezone.now()}
        made = cls(**given, numbers=numbers, digest=digest_of(numbers), **signed)
        with in_words(), transaction.atomic():
            made.save(force_insert=True)
        return made

    @classmethod
    def period(cls, year: int, half: int) -> tuple[datetime.date, datetime.date]:
        """From when to when the cases of its list were closed; each case comes into one list."""
        before = dict(zip(("year", "half"), half_before(year, half), strict=True))
        last = cls.objects.filter(**before).values_list("until", flat=True).first()
        since = last + DAY if last else datetime.date(year, 1 if half == 1 else 7, 1)
        return since, min(rules.CaseReview.due(year, half), timezone.localdate() - DAY)

    def take_draw(self, *, by: Any, seed: str, origin: str, published_on: datetime.date, size: int) -> AssessmentDraw:
        """抽取, by a seed that came after the list. Raises Refused."""
        if not may_assess(by):
            raise NotYours("案卷评查由案审办组织，您的账号没有这项权限。")
        today = timezone.localdate()
        if not timezone.localtime(self.at).date() < published_on <= today:
            raise Incomplete("种子要在名单固定以后产生，产生日期要晚于固定名单那一天，不晚于今天。")
        refuse_unseen({"种子": seed, "种子的来历": origin})
        try:
            drawn = draw(self.listed, seed, size)
        except NotDrawable as error:
            raise Incomplete(str(error)) from None
        cases = {case.number: case for case in Case.objects.filter(number__in=drawn)}
        signed = {"by": by, "by_name": name_of(by)}
        made = AssessmentDraw(assessment=self, seed=seed, origin=origin, published_on=published_on, size=size, **signed)
        with in_words(), transaction.atomic():
            made.save(force_insert=True)
            DrawnFile.objects.bulk_create(
                DrawnFile(draw=made, case=cases[number], place=place, **signed)
                for place, number in enumerate(drawn, start=1)
            )
        return made


class AssessmentDraw(Authored):
    """抽取: the seed, whence it came, and how many are drawn."""

    assessment = models.OneToOneField(
        Assessment, verbose_name="案卷评查", on_delete=models.PROTECT, related_name="draw"
    )
    seed = models.CharField(
        "种子", max_length=LONGEST_SEED, help_text="名单固定以后才产生、谁也不能选的一行文字，例如一期彩票的中奖号码。"
    )
    origin = models.CharField("种子的来历", max_length=200, help_text="例如体彩排列五第 26321 期，让别人查得到。")
    published_on = models.DateField("种子产生的日期")
    size = models.PositiveSmallIntegerField("抽取几件")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "评查案卷的抽取"
        verbose_name_plural = "评查案卷的抽取"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(size__gt=0), name="assessmentdraw_of_some"),
            given_constraint("assessmentdraw", "seed", "origin", said="请写明种子和它的来历。"),
            visible_constraint("assessmentdraw", "seed", "origin", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}，抽取 {self.size} 件"

    def is_drawn_so(self, drawn: list[str]) -> bool:
        """Whether list and seed lead to these, when it is drawn again."""
        return digest_of(self.assessment.numbers) == self.assessment.digest and drawn == draw(
            self.assessment.listed, self.seed, self.size
        )


class DrawnFile(Authored):
    """抽中的案卷."""

    draw = models.ForeignKey(AssessmentDraw, verbose_name="抽取", on_delete=models.PROTECT, related_name="files")
    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="drawn")
    place = models.PositiveSmallIntegerField("第几件")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "抽中的案卷"
        verbose_name_plural = "抽中的案卷"
        ordering: ClassVar[Any] = ["draw", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["draw", "case"], name="drawnfile_once_in_a_draw"),
            UniqueConstraint(fields=["draw", "place"], name="drawnfile_one_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.case}"

    @property
    def is_scored(self) -> bool:
        return hasattr(self, "sheet")

    def took_part(self, account: Any) -> bool:
        """Whether this person handled the case, judged it, did anything else with it, or stepped back from it."""
        acted = self.case.sides.filter(account=account).exists() or self.case.timeline.filter(by=account).exists()
        return acted or self.case.has_stepped_back(account)

    def score(self, *, by: Any, given: Mapping[str, tuple[int, str]], remark: str = "") -> ScoreSheet:
        """评分: `given` are by item how many points are taken off, and why. Raises Refused."""
        if not may_assess(by):
            raise NotYours("案卷由案审办评分，您的账号没有这项权限。")
        if self.took_part(by):
            raise NotYours("这一案您经办或者审核、审理过，要由别人来评分。")
        if self.case.closed_on is None:
            raise Incomplete(f"案件 {self.case.number} 已经退回，没有结案，结案以后再评分。")
        refuse_unseen({"总的意见": remark} | {score.BY_ID[item].label: why for item, (_, why) in given.items()})
        signed = {"by": by, "by_name": name_of(by)}
        taken = {item.id: given.get(item.id, (0, "")) for item in score.ITEMS}
        total = score.FULL - sum(off for off, _ in taken.values())
        sheet = ScoreSheet(file=self, total=total, grade=score.grade(total), remark=remark.strip(), **signed)
        with in_words(), transaction.atomic():
            sheet.save(force_insert=True)
            for item in score.ITEMS:
                off, why = taken[item.id]
                row = Score(sheet=sheet, item=item.id, points=item.points, taken_off=off, why=why.strip(), **signed)
                row.save(force_insert=True)
        return sheet


class ScoreSheet(Authored):
    """评分表."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", "优秀"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    file = models.OneToOneField(DrawnFile, verbose_name="案卷", on_delete=models.PROTECT, related_name="sheet")
    total = models.PositiveSmallIntegerField("总分")
    grade = models.CharField("等次", max_length=20, choices=Grade)
    remark = models.TextField("总的意见", blank=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "案卷评分表"
        verbose_name_plural = "案卷评分表"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(total__range=(score.EXCELLENT, score.FULL), grade="excellent")
                | Q(total__range=(score.PASSED, score.EXCELLENT - 1), grade="passed")
                | Q(total__lt=score.PASSED, grade="failed"),
                name="scoresheet_grade_of_its_total",
            ),
            visible_constraint("scoresheet", "remark", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.total} 分，{self.get_grade_display()}"


class Score(Authored):
    """一项得分: how many of its points are taken off, and why."""

    sheet = models.ForeignKey(ScoreSheet, verbose_name="评分表", on_delete=models.PROTECT, related_name="scores")
    item = models.CharField("项目", max_length=20, choices=[(item.id, item.label) for item in score.ITEMS])
    points = models.PositiveSmallIntegerField("满分")
    taken_off = models.PositiveSmallIntegerField("扣分")
    why = models.TextField("扣分的理由", blank=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "评分项目"
        verbose_name_plural = "评分项目"
        ordering: ClassVar[Any] = ["sheet", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["sheet", "item"], name="score_once_for_an_item"),
            CheckConstraint(
                condition=Q(taken_off__lte=F("points")),
                name="score_no_more_than_its_points",
                violation_error_message="扣分不能超过这一项的满分。",
            ),
            CheckConstraint(
                condition=Q(taken_off=0) | ~Q(why=""),
                name="score_says_why",
                violation_error_message="扣分的，请写明理由。",
            ),
            visible_constraint("score", "why", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.left}"

    @property
    def left(self) -> int:
        return self.points - self.taken_off
