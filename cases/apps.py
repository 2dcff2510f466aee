from django.apps import AppConfig
from django.core import checks


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from cases import examples as examples
        from cases.choices import check_choices
        from cases.discretion.publication import PublishedStandards, current_standards
        from cases.publicity.current import current_decisions
        from cases.publicity.rows import PublicityEnd, PublicityRelease
        from editions.public import catalogue

        checks.register(check_choices)
        catalogue.watch("decisions", current_decisions, PublicityRelease, PublicityEnd)
        catalogue.watch("standards", current_standards, PublishedStandards)
