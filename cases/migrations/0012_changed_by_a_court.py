"""A fine that a review or a court changed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_served_and_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="remedyend",
            name="fine",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="变更罚款的才填。",
                max_digits=12,
                null=True,
                verbose_name="变更后的罚款（元）",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedyend",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine", None), models.Q(("fine__gte", 0), ("outcome", "changed")), _connector="OR"),
                name="remedyend_fine_when_changed",
                violation_error_message="结果是变更的，才填变更后的罚款。",
            ),
        ),
    ]
