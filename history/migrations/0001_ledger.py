import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The ledger. What the tables hold already is entered when they begin to be followed, after the migrations.

    Undone, the ledger is lost, and the tables that it tells of stay as they are.
    """

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LedgerColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63, verbose_name="表")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63), size=None, verbose_name="栏"
                    ),
                ),
            ],
            options={
                "verbose_name": "底账的栏",
                "verbose_name_plural": "底账的栏",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LedgerWaiting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.TextField()),
                ("is_gone", models.BooleanField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "columns",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="history.ledgercolumns",
                    ),
                ),
            ],
            options={
                "verbose_name": "待记的底账",
                "verbose_name_plural": "待记的底账",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("row", models.TextField(verbose_name="行")),
                ("is_gone", models.BooleanField(verbose_name="删去")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("at", models.DateTimeField(help_text="数据库自己的时钟。", verbose_name="时间")),
                ("chain", models.CharField(max_length=64, verbose_name="链摘要")),
                (
                    "columns",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="history.ledgercolumns",
                        verbose_name="表",
                    ),
                ),
            ],
            options={
                "verbose_name": "底账",
                "verbose_name_plural": "底账",
                "ordering": ["number"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["columns", "row"], name="ledgerline_of_a_row")],
            },
        ),
    ]
