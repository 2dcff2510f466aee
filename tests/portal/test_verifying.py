"""郑审计 has everything worked out again: what was written behind the portal's back is refused, or found."""

import datetime
import io
import os
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connections, transaction
from django.utils import timezone
from psycopg import sql

from accounts.models import Visit
from editions.models import Edition
from portal import verifying
from tests import database
from tests.acting import change_a_phone, make_hands, make_issued, make_submitted


def verified(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify", *args, stdout=out, stderr=io.StringIO())
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def issued(own_database: Any) -> Edition:
    """A database of its own with two public editions, and one that is under way."""
    own_database()
    hands = make_hands()
    edition = make_issued(hands)
    make_submitted(hands, change_a_phone("0316-1", "FW-06"), label="2031-01")
    return edition


def test_nothing_is_found_where_nothing_was_done(issued: Edition) -> None:
    status, said = verified("--expect", issued.chain_digest)
    assert (status, said) == (0, f"核验没有发现问题。链头：{issued.label} 版 {issued.chain_digest}\n")
    for edition in Edition.objects.public():
        assert verified("--expect", edition.chain_digest)[0] == 0


OLD = "(SELECT id FROM editions_edition WHERE state = 'transcribed')"
NEW = "(SELECT id FROM editions_edition WHERE state = 'issued')"
CUT = f"""DELETE FROM editions_checkupresult WHERE edition_id = {NEW};
DELETE FROM editions_reply WHERE edition_id = {NEW}; DELETE FROM editions_act WHERE edition_id = {NEW};
UPDATE editions_edition SET builds_on_id = {OLD} WHERE builds_on_id = {NEW};
DELETE FROM editions_entry WHERE edition_id = {NEW}; DELETE FROM editions_edition WHERE state = 'issued'"""

TAMPERS = {
    "the text of a version": ("UPDATE editions_version SET text = replace(text, '0316', '0317')", "文字和摘要"),
    "a text with its digest": (
        "UPDATE editions_version SET text = text || ' ', digest = encode(sha256(convert_to("
        "concat_ws(E'\\n', kind, schema, text || ' '), 'UTF8')), 'hex') WHERE code = 'FW-01'",
        "条目和内容摘要",
    ),
    "an entry taken out": (f"DELETE FROM editions_entry WHERE code = 'FW-10' AND edition_id = {OLD}", "个条目，实有"),
    "an entry and the count": (
        f"DELETE FROM editions_entry WHERE code = 'FW-10' AND edition_id = {OLD};"
        "UPDATE editions_edition SET entry_count = entry_count - 1 WHERE state = 'transcribed'",
        "条目和内容摘要",
    ),
    "a serial number": (
        f"UPDATE editions_entry SET serial = '9' WHERE code = 'FW-10' AND edition_id = {OLD}",
        "内容摘",
    ),
    "an entry that points elsewhere": (
        "UPDATE editions_entry SET version_id = (SELECT id FROM editions_version WHERE code = 'FW-01' LIMIT 1)"
        f" WHERE code = 'FW-02' AND edition_id = {OLD}",
        "指着另一条",
    ),
    "a label": ("UPDATE editions_edition SET label = '2017-11' WHERE state = 'transcribed'", "label 和封存时不同"),
    "an effective day": (
        "UPDATE editions_edition SET effective_on = '2017-11-01' WHERE state = 'transcribed'",
        "effective_on 和封存时不同",
    ),
    "a change note": ("UPDATE editions_edition SET change_note = '改' WHERE state = 'issued'", "change_note"),
    "a reason for the public": (
        """UPDATE editions_edition SET reasons = '{"a": "b"}' WHERE state = 'issued'""",
        "reasons",
    ),
    "who issued it": (
        "UPDATE editions_edition SET issued_by_name = '某人' WHERE state = 'issued'",
        "acts 和封存时不同",
    ),
    "the number of the approval": (
        "UPDATE editions_edition SET approval_number = '文编〔2026〕4号' WHERE state = 'issued'",
        "approval 和封存时不同",
    ),
    "the seal": (
        "UPDATE editions_edition SET seal = replace(seal, '公布', '发布') || ' ' WHERE state = 'issued'",
        "封存文本和链摘要",
    ),
    "the seal with its digest": (
        "UPDATE editions_edition SET seal = seal || ' ', chain_digest ="
        " encode(sha256(convert_to(seal || ' ', 'UTF8')), 'hex') WHERE state = 'transcribed'",
        "前一版链摘要",
    ),
    "the link of the chain": (
        "UPDATE editions_edition SET previous_id = (SELECT id FROM editions_edition WHERE state = 'submitted')"
        " WHERE state = 'issued'",
        "没有接在",
    ),
    "a line of the timeline": (
        "UPDATE editions_act SET reason = '另一个理由' WHERE verb = 'reviewed'",
        "经办记录和封存时不同",
    ),
    "a line of the timeline taken out": ("DELETE FROM editions_act WHERE verb = 'reviewed'", "经办记录和封存时不同"),
    "a line of history": (
        "UPDATE services_historicalservice SET history_change_reason = '另一个理由' WHERE history_id = 1",
        "封存以前的记录被改过",
    ),
    "a name in history": (
        "UPDATE services_historicalservice SET history_user_name = '某人' WHERE history_id = 1",
        "封存以前的记录被改过",
    ),
    "a line of history taken out": ("DELETE FROM services_historicalservice WHERE history_id = 1", "封存时有"),
    "a line of history slipped in": (
        "INSERT INTO duties_historicalduty SELECT (jsonb_populate_record(NULL::duties_historicalduty,"
        " to_jsonb(h) || '{\"history_id\": 0}')).* FROM duties_historicalduty h WHERE history_id = 1",
        "封存时有",
    ),
    "a row without its history": (
        "UPDATE duties_duty SET text = '负责' WHERE code = 'ZZ-01'",
        "和最后一条变更记录不同",
    ),
    "a row that was never written": (
        "INSERT INTO laws_term (source, wrong, \"right\") VALUES ('', '甲', '乙')",
        "没有变更记录",
    ),
    "a row that is gone": ("DELETE FROM laws_term WHERE wrong = '申述'", "有变更记录，却不在了"),
    "the county's letter": ("UPDATE editions_reply SET content = 'x'::bytea", "和登记的摘要不符"),
    "a revocation undone": (
        "INSERT INTO editions_act (edition_id, number, verb, reason, by_id, by_name, at)"
        " SELECT id, 9, 'revoked', '错了', issued_by_id, issued_by_name, now() FROM editions_edition"
        " WHERE state = 'issued'",
        "废止和经办记录不符",
    ),
    "a state without its line": (
        "UPDATE editions_edition SET state = 'reviewed', reviewed_by_name = '孙丽', reviewed_at = now(),"
        f" reviewed_by_id = (SELECT reviewed_by_id FROM editions_edition WHERE id = {NEW}) WHERE state = 'submitted'",
        "经办记录里没有这一步",
    ),
    "who submitted it, before it is sealed": (
        "UPDATE editions_edition SET submitted_by_name = '某人' WHERE state = 'submitted'",
        "送审人和经办记录不符",
    ),
    "the day of a revocation": (
        "UPDATE editions_edition SET revoked_on = '2026-01-01', revoked_at = now(), revoked_by_name = '某人',"
        " revoke_reason = 'x', revoked_by_id = issued_by_id WHERE state = 'issued'",
        "废止和经办记录不符",
    ),
    "the latest edition cut off": (CUT, "公布的版本里没有链摘要"),
}


ROWS = ("a row without its history", "a row that was never written", "a revocation undone")
"""The portal writes rows and acts all the time: the role that serves may, and what does not fit together is found."""
REFUSALS = ("42501", "23514")
"""No privilege for it, or a trigger or constraint that refuses (PostgreSQL, appendix A)."""


@pytest.mark.parametrize("what", TAMPERS)
def test_the_owner_who_switches_the_triggers_off_is_found_out(issued: Edition, what: str) -> None:
    statements, said = TAMPERS[what]
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statements)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    status, found = verified("--expect", issued.chain_digest)
    assert status == 1
    assert said in found


