"""Programs rely on /openapi.json: every address that it names answers as it says, and no other address is public.

`make contract` tries 10,000 cases; every other run some hundreds.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from editions.public import catalogue
from portal.keeping.export import files
from tests.acting import make_hands, make_issued, make_years
from tests.cases.people import made_public, make_case, make_people
from tests.conftest import own_databases, served

CASES = os.environ.get("CASES_OF_THE_CONTRACT", "4")
"""For each address."""
BESIDE_THE_CONTRACT = {"healthz"}
"""What is for the operator of the site."""


def contract(citizen: Client) -> Any:
    return json.loads(citizen.get("/openapi.json").content)


def names(patterns: list[Any]) -> set[str]:
    found: set[str] = set()
    for each in patterns:
        found |= names(each.url_patterns) if isinstance(each, URLResolver) else {each.name}
    return found


def test_every_address_that_shows_something_is_described(citizen: Client) -> None:
    from portal.open_data.contract import ADDRESSES

    assert names(get_resolver("portal.urls").url_patterns) == set(ADDRESSES)
    beside = {str(each.pattern) for each in get_resolver().url_patterns if isinstance(each, URLPattern)}
    assert beside == BESIDE_THE_CONTRACT


def test_every_example_is_there_and_is_what_the_contract_says(db: None, citizen: Client) -> None:
    make_years(make_hands())
    people = make_people()
    made_public(make_case(people), people)
    said = contract(citizen)
    validators: dict[str, Any] = {}
    for path, each in said["paths"].items():
        operation = each["get"]
        filled = {place["name"]: place.get("example", "") for place in operation["parameters"] if place["in"] == "path"}
        answer = citizen.get(re.sub(r"{(\w+)}", lambda place, filled=filled: str(filled[place[1]]), path))
        assert str(answer.status_code) in operation["responses"], path
        if answer.status_code != 200:
            may_be_missing = path.endswith(".pdf") or "secret" in filled  # no paper is set here, no report was sent
            assert "200" not in operation["responses"] or may_be_missing, path
            continue
        ((kind, content),) = operation["responses"]["200"]["content"].items()
        assert answer["Content-Type"] == kind, path
        if reference := content.get("schema", {}).get("$ref"):
            validator = validators.setdefault(
                reference, jsonschema.Draft202012Validator({"$ref": reference, "components": said["components"]})
            )
            validator.validate(json.loads(answer.content))


def test_the_schemas_take_nothing_else(citizen: Client) -> None:
    said, item = contract(citizen), json.loads(citizen.get("/duties/zz-01.json").content)
    schema = {"$ref": "#/components/schemas/duties-item", "components": said["components"]}
    jsonschema.validate(item, schema)
    for wrong in (item | {"wish": "x"}, item | {"item": item["item"] | {"title": 3}}, {}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_the_licence_stands_in_the_contract_and_on_the_page_and_is_said_to_be_the_default(
    citizen: Client, settings: Any
) -> None:
    assert contract(citizen)["info"]["license"]["url"] == settings.DATA_LICENCE_URL
    assert "这是本站软件的默认许可" in citizen.get("/data/").content.decode()
    settings.DATA_LICENCE, settings.DATA_LICENCE_IS_DEFAULT = "文安县开放数据许可", False
    page = citizen.get("/data/").content.decode()
    assert "文安县开放数据许可" in page
    assert "默认许可" not in page


def test_thousands_of_strange_questions_get_no_answer_outside_the_contract(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with own_databases(django_db_blocker) as make:
        name = make()
        make_issued(make_hands())
        for _, paper in files(catalogue.current()):
            paper.content()
        with served(name) as address:
            command = [
                *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json"),
                *("--url", address, "--checks", "all", "--no-color"),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", CASES),
            ]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert counted
    print(done.stdout)  # noqa: T201
    assert counted[1] == counted[2]
    assert int(counted[1]) > 500
