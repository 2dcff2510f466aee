"""底账: what was written into the tables that nobody rewrites, told a second time and chained.

Each row that is added to such a table, and each state of a row that is followed, leaves a line: which row, the digest
of what it said, and the digest of the line before. The role that serves cannot write lines; the database does when a
transaction ends. A row that was changed, taken out or slipped in behind the triggers no longer fits its line, and lines
cannot be changed without changing all that follow, whose head is in the seals of the editions and in the backups.

Lines are written in two steps, both when the transaction ends. The first reads the rows and waits for nobody. The
second comes after every other check of the transaction, takes the lock and numbers the lines: whoever holds the lock
waits for nothing any more, so writers are in each other's way for a moment at the very end, and never in a circle.
"""

import contextlib
import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from history.careful import carefully
from history.locks import LEDGER
from history.triggers import at_the_end, pin_text, trigger_function

CHUNK = 2000


class LedgerColumns(models.Model):
    """底账的栏: which columns of a table its lines cover, from a certain line on. Columns that a later migration adds
    disturb no earlier line."""

    table = models.CharField("表", max_length=63)
    columns = ArrayField(models.CharField(max_length=63), verbose_name="栏")

    class Meta:
        verbose_name = "底账的栏"
        verbose_name_plural = "底账的栏"
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.table}（{'、'.join(self.columns)}）"


class LedgerLine(models.Model):
    """底账: one line. `chain` is the digest of the line before and of this one."""

    number = models.BigIntegerField("序号", primary_key=True)
    columns = models.ForeignKey(
        LedgerColumns,
        verbose_name="表",
        on_delete=models.PROTECT,
        related_name="lines",
        # Written by the database alone; a check of each line would be made while everybody waits.
        db_constraint=False,
        db_index=False,
    )
    row = models.TextField("行")
    is_gone = models.BooleanField("删去")
    digest = models.CharField("内容摘要", max_length=64)
    at = models.DateTimeField("时间", help_text="数据库自己的时钟。")
    chain = models.CharField("链摘要", max_length=64)

    class Meta:
        verbose_name = "底账"
        verbose_name_plural = "底账"
        default_permissions = ()
        ordering = ["number"]
        indexes = [models.Index(fields=["columns", "row"], name="ledgerline_of_a_row")]

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]}"


