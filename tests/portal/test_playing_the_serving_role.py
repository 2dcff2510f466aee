"""Somebody has the password of the role that serves, and psql. What PostgreSQL gives him does not get him past the
guards: not into a frozen edition, not past the timeline, not to more power, and `verify` has nothing to find."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from accounts.models import Account
from acts.errors import Refused
from editions.life.edition import Edition
from editions.life.seal import SEALING
from history.locks import LEDGER
from portal.keeping import verifying
from tests import database
from tests.conftest import point_at
from wenan_qts import embedded

REFUSED = ("42501", "23514", "23505", "0A000", "42710", "55000", "42704", "22023", "58P01", "42883")
"""No privilege, a guard or constraint, not supported, no such thing."""

FROZEN = "(SELECT id FROM editions_edition WHERE state = 'transcribed')"
WAITING = "(SELECT id FROM editions_edition WHERE state = 'reviewed')"
DIRECTOR = "(SELECT id FROM accounts_account WHERE username = 'zhouzheng')"
CLERK = "(SELECT id FROM accounts_account WHERE username = 'hewen')"
ENTRY = (
    "INSERT INTO editions_entry (edition_id, kind, position, serial, code, version_id)"
    f" SELECT {FROZEN}, 'services', 99, '', 'FW-99', min(id) FROM editions_version"
)
ACT = "INSERT INTO editions_act (edition_id, number, verb, reason, by_id, by_name, at) VALUES ({})"
ISSUE = (
    f"UPDATE editions_edition SET state = 'issued', issued_at = now(), issued_by_id = {DIRECTOR}, issued_by_name ="
    f" '周正', signed_at = now(), signed_by_id = {DIRECTOR}, signed_by_name = '周正', previous_id ="
    " (SELECT id FROM editions_edition WHERE state = 'issued'), effective_on = effective_on + 30, seal = '{{}}',"
    " chain_digest = encode(sha256(convert_to('{{}}', 'UTF8')), 'hex') WHERE state = 'reviewed'"
)


def connected() -> psycopg.Connection:
    """As the role that serves, as psql connects."""
    serving, _ = embedded.urls(embedded.FOLDER, connections["default"].settings_dict["NAME"])
    return psycopg.connect(serving, autocommit=True)


@pytest.fixture
def intruder(worked: str, django_db_blocker: Any) -> Iterator[psycopg.Connection]:
    """In a database that others use too: what is refused leaves nothing."""
    with django_db_blocker.unblock():
        point_at(worked)
        with connected() as connection:
            yield connection
        point_at(database.PUBLISHED)


@pytest.fixture
def alone(own_database: Any, worked: str) -> Iterator[psycopg.Connection]:
    """In a database of the test's own, which he may commit to."""
    own_database(worked)
    with connected() as connection:
        yield connection


def in_one_transaction(connection: psycopg.Connection, *statements: str) -> None:
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)


def found() -> list[str]:
    connections["default"].close()
    return list(verifying.faults())


