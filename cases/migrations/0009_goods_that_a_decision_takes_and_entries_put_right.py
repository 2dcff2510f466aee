"""Which goods a decision takes; entries and receipts put right; refunds; what else than money is owed and done."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_answers_to_what_the_party_said"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfiscatedGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
            ],
            options={
                "verbose_name": "决定没收的物品",
                "verbose_name_plural": "决定没收的物品",
                "ordering": ["decision", "measure"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EntryVoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_name",
                    models.CharField(
                        help_text="当时的姓名，账号以后改名也不变。", max_length=200, verbose_name="经办人姓名"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
            ],
            options={
                "verbose_name": "作废的登记",
                "verbose_name_plural": "作废的登记",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Fulfilment",
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
                    "duty",
                    models.CharField(
                        choices=[("责令停产停业", "责令停产停业"), ("责令关闭", "责令关闭")],
                        max_length=20,
                        verbose_name="义务",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="履行日期")),
                ("found", models.TextField(verbose_name="核查情况")),
            ],
            options={
                "verbose_name": "履行情况",
                "verbose_name_plural": "履行情况",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Refund",
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
                        choices=[("fine", "罚款"), ("surcharge", "加处罚款"), ("confiscation", "没收的违法所得")],
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
                ("refunded_on", models.DateField(verbose_name="退款日期")),
                ("voucher", models.CharField(max_length=100, verbose_name="票据号")),
            ],
            options={
                "verbose_name": "退款",
                "verbose_name_plural": "退款",
                "ordering": ["case", "pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="caseact",
            name="caseact_reason_given",
        ),
        migrations.RemoveConstraint(
            model_name="courtapplication",
            name="courtapplication_seen",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_one_of_a_voucher",
        ),
        migrations.RemoveConstraint(
            model_name="remedyend",
            name="remedyend_fine_when_changed",
        ),
        migrations.RemoveConstraint(
            model_name="urging",
            name="urging_seen",
        ),
        migrations.AddField(
            model_name="courtapplication",
            name="duty",
            field=models.TextField(
                blank=True,
                help_text="没有交出的没收物品、没有停止的生产经营等；只欠款的不填。",
                verbose_name="申请执行的其他义务",
            ),
        ),
        migrations.AddField(
            model_name="remedyend",
            name="gains",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="变更违法所得的才填。",
                max_digits=12,
                null=True,
                verbose_name="变更后没收的违法所得（元）",
            ),
        ),
        migrations.AddField(
            model_name="remedyend",
            name="lifted",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("没收非法财物", "没收非法财物"),
                        ("责令停产停业", "责令停产停业"),
                        ("责令关闭", "责令关闭"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="变更以后不再执行的",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="duty",
            field=models.TextField(
                blank=True,
                help_text="没有交出的没收物品、没有停止的生产经营等；只欠款的不填。",
                verbose_name="催告履行的其他义务",
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
                    ("goods_taken", "收缴没收的物品"),
                    ("measure_ended", "批准处理涉案物品"),
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
                    ("letter_received", "登记期限内提出、复核以后才登记的意见"),
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
                    ("receipt_corrected", "更正送达"),
                    ("correction_ordered", "责令改正"),
                    ("correction_checked", "复查改正"),
                    ("paid", "登记缴款"),
                    ("entry_voided", "作废登记"),
                    ("refunded", "登记退款"),
                    ("fulfilled", "登记履行情况"),
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
                    ("enforcement_reopened", "退回执行"),
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
            model_name="courtapplication",
            name="amount",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="申请执行的金额（元）",
            ),
        ),
        migrations.AlterField(
            model_name="remedyend",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("upheld", "维持、驳回"),
                    ("changed", "变更"),
                    ("annulled", "撤销、确认无效"),
                    ("unlawful", "确认违法，不撤销"),
                    ("withdrawn", "撤回、终止"),
                ],
                max_length=20,
                verbose_name="结果",
            ),
        ),
        migrations.AlterField(
            model_name="urging",
            name="amount",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="催缴金额（元）",
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
                                "receipt_corrected",
                                "entry_voided",
                                "investigation_suspended",
                                "investigation_resumed",
                                "investigation_ended",
                                "enforcement_suspended",
                                "enforcement_resumed",
                                "enforcement_ended",
                                "enforcement_reopened",
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
            model_name="courtapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__isnull", False)),
                    models.Q(("amount", None), models.Q(("duty", ""), _negated=True)),
                    _connector="OR",
                ),
                name="courtapplication_for_something",
                violation_error_message="请写明金额，或者其他应当履行的义务。",
            ),
        ),
        migrations.AddConstraint(
            model_name="courtapplication",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "court", "duty", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="courtapplication_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fine", None), models.Q(("fine__gte", 0), ("outcome", "changed")), _connector="OR"),
                    models.Q(("gains", None), models.Q(("gains__gte", 0), ("outcome", "changed")), _connector="OR"),
                    models.Q(("lifted", []), ("outcome", "changed"), _connector="OR"),
                ),
                name="remedyend_said_when_changed",
                violation_error_message="结果是变更的，才填变更后的罚款、违法所得和不再执行的。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__isnull", False)),
                    models.Q(("amount", None), models.Q(("duty", ""), _negated=True)),
                    _connector="OR",
                ),
                name="urging_for_something",
                violation_error_message="请写明金额，或者其他应当履行的义务。",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "duty", "recipient", "witness", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="urging_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddField(
            model_name="confiscatedgoods",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="confiscatedgoods",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confiscated_goods",
                to="cases.decision",
                verbose_name="决定书",
            ),
        ),
        migrations.AddField(
            model_name="confiscatedgoods",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confiscations",
                to="cases.measure",
                verbose_name="措施",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="application",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.courtapplication",
                verbose_name="申请法院强制执行",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entry_voids",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="payment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.payment",
                verbose_name="缴款",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="remedy",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.remedy",
                verbose_name="复议、诉讼",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="instead_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="cases.entryvoid",
                verbose_name="代替作废的登记",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("case", "voucher", "what", "instead_of"),
                name="payment_one_of_a_voucher",
                nulls_distinct=False,
                violation_error_message="这一张票据的这一款项已经登记。",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fulfilments",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="first_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="执法人员",
            ),
        ),
        migrations.AddField(
            model_name="fulfilment",
            name="second_officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.officer",
                verbose_name="另一名执法人员",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="fulfilment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.fulfilment",
                verbose_name="履行情况",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refunds",
                to="cases.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="entryvoid",
            name="refund",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void",
                to="cases.refund",
                verbose_name="退款",
            ),
        ),
        migrations.AddConstraint(
            model_name="confiscatedgoods",
            constraint=models.UniqueConstraint(fields=("decision", "measure"), name="confiscatedgoods_once"),
        ),
        migrations.AddConstraint(
            model_name="confiscatedgoods",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="confiscatedgoods_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                name="fulfilment_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("found", ""), _negated=True)),
                name="fulfilment_given",
                violation_error_message="请写核查情况。",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Func("found", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="fulfilment_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), models.Q(("voucher", ""), _negated=True)),
                name="refund_by_voucher",
                violation_error_message="请写明金额和票据号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Func("voucher", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="refund_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryvoid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("application__isnull", True),
                        ("fulfilment__isnull", True),
                        ("payment__isnull", False),
                        ("refund__isnull", True),
                        ("remedy__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("fulfilment__isnull", True),
                        ("payment__isnull", True),
                        ("refund__isnull", True),
                        ("remedy__isnull", False),
                    ),
                    models.Q(
                        ("application__isnull", False),
                        ("fulfilment__isnull", True),
                        ("payment__isnull", True),
                        ("refund__isnull", True),
                        ("remedy__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("fulfilment__isnull", True),
                        ("payment__isnull", True),
                        ("refund__isnull", False),
                        ("remedy__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("fulfilment__isnull", False),
                        ("payment__isnull", True),
                        ("refund__isnull", True),
                        ("remedy__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="entryvoid_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryvoid",
            constraint=models.CheckConstraint(
                condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                name="entryvoid_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
