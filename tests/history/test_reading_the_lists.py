"""Every list of the admin takes the same number of queries, however many rows it shows."""

import datetime
import functools
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import roles
from boundaries.models import Share, ShareOffice, ShareStage
from duties.models import Duty, WorkItem
from history.lists import ReadOnly
from laws.models import Law, Repeal
from offices.models import Department, Office, Succession
from supervision.models import Regime, RegimeOffice
from tests.conftest import edited_models, make_account, make_additions, signed_in

# session; account; permissions of the account, of its groups; rows counted; rows; then one for each filter that lists
# rows of another model, and for what is said above the list
SIX = 6
FILTERS = {
    "duties.Duty": 1,  # offices
    "duties.WorkItem": 2,  # offices, duties
    "boundaries.Share": 3,  # departments, offices, matters
    "boundaries.Basis": 1,
    "boundaries.ShareOffice": 1,
    "services.Service": 1,
    "services.YearlyRule": 1,  # months
    "services.Event": 3,  # offices, services; what was announced
    "supervision.Regime": 1,
    "supervision.Chapter": 1,
    "supervision.Clause": 1,
    "supervision.RegimeOffice": 1,
    "cases.Provision": 1,  # their kinds
    "cases.Factor": 1,  # documents
    "cases.Band": 1,
    "clocks.Notice": 1,  # which years were entered
}


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_a_list_stays_in_its_budget(wang: Any, model: Any) -> None:
    make_additions()
    client = signed_in(wang)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).context["cl"].result_count > 0
    assert len(captured) <= SIX + FILTERS.get(model._meta.label, 0), [query["sql"][:90] for query in captured]


def more_additions() -> None:
    """Two more rows of each kind that the printed list has none of."""
    by = {"added_by": "王芳", "added_on": datetime.date(2026, 11, 22)}
    office = Office.objects.get(code="GS-04")
    for number in (1, 2):
        share = Share.objects.get(code=f"BJ-02-0{number}")
        for row in (
            RegimeOffice(regime=Regime.objects.get(code=f"JG-0{number}"), office=office, **by),
            ShareOffice(share=share, office=office, **by),
            ShareStage(share=share, stage="运输", **by),
            Repeal(law=Law.objects.get(code=f"FL-0{number + 1}"), repealed_on=datetime.date(2026, 1, 1), **by),
            Succession(
                department=Department.objects.get(code=f"BM-0{number + 1}"),
                successor="县某局",
                since=datetime.date(2019, 3, 1),
                **by,
            ),
        ):
            row.save(reason="整理")


@pytest.mark.parametrize("model", [Succession, Repeal, ShareOffice, ShareStage, RegimeOffice])
def test_more_additions_take_no_more_queries(wang: Any, model: Any) -> None:
    make_additions()
    client, url = signed_in(wang), reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    few = len(before)
    more_additions()
    with CaptureQueriesContext(connection) as after:
        assert client.get(url).context["cl"].result_count == 3
    assert len(after) == few


def test_more_rows_take_no_more_queries(wang: Any) -> None:
    client, url = signed_in(wang), reverse("admin:duties_workitem_changelist")
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    few = len(before)  # later requests empty the log
    duty = Duty.objects.get(code="ZZ-01")
    for position in range(3, 33):
        WorkItem(duty=duty, position=position, text=f"事项{position}", offices="稽查股").save(reason="测试")
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == few


def test_an_office_is_found_under_every_name_it_is_printed_under(wang: Any) -> None:
    client = signed_in(wang)

    def listed(url: str) -> set[str]:
        return {row.code for row in client.get(url).context["cl"].result_list}

    assert "FW-10" in listed(reverse("admin:services_service_changelist") + "?office=GS-04")
    assert listed(reverse("admin:duties_workitem_changelist") + "?office=none") == {"ZZ-05-06", "ZZ-09-01", "ZZ-09-02"}
    assert listed(reverse("admin:duties_duty_changelist") + "?office=GS-06") == {"ZZ-08"}
    assert listed(reverse("admin:duties_duty_changelist") + "?office=none") == {"ZZ-09", "ZZ-10"}


def test_the_desk_is_in_the_order_of_the_document(wang: Any) -> None:
    apps = [app["app_label"] for app in signed_in(wang).get(reverse("admin:index")).context["app_list"]]
    parts = ["duties", "boundaries", "services", "supervision"]
    assert apps == ["editions", *parts, "portal", "offices", "laws", "clocks"]


def test_search_finds_a_duty_by_the_text_of_its_work(wang: Any) -> None:
    url = reverse("admin:duties_duty_changelist") + "?q=防伪"
    assert [row.code for row in signed_in(wang).get(url).context["cl"].result_list] == ["ZZ-02"]


