"""What the acts of publicity ask for: the draft, whose whole text stands on the page before it is handed on, and what
whoever releases or takes it down has to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from acts.errors import Incomplete
from acts.pages import DATE, LINES
from cases.desk.forms import CaseForm, RowForm, today
from cases.publicity.composing import Source, Wording
from cases.publicity.decision import LONGEST, PublicDecision
from cases.publicity.rows import PublicityDraft, PublicityEnd, PublicityPush
from clocks.limits_of_the_law import in_force
from verbatim.documents import digest
from verbatim.fields import paragraphs, tidy


def publicity_of(case: Any) -> dict[str, Any]:
    """What the public sees of the case, where its page on the desk says so; nothing where there was nothing yet."""
    releases, draft = case.releases(), case.draft_to_release()
    if not releases and draft is None:
        return {}
    return {
        "standing": case.public_standing(),
        "address": reverse("decision", args=[case.public_address.number]) if releases else "",
        "last": releases[-1] if releases else None,
        "draft": draft,
    }


TYPED = {"violation": "违法类型", "index_number": "索引号", "title": "名称", "outline": "内容概述"}
SHOWN = "公众将看到的全文"


class DraftForm(CaseForm):
    """Sent once it shows what the public will see; sent again with that before one's eyes, it is done."""

    groups = (("公示的摘要和索引", tuple(TYPED)), ("遮盖", ("marked", "uncovered")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview: PublicDecision | None = None
        self.hidden["shown"] = ""
        self.source, self.why_not = self._source()
        for name, label in TYPED.items():
            self.fields[name] = forms.CharField(label=label, max_length=LONGEST)
        self.fields["marked"] = forms.CharField(
            label="还要遮盖的",
            required=False,
            max_length=5000,
            widget=LINES,
            help_text="照决定书的原文，一行一段：商业秘密，程序没有找到的姓名、地址等。",
        )
        if self.source:
            self.subject.read_party(self.request.user)  # what is always covered stands on the page
            self.initial.update(self.source.suggested())
            self._ask_what_to_uncover(self.source)
            self._begin_with_the_last()
        if self.subject.restricts():
            self.fields["restricted_until"] = forms.DateField(
                label="限制到哪一天",
                required=False,
                widget=DATE,
                help_text="限制超过三年的，公示到限制期满；没有期限或者不到三年的不填。",
            )

    def _source(self) -> tuple[Source | None, str]:
        try:
            return self.subject.public_source(), ""
        except Incomplete as error:
            return None, str(error)

    def _ask_what_to_uncover(self, source: Source) -> None:
        choices = [(each.text, f"{each.text}（{each.what}）") for each in source.doubtful]
        if choices:
            self.fields["uncovered"] = forms.MultipleChoiceField(
                label="程序遮盖了，核对以后不是个人信息、不用遮盖的",
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _begin_with_the_last(self) -> None:
        """What was written and marked before is not forgotten."""
        last = self.subject.publicity_drafts.last()
        if last:
            self.initial.update({name: getattr(last.decision, name) for name in TYPED})
            kept = {"marked": last.marked, "restricted_until": last.restricted_until}
            self.initial.update(kept | {"uncovered": paragraphs(last.uncovered)})

    @property
    def button(self) -> str:
        return self.step.label if self.preview else f"看{SHOWN}"

    def about(self) -> list[tuple[str, str]]:
        if self.source is None:
            return [("现在不能拟稿", self.why_not)]
        firm = [each.text for each in self.source.found if each.is_firm]
        return [*super().about(), ("总是遮盖的", "、".join(firm) or "没有找到")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.source is None:
            self.add_error(None, self.why_not)
        elif not self.errors:
            try:
                self.preview = self.source.decision(self._wording(cleaned))
                self.hidden["shown"] = digest(self.preview.canonical())
            except Incomplete as error:
                self.add_error(None, str(error))
        return cleaned

    def is_valid(self) -> bool:
        """Only what stood on the page is handed on."""
        return super().is_valid() and self.data.get("shown") == self.hidden["shown"]

    @staticmethod
    def _wording(cleaned: dict[str, Any]) -> Wording:
        return Wording(
            typed={name: tidy(cleaned[name]) for name in TYPED},
            marked=tidy(cleaned["marked"]),
            uncovered=tuple(cleaned.get("uncovered", ())),
        )

    def given(self) -> dict[str, Any]:
        more = {name: self.cleaned_data[name] for name in ("restricted_until", "reason") if name in self.cleaned_data}
        return {"wording": self._wording(self.cleaned_data)} | more


class ReleaseForm(CaseForm):
    secrecy = forms.CharField(
        label="保密审查意见",
        max_length=1000,
        widget=LINES,
        help_text="写明经审查不涉及国家秘密、商业秘密、个人隐私，或者怎样处理的。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = self.subject.draft_to_release()
        self.preview = self.draft.decision if self.draft else None
        self.hidden["shown"] = self.draft.seen_as if self.draft else ""

    def about(self) -> list[tuple[str, str]]:
        draft = self.draft
        if draft is None:
            return super().about()
        said = [
            ("人工标注遮盖的", draft.marked),
            ("承办人员认为不用遮盖的，请核对", draft.uncovered),
            ("上一稿遮盖、这一稿不遮盖的，请核对", "\n".join(self._opened_since_the_last(draft))),
        ]
        limit = in_force().on(draft.term, today())
        until = f"，限制到 {draft.restricted_until} 的公示到那一天" if draft.restricted_until else ""
        term = f"自公示之日起{limit.length}（{draft.get_term_display()}）{until}"
        told = [(label, what) for label, what in said if what]
        return [*super().about(), ("拟稿", draft.by_name), ("公示期限", term), *told]

    def _opened_since_the_last(self, draft: PublicityDraft) -> list[str]:
        """What was marked before and is not, and what was not uncovered before and is."""
        before = self.subject.publicity_drafts.exclude(pk=draft.pk).last()
        if before is None:
            return []
        unmarked = [each for each in paragraphs(before.marked) if each not in paragraphs(draft.marked)]
        uncovered = [each for each in paragraphs(draft.uncovered) if each not in paragraphs(before.uncovered)]
        return [*unmarked, *uncovered]

    def given(self) -> dict[str, Any]:
        return {"secrecy": self.cleaned_data["secrecy"], "shown": self.data.get("shown", "")}


class PushForm(RowForm):
    model, argument = PublicityPush, "push"
    columns = ("to", "sent_on")

    def likely(self) -> dict[str, Any]:
        return {"to": f"{self.subject.party.registered_in}市场监督管理局", "sent_on": today()}


class VoidPushForm(CaseForm):
    """Which one it is."""

    def about(self) -> list[tuple[str, str]]:
        push = self.subject.valid_push()
        return [*super().about(), *([("登记的推送", f"{push}（{push.by_name}登记）")] if push else [])]


class WithdrawForm(CaseForm):
    ground = forms.ChoiceField(
        label="撤下的情形",
        choices=[each for each in PublicityEnd.Ground.choices if each[0] != PublicityEnd.Ground.EARLY],
        help_text="这一句公众看得到；下面的理由只记入经办记录。",
    )
    first = ("ground",)


CONDITIONS = {
    "is_fulfilled": "处罚决定的义务已经全部履行",
    "is_harm_removed": "已经主动消除危害后果和不良影响",
    "has_not_repeated": "没有因为同一类违法行为再受处罚",
    "is_on_no_list": "没有列入严重违法失信名单、经营异常名录",
}


class EarlyEndForm(CaseForm):
    asked_on = forms.DateField(label="当事人申请的日期", widget=DATE)
    first = ("asked_on", *CONDITIONS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in CONDITIONS.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)
        self.order_fields(self.first)

    def given(self) -> dict[str, Any]:
        unmet = [f"没有确认“{label}”" for name, label in CONDITIONS.items() if not self.cleaned_data[name]]
        return {"asked_on": self.cleaned_data["asked_on"], "reason": self.cleaned_data["reason"], "unmet": unmet}


FORMS: dict[str, type[CaseForm]] = {
    "publicity_drafted": DraftForm,
    "publicity_mended": DraftForm,
    "publicity_released": ReleaseForm,
    "publicity_pushed": PushForm,
    "publicity_push_voided": VoidPushForm,
    "publicity_withdrawn": WithdrawForm,
    "publicity_ended_early": EarlyEndForm,
}
