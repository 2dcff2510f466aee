from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody sees is refused from now on;
    rows that hold such stay as they are until somebody changes them (NOT VALID), so that none keeps a machine from its
    upgrade. Back: the constraints go, no row is touched."""

    dependencies = [
        ("verbatim", "0001_seen_characters_and_whole_names"),
        ("offices", "0003_whole_names_and_seen_characters"),
        ("services", "0003_change_own_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "text", "reason", "announced_by_name", function="is_seen", output_field=models.BooleanField()
                ),
                name="announcement_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Func("place", "offers", function="is_seen", output_field=models.BooleanField()),
                name="event_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "serial",
                    "title",
                    "content",
                    "offices",
                    "phones",
                    function="is_seen",
                    output_field=models.BooleanField(),
                ),
                name="service_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
        AddConstraintNotValid(
            model_name="yearlyrule",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "quoted", "added_by", "basis", function="is_seen", output_field=models.BooleanField()
                ),
                name="yearlyrule_seen",
                violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
            ),
        ),
    ]
