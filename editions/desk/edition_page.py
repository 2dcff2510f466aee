"""What is done with an edition: its page as the staff see it, and the acts that ask for more than their reason."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from acts import pages
from acts.pages import DATE, LINES, ActForm
from editions.desk import view_links
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.life.timeline import Remark, Reply
from editions.register.comparison import Change, compare, counts

LARGEST_FILE = 10 * 1024 * 1024


class ReturnForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes_of(self.subject)
        for change in self.changes:
            self.fields[_remark_field(change)] = forms.CharField(
                label=f"对 {change.called} 的意见",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
                help_text=change.title,
            )

    def given(self) -> dict[str, Any]:
        said = [(change, self.cleaned_data[_remark_field(change)]) for change in self.changes]
        remarks = [Remark(**change.key._asdict(), text=text) for change, text in said if text]
        return {"reason": self.cleaned_data["reason"], "remarks": remarks}


def _remark_field(change: Change) -> str:
    return f"remark-{change.key.slug}"


class RemarkForm(ActForm):
    source: ClassVar[Remark.Source] = Remark.Source.BUREAU

    item = forms.ChoiceField(label="对哪一项", required=False)
    text = forms.CharField(label="意见", max_length=1000, widget=LINES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [(str(c.key), f"{c.called} {c.title[:30]}") for c in changes_of(self.subject)]
        self.fields["item"].choices = [("", "整个版本"), *items]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        item = self.cleaned_data["item"]
        about = Key.read(item)._asdict() if item else {}
        return {"remark": Remark(source=self.source, **about, text=self.cleaned_data["text"])}


class RelayForm(RemarkForm):
    source = Remark.Source.COUNTY


class AnswerForm(ActForm):
    remark = forms.ModelChoiceField(Remark.objects.none(), label="哪一条意见", empty_label=None)
    text = forms.CharField(label="答复", max_length=1000, widget=LINES, help_text="怎么办的，或者为什么不改。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = self.subject.remarks.filter(answer=None)
        self.fields["remark"].queryset = open_ones  # type: ignore[attr-defined]


class ReplyForm(ActForm):
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


class ConfirmForm(ActForm):
    number = forms.CharField(label="批准文号", max_length=100, help_text="照批复文件输入，不要照抄本页。")
    first = ("number", "reason")

    def shows(self) -> list[tuple[str, str]]:
        edition = self.subject
        return [
            ("批准机关", edition.approval_authority),
            ("批准文号", edition.approval_number),
            ("文号说明", edition.approval_note),
            ("批准日期", f"{edition.approval_date:%Y-%m-%d}" if edition.approval_date else ""),
        ]

    def letter(self) -> Reply | None:
        """The letter that is to be confirmed: the one that was registered last."""
        found: Reply | None = self.subject.replies.defer("content").order_by("-pk").first()
        return found

    def given(self) -> dict[str, Any]:
        """With the letter that was looked at."""
        return super().given() | {"file": self.data.get("seen", "")}


class IssueForm(ActForm):
    effective_on = forms.DateField(label="施行日期", widget=DATE, help_text="可以推迟，不能提前。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = max(self.subject.effective_on, Edition.objects.first_possible_day())


FORMS: dict[str, type[ActForm]] = {
    "returned": ReturnForm,
    "remarked": RemarkForm,
    "relayed": RelayForm,
    "answered": AnswerForm,
    "reply_recorded": ReplyForm,
    "reply_confirmed": ConfirmForm,
    "issued": IssueForm,
}
"""The acts that ask for more than their reason."""


def changes_of(edition: Edition) -> tuple[Change, ...]:
    """What the edition changes, against the one that it builds on."""
    return compare(edition.builds_on.register(), edition.register()) if edition.builds_on else ()


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="editions.view_edition")

    return [
        # /admin/editions/edition/5/change/
        path("<int:pk>/change/", staff(page), name="editions_edition_change"),
        # /admin/editions/edition/5/do/reviewed/
        path("<int:pk>/do/<slug:verb>/", staff(act), name="editions_edition_act"),
        # /admin/editions/edition/5/reply/2/
        path("<int:pk>/reply/<int:number>/", staff(reply), name="editions_edition_reply"),
    ]


def _edition(pk: int) -> Edition:
    found: Edition = get_object_or_404(Edition.objects.select_related("builds_on", "previous"), pk=pk)
    return found


def page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """An edition as the staff see it: where it stands, what it changes, what was done, and what this person can do."""
    edition = _edition(pk)
    changes = changes_of(edition)
    remarks = list(edition.remarks.select_related("answer"))
    said: dict[Key, list[Remark]] = {}
    for remark in remarks:
        said.setdefault(remark.key, []).append(remark)
    context |= {
        "title": edition.named,
        "edition": edition,
        "steps": edition.steps.offered(edition.situation(request.user, remarks=remarks)),
        "changes": [(change, said.pop(change.key, []), _reasons(edition, change)) for change in changes],
        "counted": counts(changes),
        "remarks": [remark for others in said.values() for remark in others],
        "timeline": edition.timeline.all(),
        "replies": edition.replies.defer("content"),
        "unready": list(edition.unready()) if edition.is_under_way else [],
        "register": edition.register(),
        "view_links": view_links.links_for(edition),
    }
    return TemplateResponse(request, "admin/editions/edition/page.html", context)


def _reasons(edition: Edition, change: Change) -> list[tuple[str, str]]:
    reason = edition.reasons.get(str(change.key))
    return [("", reason)] if reason else []


def act(request: HttpRequest, context: dict[str, Any], pk: int, verb: str) -> HttpResponse:
    """GET shows what the act will do; POST does it."""
    edition = _edition(pk)
    context |= {
        "edition": edition,
        "counted": counts(changes_of(edition)),
        "unready": list(edition.unready()) if verb == "issued" else [],
    }
    return pages.act(
        request,
        edition,
        verb,
        forms=FORMS,
        template="admin/editions/edition/act.html",
        back=reverse("admin:editions_edition_change", args=[pk]),
        context=context,
    )


def reply(request: HttpRequest, context: dict[str, Any], pk: int, number: int) -> HttpResponse:
    """A scanned letter, as a file to save: it came from outside."""
    edition = _edition(pk)
    found = get_object_or_404(edition.replies, pk=number)
    name = f'attachment; filename="reply-{edition.label}-{found.digest[:8]}.pdf"'
    return HttpResponse(bytes(found.content), content_type="application/pdf", headers={"Content-Disposition": name})
