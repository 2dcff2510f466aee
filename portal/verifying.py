"""核验: everything that the portal says of itself, worked out again from the tables: digests, the chain, the history,
what the serving role may do, and what the database refuses.

It reads with the rights of whoever runs it, and changes nothing. Each fault is a sentence.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from editions import parts, seal
from editions.models import Edition, Reply
from history import guards
from history.guards import trail_of, working_models
from verbatim.documents import digest

CHUNK = 2000


def faults(expect: str = "") -> Iterator[str]:
    """What is not as it should be; nothing where all is well. `expect` is a chain digest that stood on paper or on a
    page: it must be in the chain."""
    yield from versions()
    for edition in Edition.objects.order_by("pk"):
        yield from content(edition)
        yield from acts(edition)
    yield from chain(expect)
    yield from trails()
    yield from replies()
    yield from database(connections["default"])


def versions() -> Iterator[str]:
    """Each stored text gives the digest that it is stored under."""
    with _streamed("SELECT kind, code, schema, text, digest FROM editions_version") as rows:
        for kind, code, schema, text, stored in rows:
            if hashlib.sha256(f"{kind}\n{schema}\n{text}".encode()).hexdigest() != stored:
                yield f"条目版本 {kind} {code}：文字和摘要 {stored[:12]} 不符。"


def content(edition: Edition) -> Iterator[str]:
    """The entries of an edition give its content digest, and are as many as it says."""
    entries = list(
        edition.entries.order_by("kind", "position").values_list(
            "kind", "position", "serial", "code", "version__digest", "version__kind", "version__code"
        )
    )
    if len(entries) != edition.entry_count:
        yield f"{edition.label} 版写有 {edition.entry_count} 个条目，实有 {len(entries)} 个。"
    order = {kind.name: number for number, kind in enumerate(parts.kinds())}
    entries.sort(key=lambda entry: (order.get(entry[0], len(order)), entry[1]))
    lines = []
    for kind, position, serial, code, version, kind_there, code_there in entries:
        if (kind, code) != (kind_there, code_there):
            yield f"{edition.label} 版的 {kind} {code} 指着另一条（{kind_there} {code_there}）。"
        lines.append(f"{kind}\t{position}\t{serial}\t{version}\n")
    if digest("".join(lines)) != edition.content_digest:
        yield f"{edition.label} 版的条目和内容摘要 {edition.content_digest[:12]} 不符。"


STATES = {"submitted": "submitted", "reviewed": "reviewed", "signed": "signed", "issued": "issued"} | dict.fromkeys(
    ("returned", "withdrawn"), "closed"
)
"""The acts that lead to a state of their name, and where the edition keeps who did it."""


def acts(edition: Edition) -> Iterator[str]:
    """An edition is in the state, and names the people, that its timeline tells of."""
    timeline = list(edition.timeline.order_by("number"))
    entered = [act for act in timeline if act.verb in STATES]
    state = entered[-1].verb if entered else Edition.State.TRANSCRIBED
    if edition.state != state:
        yield f"{edition.label} 版是“{edition.get_state_display()}”，经办记录里没有这一步。"
    for act in entered:
        if getattr(edition, f"{STATES[act.verb]}_by_name") != act.by_name:
            yield f"{edition.label} 版的{act.get_verb_display()}人和经办记录不符。"
    if entered and entered[-1].verb in ("returned", "withdrawn") and edition.closing_reason != entered[-1].reason:
        yield f"{edition.label} 版的{entered[-1].get_verb_display()}理由和经办记录不符。"
    revoked = next((act for act in timeline if act.verb == "revoked"), None)
    told = (timezone.localtime(revoked.at).date(), revoked.by_name, revoked.reason) if revoked else (None, "", "")
    if (edition.revoked_on, edition.revoked_by_name, edition.revoke_reason) != told:
        yield f"{edition.label} 版的废止和经办记录不符。"


def chain(expect: str = "") -> Iterator[str]:
    """Each seal gives its chain digest, says what the edition says, and names the one before it; there is one chain,
    and what was expected is in it."""
    public = list(Edition.objects.public().order_by("-state", "issued_at"))  # transcribed, then issued
    if expect and expect.lower() not in {edition.chain_digest for edition in public}:
        yield f"公布的版本里没有链摘要 {expect}：它所在的版本被删去或改写了。"
    before: Edition | None = None
    for edition in public:
        yield from _sealed(edition, before)
        before = edition


def _sealed(edition: Edition, before: Edition | None) -> Iterator[str]:
    label = edition.label
    if digest(edition.seal) != edition.chain_digest:
        yield f"{label} 版的封存文本和链摘要 {edition.chain_digest[:12]} 不符。"
    try:
        sealed = json.loads(edition.seal)
    except ValueError:
        yield f"{label} 版的封存文本读不出来。"
        return
    if edition.previous != before:
        yield f"{label} 版没有接在{f' {before.label} 版' if before else '链首'}之后。"
    if sealed.get("previous") != (before.chain_digest if before else None):
        yield f"{label} 版封存的前一版链摘要和前一版的不符。"
    now = seal.facts(edition)
    for name, said in now.items():
        if name != "timeline" and sealed.get(name) != said:
            yield f"{label} 版的 {name} 和封存时不同。"
    if now["timeline"][: len(sealed.get("timeline", []))] != sealed.get("timeline"):
        yield f"{label} 版的经办记录和封存时不同。"
    yield from _trails_sealed(edition, sealed.get("trail", []))


def _trails_sealed(edition: Edition, heads: list[dict[str, Any]]) -> Iterator[str]:
    with connections["default"].cursor() as cursor:
        there = {
            table: {column.name for column in connections["default"].introspection.get_table_description(cursor, table)}
            for table in connections["default"].introspection.table_names(cursor)
        }
    for head in heads:
        table, columns = head["table"], head["columns"]
        if not set(columns) <= there.get(table, set()):
            yield f"{edition.label} 版封存时的表 {table} 现在没有了，或者少了栏。"
            continue
        now = seal.trail_head(table, columns, head["last"])
        if now["rows"] != head["rows"]:
            yield f"{table}：{edition.label} 版封存时有 {head['rows']} 条，现在只剩（或多出到）{now['rows']} 条。"
        elif now["digest"] != head["digest"]:
            yield f"{table}：{edition.label} 版封存以前的记录被改过。"


def trails() -> Iterator[str]:
    """Each working row is as the latest line of its history says, and what has a history is there."""
    connection = connections["default"]
    for model in working_models():
        rows, trail = model._meta.db_table, trail_of(model)._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        held, said = (", ".join(f'{table}."{column}"' for column in columns) for table in ("w", "h"))
        name = model._meta.verbose_name
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT w.id, h.id IS NULL FROM {rows} w LEFT JOIN"  # noqa: S608 (names of our own tables and columns)
                f" (SELECT DISTINCT ON (id) * FROM {trail} ORDER BY id, history_id DESC) h ON h.id = w.id"
                f" WHERE h.id IS NULL OR ({held}) IS DISTINCT FROM ({said}) ORDER BY w.id"
            )
            for row, unknown in cursor.fetchall():
                yield f"{name} {row}：{'没有变更记录' if unknown else '和最后一条变更记录不同'}。"
            cursor.execute(
                f"SELECT DISTINCT id FROM {trail} WHERE id NOT IN (SELECT id FROM {rows}) ORDER BY id"  # noqa: S608
            )
            for (row,) in cursor.fetchall():
                yield f"{name} {row}：有变更记录，却不在了。"


def replies() -> Iterator[str]:
    """Each letter of the county is the file that was registered."""
    for reply in Reply.objects.order_by("pk").iterator(CHUNK):
        if hashlib.sha256(bytes(reply.content)).hexdigest() != reply.digest:
            yield f"批复文件“{reply.name}”和登记的摘要不符。"


def database(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The serving role may do what it needs and no more; constraints, triggers and their functions are as installed."""
    role = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        yield from _privileges(cursor, connection, role)
    yield from _defined(connection)


