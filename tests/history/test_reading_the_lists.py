"""Every list of the admin takes the same number of queries, however many rows it shows."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boundaries.models import Share, ShareOffice, ShareStage
from duties.models import Duty, WorkItem
from laws.models import Law, Repeal
from offices.models import Department, Office, Succession
from supervision.models import Regime, RegimeOffice
from tests.conftest import edited_models, make_additions, signed_in

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
    assert apps == ["editions", "duties", "boundaries", "services", "supervision", "offices", "laws", "clocks"]


def test_search_finds_a_duty_by_the_text_of_its_work(wang: Any) -> None:
    url = reverse("admin:duties_duty_changelist") + "?q=防伪"
    assert [row.code for row in signed_in(wang).get(url).context["cl"].result_list] == ["ZZ-02"]
