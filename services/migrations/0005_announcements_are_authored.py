import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

SEEN = models.CheckConstraint(
    condition=models.Func("text", "reason", "by_name", function="is_seen", output_field=models.BooleanField()),
    name="announcement_seen",
    violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
)


class Migration(migrations.Migration):
    """Who announced it and when stand in the columns of everything that one person did (acts.models.Authored). The
    columns are renamed, no row changes; the ledger enters each once more under the new names. Back: the old names."""

    dependencies = [
        ("services", "0004_seen_characters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("announcement", "announcement_seen"),
        migrations.RenameField("announcement", "announced_at", "at"),
        migrations.RenameField("announcement", "announced_by", "by"),
        migrations.RenameField("announcement", "announced_by_name", "by_name"),
        migrations.AlterField("announcement", "at", models.DateTimeField("时间", default=django.utils.timezone.now)),
        migrations.AlterField(
            "announcement",
            "by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                verbose_name="经办人",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
            ),
        ),
        migrations.AlterField(
            "announcement",
            "by_name",
            models.CharField("经办人姓名", max_length=200, help_text="当时的姓名，账号以后改名也不变。"),
        ),
        AddConstraintNotValid("announcement", SEEN),
    ]
