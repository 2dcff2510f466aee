"""编制新版本: an editor picks of what differs, looks at the whole, and submits it."""

import datetime
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from acts import pages
from acts.errors import AlreadyDone, Refused
from acts.pages import DATE
from editions.checkup.checking import check_up_beside
from editions.desk import view_links
from editions.desk.drafts import Draft
from editions.desk.unpublished import Unpublished, unpublished
from editions.form.dates import printed_months
from editions.form.keys import Key
from editions.life import imprint
from editions.life.constraints import LABEL
from editions.life.edition import Edition
from editions.life.states import GIVEN_UP, Kind
from editions.register.comparison import compare, counts
from editions.register.picking import Picked, dangling_names
from verbatim.fields import LineField, PlainForm
from verbatim.numerals import row_number

LONGEST_WORD = 1000
NOTHING_PUBLIC = "还没有公布过清单。第一个版本用命令行公布，见 docs/operations.md。"


class DraftForm(PlainForm, forms.ModelForm):
    kind = forms.ChoiceField(
        label="种类", choices=Kind, help_text="调整：职责、事项有变化。更正：只改错字、电话之类，内容不变。"
    )
    picks = forms.MultipleChoiceField(error_messages={"required": "请至少选一处修改。"})

    class Meta:
        model = Draft
        fields = ["label", "kind", "effective_on", "change_note"]
        help_texts = {
            "label": "年-月，例如 2018-03；同月第二个写 2018-03-2。",
            "effective_on": "不早于公布之日，并晚于前一版的施行日期。",
            "change_note": "和新版本一起公布：改了什么，为什么改。",
        }
        widgets = {"effective_on": DATE, "change_note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, differing: Unpublished, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft: Draft = self.instance
        self.fields["change_note"].required = True
        rows = differing.rows()
        self.fields["picks"].choices = [(str(row.key), row.key.code) for row in rows]  # type: ignore[attr-defined]
        self.initial["picks"] = [str(key) for key in draft.chosen]
        base, result = differing.base.register(), draft.picked(differing.base, differing.working).register
        self.parts = result.parts
        for each in imprint.declared_changes(base, result):
            self.fields[f"declared-{each.part.name}"] = forms.IntegerField(
                label=each.part.label,
                required=False,
                min_value=0,
                max_value=10_000,
                initial=draft.declared.get(each.part.name),
                help_text=(
                    f"{differing.base.label} 版写 {'—' if each.before is None else each.before} 项，"
                    f"选中以后实有 {len(result.of(each.part.name))} 项。"
                ),
                widget=forms.NumberInput(attrs={"placeholder": "—" if each.after is None else each.after}),
            )
        for place, line in imprint.lines_of(result).items():
            self.fields[_line_field(place)] = forms.CharField(
                label=imprint.label(place), required=False, max_length=100, initial=line
            )
        self.places = list(imprint.lines_of(result))
        for row in rows:
            self.fields[_reason_field(row.key)] = forms.CharField(
                label="公布的理由",
                required=False,
                max_length=300,
                initial=draft.reasons.get(str(row.key), ""),
            )
        self.rows = [(row, self[_reason_field(row.key)]) for row in rows]

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    @property
    def declared(self) -> list[forms.BoundField]:
        return [self[f"declared-{part.name}"] for part in self.parts]

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[_line_field(place)] for place in self.places]

    @property
    def chosen(self) -> set[Key]:
        picks = self["picks"].value() or []
        return {row.key for row, _ in self.rows if str(row.key) in picks}

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if not re.fullmatch(LABEL, label):
            raise ValidationError("版本号应当像 2018-03，同月第二个写 2018-03-2。")
        if Edition.objects.holding_their_label().filter(label=label).exists():
            raise ValidationError(f"版本号 {label} 已经用过，可以用 {Edition.objects.free_label(label)}。")
        return label

    def clean_effective_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["effective_on"]
        first, last = Edition.objects.possible_days()
        if not first <= day <= last:
            raise ValidationError(f"施行日期最早是 {first:%Y-%m-%d}，最晚是 {last:%Y-%m-%d}。")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for place in self.places:
            try:
                line = cleaned[_line_field(place)] = LineField().to_python(cleaned.get(_line_field(place), ""))
                if not all(1 <= month <= 12 for _, month in printed_months(line)):
                    raise ValidationError("没有这个月份，请改正日期。")
            except ValidationError as error:
                self.add_error(_line_field(place), error)
        return cleaned

    def save(self, commit: bool = True) -> Draft:
        draft: Draft = self.instance
        cleaned = self.cleaned_data
        picked = [Key.read(said) for said in cleaned["picks"]]
        draft.picks = list(map(list, picked))
        draft.declared = {
            part.name: cleaned[f"declared-{part.name}"]
            for part in self.parts
            if cleaned[f"declared-{part.name}"] is not None
        }
        written = {
            place: cleaned[_line_field(place)] if _line_field(place) in self.changed_data else draft.lines.get(place)
            for place in self.places
        }
        draft.lines = {place: line for place, line in written.items() if line}
        draft.reasons = {str(key): said for key in picked if (said := cleaned[_reason_field(key)])}
        draft.changed_at = timezone.now()
        return super().save(commit)  # type: ignore[no-any-return]


