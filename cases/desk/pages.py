"""The pages on which a case is handled: a clue taken down, the case as it stands, its acts, its party."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from acts import pages
from acts.errors import Refused
from acts.pages import DATE, LINES, ActForm
from acts.steps import Situation
from cases.attaching.folder import NotThere
from cases.attaching.incoming import IncomingFile, refuse_large
from cases.attaching.kinds import TAKEN
from cases.case import Case
from cases.chapter import REGIME, Paragraph, paragraph
from cases.rows.conclusion import PENALTIES, Conclusion
from cases.rows.evidence import Attachment, Evidence
from cases.rows.inspection import Inspection
from cases.rows.measure import LONGEST, Measure, MeasureEnd
from cases.rows.party import KINDS, Party
from cases.rows.people import Officer
from cases.rows.testing import Testing
from cases.way.states import Kind, Source
from editions.life.edition import Edition
from history.forms import WorkingForm, reason_in, row_for_form
from verbatim.fields import PlainForm

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ClueForm(PlainForm):
    source = forms.ChoiceField(label="来源", choices=Source)
    found_on = forms.DateField(label="发现（收到材料）之日", widget=DATE, help_text="立案期限从这一天的次日起算。")
    kinds = forms.MultipleChoiceField(label="类别", choices=Kind, widget=forms.CheckboxSelectMultiple)
    clue = forms.CharField(label="线索内容", max_length=5000, widget=LINES)
    party_kind = forms.ChoiceField(label="当事人类别", choices=KINDS)
    party_name = forms.CharField(label="当事人姓名或者名称", max_length=100)


class CaseForm(ActForm):
    """A reason is asked for where a rule wants one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objections = self.subject.objections_to(self.step.verb)
        if any(each.asks_reason for each in self.objections):
            reason = self.fields["reason"]
            reason.label, reason.required, reason.help_text = "理由", True, "会和规则一起记入经办记录。"


class FileForm(CaseForm):
    handlers = forms.ModelMultipleChoiceField(
        Officer.objects.none(),
        label="承办人员",
        widget=forms.CheckboxSelectMultiple,
        help_text="指定两名以上执法人员；这里只列出执法证件今天有效的。",
    )
    first = ("handlers", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        certified = Officer.objects.certified_on(timezone.localdate()).select_related("account")
        self.fields["handlers"].queryset = certified  # type: ignore[attr-defined]


class ProlongForm(CaseForm):
    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=15)
    first = ("days", "reason")


CONCLUSION = (
    *("facts", "evidence", "act_ended_on", "harms_life", "rights_told", "is_crime", "outcome", "article", "kinds"),
    *("fine", "confiscated", "minimum", "maximum", "compulsory", "grade", "ground", "reasons"),
)
CONCLUSION_WIDGETS: dict[str, Any] = {
    **{name: forms.Textarea(attrs={"rows": 6, "cols": 60}) for name in ("facts", "evidence", "reasons")},
    "act_ended_on": DATE,
}


def _offer_officers(form: Any) -> None:
    for name in ("first_officer", "second_officer"):
        form.fields[name].queryset = Officer.objects.select_related("account")


class InspectionForm(CaseForm):
    kind = forms.ChoiceField(label="种类", choices=Inspection.Kind)
    began_at = forms.DateTimeField(label="开始时间", widget=MOMENT)
    ended_at = forms.DateTimeField(label="结束时间", widget=MOMENT)
    place = forms.CharField(label="地点", max_length=200)
    first_officer = forms.ModelChoiceField(Officer.objects.none(), label="执法人员", empty_label=None)
    second_officer = forms.ModelChoiceField(Officer.objects.none(), label="另一名执法人员", empty_label=None)
    record = forms.CharField(label="笔录", max_length=20_000, widget=forms.Textarea(attrs={"rows": 10, "cols": 60}))
    signature = forms.ChoiceField(label="签名情况", choices=Inspection.Signature)
    witness = forms.CharField(
        label="见证人或者说明", required=False, max_length=200, help_text="当事人没有签名的必填。"
    )
    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_officers(self)

    def given(self) -> dict[str, Any]:
        return {"inspection": Inspection(**self.cleaned_data)}


