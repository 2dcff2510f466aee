"""The verbs of a case in the order of its phases."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_conclusion_and_audit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("concluded", "调查终结"),
                    ("audited", "审核通过"),
                    ("audit_returned", "退回补充调查、补正"),
                ],
                max_length=20,
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
    ]