def _privileges(cursor: Any, connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    cursor.execute("SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None or found[0]:
        yield f"服务角色 {role} 不存在，或者权力过大（超级用户、可建角色）。"
        return
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')"
        " AND pg_get_userbyid(relowner) = %s ORDER BY 1",
        [role],
    )
    if owned := [table for (table,) in cursor.fetchall()]:
        yield f"服务角色 {role} 是 {len(owned)} 张表的属主（{'、'.join(owned[:3])}……）。"
    cursor.execute(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " JOIN pg_roles s ON s.oid = m.member WHERE s.rolname = %s ORDER BY 1",
        [role],
    )
    for (other,) in cursor.fetchall():
        yield f"服务角色 {role} 是 {other} 的成员，能当 {other} 用。"
    cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role])
    if cursor.fetchone()[0]:
        yield f"服务角色 {role} 能在库里建表和函数。"
    chosen = guards.privileges()
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(
            "SELECT p FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','TRIGGER']) p"
            " WHERE has_table_privilege(%s, format('public.%%I', %s::text), p)"
            " OR (p IN ('INSERT', 'UPDATE') AND has_any_column_privilege(%s, format('public.%%I', %s::text), p))",
            [role, table, role, table],
        )
        held, wanted = {p for (p,) in cursor.fetchall()}, set(chosen.get(table, "SELECT").split(", "))
        for more in sorted(held - wanted):
            yield f"服务角色 {role} 对 {table} 多了 {more} 权限。"
        if table in guards.numbered_by_the_database():
            cursor.execute("SELECT has_column_privilege(%s, %s, 'history_id', 'INSERT')", [role, table])
            if cursor.fetchone()[0]:
                yield f"服务角色 {role} 能自己给 {table} 的记录编号。"
        for less in sorted(wanted - held):
            yield f"服务角色 {role} 对 {table} 缺 {less} 权限。"