@pytest.fixture
def looking(db: None) -> Callable[[Any], Client]:
    """A client of somebody to whom the list is open."""

    @functools.cache
    def of_role(role: str) -> Client:
        return signed_in(make_account(f"looks{list(roles.ROLES).index(role)}", role, "某", "人"))

    def of_list(model: Any) -> Client:
        needed = f"{model._meta.app_label}.view_{model._meta.model_name}"
        return of_role(next(role for role in roles.ROLES if needed in roles.permissions_of(role)))

    return of_list


TRICKS = {"__startswith": "p", "__regex": "^p", "__year": "9" * 13, "__in": "1,x", "__contains": "x", "__gte": "1"}


def columns_asked(model: Any) -> set[str]:
    """Every column of the rows, and of the rows that they point at."""
    own = {field.name for field in model._meta.concrete_fields}
    beyond = {
        f"{relation.name}__{field.name}"
        for relation in model._meta.get_fields()
        if relation.is_relation and relation.related_model
        for field in relation.related_model._meta.concrete_fields
    }
    return own | beyond


def test_an_address_asks_a_list_for_nothing_but_what_its_filters_ask(looking: Callable[[Any], Client]) -> None:
    wrong = []
    for model, model_admin in admin.site._registry.items():
        opts, client = model._meta, looking(model)
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        request = client.get(url).wsgi_request
        filtered = {each[0] if isinstance(each, tuple) else each for each in model_admin.list_filter}
        for column in columns_asked(model) - filtered - {model_admin.date_hierarchy}:
            for trick, value in TRICKS.items():
                if model_admin.lookup_allowed(f"{column}{trick}", value, request):
                    wrong.append((opts.label, column, trick))
            if "__" not in column and client.get(url, {f"{column}__startswith": "p"}).status_code != 400:
                wrong.append((opts.label, column, "answered"))
    assert not wrong


def test_the_filters_of_every_list_are_asked_by_their_own_links(looking: Callable[[Any], Client]) -> None:
    make_additions()
    wrong, asked = [], set()
    for model in admin.site._registry:
        client = looking(model)
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(url).content.decode()
        links = {
            tuple(parse_qs(unescape(link), True)): unescape(link) for link in re.findall(r'href="\?([^"]+)"', page)
        }
        for names, link in links.items():
            asked.update(names)
            if client.get(f"{url}?{link}").status_code != 200:
                wrong.append((url, link))
    assert not wrong
    assert {"state__exact", "office__id__exact", "groups__id__exact", "at__gte", "listed", "is_active__exact"} <= asked


@pytest.mark.parametrize("query", ["year=9999999999999", "year=9999", "year=9999&action_time__month=12", "day=x"])
def test_a_day_that_no_calendar_has_is_a_wrong_address(db: None, query: str) -> None:
    client = signed_in(make_account("shenji", roles.AUDITOR, "钱", "明"))
    url = reverse("admin:admin_logentry_changelist")
    assert client.get(f"{url}?action_time__year=2026&action_time__month=11").status_code == 200
    assert client.get(f"{url}?action_time__{query}").status_code in (200, 302)


def test_no_list_tells_a_password_or_a_clue_by_what_it_still_lists(db: None) -> None:
    keeper = signed_in(make_account("zhaomin", roles.SYSADMIN, "赵", "敏"))
    looks_on = signed_in(make_account("shenji", roles.AUDITOR, "钱", "明"))
    for client, url, query in (
        (keeper, "admin:accounts_account_changelist", {"password__startswith": "pbkdf2"}),
        (keeper, "admin:accounts_accountrequest_changelist", {"account__password__startswith": "pbkdf2"}),
        (looks_on, "admin:cases_case_changelist", {"clue__contains": "欧阳"}),
        (looks_on, "admin:cases_case_changelist", {"clue__regex": "."}),
        (looks_on, "admin:cases_case_changelist", {"party__name": "欧阳"}),
    ):
        assert client.get(reverse(url), query).status_code == 400, query


def read_only_models() -> list[Any]:
    return [model for model, shown in admin.site._registry.items() if isinstance(shown, ReadOnly)]


@pytest.mark.parametrize("model", read_only_models(), ids=lambda model: model._meta.label)
def test_what_only_acts_change_tells_its_history_on_its_own_page(wang: Any, model: Any) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    answer = signed_in(wang).get(reverse(f"{name}_history", args=[1]))
    assert answer.headers["Location"] == reverse(f"{name}_change", args=[1])
