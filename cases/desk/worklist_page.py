"""期限和待办, as a page: the clocks of one's cases, narrowed down by urgency, clock and office."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from acts import pages
from cases.desk import worklist
from cases.desk.worklist import Clock, Urgency
from cases.rows.subscription import Subscription
from offices.models import Office
from verbatim.codes import Numbers
from verbatim.fields import PlainForm

PER_PAGE = 50


class NarrowForm(PlainForm):
    """Only what is there can be chosen."""

    urgency = forms.ChoiceField(label="紧急程度", required=False)
    rule = forms.ChoiceField(label="期限", required=False)
    office = forms.ChoiceField(label="承办机构", required=False)

    def __init__(self, data: Any, clocks: list[Clock]) -> None:
        super().__init__(data)
        titles = {clock.rule: clock.title for clock in clocks if clock.rule}
        offices = Office.objects.filter(pk__in={clock.office for clock in clocks}).order_by(Numbers("code"))
        self._offer("urgency", [(each.name.lower(), each.label) for each in Urgency])
        self._offer("rule", sorted(titles.items(), key=lambda named: named[1]))
        self._offer("office", [(str(office.pk), office.name) for office in offices])
        if len(offices) < 2:
            del self.fields["office"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "全部"), *choices]  # type: ignore[attr-defined]

    def narrowed(self, clocks: list[Clock]) -> list[Clock]:
        """What was asked for; everything, where what was asked for is not there."""
        asked = self.cleaned_data if self.is_valid() else {}
        tests = {
            "urgency": lambda clock: clock.urgency.name.lower(),
            "rule": lambda clock: clock.rule,
            "office": lambda clock: str(clock.office),
        }
        chosen = [(tests[name], value) for name, value in asked.items() if value]
        return [clock for clock in clocks if all(test(clock) == value for test, value in chosen)]


def urls(site: Any) -> list[URLPattern]:
    shown = pages.page(site, page, permission="cases.view_case")
    # /admin/cases/case/worklist/
    return [path("worklist/", shown, name="cases_worklist")]


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    everything = worklist.clocks_of(request.user)
    form = NarrowForm(request.GET, everything)
    narrowed = form.narrowed(everything)
    listed = Paginator(narrowed, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "title": "期限和待办",
        "form": form,
        "listed": listed,
        "rows": worklist.rows(listed.object_list, request.user),
        "counted": worklist.counted(narrowed),
        "subscription": Subscription.objects.of(request.user),
    }
    return TemplateResponse(request, "admin/cases/worklist_page.html", context)
