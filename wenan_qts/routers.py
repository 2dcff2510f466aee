"""Which database a query goes to where it does not say so."""

from typing import Any


class MigrationsByTheOwner:
    """What a migration of a library's does without naming a database (django-tasks-db, 0016) would wait, as the role
    that serves, for the table that the owner has locked."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "owner" if model.__module__ == "__fake__" else None  # a model as it was at that migration

    db_for_write = db_for_read
