"""How each paper was served; what officers showed and told; an audit prolonged."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="caseact",
            name="caseact_reason_given",
        ),
        migrations.RemoveConstraint(
            model_name="correctionorder",
            name="correctionorder_seen",
        ),
        migrations.RemoveConstraint(
            model_name="penaltynotice",
            name="penaltynotice_seen",
        ),
        migrations.RemoveConstraint(
            model_name="urging",
            name="urging_seen",
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
            model_name="correctionorder",
            name="has_consent",
            field=models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达"),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="mode",
            field=models.CharField(
                choices=[
                    ("直接送达", "直接送达"),
                    ("留置送达", "留置送达"),
                    ("委托送达", "委托送达"),
                    ("邮寄送达", "邮寄送达"),
                    ("电子送达", "电子送达"),
                    ("公告送达", "公告送达"),
                    ("送达地址确认书送达", "送达地址确认书送达"),
                ],
                default="直接送达",
                max_length=20,
                verbose_name="送达方式",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="published_on",
            field=models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="recipient",
            field=models.CharField(default="当事人", max_length=100, verbose_name="收件人"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="witness",
            field=models.CharField(
                blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
            ),
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
        migrations.AddField(
            model_name="penaltynotice",
            name="has_consent",
            field=models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达"),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="mode",
            field=models.CharField(
                choices=[
                    ("直接送达", "直接送达"),
                    ("留置送达", "留置送达"),
                    ("委托送达", "委托送达"),
                    ("邮寄送达", "邮寄送达"),
                    ("电子送达", "电子送达"),
                    ("公告送达", "公告送达"),
                    ("送达地址确认书送达", "送达地址确认书送达"),
                ],
                default="直接送达",
                max_length=20,
                verbose_name="送达方式",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="published_on",
            field=models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
        ),
        migrations.AddField(
            model_name="penaltynotice",
            name="witness",
            field=models.CharField(
                blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="has_consent",
            field=models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达"),
        ),
        migrations.AddField(
            model_name="urging",
            name="mode",
            field=models.CharField(
                choices=[
                    ("直接送达", "直接送达"),
                    ("留置送达", "留置送达"),
                    ("委托送达", "委托送达"),
                    ("邮寄送达", "邮寄送达"),
                    ("电子送达", "电子送达"),
                    ("公告送达", "公告送达"),
                    ("送达地址确认书送达", "送达地址确认书送达"),
                ],
                default="直接送达",
                max_length=20,
                verbose_name="送达方式",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="urging",
            name="published_on",
            field=models.DateField(blank=True, help_text="公告送达的才填。", null=True, verbose_name="公告日期"),
        ),
        migrations.AddField(
            model_name="urging",
            name="witness",
            field=models.CharField(
                blank=True, help_text="留置送达的必填。", max_length=200, verbose_name="见证人或者录像编号"
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
            model_name="correctionorder",
            name="served_on",
            field=models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
        ),
        migrations.AlterField(
            model_name="penaltynotice",
            name="served_on",
            field=models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="has_consent",
            field=models.BooleanField(default=False, verbose_name="受送达人签字同意电子送达"),
        ),
        migrations.AlterField(
            model_name="urging",
            name="served_on",
            field=models.DateField(help_text="以回证上的日期为准；公告送达的，填满期之日。", verbose_name="送达日期"),
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
                condition=models.Q(("rights_told", True)),
                name="measure_rights_told",
                violation_error_message="采取措施要当场告知理由、依据和权利，听取陈述和申辩。",
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
                condition=models.Func(
                    "recipient", "witness", "by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="urging_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
