from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("boundaries", "0002_change_own_rows"),
        ("offices", "0003_whole_names_and_seen_characters"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Func("text", function="is_seen", output_field=models.BooleanField()),
                name="basis_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "serial", "title", "case", function="is_seen", output_field=models.BooleanField()
                ),
                name="matter_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Func("name", "text", function="is_seen", output_field=models.BooleanField()),
                name="share_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="shareoffice",
            constraint=models.CheckConstraint(
                condition=models.Func("added_by", "basis", function="is_seen", output_field=models.BooleanField()),
                name="shareoffice_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="sharestage",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "stage", "added_by", "basis", function="is_seen", output_field=models.BooleanField()
                ),
                name="sharestage_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
