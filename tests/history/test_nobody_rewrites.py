"""What the role that serves cannot do, whatever the code above it tries."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from duties.models import Duty, WorkItem
from editions.life.edition import Edition
from editions.life.frozen import Entry
from history import guards
from history.guards import working_models


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_owns_no_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)


def test_its_privileges_are_those_of_the_table_in_code(db: None) -> None:
    chosen = guards.privileges()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                "SELECT privilege FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) AS privilege"
                " WHERE has_table_privilege(%s, privilege)"
                " OR (privilege IN ('INSERT', 'UPDATE') AND has_any_column_privilege(%s, privilege))",
                [table, table],
            )
            held = {privilege for (privilege,) in cursor.fetchall()}
            assert held == set(chosen.get(table, "SELECT").split(", ")), table


@pytest.mark.parametrize("verb", ["UPDATE {} SET history_change_reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_is_only_read_and_added_to(db: None, verb: str) -> None:
    for model in working_models():
        table = model.history.model._meta.db_table
        with pytest.raises(ProgrammingError, match="permission denied"):
            attempt(verb.format(table))


def test_no_line_of_history_is_slipped_in_below_another(db: None) -> None:
    for model in working_models():
        table = model.history.model._meta.db_table
        with pytest.raises(ProgrammingError, match="permission denied"):
            attempt(f"INSERT INTO {table} (id, history_id) VALUES (1, 0)")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM duties_duty",
        "DELETE FROM accounts_account",
        "DELETE FROM editions_edition",
        "UPDATE editions_version SET text = '{}'",
        "DELETE FROM editions_version",
        "UPDATE editions_entry SET position = 1",
        "DELETE FROM editions_entry",
        "UPDATE auth_group SET name = 'x'",
        "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 1, 1",
        "UPDATE django_admin_log SET change_message = ''",
        "DROP TRIGGER duties_duty_keep ON duties_duty",
        "ALTER TABLE editions_version DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_it_is_refused(db: None, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        attempt(statement)


def test_a_published_edition_cannot_be_touched(db: None) -> None:
    with pytest.raises(IntegrityError, match="change_note 在这一步不能更改"):
        attempt("UPDATE editions_edition SET change_note = 'x'")


def test_nobody_adds_an_entry_to_a_frozen_edition(own_database: Any) -> None:
    own_database()
    entry = Entry.objects.first()
    with pytest.raises(IntegrityError, match="冻结以后不能再加条目"), transaction.atomic():
        Entry(edition=Edition.objects.get(), kind="duties", position=99, code="ZZ-99", version=entry.version).save()


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_a_permanent_code_cannot_be_changed_by_anybody(own_database: Any, alias: str) -> None:
    from django.db import connections

    own_database()
    for table, column in (("duties_duty", "code"), ("supervision_clause", "anchor"), ("editions_frame", "part")):
        with pytest.raises(IntegrityError, match="永久代码不能更改"), connections[alias].cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = {column} || '9'")


def test_even_the_owner_meets_the_triggers_of_what_is_frozen(own_database: Any) -> None:
    from django.db import connections

    own_database()
    for statement in (
        "UPDATE editions_version SET text = '{}'",
        "DELETE FROM editions_entry",
        "TRUNCATE editions_version CASCADE",
        "DELETE FROM editions_edition",
    ):
        with pytest.raises(IntegrityError, match="已冻结"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


def test_writing_behind_the_trail_is_refused_in_code(db: None) -> None:
    for behind in (
        lambda: Duty.objects.update(text="x"),
        lambda: Duty.objects.all().delete(),
        lambda: Duty.objects.bulk_create([]),
        lambda: WorkItem.objects.filter(code="ZZ-01-01").bulk_update([], ["text"]),
        lambda: Duty.objects.first().delete(),
    ):
        with pytest.raises(TypeError, match="不"):
            behind()


def test_a_clause_stays_in_the_chapter_of_the_clause_it_stands_in(own_database: Any) -> None:
    from supervision.models import Chapter, Clause

    own_database()
    clause = Clause.objects.exclude(parent=None).first()
    other = Chapter.objects.exclude(pk=clause.chapter_id).first()
    with pytest.raises(IntegrityError, match="clause_parent_in_same_chapter"):
        Clause(chapter=other, anchor="c9-9", position=1, text="甲", parent=clause).save(reason="x")


def test_no_guard_asks_a_function_of_ours_about_every_row_of_a_table(db: None) -> None:
    """A condition that calls one is asked of each row: what is written in one case would read all cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        bodies = dict(cursor.fetchall())
    asked = re.compile(r"\bFROM public\.\w+ [^;]*?\bWHERE\b[^;]*?\bpublic\.\w+\(")
    found = {name for name, body in bodies.items() if asked.search(body)}
    assert found == set()
