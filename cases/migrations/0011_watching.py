"""Files drawn to be assessed, their score sheets; who opened a case."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="reading",
            name="what",
            field=models.CharField(
                choices=[
                    ("opened", "打开案卷"),
                    ("personal_data", "查看个人信息"),
                    ("export", "导出"),
                    ("attachment", "取出附件"),
                ],
                max_length=20,
                verbose_name="事项",
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("half", models.PositiveSmallIntegerField(choices=[(1, "上半年"), (2, "下半年")], verbose_name="半年")),
                ("since", models.DateField(verbose_name="结案日期自")),
                ("until", models.DateField(verbose_name="结案日期至")),
                ("numbers", models.TextField(verbose_name="名单")),
                ("digest", models.CharField(max_length=64, verbose_name="名单摘要")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "案卷评查",
                "verbose_name_plural": "案卷评查",
                "ordering": ["-year", "-half"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AssessmentDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "seed",
                    models.CharField(
                        help_text="名单固定以后才产生、谁也不能选的一行文字，例如一期彩票的中奖号码。",
                        max_length=200,
                        verbose_name="种子",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        help_text="例如体彩排列五第 26321 期，让别人查得到。", max_length=200, verbose_name="种子的来历"
                    ),
                ),
                ("published_on", models.DateField(verbose_name="种子产生的日期")),
                ("size", models.PositiveSmallIntegerField(verbose_name="抽取几件")),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draw",
                        to="cases.assessment",
                        verbose_name="案卷评查",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "评查案卷的抽取",
                "verbose_name_plural": "评查案卷的抽取",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DrawnFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("place", models.PositiveSmallIntegerField(verbose_name="第几件")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="cases.assessmentdraw",
                        verbose_name="抽取",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中的案卷",
                "verbose_name_plural": "抽中的案卷",
                "ordering": ["draw", "place"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("total", models.PositiveSmallIntegerField(verbose_name="总分")),
                (
                    "grade",
                    models.CharField(
                        choices=[("excellent", "优秀"), ("passed", "合格"), ("failed", "不合格")],
                        max_length=20,
                        verbose_name="等次",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="总的意见")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet",
                        to="cases.drawnfile",
                        verbose_name="案卷",
                    ),
                ),
            ],
            options={
                "verbose_name": "案卷评分表",
                "verbose_name_plural": "案卷评分表",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("filing", "立案"),
                            ("inquiry", "调查取证"),
                            ("audit", "审核审理"),
                            ("notice", "告知"),
                            ("decision", "决定"),
                            ("service", "送达"),
                            ("enforcement", "执行"),
                            ("closing", "结案归档"),
                            ("papers", "文书"),
                        ],
                        max_length=20,
                        verbose_name="项目",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="满分")),
                ("taken_off", models.PositiveSmallIntegerField(verbose_name="扣分")),
                ("why", models.TextField(blank=True, verbose_name="扣分的理由")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="cases.scoresheet",
                        verbose_name="评分表",
                    ),
                ),
            ],
            options={
                "verbose_name": "评分项目",
                "verbose_name_plural": "评分项目",
                "ordering": ["sheet", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("year", "half"),
                name="assessment_one_of_a_half_year",
                violation_error_message="这半年的名单已经固定，不能再固定一次。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("half__in", [1, 2]), ("year__range", (2000, 2999)), ("since__lte", models.F("until"))
                ),
                name="assessment_of_a_half_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "digest",
                        models.Func(
                            models.Func(models.F("numbers"), models.Value("UTF8"), function="convert_to"),
                            function="sha256",
                            output_field=models.CharField(),
                            template="encode(%(function)s(%(expressions)s), 'hex')",
                        ),
                    )
                ),
                name="assessment_digest_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="assessment_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentdraw",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="assessmentdraw_of_some"),
        ),
        migrations.AddConstraint(
            model_name="assessmentdraw",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("seed", ""), _negated=True), models.Q(("origin", ""), _negated=True)),
                name="assessmentdraw_given",
                violation_error_message="请写明种子和它的来历。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentdraw",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "seed", "origin", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="assessmentdraw_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawnfile",
            constraint=models.UniqueConstraint(fields=("draw", "case"), name="drawnfile_once_in_a_draw"),
        ),
        migrations.AddConstraint(
            model_name="drawnfile",
            constraint=models.UniqueConstraint(fields=("draw", "place"), name="drawnfile_one_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade", "excellent"), ("total__range", (90, 100))),
                    models.Q(("grade", "passed"), ("total__range", (60, 89))),
                    models.Q(("grade", "failed"), ("total__lt", 60)),
                    _connector="OR",
                ),
                name="scoresheet_grade_of_its_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.CheckConstraint(
                condition=models.Func("remark", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="scoresheet_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("sheet", "item"), name="score_once_for_an_item"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_off__lte", models.F("points"))),
                name="score_no_more_than_its_points",
                violation_error_message="扣分不能超过这一项的满分。",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_off", 0), models.Q(("why", ""), _negated=True), _connector="OR"),
                name="score_says_why",
                violation_error_message="扣分的，请写明理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Func("why", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="score_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
