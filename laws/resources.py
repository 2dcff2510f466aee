from history.resources import WorkingResource
from laws.models import Citation, KnownLaw, Law, Repeal, Term


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


class KnownLawResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = KnownLaw
        import_id_fields = ("title",)


class TermResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Term
        import_id_fields = ("wrong",)