SHADOWS = [
    "CREATE TEMP TABLE editions_edition (id bigint, created_txid bigint)",
    "CREATE TEMP VIEW editions_edition AS SELECT 1 AS id",
    "CREATE TEMP SEQUENCE editions_act_id_seq",
    "CREATE FUNCTION pg_temp.txid_current() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "SELECT 1 AS id INTO TEMP editions_remark",
    "CREATE TABLE editions_edition2 (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION txid_current() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE TYPE mine AS (a int)",
    "CREATE DOMAIN mine AS text",
    "CREATE CAST (text AS bigint) WITH INOUT AS IMPLICIT",
    "CREATE OPERATOR = (leftarg = bigint, rightarg = bigint, function = int8ne)",
    "CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION pg_catalog.txid_current() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE RULE lost AS ON INSERT TO editions_act DO INSTEAD NOTHING",
    "CREATE TABLE more () INHERITS (editions_entry)",
    "ALTER TABLE editions_entry NO INHERIT editions_version",
    "CREATE TRIGGER mine BEFORE INSERT ON editions_act FOR EACH ROW EXECUTE FUNCTION keep_frozen()",
    "CREATE POLICY mine ON editions_act USING (true)",
    "ALTER FUNCTION keep_frozen() SET search_path = pg_temp",
    "CREATE EXTENSION pg_trgm",
    "CREATE LANGUAGE plperl",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION keep_frozen()",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO {serving}",
    "COMMENT ON TABLE editions_act IS 'mine'",
]
MIGHT = [
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "ALTER ROLE {serving} SUPERUSER",
    "ALTER ROLE {serving} CREATEROLE",
    "GRANT {owner} TO {serving}",
    "CREATE ROLE mine LOGIN",
    "ALTER DATABASE {database} SET search_path = pg_temp",
    "ALTER SYSTEM SET fsync = off",
    "COPY editions_act TO PROGRAM 'cat'",
    "COPY editions_act (reason) FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND usename IS NOT NULL",
    "SELECT setval('editions_act_id_seq', 1)",
    "SELECT nextval('editions_act_id_seq')",
    "ALTER TABLE editions_act DISABLE TRIGGER ALL",
    "BEGIN; LOCK TABLE editions_version IN ACCESS EXCLUSIVE MODE",
    "TRUNCATE editions_act",
    "SELECT ledger_take()",
]
POWER = [
    f"UPDATE accounts_account SET is_superuser = true WHERE id = {CLERK}",
    "INSERT INTO accounts_account (username, password, first_name, last_name, email, is_staff, is_active, is_superuser,"
    " date_joined, must_change_password, password_changed_at)"
    " VALUES ('mine', '', '', '', '', true, true, true, now(), false, now())",
    f"INSERT INTO accounts_account_user_permissions (account_id, permission_id) SELECT {CLERK}, min(id)"
    " FROM auth_permission",
    "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 1, 1",
    "INSERT INTO auth_group (name) VALUES ('mine')",
    "UPDATE auth_permission SET codename = 'view_edition' WHERE codename = 'sign_edition'",
    f"INSERT INTO accounts_account_groups (account_id, group_id) SELECT {CLERK}, max(id) FROM auth_group",
    f"UPDATE accounts_account_groups SET group_id = 1 WHERE account_id = {CLERK}",
    f"UPDATE accounts_account SET id = 9999 WHERE id = {CLERK}",
    "DELETE FROM accounts_visit",
]
CONTENT = [
    ENTRY,
    "UPDATE editions_version SET text = '{{}}'",
    "UPDATE editions_edition SET created_txid = txid_current() WHERE state = 'transcribed'",
    "INSERT INTO editions_entry (id, edition_id, kind, position, serial, code, version_id) OVERRIDING SYSTEM VALUE"
    f" VALUES (1000000, {FROZEN}, 'services', 99, '', 'FW-99', 1)",
    f"INSERT INTO editions_checkupresult (edition_id, findings) VALUES ({FROZEN}, '[]')",
    "INSERT INTO editions_ruling (id, key) VALUES (1, 'x')",
    "INSERT INTO duties_historicalduty (history_id, id) VALUES (1, 1)",
    "MERGE INTO editions_version v USING (SELECT 1 AS id) s ON v.id = s.id WHEN MATCHED THEN UPDATE SET text = 'x'",
    "INSERT INTO editions_entry (edition_id, kind, position, serial, code, version_id)"
    " SELECT edition_id, kind, position, serial, code, version_id FROM editions_entry LIMIT 1"
    " ON CONFLICT (edition_id, kind, code) DO UPDATE SET position = 7",
    "UPDATE editions_edition e SET change_note = a.reason || '甲' FROM editions_act a WHERE a.edition_id = e.id",
    'INSERT INTO history_ledgerline (number, columns_id, "row", is_gone, digest, at, chain)'
    " VALUES (1000000, 1, '1', false, repeat('0', 64), now(), repeat('0', 64))",
    "DELETE FROM history_ledgerline",
    "INSERT INTO history_ledgerwaiting (columns_id, \"row\", is_gone, digest) VALUES (1, '1', false, repeat('0', 64))",
    "INSERT INTO history_ledgercolumns (\"table\", columns) VALUES ('editions_act', '{{id}}')",
    "DO $$ BEGIN UPDATE public.editions_version SET text = 'x'; EXCEPTION WHEN OTHERS THEN RAISE; END $$",
    "PREPARE mine AS UPDATE editions_version SET text = 'x'; EXECUTE mine",
    "BEGIN; DECLARE mine CURSOR FOR SELECT * FROM editions_version FOR UPDATE",
    "WITH gone AS (DELETE FROM editions_act RETURNING *) SELECT * FROM gone",
]


