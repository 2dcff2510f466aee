from django.apps import AppConfig
from django.core import checks


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from cases import examples as examples
        from cases.choices import check_choices
        from cases.discretion.public import published_standards
        from cases.discretion.standards import Band, Factor, Standard
        from cases.discretion.violations import Provision, ProvisionKind, Violation
        from editions.public import catalogue

        checks.register(check_choices)
        kept = (Standard, Violation, Provision, ProvisionKind, Factor, Band)
        catalogue.watch("standards", published_standards, *(each.history.model for each in kept))
