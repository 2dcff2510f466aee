from history.resources import WorkingResource
from laws.models import Citation, Law, Repeal


class LawResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Law


class RepealResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Repeal
        import_id_fields = ("law", "repealed_on")


class CitationResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Citation
