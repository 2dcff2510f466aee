"""清单体检 in the admin: what was found, what is decided of it, and how it is to be mended."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from acts import pages
from acts.errors import AlreadyDone, Incomplete, Refused
from editions.checkup.checking import CheckUp, Judged, check_up
from editions.checkup.rule import CheckContext, Finding, Spot, rule
from editions.checkup.rulings import CheckUpResult, History, Mend, OwnFinding, Ruling, Seconded
from editions.desk import mending, view_links, workbench
from editions.desk.same_places import same_places
from editions.desk.workbench import NarrowForm, Neighbours, Row
from editions.form import parts
from editions.life.edition import Edition
from editions.life.states import Kind
from editions.register.register import compose
from verbatim.fields import PlainForm

LINES = forms.Textarea(attrs={"rows": 3, "cols": 60})
SECONDED: dict[str, type[Seconded]] = {model.asked_as: model for model in (Ruling, OwnFinding)}


class RulingForm(PlainForm):
    verdict = forms.ChoiceField(
        label="处理",
        choices=[
            ("accepted", "认可：可以这样，不改"),
            ("as_printed", "原文如此：不改，第二人核对以后，公开页面在文字旁注明"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="理由", max_length=1000, widget=LINES)


class ManyForm(RulingForm):
    """One ruling on many findings."""

    which = forms.ChoiceField(
        label="处理哪些", choices=[("chosen", "勾选的"), ("narrowed", "筛选出的全部")], widget=forms.RadioSelect
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    """The keys of all that could be handled when the page was made: nobody decides of what was not on it."""

    field_order = ("which", "verdict", "reason")


class ReopenForm(PlainForm):
    reason = forms.CharField(label="撤回处理的理由", max_length=1000, widget=LINES)

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"verdict": Ruling.Verdict.REOPENED}


class SecondForm(PlainForm):
    agrees = forms.TypedChoiceField(
        label="您的意见",
        choices=[("yes", "同意"), ("no", "不同意")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由", required=False, max_length=1000, widget=LINES, help_text="不同意的要写明理由；同意的可以不填。"
    )


class MendForm(PlainForm):
    new = forms.CharField(label="这一段改成", max_length=5000, strip=False, widget=LINES)
    reason = forms.CharField(
        label="修改理由", max_length=200, help_text="用自己的话写，例如“改正错字”；和新版本一起公开。"
    )


class OwnForm(PlainForm):
    code = forms.CharField(label="代码", max_length=30, help_text="一项的，例如 JG-08，或者一行的，例如 ZZ-05-02。")
    text = forms.CharField(label="有问题的文字", max_length=500, strip=False, help_text="照清单原样，一字不差。")
    sentence = forms.CharField(label="问题", max_length=500, widget=LINES, help_text="一句话说明哪里不对。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code, text = cleaned.get("code", "").strip().upper(), cleaned.get("text", "")
        if code and text:
            try:
                self.spot = place_of(code, text)
            except Incomplete as error:
                self.add_error("text", str(error))
        return cleaned


def place_of(code: str, text: str) -> Spot:
    """Where these words stand in the item, or the row, of that code. Raises Incomplete: where they stand at several
    places, nobody knows which is meant."""
    from editions.checkup.dictionary import Dictionary

    checked = CheckContext(compose(), Dictionary(), timezone.localdate())
    found = [each.spot for each in checked.texts if code in _codes(each.spot) and text in each.text]
    if not found:
        raise Incomplete(f"{code} 的工作数据里没有“{text}”这几个字：没有照抄，或者已经改过。")
    if len(found) > 1:
        raise Incomplete(f"{code} 里不止一处有“{text}”，请前后多抄几个字，或者写那一行的代码。")
    return found[0]


def _codes(spot: Spot) -> set[str]:
    return {spot.code.upper(), spot.anchor.upper()}


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, _with_powers(view), permission="editions.view_edition")

    return [
        # /admin/editions/edition/checkup/
        path("checkup/", staff(working), name="editions_checkup"),
        path("checkup/add/", staff(add), name="editions_checkup_add"),
        path("checkup/many/", staff(_button("may_rule", decide_many)), name="editions_checkup_many"),
        path("checkup/mends/", staff(_button("may_mend", carry_out)), name="editions_checkup_mends"),
        path("checkup/mends/<int:pk>/drop/", staff(_button("may_mend", drop)), name="editions_checkup_drop"),
        # /admin/editions/edition/checkup/second/ruling/3/
        path("checkup/second/<slug:what>/<int:pk>/", staff(second), name="editions_checkup_second"),
        # /admin/editions/edition/checkup/of/3/
        path("checkup/of/<int:pk>/", staff(kept), name="editions_checkup_kept"),
        path("checkup/<slug:key>/", staff(one), name="editions_checkup_one"),
        path("checkup/<slug:key>/mend/", staff(_button("may_mend", mend)), name="editions_checkup_mend"),
        path("checkup/<slug:key>/rule/", staff(_button("may_rule", decide)), name="editions_checkup_rule"),
        path("checkup/<slug:key>/reopen/", staff(_button("may_rule", reopen)), name="editions_checkup_reopen"),
    ]


def may_rule(user: Any) -> bool:
    """Who decides of findings: editors and reviewers."""
    return Edition.may(user, "compile") or Edition.may(user, "review")


def may_add(user: Any) -> bool:
    """Who adds some: they, and the section chiefs, who know the rows of their office best."""
    models = (model._meta for model in parts.rows_of_the_list())
    return may_rule(user) or any(user.has_perm(f"{m.app_label}.change_own_{m.model_name}") for m in models)


def _with_powers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, told what this person may do with findings."""

    @wraps(view)
    def told(request: HttpRequest, context: dict[str, Any], **where: Any) -> HttpResponse:
        user: Any = request.user
        powers = {
            "may_rule": may_rule(user),
            "may_add": may_add(user),
            "may_mend": Edition.may(user, "compile"),
        }
        return view(request, context | powers, **where)

    return told


