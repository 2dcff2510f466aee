from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees, and what is no whole name, is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("offices", "0002_change_own_rows"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "name", "other_names", "full_name", "county", function="is_seen", output_field=models.BooleanField()
                ),
                name="department_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Func("name", "other_names", function="are_names", output_field=models.BooleanField()),
                name="department_names_whole",
                violation_error_message=(
                    "一个名称要有 2 到 100 个字，中间没有空格，也没有顿号、逗号这类分隔符（成对的括号里可以有），"
                    "并且不是“有关科室”这类泛指；几个名称请各写一行。"
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "name", "other_names", "phones", function="is_seen", output_field=models.BooleanField()
                ),
                name="office_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Func("name", "other_names", function="are_names", output_field=models.BooleanField()),
                name="office_names_whole",
                violation_error_message=(
                    "一个名称要有 2 到 100 个字，中间没有空格，也没有顿号、逗号这类分隔符（成对的括号里可以有），"
                    "并且不是“有关科室”这类泛指；几个名称请各写一行。"
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "successor", "added_by", "basis", function="is_seen", output_field=models.BooleanField()
                ),
                name="succession_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
