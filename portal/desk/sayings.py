"""The desk of whoever keeps the answers: the 俗称表 and the questions of the first page, publishing them, and what
nobody was answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from accounts.pages import page
from acts import pages
from acts.errors import Refused
from editions.public import catalogue
from editions.register.register import Register
from history.admin import InUseFilter, WorkingAdmin
from history.lists import ReadOnly
from history.refusals import is_away, said_by_database
from portal.answers import checking
from portal.answers.current import current_vocabulary, shipped_vocabulary
from portal.answers.models import PublishedVocabulary, QuickQuestion, Saying, UnansweredQuestion, composed
from portal.answers.vocabulary import SayingDocument, Sort, VocabularyDocument
from portal.resources import QuickQuestionResource, SayingResource
from verbatim.documents import digest
from verbatim.fields import CellFormField, PlainForm

LIST = "admin:portal_saying_changelist"
SHOWN = 200
"""Sayings and questions on a page at most."""


def _register() -> Register | None:
    edition = catalogue.current().in_force
    return edition.register() if edition else None


class LeadsNowhereFilter(admin.SimpleListFilter):
    """Sayings that stand for words which the list in force has not."""

    title = "指到哪里"
    parameter_name = "leads"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("nowhere", "清单里没有这几个字")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        register = _register()
        if self.value() != "nowhere" or register is None:
            return queryset
        lost = [row.pk for row in Saying.objects.listed() if checking.leads_nowhere(register, row.document())]
        return queryset.filter(pk__in=lost)


class AnswersAdmin(WorkingAdmin):
    import_export_change_list_template = "admin/portal/sayings/list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_publish = request.user.has_perm("portal.announce_saying")
        return super().changelist_view(request, {"may_publish": may_publish, **(extra_context or {})})


class SayingAdmin(AnswersAdmin):
    resource_classes = [SayingResource]
    list_display = ["said", "sort", "means", "leads_nowhere", "retired_on"]
    list_filter = ["sort", LeadsNowhereFilter, InUseFilter]
    search_fields = ["said", "means"]

    @admin.display(description="清单里没有的字")
    def leads_nowhere(self, saying: Saying) -> str:
        register = _register()
        return "、".join(checking.leads_nowhere(register, saying.document())) if register else ""

    def get_urls(self) -> list[URLPattern]:
        # /admin/portal/saying/publish/
        publish = page(self.admin_site, publish_view, permission="portal.announce_saying")
        return [path("publish/", publish, name="portal_saying_publish"), *super().get_urls()]


class QuickQuestionAdmin(AnswersAdmin):
    resource_classes = [QuickQuestionResource]
    list_display = ["label", "question", "position", "retired_on"]
    list_filter = [InUseFilter]
    search_fields = ["label", "question"]


def publish_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET shows what will be otherwise, and for which questions; POST lets questions be answered so."""
    table, before = composed(), current_vocabulary().document
    form, answer = pages.publish(request, PublishedVocabulary, back=LIST, then=lambda: forget_what_is_answered(table))
    if answer:
        return answer
    register = _register()
    asked = UnansweredQuestion.objects.values_list("asked", flat=True)
    context |= {
        "title": "公布俗称表",
        "back": reverse(LIST),
        "form": form,
        "shown": digest(table.canonical()),
        "compared": checking.Comparison.of(before, table),
        "count": len(table.sayings),
        "latest": PublishedVocabulary.latest(),
        "faults": list(checking.faults(register, table))[:SHOWN] if register else [],
        "answered": list(checking.answered(register, table, asked))[:SHOWN] if register else [],
    }
    return TemplateResponse(request, "admin/portal/sayings/publish.html", context)


def on_the_desk() -> dict[str, Any]:
    """For the first page of the desk: in how many places the table is otherwise than what the public asks."""
    latest, kept = PublishedVocabulary.latest(), (Saying, QuickQuestion)
    if latest and not any(model.history.filter(history_date__gt=latest.at).exists() for model in kept):
        return {"sayings_waiting": 0}
    public = latest.document() if latest else shipped_vocabulary().document
    return {"sayings_waiting": checking.Comparison.of(public, composed()).count}


def tell(request: HttpRequest, row: Any, forms: Any) -> None:
    """Whoever saved a saying: that it is not public yet, and what of it leads nowhere."""
    if not isinstance(row, Saying | QuickQuestion):
        return
    where = reverse("admin:portal_saying_publish")
    said = '已保存，还没有公布：<a href="{}">公布俗称表</a>以后，公众查找才用它。'
    messages.info(request, format_html(said, where))
    register = _register()
    if isinstance(row, Saying) and register and (lost := checking.leads_nowhere(register, row.document())):
        messages.warning(request, f"现行的清单里没有“{'”“'.join(lost)}”这几个字，这一条不会管用。")