def _button(power: str, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view behind a button, for those who have that power; whoever comes to its address otherwise is led to the
    list."""

    @wraps(view)
    def pressed(request: HttpRequest, context: dict[str, Any], **where: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("admin:editions_checkup")
        if not context[power]:
            raise PermissionDenied
        return view(request, context, **where)

    return pressed


def _of_working_rows() -> CheckUp:
    return check_up(compose(), timezone.localdate())


def working(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What was found of the working rows, narrowed down; first what waits to be handled."""
    return _bench(request, context, ManyForm(initial={"which": "chosen", "verdict": Ruling.Verdict.ACCEPTED}))


def _bench(request: HttpRequest, context: dict[str, Any], many_form: ManyForm) -> HttpResponse:
    """The bench, with the form that somebody filled in wrongly and what was chosen for it."""
    listed = workbench.rows()
    form = NarrowForm(request.GET, listed)
    narrowed = form.narrowed()
    open_keys = [row.key for row in narrowed if row.may_be_ruled_on]
    context |= {
        "title": "清单体检",
        "form": form,
        "counted": workbench.counted(listed),
        "narrowed": narrowed,
        "open_keys": open_keys,
        "items": workbench.by_item(narrowed),
        "query": workbench.narrowed_query(request.GET),
        "many_form": many_form,
        "chosen": request.POST.getlist("key"),
        "mends": list(Mend.objects.all()),
        "same_places": list(same_places()),
        "waiting": waiting(),
    }
    return TemplateResponse(request, "admin/editions/checkup/list.html", context)


def decide_many(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """认可, 原文如此, of many at once and for one reason: all of them or none."""
    form, chosen = ManyForm(request.POST), set(request.POST.getlist("key"))
    given = dict(form.cleaned_data) if form.is_valid() else {}
    shown = set(given.pop("shown", "").split(","))
    if given.pop("which", "") == "narrowed":
        chosen = shown
    narrowed = NarrowForm(request.GET, workbench.rows()).narrowed()
    rows = [row for row in narrowed if row.may_be_ruled_on and row.key in chosen]
    if form.is_valid() and not rows:
        form.add_error("which", "没有勾选，或者这些已经有人处理。请看过现在的列表再选。")
    if not form.is_valid():
        return _bench(request, context, form)
    with transaction.atomic():
        for row in rows:
            Ruling.on(row.finding, by=request.user, **given)
    label = Ruling.Verdict(given["verdict"]).label
    waits = "，第二人核对以后生效" if given["verdict"] == Ruling.Verdict.AS_PRINTED else ""
    messages.success(request, f"已记下 {len(rows)} 条“{label}”{waits}。")
    return redirect(reverse("admin:editions_checkup") + workbench.narrowed_query(request.GET))


def waiting() -> list[Seconded]:
    """What a second person is asked about, the oldest first; in two queries."""
    asked: list[Seconded] = [*Ruling.waiting(), *OwnFinding.objects.waiting()]
    return sorted(asked, key=lambda each: each.at)


def second(request: HttpRequest, context: dict[str, Any], what: str, pk: int) -> HttpResponse:
    """GET shows what somebody said; POST is the second person's word on it."""
    model = SECONDED.get(what)
    if model is None:
        raise Http404("没有这样的事项。")
    asked = get_object_or_404(model.objects.select_related("second_opinion"), pk=pk)
    form = SecondForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not context["may_rule"]:
        raise PermissionDenied
    if form.is_valid():
        try:
            asked.second(by=request.user, agrees=form.cleaned_data["agrees"], reason=form.cleaned_data["reason"])
        except AlreadyDone as error:
            messages.info(request, f"{asked.spot().named}：{error}")
            return redirect("admin:editions_checkup")
        except Refused as error:
            form.add_error(None, f"没有办成：{error}")
        else:
            messages.success(request, f"{asked.spot().named}：已核对。")
            return redirect("admin:editions_checkup")
    context |= {
        "title": f"核对：{asked.spot().named}",
        "asked": asked,
        "view_links": view_links.links_for(asked),
        "form": form,
    }
    return TemplateResponse(request, "admin/editions/checkup/second.html", context)


def kept(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """What was found of an edition when it was submitted."""
    edition = get_object_or_404(Edition, pk=pk)
    result = CheckUpResult.objects.filter(edition=edition).first()
    rows = [Row(judged, "", frozenset()) for judged in CheckUp.read(result.findings).found] if result else []
    context |= {"title": f"{edition.label} 版送审时的体检结果", "edition": edition, "items": workbench.by_item(rows)}
    return TemplateResponse(request, "admin/editions/checkup/kept.html", context)


def one(request: HttpRequest, context: dict[str, Any], key: str) -> HttpResponse:
    """One finding: decide of it, or say how it is to be mended."""
    return _page_of(_found(key), request, context)


def mend(request: HttpRequest, context: dict[str, Any], key: str) -> HttpResponse:
    """记下拟改"""
    judged, form = _found(key), MendForm(request.POST)
    if form.is_valid():
        try:
            mending.propose(judged.finding, **form.cleaned_data, by=request.user, register=compose())
        except AlreadyDone as error:
            messages.info(request, str(error))
            return redirect(_onwards(key, request))
        except Refused as error:
            form.add_error("new", str(error))
        else:
            messages.success(request, "已记下拟改。在体检页面上可以把各处拟改一并起草为更正。")
            return redirect(_onwards(key, request))
    return _page_of(judged, request, context, mend_form=form)


def _onwards(key: str, request: HttpRequest) -> str:
    """To the next finding of what was narrowed down; behind the last, to the list."""
    here, query = Neighbours.of_key(key, request.GET), workbench.narrowed_query(request.GET)
    if here and here.after:
        return reverse("admin:editions_checkup_one", args=[here.after]) + query
    return reverse("admin:editions_checkup") + query


def decide(request: HttpRequest, context: dict[str, Any], key: str) -> HttpResponse:
    """认可, 原文如此"""
    return _rule(request, context, key, ruling_form=RulingForm(request.POST))


def reopen(request: HttpRequest, context: dict[str, Any], key: str) -> HttpResponse:
    """撤回处理"""
    return _rule(request, context, key, reopen_form=ReopenForm(request.POST))


def _rule(request: HttpRequest, context: dict[str, Any], key: str, **filled_in: PlainForm) -> HttpResponse:
    judged, (form,) = _found(key), filled_in.values()
    if form.is_valid():
        onwards = _onwards(key, request)
        try:
            ruling = Ruling.on(judged.finding, by=request.user, **form.cleaned_data)
        except AlreadyDone as error:
            messages.info(request, f"{judged.finding.spot.named}：{error}")
        else:
            messages.success(request, f"{judged.finding.spot.named}：{_become_of(ruling)}")
        return redirect(onwards)
    return _page_of(judged, request, context, **filled_in)


def _found(key: str) -> Judged:
    judged = next((each for each in _of_working_rows().found if each.finding.key == key), None)
    if judged is None:
        raise Http404("没有这条体检结果：文字可能已经改过。")
    return judged


def _page_of(judged: Judged, request: HttpRequest, context: dict[str, Any], **filled_in: PlainForm) -> HttpResponse:
    """The page of a finding, with the form that somebody filled in wrongly."""
    finding = judged.finding
    rulings = list(Ruling.objects.filter(**Ruling.on_words_of(finding)).select_related("second_opinion").order_by("pk"))
    context |= {
        "title": f"体检：{finding.spot.named}",
        "judged": judged,
        "here": Neighbours.of_key(finding.key, request.GET),
        "query": workbench.narrowed_query(request.GET),
        "rule": rule(finding.rule),
        "box": _box_of(finding),
        "rulings": rulings,
        "waits": History.of(rulings).waits,
        "mends": Mend.objects.filter(line=finding.line, code=finding.spot.code),
        "mend_form": MendForm(initial={"new": finding.line}),
        "ruling_form": RulingForm(),
        "reopen_form": ReopenForm(),
    }
    return TemplateResponse(request, "admin/editions/checkup/one.html", context | filled_in)


def _box_of(finding: Finding) -> str:
    """What leads to the box that the finding is about, behind the address of its row."""
    known = rule(finding.rule)
    if known and known.box:
        return urlencode({"box": known.box, "anchor": finding.spot.anchor})
    return urlencode({"line": finding.line})


def _become_of(ruling: Ruling) -> str:
    """What the ruling comes to, in a sentence."""
    label = Ruling.Verdict(ruling.verdict).label
    waits = ruling.history.waits == ruling
    return f"已记下“{label}”，第二人核对以后生效。" if waits else f"已{label}。"


def add(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """人工发现: what somebody of the staff found."""
    if not context["may_add"]:
        raise PermissionDenied
    form = OwnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            OwnFinding.note(form.spot, form.cleaned_data["text"], form.cleaned_data["sentence"], by=request.user)
        except AlreadyDone as error:
            messages.info(request, str(error))
        else:
            messages.success(request, f"已记下：{form.spot.named}。第二人核对以后列入体检，文字改过以后不再列出。")
        return redirect("admin:editions_checkup")
    context |= {"title": "记一条人工发现", "form": form}
    return TemplateResponse(request, "admin/editions/checkup/add.html", context)


def carry_out(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """All proposals into the working rows, and a draft of the 更正 that publishes them."""
    try:
        draft = mending.carry_out(list(Mend.objects.all()), by=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("admin:editions_checkup")
    kind = Kind(draft.kind).label
    messages.success(request, f"拟改已写进工作数据，并起草了{kind} {draft.label}。请核对，再送审。")
    return redirect("admin:editions_edition_draft", pk=draft.pk)


def drop(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    dropped, _ = Mend.objects.filter(pk=pk).delete()
    if dropped:
        messages.success(request, "拟改已去掉，工作数据没有动。")
    else:
        messages.info(request, "这条拟改已经去掉或者写进工作数据，没有再办一次。")
    return redirect("admin:editions_checkup")
