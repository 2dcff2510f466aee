"""What the database itself refuses: the privileges of the role that serves, and triggers that keep permanent codes.

Installed after every migration by the owner of the tables, so that they always match the models. Each statement can be
run again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from history.locks import SEALING
from history.models import WorkingRow

KEEP_PERMANENT = """
CREATE OR REPLACE FUNCTION keep_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY TG_ARGV LOOP
        IF (to_jsonb(OLD) ->> kept) IS DISTINCT FROM (to_jsonb(NEW) ->> kept) THEN
            RAISE EXCEPTION '永久代码不能更改：% %', kept, to_jsonb(OLD) ->> kept USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""

FROZEN = """
CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%：已冻结的内容不能更改或删除', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""

# Whoever writes a line of history holds the gate until the transaction ends; whoever seals waits until nobody does, so
# that no line with a number below the seal's can appear after it.
GATE = f"""
CREATE OR REPLACE FUNCTION history_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({SEALING});
    RETURN NULL;
END $$
"""


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


def numbered_by_the_database() -> dict[str, list[str]]:
    """The history tables, with the columns that may be given: the number of a line comes from the database, so that
    none is slipped in below a seal."""
    trails = [trail_of(model) for model in working_models()]
    return {t._meta.db_table: [f.column for f in t._meta.concrete_fields if not f.primary_key] for t in trails}


def frozen(table: str) -> Iterator[str]:
    """Rows of this table are added, and neither changed nor removed, not even by its owner."""
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION keep_frozen()"
    )
    yield emptied(table)


def emptied(table: str) -> str:
    """It is not emptied at one blow."""
    return (
        f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_frozen()"
    )


def statements(connection: BaseDatabaseWrapper, serving_role: str) -> Iterator[str]:
    quote = connection.ops.quote_name
    yield KEEP_PERMANENT
    yield FROZEN
    yield GATE
    for model in working_models():
        table = model._meta.db_table
        owner = getattr(model, "belongs_to", "")
        kept = [*filter(None, [model.permanent]), *([f"{owner}_id"] if owner else [])]
        if kept:
            named = ", ".join(f"'{column}'" for column in kept)
            yield (
                f"CREATE OR REPLACE TRIGGER {quote(f'{table}_keep')} BEFORE UPDATE ON {quote(table)}"
                f" FOR EACH ROW EXECUTE FUNCTION keep_permanent({named})"
            )
        trail = trail_of(model)._meta.db_table
        yield (
            f"CREATE OR REPLACE TRIGGER {quote(f'{trail}_gate')} BEFORE INSERT ON {quote(trail)}"
            " FOR EACH STATEMENT EXECUTE FUNCTION history_gate()"
        )
        yield from frozen(trail)
    role, chosen, numbered = quote(serving_role), privileges(), numbered_by_the_database()
    for table in connection.introspection.table_names():
        granted = chosen.get(table, "SELECT")
        if table in numbered:
            columns = ", ".join(quote(column) for column in numbered[table])
            granted = granted.replace("INSERT", f"INSERT ({columns})")
        yield f"REVOKE ALL ON {quote(table)} FROM {role}"
        yield f"GRANT {granted} ON {quote(table)} TO {role}"


def install(connection: BaseDatabaseWrapper, statements: Iterable[str], serving_role: str) -> None:
    """Run the statements, the floors above having added theirs; no privileges where the serving role is the owner
    itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        for statement in statements:
            if owner == serving_role and statement.startswith(("REVOKE", "GRANT")):
                continue
            cursor.execute(statement)


def said_by_database(error: DatabaseError) -> str:
    """The sentence of the constraint that was broken, or of the trigger that refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == getattr(diagnosis, "constraint_name", None):
                return str(constraint.violation_error_message)
    return str(getattr(diagnosis, "message_primary", None) or error).splitlines()[0]
