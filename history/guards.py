"""What the database itself refuses: the privileges of the role that serves, and triggers that keep permanent codes.

Installed after every migration by the owner of the tables, so that they always match the models. Each statement can be
run again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    CheckConstraint,
    DateField,
    DecimalField,
    DurationField,
    FloatField,
    ForeignKey,
    JSONField,
    Q,
    TimeField,
)

from history import ledger
from history.ledger import Followed, LedgerColumns, LedgerLine
from history.models import WorkingRow
from history.refusals import said_by_database as said_by_database
from history.triggers import trigger, trigger_function

KEEP_PERMANENT = """
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY TG_ARGV[1:] LOOP
        IF (to_jsonb(OLD) ->> kept) IS DISTINCT FROM (to_jsonb(NEW) ->> kept) THEN
            RAISE EXCEPTION '%：% %', TG_ARGV[0], kept, to_jsonb(OLD) ->> kept USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END
"""

FROZEN = """
BEGIN
    RAISE EXCEPTION '%：已冻结的内容不能更改或删除', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END
"""

# The database asks whether what a row points to is there only when the transaction ends, and whoever writes decides in
# which order. Written before what it points to, a row would meet guards that look for that, and find nothing to object
# to. Each table has a function of its own: its plans are kept, and what an update leaves alone is not asked for again.
AFTER_WHAT_IT_NAMES = """
BEGIN
{columns}
    RETURN NEW;
END
"""
COLUMN_AFTER_WHAT_IT_NAMES = """
    IF NEW."{column}" IS NOT NULL AND (TG_OP = 'INSERT' OR NEW."{column}" IS DISTINCT FROM OLD."{column}")
            AND NOT EXISTS (SELECT FROM public."{table}" t WHERE t."{key}" = NEW."{column}") THEN
        RAISE EXCEPTION 'nothing is there yet that %.{column} points to', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, DETAIL = 'Key ({column})';
    END IF;
"""

# PostgreSQL knows moments without end, days before our era and numbers that are none; no page and no check can read a
# row with one. The trigger fires where there is one: the function only says so.
UNREADABLE = """
BEGIN
    RAISE EXCEPTION
        '%的%里有写不得的日期、时间、数、选项（没有尽头，不在公元 1000 到 9998 年，不是数，没有这一项），没有写入',
        TG_ARGV[0], TG_ARGV[1] USING ERRCODE = 'check_violation';
END
"""


def column_of(model: Any, field: str) -> str:
    return str(model._meta.get_field(field).column)


def working_models() -> list[type[WorkingRow]]:
    return [model for model in apps.get_models() if issubclass(model, WorkingRow)]


def trail_of(model: Any) -> type[Any]:
    """The history model of a working model."""
    trail: type[Any] = model.history.model
    return trail


def privileges() -> dict[str, str]:
    """What the serving role may do with each table; what is not named here it may only read."""
    chosen: dict[str, str] = dict(settings.SERVING_PRIVILEGES)
    for model in apps.get_models(include_auto_created=True):
        granted = getattr(model, "serving_privileges", None)
        if granted and not hasattr(model, "instance_type"):
            chosen[model._meta.db_table] = granted
    for working in working_models():
        chosen[trail_of(working)._meta.db_table] = "SELECT, INSERT"
    return chosen


def only_added_to() -> list[str]:
    """The tables whose rows nobody changes and nobody takes out: all to which the portal can only add."""
    return sorted(table for table, granted in privileges().items() if granted == "SELECT, INSERT")


def followed(connection: BaseDatabaseWrapper) -> list[Followed]:
    """The tables whose rows leave lines in the ledger, with all their columns, or those that their model names; without
    any where a table is gone, which `verify` tells."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    asked = settings.FOLLOWED | {t: str(m.followed) for t, m in models.items() if hasattr(m, "followed")}
    added_to = [t for t in only_added_to() if getattr(models[t], "leaves_lines", True)]
    held = columns(connection)
    return [
        Followed(
            name=str(models[table]._meta.verbose_name),
            table=table,
            key=str(models[table]._meta.pk.column),
            columns=tuple(asked.get(table, "*").split(", ")) if asked.get(table, "*") != "*" else held.get(table, ()),
            changes=table in asked,
            days=getattr(models[table], "kept_for_days", None),
        )
        for table in sorted({LedgerColumns._meta.db_table, *added_to, *asked})
    ]


