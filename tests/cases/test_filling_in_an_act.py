"""What a clerk finds on the page of a case and on the form of an act: what is awaited first, long forms in groups, and
filled in with what is most likely."""

from typing import Any

import pytest
from django.urls import reverse

from cases.desk.forms import FORMS
from cases.models import Case
from tests.cases import people as made
from tests.cases.people import People, make_people
from tests.conftest import signed_in


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def form_of_act(case: Case, account: Any, verb: str) -> Any:
    return signed_in(account).get(reverse("admin:cases_case_act", args=[case.pk, verb])).context["form"]


def test_what_is_awaited_stands_before_what_may_be_done_at_any_time(people: People) -> None:
    case = made.file(made.make_case(people), people)
    page = signed_in(people.officer).get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    awaited, others = page.index("等您办的"), page.index("您还可以办的")
    assert awaited < page.index("act-concluded") < others < page.index("act-inspected")


@pytest.mark.parametrize("verb", [verb for verb, form in FORMS.items() if getattr(form, "groups", ())])
def test_every_field_stands_once_whatever_the_groups(people: People, verb: str) -> None:
    case = made.agreed(made.make_case(people), people)
    request = type("Request", (), {"user": people.officer, "method": "GET"})()
    step = Case.steps[verb]
    if verb == "decision_proposed":
        case = made.decided(made.make_case(people, party_name="乙"), people)
    form = FORMS[verb](request=request, subject=case, step=step)
    shown = [field.name for _, fields in form.grouped() for field in fields]
    assert sorted(shown) == sorted(form.fields)
    assert all(fields for _, fields in form.grouped())


def test_the_two_who_handle_the_case_are_suggested(people: People) -> None:
    case = made.make_case(people)
    form = form_of_act(case, people.officer, "inspected")
    assert [form[name].value() for name in ("first_officer", "second_officer")] == [people.officer.officer.pk, None]
    made.file(case, people)
    form = form_of_act(case, people.second, "inspected")
    handlers = [handler.officer_id for handler in case.handlers.all()]
    assert [form[name].value() for name in ("first_officer", "second_officer")] == handlers


def test_all_members_are_suggested_under_their_chair_but_those_who_step_back(people: People) -> None:
    case = made.make_case(people)
    made.qualify(people.auditor)
    members = made.make_committee(people)
    made.conclude(made.file(case, people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    form = form_of_act(case, people.auditor, "met")
    assert (form["chair"].value(), form["present"].value()) == (members[0].pk, [member.pk for member in members])


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(people: People) -> None:
    case = made.make_case(people)
    page = reverse("admin:cases_case_act", args=[case.pk, "inspected"])
    answer = signed_in(people.officer).post(page, {"kind": "check", "record": "台秤一台", "place": ""})
    assert answer.context["form"].errors["place"]
    shown = answer.content.decode()
    assert shown.index("field errors") < shown.index('name="place"')
    assert "台秤一台" in shown


def test_what_is_typed_in_several_lines_is_kept_so(people: People) -> None:
    """A browser ends each line with two characters, one of which nobody sees."""
    case = made.make_case(people)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/do"
    given = {
        "kind": "document",
        "name": "合同",
        "proves": "一、买卖。\r\n二、价款。",
        "place": "市场",
        "origin": "party",
    }
    sent = given | {"obtained_at": "2026-01-05T09:00", "reason": "第一行\r\n第二行"}
    assert "存入证据已办" in client.post(f"{path}/evidence_kept/", sent, follow=True).content.decode()
    assert case.evidence.get().proves == "一、买卖。\n二、价款。"
    assert case.timeline.last().reason == "第一行\n第二行"
