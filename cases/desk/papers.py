"""The pages of papers: which can be made, what is asked, how it will look; and the files of those that were issued."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from acts.errors import Refused
from acts.pages import LINES, ActForm
from cases.case import Case
from cases.papers.form import Asked, Form
from cases.papers.forms import BY_NUMBER
from cases.rows.paper import FILES, Paper
from verbatim.numerals import row_number

TEMPLATE = "admin/cases/case/make_paper.html"
LONGEST = 5000
PREFIX = "typed_"


def asked_for(request: HttpRequest) -> tuple[Form | None, int]:
    """The form and the key of the row that an address or a sent page names: 16-3."""
    number, _, key = (request.POST.get("what") or request.GET.get("what") or "").partition("-")
    form = BY_NUMBER.get(row_number(number) or 0)
    return form, (row_number(key) or 0) if form else 0


class IssueForm(ActForm):
    """Nothing but which paper, until that is said; then what the file does not hold."""

    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.key = asked_for(self.request)
        if self.paper:
            self.fields["what"] = forms.ChoiceField(
                choices=[(f"{form.number}-{row.pk}", "") for form, row in self.choices],
                widget=forms.HiddenInput,
                initial=f"{self.paper.number}-{self.key}",
                error_messages={"invalid_choice": "这一份文书已经制作，或者案卷里还没有它要用的记录。"},
            )
            self._ask(self.paper)

    @cached_property
    def choices(self) -> list[tuple[Form, Any]]:
        """What this person can make."""
        return list(self.subject.papers_to_make(self.request.user))

    @property
    def title(self) -> str:
        """What is about to be made."""
        found = next((row for form, row in self.choices if (form, row.pk) == (self.paper, self.key)), None)
        return self.paper.called(found) if self.paper and found else ""

    def _ask(self, paper: Form) -> None:
        before = self.subject.said_before()
        row = paper.row_of(self.subject, self.key)
        for asked in paper.asks:
            suggested = asked.suggested(self.subject.facts(row)) if row else ""
            self.fields[PREFIX + asked.name] = _field(asked, before.get(asked.name) or suggested)

    def clean(self) -> dict[str, Any]:
        if not self.paper:
            raise forms.ValidationError("请先选要制作哪一份文书。")
        return super().clean()

    def given(self) -> dict[str, Any]:
        typed = {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items() if name != "what"}
        return {"form": self.paper, "key": self.key, "typed": typed}


def _field(asked: Asked, initial: str) -> forms.CharField:
    return forms.CharField(
        label=asked.label,
        help_text=asked.help,
        required=asked.is_required,
        max_length=LONGEST,
        widget=LINES,
        initial=initial,
    )


class VoidForm(ActForm):
    """Which paper, and why."""

    first = ("paper", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"] = forms.ModelChoiceField(
            self.subject.papers.without_files().valid(),
            label="哪一份文书",
            empty_label=None,
            initial=self.request.GET.get("paper"),
        )
        self.order_fields(self.first)


def preview(request: HttpRequest, context: dict[str, Any], case: Case) -> HttpResponse:
    """As it would be issued; the page comes again where something is missing."""
    step = Case.steps["paper_issued"]
    if not step.is_open_to_role(case, request.user):
        raise PermissionDenied
    form = IssueForm(request.POST, request=request, subject=case, step=step)
    if form.is_valid():
        try:
            content = case.preview_paper(**form.given(), by=request.user)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return sent(content, "pdf", f"{form.title}（预览）")
    context |= {"title": f"{step.label}：{case.named}", "step": step, "form": form}
    return TemplateResponse(request, TEMPLATE, context, status=400)


def file(request: HttpRequest, case: Case, number: int, kind: str) -> HttpResponse:
    """The PDF or the DOCX; that it was taken is kept."""
    if kind not in FILES:
        raise Http404("没有这样的文件。")
    paper: Paper = get_object_or_404(case.papers.select_related("void"), pk=number)
    return sent(case.hand_out_paper(paper, kind, request.user), kind, paper.file_name)


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(kind != "pdf", f"{name}.{kind}") or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=FILES[kind], headers=headers)
