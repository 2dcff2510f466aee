"""Whatever 王芳 does to a row, by whatever way, it leaves one line of history: who, when, why."""

import contextlib
import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import Account
from editions.form import parts
from editions.register import interchange
from history.models import RetirableRow
from laws import dictionary
from laws.models import KnownLaw, Term
from offices.models import Department, Office
from services.models import Service
from tests.conftest import FOUNDERS, REGISTER, edited_models, make_additions, signed_in
from tests.editions.test_restoring import restored
from tests.history.test_importing_a_table import CSV, as_csv, confirmed, exported, rows_of, sent

CHANGES: dict[str, tuple[str, Any]] = {
    "clocks.Notice": ("issued_on", datetime.date(2026, 11, 5)),
    "clocks.Day": ("note", "与周末连休"),
    "cases.Officer": ("until", datetime.date(2030, 12, 31)),
    "cases.Member": ("post", "deputy"),
    "cases.Standard": ("issuer", "另一机关"),
    "cases.Violation": ("name", "改了的行为"),
    "cases.Provision": ("note", "改了的说明"),
    "cases.ProvisionKind": ("called", "改了的说法"),
    "cases.Factor": ("name", "改了的因素"),
    "cases.Band": ("condition", "改了的条件"),
    "offices.Department": ("full_name", "文安县某局"),
    "offices.Succession": ("basis", "另一份文件"),
    "offices.Office": ("phones", "0316-5255900"),
    "laws.Law": ("number", "某令第1号"),
    "laws.Repeal": ("basis", "另一份文件"),
    "laws.Citation": ("quoted", "《改了的名称》"),
    "laws.KnownLaw": ("number", "某令第1号"),
    "laws.Term": ("right", "另一个词"),
    "portal.Saying": ("means", "特种设备"),
    "portal.QuickQuestion": ("question", "电梯归谁管"),
    "editions.Cover": ("date_line", "2018年1月"),
    "editions.Frame": ("heading", "登记表"),
    "duties.Duty": ("note", "改"),
    "duties.WorkItem": ("note", "改"),
    "boundaries.Matter": ("case", "改了的案例"),
    "boundaries.Share": ("text", "改了的分工"),
    "boundaries.ShareOffice": ("basis", "另一份文件"),
    "boundaries.ShareStage": ("basis", "另一份文件"),
    "boundaries.Basis": ("text", "1.《改了的名称》"),
    "services.Service": ("content", "改了的内容"),
    "services.YearlyRule": ("month", 11),
    "services.Event": ("place", "人民广场"),
    "supervision.Regime": ("unit", "单位：某局"),
    "supervision.Chapter": ("title", "改了的标题"),
    "supervision.Clause": ("text", "改了的文字"),
    "supervision.RegimeOffice": ("basis", "另一份文件"),
}
ONE_OF_EACH = ("editions.Cover", "editions.Frame")
"""They belong to the form: there are as many as there are, and they are not retired."""
BESIDE = (
    *("services.Event", "laws.KnownLaw", "laws.Term", "clocks.Notice", "clocks.Day"),
    *("cases.Officer", "cases.Member", "portal.Saying", "portal.QuickQuestion"),
    *("cases.Standard", "cases.Violation", "cases.Provision", "cases.ProvisionKind", "cases.Factor", "cases.Band"),
)
"""No part of the list: neither loaded with it nor set back to it."""

MODELS = edited_models()
named = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def lines() -> dict[str, int]:
    return {model._meta.label: model.history.count() for model in MODELS}


@contextlib.contextmanager
def one_line(model: Any, reason: str, *, by: str = "王芳", kind: str = "~") -> Iterator[None]:
    """What happens inside leaves one line more, in this history alone."""
    before, began = lines(), timezone.now()
    yield
    after = lines()
    assert after == {**before, model._meta.label: before[model._meta.label] + 1}
    line = model.history.order_by("-history_id").first()
    assert line.history_type == kind
    assert line.history_user_name == by
    assert reason in line.history_change_reason
    assert began <= line.history_date <= timezone.now()


@contextlib.contextmanager
def acting(account: Any) -> Iterator[None]:
    """As in a request of that account."""
    request = RequestFactory().post("/")
    request.user = account
    HistoricalRecords.context.request = request
    try:
        yield
    finally:
        del HistoricalRecords.context.request


@pytest.fixture(autouse=True)
def additions(db: None) -> None:
    make_additions()


