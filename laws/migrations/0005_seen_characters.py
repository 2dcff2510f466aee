from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("laws", "0004_in_force_on"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Func("quoted", function="is_seen", output_field=models.BooleanField()),
                name="citation_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="knownlaw",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "title",
                    "number",
                    "replaced_by",
                    "also",
                    "source",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="known_law_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Func("title", "number", function="is_seen", output_field=models.BooleanField()),
                name="law_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="repeal",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "replaced_by", "added_by", "basis", function="is_seen", output_field=models.BooleanField()
                ),
                name="repeal_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "wrong", "right", "source", function="is_seen", output_field=models.BooleanField()
                ),
                name="term_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
