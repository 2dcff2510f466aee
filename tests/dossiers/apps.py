"""卷宗: an app that is no part of the list, for the tests: a row with a trail, and a thing that people act on."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "tests.dossiers"
    label = "dossiers"
    verbose_name = "卷宗"
