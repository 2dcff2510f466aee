from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "事中事后监管制度"

    def ready(self) -> None:
        from editions.checkup import rule as checkup
        from editions.form.columns import RUNNING_TEXT
        from editions.form.parts import Part, register
        from supervision.documents import RegimeDocument
        from supervision.models import Regime
        from supervision.rules import RULES

        register(
            Part(
                "supervision",
                40,
                RegimeDocument,
                "监管制度",
                model=Regime,
                table=RUNNING_TEXT,
                also_called=("监管", "制度"),
            )
        )
        checkup.register(*RULES)
