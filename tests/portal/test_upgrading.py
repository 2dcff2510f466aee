"""A portal that was worked with goes on with a newer program."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from editions.life.edition import Edition
from portal.keeping import verifying
from tests.acting import Hands, change_a_phone, make_hands, make_issued, make_submitted

UNSEEN = "电话\u200b改了"


def test_a_function_that_a_newer_program_drops_keeps_nobody_from_the_upgrade(own_database: Any) -> None:
    own_database()
    call_command("migrate", "editions", "0010", database="owner", verbosity=0)
    with connections["owner"].cursor() as cursor:
        for name in ("editions_entry_count", "editions_timeline"):
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                f"CREATE TRIGGER {name} AFTER INSERT ON editions_edition FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
    call_command("migrate", database="owner", verbosity=0)
    assert list(verifying.faults()) == []
    call_command("migrate", database="owner", verbosity=0)
    assert list(verifying.faults()) == []


def test_what_a_new_database_gets_at_once_is_what_the_steps_of_an_older_one_make() -> None:
    steps, whole = MigrationLoader(None, replace_migrations=False), MigrationLoader(None)
    squashed = {node: each.replaces for node, each in whole.disk_migrations.items() if each.replaces}
    assert squashed
    for node, replaced in squashed.items():
        made = MigrationAutodetector(steps.project_state([replaced[-1]]), whole.project_state([node]))
        assert made.changes(whole.graph) == {}


@pytest.fixture
def hands(own_database: Any) -> Hands:
    own_database()
    return make_hands()


def as_let_in_before(edition: Edition) -> Edition:
    """With a character that nobody sees, which older programs did not look for."""
    with connections["owner"].cursor() as cursor:
        for switch in ("DISABLE", "ENABLE"):
            for trigger in ("editions_edition_guard", "editions_edition_a_step"):
                cursor.execute(f"ALTER TABLE editions_edition {switch} TRIGGER {trigger}")
            if switch == "DISABLE":
                cursor.execute("UPDATE editions_edition SET checkup_word = %s WHERE id = %s", [UNSEEN, edition.pk])
    edition.refresh_from_db()
    return edition


def test_what_an_older_program_let_in_is_sent_back_withdrawn_and_revoked(hands: Hands) -> None:
    returned = as_let_in_before(make_submitted(hands, change_a_phone("0316-5250001"), label="2040-01"))
    returned.send_back(by=hands.reviewer, reason="有看不见的字符")
    withdrawn = as_let_in_before(make_submitted(hands, change_a_phone("0316-5250002"), label="2040-02"))
    withdrawn.withdraw(by=hands.editor, reason="有看不见的字符")
    issued = as_let_in_before(make_issued(hands, change_a_phone("0316-5250003"), label="2040-03"))
    issued.revoke(by=hands.director, reason="有看不见的字符")
    assert [each.state for each in (returned, withdrawn)] == ["returned", "withdrawn"]
    assert issued.revoked_on