@pytest.mark.parametrize("statement", [*SHADOWS, *MIGHT, *POWER, *CONTENT])
def test_it_is_refused(intruder: psycopg.Connection, statement: str) -> None:
    names = {alias: connections[alias].settings_dict["USER"] for alias in ("default", "owner")}
    database = connections["default"].settings_dict["NAME"]
    with pytest.raises(psycopg.Error) as error:
        intruder.execute(statement.format(owner=names["owner"], serving=names["default"], database=database))
    assert error.value.sqlstate in REFUSED, error.value


ONE_MORE = (
    "INSERT INTO editions_edition (label, kind, state, effective_on, change_note, content_digest, entry_count,"
    " created_at, builds_on_id, submitted_by_id, submitted_by_name, submitted_at, checkup_word, effective_day_assumed,"
    " reasons, seal, chain_digest, reviewed_by_name, signed_by_name, issued_by_name, closed_by_name, closing_reason,"
    " approval_authority, approval_number, approval_note, approval_file, revoked_by_name, revoke_reason)"
    " SELECT '2032-01', kind, 'submitted', effective_on + 60, '改', content_digest, entry_count, now(), id,"
    f" {CLERK}, '何文', now(), '', false, '{{}}', '', '', '', '', '', '', '', '', '', '', '', '', ''"
    " FROM editions_edition WHERE state = 'issued'"
)
NEWEST = "(SELECT max(id) FROM editions_edition)"
ITS_ENTRIES = (
    "INSERT INTO editions_entry (edition_id, kind, position, serial, code, version_id)"
    f" SELECT {NEWEST}, kind, position, serial, code, version_id FROM editions_entry"
    " WHERE edition_id = (SELECT id FROM editions_edition WHERE state = 'issued')"
)
ITS_LINE = ACT.format(f"{NEWEST}, 1, 'submitted', '改', {CLERK}, '何文', now()")
TOGETHER = {
    "a step without its line": [
        f"UPDATE editions_edition SET state = 'signed', signed_at = now(), signed_by_id = {DIRECTOR}, signed_by_name ="
        " '周正' WHERE state = 'reviewed'"
    ],
    "a step with the line of somebody else": [
        f"UPDATE editions_edition SET state = 'signed', signed_at = now(), signed_by_id = {DIRECTOR}, signed_by_name ="
        " '周正' WHERE state = 'reviewed'",
        ACT.format(f"{WAITING.replace('reviewed', 'signed')}, 5, 'signed', '', {CLERK}, '何文', now()"),
    ],
    "a line without its step": [ACT.format(f"{WAITING}, 5, 'signed', '', {DIRECTOR}, '周正', now()")],
    "a line that leaves a gap": [ACT.format(f"{WAITING}, 9, 'remarked', '', {DIRECTOR}, '周正', now()")],
    "a revocation in words alone": [
        ACT.format(
            "(SELECT id FROM editions_edition WHERE state = 'issued'), (SELECT count(*) + 1 FROM editions_act WHERE"
            " edition_id = (SELECT id FROM editions_edition WHERE state = 'issued')),"
            f" 'revoked', '错', {DIRECTOR}, '周正', now()"
        )
    ],
    "a remark without its line": [
        "INSERT INTO editions_remark (edition_id, source, kind, code, text, by_id, by_name, at)"
        f" VALUES ({WAITING}, 'bureau', '', '', '意见', {DIRECTOR}, '周正', now())"
    ],
    "a remark on what is public": [
        "INSERT INTO editions_remark (edition_id, source, kind, code, text, by_id, by_name, at)"
        f" VALUES ({FROZEN}, 'bureau', '', '', '意见', {DIRECTOR}, '周正', now())"
    ],
    "a letter without its line": [
        "INSERT INTO editions_reply (edition_id, name, digest, content, by_id, by_name, at)"
        f" VALUES ({WAITING}, 'x.pdf', encode(sha256('x'), 'hex'), 'x', {DIRECTOR}, '周正', now())"
    ],
    "issued with a seal of nothing": [ISSUE],
    "checks made early, entries added after": [
        ONE_MORE,
        ITS_ENTRIES,
        ITS_LINE,
        "SET CONSTRAINTS ALL IMMEDIATE",
        ENTRY.replace(FROZEN, NEWEST),
    ],
    "checks put off, and off again": ["SET CONSTRAINTS ALL DEFERRED", ONE_MORE, ITS_LINE],
    "an edition of other entries than it says": [
        ONE_MORE,
        ITS_ENTRIES.replace("position, serial, code, version_id FROM", "position, '9', code, version_id FROM"),
        ITS_LINE,
    ],
    "an entry into another, while one is made": [ONE_MORE, ITS_ENTRIES, ITS_LINE, ENTRY],
    "an entry by way of a savepoint": ["SAVEPOINT a", ONE_MORE, "ROLLBACK TO a", ENTRY],
    "an edition of a forged transaction": [
        ONE_MORE.replace("(label,", "(created_txid, label,").replace("SELECT '2032-01'", "SELECT 1, '2032-01'"),
        ITS_LINE,
    ],
    "with another search path": ["SET LOCAL search_path = pg_temp, public", ENTRY],
    "with another notation of dates": ["SET LOCAL datestyle = 'German'; SET LOCAL timezone = 'America/Lima'", ENTRY],
}


