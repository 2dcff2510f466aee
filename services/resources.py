from history.resources import WorkingResource
from services.models import Event, Service, YearlyRule


class ServiceResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Service


class YearlyRuleResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = YearlyRule
        import_id_fields = ("service",)


class EventResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Event
