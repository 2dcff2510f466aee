from history.resources import WorkingResource
from offices.models import Department, Office, Succession


class OfficeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Office


class DepartmentResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Department


class SuccessionResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Succession
        import_id_fields = ("department", "since")