@pytest.mark.parametrize("what", [what for what in TAMPERS if what not in ROWS])
def test_the_role_that_serves_is_refused(issued: Edition, what: str) -> None:
    first = TAMPERS[what][0].split(";")[0]
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(first)
    assert getattr(refused.value.__cause__, "sqlstate", "") in REFUSALS


@pytest.mark.parametrize("what", ROWS)
def test_what_the_role_that_serves_leaves_out_of_the_history_is_found(issued: Edition, what: str) -> None:
    statement, said = TAMPERS[what]
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
    assert said in verified()[1]


def test_the_definitions_are_written(issued: Edition) -> None:
    """What `verify` looks for is what the migrations make; after a new one, `make definitions`."""
    there = verifying.definitions(connections["owner"])
    lines = "".join(f"{what}\t{table}\t{name}\t{said}\n" for (what, table, name), said in sorted(there.items()))
    if os.environ.get("DEFINITIONS"):
        verifying.DEFINED.write_text(lines, encoding="utf-8")
    assert verifying.DEFINED.read_text(encoding="utf-8") == lines


VERSION_FROZEN = "TRIGGER editions_version_frozen BEFORE UPDATE OR DELETE ON editions_version FOR EACH ROW"
DATABASE = {
    "a trigger dropped": ("DROP TRIGGER duties_duty_keep ON duties_duty", "触发器 duties_duty_keep 没有了"),
    "a trigger switched off": (
        "ALTER TABLE editions_version DISABLE TRIGGER editions_version_frozen",
        "触发器 editions_version_frozen 和程序里的不同，或者被停用",
    ),
    "a trigger that never fires": (
        f"CREATE OR REPLACE {VERSION_FROZEN} WHEN (false) EXECUTE FUNCTION keep_frozen()",
        "触发器 editions_version_frozen 和程序里的不同",
    ),
    "a trigger for fewer events": (
        f"CREATE OR REPLACE {VERSION_FROZEN.replace('UPDATE OR ', '')} EXECUTE FUNCTION keep_frozen()",
        "触发器 editions_version_frozen 和程序里的不同",
    ),
    "a trigger without its columns": (
        "CREATE OR REPLACE TRIGGER duties_duty_keep BEFORE UPDATE ON duties_duty"
        " FOR EACH ROW EXECUTE FUNCTION keep_permanent()",
        "触发器 duties_duty_keep 和程序里的不同",
    ),
    "a trigger that rewrites": (
        "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
        "CREATE TRIGGER other BEFORE INSERT ON duties_historicalduty FOR EACH ROW EXECUTE FUNCTION other()",
        "表 duties_historicalduty 多了触发器 other",
    ),
    "a rule": (
        "CREATE RULE lost AS ON INSERT TO duties_historicalduty DO INSTEAD NOTHING",
        "表 duties_historicalduty 多了规则 lost",
    ),
    "a function replaced": (
        "CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "函数 keep_frozen 和程序里的不同",
    ),
    "a constraint that holds always": (
        "ALTER TABLE editions_act DROP CONSTRAINT act_reason_given;"
        "ALTER TABLE editions_act ADD CONSTRAINT act_reason_given CHECK (true)",
        "约束 act_reason_given 和程序里的不同",
    ),
    "the one hand of an account": ("DROP INDEX accounts_account_one_group", "索引 accounts_account_one_group 没有了"),
    "a privilege on some columns": (
        "GRANT UPDATE (history_user_name) ON duties_historicalduty TO {serving}",
        "多了 UPDATE 权限",
    ),
    "a schema to build in": ("GRANT CREATE ON SCHEMA public TO {serving}", "能在库里建表和函数"),
    "a privilege given": ("GRANT UPDATE ON duties_historicalduty TO {serving}", "多了 UPDATE 权限"),
    "a privilege taken": ("REVOKE INSERT ON duties_historicalduty FROM {serving}", "缺 INSERT 权限"),
    "a constraint dropped": (
        "ALTER TABLE editions_act DROP CONSTRAINT act_reason_given",
        "约束 act_reason_given 没有了",
    ),
    "an index dropped": ("DROP INDEX edition_label_once", "索引 edition_label_once 没有了"),
}


