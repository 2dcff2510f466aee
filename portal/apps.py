import itertools
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core import checks
from django.db.models.signals import post_migrate

KEPT = ("portal_annualcheck", "portal_confirmation")
"""Tables of this app that are only added to."""


def follow_the_models(using: str, **kwargs: Any) -> None:
    """After the tables: groups with their permissions, and what the database itself refuses."""
    from django.db import connections

    from accounts.roles import make_groups_match
    from editions import guards as edition_guards
    from history import guards

    make_groups_match(using)
    kept = (statement for table in KEPT for statement in edition_guards.frozen(table))
    more = itertools.chain(edition_guards.statements(), kept)
    guards.install(connections[using], connections["default"].settings_dict["USER"], more)


class PortalConfig(AppConfig):
    default = True
    name = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from portal.site import check_site

        post_migrate.connect(follow_the_models, sender=self)
        checks.register(check_site)


class PortalAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "portal.desk.Desk"
