"""Anybody may take the list as data: in one form, described by a schema, the same that the portal itself reads."""

import csv
import datetime
import io
import json
from typing import Any
from unittest import mock

import jsonschema
import pytest
from django.test import Client
from openpyxl import load_workbook

from editions.form import parts
from editions.life.edition import Edition
from editions.register.register import compose
from services.models import Service
from tests.acting import make_hands, make_issued, make_years
from tests.conftest import BASE, REGISTER

SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("path", ["/list.json", "/editions/2017-12/list.json"])
def test_the_list_as_data_is_what_was_published(citizen: Client, path: str) -> None:
    response = citizen.get(path)
    data = json.loads(response.content)
    edition = Edition.objects.get()
    assert response["Content-Type"] == "application/json"
    assert data["edition"]["label"] == "2017-12"
    assert data["edition"]["content_digest"] == edition.content_digest
    assert data["edition"]["chain_digest"] == edition.chain_digest
    assert {k: v for k, v in data.items() if k not in ("schema", "edition")} == compose().dump()
    assert "文安县质量技术监督局责任清单".encode() in response.content  # characters, not escapes


def test_it_is_what_the_schema_says(citizen: Client) -> None:
    schema = json.loads(citizen.get("/data/schema.json").content)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(citizen.get("/list.json").content)
    jsonschema.validate(data, schema)
    data["duties"][0]["wish"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_the_schema_tells_printed_text_from_the_rest(citizen: Client) -> None:
    definitions = json.loads(citizen.get("/data/schema.json").content)["$defs"]
    assert definitions["DutyDocument"]["properties"]["text"]["x-printed"] is True
    assert "x-printed" not in definitions["DutyDocument"]["properties"]["code"]


def test_the_fixtures_are_in_the_form_that_is_published(citizen: Client) -> None:
    from ruamel.yaml import YAML

    held: dict[str, object] = {}
    for path in REGISTER:
        held |= json.loads(json.dumps(YAML(typ="safe").load(path), default=str))
    published = json.loads(citizen.get("/list.json").content)
    assert {**published, "edition": None} == {**held, "edition": None}


def test_the_form_is_described_where_the_files_say_it_is() -> None:
    assert (BASE / "docs" / "interchange.md").exists()


@pytest.mark.parametrize("at", ["", "/editions/2017-12"])
def test_every_item_and_part_is_data_too(citizen: Client, at: str) -> None:
    whole = json.loads(citizen.get(f"{at}/list.json").content)
    for part in parts.parts():
        data = json.loads(citizen.get(f"{at}/{part.name}/list.json").content)
        assert [each["item"] for each in data["items"]] == whole[part.name]
        assert data["frame"] in whole["frames"]
        for each in data["items"]:
            one = json.loads(citizen.get(f"{at}/{part.name}/{each['code'].lower()}.json").content)
            assert one["item"] == each["item"]
            assert one["url"] == f"{SITE}/editions/2017-12/{part.name}/{each['code'].lower()}/"
            assert citizen.get(one["url"].removeprefix(SITE)).status_code == 200


def test_addresses_in_data_are_whole_and_for_good(citizen: Client) -> None:
    whole = json.loads(citizen.get("/list.json").content)
    assert whole["edition"]["url"] == f"{SITE}/editions/2017-12/"
    for part in parts.parts():
        at = whole["edition"]["addresses"][part.name]
        assert list(at) == [item["code"] for item in whole[part.name]]
        assert at == {code: f"{SITE}/editions/2017-12/{part.name}/{code.lower()}/" for code in at}
    schema = json.loads(citizen.get("/data/schema.json").content)
    assert schema["$id"] == f"{SITE}/data/schema.json"
    for path, definition in (("/duties/zz-01.json", "duties-item"), ("/services/list.json", "services-part")):
        data = json.loads(citizen.get(path).content)
        assert data["schema"] == f"{schema['$id']}#/$defs/{definition}"
        described = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
        jsonschema.validate(data, described)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data | {"wish": "x"}, described)