@pytest.fixture(scope="module")
def register_file(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> str:
    """The list in one file, in the form that is read in the shortest time: it is loaded for every model."""
    path = tmp_path_factory.mktemp("loaded") / "list.json"
    with django_db_blocker.unblock():
        register = interchange.read(REGISTER).register
    path.write_text(json.dumps(register.dump(), ensure_ascii=False), encoding="utf-8")
    return str(path)


def a_row(model: Any) -> Any:
    row = model.objects.order_by("pk").first()
    assert row is not None, model
    return row


def copy_of(model: Any) -> Any:
    """A new row beside an existing one, with what must differ."""
    row = a_row(model)
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
    if model.permanent:
        values[model.permanent] = ""
    values |= {
        "clocks.Notice": {"number": "国办发明电〔2027〕1号"},
        "clocks.Day": {"day": datetime.date(2027, 1, 2)},
        "cases.Officer": {"account_id": Account.objects.get(username=FOUNDERS[1]).pk, "certificate": "冀R0002"},
        "cases.Member": {"account_id": Account.objects.get(username=FOUNDERS[1]).pk},
        "cases.Standard": {"number": "某发〔2026〕1号"},
        "cases.Violation": {"name": "某行为"},
        "cases.Provision": {"version": "2030年修正"},
        "cases.ProvisionKind": {"kind": "通报批评"},
        "cases.Factor": {"name": "某因素"},
        "cases.Band": {"grade": "一般"},
        "offices.Department": {"name": "县某局", "is_bureau": False},
        "offices.Office": {"name": "某股", "other_names": "", "phones": ""},
        "laws.Law": {"title": "某条例"},
        "laws.Citation": {"quoted": "《某条例》"},
        "laws.Repeal": {"repealed_on": datetime.date(2025, 1, 1)},
        "laws.KnownLaw": {"title": "某条例"},
        "laws.Term": {"wrong": "某词"},
        "portal.Saying": {"said": "某种叫法"},
        "portal.QuickQuestion": {"label": "某事"},
        "offices.Succession": {"since": datetime.date(2025, 1, 1)},
        "boundaries.Share": {"department_id": Department.objects.get(code="BM-13").pk},
        "boundaries.ShareOffice": {"office_id": Office.objects.get(code="GS-01").pk},
        "boundaries.ShareStage": {"stage": "运输"},
        "supervision.RegimeOffice": {"office_id": Office.objects.get(code="GS-01").pk},
        "services.YearlyRule": {
            "service_id": Service.objects.get(code="FW-10").pk,
            "quoted": "",
            "added_by": "王芳",
            "added_on": datetime.date(2026, 11, 22),
        },
    }.get(model._meta.label, {})
    return model(**values)


def test_every_model_is_here() -> None:
    assert set(CHANGES) == {model._meta.label for model in MODELS}


@named
def test_creating(wang: Any, model: Any) -> None:
    row = copy_of(model)
    if model._meta.label in ONE_OF_EACH:
        assert signed_in(wang).get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/").status_code == 403
        for existing in model.objects.all():  # the first load made it
            (line,) = existing.history.filter(history_type="+")
            assert line.history_change_reason
        return
    with one_line(model, "新增的理由", kind="+"), acting(wang):
        row.save(reason="新增的理由")


@named
def test_changing(wang: Any, model: Any) -> None:
    field, value = CHANGES[model._meta.label]
    row = a_row(model)
    with one_line(model, "修改的理由"), acting(wang):
        row.put(reason="修改的理由", **{field: value})
    with acting(wang):
        before = lines()
        row.put(reason="又存一次", **{field: value})
        assert lines() == before


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, RetirableRow)], ids=lambda model: model._meta.label
)
def test_retiring(wang: Any, model: Any) -> None:
    row = a_row(model)
    with one_line(model, "取消的理由"), acting(wang):
        row.retire(reason="取消的理由")


@named
def test_loading(db: None, register_file: str, model: Any) -> None:
    field, value = CHANGES[model._meta.label]
    call_command("load_register", register_file, reason="装入", verbosity=0)  # retires what the list has none of
    row = a_row(model)
    row.put(reason="改", **{field: value})
    if model._meta.label in BESIDE:
        before = lines()
        call_command("load_register", register_file, reason="再装入", verbosity=0)
        call_command("load_dictionary", verbosity=0)
        assert lines() == before
        return
    if getattr(row, "is_retired", False):
        row.put(reason="又列入", retired_on=None)
    with one_line(model, "再装入", by=""):
        call_command("load_register", register_file, reason="再装入", verbosity=0)


@pytest.mark.parametrize("model", [KnownLaw, Term], ids=lambda model: model._meta.label)
def test_loading_what_the_dictionary_has_not_yet(db: None, model: Any) -> None:
    shipped = dictionary.read()
    law, term = next(iter(shipped.laws.values())), next(iter(shipped.terms.values()))
    added = {
        KnownLaw: dictionary.Entries({**shipped.laws, "某条例": law}, shipped.terms),
        Term: dictionary.Entries(shipped.laws, {**shipped.terms, "某词": term}),
    }[model]
    with one_line(model, "装入词典", by="", kind="+"):
        assert dictionary.load(added, reason="装入词典") == 1


@named
def test_importing(wang: Any, model: Any) -> None:
    client, (field, value) = signed_in(wang), CHANGES[model._meta.label]
    rows = rows_of(exported(client, model, CSV))
    column = model._meta.get_field(field).verbose_name
    assert column in rows[0]
    rows[0][column] = str(value)
    preview = sent(client, model, as_csv(rows), CSV, "导入的理由")
    assert "confirm_form" in preview.context, preview.context["result"].row_errors()
    with one_line(model, "导入表格：导入的理由"):
        confirmed(client, model, preview)


def kind_of(row: Any) -> tuple[str, str]:
    """The kind of document that the row is a part of, and its code."""
    for kind in parts.kinds():
        for model, way in kind.rows() if isinstance(kind, parts.RowKind) else ():
            if model is type(row):
                return kind.name, model.objects.filter(pk=row.pk).values_list(way, flat=True).get()
    raise AssertionError(row)


@pytest.mark.parametrize(
    "model", [m for m in MODELS if m._meta.label not in BESIDE], ids=lambda model: model._meta.label
)
def test_restoring(wang: Any, register_file: str, model: Any) -> None:
    call_command("load_register", register_file, reason="装入", verbosity=0)
    field, value = CHANGES[model._meta.label]
    row = a_row(model)
    row.put(reason="改", **{field: value}, **({"retired_on": None} if hasattr(row, "retired_on") else {}))
    client = signed_in(wang)
    with one_line(model, "恢复为 2017-12 版公布的内容：改错了"):
        restored(client, *kind_of(row))
