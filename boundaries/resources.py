from boundaries.models import Basis, Matter, Share, ShareOffice, ShareStage
from history.resources import WorkingResource


class MatterResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Matter


class ShareResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Share


class BasisResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Basis
        import_id_fields = ("matter", "anchor")


class ShareOfficeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = ShareOffice
        import_id_fields = ("share", "office")


class ShareStageResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = ShareStage
        import_id_fields = ("share", "stage")