class MeasureForm(CaseForm):
    kind = forms.ChoiceField(label="种类", choices=Measure.Kind)
    power = forms.ChoiceField(
        label="查封、扣押的依据",
        required=False,
        choices=[("", "登记保存，不填"), *Measure.Power.choices],
    )
    days = forms.IntegerField(
        label="查封、扣押几日", required=False, min_value=1, max_value=LONGEST, help_text="登记保存不填。"
    )
    taken_at = forms.DateTimeField(label="实施时间", widget=MOMENT)
    consent_at = forms.DateTimeField(
        label="负责人同意的时间", required=False, widget=MOMENT, help_text="应当在实施以前；没有事前同意的写明理由。"
    )
    consent_by = forms.CharField(label="同意的负责人", required=False, max_length=100)
    place = forms.CharField(label="地点", max_length=200)
    goods = forms.CharField(label="物品", max_length=5000, widget=LINES, help_text="一行一件：名称、规格、数量。")
    first_officer = forms.ModelChoiceField(Officer.objects.none(), label="执法人员", empty_label=None)
    second_officer = forms.ModelChoiceField(Officer.objects.none(), label="另一名执法人员", empty_label=None)
    rights_told = forms.BooleanField(label="已当场告知当事人采取措施的理由、依据和他的权利，听取他的陈述和申辩")
    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_officers(self)

    def given(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "rights_told")}
        return {"measure": Measure(**values), "reason": self.cleaned_data["reason"]}


