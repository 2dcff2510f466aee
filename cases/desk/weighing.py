"""裁量, part after part on one page: the violation, then article and circumstances with their evidence, then the grade
with what it comes to. Each part is shown before it is asked."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from acts.errors import Refused
from acts.pages import DATE
from cases.desk.forms import CaseForm, Groups, today
from cases.discretion.comparing import Compared
from cases.discretion.offer import Offer
from cases.discretion.standards import Factor
from cases.discretion.violations import Provision, Violation
from cases.discretion.weighed import Weighed

LONGEST = 500
CIRCUMSTANCES = "裁量因素：有的写明证据，没有的空着"


class WeighForm(CaseForm):
    violation = forms.ModelChoiceField(Violation.objects.none(), label="违法行为", empty_label="请选择")
    act_ended_on = forms.DateField(
        label="违法行为终了之日", widget=DATE, help_text="连续或者继续的，填停止的那一天；条款按这一天有效的用。"
    )
    first = ("violation", "act_ended_on")
    groups = (("违法行为", first),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["violation"].queryset = Violation.objects.listed().filter(provisions__retired_on=None).distinct()  # type: ignore[attr-defined]
        self.offer, self.weighed = self._offer(), None
        self.asked: Groups = self.groups
        self.hidden["shown"] = ""
        if self.offer and self.offer.provisions:
            self._ask_for_circumstances(self.offer)
            self.weighed = self._weighed(self.offer)
        if self.weighed:
            self._ask_for_the_grade(self.weighed)

    # What was given so far

    def _offer(self) -> Offer | None:
        """Of the violation and the day, once both are known."""
        if not self.is_bound:
            return None
        try:
            given = {name: self.fields[name].clean(self.data.get(name)) for name in self.first}
        except ValidationError:
            return None
        return Offer(given["violation"], given["act_ended_on"], today())

    def _weighed(self, offer: Offer) -> Weighed | None:
        """Of article and circumstances, once they were asked for and given."""
        if not self.data.get("shown", "").startswith(self.hidden["shown"]):
            return None
        try:
            provision = self.fields["provision"].clean(self.data.get("provision"))
            base = self.fields["base"].clean(self.data.get("base")) if "base" in self.fields else None
            return offer.weighed(provision, dict(self._evidence(offer)), base or Decimal(0))
        except (ValidationError, Refused):
            return None

    def _evidence(self, offer: Offer) -> Iterator[tuple[str, str]]:
        for factor in offer.factors:
            if shown := str(self.data.get(_shown_by(factor), "")).strip():
                yield factor.code, shown[:LONGEST]

    # What is asked for

    def _ask_for_circumstances(self, offer: Offer) -> None:
        self.fields["provision"] = forms.ModelChoiceField(
            Provision.objects.filter(pk__in=[each.pk for each in offer.provisions]).with_kinds(),
            label="依据的条款",
            widget=forms.RadioSelect,
            empty_label=None,
        )
        self._choose("provision", offer.usual.pk)
        self.fields["provision"].label_from_instance = self._described  # type: ignore[attr-defined]
        if any(each.unit for each in offer.provisions):
            self.fields["base"] = forms.DecimalField(
                label="违法所得或者货值金额（元）", required=False, min_value=0, max_digits=14, decimal_places=2
            )
        for factor in offer.factors:
            said = f"{factor.name}（{factor.get_binding_display()}{factor.get_leads_to_display()}）"
            self.fields[_shown_by(factor)] = forms.CharField(
                label=said,
                required=False,
                max_length=LONGEST,
                help_text=f"《{factor.standard.title}》{factor.clause}",
                widget=forms.TextInput(attrs={"list": "pieces"}),
            )
        self.pieces = tuple(_pieces(self.subject))
        names = tuple(_shown_by(factor) for factor in offer.factors)
        self.asked = (*self.asked, ("依据的条款", ("provision", "base")), (CIRCUMSTANCES, names))
        self.hidden["shown"] = _digest(f"{offer.violation.pk} {offer.act_ended_on}")

    def _choose(self, name: str, value: object) -> None:
        """Until somebody chooses otherwise."""
        if name not in self.data:
            data = cast(QueryDict, self.data).copy()
            data[name] = str(value)
            self.data = data

    def _described(self, provision: Provision) -> str:
        """The article with its days and what it gives; which of two versions is the lighter."""
        assert self.offer is not None
        until = f"至 {provision.until}" if provision.until else "起"
        said = f"{provision.source}（{provision.since} {until}施行）：{provision.said_range}"
        if len(self.offer.provisions) == 1:
            return said
        when = "现在的规定" if self.offer.is_newer(provision) else "行为时的规定"
        compared = self.offer.compared(provision)
        lighter = f"，{compared.value}" if self.offer.is_newer(provision) and compared != Compared.UNCLEAR else ""
        return f"{said}【{when}{lighter}】"

    def _ask_for_the_grade(self, weighed: Weighed) -> None:
        choices = [(grade.value, f"{grade.value}：{weighed.said_range(grade)}") for grade in weighed.grades]
        self.fields["grade"] = forms.ChoiceField(label="裁量档次和幅度", choices=choices, widget=forms.RadioSelect)
        self._choose("grade", choices[0][0])
        self.asked = (*self.asked, ("裁量档次", ("grade",)))
        self.hidden["shown"] += _digest(weighed.canonical())

    def grouped(self) -> Iterator[tuple[str, list[Any]]]:
        return self.under(self.asked)

    @property
    def button(self) -> str:
        return self.step.label if self.weighed else "下一步"

    def about(self) -> list[tuple[str, str]]:
        said = (
            [(f"写进文书的理由（{grade}）", self.weighed.reasons(grade)) for grade in self.weighed.grades]
            if self.weighed
            else []
        )
        return [*super().about(), *said]

    # What is done with it

    def is_valid(self) -> bool:
        """Only what stood on the page is agreed to."""
        return super().is_valid() and self.weighed is not None and self.data.get("shown") == self.hidden["shown"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.offer and "provision" not in self.fields:
            self.add_error("violation", "这一天这个违法行为没有施行的罚则；请核对日期，或者请法规审核补录。")
        provision = cleaned.get("provision")
        if self.data.get("shown") and provision and provision.unit and not cleaned.get("base"):
            self.add_error("base", "这一条按倍数罚款，请填。")
        return cleaned

    def given(self) -> dict[str, Any]:
        assert self.offer is not None
        return {
            "offer": self.offer,
            "provision": self.cleaned_data["provision"],
            "grade": self.cleaned_data["grade"],
            "evidence": dict(self._evidence(self.offer)),
            "base": self.cleaned_data.get("base") or Decimal(0),
            "reason": self.cleaned_data.get("reason", ""),
        }


def _shown_by(factor: Factor) -> str:
    return f"shown_by_{factor.code}"


def _pieces(case: Any) -> Iterator[str]:
    """What the file may show a circumstance by, as it is cited."""
    yield from (f"{each.get_kind_display()}“{each.name}”" for each in case.evidence.all())
    for each in case.inspections.all():
        yield f"{timezone.localdate(each.began_at)}{each.get_kind_display()}笔录"
    for each in case.testings.filter(result__isnull=False).select_related("result"):
        yield f"{each.result.received_on}收到的{each.get_kind_display()}结果"
    yield from map(str, case.papers.valid())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
