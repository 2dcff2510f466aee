"""From the committee to the archive: every act from 8 to 19, evidence, papers, the worklist, watching over cases."""

import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_conclusion_and_audit"),
        ("offices", "0004_code_by_example"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("where", models.CharField(max_length=200, verbose_name="更正哪一处")),
                ("right", models.TextField(verbose_name="更正为")),
            ],
            options={
                "verbose_name": "更正",
                "verbose_name_plural": "更正",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("pages", models.PositiveIntegerField(help_text="编了页号的。", verbose_name="页数")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="案卷 PDF 的摘要")),
                ("contents", models.TextField(verbose_name="卷内目录")),
                ("seal", models.TextField(verbose_name="封存文本")),
                ("seal_digest", models.CharField(max_length=64, verbose_name="封存文本的摘要")),
            ],
            options={
                "verbose_name": "归档的案卷",
                "verbose_name_plural": "归档的案卷",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("asked_on", models.DateField(verbose_name="书面申请日期")),
                ("ends_on", models.DateField(verbose_name="最后一期的日期")),
            ],
            options={
                "verbose_name": "延期、分期缴纳",
                "verbose_name_plural": "延期、分期缴纳",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
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
            ],
            options={
                "verbose_name": "评查案卷的抽取",
                "verbose_name_plural": "评查案卷的抽取",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPG"),
                            ("image/png", "PNG"),
                            ("image/webp", "WEBP"),
                            ("video/mp4", "MP4"),
                            ("audio/mpeg", "MP3"),
                            ("audio/wav", "WAV"),
                            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"),
                            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
                            ("text/plain", "TXT"),
                        ],
                        max_length=100,
                        verbose_name="种类",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AttachmentVoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("reason", models.TextField(verbose_name="理由")),
            ],
            options={
                "verbose_name": "附件的作废",
                "verbose_name_plural": "附件的作废",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("present", "出席"),
                            ("observing", "列席（本案承办人员）"),
                            ("recused", "回避"),
                            ("absent", "缺席"),
                        ],
                        max_length=20,
                        verbose_name="出席情况",
                    ),
                ),
            ],
            options={
                "verbose_name": "委员出席情况",
                "verbose_name_plural": "委员出席情况",
                "ordering": ["meeting", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Ballot",
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
                    "vote",
                    models.CharField(
                        choices=[("agree", "同意"), ("disagree", "不同意"), ("supplement", "补充调查")],
                        max_length=20,
                        verbose_name="表决",
                    ),
                ),
                ("opinion", models.TextField(blank=True, verbose_name="意见")),
            ],
            options={
                "verbose_name": "表决",
                "verbose_name_plural": "表决",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Break",
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
                    "what",
                    models.CharField(
                        choices=[("investigation", "中止调查"), ("enforcement", "中止执行")],
                        max_length=20,
                        verbose_name="事项",
                    ),
                ),
                ("began_on", models.DateField(verbose_name="中止日期")),
            ],
            options={
                "verbose_name": "中止",
                "verbose_name_plural": "中止",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BreakEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("ended_on", models.DateField(verbose_name="恢复日期")),
            ],
            options={
                "verbose_name": "恢复",
                "verbose_name_plural": "恢复",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CorrectionCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("checked_on", models.DateField(verbose_name="复查日期")),
                ("is_mended", models.BooleanField(verbose_name="已经改正")),
                ("found", models.TextField(verbose_name="复查情况")),
            ],
            options={
                "verbose_name": "改正的复查",
                "verbose_name_plural": "改正的复查",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CorrectionOrder",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("直接送达", "直接送达"),
                            ("留置送达", "留置送达"),
                            ("委托送达", "委托送达"),
                            ("邮寄送达", "邮寄送达"),
                            ("电子送达", "电子送达"),
                            ("公告送达", "公告送达"),
                            ("送达地址确认书送达", "送达地址确认书送达"),
                        ],
                        max_length=20,
                        verbose_name="送达方式",
                    ),
                ),
                (
                    "served_on",
                    models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
                ),
                ("recipient", models.CharField(max_length=100, verbose_name="收件人")),
                (
                    "witness",
                    models.CharField(
                        blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
                    ),
                ),
                ("has_consent", models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达")),
                ("what", models.TextField(verbose_name="责令改正什么")),
                ("days", models.PositiveSmallIntegerField(verbose_name="改正期限（日）")),
                (
                    "rule",
                    models.CharField(
                        blank=True, help_text="没有规定的不填。", max_length=200, verbose_name="规定期限的条款"
                    ),
                ),
                ("is_approved", models.BooleanField(verbose_name="超过 30 日，已报负责人批准")),
            ],
            options={
                "verbose_name": "责令改正",
                "verbose_name_plural": "责令改正",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CourtApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("court", models.CharField(max_length=200, verbose_name="法院")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="申请执行的金额（元）",
                    ),
                ),
            ],
            options={
                "verbose_name": "申请法院强制执行",
                "verbose_name_plural": "申请法院强制执行",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CourtEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("ended_on", models.DateField(verbose_name="日期")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("executed", "执行完毕"),
                            ("ended", "法院结束执行"),
                            ("refused", "裁定不予受理、不予执行"),
                        ],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
                ("paper", models.CharField(help_text="法院文书的文号。", max_length=200, verbose_name="文书")),
            ],
            options={
                "verbose_name": "法院执行结果",
                "verbose_name_plural": "法院执行结果",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("party_name", models.CharField(max_length=200, verbose_name="当事人姓名或者名称")),
                ("party_address", models.CharField(max_length=300, verbose_name="当事人地址")),
                ("facts", models.TextField(verbose_name="违法事实")),
                ("evidence", models.TextField(verbose_name="证据")),
                ("basis", models.TextField(verbose_name="处罚依据")),
                ("reasons", models.TextField(verbose_name="处罚理由")),
                ("defence", models.TextField(blank=True, verbose_name="陈述、申辩是否采纳及理由")),
                ("standard", models.TextField(blank=True, verbose_name="依据的裁量基准")),
                ("payment", models.TextField(verbose_name="履行方式及期限")),
                ("remedy", models.TextField(verbose_name="救济途径及期限")),
                ("publicity_told", models.BooleanField(verbose_name="已告知处罚信息将公示")),
            ],
            options={
                "verbose_name": "决定书内容",
                "verbose_name_plural": "决定书内容",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Defence",
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
                    "kind",
                    models.CharField(
                        choices=[("statement", "陈述、申辩"), ("hearing", "要求听证"), ("waiver", "表示放弃")],
                        max_length=20,
                        verbose_name="内容",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("written", "书面"), ("spoken", "口头，已记录"), ("posted", "邮寄")],
                        max_length=20,
                        verbose_name="方式",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="收到日期")),
                (
                    "posted_on",
                    models.DateField(
                        blank=True, help_text="邮寄的才填，以邮戳为准。", null=True, verbose_name="邮戳日期"
                    ),
                ),
                ("text", models.TextField(help_text="逐点写明当事人提出的事实、理由和证据。", verbose_name="要点")),
            ],
            options={
                "verbose_name": "陈述、申辩、听证要求",
                "verbose_name_plural": "陈述、申辩、听证要求",
                "ordering": ["notice", "pk"],
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
            name="Evidence",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "书证"),
                            ("object", "物证"),
                            ("recording", "视听资料"),
                            ("data", "电子数据"),
                            ("testimony", "证人证言"),
                            ("statement", "当事人的陈述"),
                            ("opinion", "鉴定意见"),
                            ("record", "勘验笔录、现场笔录"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("proves", models.TextField(verbose_name="证明的事实")),
                ("obtained_at", models.DateTimeField(verbose_name="取得时间")),
                ("place", models.CharField(max_length=200, verbose_name="取得地点")),
                (
                    "origin",
                    models.CharField(
                        choices=[("collected", "执法人员收集"), ("party", "当事人提供"), ("others", "其他人提供")],
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据",
                "verbose_name_plural": "证据",
                "ordering": ["case", "obtained_at", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HandingOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("to", models.CharField(max_length=200, verbose_name="受移送机关")),
                ("handed_at", models.DateTimeField(verbose_name="移送时间")),
                (
                    "receipt",
                    models.CharField(help_text="回执的编号，或者谁签收。", max_length=200, verbose_name="回执"),
                ),
            ],
            options={
                "verbose_name": "移送",
                "verbose_name_plural": "移送",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("held_on", models.DateField(verbose_name="听证日期")),
                ("place", models.CharField(max_length=200, verbose_name="地点")),
                (
                    "is_public",
                    models.BooleanField(
                        default=True, help_text="涉及国家秘密、商业秘密、个人隐私的不公开。", verbose_name="公开举行"
                    ),
                ),
                ("told_on", models.DateField(verbose_name="听证通知送达日期")),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="公开举行的填。", null=True, verbose_name="公告日期"),
                ),
            ],
            options={
                "verbose_name": "听证",
                "verbose_name_plural": "听证",
                "ordering": ["notice", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HearingMinutes",
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
                    "course",
                    models.CharField(
                        choices=[("held", "举行完毕"), ("ended", "当事人无正当理由不到场或者中途退场，终止")],
                        max_length=20,
                        verbose_name="经过",
                    ),
                ),
                ("closed_on", models.DateField(verbose_name="结束日期")),
                ("agents", models.PositiveSmallIntegerField(default=0, verbose_name="当事人的代理人数")),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("指控", "指控"),
                                ("答辩", "答辩"),
                                ("质证", "质证"),
                                ("辩论", "辩论"),
                                ("最后陈述", "最后陈述"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        size=None,
                        verbose_name="进行了哪些环节",
                    ),
                ),
                ("record", models.TextField(verbose_name="笔录")),
                (
                    "signature",
                    models.CharField(
                        choices=[("signed", "当事人签名"), ("refused", "当事人拒绝签名")],
                        max_length=20,
                        verbose_name="签名情况",
                    ),
                ),
            ],
            options={
                "verbose_name": "听证笔录",
                "verbose_name_plural": "听证笔录",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HearingReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("text", models.TextField(help_text="听证的经过、各方意见和处理建议。", verbose_name="听证报告")),
            ],
            options={
                "verbose_name": "听证报告",
                "verbose_name_plural": "听证报告",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("due_on", models.DateField(verbose_name="到期日")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="金额（元）",
                    ),
                ),
            ],
            options={
                "verbose_name": "一期",
                "verbose_name_plural": "各期",
                "ordering": ["arrangement", "due_on"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("penalty", "给予行政处罚"),
                            ("none", "不予行政处罚"),
                            ("advice", "提出行政建议"),
                            ("transfer", "移送"),
                        ],
                        max_length=20,
                        verbose_name="拟作的处理",
                    ),
                ),
                (
                    "article",
                    models.CharField(
                        blank=True, help_text="法律名称、版本和条款。", max_length=200, verbose_name="依据的条款"
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("警告", "警告"),
                                ("通报批评", "通报批评"),
                                ("罚款", "罚款"),
                                ("没收违法所得", "没收违法所得"),
                                ("没收非法财物", "没收非法财物"),
                                ("责令停产停业", "责令停产停业"),
                                ("责令关闭", "责令关闭"),
                                ("暂扣许可证件", "暂扣许可证件"),
                                ("吊销许可证件", "吊销许可证件"),
                                ("降低资质等级", "降低资质等级"),
                                ("限制开展生产经营活动", "限制开展生产经营活动"),
                                ("限制从业", "限制从业"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="处罚种类",
                    ),
                ),
                (
                    "fine",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="罚款（元）",
                    ),
                ),
                (
                    "confiscated",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="没收的价值（元）",
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="法定最低罚款（元）",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="法定最高罚款（元）",
                    ),
                ),
                (
                    "compulsory",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("警告", "警告"),
                                ("通报批评", "通报批评"),
                                ("罚款", "罚款"),
                                ("没收违法所得", "没收违法所得"),
                                ("没收非法财物", "没收非法财物"),
                                ("责令停产停业", "责令停产停业"),
                                ("责令关闭", "责令关闭"),
                                ("暂扣许可证件", "暂扣许可证件"),
                                ("吊销许可证件", "吊销许可证件"),
                                ("降低资质等级", "降低资质等级"),
                                ("限制开展生产经营活动", "限制开展生产经营活动"),
                                ("限制从业", "限制从业"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="应当给予的种类",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("不予", "不予"),
                            ("减轻", "减轻"),
                            ("从轻", "从轻"),
                            ("一般", "一般"),
                            ("从重", "从重"),
                        ],
                        max_length=10,
                        verbose_name="裁量档次",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="减轻的法定情形")),
                ("reasons", models.TextField(blank=True, verbose_name="裁量理由")),
                ("held_on", models.DateField(verbose_name="会议日期")),
                ("place", models.CharField(max_length=200, verbose_name="地点")),
                ("is_deputised", models.BooleanField(verbose_name="主任委员已委托副主任委员主持")),
                ("is_weighty", models.BooleanField(verbose_name="情节复杂或者影响重大")),
                ("is_heavy", models.BooleanField(verbose_name="要三分之二以上委员审理")),
                ("members", models.PositiveSmallIntegerField(verbose_name="全体委员人数")),
                ("counted", models.PositiveSmallIntegerField(verbose_name="计入的出席委员人数")),
                (
                    "record",
                    models.TextField(help_text="承办人员的汇报、审核意见、各委员的意见。", verbose_name="审理记录"),
                ),
            ],
            options={
                "verbose_name": "案审会议",
                "verbose_name_plural": "案审会议",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                    "form",
                    models.PositiveSmallIntegerField(
                        help_text="《质量监督行政处罚文书目录》的序号。", verbose_name="文书"
                    ),
                ),
                (
                    "row",
                    models.PositiveBigIntegerField(
                        help_text="照案卷里哪一条记录制作；哪一种记录由文书决定。", verbose_name="所据的记录"
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("year", models.PositiveIntegerField(null=True, verbose_name="年份")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="编号")),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="文号")),
                ("content", models.TextField(verbose_name="内容")),
                ("pdf", models.BinaryField(verbose_name="PDF")),
                ("pdf_digest", models.CharField(max_length=64, verbose_name="PDF 的摘要")),
                ("docx", models.BinaryField(verbose_name="DOCX")),
                ("docx_digest", models.CharField(max_length=64, verbose_name="DOCX 的摘要")),
            ],
            options={
                "verbose_name": "文书",
                "verbose_name_plural": "文书",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PaperVoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("reason", models.TextField(verbose_name="理由")),
            ],
            options={
                "verbose_name": "文书的作废",
                "verbose_name_plural": "文书的作废",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                    "what",
                    models.CharField(
                        choices=[("fine", "罚款"), ("surcharge", "加处罚款"), ("confiscation", "没收款")],
                        max_length=20,
                        verbose_name="款项",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="金额（元）",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="缴款日期")),
                ("voucher", models.CharField(max_length=100, verbose_name="票据号")),
            ],
            options={
                "verbose_name": "缴款",
                "verbose_name_plural": "缴款",
                "ordering": ["case", "paid_on", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PenaltyNotice",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("直接送达", "直接送达"),
                            ("留置送达", "留置送达"),
                            ("委托送达", "委托送达"),
                            ("邮寄送达", "邮寄送达"),
                            ("电子送达", "电子送达"),
                            ("公告送达", "公告送达"),
                            ("送达地址确认书送达", "送达地址确认书送达"),
                        ],
                        max_length=20,
                        verbose_name="送达方式",
                    ),
                ),
                (
                    "served_on",
                    models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
                ),
                ("recipient", models.CharField(max_length=100, verbose_name="收件人")),
                (
                    "witness",
                    models.CharField(
                        blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
                    ),
                ),
                ("has_consent", models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达")),
                ("facts", models.TextField(verbose_name="违法事实")),
                ("basis", models.TextField(verbose_name="处罚依据")),
                ("reasons", models.TextField(verbose_name="处罚理由")),
                ("hearing_offered", models.BooleanField(verbose_name="已告知有要求听证的权利")),
            ],
            options={
                "verbose_name": "行政处罚告知",
                "verbose_name_plural": "行政处罚告知",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("直接送达", "直接送达"),
                            ("留置送达", "留置送达"),
                            ("委托送达", "委托送达"),
                            ("邮寄送达", "邮寄送达"),
                            ("电子送达", "电子送达"),
                            ("公告送达", "公告送达"),
                            ("送达地址确认书送达", "送达地址确认书送达"),
                        ],
                        max_length=20,
                        verbose_name="送达方式",
                    ),
                ),
                (
                    "served_on",
                    models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
                ),
                ("recipient", models.CharField(max_length=100, verbose_name="收件人")),
                (
                    "witness",
                    models.CharField(
                        blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
                    ),
                ),
                ("has_consent", models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达")),
                (
                    "paper",
                    models.CharField(
                        choices=[("decision", "行政处罚决定书"), ("outcome", "不予处罚决定书、执法建议书")],
                        max_length=20,
                        verbose_name="文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "送达回证",
                "verbose_name_plural": "送达回证",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Recheck",
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
                    "points",
                    models.TextField(
                        help_text="当事人的每一点是否采纳、为什么；没有陈述申辩的，写明没有。", verbose_name="复核意见"
                    ),
                ),
                ("is_changed", models.BooleanField(verbose_name="处理意见要改变，再报案审委审理")),
            ],
            options={
                "verbose_name": "复核",
                "verbose_name_plural": "复核",
                "ordering": ["notice", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Recusal",
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
                    "capacity",
                    models.CharField(
                        choices=[
                            ("主要负责人", "主要负责人"),
                            ("其他负责人", "其他负责人"),
                            ("承办人员", "承办人员"),
                            ("审核人员", "审核人员"),
                            ("案审委委员", "案审委委员"),
                            ("听证员", "听证主持人、听证员"),
                            ("记录员", "记录员"),
                        ],
                        max_length=20,
                        verbose_name="以什么身份",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                ("asked_by", models.CharField(help_text="当事人，或者本人。", max_length=100, verbose_name="提出人")),
                ("ground", models.TextField(verbose_name="理由")),
                (
                    "decided_by",
                    models.CharField(
                        choices=[
                            ("主要负责人", "主要负责人"),
                            ("负责人", "负责人"),
                            ("负责人集体讨论", "负责人集体讨论"),
                            ("听证主持人", "听证主持人"),
                            ("上一级机关", "上一级机关"),
                        ],
                        max_length=20,
                        verbose_name="由谁决定",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("steps_back", models.BooleanField(verbose_name="决定回避")),
            ],
            options={
                "verbose_name": "回避决定",
                "verbose_name_plural": "回避决定",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Remedy",
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
                    "kind",
                    models.CharField(
                        choices=[("review", "行政复议"), ("suit", "行政诉讼")], max_length=20, verbose_name="种类"
                    ),
                ),
                ("began_on", models.DateField(verbose_name="受理日期")),
            ],
            options={
                "verbose_name": "复议、诉讼",
                "verbose_name_plural": "复议、诉讼",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RemedyEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("ended_on", models.DateField(verbose_name="收到结果的日期")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "维持、驳回"),
                            ("changed", "变更"),
                            ("annulled", "撤销、确认违法"),
                            ("withdrawn", "撤回、终止"),
                        ],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
                (
                    "paper",
                    models.CharField(help_text="复议决定书或者裁判文书的文号。", max_length=200, verbose_name="文书"),
                ),
                (
                    "fine",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="变更罚款的才填。",
                        max_digits=12,
                        null=True,
                        verbose_name="变更后的罚款（元）",
                    ),
                ),
            ],
            options={
                "verbose_name": "复议、诉讼结果",
                "verbose_name_plural": "复议、诉讼结果",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("supervised", "上级督办"),
                            ("assigned", "上级交办、指定管辖"),
                            ("weighty", "有重大影响"),
                            ("transferred", "移送司法机关"),
                            ("remedy", "经行政复议、诉讼结案"),
                        ],
                        max_length=20,
                        verbose_name="为什么备案",
                    ),
                ),
                ("to", models.CharField(max_length=200, verbose_name="向谁备案")),
                ("sent_on", models.DateField(verbose_name="报送日期")),
            ],
            options={
                "verbose_name": "备案",
                "verbose_name_plural": "备案",
                "ordering": ["case", "pk"],
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
            ],
            options={
                "verbose_name": "评分项目",
                "verbose_name_plural": "评分项目",
                "ordering": ["sheet", "pk"],
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
            ],
            options={
                "verbose_name": "案卷评分表",
                "verbose_name_plural": "案卷评分表",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Side",
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
                    "which",
                    models.CharField(
                        choices=[("handling", "办案"), ("judging", "审核、审理、听证")],
                        max_length=20,
                        verbose_name="哪一方",
                    ),
                ),
            ],
            options={
                "verbose_name": "办案、审理分开",
                "verbose_name_plural": "办案、审理分开",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SpotPenalty",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("penalty", "给予行政处罚"),
                            ("none", "不予行政处罚"),
                            ("advice", "提出行政建议"),
                            ("transfer", "移送"),
                        ],
                        max_length=20,
                        verbose_name="拟作的处理",
                    ),
                ),
                (
                    "article",
                    models.CharField(
                        blank=True, help_text="法律名称、版本和条款。", max_length=200, verbose_name="依据的条款"
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("警告", "警告"),
                                ("通报批评", "通报批评"),
                                ("罚款", "罚款"),
                                ("没收违法所得", "没收违法所得"),
                                ("没收非法财物", "没收非法财物"),
                                ("责令停产停业", "责令停产停业"),
                                ("责令关闭", "责令关闭"),
                                ("暂扣许可证件", "暂扣许可证件"),
                                ("吊销许可证件", "吊销许可证件"),
                                ("降低资质等级", "降低资质等级"),
                                ("限制开展生产经营活动", "限制开展生产经营活动"),
                                ("限制从业", "限制从业"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="处罚种类",
                    ),
                ),
                (
                    "fine",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="罚款（元）",
                    ),
                ),
                (
                    "confiscated",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="没收的价值（元）",
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="法定最低罚款（元）",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="法定最高罚款（元）",
                    ),
                ),
                (
                    "compulsory",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("警告", "警告"),
                                ("通报批评", "通报批评"),
                                ("罚款", "罚款"),
                                ("没收违法所得", "没收违法所得"),
                                ("没收非法财物", "没收非法财物"),
                                ("责令停产停业", "责令停产停业"),
                                ("责令关闭", "责令关闭"),
                                ("暂扣许可证件", "暂扣许可证件"),
                                ("吊销许可证件", "吊销许可证件"),
                                ("降低资质等级", "降低资质等级"),
                                ("限制开展生产经营活动", "限制开展生产经营活动"),
                                ("限制从业", "限制从业"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="应当给予的种类",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("不予", "不予"),
                            ("减轻", "减轻"),
                            ("从轻", "从轻"),
                            ("一般", "一般"),
                            ("从重", "从重"),
                        ],
                        max_length=10,
                        verbose_name="裁量档次",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="减轻的法定情形")),
                ("reasons", models.TextField(blank=True, verbose_name="裁量理由")),
                ("facts", models.TextField(verbose_name="违法事实")),
                ("told_and_heard", models.BooleanField(verbose_name="已告知事实、依据、理由和权利，听取了陈述、申辩")),
                ("handed_over_on", models.DateField(verbose_name="当场交付日期")),
                ("cash", models.BooleanField(verbose_name="当场收缴罚款")),
            ],
            options={
                "verbose_name": "当场处罚",
                "verbose_name_plural": "当场处罚",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "日历地址",
                "verbose_name_plural": "日历地址",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Urging",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("直接送达", "直接送达"),
                            ("留置送达", "留置送达"),
                            ("委托送达", "委托送达"),
                            ("邮寄送达", "邮寄送达"),
                            ("电子送达", "电子送达"),
                            ("公告送达", "公告送达"),
                            ("送达地址确认书送达", "送达地址确认书送达"),
                        ],
                        max_length=20,
                        verbose_name="送达方式",
                    ),
                ),
                (
                    "served_on",
                    models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
                ),
                ("recipient", models.CharField(max_length=100, verbose_name="收件人")),
                (
                    "witness",
                    models.CharField(
                        blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
                    ),
                ),
                ("has_consent", models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="催缴金额（元）",
                    ),
                ),
                ("rights_told", models.BooleanField(verbose_name="已告知履行期限、方式和陈述、申辩的权利")),
            ],
            options={
                "verbose_name": "催告",
                "verbose_name_plural": "催告",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_four_eyes",
        ),
        migrations.RemoveConstraint(
            model_name="caseact",
            name="caseact_reason_given",
        ),
        migrations.RemoveConstraint(
            model_name="measure",
            name="measure_with_power_and_term",
        ),
        migrations.AddField(
            model_name="case",
            name="archived_on",
            field=models.DateField(null=True, verbose_name="归档日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="audit_prolonged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核期限延长批准人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="audit_prolonged_days",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="审核期限延长几个工作日"),
        ),
        migrations.AddField(
            model_name="case",
            name="audit_prolonged_on",
            field=models.DateField(null=True, verbose_name="审核期限延长的签批日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="closed_at",
            field=models.DateTimeField(null=True, verbose_name="结案批准时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="结案批准人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="closed_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="结案批准人姓名"),
        ),
        migrations.AddField(
            model_name="case",
            name="closed_on",
            field=models.DateField(null=True, verbose_name="结案日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="closing_ground",
            field=models.CharField(blank=True, max_length=40, verbose_name="结案情形"),
        ),
        migrations.AddField(
            model_name="case",
            name="closing_proposed_at",
            field=models.DateTimeField(null=True, verbose_name="结案报请时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="closing_proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="结案报请人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="closing_proposed_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="结案报请人姓名"),
        ),
        migrations.AddField(
            model_name="case",
            name="decided_at",
            field=models.DateTimeField(null=True, verbose_name="决定批准时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="决定批准人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decided_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="决定批准人姓名"),
        ),
        migrations.AddField(
            model_name="case",
            name="decided_on",
            field=models.DateField(null=True, verbose_name="决定日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_number",
            field=models.CharField(blank=True, max_length=40, verbose_name="决定书文号"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="决定期限延长批准人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_days",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="决定期限延长几日"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_on",
            field=models.DateField(null=True, verbose_name="决定期限延长的签批日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_proposed_at",
            field=models.DateTimeField(null=True, verbose_name="决定报批时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="决定报批人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_proposed_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="决定报批人姓名"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_reviewed_at",
            field=models.DateTimeField(null=True, verbose_name="决定审核时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="决定审核人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_reviewed_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="决定审核人姓名"),
        ),
        migrations.AddField(
            model_name="case",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="结案情形发生的日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="rechecked_at",
            field=models.DateTimeField(null=True, verbose_name="复核时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="rechecked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="复核人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="rechecked_by_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="复核人姓名"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="ids_shown",
            field=models.BooleanField(default=True, verbose_name="已出示执法证件"),
        ),
        migrations.AddField(
            model_name="measure",
            name="rights_told",
            field=models.BooleanField(
                default=True, verbose_name="已当场告知当事人采取措施的理由、依据和他的权利，听取他的陈述和申辩"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("verification", "核查"),
                    ("filing_proposed", "报请立案"),
                    ("filing_reviewed", "立案待批准"),
                    ("not_filed", "不予立案"),
                    ("investigation", "调查"),
                    ("inquiry_suspended", "中止调查"),
                    ("awaiting_audit", "待审核"),
                    ("awaiting_committee", "待审理"),
                    ("in_session", "审理"),
                    ("awaiting_head", "待主要负责人批准"),
                    ("awaiting_notice", "待告知"),
                    ("notified", "已告知"),
                    ("hearing", "听证"),
                    ("recheck", "复核"),
                    ("rechecked", "复核待审核"),
                    ("awaiting_decision", "待决定"),
                    ("decision_proposed", "决定待审核"),
                    ("decision_reviewed", "决定待批准"),
                    ("decided", "已决定"),
                    ("transferred", "移送"),
                    ("enforcement", "执行"),
                    ("enforcement_break", "中止执行"),
                    ("awaiting_closing", "待结案"),
                    ("closing_proposed", "结案待批准"),
                    ("closed", "已结案"),
                    ("archived", "已归档"),
                ],
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="caseact",
            name="verb",
            field=models.CharField(
                choices=[
                    ("registered", "登记线索"),
                    ("proposed", "报请立案"),
                    ("reviewed", "审核立案"),
                    ("sent_back", "退回核查"),
                    ("filed", "批准立案"),
                    ("not_filed", "不予立案"),
                    ("prolonged", "延长核查期限"),
                    ("inspected", "记录检查、询问"),
                    ("measured", "登记保存、查封、扣押"),
                    ("measure_allowed", "同意补办批准"),
                    ("measure_approved", "批准措施"),
                    ("measure_prolonged", "延长查封、扣押"),
                    ("measure_ended", "处理登记保存、查封、扣押的物品"),
                    ("tested", "送检"),
                    ("test_received", "登记检验结果"),
                    ("evidence_kept", "存入证据"),
                    ("attached", "存入附件"),
                    ("attachment_voided", "作废附件"),
                    ("recusal_decided", "登记回避决定"),
                    ("handlers_added", "增加承办人员"),
                    ("concluded", "调查终结"),
                    ("audited", "审核通过"),
                    ("audit_prolonged", "延长审核期限"),
                    ("audit_returned", "退回补充调查、补正"),
                    ("met", "召开案审会议"),
                    ("voted", "表决、签名"),
                    ("agreed", "宣布审理意见：同意处罚"),
                    ("agreed_otherwise", "宣布审理意见：不予处罚、建议或者移送"),
                    ("sent_to_supplement", "宣布审理意见：补充调查"),
                    ("adjourned", "另行审理"),
                    ("outcome_approved", "批准不予处罚、行政建议"),
                    ("transfer_approved", "批准移送"),
                    ("outcome_returned", "不同意审理意见"),
                    ("handed_over", "移送公安机关"),
                    ("police_accepted", "公安机关已立案"),
                    ("police_refused", "公安机关不予立案"),
                    ("notified", "告知"),
                    ("defended", "登记陈述申辩、听证要求"),
                    ("rechecked", "复核"),
                    ("recheck_confirmed", "审核复核：维持处理意见"),
                    ("recheck_to_committee", "审核复核：再报案审委"),
                    ("recheck_returned", "审核复核：退回补充调查"),
                    ("hearing_convened", "决定举行听证"),
                    ("hearing_held", "记录听证"),
                    ("hearing_reported", "提交听证报告"),
                    ("decision_proposed", "报批处罚决定"),
                    ("decision_reviewed", "审核处罚决定"),
                    ("decision_returned", "退回决定书"),
                    ("decided", "批准处罚决定"),
                    ("decision_prolonged", "延长决定期限"),
                    ("served", "送达处罚决定书"),
                    ("outcome_served", "送达不予处罚决定书、执法建议书"),
                    ("correction_ordered", "责令改正"),
                    ("correction_checked", "复查改正"),
                    ("paid", "登记缴款"),
                    ("arranged", "批准延期、分期缴纳"),
                    ("remedy_begun", "登记复议、诉讼"),
                    ("remedy_ended", "登记复议、诉讼结果"),
                    ("urged", "催告"),
                    ("applied_to_court", "申请法院强制执行"),
                    ("court_ended", "登记法院执行结果"),
                    ("investigation_suspended", "中止调查"),
                    ("investigation_resumed", "恢复调查"),
                    ("investigation_ended", "终止调查"),
                    ("enforcement_suspended", "中止执行"),
                    ("enforcement_resumed", "恢复执行"),
                    ("enforcement_ended", "终结执行"),
                    ("enforced", "执行完毕"),
                    ("closing_proposed", "报请结案"),
                    ("closing_returned", "退回结案"),
                    ("closed", "批准结案"),
                    ("reported", "备案"),
                    ("archived", "归档"),
                    ("amended", "更正"),
                    ("penalised_on_the_spot", "当场处罚"),
                    ("paper_issued", "制作文书"),
                    ("paper_voided", "作废文书"),
                ],
                max_length=40,
                verbose_name="经办事项",
            ),
        ),
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
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "verification",
                            "filing_proposed",
                            "filing_reviewed",
                            "not_filed",
                            "investigation",
                            "inquiry_suspended",
                            "awaiting_audit",
                            "awaiting_committee",
                            "in_session",
                            "awaiting_head",
                            "awaiting_notice",
                            "notified",
                            "hearing",
                            "recheck",
                            "rechecked",
                            "awaiting_decision",
                            "decision_proposed",
                            "decision_reviewed",
                            "decided",
                            "transferred",
                            "enforcement",
                            "enforcement_break",
                            "awaiting_closing",
                            "closing_proposed",
                            "closed",
                            "archived",
                        ],
                    )
                ),
                name="case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("proposed_by", None),
                        models.Q(("proposed_by", models.F("reviewed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("reviewed_by", None),
                        models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("filed_by", None),
                        models.Q(("filed_by", models.F("proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("filed_by", None),
                        models.Q(("filed_by", models.F("reviewed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("refused_by", None),
                        models.Q(("refused_by", models.F("proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("refused_by", None),
                        models.Q(("refused_by", models.F("reviewed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("audited_by", None),
                        models.Q(("audited_by", models.F("concluded_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("decision_reviewed_by", None),
                        models.Q(("decision_reviewed_by", models.F("decision_proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("decided_by", None),
                        models.Q(("decided_by", models.F("decision_proposed_by")), _negated=True),
                        models.Q(("state", "decided"), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("decided_by", None),
                        models.Q(("decided_by", models.F("decision_reviewed_by")), _negated=True),
                        models.Q(("state", "decided"), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("closed_by", None),
                        models.Q(("closed_by", models.F("closing_proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="case_four_eyes",
                violation_error_message="报请、审核、批准不能是同一个人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("decided_on", None), ("decision_number", "")),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_decided_by_somebody",
                violation_error_message="决定要有批准人和日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_by", None), ("closed_on", None)),
                    models.Q(
                        ("closed_by__isnull", False),
                        ("closed_on__isnull", False),
                        ("ended_on__isnull", False),
                        models.Q(("closing_ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_closed_step_by_step",
                violation_error_message="结案要有结案情形，经报请再由负责人批准。",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("archived_on", None), ("closed_on__isnull", False), _connector="OR"),
                name="case_archived_when_closed",
                violation_error_message="结案以后才能归档。",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "verb__in",
                            [
                                "sent_back",
                                "not_filed",
                                "prolonged",
                                "measure_allowed",
                                "measure_prolonged",
                                "measure_ended",
                                "attachment_voided",
                                "handlers_added",
                                "audited",
                                "audit_prolonged",
                                "audit_returned",
                                "sent_to_supplement",
                                "adjourned",
                                "outcome_returned",
                                "police_accepted",
                                "police_refused",
                                "recheck_confirmed",
                                "recheck_to_committee",
                                "recheck_returned",
                                "decision_returned",
                                "decision_prolonged",
                                "investigation_suspended",
                                "investigation_resumed",
                                "investigation_ended",
                                "enforcement_suspended",
                                "enforcement_resumed",
                                "enforcement_ended",
                                "closing_returned",
                                "amended",
                                "paper_voided",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="caseact_reason_given",
                violation_error_message="请写明理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ids_shown", True)),
                name="inspection_ids_shown",
                violation_error_message="检查、询问要先出示执法证件；没有出示的不能作为笔录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days", None), ("kind", "keeping"), ("power", "")),
                    models.Q(
                        ("days__isnull", False),
                        ("days__range", (1, 30)),
                        ("kind__in", ["sealing", "seizure"]),
                        models.Q(("power", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_with_power_and_term",
                violation_error_message="查封、扣押要有法律依据，期限最多 30 日；登记保存不填这两项。",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights_told", True)),
                name="measure_rights_told",
                violation_error_message="采取措施要当场告知理由、依据和权利，听取陈述和申辩。",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="archive",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="archive",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="volume", to="cases.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrangements",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="assessmentdraw",
            name="assessment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draw",
                to="cases.assessment",
                verbose_name="案卷评查",
            ),
        ),
        migrations.AddField(
            model_name="assessmentdraw",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="attachment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="cases.attachment",
                verbose_name="附件",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attachment__isnull", False), ("what", "attachment")),
                    models.Q(models.Q(("what", "attachment"), _negated=True), ("attachment", None)),
                    _connector="OR",
                ),
                name="reading_says_which_file",
            ),
        ),
        migrations.AddField(
            model_name="attachmentvoid",
            name="attachment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.attachment",
                verbose_name="附件",
            ),
        ),
        migrations.AddField(
            model_name="attachmentvoid",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="cases.member",
                verbose_name="委员",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="attendance",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ballot",
                to="cases.attendance",
                verbose_name="委员",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="break",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="cases.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="breakend",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="breakend",
            name="pause",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="cases.break", verbose_name="中止"
            ),
        ),
        migrations.AddField(
            model_name="correctioncheck",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction_orders",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="second_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="correctioncheck",
            name="order",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_up",
                to="cases.correctionorder",
                verbose_name="责令改正",
            ),
        ),
        migrations.AddField(
            model_name="courtapplication",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="courtapplication",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="court_applications",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="courtend",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="end",
                to="cases.courtapplication",
                verbose_name="申请",
            ),
        ),
        migrations.AddField(
            model_name="courtend",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="defence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="drawnfile",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="drawnfile",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="drawn", to="cases.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="drawnfile",
            name="draw",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="cases.assessmentdraw",
                verbose_name="抽取",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="first_officer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="second_officer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="evidence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.evidence",
                verbose_name="证据",
            ),
        ),
        migrations.AddField(
            model_name="handingover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="handingover",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handings_over",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="chair",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="听证主持人",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="clerk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录员",
            ),
        ),
        migrations.AddField(
            model_name="hearingminutes",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="hearingminutes",
            name="hearing",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="minutes",
                to="cases.hearing",
                verbose_name="听证",
            ),
        ),
        migrations.AddField(
            model_name="hearingreport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="hearingreport",
            name="hearing",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report",
                to="cases.hearing",
                verbose_name="听证",
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="arrangement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instalments",
                to="cases.arrangement",
                verbose_name="分期",
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="chair",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.member", verbose_name="主持人"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="cases.meeting",
                verbose_name="案审会议",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="cases.meeting",
                verbose_name="案审会议",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="cases.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="papervoid",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="papervoid",
            name="paper",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="void", to="cases.paper", verbose_name="文书"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="cases.meeting",
                verbose_name="案审会议",
            ),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="second_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearings",
                to="cases.penaltynotice",
                verbose_name="告知",
            ),
        ),
        migrations.AddField(
            model_name="defence",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="defences",
                to="cases.penaltynotice",
                verbose_name="告知",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="second_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="recheck",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="recheck",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rechecks",
                to="cases.penaltynotice",
                verbose_name="告知",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="remedy",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="remedy",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remedies",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="remedyend",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="remedyend",
            name="remedy",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="end",
                to="cases.remedy",
                verbose_name="复议、诉讼",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheet",
                to="cases.drawnfile",
                verbose_name="案卷",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="cases.scoresheet",
                verbose_name="评分表",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="cases.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spot_penalty",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="second_officer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urgings",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="second_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("where", ""), _negated=True), models.Q(("right", ""), _negated=True)),
                name="amendment_given",
                violation_error_message="请写明更正哪一处、更正为什么。",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "where", "right", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="amendment_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="archive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("digest__regex", "^[0-9a-f]{64}$"),
                    ("pages__gt", 0),
                    ("seal_digest__regex", "^[0-9a-f]{64}$"),
                    ("size__gt", 0),
                ),
                name="archive_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="archive",
            constraint=models.CheckConstraint(
                condition=models.Func("contents", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="archive_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("asked_on"))),
                name="arrangement_in_order",
                violation_error_message="最后一期的日期要在申请日期以后。",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="arrangement_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
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
            model_name="attachmentvoid",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="attachmentvoid_reason_given",
                violation_error_message="请写明作废的理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachmentvoid",
            constraint=models.CheckConstraint(
                condition=models.Func("reason", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="attachmentvoid_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("vote", "agree"), models.Q(("opinion", ""), _negated=True), _connector="OR"),
                name="ballot_dissent_noted",
                violation_error_message="不同意的，请写明意见，记入审理记录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Func("opinion", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="ballot_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="break",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="break_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakend",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="breakend_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                name="correctionorder_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mode", "公告送达"),
                        ("published_on__isnull", False),
                        ("published_on__lt", models.F("served_on")),
                    ),
                    models.Q(models.Q(("mode", "公告送达"), _negated=True), ("published_on", None)),
                    _connector="OR",
                ),
                name="correctionorder_by_publication",
                violation_error_message="公告送达的填公告日期，其他方式不填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "留置送达"), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    _connector="OR",
                ),
                name="correctionorder_left_with_a_witness",
                violation_error_message="留置送达要写明见证人或者录像编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", ""), _negated=True), ("days__gt", 0)),
                name="correctionorder_says_what",
                violation_error_message="请写明改正什么、几日以内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "what",
                    "rule",
                    "recipient",
                    "witness",
                    "by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="correctionorder_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctioncheck",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("found", ""), _negated=True)),
                name="correctioncheck_given",
                violation_error_message="请写复查情况。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctioncheck",
            constraint=models.CheckConstraint(
                condition=models.Func("found", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="correctioncheck_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="courtapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("court", ""), _negated=True)),
                name="courtapplication_given",
                violation_error_message="请写法院。",
            ),
        ),
        migrations.AddConstraint(
            model_name="courtapplication",
            constraint=models.CheckConstraint(
                condition=models.Func("court", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="courtapplication_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="courtend",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("paper", ""), _negated=True)),
                name="courtend_given",
                violation_error_message="请写明文书。",
            ),
        ),
        migrations.AddConstraint(
            model_name="courtend",
            constraint=models.CheckConstraint(
                condition=models.Func("paper", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="courtend_seen",
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
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first_officer__isnull", False),
                        ("origin", "collected"),
                        ("second_officer__isnull", False),
                        models.Q(("first_officer", models.F("second_officer")), _negated=True),
                    ),
                    models.Q(("first_officer", None), ("origin__in", ["party", "others"]), ("second_officer", None)),
                    _connector="OR",
                ),
                name="evidence_by_two_or_given",
                violation_error_message="执法人员收集的写明两名不同的执法人员；当事人或者其他人提供的不填执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("proves", ""), _negated=True),
                    models.Q(("place", ""), _negated=True),
                ),
                name="evidence_says_what",
                violation_error_message="请写明证据的名称、证明的事实和取得地点。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "name", "proves", "place", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="evidence_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="attachment_digest_whole"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="attachment_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "media_type__in",
                        [
                            "application/pdf",
                            "image/jpeg",
                            "image/png",
                            "image/webp",
                            "video/mp4",
                            "audio/mpeg",
                            "audio/wav",
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            "text/plain",
                        ],
                    )
                ),
                name="attachment_kind_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("name__regex", "[/\\\\]"), _negated=True)
                ),
                name="attachment_name_no_path",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Func("name", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="attachment_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="handingover",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("to", ""), _negated=True), models.Q(("receipt", ""), _negated=True)),
                name="handingover_given",
                violation_error_message="请写明受移送机关和回执。",
            ),
        ),
        migrations.AddConstraint(
            model_name="handingover",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "to", "receipt", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="handingover_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("agents__lte", 2)),
                name="hearingminutes_two_agents",
                violation_error_message="当事人可以委托一至二人代理。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("record", ""), _negated=True)),
                name="hearingminutes_given",
                violation_error_message="请写笔录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingminutes",
            constraint=models.CheckConstraint(
                condition=models.Func("record", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="hearingminutes_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True)),
                name="hearingreport_given",
                violation_error_message="请写听证报告。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingreport",
            constraint=models.CheckConstraint(
                condition=models.Func("text", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="hearingreport_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.UniqueConstraint(fields=("arrangement", "due_on"), name="instalment_one_on_a_day"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_of_something"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kinds__len__gt", 0),
                        ("outcome", "penalty"),
                        models.Q(("article", ""), _negated=True),
                        models.Q(("grade", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "penalty"), _negated=True),
                        ("confiscated", 0),
                        ("fine", 0),
                        ("kinds__len", 0),
                    ),
                    _connector="OR",
                ),
                name="meeting_penalty_with_article",
                violation_error_message="给予处罚的写明条款、种类和档次；不给予处罚的不填种类和数额。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine__lte", models.F("maximum")), ("minimum__lte", models.F("maximum"))),
                name="meeting_fine_within_the_law",
                violation_error_message="罚款超过法定最高数额，不能提出。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine", 0), ("kinds__contains", ["罚款"]), _connector="OR"),
                name="meeting_fine_is_a_kind",
                violation_error_message="有罚款数额的，种类里要有罚款。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_on__gte", datetime.date(2019, 4, 1)),
                    models.Q(("counted__gte", 3), ("is_heavy", False)),
                    models.Q(
                        ("is_heavy", True),
                        (
                            "members__lte",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("counted"), "*", models.Value(3)
                                ),
                                "/",
                                models.Value(2),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="meeting_quorum",
                violation_error_message="出席的委员不够，会议不能举行。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("counted__lte", models.F("members"))), name="meeting_counted_are_members"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("record", ""), _negated=True), models.Q(("place", ""), _negated=True)),
                name="meeting_given",
                violation_error_message="请写明地点和审理记录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "place",
                    "record",
                    "article",
                    "ground",
                    "reasons",
                    "by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="meeting_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("party_name", ""), _negated=True),
                    models.Q(("party_address", ""), _negated=True),
                    models.Q(("facts", ""), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                    models.Q(("basis", ""), _negated=True),
                    models.Q(("reasons", ""), _negated=True),
                    models.Q(("payment", ""), _negated=True),
                    models.Q(("remedy", ""), _negated=True),
                ),
                name="decision_given",
                violation_error_message="决定书的每一部分都要写明。",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "party_name",
                    "party_address",
                    "facts",
                    "evidence",
                    "basis",
                    "reasons",
                    "payment",
                    "remedy",
                    "defence",
                    "standard",
                    "by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="decision_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "member"), name="attendance_once_in_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("form", "year", "number"), name="paper_one_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", None), ("year", None)),
                    models.Q(
                        ("number__gte", 1),
                        ("number__isnull", False),
                        ("year__isnull", False),
                        models.Q(("label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="paper_numbered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("docx_digest__regex", "^[0-9a-f]{64}$"), ("pdf_digest__regex", "^[0-9a-f]{64}$")),
                name="paper_with_digests",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "title", "label", "content", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="paper_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="papervoid",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="papervoid_with_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="papervoid",
            constraint=models.CheckConstraint(
                condition=models.Func("reason", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="papervoid_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("case", "voucher", "what"),
                name="payment_one_of_a_voucher",
                violation_error_message="这一张票据的这一款项已经登记。",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), models.Q(("voucher", ""), _negated=True)),
                name="payment_by_voucher",
                violation_error_message="请写明金额和票据号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Func("voucher", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="payment_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                name="penaltynotice_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mode", "公告送达"),
                        ("published_on__isnull", False),
                        ("published_on__lt", models.F("served_on")),
                    ),
                    models.Q(models.Q(("mode", "公告送达"), _negated=True), ("published_on", None)),
                    _connector="OR",
                ),
                name="penaltynotice_by_publication",
                violation_error_message="公告送达的填公告日期，其他方式不填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "留置送达"), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    _connector="OR",
                ),
                name="penaltynotice_left_with_a_witness",
                violation_error_message="留置送达要写明见证人或者录像编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("facts", ""), _negated=True),
                    models.Q(("basis", ""), _negated=True),
                    models.Q(("reasons", ""), _negated=True),
                    models.Q(("recipient", ""), _negated=True),
                ),
                name="penaltynotice_given",
                violation_error_message="请写明事实、依据、理由和收件人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltynotice",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "facts",
                    "basis",
                    "reasons",
                    "recipient",
                    "witness",
                    "by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="penaltynotice_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("chair", models.F("clerk")), _negated=True),
                name="hearing_chair_and_clerk",
                violation_error_message="听证主持人和记录员不能是同一个人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_on__lt", models.F("held_on")),
                    models.Q(("published_on", None), ("published_on__lt", models.F("held_on")), _connector="OR"),
                ),
                name="hearing_told_before",
                violation_error_message="通知和公告要在听证以前。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("place", ""), _negated=True)),
                name="hearing_given",
                violation_error_message="请写明地点。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Func("place", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="hearing_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="defence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("posted_on__isnull", False), ("posted_on__lte", models.F("received_on")), ("way", "posted")
                    ),
                    models.Q(models.Q(("way", "posted"), _negated=True), ("posted_on", None)),
                    _connector="OR",
                ),
                name="defence_postmark",
                violation_error_message="邮寄的填邮戳日期，不晚于收到日期；其他方式不填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="defence",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True)),
                name="defence_given",
                violation_error_message="请写明要点。",
            ),
        ),
        migrations.AddConstraint(
            model_name="defence",
            constraint=models.CheckConstraint(
                condition=models.Func("text", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="defence_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                name="receipt_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mode", "公告送达"),
                        ("published_on__isnull", False),
                        ("published_on__lt", models.F("served_on")),
                    ),
                    models.Q(models.Q(("mode", "公告送达"), _negated=True), ("published_on", None)),
                    _connector="OR",
                ),
                name="receipt_by_publication",
                violation_error_message="公告送达的填公告日期，其他方式不填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "留置送达"), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    _connector="OR",
                ),
                name="receipt_left_with_a_witness",
                violation_error_message="留置送达要写明见证人或者录像编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("recipient", ""), _negated=True)),
                name="receipt_given",
                violation_error_message="请写收件人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "recipient", "witness", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="receipt_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("points", ""), _negated=True)),
                name="recheck_given",
                violation_error_message="请写明复核意见：每一点是否采纳、为什么。",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Func("points", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="recheck_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_on__gte", models.F("asked_on"))),
                name="recusal_in_order",
                violation_error_message="决定日期早于提出日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("ground", ""), _negated=True), models.Q(("asked_by", ""), _negated=True)),
                name="recusal_given",
                violation_error_message="请写明提出人和理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "asked_by", "ground", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="recusal_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="remedy_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyend",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("paper", ""), _negated=True)),
                name="remedyend_given",
                violation_error_message="请写明文书。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyend",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine", None), models.Q(("fine__gte", 0), ("outcome", "changed")), _connector="OR"),
                name="remedyend_fine_when_changed",
                violation_error_message="结果是变更的，才填变更后的罚款。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyend",
            constraint=models.CheckConstraint(
                condition=models.Func("paper", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="remedyend_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("to", ""), _negated=True)),
                name="report_given",
                violation_error_message="请写明向谁备案。",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Func("to", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="report_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
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
        migrations.AddConstraint(
            model_name="side",
            constraint=models.UniqueConstraint(
                fields=("case", "account"),
                name="side_one_of_a_person",
                violation_error_message="同一个人在一案里不能既办案又审核、审理或者主持听证。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kinds__len__gt", 0),
                        ("outcome", "penalty"),
                        models.Q(("article", ""), _negated=True),
                        models.Q(("grade", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "penalty"), _negated=True),
                        ("confiscated", 0),
                        ("fine", 0),
                        ("kinds__len", 0),
                    ),
                    _connector="OR",
                ),
                name="spotpenalty_penalty_with_article",
                violation_error_message="给予处罚的写明条款、种类和档次；不给予处罚的不填种类和数额。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine__lte", models.F("maximum")), ("minimum__lte", models.F("maximum"))),
                name="spotpenalty_fine_within_the_law",
                violation_error_message="罚款超过法定最高数额，不能提出。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine", 0), ("kinds__contains", ["罚款"]), _connector="OR"),
                name="spotpenalty_fine_is_a_kind",
                violation_error_message="有罚款数额的，种类里要有罚款。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_officer", None),
                    models.Q(("first_officer", models.F("second_officer")), _negated=True),
                    _connector="OR",
                ),
                name="spotpenalty_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_and_heard", True), models.Q(("facts", ""), _negated=True)),
                name="spotpenalty_told_and_heard",
                violation_error_message="当场处罚要写明事实，先告知并听取陈述、申辩。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(condition=models.Q(("confiscated", 0)), name="spotpenalty_takes_nothing"),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "facts",
                    "article",
                    "ground",
                    "reasons",
                    "by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="spotpenalty_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                fields=("digest",),
                name="subscription_one_of_a_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), ("digest__regex", "^[0-9a-f]{64}$"), _connector="OR"),
                name="subscription_digest_of_a_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="subscription_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                name="urging_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mode", "公告送达"),
                        ("published_on__isnull", False),
                        ("published_on__lt", models.F("served_on")),
                    ),
                    models.Q(models.Q(("mode", "公告送达"), _negated=True), ("published_on", None)),
                    _connector="OR",
                ),
                name="urging_by_publication",
                violation_error_message="公告送达的填公告日期，其他方式不填。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "留置送达"), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    _connector="OR",
                ),
                name="urging_left_with_a_witness",
                violation_error_message="留置送达要写明见证人或者录像编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights_told", True), models.Q(("recipient", ""), _negated=True)),
                name="urging_rights_told",
                violation_error_message="催告要写明收件人，告知履行期限、方式和陈述、申辩的权利。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "recipient", "witness", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="urging_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
