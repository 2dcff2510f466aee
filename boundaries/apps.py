from django.apps import AppConfig


class BoundariesConfig(AppConfig):
    name = "boundaries"
    verbose_name = "与相关部门的职责边界"

    def ready(self) -> None:
        from boundaries.columns import TABLE
        from boundaries.documents import MatterDocument
        from boundaries.models import Matter
        from boundaries.rules import RULES
        from editions.checkup import rule as checkup
        from editions.form.parts import Part, register

        register(
            Part(
                "boundaries",
                20,
                MatterDocument,
                "职责边界",
                model=Matter,
                table=TABLE,
                also_called=("管理事项", "边界"),
            )
        )
        checkup.register(*RULES)
