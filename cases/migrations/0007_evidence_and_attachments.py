import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What shows what happened, and the files of a case, none yet. Back: the tables go, and who took which file out."""

    dependencies = [
        ("cases", "0006_order_of_the_phases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.RemoveConstraint(
            model_name="caseact",
            name="caseact_reason_given",
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
                    ("measure_approved", "批准措施"),
                    ("measure_prolonged", "延长查封、扣押"),
                    ("measure_ended", "处理登记保存、查封、扣押的物品"),
                    ("tested", "送检"),
                    ("test_received", "登记检验结果"),
                    ("evidence_kept", "存入证据"),
                    ("attached", "存入附件"),
                    ("attachment_voided", "作废附件"),
                    ("concluded", "调查终结"),
                    ("audited", "审核通过"),
                    ("audit_returned", "退回补充调查、补正"),
                ],
                max_length=20,
                verbose_name="经办事项",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="what",
            field=models.CharField(
                choices=[("personal_data", "查看个人信息"), ("export", "导出"), ("attachment", "取出附件")],
                max_length=20,
                verbose_name="事项",
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
                                "measure_prolonged",
                                "measure_ended",
                                "attachment_voided",
                                "audited",
                                "audit_returned",
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
    ]
