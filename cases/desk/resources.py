"""Officers, members and standards as tables: a person is named by the account's user name."""

from django.contrib.auth import get_user_model
from import_export import fields

from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation
from cases.rows.people import Member, Officer
from history.resources import RelatedWidget, WorkingResource


class AccountWidget(RelatedWidget):
    def __init__(self) -> None:
        super().__init__(get_user_model()._default_manager.all(), "username")

    def unknown(self, name: str) -> str:
        return f"没有用户名为 {name} 的账号。"


class OfficerResource(WorkingResource):
    account = fields.Field(attribute="account", column_name="账号", widget=AccountWidget())

    class Meta(WorkingResource.Meta):
        model = Officer
        import_id_fields = ("certificate",)


class MemberResource(WorkingResource):
    account = fields.Field(attribute="account", column_name="账号", widget=AccountWidget())

    class Meta(WorkingResource.Meta):
        model = Member
        import_id_fields = ("account", "since")


class StandardResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Standard


class ViolationResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Violation


class ProvisionResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Provision


class ProvisionKindResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = ProvisionKind
        import_id_fields = ("provision", "kind")


class FactorResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Factor


class BandResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Band
