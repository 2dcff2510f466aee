"""Who works here: one account for each person, in one office of the bureau."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """A member of the staff. Accounts are deactivated, never deleted."""

    office = models.ForeignKey(
        "offices.Office",
        verbose_name="所在股室",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
    )

    serving_privileges = "SELECT, INSERT, UPDATE"

    class Meta(AbstractUser.Meta):
        verbose_name = "账号"
        verbose_name_plural = "账号"
        default_permissions = ("add", "change", "view")

    def get_full_name(self) -> str:
        """Chinese names: family name first, nothing between."""
        return f"{self.last_name}{self.first_name}".strip()

    def get_short_name(self) -> str:
        return self.get_full_name() or self.username
