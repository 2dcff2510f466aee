from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import module_has_submodule


def follow_the_models(using: str, **kwargs: Any) -> None:
    """After the tables: groups with their permissions, and what the database itself refuses."""
    from django.db import connections

    from accounts.roles import make_groups_match
    from history import guards

    make_groups_match(using)
    role = connections["default"].settings_dict["USER"]
    guards.install(connections[using], guard_statements(), role)


def guard_statements() -> Iterator[str]:
    """All that makes the database itself refuse: `statements()` of every app's guards, the lower floors first."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "guards"):
            yield from import_module(f"{config.name}.guards").statements()


class PortalConfig(AppConfig):
    default = True
    name = "portal"
    verbose_name = "查找、提问、纠错"

    def ready(self) -> None:
        from editions.checkup.rulings import OwnFinding
        from editions.desk import default_admin, view_links
        from editions.desk.drafts import Draft
        from editions.life.edition import Edition
        from editions.public import catalogue
        from editions.public.views import register_opening
        from history import trail_page
        from history.admin import register_after_saving
        from portal.annual import checks as annual
        from portal.answers import current
        from portal.desk import after_saving, error_reports, preview, sayings
        from portal.error_reports.models import published_answers
        from portal.first_screen import opening
        from portal.models import ErrorReportAct, PublishedVocabulary
        from portal.naming import check_site

        post_migrate.connect(follow_the_models, sender=self)
        view_links.register(Draft, preview.links_of_draft)
        view_links.register(Edition, preview.links_of_edition)
        view_links.register(OwnFinding, error_reports.links_of_finding)
        catalogue.watch("vocabulary", current.current_vocabulary, PublishedVocabulary)
        catalogue.watch("error_reports", published_answers, ErrorReportAct)
        default_admin.register()
        register_after_saving(after_saving.tell)
        register_after_saving(sayings.tell)
        register_opening("portal/opening.html", opening)
        trail_page.register_addition(annual.confirmations_on_the_trail)
        checks.register(check_site)
        checks.register(check_editions, checks.Tags.database)
        checks.register(check_paper, checks.Tags.database)  # what runs, not what is written: asked for with --database


def check_editions(databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Whether the program reads all that the editions hold: an edition keeps its parts for good."""
    from editions.life.frozen import faults_of_parts

    return [checks.Error(said, id="portal.E001") for using in databases or () for said in faults_of_parts(using)]


def check_paper(databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Whether somebody sets paper, as an installation is looked over after it was set up or upgraded: only where
    `check` or `migrate` is told of databases, as for all that is more than code."""
    from portal.papers import queue

    if not databases or queue.is_at_work():
        return []
    said = "排版的进程没有运行：公布了的 PDF 排不出来。"
    return [checks.Warning(said, hint="启动 wenan-qts-paper.service（manage.py set_papers）。", id="portal.W002")]


class PortalAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "portal.desk.site.Desk"
