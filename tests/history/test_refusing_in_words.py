"""Whatever the database refuses, people read a Chinese sentence that says what happened and what to do."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import connection, connections, models, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from duties.models import Duty
from editions.life.edition import Edition
from editions.life.timeline import Act
from history.guards import said_by_database
from history.refusals import is_away
from services.models import Service
from tests.acting import make_hands, make_submitted


def is_a_sentence(said: str) -> bool:
    """Chinese, one line, ended; words in Latin letters are names of ours at most (a constraint, a label)."""
    latin = re.findall(r"[A-Za-z]+(?: [a-z]+)+", said)
    return bool(re.search(r"[\u4e00-\u9fff]", said)) and said.endswith(("。", "！", "？")) and not latin


def to_the_end(act: Callable[[], Any]) -> None:
    with transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(DatabaseError) as refused:
        to_the_end(act)
    return said_by_database(refused.value)


def sql(statement: str, *values: Any) -> Callable[[], Any]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)

    return run


def unusable(username: str) -> Account:
    """As the role that serves may make one: nobody has confirmed it."""
    account = Account(username=username, is_active=False)
    account.set_unusable_password()
    return account


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "a name taken": (
        lambda: Account.objects.bulk_create([unusable("甲"), unusable("甲")]),
        "账号里已经有同样的“用户名”，没有写入。请换一个。",
    ),
    "nothing given": (
        sql("UPDATE duties_duty SET text = NULL"),
        "没有填，没有写入。请填写以后再试。",
    ),
    "what it points at is not there": (
        sql(
            "INSERT INTO editions_draft (label, kind, effective_on, change_note, declared, lines, picks, reasons,"
            " by_id, changed_at) VALUES ('2030-02', 'correction', now(), '', '{}', '{}', '[]', '{}', 999999, now())"
        ),
        "指着的那一条已经没有了，没有写入。请重新选。",
    ),
    "too long": (sql("UPDATE editions_draft SET label = repeat('甲', 21)"), ""),
    "a permanent code": (sql("UPDATE duties_duty SET code = 'ZZ-77' WHERE code = 'ZZ-01'"), "永久代码不能更改"),
    "no right": (sql("DELETE FROM duties_duty"), "这超出了门户的权限，请告诉系统管理。"),
    "a check with a sentence": (
        sql("UPDATE duties_duty SET text = E'甲\\t' WHERE code = 'ZZ-01'"),
        "",
    ),
    "a code that is none": (
        lambda: Service(code="FW7", serial="11", position=11, title="新的服务").save(reason="新增"),
        "代码格式不对，应当像 FW-01 这样",
    ),
    "a form of a date": (sql("SELECT 'x'::date"), "有一个日期写得不对"),
    "a day that is none": (sql("SELECT '2018-02-30'::date"), "有一个日期写得不对"),
    "a number that is none": (sql("SELECT 'x'::int"), "有一处内容的格式不对"),
    "a number too large": (sql("SELECT 99999999999::int"), "有一个数字太大"),
    "a division": (sql("SELECT 1 / 0"), "有一处内容的格式不对"),
    "too slow": (
        lambda: (sql("SET LOCAL statement_timeout = '10ms'")(), sql("SELECT pg_sleep(1)")()),
        "数据库用了太久",
    ),
    "only to be read": (
        lambda: (sql("SET TRANSACTION READ ONLY")(), sql("DELETE FROM django_session")()),
        "",
    ),
    "no such table": (sql("SELECT * FROM nowhere"), "数据库没有接受（42P01）"),
    "raised by a library": (sql("DO $$ BEGIN RAISE 'something in English'; END $$"), "数据库没有接受（P0001）"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_said_in_a_sentence(db: None, what: str) -> None:
    unusable("somebody").save()
    act, said = REFUSED[what]
    if what == "too long":
        from editions.desk.drafts import Draft

        day = Edition.objects.get().effective_on
        Draft.objects.create(by=Account.objects.get(username="somebody"), label="2030-01", effective_on=day)
    sentence = refusal(act)
    assert is_a_sentence(sentence), sentence
    assert said in sentence


def test_two_who_write_at_once_read_a_sentence(own_database: Any) -> None:
    """A lock that is waited for in vain, a dead-lock, and what two wrote at the same time."""
    own_database()
    other = connections["default"].copy()
    try:
        with transaction.atomic():
            Duty.objects.filter(code="ZZ-01").lock()
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
                with pytest.raises(DatabaseError) as refused:
                    cursor.execute("UPDATE duties_duty SET note = '甲' WHERE code = 'ZZ-01'")
        assert said_by_database(refused.value) == "别人正在办，等了很久还没有轮到，没有写入。请过一会儿再试。"
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM duties_duty")
            Duty.objects.get(code="ZZ-01").put(reason="改", note="乙")
            with pytest.raises(DatabaseError) as refused:
                cursor.execute("UPDATE duties_duty SET note = '甲' WHERE code = 'ZZ-01'")
            cursor.execute("ROLLBACK")
        assert said_by_database(refused.value) == "别人正好也在写，这一次没有写入。请再试一次。"
    finally:
        other.close()


def test_every_constraint_of_every_table_has_a_sentence(db: None) -> None:
    """As PostgreSQL reports it: by its name and its table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, contype FROM pg_constraint WHERE connamespace ="
            " 'public'::regnamespace AND conrelid <> 0 AND contype <> 't' UNION ALL SELECT indrelid::regclass::text,"
            " indexrelid::regclass::text, 'u' FROM pg_index WHERE indisunique AND indrelid >= 16384"
        )
        constraints = cursor.fetchall()
    states = {"u": "23505", "p": "23505", "c": "23514", "f": "23503", "x": "23P01", "n": "23502"}
    assert len(constraints) > 300
    for table, name, sort in constraints:
        sentence = said_by_database(reported(states[sort], table=table, constraint=name))
        assert is_a_sentence(sentence), (table, name, sentence)


