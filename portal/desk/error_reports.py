"""群众纠错 on the desk: what was reported, whose turn it is, the answer; with one press a 人工发现 or a 拟改 of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from acts.errors import AlreadyDone, Incomplete, Refused
from acts.pages import LINES, page
from editions.checkup.rule import Finding
from editions.checkup.rulings import FoundByHand, OwnFinding
from editions.desk import findings, mending
from editions.life.edition import Edition
from editions.register.register import compose
from history.lists import ReadOnly
from offices.models import Office
from portal.error_reports.models import ErrorReport, ErrorReportWords, Verb, read_together
from verbatim.fields import PlainForm
from verbatim.numerals import row_number

CALLED = re.compile(r"\s*(?:群众纠错)?第?\s*(\d+)\s*号?(?:纠错)?\s*")
OF_A_REPORT = re.compile(r"^群众纠错第 (\d+) 号：")
"""What the sentence of a finding begins with that was made of one."""
STAYS = "这句话会一直留着，看不到来信的人也看得到：不写来信人的姓名、电话等情况。"


class SeenForm(PlainForm):
    """Of what others may do at the same time: it knows what was done last when the page was made."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def show(self, last: int) -> None:
        """It comes back on a page that shows what was done since."""
        self.data = {**self.data.dict(), "seen": last}  # type: ignore[attr-defined]


