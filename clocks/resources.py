from import_export import fields

from clocks.models import Day, Notice
from history.resources import RelatedWidget, WorkingResource


class NoticeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Notice
        import_id_fields = ("number",)


class DayResource(WorkingResource):
    notice = fields.Field(
        attribute="notice", column_name="放假通知", widget=RelatedWidget(Notice.objects.all(), "number")
    )

    class Meta(WorkingResource.Meta):
        model = Day
        import_id_fields = ("notice", "day")
