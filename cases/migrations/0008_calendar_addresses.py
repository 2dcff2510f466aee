"""Addresses under which somebody's own calendar reads the clocks of their cases."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_evidence_and_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                "verbose_name": "日历地址",
                "verbose_name_plural": "日历地址",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("digest",),
                        name="subscription_one_of_a_secret",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), ("digest__regex", "^[0-9a-f]{64}$"), _connector="OR"),
                        name="subscription_digest_of_a_secret",
                    ),
                    models.CheckConstraint(
                        condition=models.Func("by_name", function="is_seen", output_field=models.BooleanField()),
                        name="subscription_seen",
                        violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
                    ),
                ],
            },
        ),
    ]
