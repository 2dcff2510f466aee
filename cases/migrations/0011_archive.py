"""What is put away: the file of a case as it was bound, and its seal."""

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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="volume",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={
                "verbose_name": "归档的案卷",
                "verbose_name_plural": "归档的案卷",
                "abstract": False,
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest__regex", "^[0-9a-f]{64}$"),
                            ("pages__gt", 0),
                            ("seal_digest__regex", "^[0-9a-f]{64}$"),
                            ("size__gt", 0),
                        ),
                        name="archive_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "contents", "by_name", function="is_seen", output_field=models.BooleanField()
                        ),
                        name="archive_seen",
                        violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
                    ),
                ],
            },
        ),
    ]
