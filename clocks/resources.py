from import_export import fields

from clocks.models import Day, Notice
from history.resources import CodeWidget, WorkingResource


class NoticeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Notice
        import_id_fields = ("number",)


class DayResource(WorkingResource):
    notice = fields.Field(attribute="notice", column_name="放假通知", widget=CodeWidget(Notice, field="number"))

    class Meta(WorkingResource.Meta):
        model = Day
        import_id_fields = ("notice", "day")
