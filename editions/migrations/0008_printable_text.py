from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("editions", "0007_approval_number_or_why_not"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="secondopinion",
            constraint=models.CheckConstraint(
                condition=models.Func("reason", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="second_opinion_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Func("reason", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="act_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Func("text", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="answer_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="cover",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "title",
                    "total_line",
                    "breakdown_line",
                    "date_line",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="cover_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "change_note",
                    "checkup_word",
                    "closing_reason",
                    "revoke_reason",
                    "approval_authority",
                    "approval_number",
                    "approval_note",
                    "submitted_by_name",
                    "reviewed_by_name",
                    "signed_by_name",
                    "issued_by_name",
                    "closed_by_name",
                    "revoked_by_name",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="edition_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="frame",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "cover_label",
                    "numeral",
                    "heading",
                    "columns",
                    "notes",
                    "compiler",
                    "filled_on",
                    "phone",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="frame_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="ownfinding",
            constraint=models.CheckConstraint(
                condition=models.Func("sentence", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="own_finding_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Func("text", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="remark_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Func("name", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="reply_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Func("reason", "by_name", function="is_seen", output_field=models.BooleanField()),
                name="ruling_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
