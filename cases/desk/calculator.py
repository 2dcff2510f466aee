"""期限计算器: any time limit of the law from any day, with its derivation."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from acts import pages
from acts.pages import DATE
from clocks.counting import Span
from clocks.deadlines import AnyDeadline, Extension, NotLawful, work_out_hours, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.models import Notice
from clocks.time_limit import NoTimeLimit, Unit
from verbatim.fields import PlainForm

FARTHEST = datetime.date(2100, 1, 1)
"""Years after it have no calendar that anybody could know."""


def rules_to_choose() -> list[tuple[str, str]]:
    """Each time limit once, in the order in which a case meets it."""
    return list({limit.rule: (limit.rule, limit.title) for limit in in_force().all}.values())


class CalculatorForm(PlainForm):
    rule = forms.ChoiceField(label="期限", choices=rules_to_choose)
    start = forms.DateField(label="起算事项发生之日", widget=DATE, help_text="倒数的期限，填那一天本身，例如听证日。")
    time = forms.TimeField(
        label="几点几分",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="按小时计算的才填。",
    )
    number = forms.IntegerField(
        label="自定的数", required=False, min_value=1, max_value=1000, help_text="例如责令改正的日数；不填的按规定。"
    )
    stopped_from = forms.DateField(label="扣除的期间自", required=False, widget=DATE)
    stopped_to = forms.DateField(label="扣除的期间至", required=False, widget=DATE)
    longer = forms.IntegerField(label="延长多少", required=False, min_value=1, max_value=1000)
    signed = forms.DateField(label="延长的签批日期", required=False, widget=DATE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for one, other in (("stopped_from", "stopped_to"), ("longer", "signed")):
            if bool(cleaned.get(one)) != bool(cleaned.get(other)):
                raise ValidationError(f"“{self.fields[one].label}”和“{self.fields[other].label}”要填就都填。")
        if cleaned.get("stopped_from") and cleaned["stopped_to"] < cleaned["stopped_from"]:
            self.add_error("stopped_to", "早于扣除的期间开始的日期。")
        if cleaned.get("start") and cleaned["start"] >= FARTHEST:
            self.add_error("start", f"请填 {FARTHEST.year} 年以前的日期。")
        return cleaned

    def worked_out(self) -> AnyDeadline:
        """Raises NoTimeLimit and NotLawful."""
        asked = self.cleaned_data
        limit = in_force().on(asked["rule"], asked["start"])
        if limit.unit is Unit.HOURS:
            return work_out_hours(limit, datetime.datetime.combine(asked["start"], asked["time"] or datetime.time()))
        stops, longer = [], []
        if asked["stopped_from"]:
            stops.append(Span(first=asked["stopped_from"], last=asked["stopped_to"]))
        if asked["longer"]:
            longer.append(Extension(number=asked["longer"], signed=asked["signed"]))
        return work_out_provisional(
            limit, asked["start"], Notice.objects.calendar(), number=asked["number"], stops=stops, extensions=longer
        )


def urls(site: Any) -> list[URLPattern]:
    shown = pages.page(site, calculator, permission="cases.view_case")
    return [path("calculator/", shown, name="cases_calculator")]


def calculator(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form = CalculatorForm(request.GET or None, initial={"start": timezone.localdate()})
    if form.is_valid():
        try:
            context["lines"] = list(form.worked_out().derivation())
        except (NoTimeLimit, NotLawful) as error:
            form.add_error(None, str(error))
        except OverflowError:
            form.add_error(None, "日期太远，算不出来。请核对所填的数。")
    context |= {"title": "期限计算器", "form": form}
    return TemplateResponse(request, "admin/cases/calculator.html", context)
