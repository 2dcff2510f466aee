from duties.models import Duty, WorkItem
from history.resources import WorkingResource


class DutyResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Duty


class WorkItemResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = WorkItem