def forget_what_is_answered(table: VocabularyDocument) -> None:
    if register := _register():
        asked = list(UnansweredQuestion.objects.values_list("asked", flat=True))
        found = [question for question, _ in checking.answered(register, table, asked)]
        UnansweredQuestion.objects.filter(asked__in=found).delete()


class SayingForm(PlainForm):
    """A saying made of what somebody asked."""

    said = forms.CharField(label="群众的说法", max_length=30, help_text="留下说明是什么事的几个字，问的语气不要。")
    sort = forms.ChoiceField(label="种类", choices=Sort.choices)
    means = CellFormField(
        label="清单里的说法",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="清单里印着的字，一字不差，一行一个。清单以外的事不写。",
    )
    reason = forms.CharField(label="理由", max_length=500, initial="有人这样问，没有答案")


class KnownFilter(admin.SimpleListFilter):
    """Questions of what the table says that the list does not know, and those that somebody should look at."""

    title = "俗称表"
    parameter_name = "known"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "还没有登记为清单以外"), ("yes", "已登记为清单以外")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("no", "yes"):
            return queryset
        asked = UnansweredQuestion.objects.values_list("asked", flat=True)
        known = list(checking.known_to_be_outside(composed(), asked))
        return queryset.filter(asked__in=known) if self.value() == "yes" else queryset.exclude(asked__in=known)


class UnansweredQuestionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["asked", "unsaid", "times", "first_on", "last_on", "make_saying"]
    list_display_links = None
    list_filter = ["unsaid", KnownFilter]
    search_fields = ["asked"]
    list_per_page = 100
    actions = None

    @admin.display(description="")
    def make_saying(self, question: UnansweredQuestion) -> str:
        return format_html(
            '<a href="{}">做一条俗称</a>', reverse("admin:portal_saying_of_question", args=[question.pk])
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        names = list(super().get_list_display(request))
        return names if request.user.has_perm("portal.add_saying") else names[:-1]

    def get_urls(self) -> list[URLPattern]:
        # /admin/portal/unansweredquestion/7/saying/
        made = page(self.admin_site, saying_view, permission="portal.add_saying")
        return [path("<int:pk>/saying/", made, name="portal_saying_of_question"), *super().get_urls()]


def saying_view(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """An entry of the 俗称表 from a question: first what it would answer, then it is kept, or kept and published."""
    question = get_object_or_404(UnansweredQuestion, pk=pk)
    if "forget" in request.POST:
        question.delete()
        messages.success(request, f"已从记录里删去“{question.asked}”，找不回来。")
        return redirect("admin:portal_unansweredquestion_changelist")
    may_publish = request.user.has_perm("portal.announce_saying")
    form = SayingForm(request.POST if request.method == "POST" else None, initial={"said": question.asked[:30]})
    tried, table = None, composed()
    waiting = checking.Comparison.of(current_vocabulary().document, table).count
    if form.is_valid():
        given = form.cleaned_data
        saying = SayingDocument(said=given["said"], sort=Sort(given["sort"]), means=given["means"])
        row = Saying(said=saying.said, sort=saying.sort, means=saying.means)
        try:
            row.full_clean()
        except ValidationError as error:
            for name, said in error.message_dict.items():
                form.add_error(name if name in form.fields else None, said)
        else:
            if "keep" in request.POST or ("publish" in request.POST and may_publish and not waiting):
                try:
                    return _keep(request, row, given["reason"], publish="publish" in request.POST)
                except Refused as error:
                    form.add_error(None, f"没有存下：{error}")
                except DatabaseError as error:
                    if is_away(error):
                        raise
                    form.add_error(None, said_by_database(error))
            tried = saying
    context |= {
        "title": "做一条俗称",
        "question": question,
        "form": form,
        "may_publish": may_publish,
        "waiting": waiting,
    }
    register = _register()
    if tried and register:
        asked = list(UnansweredQuestion.objects.values_list("asked", flat=True))
        before = {question for question, _ in checking.answered(register, table, asked)}
        asked = [question for question in asked if question not in before]
        table = _with(table, tried)
        context |= {
            "tried": tried,
            "nowhere": checking.leads_nowhere(register, tried),
            "answered": list(checking.answered(register, table, asked))[:SHOWN],
        }
    return TemplateResponse(request, "admin/portal/sayings/of_question.html", context)


def _with(table: VocabularyDocument, saying: SayingDocument) -> VocabularyDocument:
    return table.with_values(sayings=(*table.sayings, saying))


def _keep(request: HttpRequest, row: Saying, reason: str, *, publish: bool) -> HttpResponse:
    with transaction.atomic():
        row.save(reason=reason)
        if publish:
            table = composed()
            PublishedVocabulary.publish(request.user, shown=digest(table.canonical()), reason=reason)
            forget_what_is_answered(table)
    said = "已存下并公布，公众查找现在就用它。" if publish else "已存下；公布俗称表以后，公众查找才用它。"
    messages.success(request, f"{row}：{said}")
    return redirect("admin:portal_unansweredquestion_changelist")
