"""What the staff have no page for."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)  # the desk says how it stands with the papers
