from django.contrib import admin

from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from laws.models import Citation, KnownLaw, Law, Repeal, Term
from laws.resources import CitationResource, KnownLawResource, LawResource, RepealResource, TermResource


class RepealInline(WorkingInline):
    model = Repeal


class CitationInline(WorkingInline):
    model = Citation
    fields = ["code", "quoted", "kind", "retired_on"]


@admin.register(Law)
class LawAdmin(WorkingAdmin):
    resource_classes = [LawResource]
    list_display = ["code", "title", "number"]
    list_display_links = ["code", "title"]
    list_filter = [RetiredFilter]
    search_fields = ["code", "title", "number"]
    inlines = [CitationInline, RepealInline]


@admin.register(Citation)
class CitationAdmin(WorkingAdmin):
    resource_classes = [CitationResource]
    list_display = ["code", "quoted", "kind", "law"]
    list_display_links = ["code", "quoted"]
    list_select_related = ["law"]
    list_filter = ["kind", RetiredFilter]
    search_fields = ["code", "quoted", "law__title"]


@admin.register(Repeal)
class RepealAdmin(WorkingAdmin):
    resource_classes = [RepealResource]
    list_display = ["law", "repealed_on", "replaced_by", "added_by", "added_on"]
    list_select_related = ["law"]
    list_filter = [RetiredFilter]
    search_fields = ["law__title", "replaced_by"]


@admin.register(KnownLaw)
class KnownLawAdmin(WorkingAdmin):
    resource_classes = [KnownLawResource]
    list_display = ["title", "number", "in_force_on", "repealed_on", "replaced_by", "source"]
    list_filter = [RetiredFilter]
    search_fields = ["title", "number", "also"]


@admin.register(Term)
class TermAdmin(WorkingAdmin):
    resource_classes = [TermResource]
    list_display = ["wrong", "right", "source"]
    list_filter = [RetiredFilter]
    search_fields = ["wrong", "right"]
