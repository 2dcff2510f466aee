from django.apps import AppConfig
from django.core import checks


class ClocksConfig(AppConfig):
    name = "clocks"
    verbose_name = "期限与放假安排"

    def ready(self) -> None:
        from clocks import examples as examples
        from clocks.choices import check_choices

        checks.register(check_choices)