DEFINED = Path(__file__).with_name("defined.txt")
"""What the database holds after every migration, a line each: `make definitions` writes it."""
DEFINITIONS = """
SELECT '约束', c.relname, k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('c', 'u', 'p', 'f', 'x')
UNION ALL
SELECT '索引', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT '触发器', c.relname, t.tgname,
    pg_get_triggerdef(t.oid) || CASE WHEN t.tgenabled IN ('O', 'A') THEN '' ELSE ' 停用' END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT '规则', tablename, rulename, definition FROM pg_rules WHERE schemaname = 'public'
UNION ALL
SELECT '函数', '', proname, concat_ws(' ', encode(sha256(convert_to(prosrc, 'UTF8')), 'hex'), prosecdef, proconfig)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
GUARDING = ("触发器", "规则", "函数")
"""What nobody adds without being found; one more index or constraint lets nothing through."""


def definitions(connection: BaseDatabaseWrapper) -> dict[tuple[str, str, str], str]:
    """Constraints, indexes, triggers, rules and functions of the database: how each is defined."""
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS)
        return {(what, table, name): _plain(said) for what, table, name, said in cursor.fetchall()}


def _plain(said: str) -> str:
    """A definition without casts and brackets: PostgreSQL writes them otherwise after a dump was restored."""
    return " ".join(re.sub(r"::[a-z]+(?: varying)?(?:\[\])?|[()]", "", said).split())


def _defined(connection: BaseDatabaseWrapper) -> Iterator[str]:
    lines = DEFINED.read_text(encoding="utf-8").splitlines()
    wanted = {(what, table, name): said for what, table, name, said in (line.split("\t") for line in lines)}
    there = definitions(connection)
    for (what, table, name), said in wanted.items():
        where = f"表 {table} 的" if table else ""
        if (what, table, name) not in there:
            yield f"{where}{what} {name} 没有了。"
        elif there[what, table, name] != said:
            yield f"{where}{what} {name} 和程序里的不同，或者被停用。"
    for what, table, name in sorted(set(there) - set(wanted)):
        if what in GUARDING:
            yield f"{f'表 {table} ' if table else '数据库'}多了{what} {name}。"


@contextlib.contextmanager
def _streamed(statement: str) -> Iterator[Any]:
    """The rows of a statement, a few thousand at a time."""
    connections["default"].ensure_connection()
    with transaction.atomic(), connections["default"].connection.cursor(name="verifying") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(statement)
        yield cursor
