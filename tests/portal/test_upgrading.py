"""A portal that was worked with goes on with a newer program."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from editions.life.edition import Edition
from portal.keeping import verifying
from tests.acting import Hands, change_a_phone, make_hands, make_issued, make_submitted

UNSEEN = "电话\u200b改了"


def test_a_function_that_a_newer_program_drops_keeps_nobody_from_the_upgrade(own_database: Any) -> None:
    own_database()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION editions_entry_count() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
            "CREATE TRIGGER editions_entry_count AFTER INSERT ON editions_edition FOR EACH ROW"
            " EXECUTE FUNCTION editions_entry_count()"
        )
    call_command("migrate", database="owner", verbosity=0)
    assert list(verifying.faults()) == []
    call_command("migrate", database="owner", verbosity=0)
    assert list(verifying.faults()) == []


@pytest.fixture
def hands(own_database: Any) -> Hands:
    own_database()
    return make_hands()


def as_let_in_before(edition: Edition) -> Edition:
    """With a character that nobody sees, which older programs did not look for."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE editions_edition DISABLE TRIGGER editions_edition_guard")
        cursor.execute("UPDATE editions_edition SET checkup_word = %s WHERE id = %s", [UNSEEN, edition.pk])
        cursor.execute("ALTER TABLE editions_edition ENABLE TRIGGER editions_edition_guard")
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
