"""What is done with an edition, each act on a confirm page of its own: what it will do, its reason, and one button."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from accounts.own_password import is_own
from acts.errors import Refused
from editions.life.acts import Remark, Reply, Verb
from editions.life.edition import Edition, first_day
from editions.life.turns import offered
from editions.register.comparison import Change, compare, counts
from verbatim.fields import PlainForm

LARGEST_FILE = 10 * 1024 * 1024

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINES = forms.Textarea(attrs={"rows": 3, "cols": 60})


class ActForm(PlainForm):
    """The form of one act. `does` says what will happen, for the person who is about to press the button."""

    verb: ClassVar[Verb]
    does: ClassVar[str] = ""
    asks_password: ClassVar[bool] = False

    def __init__(self, *args: Any, request: HttpRequest, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.edition = request, edition
        if self.asks_password:
            self.fields["password"] = forms.CharField(
                label="您的登录密码",
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                help_text="这一步公众立即看得到，请再输入一次密码。",
            )

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if not is_own(self.request, given):
            raise ValidationError("密码不对，没有办。请再输入一次。")
        return given

    def act(self, by: Any) -> None:
        raise NotImplementedError


class NotedForm(ActForm):
    reason = forms.CharField(label="说明", required=False, max_length=1000, widget=LINES, help_text="可以不填。")


class ReasonedForm(ActForm):
    reason = forms.CharField(label="理由", max_length=1000, widget=LINES)


class ReviewForm(NotedForm):
    verb, does = Verb.REVIEWED, "表示您已看过全部改动，认为合法、适当。以后由局领导签发。"

    def act(self, by: Any) -> None:
        self.edition.review(by=by, reason=self.cleaned_data["reason"])


class ReturnForm(ReasonedForm):
    verb, does = Verb.RETURNED, "这一版到此为止，原样留存；编制人照理由和意见改后，另送一版。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes_of(self.edition)
        for change in self.changes:
            self.fields[f"remark-{'-'.join(change.key)}"] = forms.CharField(
                label=f"对 {change.called} 的意见",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
                help_text=change.title,
            )

    def act(self, by: Any) -> None:
        remarks = [
            Remark(kind=change.kind.name, code=change.code, text=text)
            for change in self.changes
            if (text := self.cleaned_data[f"remark-{'-'.join(change.key)}"])
        ]
        self.edition.send_back(by=by, reason=self.cleaned_data["reason"], remarks=remarks)


class WithdrawForm(ReasonedForm):
    verb, does = Verb.WITHDRAWN, "这一版到此为止，原样留存；要再送审，请重新编制。"

    def act(self, by: Any) -> None:
        self.edition.withdraw(by=by, reason=self.cleaned_data["reason"])


class SignForm(NotedForm):
    verb, does = Verb.SIGNED, "表示您已签字，送县编办、县政府批准。批复登记并核对以后，再公布。"

    def act(self, by: Any) -> None:
        self.edition.sign(by=by, reason=self.cleaned_data["reason"])


class RemarkForm(ActForm):
    verb, does = Verb.REMARKED, "意见记在这一版上，编制人要逐条答复；这一版不退回。"
    source: ClassVar[Remark.Source] = Remark.Source.BUREAU

    item = forms.ChoiceField(label="对哪一项", required=False)
    text = forms.CharField(label="意见", max_length=1000, widget=LINES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [(" ".join(c.key), f"{c.called} {c.title[:30]}") for c in changes_of(self.edition)]
        self.fields["item"].choices = [("", "整个版本"), *items]  # type: ignore[attr-defined]

    def act(self, by: Any) -> None:
        kind, _, code = self.cleaned_data["item"].partition(" ")
        self.edition.remark(Remark(source=self.source, kind=kind, code=code, text=self.cleaned_data["text"]), by=by)


class RelayForm(RemarkForm):
    verb, does = Verb.RELAYED, "把县编办、县政府的意见逐条登记下来；全部答复以后才能公布。"
    source = Remark.Source.COUNTY


class AnswerForm(ActForm):
    verb, does = Verb.ANSWERED, "每条意见答复一次，答复以后不再改。"

    remark = forms.ModelChoiceField(Remark.objects.none(), label="哪一条意见", empty_label=None)
    text = forms.CharField(label="答复", max_length=1000, widget=LINES, help_text="怎么办的，或者为什么不改。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = self.edition.remarks.filter(answer=None)
        self.fields["remark"].queryset = open_ones  # type: ignore[attr-defined]

    def act(self, by: Any) -> None:
        self.edition.answer(self.cleaned_data["remark"], self.cleaned_data["text"], by=by)


class ReplyForm(ActForm):
    verb, does = Verb.REPLY_RECORDED, "照批复文件填写；另一人核对以后生效，核对以前可以重新登记。"

    authority = forms.CharField(label="批准机关", max_length=100, help_text="例如：文安县机构编制委员会。")
    number = forms.CharField(label="批准文号", max_length=100, help_text="例如：文编〔2018〕3号。")
    note = forms.CharField(
        label="文号说明", required=False, max_length=300, help_text="文号里没有〔年〕的，写明为什么；其余不填。"
    )
    date = forms.DateField(label="批准日期", widget=DATE)
    file = forms.FileField(label="批复文件", help_text="扫描成 PDF，最大 10 MB。")

    def clean_file(self) -> Reply:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                f"文件有 {file.size // 1024**2} MB，最大 {LARGEST_FILE // 1024**2} MB。请压缩以后再传。"
            )
        content = file.read()
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
            raise ValidationError("这不是完整的 PDF 文件。请把批复扫描成 PDF 再传。")
        return Reply.of(file.name[-200:], content)

    def act(self, by: Any) -> None:
        cleaned = self.cleaned_data
        self.edition.record_reply(cleaned.pop("file"), by=by, **cleaned)


class ConfirmForm(NotedForm):
    verb, does = Verb.REPLY_CONFIRMED, "请打开批复文件，逐项对照下面登记的内容；都一致的，照文件输入文号。"

    number = forms.CharField(label="批准文号", max_length=100, help_text="照批复文件输入，不要照抄本页。")
    field_order = ("number", "reason")

    def shows(self) -> list[tuple[str, str]]:
        edition = self.edition
        return [
            ("批准机关", edition.approval_authority),
            ("批准文号", edition.approval_number),
            ("文号说明", edition.approval_note),
            ("批准日期", f"{edition.approval_date:%Y-%m-%d}" if edition.approval_date else ""),
        ]

    def letter(self) -> Reply | None:
        """The letter that is to be confirmed: the one that was registered last."""
        found: Reply | None = self.edition.replies.defer("content").order_by("-pk").first()
        return found

    def act(self, by: Any) -> None:
        cleaned, seen = self.cleaned_data, self.data.get("seen", "")
        self.edition.confirm_reply(by=by, number=cleaned["number"], file=seen, reason=cleaned["reason"])


class IssueForm(NotedForm):
    verb, does = Verb.ISSUED, "从施行日期起公众看到这一版；公布以后不能再改，只能废止或另出新版。"
    asks_password = True

    effective_on = forms.DateField(label="施行日期", widget=DATE, help_text="可以推迟，不能提前。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = max(self.edition.effective_on, first_day())

    def act(self, by: Any) -> None:
        self.edition.issue(by=by, reason=self.cleaned_data["reason"], effective_on=self.cleaned_data["effective_on"])


class RevokeForm(ReasonedForm):
    verb, does = Verb.REVOKED, "从今天起这一版不再施行，仍可查看，并标明已废止和理由；在它以前施行的一版重新施行。"
    asks_password = True

    def act(self, by: Any) -> None:
        self.edition.revoke(by=by, reason=self.cleaned_data["reason"])


FORMS: dict[str, type[ActForm]] = {
    form.verb: form
    for form in (
        ReviewForm,
        ReturnForm,
        WithdrawForm,
        SignForm,
        RemarkForm,
        RelayForm,
        AnswerForm,
        ReplyForm,
        ConfirmForm,
        IssueForm,
        RevokeForm,
    )
}


def changes_of(edition: Edition) -> tuple[Change, ...]:
    """What the edition changes, against the one that it builds on."""
    return compare(edition.builds_on.register(), edition.register()) if edition.builds_on else ()


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return site.admin_view(lambda request, **where: _looking(site, view, request, **where))

    return [
        # /admin/editions/edition/5/change/
        path("<int:pk>/change/", staff(page), name="editions_edition_change"),
        # /admin/editions/edition/5/do/reviewed/
        path("<int:pk>/do/<slug:verb>/", staff(act), name="editions_edition_act"),
        # /admin/editions/edition/5/reply/2/
        path("<int:pk>/reply/<int:number>/", staff(reply), name="editions_edition_reply"),
    ]


def _looking(site: Any, view: Any, request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("editions.view_edition"):
        raise PermissionDenied
    edition = get_object_or_404(Edition.objects.select_related("builds_on", "previous"), pk=pk)
    response: HttpResponse = view(request, edition, site.each_context(request), **where)
    return response


def page(request: HttpRequest, edition: Edition, context: dict[str, Any]) -> HttpResponse:
    """An edition as the staff see it: where it stands, what it changes, what was done, and what this person can do."""
    changes = changes_of(edition)
    remarks = list(edition.remarks.select_related("answer"))
    said: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        said.setdefault((remark.kind, remark.code), []).append(remark)
    context |= {
        "title": f"{edition.label} 版",
        "edition": edition,
        "acts": offered(edition, request.user, remarks),
        "changes": [(change, said.pop(change.key, []), _reasons(edition, change)) for change in changes],
        "counted": counts(changes),
        "remarks": [remark for others in said.values() for remark in others],
        "timeline": edition.timeline.all(),
        "replies": edition.replies.defer("content"),
        "unready": list(edition.unready()) if edition.is_under_way else [],
        "register": edition.register(),
    }
    return TemplateResponse(request, "admin/editions/edition/page.html", context)


def _reasons(edition: Edition, change: Change) -> list[tuple[str, str]]:
    reason = edition.reasons.get(" ".join(change.key))
    return [("", reason)] if reason else []


def act(request: HttpRequest, edition: Edition, context: dict[str, Any], verb: str) -> HttpResponse:
    """GET shows what the act will do; POST does it."""
    if verb not in FORMS:
        raise Http404("没有这样的经办事项。")
    if not edition.open_to_role(Verb(verb), request.user):
        raise PermissionDenied
    if verb not in edition.open_to(request.user):
        if _did_it_just_now(edition, request.user, verb):
            return _told_so(request, edition, Verb(verb))
        said = f"{edition.label} 版现在是“{edition.get_state_display()}”，不能{Verb(verb).label}。"
        messages.error(request, f"没有办成：{said}{edition.waits_for}")
        return redirect("admin:editions_edition_change", edition.pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FORMS[verb](*sent, request=request, edition=edition)
    if form.is_valid():
        try:
            form.act(request.user)
        except Refused as error:
            if _did_it_just_now(edition, request.user, verb):
                return _told_so(request, edition, Verb(verb))
            form.add_error(None, f"没有办成：{error}")  # the page comes again with what was typed
        else:
            messages.success(request, f"{edition.label} 版：{Verb(verb).label}已办。{edition.waits_for}")
            return redirect("admin:editions_edition_change", edition.pk)
    context |= {
        "title": f"{Verb(verb).label}：{edition.label} 版",
        "label": Verb(verb).label,
        "edition": edition,
        "form": form,
        "counted": counts(changes_of(edition)),
        "unready": list(edition.unready()) if verb == Verb.ISSUED else [],
    }
    return TemplateResponse(request, "admin/editions/edition/act.html", context)


def _did_it_just_now(edition: Edition, account: Any, verb: str) -> bool:
    """Whether the latest act is this one, of the same person: the button was pressed twice, maybe on two pages. A
    remark or an answer may follow another."""
    last = edition.timeline.order_by("-number").first()
    leads_on = verb not in (Verb.REMARKED, Verb.RELAYED, Verb.ANSWERED)
    return leads_on and last is not None and (last.verb, last.by_id) == (verb, account.pk)


def _told_so(request: HttpRequest, edition: Edition, verb: Verb) -> HttpResponse:
    edition.refresh_from_db()
    messages.info(request, f"{edition.label} 版：您刚才已经{verb.label}，没有再办一次。{edition.waits_for}")
    return redirect("admin:editions_edition_change", edition.pk)


def reply(request: HttpRequest, edition: Edition, context: dict[str, Any], number: int) -> HttpResponse:
    """A scanned letter, as a file to save: it came from outside."""
    found = get_object_or_404(edition.replies, pk=number)
    name = f'attachment; filename="reply-{edition.label}-{found.digest[:8]}.pdf"'
    return HttpResponse(bytes(found.content), content_type="application/pdf", headers={"Content-Disposition": name})