class LedgerWaiting(models.Model):
    """A line between the first step and the second; empty whenever no transaction is ending."""

    columns = models.ForeignKey(
        LedgerColumns, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    row = models.TextField()
    is_gone = models.BooleanField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "待记的底账"
        verbose_name_plural = "待记的底账"
        default_permissions = ()

    def __str__(self) -> str:
        return self.row


# What a row says: its columns by name, as JSON, which PostgreSQL writes in one way only.
SAID = """(SELECT pg_catalog.jsonb_object_agg(said.key, said.value) FROM pg_catalog.jsonb_each({row}) said
        WHERE said.key = ANY ({columns}))::text"""
DIGEST = f"encode(sha256(convert_to({SAID}, 'UTF8')), 'hex')"

TAKE = """
DECLARE
    held jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    covered public.history_ledgercolumns;
BEGIN
    SELECT * INTO STRICT covered FROM public.history_ledgercolumns c
        WHERE c."table" = TG_TABLE_NAME ORDER BY c.id DESC LIMIT 1;
    INSERT INTO public.history_ledgerwaiting (columns_id, "row", is_gone, digest)
        VALUES (covered.id, held ->> TG_ARGV[0], TG_OP = 'DELETE', DIGEST);
    RETURN NULL;
END
""".replace("DIGEST", DIGEST.format(row="held", columns="covered.columns"))

APPEND = """
DECLARE
    before public.history_ledgerline;
    line public.history_ledgerline;
BEGIN
    PERFORM pg_advisory_xact_lock(TG_ARGV[0]::bigint);
    SELECT * INTO before FROM public.history_ledgerline l ORDER BY l.number DESC LIMIT 1;
    line.number := coalesce(before.number, 0) + 1;
    line.columns_id := NEW.columns_id;
    line."row" := NEW."row";
    line.is_gone := NEW.is_gone;
    line.digest := NEW.digest;
    line.at := clock_timestamp();
    line.chain := encode(sha256(convert_to(concat_ws(E'\\n', coalesce(before.chain, ''), line.number, line.columns_id,
        line."row", line.is_gone::int, line.digest, to_char(line.at, 'YYYY-MM-DD HH24:MI:SS.US')), 'UTF8')), 'hex');
    INSERT INTO public.history_ledgerline SELECT line.*;
    DELETE FROM public.history_ledgerwaiting w WHERE w.id = NEW.id;
    RETURN NULL;
END
"""


@dataclass(frozen=True)
class Followed:
    """A table whose rows leave lines."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    changes: bool = False
    """Its rows may be changed and taken out; each state leaves a line."""
    days: int | None = None
    """After so many days a row may be taken out."""

    def may_go(self, age: datetime.timedelta) -> bool:
        return self.changes or (self.days is not None and age.days >= self.days)

    def triggers(self) -> Iterator[str]:
        """To be taken out leaves a line even where it is never right: the trigger that refuses may be switched off."""
        name = f"{self.table}_ledger"
        yield at_the_end(name, "INSERT OR DELETE", self.table, "ledger_take", self.key)
        if self.changes:
            changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in self.columns)
            yield at_the_end(f"{name}_again", "UPDATE", self.table, "ledger_take", self.key, condition=changed)


def statements() -> Iterator[str]:
    """What writes the lines."""
    yield trigger_function("ledger_take", TAKE, as_owner=True, reads_text=True)
    yield trigger_function("ledger_append", APPEND, as_owner=True, reads_text=True)
    yield at_the_end(
        "history_ledgerwaiting_append", "INSERT", LedgerWaiting._meta.db_table, "ledger_append", str(LEDGER)
    )


def follow(connection: BaseDatabaseWrapper, followed: Followed) -> None:
    """From now on the rows of this table leave lines; those that are there already are entered once. Nobody writes into
    it meanwhile."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        pin_text(cursor)
        cursor.execute(f'LOCK TABLE public."{followed.table}" IN SHARE ROW EXCLUSIVE MODE')
        _enter(cursor, followed)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table is not altered while a trigger of it waits
        for statement in followed.triggers():
            cursor.execute(statement)


def _enter(cursor: Any, followed: Followed) -> None:
    cursor.execute(
        'SELECT columns FROM public.history_ledgercolumns WHERE "table" = %s ORDER BY id DESC LIMIT 1', [followed.table]
    )
    covered = cursor.fetchone()
    if covered and tuple(covered[0]) == followed.columns:
        return
    if covered is None:  # what leads back here (a ledger that was emptied) leaves no row entered twice
        cursor.execute(f'DROP TRIGGER IF EXISTS "{followed.table}_ledger" ON public."{followed.table}"')
    cursor.execute(
        'INSERT INTO public.history_ledgercolumns ("table", columns) VALUES (%s, %s) RETURNING id',
        [followed.table, list(followed.columns)],
    )
    (number,) = cursor.fetchone()
    # A row whose line covers a column that is no more could not be compared with it: it gets another line.
    if covered is None or not set(covered[0]) <= set(followed.columns):
        key, digest = f't."{followed.key}"', DIGEST.format(row="to_jsonb(t)", columns="%s::text[]")
        cursor.execute(
            'INSERT INTO public.history_ledgerwaiting (columns_id, "row", is_gone, digest)'  # noqa: S608
            f' SELECT %s, {key}::text, false, {digest} FROM public."{followed.table}" t ORDER BY {key}',
            [number, list(followed.columns)],
        )


@dataclass(frozen=True)
class Head:
    """A line to which somebody else holds the ledger: an edition's seal, a backup, a sheet of paper."""

    number: int
    chain: str


def head() -> Head:
    """Where the ledger ends now."""
    last = LedgerLine.objects.order_by("-number").values_list("number", "chain").first()
    return Head(*last) if last else Head(0, "")


def faults(followed: Iterable[Followed], anchors: Mapping[str, Head]) -> Iterator[str]:
    """Lines that do not follow from each other, or are not what is said of them elsewhere (`anchors`, by who says it);
    rows that are not as their line says. Each a sentence."""
    yield from carefully("底账各条的次序", lambda: _chain(anchors))
    if waiting := LedgerWaiting.objects.count():
        yield f"有 {waiting} 条底账还没有记上：没有事务在办的时候不会有。"
    for each in followed:
        yield from carefully(f"{each.name}（{each.table}）和它的底账", partial(_rows, each))


def _chain(anchors: Mapping[str, Head]) -> Iterator[str]:
    before, expected = "", 1
    awaited: dict[int, list[tuple[str, str]]] = {}
    for who, said in anchors.items():
        awaited.setdefault(said.number, []).append((who, said.chain))
    statement = (
        'SELECT number, columns_id, "row", is_gone, digest, at, chain FROM public.history_ledgerline ORDER BY number'
    )
    with streamed(statement) as lines:
        for number, columns, row, is_gone, content, at, chain in lines:
            moment = at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            text = f"{before}\n{number}\n{columns}\n{row}\n{int(is_gone)}\n{content}\n{moment}"
            if number != expected or hashlib.sha256(text.encode()).hexdigest() != chain:
                yield f"底账第 {number} 条和前一条接不上。"
            for who, there in awaited.pop(number, ()):
                if there != chain:
                    yield f"底账第 {number} 条和{who}记下的不同，底账被改写过。"
            before, expected = chain, number + 1
    for number, expecting in awaited.items():
        yield from (f"底账里没有{who}记下的第 {number} 条，底账被截断过。" for who, _ in expecting if number)


LINES = """SELECT l.*, c.columns FROM public.history_ledgerline l
    JOIN public.history_ledgercolumns c ON c.id = l.columns_id WHERE c."table" = '{table}'"""


def _rows(followed: Followed) -> Iterator[str]:
    name, table, key = followed.name, f'public."{followed.table}"', f't."{followed.key}"::text'
    said = SAID.format(row="to_jsonb(t)", columns="l.columns")
    lines = LINES.format(table=followed.table)
    latest = f'SELECT DISTINCT ON ("row") *, min(at) OVER (PARTITION BY "row") AS first FROM ({lines}) every'  # noqa: S608
    shown = f'coalesce(l."row", {key}), t."{followed.key}" IS NOT NULL, l.is_gone, l.digest, l.at - l.first, {said}'
    joined = f'{table} t FULL JOIN ({latest} ORDER BY "row", number DESC) l ON l."row" = {key}'
    with streamed(f"SELECT {shown} FROM {joined}") as rows:  # noqa: S608
        for row, is_there, is_gone, content, age, text in rows:
            if content is None:
                yield f"{name} {row}：底账里没有这一条。"
            elif not is_there and not is_gone:
                yield f"{name} {row}：底账里有，表里没有了。"
            elif not is_there and not followed.may_go(age):
                yield f"{name} {row}：不能删去，却删去了。"
            elif is_there and is_gone:
                yield f"{name} {row}：底账里已经删去，表里还有。"
            elif is_there and hashlib.sha256((text or "").encode()).hexdigest() != content:
                yield f"{name} {row}：和底账记下的不同，被改过。"
    if not followed.changes:
        same = 'columns_id, "row" HAVING count(*) > 1'
        twice = f'SELECT "row" FROM ({lines}) every WHERE NOT is_gone GROUP BY {same}'  # noqa: S608
        with streamed(twice) as rows:
            yield from (f"{name} {row}：底账里记了两次。" for (row,) in rows)


@contextlib.contextmanager
def streamed(statement: str) -> Iterator[Any]:
    """The rows of a statement, a few thousand at a time."""
    connections["default"].ensure_connection()
    with transaction.atomic(), connections["default"].connection.cursor(name="streamed") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(statement)
        yield cursor