@pytest.mark.parametrize("what", TOGETHER)
def test_a_transaction_of_several_steps_comes_to_nothing(intruder: psycopg.Connection, what: str) -> None:
    before = Edition.objects.values_list("pk", "state").order_by("pk")
    held = list(before)
    with pytest.raises(psycopg.Error) as error:
        in_one_transaction(intruder, *TOGETHER[what])
    assert error.value.sqlstate in REFUSED, error.value
    assert list(before.all()) == held
    assert found() == []


KEEPER = "(SELECT id FROM accounts_account WHERE username = 'jianzhan')"
NEXT = "(SELECT max(id) + 1 FROM {})"
PAID = (
    "INSERT INTO cases_payment (case_id, what, amount, paid_on, voucher, through_court, by_id, by_name, at)"
    " SELECT case_id, what, amount, paid_on, '2-7', through_court, p.by_id, p.by_name, now() FROM cases_payment p"
    " JOIN cases_case c ON c.id = p.case_id WHERE c.state <> 'archived' ORDER BY p.id LIMIT 1"
)
NOT_DRAWN = "cases_side s WHERE NOT EXISTS (SELECT FROM cases_drawnfile f WHERE f.case_id = s.case_id)"
BEFORE_WHAT_IT_NAMES = {
    "what he asks for himself is confirmed": [
        "INSERT INTO accounts_accountdecision (request_id, accepted, reason, by_id, by_name, at, transaction)"
        f" VALUES ({NEXT.format('accounts_accountrequest')}, true, '', {KEEPER}, '建站', now(), 0)",
        "INSERT INTO accounts_accountrequest (account_id, before, after, reason, by_id, by_name, at) VALUES"
        f""" ({CLERK}, '{{}}', '{{"groups": ["局领导"]}}', '轮岗', {KEEPER}, '建站', now())""",
        f"DELETE FROM accounts_account_groups WHERE account_id = {CLERK}",
        "INSERT INTO accounts_account_groups (account_id, group_id)"
        f" SELECT {CLERK}, id FROM auth_group WHERE name = '局领导'",
    ],
    "what he found himself is agreed to": [
        "INSERT INTO editions_secondopinion (own_finding_id, agrees, reason, by_id, by_name, at)"
        f" VALUES ({NEXT.format('editions_ownfinding')}, true, '', {CLERK}, '何文', now())",
        "INSERT INTO editions_ownfinding (kind, code, text, sentence, anchor, by_id, by_name, at)"
        f" VALUES ('services', 'FW-01', '三', '有一处', '', {CLERK}, '何文', now())",
    ],
    "what he entered himself is voided": [
        "INSERT INTO cases_entryvoid (case_id, payment_id, by_id, by_name, at)"
        f" SELECT case_id, {NEXT.format('cases_payment')}, p.by_id, p.by_name, now() FROM cases_payment p"
        " JOIN cases_case c ON c.id = p.case_id WHERE c.state <> 'archived' ORDER BY p.id LIMIT 1",
        PAID,
    ],
    "a file of his own is scored": [
        "INSERT INTO cases_scoresheet (file_id, total, grade, remark, by_id, by_name, at)"
        f" SELECT {NEXT.format('cases_drawnfile')}, 100, 'excellent', '', s.account_id, '某人', now()"
        f" FROM {NOT_DRAWN} ORDER BY s.id LIMIT 1",
        "INSERT INTO cases_drawnfile (draw_id, case_id, place, by_id, by_name, at) SELECT"
        " (SELECT min(id) FROM cases_assessmentdraw), s.case_id, 900, s.by_id, '某人', now()"
        f" FROM {NOT_DRAWN} ORDER BY s.id LIMIT 1",
    ],
    "an answer to a remark that is still to come": [
        "INSERT INTO editions_answer (remark_id, text, by_id, by_name, at)"
        f" VALUES ({NEXT.format('editions_remark')}, '已改', {CLERK}, '何文', now())",
    ],
}


