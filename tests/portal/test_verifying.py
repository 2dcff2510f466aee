"""郑审计 has everything worked out again: what was written behind the portal's back is refused, or found."""

import datetime
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connections, transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from psycopg import sql

from accounts.models import Account, Visit
from cases.models import Attachment
from editions.life.edition import Edition
from history import guards, ledger
from portal.keeping import definitions, verifying
from tests import database
from tests.acting import change_a_phone
from tests.conftest import as_if_committed, own_databases, point_at
from wenan_qts import embedded


def verified(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify", *args, stdout=out, stderr=io.StringIO())
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def issued(own_database: Any, worked: str) -> Edition:
    """A database of its own with two public editions, one that is under way, and something in every table."""
    own_database(worked)
    edition: Edition = Edition.objects.get(state="issued")
    return edition


@pytest.fixture(scope="module")
def one_for_all(worked: str, django_db_blocker: Any) -> Iterator[str]:
    with own_databases(django_db_blocker) as make:
        yield make(worked)


@pytest.fixture
def shared(one_for_all: str, django_db_blocker: Any) -> Iterator[None]:
    """A database that all these tests share: what each does there, as either role, is rolled back."""
    with django_db_blocker.unblock():
        point_at(one_for_all)
        with transaction.atomic("owner"), transaction.atomic():
            yield
            transaction.set_rollback(True, "owner")
            transaction.set_rollback(True)
        point_at(database.PUBLISHED)


def test_nothing_is_found_where_nothing_was_done(issued: Edition) -> None:
    status, said = verified("--expect", issued.chain_digest)
    ends = ledger.head()
    head = f"链头：{issued.label} 版 {issued.chain_digest}，底账第 {ends.number} 条 {ends.chain}。"
    assert (status, said) == (0, f"核验没有发现问题。{head}\n")
    for edition in Edition.objects.issued():
        assert verified("--expect", edition.chain_digest)[0] == 0
    assert verified("--expect", ends.chain)[0] == 0


OLD = "(SELECT id FROM editions_edition WHERE state = 'transcribed')"
NEW = "(SELECT id FROM editions_edition WHERE state = 'issued')"
CUT = f"""DELETE FROM editions_checkupresult WHERE edition_id = {NEW};
DELETE FROM portal_searchentry WHERE edition_id = {NEW};
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
        "UPDATE editions_edition SET previous_id = (SELECT id FROM editions_edition WHERE state = 'reviewed')"
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
    "the county's letter with its digest": (
        "UPDATE editions_reply SET content = 'x'::bytea, digest = encode(sha256('x'::bytea), 'hex')",
        "批复文件不是登记的那一份",
    ),
    "the county's letter with every digest": (
        "UPDATE editions_reply SET content = 'x'::bytea, digest = encode(sha256('x'::bytea), 'hex');"
        "UPDATE editions_edition SET approval_file = encode(sha256('x'::bytea), 'hex') WHERE state = 'issued'",
        "approval 和封存时不同",
    ),
    "a revocation that was none": (
        "INSERT INTO editions_act (edition_id, number, verb, reason, by_id, by_name, at)"
        " SELECT id, 1 + (SELECT count(*) FROM editions_act a WHERE a.edition_id = e.id), 'revoked', '错了',"
        " issued_by_id, issued_by_name, now() FROM editions_edition e WHERE state = 'issued'",
        "废止日期和经办记录不符",
    ),
    "what it was built on": (
        f"UPDATE editions_edition SET builds_on_id = {OLD} WHERE state = 'reviewed'",
        "和底账记下的不同",
    ),
    "who confirmed the reply": (
        "UPDATE editions_edition SET approval_confirmed_by_id = submitted_by_id WHERE state = 'issued'",
        "核对批复人和经办记录不符",
    ),
    "who entered the reply": (
        "UPDATE editions_edition SET approval_recorded_by_id = submitted_by_id WHERE state = 'issued'",
        "登记批复人和经办记录不符",
    ),
    "the account of who submitted it": (
        "UPDATE editions_edition SET submitted_by_id = approval_recorded_by_id WHERE state = 'issued'",
        "送审人和经办记录不符",
    ),
    "the word on the check-up": (
        "UPDATE editions_edition SET checkup_word = '没有问题' WHERE state = 'issued'",
        "和底账记下的不同",
    ),
    "a line of the ledger": (
        "UPDATE history_ledgerline SET digest = repeat('0', 64) WHERE number = 7",
        "底账第 7 条和前一条接不上",
    ),
    "the end of the ledger": (
        "DELETE FROM history_ledgerline WHERE number > 100",
        "记下的第",
    ),
    "the columns of the ledger": (
        "UPDATE history_ledgercolumns SET columns = '{id}' WHERE \"table\" = 'editions_act'",
        "和底账记下的不同",
    ),
    "a superuser": (
        "UPDATE accounts_account SET is_superuser = true WHERE username = 'hewen'",
        "账号 hewen 是应急账号",
    ),
    "a permission of a group": (
        "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT g.id, p.id FROM auth_group g,"
        " auth_permission p WHERE g.name = '审计' AND p.codename = 'sign_edition'",
        "组“审计”多了权限 editions.sign_edition",
    ),
    "a permission past the groups": (
        "INSERT INTO accounts_account_user_permissions (account_id, permission_id) SELECT a.id, p.id"
        " FROM accounts_account a, auth_permission p WHERE a.username = 'hewen' AND p.codename = 'sign_edition'",
        "账号 hewen 在组以外另有权限",
    ),
    "an entry of the search": ("DELETE FROM portal_searchentry WHERE rank = 3", "检索条目和版本的内容不符"),
    "what search looks in": ("UPDATE portal_searchentry SET folded = '甲' WHERE rank = 3", "检索条目和版本的内容不符"),
    "a migration that is said never to have run": (
        "DELETE FROM django_migrations WHERE app = 'editions' AND name LIKE '0009%'",
        "迁移 editions 0009",
    ),
    "a migration that nobody wrote": (
        "INSERT INTO django_migrations (app, name, applied) VALUES ('editions', '0099_x', now())",
        "迁移 editions 0099_x 不是这个程序的",
    ),
    "a line that waits for the ledger": (
        'INSERT INTO history_ledgerwaiting (columns_id, "row", is_gone, digest)'
        " SELECT id, '1', false, 'x' FROM history_ledgercolumns LIMIT 1",
        "有 1 条底账还没有记上",
    ),
    "a state without its line": (
        "UPDATE editions_edition SET state = 'signed', signed_by_name = '周正', signed_at = now(),"
        f" signed_by_id = (SELECT issued_by_id FROM editions_edition WHERE id = {NEW}) WHERE state = 'reviewed'",
        "经办记录里没有这一步",
    ),
    "who submitted it, before it is sealed": (
        "UPDATE editions_edition SET submitted_by_name = '某人' WHERE state = 'reviewed'",
        "送审人和经办记录不符",
    ),
    "the day of a revocation": (
        "UPDATE editions_edition SET revoked_on = '2026-01-01', revoked_at = now(), revoked_by_name = '某人',"
        " revoke_reason = 'x', revoked_by_id = issued_by_id WHERE state = 'issued'",
        "废止日期和经办记录不符",
    ),
    "how far the numbers of cases have come": (
        "UPDATE cases_series SET last = last + 5 WHERE form = 'case'",
        "线索和案件的编号",
    ),
    "the numbers of decisions": ("DELETE FROM cases_series WHERE form = 'decision'", "处罚决定的编号"),
    "a state of a case without its line": (
        "UPDATE cases_case SET state = 'awaiting_head'"
        " WHERE id = (SELECT max(id) FROM cases_case WHERE state NOT IN ('awaiting_head', 'archived'))",
        "，经办记录里没有这一步",
    ),
    "the mail of an account": (
        "UPDATE accounts_account SET email = 'mine@example.com' WHERE username = 'hewen'",
        "和底账记下的不同",
    ),
    "who confirmed the power of an account": (
        "UPDATE accounts_accountdecision d SET by_id = r.by_id FROM accounts_accountrequest r"
        " WHERE r.id = d.request_id AND d.accepted AND r.by_id IS NOT NULL",
        "号账号变更不是由另一个人确认的",
    ),
    "who voided an entry": (
        "UPDATE cases_entryvoid v SET by_id = p.by_id FROM cases_payment p WHERE p.id = v.payment_id",
        "是登记的人自己作废的",
    ),
    "who scored a file": (
        "UPDATE cases_scoresheet t SET by_id = s.by_id FROM cases_drawnfile f JOIN cases_side s"
        " ON s.case_id = f.case_id WHERE f.id = t.file_id",
        "是经办或者审核、审理过这一案的人评的分",
    ),
    "the latest edition cut off": (CUT, "公布的版本里没有链摘要"),
}


ROWS = ("a row without its history", "a row that was never written")
"""The portal writes rows all the time: the role that serves may, and what does not fit together is found."""
MADE_ANEW = ("an entry of the search",)
"""The portal drops these and makes them again."""
REFUSALS = ("42501", "23514")
"""No privilege for it, or a trigger or constraint that refuses (PostgreSQL, appendix A)."""


def behind_the_triggers(statements: str) -> None:
    """What an owner does who switches them off and on again."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statements)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize("what", TAMPERS)
def test_the_owner_who_switches_the_triggers_off_is_found_out(issued: Edition, what: str) -> None:
    statements, said = TAMPERS[what]
    behind_the_triggers(statements)
    status, found = verified("--expect", issued.chain_digest)
    assert status == 1
    assert said in found


@pytest.mark.parametrize("what", [what for what in TAMPERS if what not in ROWS + MADE_ANEW])
def test_the_role_that_serves_is_refused(shared: None, what: str) -> None:
    first = TAMPERS[what][0].split(";")[0]
    with pytest.raises(DatabaseError) as refused, as_if_committed("default") as cursor:
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
    if os.environ.get("DEFINITIONS"):
        definitions.write_expected(connections["owner"])
    assert list(definitions.faults(connections["owner"])) == []


WITH_ITS_DIGEST = "UPDATE cases_archive SET seal = {0}, seal_digest = encode(sha256(convert_to({0}, 'UTF8')), 'hex')"
IN_THE_SEAL = "UPDATE editions_edition SET seal = jsonb_set(seal::jsonb, '{{{0}}}', '{1}')::text WHERE state = 'issued'"
ISSUED_ON = "UPDATE editions_edition SET effective_on = '{}' WHERE state = 'issued'"
UNREADABLE = {
    "a seal of a case that is none": (WITH_ITS_DIGEST.format("'x'"), "封存文本读不出来"),
    "a seal of a case that says nothing": (WITH_ITS_DIGEST.format("'{}'"), "封存文本读不出来"),
    "a row of a seal without a number": (
        WITH_ITS_DIGEST.format("""replace(seal, '"1":', '"a":')"""),
        "归档以后，.* a 不在了",
    ),
    "an act that there is not": (
        "UPDATE editions_act SET verb = 'nonsense' WHERE id = (SELECT max(id) FROM editions_act)",
        "程序不认识的一步“nonsense”",
    ),
    "an act of a case that there is not": (
        "UPDATE cases_caseact SET verb = 'nonsense' WHERE id = (SELECT max(id) FROM cases_caseact)",
        "程序不认识的一步“nonsense”",
    ),
    "a list for the ledger in a seal": (IN_THE_SEAL.format("ledger", "[1]"), "封存文本和链摘要"),
    "nothing of the ledger in a seal": (IN_THE_SEAL.format("ledger", '{"a": 1}'), "封存文本和链摘要"),
    "nothing of a trail in a seal": (IN_THE_SEAL.format("trail", '[{"a": 1}]'), "封存文本读不出来"),
    "a number for the trails in a seal": (IN_THE_SEAL.format("trail", "7"), "封存文本读不出来"),
    "no timeline in a seal": (IN_THE_SEAL.format("timeline", "null"), "封存文本读不出来"),
    "a request of a list": ("UPDATE accounts_accountrequest SET after = '[1]'", "号账号变更读不出来"),
    "a request of a text": ("""UPDATE accounts_accountrequest SET after = '"x"'""", "号账号变更读不出来"),
    "a ledger of no columns": (
        "UPDATE history_ledgercolumns SET columns = '{nonsense}' WHERE \"table\" = 'editions_act'",
        "和底账记下的不同",
    ),
    "a file without a digest": (
        "ALTER TABLE cases_attachment ALTER digest DROP NOT NULL; UPDATE cases_attachment SET digest = NULL",
        "cases_attachment 的栏 digest 和程序里的不同",
    ),
    "an act at no time": ("UPDATE editions_act SET at = 'infinity'", "经办记录读不出来"),
    "a line of the ledger at no time": (
        "UPDATE history_ledgerline SET at = 'infinity' WHERE number = 7",
        "底账各条的次序读不出来",
    ),
    "issued at no time": ("UPDATE editions_edition SET issued_at = 'infinity'", "版的条目读不出来"),
    "in force from no day": (
        ISSUED_ON.format("infinity"),
        "版的条目读不出来",
    ),
    "in force before our time": (
        ISSUED_ON.format("0044-03-15 BC"),
        "版的条目读不出来",
    ),
    "an act of a sealed case at no time": (
        "UPDATE cases_caseact SET at = 'infinity' WHERE case_id IN (SELECT case_id FROM cases_archive)",
        "案件经办记录读不出来",
    ),
    "a case filed on no day": (
        "UPDATE cases_case SET filed_on = 'infinity' WHERE filed_on IS NOT NULL",
        "案件的经办记录读不出来",
    ),
    "a paper at no time": ("UPDATE cases_paper SET at = 'infinity'", "案件的文书读不出来"),
    "a paper of no form": (
        "ALTER TABLE cases_paper DROP CONSTRAINT paper_form_known;"
        "UPDATE cases_paper SET form = 999, pdf = 'x' WHERE id = (SELECT max(id) FROM cases_paper)",
        "案件的文书读不出来|和制作时的摘要不符",
    ),
    "a migration at no time": ("UPDATE django_migrations SET applied = 'infinity'", "迁移的记录读不出来"),
    "an account at no time": ("UPDATE accounts_account SET last_login = 'infinity'", "账号的确认读不出来"),
    "a payment of no number": ("UPDATE cases_payment SET amount = 'NaN'", "和底账记下的不同"),
    "a table of votes gone": ("DROP TABLE cases_ballot", "表决.*读不出来"),
    "a table of papers gone": ("DROP TABLE cases_paper CASCADE", "案件的文书读不出来"),
    "the ledger gone": ("DROP TABLE history_ledgerline CASCADE", "底账各条的次序读不出来"),
    "the migrations gone": ("DROP TABLE django_migrations", "表 django_migrations 没有了"),
    "a table by another name": ("ALTER TABLE editions_entry RENAME TO editions_entries", "版的条目读不出来"),
    "a column of editions gone": (
        "ALTER TABLE editions_edition DROP COLUMN checkup_word CASCADE",
        "版的条目读不出来",
    ),
    "a column of services gone": (
        "ALTER TABLE services_service DROP COLUMN phones CASCADE",
        "公共服务事项的变更记录读不出来",
    ),
    "a number by another name": ("ALTER TABLE cases_ballot RENAME COLUMN id TO nr", "表决.*读不出来"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_told_and_the_rest_is_looked_at(issued: Edition, what: str) -> None:
    statement, said = UNREADABLE[what]
    behind_the_triggers("UPDATE editions_reply SET content = 'x'::bytea")
    if "UPDATE" in statement:
        behind_the_triggers(statement)
    else:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
    status, found = verified()
    assert status == 1
    assert re.search(said, found), found
    assert re.search("批复文件“.*和登记的摘要不符", found), found


VERSION_FROZEN = "TRIGGER editions_version_frozen BEFORE UPDATE OR DELETE ON editions_version FOR EACH ROW"
DATABASE = {
    "a right that the owner took from himself": (
        "REVOKE SELECT ON accounts_account FROM CURRENT_USER",
        "属主没有的权限 accounts_account",
    ),
    "a database to which nobody connects": (
        'ALTER DATABASE "{database}" CONNECTION LIMIT 0',
        "库 限制",
    ),
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
        "duties_historicalduty 多了触发器 other",
    ),
    "a rule": (
        "CREATE RULE lost AS ON INSERT TO duties_historicalduty DO INSTEAD NOTHING",
        "duties_historicalduty 多了规则 lost",
    ),
    "a function replaced": (
        "CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "函数 keep_frozen() 和程序里的不同",
    ),
    "a constraint that holds always": (
        "ALTER TABLE editions_act DROP CONSTRAINT act_reason_given;"
        "ALTER TABLE editions_act ADD CONSTRAINT act_reason_given CHECK (true)",
        "约束 act_reason_given 和程序里的不同",
    ),
    "a constraint with other brackets": (
        "ALTER TABLE cases_meeting DROP CONSTRAINT meeting_quorum;"
        "ALTER TABLE cases_meeting ADD CONSTRAINT meeting_quorum CHECK (held_on >= '2019-04-01'::date OR"
        " (counted >= 3 AND NOT (is_heavy OR (is_heavy AND members <= counted * 3 / 2))))",
        "约束 meeting_quorum 和程序里的不同",
    ),
    "a constraint with brackets around another sum": (
        "ALTER TABLE cases_urging DROP CONSTRAINT urging_sums_of_something;"
        "ALTER TABLE cases_urging ADD CONSTRAINT urging_sums_of_something CHECK (fine IS NULL OR (fine > 0::numeric"
        " AND gains IS NULL) OR (gains > 0::numeric AND surcharge IS NULL) OR surcharge > 0::numeric)",
        "约束 urging_sums_of_something 和程序里的不同",
    ),
    "a constraint with another space in a text": (
        "ALTER TABLE duties_duty DROP CONSTRAINT duty_note_tidy;"
        "ALTER TABLE duties_duty ADD CONSTRAINT duty_note_tidy CHECK (NOT (note ~"
        " '(^|\\n)[  ]|[ ](\\n|$)|\\n\\n|^\\n|\\n$'::text))",
        "约束 duty_note_tidy 和程序里的不同",
    ),
    "a constraint with a cast": (
        "ALTER TABLE cases_urging DROP CONSTRAINT urging_sums_of_something;"
        "ALTER TABLE cases_urging ADD CONSTRAINT urging_sums_of_something CHECK (true OR (fine::text = ''::text))",
        "约束 urging_sums_of_something 和程序里的不同",
    ),
    "the one hand of an account": ("DROP INDEX accounts_account_one_group", "索引 accounts_account_one_group 没有了"),
    "a privilege on some columns": (
        "GRANT UPDATE (history_user_name) ON duties_historicalduty TO {serving}",
        "duties_historicalduty 多了权限 服务角色 UPDATE 部分栏",
    ),
    "a schema to build in": ("GRANT CREATE ON SCHEMA public TO {serving}", "public 多了权限 服务角色 CREATE"),
    "temporary tables": ("GRANT TEMPORARY ON DATABASE {database} TO {serving}", "库 多了权限 服务角色 TEMPORARY"),
    "something for everybody": (
        "GRANT UPDATE ON editions_version TO PUBLIC",
        "editions_version 多了权限 所有人 UPDATE",
    ),
    "a privilege given": (
        "GRANT UPDATE ON duties_historicalduty TO {serving}",
        "duties_historicalduty 多了权限 服务角色 UPDATE",
    ),
    "a privilege to number lines": (
        "GRANT INSERT ON duties_historicalduty TO {serving}",
        "duties_historicalduty 多了权限 服务角色 INSERT",
    ),
    "a privilege taken": (
        "REVOKE INSERT ON duties_historicalduty FROM {serving}",
        "权限 服务角色 INSERT 部分栏 没有了",
    ),
    "a privilege on a sequence": (
        "GRANT UPDATE ON SEQUENCE editions_act_id_seq TO {serving}",
        "editions_act_id_seq 多了权限 服务角色 UPDATE",
    ),
    "a privilege for what is still to come": (
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {serving}",
        "多了默认权限",
    ),
    "an emptied guard with an overload beside it": (
        "CREATE FUNCTION keep_frozen(x int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "多了函数 keep_frozen(integer)",
    ),
    "a function without its search path": (
        "ALTER FUNCTION keep_frozen() RESET ALL",
        "函数 keep_frozen() 和程序里的不同",
    ),
    "a function as the owner": (
        "CREATE SCHEMA aside; CREATE FUNCTION aside.helpful() RETURNS void LANGUAGE sql SECURITY DEFINER"
        " AS 'UPDATE public.editions_version SET text = text'",
        "多了函数 aside.helpful()",
    ),
    "a schema that hides ours": (
        "CREATE SCHEMA before; CREATE TABLE before.editions_version (LIKE public.editions_version)",
        "多了表 before.editions_version",
    ),
    "a search path of the database": (
        "CREATE SCHEMA before; ALTER DATABASE {database} SET search_path = before, public",
        "多了设置 本库 search_path",
    ),
    "a table nobody knows": ("CREATE TABLE unknown (id int)", "多了表 unknown"),
    "a table nobody knows, elsewhere": (
        "CREATE SCHEMA aside; CREATE TABLE aside.unknown (id int)",
        "多了表 aside.unknown",
    ),
    "a table gone": ("DROP TABLE editions_mend", "表 editions_mend 没有了"),
    "a child": ("CREATE TABLE more () INHERITS (editions_version)", "多了表 more"),
    "row-level security": (
        "ALTER TABLE editions_version ENABLE ROW LEVEL SECURITY",
        "表 editions_version 和程序里的不同",
    ),
    "a policy": (
        "CREATE POLICY lenient ON editions_version USING (id > 3)",
        "editions_version 多了行级策略 lenient",
    ),
    "a table that is lost in a crash": ("ALTER TABLE editions_mend SET UNLOGGED", "表 editions_mend 和程序里的不同"),
    "a default": (
        "ALTER TABLE editions_edition ALTER created_txid SET DEFAULT 0",
        "editions_edition 的栏 created_txid 和程序里的不同",
    ),
    "a column that may be empty": (
        "ALTER TABLE editions_act ALTER by_id DROP NOT NULL",
        "editions_act 的栏 by_id 和程序里的不同",
    ),
    "a column more": ("ALTER TABLE editions_act ADD note text", "editions_act 多了栏 note"),
    "a column that is numbered no more": (
        "ALTER TABLE editions_act ALTER id DROP IDENTITY",
        "editions_act 的栏 id 和程序里的不同",
    ),
    "a sequence that runs in circles": (
        "ALTER SEQUENCE editions_act_id_seq MAXVALUE 100 CYCLE",
        "序列 editions_act_id_seq 和程序里的不同",
    ),
    "an index more": ("CREATE INDEX more ON editions_act (by_id)", "editions_act 多了索引 more"),
    "a constraint more": ("ALTER TABLE editions_act ADD CHECK (number < 500)", "editions_act 多了约束"),
    "a view": ("CREATE VIEW looking AS SELECT * FROM editions_act", "多了表 looking"),
    "a type": ("CREATE TYPE mood AS ENUM ('good')", "多了类型 mood"),
    "a domain": ("CREATE DOMAIN short AS text CHECK (length(value) < 3)", "多了类型 short"),
    "a cast": (
        "CREATE TYPE pair AS (a int); CREATE CAST (pair AS text) WITH INOUT AS IMPLICIT",
        "多了转换 pair → text",
    ),
    "an operator": (
        "CREATE FUNCTION same(text, text) RETURNS bool LANGUAGE sql AS 'SELECT true';"
        "CREATE OPERATOR = (leftarg = text, rightarg = text, function = same)",
        "多了运算符 =(text,text)",
    ),
    "a collation": ('CREATE COLLATION odd FROM "C"', "多了排序规则 odd"),
    "a publication": ("CREATE PUBLICATION told FOR TABLE accounts_account", "多了发布 told"),
    "a large object": ("SELECT lo_create(0)", "数据库 多了大对象 1"),
    "statistics": ("CREATE STATISTICS more ON by_id, verb FROM editions_act", "editions_act 多了扩展统计 more"),
    "a constraint dropped": (
        "ALTER TABLE editions_act DROP CONSTRAINT act_reason_given",
        "约束 act_reason_given 没有了",
    ),
    "an index dropped": ("DROP INDEX edition_label_once", "索引 edition_label_once 没有了"),
}


def test_the_same_constraint_is_the_same_however_postgresql_writes_it(shared: None) -> None:
    """As after a dump was restored: a list of texts is cast text by text, and AND within AND has no brackets."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ALTER TABLE editions_edition DROP CONSTRAINT edition_signer_known;"
            "ALTER TABLE editions_edition ADD CONSTRAINT edition_signer_known CHECK (NOT state::text = ANY (ARRAY["
            "'signed'::character varying::text, 'issued'::character varying::text])"
            " OR (signed_at IS NOT NULL AND (signed_by_id IS NOT NULL)));"
            "ALTER TABLE services_yearlyrule DROP CONSTRAINT yearlyrule_date_exists;"
            "ALTER TABLE services_yearlyrule ADD CONSTRAINT yearlyrule_date_exists CHECK ((month >= 1 AND month <= 12"
            " AND (day IS NULL OR (day >= 1 AND day <= 29))) OR ((day = 30 AND month = ANY (ARRAY[1, 3, 4, 5, 6, 7, 8,"
            " 9, 10, 11, 12])) OR (day = 31 AND month = ANY (ARRAY[1, 3, 5, 7, 8, 10, 12]))))"
        )
    assert list(definitions.faults(connections["owner"])) == []


@pytest.mark.parametrize("what", DATABASE)
def test_what_guards_the_tables_is_looked_at(shared: None, what: str) -> None:
    statement, said = DATABASE[what]
    serving, owner = connections["default"].settings_dict["USER"], connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(statement.format(serving=serving, database=owner.settings_dict["NAME"]))
    assert said in "\n".join(definitions.faults(owner))


def test_verify_tells_what_is_wrong_with_what_guards_the_tables(issued: Edition) -> None:
    statement, said = DATABASE["a constraint dropped"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    status, found = verified()
    assert status == 1
    assert said in found


HIDING = "SET allow_system_table_mods = on;"
SUPERUSER = {
    "a trigger that passes for an internal one": (
        "CREATE TRIGGER other BEFORE INSERT ON editions_act FOR EACH ROW EXECUTE FUNCTION keep_frozen();"
        f"{HIDING} UPDATE pg_trigger SET tgisinternal = true WHERE tgname = 'other'",
        "editions_act 多了触发器 other",
    ),
    "foreign keys that nothing checks": (
        f"{HIDING} DELETE FROM pg_trigger WHERE tgisinternal AND tgrelid = 'editions_act'::regclass",
        "和程序里的不同",
    ),
    "a place among PostgreSQL's own functions": (
        "GRANT CREATE ON SCHEMA pg_catalog TO {serving}",
        "PostgreSQL 自带的 pg_catalog 多了权限 服务角色 CREATE",
    ),
    "a language that may do everything": (
        "UPDATE pg_language SET lanpltrusted = true WHERE lanname = 'c'; GRANT USAGE ON LANGUAGE c TO {serving}",
        "语言 c 多了权限 服务角色 USAGE",
    ),
    "a template of text search": ("CREATE TEXT SEARCH TEMPLATE odd (lexize = dsimple_lexize)", "多了全文检索"),
}


@pytest.mark.parametrize("what", SUPERUSER)
def test_what_a_superuser_of_the_server_changes_in_the_catalogue_is_found(issued: Edition, what: str) -> None:
    statement, said = SUPERUSER[what]
    serving, name = connections["default"].settings_dict["USER"], connections["default"].settings_dict["NAME"]
    host = str(embedded.urls(embedded.FOLDER)[0].split("host=")[1])
    with psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True) as superuser:
        superuser.execute(statement.format(serving=serving))
    status, found = verified()
    assert status == 1
    assert said in found


def test_a_server_that_is_set_to_pass_over_what_guards_the_tables_is_told(issued: Edition) -> None:
    """Set for one connection here: a setting of the whole server would be in the way of other tests."""
    settings = connections["default"].settings_dict
    before = settings["OPTIONS"]
    connections["default"].close()
    settings["OPTIONS"] = before | {"options": "-c row_security=off"}
    try:
        assert "多了设置 服务器 row_security" in verified()[1]
    finally:
        connections["default"].close()
        settings["OPTIONS"] = before


def test_a_role_that_may_act_as_the_owner_is_told(issued: Edition) -> None:
    owner, serving = (sql.Identifier(connections[name].settings_dict["USER"]) for name in ("owner", "default"))
    with database.changing_roles():
        database.as_superuser(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE").format(owner, serving))
        try:
            status, found = verified()
        finally:
            database.as_superuser(sql.SQL("REVOKE {} FROM {}").format(owner, serving))
        assert status == 1
        assert "多了成员 服务角色 能当 属主" in found


def test_not_even_the_owner_changes_a_line_of_history_in_passing(issued: Edition) -> None:
    change_a_phone("0316-5250002", "FW-07")  # after the latest seal
    for statement in ("UPDATE {} SET history_user_name = '某人'", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DatabaseError, match="已冻结的内容不能更改或删除"),
            transaction.atomic("owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(statement.format("services_historicalservice"))


REWRITTEN = """DO $$
DECLARE
    line history_ledgerline;
    before text := '';
BEGIN
    FOR line IN SELECT * FROM history_ledgerline ORDER BY number LOOP
        before := encode(sha256(convert_to(concat_ws(E'\\n', before, line.number, line.columns_id, line."row",
            line.is_gone::int, line.digest, to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')),
            'UTF8')), 'hex');
        UPDATE history_ledgerline SET chain = before WHERE number = line.number;
    END LOOP;
END $$"""
"""What an owner does who knows how the ledger is chained."""


def test_a_file_of_a_case_that_was_changed_is_found(issued: Edition, tmp_path: Path, settings: Any) -> None:
    shutil.copytree(settings.ATTACHMENTS, tmp_path / "attachments")
    settings.ATTACHMENTS = tmp_path / "attachments"
    kept = Attachment.objects.earliest("pk")
    (settings.ATTACHMENTS / kept.digest).write_bytes(b"changed")
    assert verified() == (1, f"附件 {kept.digest[:12]} 不在 {settings.ATTACHMENTS} 里，或者和登记的摘要不符。\n")


def test_who_came_is_kept_for_184_days_and_may_be_forgotten_then(issued: Edition) -> None:
    """Whatever the clock of the portal said: the database has one of its own."""
    for days in (0, 400):
        at = timezone.now() - datetime.timedelta(days=days)
        Visit.objects.create(what=Visit.What.CAME, username="wangfang", at=at)
    for condition in ("true", "at < now() - interval '184 days'"):
        with (
            pytest.raises(DatabaseError, match="184 天以内不能删除"),
            transaction.atomic("owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM accounts_visit WHERE {condition}")
    last = Visit.objects.get(at__lt=timezone.now() - datetime.timedelta(days=300))
    age = f"UPDATE history_ledgerline SET at = at - interval '185 days' WHERE number = {ledger.head().number};"
    behind_the_triggers(age + REWRITTEN)  # as if it had been written then
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM accounts_visit WHERE at < now() - interval '184 days'")
    assert not Visit.objects.filter(pk=last.pk).exists()
    assert verified() == (0, verified()[1])


COLUMNS = ("history_user_name", "by_name", "username", "change_message", "title")
"""Some column of each table that says something of a person, or of what it is about."""


def tables_and_columns() -> dict[str, str]:
    """Every table to which is only added, with a column to be rewritten."""
    return {
        each.table: next((name for name in COLUMNS if name in each.columns), "")
        for each in guards.followed(connections["owner"])
        if not each.changes and each.table != "history_ledgercolumns"
    }


def test_what_an_owner_rewrites_is_found_in_every_table(issued: Edition) -> None:
    tables = tables_and_columns()
    behind_the_triggers(
        ";".join(
            f"UPDATE {table} SET {column} = {column} || '甲' WHERE ctid = (SELECT max(ctid) FROM {table})"
            if column
            else f"UPDATE {table} SET findings = '[]'"
            for table, column in tables.items()
        )
    )
    found = verified()[1]
    for each in guards.followed(connections["owner"]):
        if each.table in tables:
            said = [line for line in found.split("\n") if line.startswith(f"{each.name} ")]
            assert any("和底账记下的不同，被改过" in line for line in said), (each.table, said)


def test_a_table_that_an_owner_empties_is_found_whichever_it_is(issued: Edition) -> None:
    behind_the_triggers(";".join(f"TRUNCATE {table} CASCADE" for table in tables_and_columns()))
    found = verified()[1]
    for each in guards.followed(connections["owner"]):
        if not each.changes and each.table != "history_ledgercolumns":
            assert any(line.startswith(each.name) and "底账里有，表里没有了" in line for line in found.split("\n")), (
                each.table
            )


def test_a_row_that_an_owner_slips_in_is_found(issued: Edition) -> None:
    behind_the_triggers(
        "INSERT INTO accounts_visit (at, what, username, browser, times) VALUES (now(), 'came', '某人', '', 1)"
    )
    assert "底账里没有这一条" in verified()[1]


def test_an_owner_who_undoes_a_revocation_is_found(issued: Edition) -> None:
    issued.revoke(by=Account.objects.get(username="zhouzheng"), reason="错了")
    assert verified()[0] == 0
    behind_the_triggers(
        "DELETE FROM editions_act WHERE verb = 'revoked'; UPDATE editions_edition SET revoked_by_id = NULL,"
        " revoked_by_name = '', revoked_at = NULL, revoked_on = NULL, revoke_reason = '' WHERE state = 'issued'"
    )
    found = verified()[1]
    assert "底账里有，表里没有了" in found
    assert f"清单版本 {issued.pk}：和底账记下的不同" in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_account SET password = 'known' WHERE username = 'zhouzheng'",
        "UPDATE accounts_account SET is_active = NOT is_active WHERE username = 'zhouzheng'",
        "UPDATE accounts_account_groups SET group_id = (SELECT id FROM auth_group WHERE name = '局领导')"
        " WHERE account_id = (SELECT id FROM accounts_account WHERE username = 'hewen')",
        "INSERT INTO otp_totp_totpdevice (user_id, name, confirmed, key, step, t0, digits, tolerance, drift, last_t,"
        " throttling_failure_count) SELECT id, '', true, 'known', 30, 0, 6, 1, 0, 0, 0 FROM accounts_account"
        " WHERE username = 'zhouzheng'",
        "INSERT INTO otp_static_staticdevice (user_id, name, confirmed, throttling_failure_count)"
        " SELECT id, '', true, 0 FROM accounts_account WHERE username = 'zhouzheng'",
    ],
)
def test_an_owner_who_lets_himself_in_as_somebody_else_is_found(issued: Edition, statement: str) -> None:
    behind_the_triggers(statement)
    status, found = verified()
    assert status == 1
    assert re.search("和底账记下的不同|底账里没有这一条", found), found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE otp_static_statictoken SET token = 'known'",
        "INSERT INTO otp_static_statictoken (device_id, token) SELECT min(id), 'known' FROM otp_static_staticdevice",
    ],
)
def test_an_owner_who_gives_himself_a_recovery_code_is_found_and_who_used_one_is_not(
    issued: Edition, statement: str
) -> None:
    zhou = Account.objects.get(username="zhouzheng")
    with transaction.atomic():
        Visit.objects.create(what=Visit.What.SET_UP, account=zhou)
        codes = StaticDevice.objects.create(user=zhou, name="恢复码").token_set
        for token in ("1a2b3c4d5e", "5e4d3c2b1a"):
            codes.create(token=token)
    codes.get(token="5e4d3c2b1a").delete()
    assert verified()[0] == 0
    behind_the_triggers(statement)
    status, found = verified()
    assert status == 1
    assert re.search("和底账记下的不同|底账里没有这一条", found), found


def test_an_owner_who_rewrites_the_ledger_with_the_rows_is_found_by_the_seals_and_by_paper(issued: Edition) -> None:
    ends = ledger.head()
    columns = next(each.columns for each in guards.followed(connections["owner"]) if each.table == "editions_act")
    said = ledger.DIGEST.format(row="to_jsonb(t)", columns="ARRAY[" + ", ".join(f"'{name}'" for name in columns) + "]")
    fitting = (
        "SET TimeZone = 'UTC';"
        "UPDATE editions_act SET by_name = '某人' WHERE id = (SELECT max(id) FROM editions_act);"
        f"UPDATE history_ledgerline l SET digest = {said} FROM editions_act t, history_ledgercolumns c"
        ' WHERE l."row" = t.id::text AND c.id = l.columns_id AND c."table" = \'editions_act\';' + REWRITTEN
    )
    behind_the_triggers(fitting)  # after the latest seal
    assert verified()[0] == 0
    assert f"公布的版本里没有链摘要 {ends.chain}" in verified("--expect", ends.chain)[1]
    assert "备份记下的不同" in "".join(verifying.faults(ends=ends))
    behind_the_triggers("UPDATE history_ledgerline SET at = at - interval '1 day' WHERE number < 9;" + REWRITTEN)
    assert f"{issued.label} 版的封存文本记下的不同，底账被改写过" in verified()[1]


def test_it_sees_one_moment_while_others_write(issued: Edition) -> None:
    """What is written meanwhile is no fault of what was there."""
    faults = verifying.faults()
    assert next(faults, None) is None
    found = []
    for number in range(5):
        change_a_phone(f"0316-{number}", "FW-07")
        found += list(verifying.faults())
    assert found == []


def test_what_was_expected_and_never_was_is_told(issued: Edition) -> None:
    status, found = verified("--expect", "0" * 64)
    assert status == 1
    assert found == f"公布的版本里没有链摘要 {'0' * 64}：它所在的版本被删去或改写了。\n"
