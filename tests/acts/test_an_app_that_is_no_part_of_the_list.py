"""A floor to come has rows with trails and things that people act on, and the list knows nothing of it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BASE, make_account, own_databases, own_folder
from tests.portal.test_adding_a_part import done
from wenan_qts import embedded

APP = {"APPS": "tests.dossiers"}


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    folder: Path = tmp_path_factory.mktemp("dossiers")
    with own_databases(django_db_blocker) as make:
        name = make()
        for username, role in {"wang": "编辑", "sun": "法规审核", "zhou": "局领导"}.items():
            make_account(username, role, "某", username)
        own = own_folder(folder)
        done(name, "migrate", "--database", "owner", **own, **APP)
        serving, owner = embedded.urls(embedded.FOLDER, name)
        environment = {**os.environ, **own, **APP, "DATABASE_URL": serving, "DATABASE_OWNER_URL": owner}
        story = [sys.executable, "-m", "tests.dossiers.story"]
        ran = subprocess.run(story, cwd=BASE, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        yield json.loads(ran.stdout.splitlines()[-1]) | {"verified": done(name, "verify", **own, **APP)}


def test_a_row_has_a_trail_that_no_edition_seals(told: Any) -> None:
    assert told["trail"] == [["甲", "记下"], ["乙", "改字"]]
    assert "dossiers_historicalnote" not in told["sealed"]
    assert "services_historicalservice" in told["sealed"]


def test_its_writer_waits_for_no_edition(told: Any) -> None:
    assert told["note waits"] == ""
    assert told["service waits"] == "canceling statement due to lock timeout"


def test_a_step_asks_for_other_hands_a_reason_and_the_right(told: Any) -> None:
    assert told["own hand"] == "卷宗是您立的，要由别人来决定。"
    assert told["no reason"] == "请写明决定的理由。"
    assert told["stranger"] == "您的账号没有办这件事的权限。"
    assert told["decided"] == ""
    assert "不能决定" in told["again"]
    assert told["just now"] is True


def test_what_was_done_is_on_record(told: Any) -> None:
    assert [act[0] for act in told["timeline"]] == ["opened", "decided"]
    assert told["grounds"] == told["timeline"][1][2] == "属实"


def test_the_database_holds_its_table_of_steps(told: Any) -> None:
    assert told["state alone"] == told["no line"] == "卷宗 1 的“decided”没有经办记录"
    assert "不能从“open”到“open”" in told["another column"]
    assert "不能一开始就是“decided”" in told["born decided"]
    assert told["line rewritten"] == "permission denied for table dossiers_dossieract"


def test_nothing_is_found_amiss(told: Any) -> None:
    assert "核验没有发现问题。" in told["verified"]