@pytest.mark.parametrize("what", BEFORE_WHAT_IT_NAMES)
def test_nothing_is_written_before_what_it_names(alone: psycopg.Connection, what: str) -> None:
    """The guards look at what a row names; the database asks for that when the transaction ends, and no earlier."""
    with pytest.raises(psycopg.Error, match="nothing is there yet that") as error:
        in_one_transaction(alone, *BEFORE_WHAT_IT_NAMES[what])
    assert error.value.sqlstate == "23503"  # a foreign key violated
    assert found() == []


CASE = "(SELECT id FROM cases_case WHERE state <> 'archived' ORDER BY id LIMIT 1)"
PHONE = (
    "INSERT INTO otp_totp_totpdevice (user_id, name, confirmed, key, step, t0, digits, tolerance, drift, last_t,"
    f" throttling_failure_count) VALUES ({CLERK}, '手机', {{}}, repeat('ab', 20), 30, 0, {{}}, {{}}, 0, -1, 0)"
)
SET_UP = (
    "INSERT INTO accounts_visit (at, what, username, account_id, browser, times)"
    f" VALUES (now(), 'set_up', 'hewen', {CLERK}, '', 1)"
)
VOLUME = (
    "INSERT INTO cases_archive (case_id, pages, size, digest, contents, seal, seal_digest, by_id, by_name, at)"
    f" SELECT {CASE}, 1, 1, digest, contents, seal, seal_digest, by_id, by_name, now() FROM cases_archive LIMIT 1"
)
PAPER = (
    'INSERT INTO cases_paper (case_id, form, "row", title, label, content, pdf, pdf_digest, docx, docx_digest, by_id,'
    " by_name, at) SELECT case_id, 999, 1, title, '', content, pdf, pdf_digest, docx, docx_digest, p.by_id, p.by_name,"
    " p.at FROM cases_paper p JOIN cases_case c ON c.id = p.case_id WHERE c.state <> 'archived' LIMIT 1"
)
SIDE = (
    "INSERT INTO cases_side (case_id, account_id, which, by_id, by_name, at)"
    f" VALUES ({CASE}, {CLERK}, 'judging', {CLERK}, '何文', now())"
)
REQUEST = (
    "INSERT INTO accounts_accountrequest (account_id, before, after, reason, by_id, by_name, at)"
    f" SELECT {CLERK}, '{{{{}}}}', ('{{{{\"office\": ' || {{}} || '}}}}')::jsonb, '轮岗', {KEEPER}, '建站', now()"
)
ENDORSED = (
    "INSERT INTO cases_officerendorsement (record_id, by_id, by_name, at)"
    f" SELECT max(history_id), {CLERK}, '何文', now() FROM cases_historicalofficer"
)
BY_HAND = {
    "a payment of which nobody is told": ([PAID], "没有同一个人的经办记录"),
    "somebody put on a side": ([SIDE], "没有同一个人的经办记录"),
    "a payment of no number": ([PAID.replace("amount, paid_on, '2-7'", "'NaN', paid_on, '2-7'")], "缴款的.*写不得"),
    "a payment of a day without end": ([PAID.replace("amount, paid_on, '2-7'", "amount, 'infinity', '2-7'")], "写不得"),
    "a visit at no time": ([SET_UP.replace("now()", "'-infinity'")], "登录记录的“时间”.*写不得"),
    "a session that never ends": (["INSERT INTO django_session VALUES ('x', 'x', 'infinity')"], "写不得"),
    "a day of a year that no program reads": (
        ["INSERT INTO clocks_day (notice_id, day, kind) SELECT min(id), '10000-01-01', '春节' FROM clocks_notice"],
        "写不得",
    ),
    "a payment for nothing that there is": (
        [
            PAID.replace(
                "SELECT case_id, what, amount, paid_on, '2-7'", "SELECT case_id, 'nonsense', amount, paid_on, '2-7'"
            )
        ],
        "缴款的.*写不得",
    ),
    "somebody on no side": ([SIDE.replace("'judging'", "'nonsense'")], "写不得"),
    "an hour that no clock shows": (["UPDATE services_event SET ends = '24:00'"], "活动的.*写不得"),
    "a number that no program reads": ([REQUEST.format("repeat('9', 5000)")], "账号变更的.*写不得"),
    "brackets without end": ([REQUEST.format("repeat('[', 3000) || repeat(']', 3000)")], "写不得"),
    "an endorsement by who may not": ([ENDORSED], "只有审计和局领导"),
    "a paper of no form": ([PAPER], "paper_form_known"),
    "a volume of an open case": ([VOLUME], "要一起写入"),
    "numbers passed over": (["UPDATE cases_series SET last = last + 500"], "只能一号接一号"),
    "numbers given twice": (["UPDATE cases_series SET last = 0"], "只能一号接一号"),
    "numbers of another year": (["UPDATE cases_series SET year = year + 1, last = last + 1"], "只能一号接一号"),
    "numbers that begin at nine": (
        ["INSERT INTO cases_series (form, year, last) VALUES ('case', 2090, 9)"],
        "只能一号接一号",
    ),
    "a code without digits": ([SET_UP, PHONE.format("true", 0, 1)], "只能是每 30 秒一个"),
    "a code that is right all day": ([SET_UP, PHONE.format("true", 6, 9999)], "只能是每 30 秒一个"),
    "a code without digits, confirmed later": ([PHONE.format("false", 0, 1)], "只能是每 30 秒一个"),
    "his own phone for somebody else": (
        [SET_UP, PHONE.format("true", 6, 1), f"UPDATE otp_totp_totpdevice SET user_id = {DIRECTOR}"],
        "不能改给别人",
    ),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_what_no_page_writes_is_refused_by_hand_too(intruder: psycopg.Connection, what: str) -> None:
    statements, said = BY_HAND[what]
    with pytest.raises(psycopg.Error, match=said) as error:
        in_one_transaction(intruder, *statements)
    assert error.value.sqlstate in REFUSED


def test_what_can_be_done_by_the_rules_can_be_done_by_hand_too(alone: psycopg.Connection) -> None:
    """The transactions above fail for what is wrong with them, and not for anything else."""
    in_one_transaction(alone, ONE_MORE, ITS_ENTRIES, ITS_LINE)
    assert [fault for fault in found() if "底账" in fault] == []
    assert Edition.objects.get(label="2032-01").state == "submitted"


SETTINGS = {
    "TimeZone": "America/Lima",
    "DateStyle": "German",
    "IntervalStyle": "iso_8601",
    "bytea_output": "escape",
    "extra_float_digits": "-15",
    "search_path": "pg_temp",
    "quote_all_identifiers": "on",
    "transform_null_equals": "on",
    "standard_conforming_strings": "off",
    "row_security": "off",
    "client_encoding": "GB18030",
}


def test_no_setting_changes_what_the_ledger_writes_or_verify_reads(alone: psycopg.Connection) -> None:
    serving = connections["default"].settings_dict["USER"]
    for name, value in SETTINGS.items():
        alone.execute(f"SET {name} = '{value}'")
    statements = [
        re.sub(r" (editions|accounts)_(?=\w+\b)", r" public.\1_", statement)
        for statement in (ONE_MORE, ITS_ENTRIES, ITS_LINE)
    ]
    in_one_transaction(alone, *statements)
    assert found() == []
    with database.changing_roles(), contextlib.ExitStack() as stack:
        here = alone.info.dbname  # other tests log in to others meanwhile
        for name, value in SETTINGS.items():  # his own role he may set as he likes: verify says so, and reads the same
            alone.execute(f"ALTER ROLE {serving} IN DATABASE {here} SET {name} = '{value}'")
            stack.callback(alone.execute, f"ALTER ROLE {serving} IN DATABASE {here} RESET {name}")
        told = found()
        assert len(told) == len(SETTINGS)
        assert all("多了设置 本库 服务角色" in fault for fault in told)


def test_large_objects_are_found(alone: psycopg.Connection) -> None:
    """PostgreSQL lets everybody make them, and nobody but a superuser can take that away."""
    alone.execute("SELECT lo_from_bytea(0, 'x')")
    assert found() == ["数据库 多了大对象 1。"]


def test_a_lock_that_is_held_for_ever_is_waited_for_and_then_said(alone: psycopg.Connection) -> None:
    director = Account.objects.get(username="zhouzheng")
    for lock in (SEALING, LEDGER):
        alone.execute("SELECT pg_advisory_lock(%s)", [lock])
        with connections["default"].cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(Refused, match="别人正在办，等了很久还没有轮到，没有写入。请过一会儿再试。"):
            Edition.objects.get(state="issued").revoke(by=director, reason="错")
        alone.execute("SELECT pg_advisory_unlock_all()")
