"""What the staff keep for answers; and what they have no page for."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from portal.desk.error_reports import ErrorReportAdmin
from portal.desk.sayings import QuickQuestionAdmin, SayingAdmin, UnansweredQuestionAdmin
from portal.models import ErrorReport, QuickQuestion, Saying, UnansweredQuestion

admin.site.unregister(DBTaskResult)  # the desk says how it stands with the papers
admin.site.register(Saying, SayingAdmin)
admin.site.register(QuickQuestion, QuickQuestionAdmin)
admin.site.register(UnansweredQuestion, UnansweredQuestionAdmin)
admin.site.register(ErrorReport, ErrorReportAdmin)