class OfMeasureForm(CaseForm):
    """Of which measure the act is, where there are several."""

    measure = forms.ModelChoiceField(Measure.objects.none(), label="哪一项措施", empty_label=None)
    first: ClassVar[tuple[str, ...]] = ("measure", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = self.subject.measures.open()  # type: ignore[attr-defined]


class ProlongMeasureForm(OfMeasureForm):
    days = forms.IntegerField(label="延长几日", min_value=1, max_value=LONGEST)
    first = ("measure", "days", "reason")


class EndMeasureForm(OfMeasureForm):
    how = forms.ChoiceField(label="怎样处理", choices=MeasureEnd.How)
    first = ("measure", "how", "reason")


class TestingForm(CaseForm):
    kind = forms.ChoiceField(label="种类", choices=Testing.Kind)
    institute = forms.CharField(label="承担机构", max_length=200)
    sample = forms.CharField(label="样品", max_length=2000, widget=LINES)
    sent_on = forms.DateField(label="送检日期", widget=DATE)
    until = forms.DateField(label="预计到哪一天", widget=DATE)
    is_told_in_writing = forms.BooleanField(label="已书面告知当事人起止日期", required=False)
    first = ()

    def given(self) -> dict[str, Any]:
        return {"testing": Testing(**self.cleaned_data)}


class ResultForm(CaseForm):
    testing = forms.ModelChoiceField(Testing.objects.none(), label="哪一次送检", empty_label=None)
    received_on = forms.DateField(label="收到结果的日期", widget=DATE)
    conclusion = forms.CharField(label="结论", max_length=5000, widget=LINES)
    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testing"].queryset = self.subject.testings.filter(result=None)  # type: ignore[attr-defined]


class ConclusionForm(CaseForm):
    """Every column of the report; what its article allows stands beside what is proposed."""

    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = forms.modelform_factory(Conclusion, fields=CONCLUSION, widgets=CONCLUSION_WIDGETS)().fields
        for name in ("kinds", "compulsory"):
            own[name] = forms.MultipleChoiceField(
                label=own[name].label, choices=PENALTIES, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields = {**own, **self.fields}
        latest = self.subject.conclusion()
        if latest and not self.is_bound:
            self.initial = {**self.initial, **forms.model_to_dict(latest, CONCLUSION)}

    def given(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in CONCLUSION}
        return {"conclusion": Conclusion(**values), "reason": self.cleaned_data["reason"]}


class UploadForm(CaseForm):
    """With a file, which is looked at when the act is done."""

    file = forms.FileField(label="文件", max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{TAKEN}；最大 {settings.ATTACHMENT_MB} MB。"

    def clean_file(self) -> IncomingFile | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        try:
            refuse_large(sent.size)
        except Refused as error:
            raise ValidationError(str(error)) from None
        return IncomingFile(sent.name, sent.read())


GIVEN = "别人提供的，不填"


class EvidenceForm(UploadForm):
    kind = forms.ChoiceField(label="种类", choices=Evidence.Kind)
    name = forms.CharField(label="名称", max_length=200, help_text="例如：台秤检定证书复印件。")
    proves = forms.CharField(label="证明的事实", max_length=5000, widget=LINES)
    obtained_at = forms.DateTimeField(label="取得时间", widget=MOMENT)
    place = forms.CharField(label="取得地点", max_length=200)
    origin = forms.ChoiceField(label="来源", choices=Evidence.Origin)
    first_officer = forms.ModelChoiceField(
        Officer.objects.none(), label="执法人员", required=False, empty_label=GIVEN, help_text="两名都要写明。"
    )
    second_officer = forms.ModelChoiceField(
        Officer.objects.none(), label="另一名执法人员", required=False, empty_label=GIVEN
    )
    first = ("kind", "name", "proves", "obtained_at", "place", "origin", "first_officer", "second_officer", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_officers(self)
        self.fields["file"].required = False

    def given(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "reason")}
        if values["origin"] != Evidence.Origin.COLLECTED:
            values |= {"first_officer": None, "second_officer": None}
        return {
            "evidence": Evidence(**values),
            "file": self.cleaned_data["file"],
            "reason": self.cleaned_data["reason"],
        }


class AttachForm(UploadForm):
    evidence = forms.ModelChoiceField(
        Evidence.objects.none(), label="属于哪一项证据", required=False, empty_label="不属于某一项证据"
    )
    first = ("file", "evidence", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = self.subject.evidence.all()  # type: ignore[attr-defined]


class VoidAttachmentForm(CaseForm):
    attachment = forms.ModelChoiceField(Attachment.objects.none(), label="哪一个文件", empty_label=None)
    first = ("attachment", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachment"].queryset = self.subject.attachments.valid()  # type: ignore[attr-defined]


class PartyForm(WorkingForm):
    class Meta:
        model = Party
        fields = ("kind", "name", "identity_number", "representative", "address", "phone")
        widgets: ClassVar[Any] = {
            name: forms.TextInput for name in ("name", "identity_number", "representative", "address", "phone")
        }


FORMS: dict[str, type[ActForm]] = {
    **{step.verb: CaseForm for step in Case.steps},
    "filed": FileForm,
    "concluded": ConclusionForm,
    "inspected": InspectionForm,
    "measured": MeasureForm,
    "measure_approved": OfMeasureForm,
    "measure_prolonged": ProlongMeasureForm,
    "measure_ended": EndMeasureForm,
    "tested": TestingForm,
    "test_received": ResultForm,
    "evidence_kept": EvidenceForm,
    "attached": AttachForm,
    "attachment_voided": VoidAttachmentForm,
    "prolonged": ProlongForm,
}


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="cases.view_case")

    return [
        # /admin/cases/case/add/
        path("add/", staff(register), name="cases_case_add"),
        # /admin/cases/case/5/change/
        path("<int:pk>/change/", staff(page), name="cases_case_change"),
        # /admin/cases/case/5/do/filed/
        path("<int:pk>/do/<slug:verb>/", staff(act), name="cases_case_act"),
        # /admin/cases/case/5/party/
        path("<int:pk>/party/", staff(party), name="cases_case_party"),
        path("<int:pk>/party/change/", staff(change_party), name="cases_case_change_party"),
        # /admin/cases/case/5/file/2/
        path("<int:pk>/file/<int:number>/", staff(file), name="cases_case_file"),
    ]


def _case(request: HttpRequest, pk: int) -> Case:
    """One that this person may look at."""
    return get_object_or_404(Case.objects.seen_by(request.user).with_its_rows(), pk=pk)


def register(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """登记线索."""
    if not Case.may(request.user, "handle"):
        raise PermissionDenied
    form = ClueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            case = Case.register(by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, f"没有登记：{error}")
        else:
            messages.success(request, f"{case.named}已登记。{case.waits_for}")
            return redirect("admin:cases_case_change", case.pk)
    context |= {"title": "登记线索", "form": form, "paragraphs": _paragraphs("registered")}
    return TemplateResponse(request, "admin/cases/case/register.html", context | _rests_on())


def page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """A case as it stands: who, what, by when, what was done, and what this person can do."""
    case = _case(request, pk)
    context |= {
        "title": case.named,
        "case": case,
        "steps": case.steps.offered(Situation(case, request.user)),
        "conclusion": case.conclusion(),
        "inspections": case.inspections.select_related("first_officer__account", "second_officer__account"),
        "evidence": case.evidence.select_related("first_officer__account", "second_officer__account").prefetch_related(
            "attachments__void"
        ),
        "other_files": case.attachments.filter(evidence=None).select_related("void"),
        "timeline": case.timeline.all(),
        "deadlines": [(each, each.has_passed(timezone.localdate())) for each in case.deadlines()],
    }
    return TemplateResponse(request, "admin/cases/case/page.html", context)


def act(request: HttpRequest, context: dict[str, Any], pk: int, verb: str) -> HttpResponse:
    """GET shows what the act will do and what stands against it; POST does it."""
    case = _case(request, pk)
    context |= {"case": case, "paragraphs": _paragraphs(verb), **_rests_on()}
    return pages.act(
        request,
        case,
        verb,
        forms=FORMS,
        template="admin/cases/case/act.html",
        back=reverse("admin:cases_case_change", args=[pk]),
        context=context,
    )


@require_safe
def file(request: HttpRequest, context: dict[str, Any], pk: int, number: int) -> HttpResponse:
    """A file of the case, to be saved: it came from outside, so no browser shows it. GET leaves a line of who took it;
    HEAD takes nothing out."""
    case = _case(request, pk)
    found = get_object_or_404(case.attachments, pk=number)
    try:
        content = found.content() if request.method == "HEAD" else case.take_out(found, request.user)
    except NotThere as error:
        messages.error(request, f"{found.name}：{error}")
        return redirect("admin:cases_case_change", pk)
    charset = "; charset=utf-8" if found.media_type == "text/plain" else ""
    headers = {
        "Content-Disposition": str(content_disposition_header(True, found.name)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=f"{found.media_type}{charset}", headers=headers)


def party(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """The party in full, for those on the case: it is asked for, and that it was read is kept."""
    case = _case(request, pk)
    context |= {"title": f"当事人：{case.named}", "case": case, "may_change": _may_write(request, case)}
    if request.method == "POST":
        context["party"] = case.read_party(request.user)
    return TemplateResponse(request, "admin/cases/case/party.html", context)


@transaction.atomic
def change_party(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """By those who handle the case; two at it lose no word."""
    case = _case(request, pk)
    if not _may_write(request, case):
        raise PermissionDenied
    is_sent = request.method == "POST"
    if not is_sent:
        case.read_party(request.user)
    row = row_for_form(case.party, is_written=is_sent)
    form = PartyForm(request.POST if is_sent else None, instance=row)
    if form.is_valid():
        form.save(commit=False).save(reason=reason_in(form.data))
        for conflict in filter(None, [form.conflict]):
            messages.info(request, f"您打开以后，{'；'.join(map(str, conflict.changes))}。对方的改动都还在。")
        messages.success(request, f"{case.named}的当事人信息已保存。")
        return redirect("admin:cases_case_change", pk)
    if is_sent:
        form.show_again()
    context |= {"title": f"修改当事人：{case.named}", "case": case, "form": form}
    context["conflicts"] = [form.conflict] if form.conflict else []
    return TemplateResponse(request, "admin/cases/case/change_party.html", context)


def _may_write(request: HttpRequest, case: Case) -> bool:
    return not case.is_over and case.may(request.user, "handle") and case.concerns(request.user, "handle")


def _rests_on() -> dict[str, Any]:
    """The edition from which the paragraphs are read."""
    edition = Edition.objects.in_force()
    known = edition is not None and edition.register().find("supervision", REGIME) is not None
    where = {"label": edition.label, "part": "supervision", "code": REGIME.lower()} if edition and known else {}
    return {"edition": edition, "regime_url": reverse("edition:item", kwargs=where) if where else ""}


def _paragraphs(verb: str) -> list[Paragraph]:
    """What the list in force says of an act."""
    edition = Edition.objects.in_force()
    if edition is None or verb not in Case.steps:
        return []
    register = edition.register()
    return [found for anchor in Case.steps[verb].paragraphs if (found := paragraph(register, anchor))]