def table(response: Any) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def sheets(response: Any) -> dict[str, list[list[str]]]:
    book = load_workbook(io.BytesIO(response.content))
    return {
        sheet.title: [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book
    }


def test_a_register_is_a_table(citizen: Client) -> None:
    for part in parts.parts():
        rows = table(citizen.get(f"/{part.name}/list.csv"))
        (only,) = sheets(citizen.get(f"/{part.name}/list.xlsx")).values()
        assert rows == only
        assert len(rows) > len(compose().of(part.name))
    rows = table(citizen.get("/duties/list.csv"))
    assert rows[0] == ["代码", "序号", "主要职责", "具体工作事项", "责任股室", "备注"]
    (row,) = (row for row in rows if row[0] == "ZZ-05-05")
    assert row[4] == "标准计量股\n标准计量股"
    assert row[2].startswith("负责计量工作")


def test_the_whole_list_is_a_table_and_holds_every_printed_cell(citizen: Client) -> None:
    rows = table(citizen.get("/list.csv"))
    register = compose()
    printed = sum(
        len(place.cells) for part in register.parts for d in register.documents(part.name) for place in d.places()
    )
    assert len(rows) == printed + 1
    assert list(sheets(citizen.get("/list.xlsx"))) == [part.label for part in parts.parts()]


def test_what_begins_like_a_formula_is_text(db: None, citizen: Client) -> None:
    formula = '=HYPERLINK("http://example.com","点此")'
    Service.objects.get(code="FW-06").put(reason="试", content=formula)
    make_issued(make_hands(), ("services", "FW-06"))
    for path in ("/list.xlsx", "/services/list.xlsx"):
        book = load_workbook(io.BytesIO(citizen.get(path).content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value == formula} == {"s"}
        assert "f" not in {cell.data_type for cell in cells}
    for path in ("/list.csv", "/services/list.csv"):
        held = [cell for row in table(citizen.get(path)) for cell in row if formula in cell]
        assert held == [f"'{formula}"]


@pytest.mark.parametrize("path", ["/list.xlsx", "/duties/list.xlsx", "/list.csv", "/duties/zz-01.json"])
def test_the_same_edition_gives_the_same_bytes(citizen: Client, path: str) -> None:
    before = citizen.get(path).content
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    with mock.patch("openpyxl.writer.excel.datetime") as clock:
        clock.datetime.now.return_value = later
        assert citizen.get(path).content == before


DATA = [
    "/list.json",
    "/list.csv",
    "/list.xlsx",
    "/duties/list.json",
    "/services/list.csv",
    "/duties/zz-01.json",
    "/data/schema.json",
    "/feeds/editions.atom",
    "/feeds/duties.atom",
    "/services/calendar.ics",
]


@pytest.mark.parametrize("path", DATA)
def test_other_sites_may_read_the_data_and_not_the_pages(citizen: Client, path: str) -> None:
    assert citizen.get(path)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in citizen.get("/duties/")


@pytest.mark.parametrize("path", ["/duties/zz-99.json", "/duties/zz-99.pdf", "/editions/2001-01/list.csv"])
def test_other_sites_read_too_that_something_is_not_there(citizen: Client, path: str) -> None:
    answer = citizen.get(path)
    assert answer.status_code == 404
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_is_told_that_it_may_read_the_data(citizen: Client) -> None:
    asking = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    answer = citizen.options("/duties/list.json", headers=asking)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "GET" in answer["Access-Control-Allow-Methods"]


def test_other_sites_may_read_nothing_of_the_desk(citizen: Client) -> None:
    for path in ("/admin/", "/admin/preview/draft-1/list.pdf", "/admin/services/service/export.json"):
        for answer in (citizen.get(path), citizen.options(path)):
            assert "Access-Control-Allow-Origin" not in answer, path


@pytest.mark.parametrize("path", ["/duties/zz-99.json", "/nothing/list.json", "/editions/2001-01/duties/list.csv"])
def test_what_is_not_there_is_not_there_as_data(citizen: Client, path: str) -> None:
    assert citizen.get(path).status_code == 404


def test_an_old_edition_is_data_as_it_was(db: None, citizen: Client) -> None:
    make_years(make_hands())
    assert "0316-5255905" in citizen.get("/editions/2017-12/services/list.csv").content.decode()
    assert citizen.get("/editions/2017-12/services/fw-02.json").status_code == 200
    assert citizen.get("/services/fw-02.json").status_code == 404
