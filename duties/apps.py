from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "duties"
    verbose_name = "部门职责"

    def ready(self) -> None:
        from duties.columns import TABLE
        from duties.documents import DutyDocument
        from duties.models import Duty
        from duties.rules import RULES
        from editions.checkup import rule as checkup
        from editions.form.parts import Part, register

        register(
            Part("duties", 10, DutyDocument, "部门职责", model=Duty, table=TABLE, also_called=("主要职责", "职责"))
        )
        checkup.register(*RULES)
