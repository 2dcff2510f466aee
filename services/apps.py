from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = "公共服务事项"

    def ready(self) -> None:
        from editions.checkup import rule as checkup
        from editions.form.parts import Part, register
        from editions.public import catalogue
        from services.columns import TABLE
        from services.documents import ServiceDocument
        from services.events import announced
        from services.models import Announcement, Service
        from services.rules import RULES

        register(
            Part(
                "services",
                30,
                ServiceDocument,
                "公共服务",
                model=Service,
                table=TABLE,
                also_called=("服务事项", "服务"),
            )
        )
        catalogue.watch("events", announced, Announcement)
        checkup.register(*RULES)
