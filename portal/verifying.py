"""核验: everything that the portal says of itself, worked out again from the tables: digests, the chain, the history,
what the serving role may do, and what the database refuses.

It reads with the rights of whoever runs it, and changes nothing. Each fault is a sentence.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from editions import parts, seal
from editions.models import Edition, Reply
from history import guards
from history.guards import trail_of, working_models
from portal.apps import guard_statements
from verbatim.documents import digest

CHUNK = 2000


def faults(expect: str = "") -> Iterator[str]:
    """What is not as it should be; nothing where all is well. `expect` is a chain digest that stood on paper or on a
    page: it must be in the chain."""
    yield from versions()
    for edition in Edition.objects.order_by("pk"):
        yield from content(edition)
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
    if edition.revoked_on:
        revoked = edition.timeline.filter(verb="revoked").first()
        if revoked is None or timezone.localtime(revoked.at).date() != edition.revoked_on:
            yield f"{label} 版的废止日期和经办记录不符。"


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
    """The serving role may do what it needs and no more; triggers, their functions and constraints are as installed."""
    role = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        yield from _privileges(cursor, connection, role)
        yield from _triggers(cursor)
        yield from _constraints(cursor)


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
    chosen = guards.privileges()
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(
            "SELECT p FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','TRIGGER']) p"
            " WHERE has_table_privilege(%s, format('public.%%I', %s::text), p)"
            " OR (p = 'INSERT' AND has_any_column_privilege(%s, format('public.%%I', %s::text), p))",
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


FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(\).*?AS \$\$(.*)\$\$", re.S)
TRIGGER = re.compile(
    r'CREATE (?:OR REPLACE |CONSTRAINT )TRIGGER "?(\w+)"? .*? ON "?(\w+)"?\s.*?EXECUTE FUNCTION (\w+)', re.S
)


def _triggers(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    sources = dict(cursor.fetchall())
    cursor.execute(
        "SELECT t.tgname, c.relname, p.proname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
    )
    there = {(name, table): (function, enabled) for name, table, function, enabled in cursor.fetchall()}
    for statement in guard_statements(connections["default"], connections["default"].settings_dict["USER"]):
        if function := FUNCTION.search(statement):
            if sources.get(function.group(1)) != function.group(2):
                yield f"数据库函数 {function.group(1)} 和程序里的不同。"
        elif trigger := TRIGGER.search(statement):
            name, table, runs = trigger.groups()
            function_there, enabled = there.get((name, table), ("", ""))
            if enabled not in ("O", "A") or function_there != runs:
                yield f"表 {table} 的触发器 {name} 没有装好，或者被停用。"


def _constraints(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT conname FROM pg_constraint WHERE convalidated UNION SELECT indexname FROM pg_indexes")
    there = {name for (name,) in cursor.fetchall()}
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if constraint.name not in there and not model._meta.proxy:
                yield f"表 {model._meta.db_table} 少了约束 {constraint.name}。"


@contextlib.contextmanager
def _streamed(statement: str) -> Iterator[Any]:
    """The rows of a statement, a few thousand at a time."""
    connections["default"].ensure_connection()
    with transaction.atomic(), connections["default"].connection.cursor(name="verifying") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(statement)
        yield cursor
