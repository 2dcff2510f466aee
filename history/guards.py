"""What the database itself refuses: the privileges of the role that serves, and triggers that keep permanent codes.

Installed after every migration by the owner of the tables, so that they always match the models. Each statement can be
run again.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from history.models import WorkingRow

KEEP_PERMANENT = """
CREATE OR REPLACE FUNCTION keep_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(OLD) ->> TG_ARGV[0]) IS DISTINCT FROM (to_jsonb(NEW) ->> TG_ARGV[0]) THEN
        RAISE EXCEPTION '永久代码不能更改：%', to_jsonb(OLD) ->> TG_ARGV[0] USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def working_models() -> list[type[WorkingRow]]:
    return [model for model in apps.get_models() if issubclass(model, WorkingRow)]


def privileges() -> dict[str, str]:
    """What the serving role may do with each table; what is not named here it may only read."""
    chosen: dict[str, str] = dict(settings.SERVING_PRIVILEGES)
    for model in apps.get_models(include_auto_created=True):
        granted = getattr(model, "serving_privileges", None)
        if granted and not hasattr(model, "instance_type"):
            chosen[model._meta.db_table] = granted
    for working in working_models():
        trail: Any = working.history  # type: ignore[attr-defined]
        chosen[trail.model._meta.db_table] = "SELECT, INSERT"
    return chosen


def statements(connection: BaseDatabaseWrapper, serving_role: str) -> Iterator[str]:
    quote = connection.ops.quote_name
    yield KEEP_PERMANENT
    for model in working_models():
        if permanent := model.permanent:
            table = model._meta.db_table
            yield (
                f"CREATE OR REPLACE TRIGGER {quote(f'{table}_keep')} BEFORE UPDATE ON {quote(table)}"
                f" FOR EACH ROW EXECUTE FUNCTION keep_permanent('{permanent}')"
            )
    role, chosen = quote(serving_role), privileges()
    for table in connection.introspection.table_names():
        yield f"REVOKE ALL ON {quote(table)} FROM {role}"
        yield f"GRANT {chosen.get(table, 'SELECT')} ON {quote(table)} TO {role}"


def install(connection: BaseDatabaseWrapper, serving_role: str, more: Iterator[str]) -> None:
    """Run the statements, and those of the floors above, unless the serving role is the owner itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        for statement in more:
            cursor.execute(statement)
        for statement in statements(connection, serving_role):
            if owner == serving_role and statement.startswith(("REVOKE", "GRANT")):
                continue
            cursor.execute(statement)
