from django.apps import AppConfig
from django.core import checks


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from cases import examples as examples
        from cases.choices import check_choices
        from cases.discretion.publication import PublishedStandards, current_standards
        from editions.public import catalogue

        checks.register(check_choices)
        catalogue.watch("standards", current_standards, PublishedStandards)
