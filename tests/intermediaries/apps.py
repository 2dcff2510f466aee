"""行政审批中介服务事项: a part of another bureau's form, for the tests. It has nothing of its own but its columns."""

from django.apps import AppConfig


class IntermediariesConfig(AppConfig):
    name = "tests.intermediaries"
    label = "intermediaries"
    verbose_name = "行政审批中介服务"

    def ready(self) -> None:
        from editions.form.parts import Part, register
        from tests.intermediaries.documents import IntermediaryDocument
        from tests.intermediaries.models import Intermediary

        register(Part("intermediaries", 50, IntermediaryDocument, "中介服务", model=Intermediary))
