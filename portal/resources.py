from history.resources import WorkingResource
from portal.models import QuickQuestion, Saying


class SayingResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Saying
        import_id_fields = ("said",)


class QuickQuestionResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = QuickQuestion
        import_id_fields = ("label",)
