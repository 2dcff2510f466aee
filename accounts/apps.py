from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        from accounts import login_steps, tidying, visits  # noqa: F401 (they listen)

        register(roles_that_there_are)


def roles_that_there_are(**kwargs: Any) -> list[CheckMessage]:
    """Who must give a second factor is named by names that the groups have."""
    from accounts.roles import ROLES

    unknown = sorted(set(settings.SECOND_FACTOR_ROLES) - set(ROLES))
    said = f"SECOND_FACTOR_ROLES 里没有这样的组：{'、'.join(unknown)}。"
    return [Error(said, hint=f"有：{'、'.join(ROLES)}。", id="accounts.E001")] if unknown else []