def _line_field(place: str) -> str:
    """The name of the field for one line that the edition prints of itself: line-duties-compiler."""
    return f"line-{place.replace(' ', '-')}"


def _reason_field(key: Key) -> str:
    """The name of the field for the reason of one pick: reason-services-FW-05."""
    return f"reason-{key.slug}"


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="editions.compile_edition")

    return [
        # /admin/editions/edition/compile/
        path("compile/", staff(new), name="editions_edition_compile"),
        # /admin/editions/edition/compile/3/
        path("compile/<int:pk>/", staff(draft), name="editions_edition_draft"),
        path("compile/<int:pk>/submit/", staff(submit), name="editions_edition_submit"),
        path("compile/<int:pk>/discard/", staff(discard), name="editions_edition_discard"),
    ]


def new(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What differs, to be picked from; saving makes a draft."""
    return _edit(request, context, _new_draft(request, row_number(request.GET.get("again", ""))))


def draft(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """A draft of one's own, with what it comes to."""
    return _edit(request, context, _own(request, pk))


def _edit(request: HttpRequest, context: dict[str, Any], draft: Draft) -> HttpResponse:
    differing = unpublished()
    if differing is None:
        raise Refused(NOTHING_PUBLIC)
    form = DraftForm(request.POST if request.method == "POST" else None, instance=draft, differing=differing)
    if form.is_valid():
        saved = form.save()
        messages.success(request, "拟稿已保存。请看下面的结果，再送审。")
        return redirect("admin:editions_edition_draft", pk=saved.pk)
    context |= {"title": "编制新版本", "form": form, "draft": draft, "differing": differing}
    if draft.pk and request.method != "POST":
        context |= _result_context(draft, differing, draft.picked(differing.base, differing.working))
    return TemplateResponse(request, "admin/editions/edition/compile.html", context)


def _new_draft(request: HttpRequest, again: int | None) -> Draft:
    """A new draft, not saved: the next free label, the first possible day; what was picked for an edition that came
    back is picked again."""
    account: Any = request.user
    draft = Draft(by=account, label=Edition.objects.free_label(), effective_on=Edition.objects.first_possible_day())
    back = Edition.objects.filter(pk=again or 0, state__in=GIVEN_UP).first()
    if back is not None and back.builds_on is not None:
        draft.kind, draft.change_note, draft.reasons = back.kind, back.change_note, back.reasons
        draft.picks = [list(change.key) for change in compare(back.builds_on.register(), back.register())]
        draft.label = Edition.objects.free_label(back.label)
    return draft


def _result_context(draft: Draft, differing: Unpublished, picked: Picked) -> dict[str, Any]:
    """What the new edition will be, against the one that it builds on."""
    result = compare(differing.base.register(), picked.register)
    found, fresh = check_up_beside(picked.register, differing.base.register(), draft.effective_on, as_edition=True)
    return {
        "result": result,
        "counted": counts(result),
        "brought": picked.brought,
        "declares": imprint.declared_changes(differing.base.register(), picked.register),
        "register": picked.register,
        "faults": picked.register.faults(),
        "unnamed": list(dangling_names(differing.base.register(), picked.register)),
        "found": found,
        "fresh": fresh,
        "shown": picked.register.content_digest(),
        "view_links": view_links.links_for(draft),
    }


def submit(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """GET shows what will be frozen; POST freezes it, if it still is what was shown."""
    draft = _own(request, pk)
    if request.method == "POST":
        try:
            word = request.POST.get("word", "")[:LONGEST_WORD]
            edition = draft.submit(by=request.user, shown=request.POST.get("shown", "-"), word=word)
        except Refused as error:
            messages.error(request, str(error))
            return redirect("admin:editions_edition_draft", pk=pk)
        messages.success(request, f"{edition.label} 版已送审。{edition.waits_for}")
        return redirect("admin:editions_edition_change", edition.pk)
    differing = unpublished()
    if differing is None:
        raise Refused(NOTHING_PUBLIC)
    context |= {"title": f"送审 {draft.label} 版", "draft": draft, "differing": differing}
    context |= _result_context(draft, differing, draft.picked(differing.base, differing.working))
    return TemplateResponse(request, "admin/editions/edition/submit.html", context)


def discard(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    draft = _own(request, pk)
    if request.method == "POST":
        draft.delete()
        messages.success(request, f"{draft.label} 版的拟稿已丢弃，工作数据没有动。")
        return redirect("admin:index")
    context |= {"title": f"丢弃 {draft.label} 版的拟稿", "draft": draft}
    return TemplateResponse(request, "admin/editions/edition/discard.html", context)


def _own(request: HttpRequest, pk: int) -> Draft:
    found = Draft.objects.filter(pk=pk).first()
    if found is None and request.method == "POST":
        raise AlreadyDone("这份拟稿已经送审或者丢弃，没有再办一次。")
    if found is None or found.by != request.user:
        raise Http404("没有这份拟稿。")
    return found
