"""Anybody may take the list as data: in one form, described by a schema, the same that the portal itself reads."""

import json

import jsonschema
import pytest
from django.test import Client

from editions.life.edition import Edition
from editions.register.register import compose
from tests.conftest import BASE, REGISTER


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
