from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("duties", "0002_change_own_rows"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "serial", "text", "offices", "note", function="is_seen", output_field=models.BooleanField()
                ),
                name="duty_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "text", "offices", "note", function="is_seen", output_field=models.BooleanField()
                ),
                name="workitem_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