@pytest.mark.parametrize("what", DATABASE)
def test_what_guards_the_tables_is_looked_at(issued: Edition, what: str) -> None:
    statement, said = DATABASE[what]
    serving = connections["default"].settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement.format(serving=serving))
    status, found = verified()
    assert status == 1
    assert said in found


def test_a_role_that_may_act_as_the_owner_is_told(issued: Edition) -> None:
    owner, serving = (sql.Identifier(connections[name].settings_dict["USER"]) for name in ("owner", "default"))
    database.as_superuser(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE").format(owner, serving))
    try:
        status, found = verified()
    finally:
        database.as_superuser(sql.SQL("REVOKE {} FROM {}").format(owner, serving))
    assert status == 1
    assert "的成员，能当" in found


def test_not_even_the_owner_changes_a_line_of_history_in_passing(issued: Edition) -> None:
    change_a_phone("0316-2", "FW-07")  # after the latest seal
    for statement in ("UPDATE {} SET history_user_name = '某人'", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DatabaseError, match="已冻结的内容不能更改或删除"),
            transaction.atomic("owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(statement.format("services_historicalservice"))


def test_who_came_is_kept_for_184_days_and_may_be_forgotten_then(issued: Edition) -> None:
    days = timezone.now() - datetime.timedelta(days=1) * 183, timezone.now() - datetime.timedelta(days=1) * 185
    for at in days:
        Visit.objects.create(what=Visit.What.CAME, username="wangfang", at=at)
    with (
        pytest.raises(DatabaseError, match="184 天以内不能删除"),
        transaction.atomic("owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_visit")
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM accounts_visit WHERE at < now() - interval '184 days'")
    assert list(Visit.objects.values_list("at", flat=True)) == [days[0]]


def test_what_was_expected_and_never_was_is_told(issued: Edition) -> None:
    status, found = verified("--expect", "0" * 64)
    assert status == 1
    assert found == f"公布的版本里没有链摘要 {'0' * 64}：它所在的版本被删去或改写了。\n"
