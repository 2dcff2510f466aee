"""A list has the parts whose frames it holds, whatever else the program could read."""

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse

from editions.checkup.checking import check_up
from editions.form import parts
from editions.life.edition import Edition
from editions.register import schema
from editions.register.comparison import compare
from editions.register.picking import pick
from editions.register.register import Register
from portal.answers.jumps import exact_target
from portal.answers.reverse_index import reverse_index_of
from portal.papers.printing import NoSuchScope, Scope, scopes
from tests import database
from tests.conftest import make_account, signed_in

NAMES = ["duties", "boundaries", "services", "supervision"]


@pytest.fixture
def whole(db: None) -> Register:
    register: Register = Edition.objects.get().register()
    return register


@pytest.fixture
def three(whole: Register) -> Register:
    """A list without 监管制度."""
    frames = tuple(row for row in whole.of("frames") if row.document.part != "supervision")
    return Register({**whole.listed, "frames": frames, "supervision": ()})


def test_what_has_no_frame_is_no_part_of_it(whole: Register, three: Register) -> None:
    assert [part.name for part in whole.parts] == NAMES
    assert [part.name for part in three.parts] == NAMES[:3]
    assert three.faults() == []
    assert three.item_count() == whole.item_count() - 15
    assert "计量器具型式批准的监管" not in "\n".join(three.lines())
    assert "supervision" not in three.dump()
    assert "supervision" not in schema.interchange(three.parts)["properties"]
    assert {found.part.name for found in reverse_index_of(three).responsible["offices", "GS-03"]} <= set(NAMES[:3])
    assert exact_target(three, "JG-01") is None
    assert exact_target(whole, "JG-01") is not None
    assert check_up(three, datetime.date(2017, 12, 1)).found


def test_nothing_of_it_is_printed(three: Register) -> None:
    assert "supervision" not in {scope.kind for scope in scopes(three)}
    with pytest.raises(NoSuchScope, match="清单里没有“监管制度”这一部分。"):
        Scope.read("supervision").check(three)


def test_a_part_is_added_with_its_frame_by_picking_one_item(whole: Register, three: Register) -> None:
    changes = {change.key: change.said for change in compare(three, whole)}
    assert changes.pop(("frames", "supervision")) == "新增"
    assert len(changes) == 15
    picked = pick(three, whole, [("supervision", "JG-02")])
    assert [part.name for part in picked.register.parts] == NAMES
    assert [document.code for document in picked.register.documents("supervision")] == ["JG-02"]
    assert [change.key for change in picked.brought] == [("frames", "supervision")]


def test_items_without_a_frame_are_no_list(whole: Register, three: Register) -> None:
    stray = Register({**three.listed, "supervision": whole.of("supervision")})
    assert "监管制度没有表头。" in stray.faults()


def test_a_file_with_items_and_no_frame_is_not_loaded(own_database: Any, tmp_path: Path) -> None:
    own_database(database.EMPTY)
    path = tmp_path / "list.yaml"
    path.write_text("services: [{serial: '1', code: FW-01, title: 计量检定}]\n")
    with pytest.raises(CommandError, match=r"list.yaml：services：公共服务没有表头，请在 frames 里写上"):
        call_command("load_register", str(path), verbosity=0)


def test_a_frame_is_given_to_a_part_once(wang: Any) -> None:
    add = reverse("admin:editions_frame_add")
    assert signed_in(wang).get(add).status_code == 403
    assert signed_in(make_account("sunli", "法规审核", "孙", "丽")).get(add).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "“公共服务”已经用了这个名称"),
        ({"name": "others"}, "“公共服务”已经排在第 30 位"),
        ({"name": "others", "order": 60}, "“公共服务”的代码也以 FW- 开头"),
        ({"name": "Others", "order": 60}, "名称要和应用的一样"),
    ],
)
def test_a_part_that_has_no_place_in_the_form_stops_the_start(changed: dict[str, Any], said: str) -> None:
    services = parts.part("services")
    assert services is not None
    with pytest.raises(ImproperlyConfigured, match=said):
        parts.register(dataclasses.replace(services, **changed))
    assert parts.part("services") is services
