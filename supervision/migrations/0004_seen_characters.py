from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("offices", "0003_whole_names_and_seen_characters"),
        ("supervision", "0003_change_own_rows"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="chapter",
            constraint=models.CheckConstraint(
                condition=models.Func("marker", "title", function="is_seen", output_field=models.BooleanField()),
                name="chapter_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "marker", "heading", "text", function="is_seen", output_field=models.BooleanField()
                ),
                name="clause_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="regime",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "serial", "title", "unit", function="is_seen", output_field=models.BooleanField()
                ),
                name="regime_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="regimeoffice",
            constraint=models.CheckConstraint(
                condition=models.Func("added_by", "basis", function="is_seen", output_field=models.BooleanField()),
                name="regimeoffice_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
