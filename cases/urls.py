"""URLs of what stands beside regime 十五: by what penalties are measured."""

from django.urls import path

from cases.discretion import views
from editions.public.addresses import register_group, register_page_beside

GROUPS = (
    register_group(
        # /supervision/standards/
        path("supervision/standards/", views.standards, name="standards"),
        # /supervision/standards/find/?q=
        path("supervision/standards/find/", views.find_standards, name="find-standards"),
        path("supervision/standards/find/offline/", views.find_standards_offline, name="find-standards-offline"),
        has_elder=True,
    ),
    register_group(
        # /supervision/standards.json
        path("supervision/standards.json", views.standards_json, name="standards-json"),
    ),
)

register_page_beside("supervision", "JG-15", "standards", label="现行的裁量基准")