def columns(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """The columns that each table has, by their names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace"
            " AND a.attnum > 0 AND NOT a.attisdropped GROUP BY 1"
        )
        return {table: tuple(columns) for table, columns in cursor.fetchall()}


def frozen(table: str) -> Iterator[str]:
    """Rows of this table are added, and neither changed nor removed, not even by its owner."""
    yield trigger(f"{table}_frozen", "BEFORE UPDATE OR DELETE", table, "keep_frozen")
    yield emptied(table)


def emptied(table: str) -> str:
    """It is not emptied at one blow."""
    return trigger(f"{table}_kept", "BEFORE TRUNCATE", table, "keep_frozen", each="STATEMENT")


def pointing_columns() -> dict[str, list[tuple[str, str, str]]]:
    """Of each table the columns that point to a row of another: the column, the table there, and the column there."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for model in _stored_models():
        own = [
            (str(field.column), str(field.related_model._meta.db_table), str(field.target_field.column))
            for field in model._meta.local_concrete_fields
            if isinstance(field, ForeignKey) and field.db_constraint  # type: ignore[attr-defined]
        ]
        if own:
            found[model._meta.db_table] = own
    return found


def _stored_models() -> list[type[Any]]:
    """Each model that has a table of its own."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


TOO_DEEP, TOO_LARGE = "$.**{50}", '$.** ? (@.type() == "number" && (@ > 1e300 || @ < -1e300))'
"""What stands in no JSON column: Python follows no more than a thousand levels, and reads no number of 4,300 digits."""


def _readable(field: Any) -> str:
    """What holds of a new value in this column, so that Python can read it; empty where nothing has to be asked."""
    if field.choices:
        known = [*(value for value, _ in field.flatchoices), *([""] if field.empty_strings_allowed else [])]
        return f'NEW."{field.column}" IN ({", ".join(dict.fromkeys(map(_literal, known)))})'
    if isinstance(field, DateField):  # and of a DateTimeField
        return f'extract(year FROM NEW."{field.column}") BETWEEN 1000 AND 9998'
    if isinstance(field, TimeField):
        return f"NEW.\"{field.column}\" < '24:00'"
    if isinstance(field, JSONField):
        return " AND ".join(
            f"NOT jsonb_path_exists(NEW.\"{field.column}\", '{each}')" for each in (TOO_DEEP, TOO_LARGE)
        )
    if isinstance(field, DecimalField | FloatField):
        return f"NEW.\"{field.column}\" NOT IN ('NaN', 'Infinity', '-Infinity')"
    if isinstance(field, DurationField):
        return f'isfinite(NEW."{field.column}")'
    return ""


def _unreadable_refused(model: Any) -> Iterator[str]:
    """A trigger on the table of this model for all its days, moments and numbers with a fraction."""
    checked = (each.condition for each in model._meta.constraints if isinstance(each, CheckConstraint))
    own = [each.referenced_base_fields for each in checked if isinstance(each, Q)]  # what these say is said better
    fields = [each for each in model._meta.local_concrete_fields if not each.choices or {each.name} not in own]
    asked = {field: said for field in fields if (said := _readable(field))}
    if asked:
        table, called = model._meta.db_table, "".join(f"“{field.verbose_name}”" for field in asked)
        when = f"BEFORE INSERT OR UPDATE OF {', '.join(_quoted(field) for field in asked)}"
        told = (str(model._meta.verbose_name), called)
        condition = f"NOT ({' AND '.join(asked.values())})"
        yield trigger(f"{table}_readable", when, table, "refuse_unreadable", *told, condition=condition)


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _quoted(field: Any) -> str:
    return f'"{field.column}"'


def statements() -> Iterator[str]:
    yield trigger_function("keep_permanent", KEEP_PERMANENT)
    yield trigger_function("keep_frozen", FROZEN)
    yield trigger_function("refuse_unreadable", UNREADABLE)
    for model in _stored_models():
        if model._meta.db_table not in settings.DAYS_OF_THEIR_OWN:
            yield from _unreadable_refused(model)
    for table, columns in pointing_columns().items():
        which = ", ".join(f'"{column}"' for column, _, _ in columns)
        asked = (COLUMN_AFTER_WHAT_IT_NAMES.format(column=c, table=t, key=k).strip("\n") for c, t, k in columns)
        yield trigger_function(f"{table}_after", AFTER_WHAT_IT_NAMES.format(columns="\n".join(asked)))
        yield trigger(f"{table}_after", f"BEFORE INSERT OR UPDATE OF {which}", table, f"{table}_after")
    for model in working_models():
        table = model._meta.db_table
        owner = getattr(model, "belongs_to", "")
        kept = [*filter(None, [model.permanent]), *([f"{owner}_id"] if owner else [])]
        fixed = [column_of(model, name) for name in model.fixed]
        if kept:
            yield trigger(f"{table}_keep", "BEFORE UPDATE", table, "keep_permanent", "永久代码不能更改", *kept)
        if fixed:
            yield trigger(f"{table}_keep_fixed", "BEFORE UPDATE", table, "keep_permanent", "定下以后不能更改", *fixed)
    for table in (*only_added_to(), LedgerColumns._meta.db_table, LedgerLine._meta.db_table):
        yield from frozen(table)
    yield from ledger.statements()


ROUTINES = """
SELECT p.oid::regprocedure::text, n.nspname, p.prorettype = 'trigger'::regtype,
    EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search\\_path=%')
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.oid >= 16384 AND p.prokind IN ('f', 'p', 'w') AND p.proowner = current_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
RELATIONS = """
SELECT c.oid::regclass::text, n.nspname, c.relname, c.relkind,
    array_agg(quote_ident(a.attname) ORDER BY a.attname) FILTER (WHERE a.attidentity = ''),
    bool_or(a.attidentity <> ''),
    EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relowner = current_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY 1, 2, 3, 4, c.oid ORDER BY 1
"""
"""What is ours, of whatever schema, that no extension brought; what a server is born with has a number below 16384."""


def grants(connection: BaseDatabaseWrapper, serving_role: str) -> Iterator[str]:
    """The serving role may do what it needs and no more; everybody else nothing. Rows get their numbers from the
    database: it may give none, nor change one."""
    quote = connection.ops.quote_name
    role, database, chosen = quote(serving_role), quote(str(connection.settings_dict["NAME"])), privileges()
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        relations = cursor.fetchall()
        cursor.execute(ROUTINES)
        routines = cursor.fetchall()
    for schema in sorted({"public", *(row[1] for row in [*relations, *routines])}):
        yield f"REVOKE ALL ON SCHEMA {quote(schema)} FROM PUBLIC, {role}"
        yield f"GRANT USAGE ON SCHEMA {quote(schema)} TO {role}"
    for name, _, table, kind, columns, numbered, inside in relations:
        sort = "SEQUENCE" if kind == "S" else "TABLE"
        yield f"REVOKE ALL ON {sort} {name} FROM PUBLIC, {role}"
        if kind == "S":
            if not inside:  # a column that is numbered by itself needs no right to its sequence
                yield f"GRANT USAGE ON SEQUENCE {name} TO {role}"
            continue
        granted = chosen.get(table, "SELECT")
        if numbered:
            for verb in ("INSERT", "UPDATE"):
                granted = granted.replace(verb, f"{verb} ({', '.join(columns)})")
        yield f"GRANT {granted} ON TABLE {name} TO {role}"
    for name, _, is_trigger, _ in routines:
        yield f"REVOKE ALL ON ROUTINE {name} FROM PUBLIC, {role}"
        if not is_trigger:
            yield f"GRANT EXECUTE ON ROUTINE {name} TO {role}"


def pinned(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """No function goes by the search path of who calls it, a library's as little as ours."""
    with connection.cursor() as cursor:
        cursor.execute(ROUTINES)
        for name, schema, _, is_pinned in cursor.fetchall():
            if not is_pinned:
                quoted = connection.ops.quote_name(schema)
                yield f"ALTER ROUTINE {name} SET search_path = pg_catalog, {quoted}, pg_temp"


def install(connection: BaseDatabaseWrapper, statements: Iterable[str], serving_role: str) -> None:
    """Run the statements, the floors above having added theirs; then who may do what, where the serving role is not the
    owner itself; then have the tables leave lines in the ledger."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        for statement in list(pinned(connection)):  # what there is now: a function of before may be gone
            cursor.execute(statement)
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != serving_role:
            for statement in grants(connection, serving_role):
                cursor.execute(statement)
    # The columns of the tables are entered like any other row: their own table comes first.
    for each in sorted(followed(connection), key=lambda each: each.table != LedgerColumns._meta.db_table):
        ledger.follow(connection, each)
