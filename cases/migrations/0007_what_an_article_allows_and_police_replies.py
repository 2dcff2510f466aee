"""What an article allows and what was gained; the reply of the police; terms that do not overlap."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_from_the_committee_to_the_archive"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PoliceReply",
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
                        choices=[("accepted", "立案"), ("refused", "不予立案")], max_length=20, verbose_name="答复"
                    ),
                ),
                ("replied_on", models.DateField(verbose_name="收到答复的日期")),
                ("paper", models.CharField(help_text="文号。", max_length=200, verbose_name="通知书")),
            ],
            options={
                "verbose_name": "公安机关的答复",
                "verbose_name_plural": "公安机关的答复",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": (
                    "view",
                    "handle",
                    "lead",
                    "audit",
                    "vote",
                    "hear",
                    "approve",
                    "determine",
                    "supervise",
                ),
                "ordering": ["-number"],
                "verbose_name": "案件",
                "verbose_name_plural": "案件",
            },
        ),
        migrations.RemoveConstraint(
            model_name="caseact",
            name="caseact_reason_given",
        ),
        migrations.RemoveConstraint(
            model_name="conclusion",
            name="conclusion_penalty_with_article",
        ),
        migrations.RemoveConstraint(
            model_name="measure",
            name="measure_with_power_and_term",
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_penalty_with_article",
        ),
        migrations.RemoveConstraint(
            model_name="spotpenalty",
            name="spotpenalty_penalty_with_article",
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_again_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="集体讨论再延长签批人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_again_days",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="集体讨论再延长几日"),
        ),
        migrations.AddField(
            model_name="case",
            name="decision_prolonged_again_on",
            field=models.DateField(null=True, verbose_name="集体讨论再延长的签批日期"),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="article_kinds",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款里写的全部种类；处罚的种类只能在这里面选。",
                size=None,
                verbose_name="这一条规定的种类",
            ),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="gains",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="要缴到银行的那一部分。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="其中违法所得（元）",
            ),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="is_refund",
            field=models.BooleanField(
                default=False, help_text="退还的时间不计入作出决定的期限。", verbose_name="责令退还多收的价款"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="article_kinds",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款里写的全部种类；处罚的种类只能在这里面选。",
                size=None,
                verbose_name="这一条规定的种类",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="gains",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="要缴到银行的那一部分。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="其中违法所得（元）",
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="article_kinds",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款里写的全部种类；处罚的种类只能在这里面选。",
                size=None,
                verbose_name="这一条规定的种类",
            ),
        ),
        migrations.AddField(
            model_name="spotpenalty",
            name="gains",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="要缴到银行的那一部分。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="其中违法所得（元）",
            ),
        ),
        # What was proposed before allows what it gave.
        migrations.RunSQL(
            [
                "ALTER TABLE cases_conclusion DISABLE TRIGGER USER",
                "UPDATE cases_conclusion SET article_kinds = ARRAY(SELECT DISTINCT unnest(kinds || compulsory))",
                "ALTER TABLE cases_conclusion ENABLE TRIGGER USER",
                "ALTER TABLE cases_meeting DISABLE TRIGGER USER",
                "UPDATE cases_meeting SET article_kinds = ARRAY(SELECT DISTINCT unnest(kinds || compulsory))",
                "ALTER TABLE cases_meeting ENABLE TRIGGER USER",
                "ALTER TABLE cases_spotpenalty DISABLE TRIGGER USER",
                "UPDATE cases_spotpenalty SET article_kinds = ARRAY(SELECT DISTINCT unnest(kinds || compulsory))",
                "ALTER TABLE cases_spotpenalty ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
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
                    ("goods_taken", "收缴没收的物品"),
                    ("measure_ended", "处理涉案物品"),
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
                    ("meeting_annulled", "会议作废"),
                    ("outcome_approved", "批准不予处罚、行政建议"),
                    ("transfer_approved", "批准移送"),
                    ("outcome_returned", "不同意审理意见"),
                    ("handed_over", "移送公安机关"),
                    ("police_accepted", "公安机关已立案"),
                    ("police_refused", "公安机关不予立案"),
                    ("notified", "告知"),
                    ("defended", "登记陈述申辩、听证要求"),
                    ("letter_received", "登记期限内交邮、后来收到的信"),
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
                    ("decision_prolonged_again", "集体讨论再延长决定期限"),
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
            model_name="conclusion",
            name="compulsory",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款写“并处”的，几种都应当给予；写“可以并处”的不选。",
                size=None,
                verbose_name="其中应当给予的",
            ),
        ),
        migrations.AlterField(
            model_name="conclusion",
            name="confiscated",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="违法所得和非法财物合计。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="没收的价值（元）",
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="kind",
            field=models.CharField(
                choices=[
                    ("keeping", "先行登记保存"),
                    ("sealing", "查封"),
                    ("seizure", "扣押"),
                    ("confiscation", "收缴没收的物品"),
                ],
                max_length=20,
                verbose_name="种类",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="compulsory",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款写“并处”的，几种都应当给予；写“可以并处”的不选。",
                size=None,
                verbose_name="其中应当给予的",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="confiscated",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="违法所得和非法财物合计。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="没收的价值（元）",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="what",
            field=models.CharField(
                choices=[("fine", "罚款"), ("surcharge", "加处罚款"), ("confiscation", "没收的违法所得")],
                max_length=20,
                verbose_name="款项",
            ),
        ),
        migrations.AlterField(
            model_name="recusal",
            name="capacity",
            field=models.CharField(
                choices=[
                    ("主要负责人", "主要负责人"),
                    ("其他负责人", "其他负责人"),
                    ("承办人员", "承办人员"),
                    ("审核人员", "审核人员"),
                    ("案审委委员", "案审委委员"),
                    ("听证主持人", "听证主持人"),
                    ("记录员", "记录员"),
                ],
                max_length=20,
                verbose_name="以什么身份",
            ),
        ),
        migrations.AlterField(
            model_name="spotpenalty",
            name="compulsory",
            field=django.contrib.postgres.fields.ArrayField(
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
                help_text="条款写“并处”的，几种都应当给予；写“可以并处”的不选。",
                size=None,
                verbose_name="其中应当给予的",
            ),
        ),
        migrations.AlterField(
            model_name="spotpenalty",
            name="confiscated",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="违法所得和非法财物合计。",
                max_digits=12,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="没收的价值（元）",
            ),
        ),
        migrations.AlterField(
            model_name="testing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("examination", "检验"),
                    ("measurement", "检测"),
                    ("verification", "检定"),
                    ("appraisal", "鉴定"),
                    ("quarantine", "检疫"),
                    ("identification", "权利人辨认"),
                ],
                max_length=20,
                verbose_name="种类",
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
                                "meeting_annulled",
                                "outcome_returned",
                                "recheck_confirmed",
                                "recheck_to_committee",
                                "recheck_returned",
                                "decision_returned",
                                "decision_prolonged",
                                "decision_prolonged_again",
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
            model_name="conclusion",
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
                        ("gains", 0),
                        ("kinds__len", 0),
                    ),
                    _connector="OR",
                ),
                name="conclusion_penalty_with_article",
                violation_error_message="给予处罚的写明条款、种类和档次；不给予处罚的不填种类和数额。",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kinds__contained_by", models.F("article_kinds")),
                    ("compulsory__contained_by", models.F("article_kinds")),
                ),
                name="conclusion_kinds_of_the_article",
                violation_error_message="处罚的种类、应当给予的种类，都要是这一条规定的种类。",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gains__lte", models.F("confiscated")),
                    models.Q(("gains", 0), ("kinds__contains", ["没收违法所得"]), _connector="OR"),
                    models.Q(("confiscated", 0), ("kinds__overlap", ["没收违法所得", "没收非法财物"]), _connector="OR"),
                ),
                name="conclusion_confiscation_is_a_kind",
                violation_error_message="有没收数额的，种类里要有没收；违法所得不能多于没收的合计。",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days", None), ("kind__in", ["keeping", "confiscation"]), ("power", "")),
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
                        ("gains", 0),
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
                condition=models.Q(
                    ("kinds__contained_by", models.F("article_kinds")),
                    ("compulsory__contained_by", models.F("article_kinds")),
                ),
                name="meeting_kinds_of_the_article",
                violation_error_message="处罚的种类、应当给予的种类，都要是这一条规定的种类。",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gains__lte", models.F("confiscated")),
                    models.Q(("gains", 0), ("kinds__contains", ["没收违法所得"]), _connector="OR"),
                    models.Q(("confiscated", 0), ("kinds__overlap", ["没收违法所得", "没收非法财物"]), _connector="OR"),
                ),
                name="meeting_confiscation_is_a_kind",
                violation_error_message="有没收数额的，种类里要有没收；违法所得不能多于没收的合计。",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("account"),
                            models.F("account"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Least("since", "until"),
                            models.F("until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="member_one_seat_at_a_time",
                violation_error_message="这个人的任期和他的另一段任期重叠。",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("post", "chair")),
                expressions=[
                    (
                        models.Func(
                            django.db.models.functions.comparison.Least("since", "until"),
                            models.F("until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="member_one_chair_at_a_time",
                violation_error_message="同一段时间只有一名主任委员，请核对任期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("post", "deputy")),
                expressions=[
                    (
                        models.Func(
                            django.db.models.functions.comparison.Least("since", "until"),
                            models.F("until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="member_one_deputy_at_a_time",
                violation_error_message="同一段时间只有一名副主任委员，请核对任期。",
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
                        ("gains", 0),
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
                condition=models.Q(
                    ("kinds__contained_by", models.F("article_kinds")),
                    ("compulsory__contained_by", models.F("article_kinds")),
                ),
                name="spotpenalty_kinds_of_the_article",
                violation_error_message="处罚的种类、应当给予的种类，都要是这一条规定的种类。",
            ),
        ),
        migrations.AddConstraint(
            model_name="spotpenalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gains__lte", models.F("confiscated")),
                    models.Q(("gains", 0), ("kinds__contains", ["没收违法所得"]), _connector="OR"),
                    models.Q(("confiscated", 0), ("kinds__overlap", ["没收违法所得", "没收非法财物"]), _connector="OR"),
                ),
                name="spotpenalty_confiscation_is_a_kind",
                violation_error_message="有没收数额的，种类里要有没收；违法所得不能多于没收的合计。",
            ),
        ),
        migrations.AddField(
            model_name="policereply",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="policereply",
            name="handing_over",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reply",
                to="cases.handingover",
                verbose_name="移送",
            ),
        ),
        migrations.AddConstraint(
            model_name="policereply",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("paper", ""), _negated=True)),
                name="policereply_given",
                violation_error_message="请写明公安机关通知书的文号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="policereply",
            constraint=models.CheckConstraint(
                condition=models.Func("paper", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="policereply_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