class Told(dict[str, str]):
    """What a server reports of a refusal, as psycopg hands it on."""

    def __getattr__(self, name: str) -> str | None:
        return self.get(name)


def reported(state: str, *, table: str = "", constraint: str = "", column: str = "", said: str = "") -> DatabaseError:
    cause, error = Exception("raw English"), DatabaseError("raw English")
    told = Told(sqlstate=state, table_name=table, constraint_name=constraint, column_name=column, message_primary=said)
    cause.diag = told  # type: ignore[attr-defined]
    error.__cause__ = cause
    return error


def known_states() -> set[str]:
    kinds = [each for each in vars(psycopg.errors).values() if isinstance(each, type)]
    return {str(each.sqlstate) for each in kinds if isinstance(getattr(each, "sqlstate", None), str)}


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    state=st.sampled_from(sorted(known_states())),
    model=st.sampled_from(apps.get_models(include_auto_created=True)),
    said=st.text(st.characters(max_codepoint=127), max_size=40),
)
@example(state="57P01", model=Duty, said="terminating connection due to administrator command")
def test_every_state_that_postgresql_knows_has_a_sentence(state: str, model: type[models.Model], said: str) -> None:
    column = next(iter(model._meta.concrete_fields)).column
    error = reported(state, table=model._meta.db_table, column=column, said=said)
    sentence = said_by_database(error)
    assert is_a_sentence(sentence), sentence
    assert is_away(error) == state.startswith(("08", "57P"))


def test_what_the_database_finds_at_the_very_end_is_said_too(own_database: Any) -> None:
    """A line of the timeline that somebody slipped in stops the act at its commit, not with a stack trace."""
    own_database()
    hands = make_hands()
    edition = make_submitted(hands)
    number = edition.timeline.count() + 1
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Act.objects.create(edition=edition, number=number, verb="reviewed", by=hands.reviewer, by_name="孙丽")
    assert is_a_sentence(said_by_database(refused.value))


def test_a_table_whose_row_the_database_refuses_is_answered_in_chinese(own_database: Any) -> None:
    """Two tables at once bring the same code: the second is told so, in the list of its faults."""
    from services.resources import ServiceResource

    own_database()
    service = Service.objects.get(code="FW-05")
    resource = ServiceResource()
    service.position = -1  # what no form lets through
    with pytest.raises(ValidationError, match="没有写入") as refused:
        resource.save_instance(service, False, {})
    assert is_a_sentence("".join(refused.value.messages))
