"""A regime as one text: every chapter and every paragraph in its place, read like the document and changed there."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from history.admin import may, tell_after_saving
from history.forms import FOR_EACH_ROW, REASON_WANTED, MergingForm, MergingFormSet, reason_field, reason_in
from history.ordering import Arrangement
from supervision.models import Chapter, Clause, Regime
from verbatim.fields import PlainForm

NUMBER = forms.TextInput(attrs={"class": "line", "placeholder": "编号"})
HEADING = forms.TextInput(attrs={"class": "line", "placeholder": "标题"})
PARAGRAPH = forms.Textarea(attrs={"rows": 1, "class": "cell"})

ChapterForms = forms.modelformset_factory(
    Chapter,
    form=MergingForm,
    formset=MergingFormSet,
    fields=["marker", "title"],
    widgets={"marker": NUMBER, "title": HEADING},
    extra=0,
    edit_only=True,
)
ClauseForms = forms.modelformset_factory(
    Clause,
    form=MergingForm,
    formset=MergingFormSet,
    fields=["marker", "heading", "text"],
    widgets={"marker": NUMBER, "heading": HEADING, "text": PARAGRAPH},
    extra=0,
    edit_only=True,
)


class ReasonForm(PlainForm):
    change_reason = reason_field(f"有改动时必填：为什么改、依据什么。{FOR_EACH_ROW}", required=False)


def show(request: HttpRequest, context: dict[str, Any], regime: Regime) -> HttpResponse:
    """GET shows the text; POST saves what of it is changed, all or nothing."""
    with transaction.atomic():
        return _answer(request, context, regime)


def _answer(request: HttpRequest, context: dict[str, Any], regime: Regime) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    reason = ReasonForm(posted)
    chapters = ChapterForms(posted, queryset=regime.chapters.listed(), prefix="chapter")
    clauses = ClauseForms(posted, queryset=Clause.objects.listed().filter(chapter__in=regime.chapters.listed()))
    formsets: list[Any] = [chapters, clauses]
    for formset in formsets:
        formset.may_change = lambda row: may(request, "change", row._meta, row)
    if posted is not None:
        is_whole = all([reason.is_valid(), *(formset.is_valid() for formset in formsets)])
        conflicts = [conflict for formset in formsets for conflict in formset.conflicts()]
        changed = [row for formset in formsets for row in formset.save(commit=False)] if is_whole else []
        if changed:
            for row in changed:
                row.save(reason=reason_in(posted))
            forms_of = [form for formset in formsets for form in formset.initial_forms if form.instance in changed]
            tell_after_saving(request, regime, forms_of, conflicts)
            return redirect(request.path)
        if not reason_in(posted) and any(form.has_changed() for formset in formsets for form in formset.initial_forms):
            reason.add_error("change_reason", REASON_WANTED)
            reason.fields["change_reason"].widget.attrs["autofocus"] = True
        elif is_whole:
            reason.add_error(None, "文字没有改动，没有保存。")
        context["conflicts"] = conflicts
        for formset in formsets:
            formset.show_again()
    context |= {
        "title": f"{regime.code} {regime.title}：全文",
        "formsets": formsets,
        "reason": reason,
        "chapters": _as_printed(chapters, clauses),
        "is_unsaved": posted is not None,
    }
    return TemplateResponse(request, "admin/supervision/text.html", context)


def _as_printed(chapters: Any, clauses: Any) -> list[tuple[Any, list[tuple[int, Any]]]]:
    """The form of each chapter with those of its paragraphs, each with how deep it stands."""
    forms = {form.instance.pk: form for form in clauses.forms}
    printed = []
    for chapter in chapters.forms:
        rows = [form.instance for form in clauses.forms if form.instance.chapter_id == chapter.instance.pk]
        arranged = Arrangement.of((row.pk for row in rows), {row.pk: row.parent_id for row in rows})
        printed.append((chapter, [(arranged.depth(key), forms[key]) for key in arranged.order]))
    return printed
