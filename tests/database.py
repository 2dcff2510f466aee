"""The tests' own PostgreSQL, embedded, in a folder of its own; started before the settings are read.

The database holds the 2017-12 list, loaded and published, and serves through the role that owns no table, as in
production. A test that needs to commit gets a copy of its own (`own_database`): a thousand files, which are copied in
memory in a hundredth of the time. Nothing of it outlives a run, so nothing waits for a disk either.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent

for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PRODUCTION", "URL_PREFIX", "SECRET_KEY", "ALLOWED_HOSTS"):
    os.environ.pop(name, None)
os.environ["VAR"] = str(BASE / "var" / "test")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["ATTACHMENTS"] = str(BASE / "var" / "test" / "attachments" / WORKER)
shutil.rmtree(os.environ["ATTACHMENTS"], ignore_errors=True)  # a run begins without files of cases

import psycopg  # noqa: E402
from psycopg import sql  # noqa: E402

from wenan_qts import embedded  # noqa: E402

MEMORY, ENOUGH = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 (a folder of our own in it)
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).total > ENOUGH:
    embedded.FOLDER = MEMORY / f"wenan-qts-{hashlib.sha256(bytes(BASE)).hexdigest()[:8]}" / "postgres"

STARTED = not embedded.is_running(embedded.FOLDER)
embedded.start(embedded.FOLDER)
embedded.ensure_database(embedded.FOLDER)

PUBLISHED = f"published_{WORKER}"  # what the tests of this worker run in
# Made by one worker for all, to be copied:
LOADED = "published"
EMPTY = "empty"  # migrated, with nobody but the two who set it up
WITHOUT_PEOPLE = "unpeopled"  # migrated, no rows

if WORKER == "alone":  # before any worker starts: a process reads the list of static files once
    subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from wenan_qts import launch; launch.collect_static()"],
        cwd=BASE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "wenan_qts.settings"},
        check=True,
    )


def as_superuser(*statements: sql.Composable) -> None:
    host = str(embedded.urls(embedded.FOLDER)[0].split("host=")[1])
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


Path(os.environ["VAR"]).mkdir(parents=True, exist_ok=True)
ROLES = (Path(os.environ["VAR"]) / "roles.lock").open("w")
"""Roles belong to all databases of the server, and every worker's `verify` sees them: each test holds this lock with
the others, and alone while it changes roles."""


@contextlib.contextmanager
def changing_roles() -> Iterator[None]:
    fcntl.flock(ROLES, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(ROLES, fcntl.LOCK_SH)


if WORKER == "alone":
    for wait in ("fsync", "full_page_writes", "synchronous_commit"):
        as_superuser(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(wait)))
    as_superuser(sql.SQL("ALTER SYSTEM SET max_wal_size = '256MB'"), sql.SQL("SELECT pg_reload_conf()"))


@contextlib.contextmanager
def making_templates() -> Iterator[bool]:
    """One worker after the other: whether the databases to be copied are still to be made in this run of the tests."""
    run, made = os.environ.get("PYTEST_XDIST_TESTRUNUID", ""), Path(os.environ["VAR"]) / "templates"
    with made.open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not run or made.read_text() != run
        made.write_text(run)


def drop(name: str) -> None:
    as_superuser(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def copy(source: str, name: str) -> None:
    drop(name)
    as_superuser(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(embedded.OWNER), sql.Identifier(source)
        )
    )
    # Who may do what with the database itself is not copied with it.
    with psycopg.connect(embedded.urls(embedded.FOLDER, name)[1], autocommit=True) as owner:
        owner.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        granted = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        owner.execute(granted.format(sql.Identifier(name), sql.Identifier(embedded.SERVING)))


def pytest_unconfigure() -> None:
    if STARTED:
        embedded.stop(embedded.FOLDER)
        if embedded.FOLDER.is_relative_to(MEMORY):
            shutil.rmtree(embedded.FOLDER.parent)