class AnswerForm(SeenForm):
    text = forms.CharField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 60}),
        help_text="答复不能删除：不写来信人的姓名、电话等情况。",
    )
    question = forms.CharField(
        label="公开的问题",
        required=False,
        max_length=300,
        widget=LINES,
        help_text="来信人同意公开。用自己的话写问的是什么，不写来信人的任何情况；填了，问题和答复就公开，空着只答复本人。"
        "已经公开的，清空以后再答复就不再公开。",
    )

    def __init__(self, *args: Any, report: ErrorReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not report.may_be_public:
            del self.fields["question"]


class WrongWordsForm(PlainForm):
    """Filled in with what was reported; of a report in plain words whoever reads it looks them up."""

    wrong = forms.CharField(label="清单里有误的文字", max_length=200, help_text="照抄这一项里的，一字不差。")
    row = forms.CharField(
        label="哪一行",
        required=False,
        max_length=30,
        help_text="这几个字不止一行有的，写那一行的代码，例如 ZZ-05-05；只有一行有的，空着。",
    )
    proposed = forms.CharField(
        label="应当是",
        required=False,
        max_length=200,
        help_text="记下拟改的要写；人工发现只登记有误的文字，不带这一栏。",
    )

    def __init__(self, *args: Any, may_mend: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_mend:
            del self.fields["proposed"]


class ForwardForm(SeenForm):
    to = forms.ModelChoiceField(label="转给", queryset=Office.objects.none(), required=False, empty_label="编辑")
    reason = forms.CharField(label="为什么转", max_length=300, widget=LINES, help_text=STAYS)

    def __init__(self, *args: Any, report: ErrorReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices: Any = self.fields["to"]
        offices.queryset = Office.objects.listed().filter(code__in=report.staffed)


class EraseForm(PlainForm):
    reason = forms.CharField(label="为什么删除", max_length=300, widget=LINES, help_text=STAYS)


class StandingFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "待答复"), ("mine", "等我办")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "open":
            return queryset.unanswered()
        if self.value() == "mine":
            return queryset.filter(pk__in=[each.pk for each in queryset.waiting_for(request.user)])
        return queryset


class ErrorReportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "about", "received_at", "is_with_named", "due", "standing"]
    list_filter = [StandingFilter]
    search_fields = ["code", "title"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("acts")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Also by its number, as the desk and the letters call it: 第 3 号纠错."""
        called = CALLED.fullmatch(search_term)
        if called and (number := row_number(called[1])):
            return queryset.filter(pk=number), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        found = super().get_changelist_instance(request)
        read_together(found.result_list)
        return found

    @admin.display(description="关于")
    def about(self, report: ErrorReport) -> str:
        return report.about

    @admin.display(description="承办")
    def is_with_named(self, report: ErrorReport) -> str:
        return report.is_with_named

    @admin.display(description="答复期限")
    def due(self, report: ErrorReport) -> str:
        return "" if report.answer else report.deadline.said

    @admin.display(description="状态")
    def standing(self, report: ErrorReport) -> str:
        return report.standing

    def get_urls(self) -> list[URLPattern]:
        def staff(view: Any) -> Any:
            return page(self.admin_site, view, permission="portal.view_errorreport")

        return [
            # /admin/portal/errorreport/7/change/
            path("<int:pk>/change/", staff(one), name="portal_errorreport_change"),
            *(
                path(f"<int:pk>/{name}/", staff(_pressed(button)), name=f"portal_errorreport_{name}")
                for name, button in PRESSED.items()
            ),
            *super().get_urls(),
        ]


def one(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """What was reported and what was done; the forms of what may be done."""
    return _page_of(_get(pk), request, context)


def _get(pk: int) -> ErrorReport:
    return get_object_or_404(ErrorReport.objects.with_acts(), pk=pk)


def _page_of(report: ErrorReport, request: HttpRequest, context: dict[str, Any], **filled_in: Any) -> HttpResponse:
    user: Any = request.user
    is_listed, may_read = compose().find(report.kind, report.code) is not None, report.may_read(user)
    context |= {
        "title": f"{report}：{report.about}",
        "report": report,
        "words": report.kept_words if may_read else None,
        "is_kept": report.kept_words is not None,
        "is_listed": is_listed,
        "timeline": report.acts.all(),  # type: ignore[attr-defined]
        "may_answer": report.may_answer(user),
        "may_erase": user.has_perm("portal.erase_errorreport") and report.has_words,
        "may_find": is_listed and _may_find(report, user),
        "may_mend": is_listed and _may_mend(report, user),
    }
    forms_of_it = {button.form: button.blank(report, user) for button in PRESSED.values()} | filled_in
    for name, form in forms_of_it.items():
        form.auto_id = f"{name}_%s"  # several on one page have a field of the same name
    return TemplateResponse(request, "admin/portal/error_reports/one.html", context | forms_of_it)


def _proposed(report: ErrorReport) -> str:
    return report.kept_words.proposed if report.kept_words else ""


def _finding(report: ErrorReport, text: str, row: str) -> Finding:
    """Words that are said to be wrong, at their place in the working rows: in the whole item, or in that row of it.
    Raises Incomplete."""
    row = row.strip().upper()
    if row and not row.startswith(report.code):
        raise Incomplete(f"{row} 不是 {report.code} 的一行。")
    spot = findings.place_of(row or report.code, text)
    said = f"群众纠错第 {report.pk} 号：这几个字有误"  # nothing of what she wrote: a finding stays
    return FoundByHand().at(spot, text, _line_with(report, spot.anchor, text), sentence=said)


def links_of_finding(found: OwnFinding) -> Iterator[tuple[str, str]]:
    """The report that it was made of, where it was."""
    for number in OF_A_REPORT.findall(found.sentence):
        yield f"第 {number} 号纠错", reverse("admin:portal_errorreport_change", args=[number])


def _line_with(report: ErrorReport, anchor: str, text: str) -> str:
    listed = compose().find(report.kind, report.code)
    places = [place for place in (listed.document.places() if listed else ()) if place.anchor == anchor]
    lines = [line for place in places for cell in place.cells for line in cell.text.split("\n")]
    return next((line for line in lines if text in line), "")


# What is pressed


@dataclass(frozen=True)
class Pressed:
    """A button: the form that it sends, what is in it when the page comes, and what the button does; it says what was
    done."""

    form: str
    blank: Callable[[ErrorReport, Any], Any]
    sent: Callable[[Any, ErrorReport, Any], Any]
    does: Callable[[ErrorReport, dict[str, Any], Any], str]
    may: Callable[[ErrorReport, Any], bool] = lambda report, user: True
    """Whose button it is; of the others the report says itself to whom it is refused."""


def _blank_answer(report: ErrorReport, user: Any) -> AnswerForm:
    """What was answered last comes back, to be put right or taken out of the public."""
    last = report.answer
    said = {"text": last.reason, "question": last.question} if last else {}
    return AnswerForm(report=report, initial={"seen": report.last_act, **said})


def _answer(report: ErrorReport, given: dict[str, Any], user: Any) -> str:
    was_public = bool(report.answer and report.answer.question)
    act = report.reply(by=user, **given)
    if act.question:
        return "已答复，问题和答复已经公开。"
    return "已答复，不再公开，只有来信人看得到。" if was_public else "已答复，来信人现在看得到。"


def _forward(report: ErrorReport, given: dict[str, Any], user: Any) -> str:
    report.forward(by=user, **given)
    return "已转办。"


def _erase(report: ErrorReport, given: dict[str, Any], user: Any) -> str:
    report.erase(by=user, **given)
    return "来信内容和联系方式已经删除，找不回来。"


def _blank_wrong_words(report: ErrorReport, user: Any) -> WrongWordsForm:
    filled = {"wrong": report.quoted, "proposed": _proposed(report)}
    return WrongWordsForm(initial=filled, may_mend=_may_mend(report, user))


def _may_find(report: ErrorReport, user: Any) -> bool:
    return findings.may_add(user) and report.may_read(user)


def _may_mend(report: ErrorReport, user: Any) -> bool:
    return Edition.may(user, "compile") and report.may_read(user)


def _find(report: ErrorReport, given: dict[str, Any], user: Any) -> str:
    """A 人工发现 of it, which a second person is asked about."""
    found = _finding(report, given["wrong"], given["row"])
    OwnFinding.note(found.spot, found.text, found.sentence, by=user)
    report.note(Verb.FOUND, by=user, what=f"“{found.text}”已登记为人工发现，等第二人核对。")
    return "已登记为人工发现，第二人核对以后列入体检。"


def _mend(report: ErrorReport, given: dict[str, Any], user: Any) -> str:
    """A 拟改 of it: what is proposed in the place of the words that are wrong, which stand there once: of several
    places nobody knows which is meant."""
    wrong, proposed = given["wrong"], given["proposed"]
    if not proposed:
        raise Incomplete("请写应当是什么。")
    found = _finding(report, wrong, given["row"])
    if found.line.count(wrong) > 1:
        raise Incomplete(f"这一段里不止一处有“{wrong}”，请前后多抄几个字，“应当是”也一样。")
    new = found.line.replace(wrong, proposed)
    mending.propose(found, new, reason=f"群众纠错第 {report.pk} 号", by=user, register=compose())
    report.note(Verb.MENDED, by=user, what=f"“{wrong}”已记下拟改。")
    return "已记下拟改，在体检页面上和别的拟改一并起草为更正。"


def _sent_wrong_words(sent: Any, report: ErrorReport, user: Any) -> WrongWordsForm:
    return WrongWordsForm(sent, may_mend=_may_mend(report, user))


PRESSED = {
    "answer": Pressed(
        "answer_form", _blank_answer, lambda sent, report, user: AnswerForm(sent, report=report), _answer
    ),
    "forward": Pressed(
        "forward_form",
        lambda report, user: ForwardForm(report=report, initial={"seen": report.last_act}),
        lambda sent, report, user: ForwardForm(sent, report=report),
        _forward,
    ),
    "erase": Pressed(
        "erase_form", lambda report, user: EraseForm(), lambda sent, report, user: EraseForm(sent), _erase
    ),
    "find": Pressed("wrong_words_form", _blank_wrong_words, _sent_wrong_words, _find, _may_find),
    "mend": Pressed("wrong_words_form", _blank_wrong_words, _sent_wrong_words, _mend, _may_mend),
}


def _pressed(button: Pressed) -> Callable[..., HttpResponse]:
    """The view behind a button: back to the report; with all that was written where something is refused."""

    def view(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
        report, user = _get(pk), request.user
        here = redirect("admin:portal_errorreport_change", pk=pk)
        if request.method != "POST":
            return here
        if not button.may(report, user):
            raise PermissionDenied
        form = button.sent(request.POST, report, user)
        if form.is_valid():
            try:
                messages.success(request, f"{report}：{button.does(report, form.cleaned_data, user)}")
            except AlreadyDone as error:
                messages.info(request, str(error))
            except Refused as error:
                form.add_error(None, f"没有办成：{error}")
                report = _get(pk)
                if isinstance(form, SeenForm):
                    form.show(report.last_act)
        return _page_of(report, request, context, **{button.form: form}) if form.errors else here

    return view


def on_the_desk(user: Any) -> dict[str, Any]:
    """For the first page of the desk: those that wait for this person, and how many wait in all and are late."""
    ErrorReportWords.objects.forget_old()
    waiting = read_together(ErrorReport.objects.unanswered().prefetch_related("acts").order_by("pk"))
    return {
        "reports": [each for each in waiting if each.is_for(user)],
        "reports_open": len(waiting),
        "reports_late": sum(each.is_late for each in waiting),
    }
