"""Papers of a case, numbered and frozen."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_to_the_archive"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("recusal_decided", "登记回避决定"),
                    ("handlers_added", "增加承办人员"),
                    ("concluded", "调查终结"),
                    ("audited", "审核通过"),
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
                                "handlers_added",
                                "audited",
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
    ]
