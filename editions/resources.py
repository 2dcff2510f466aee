from editions.form.frames import Cover, Frame
from history.resources import WorkingResource


class CoverResource(WorkingResource):
    may_add = False

    class Meta(WorkingResource.Meta):
        model = Cover


class FrameResource(WorkingResource):
    may_add = False

    class Meta(WorkingResource.Meta):
        model = Frame
        import_id_fields = ("part",)
