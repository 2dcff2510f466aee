"""Three people use the portal: 王芳 edits, 李强 heads an office, 赵敏 keeps accounts; everybody else reads."""

import contextlib
import datetime
import fcntl
import gc
import io
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import UserSettingsHolder, settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connections, transaction
from django.forms import BooleanField
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from editions.public import catalogue, taking_turns
from history import uploads
from tests import database
from wenan_qts import embedded
from wenan_qts.env import BASE, VAR

# A loaded machine is no fault of the code: properties are checked without a clock.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")

ROUNDS = PBKDF2PasswordHasher.iterations
"""Of a password where the portal is served; in the tests it is hashed in the same way, and quickly."""
PBKDF2PasswordHasher.iterations = 1000

_load_middleware = ClientHandler.load_middleware
_loaded: dict[str, dict[str, Any]] = {}


def load_middleware(handler: ClientHandler, is_async: bool = False) -> None:
    """Once for all clients that come under the same settings: it reads every static file, and there are thousands of
    clients."""
    known = _loaded.get(key := repr(sorted(overridden().items())))
    if known is None:
        _load_middleware(handler, is_async)
        known = _loaded[key] = {name: value for name, value in vars(handler).items() if name.startswith("_")}
    vars(handler).update(known)


def overridden() -> dict[str, Any]:
    """The settings that a test has changed."""
    found: dict[str, Any] = {}
    layer = settings._wrapped
    while isinstance(layer, UserSettingsHolder):
        found = {name: value for name, value in vars(layer).items() if name.isupper()} | found
        layer = layer.default_settings
    return found


ClientHandler.load_middleware = load_middleware

REGISTER = sorted((BASE / "fixtures" / "2017-12").glob("*.yaml"))
ORIGINAL = BASE / "fixtures" / "2017-12" / "原件.txt"
FROZEN = "36d6d2460c5687ef2034a4d72c486ad0c7b7003cbc37752c25fde4af0474f69c"


taking_turns.FOLDER = VAR / "slots" / database.WORKER  # tests that run side by side are not each other's visitors
taking_turns.FOLDER.mkdir(parents=True, exist_ok=True)
uploads.UPLOADS = VAR / "uploads" / database.WORKER  # whoever signs in under another day tidies away what is old by it


def point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def pytest_collection_finish() -> None:
    """What is there by now stays, and is not looked through again whenever Python tidies up: a seventh of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Migrated by the owner, loaded and published once for all workers; each runs its tests in a copy, every test in a
    transaction of the serving role."""
    with django_db_blocker.unblock():
        with database.making_templates() as missing:
            if missing:
                make_templates()
        database.copy(database.LOADED, database.PUBLISHED)
        point_at(database.PUBLISHED)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@contextlib.contextmanager
def as_if_committed(alias: str) -> Iterator[Any]:
    """A cursor for what one role does, with all that a commit would look at."""
    with transaction.atomic(alias), connections[alias].cursor() as cursor:
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def make_templates() -> None:
    for name in (database.WITHOUT_PEOPLE, database.EMPTY, database.LOADED):
        database.drop(name)
    embedded.ensure_database(embedded.FOLDER, database.WITHOUT_PEOPLE)
    point_at(database.WITHOUT_PEOPLE)
    call_command("migrate", database="owner", verbosity=0)
    point_at("postgres")
    database.copy(database.WITHOUT_PEOPLE, database.EMPTY)
    point_at(database.EMPTY)
    call_command("create_keeper", FOUNDERS[0], FOUNDERS[1], stdout=io.StringIO())
    point_at("postgres")
    database.copy(database.EMPTY, database.LOADED)
    point_at(database.LOADED)
    files = [str(path) for path in REGISTER]
    call_command("load_register", *files, reason="转录", verbosity=0)
    call_command("publish_edition", *files, verbosity=0)
    call_command("load_dictionary", verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    call_command("load_standards", verbosity=0)
    point_at("postgres")


_names = (f"copy_{number}_{database.WORKER}" for number in itertools.count())


@pytest.fixture(autouse=True)
def roles_stay_as_they_are() -> Iterator[None]:
    """While this test runs no other worker changes what belongs to the whole server."""
    fcntl.flock(database.ROLES, fcntl.LOCK_SH)
    yield
    fcntl.flock(database.ROLES, fcntl.LOCK_UN)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No test sees the editions that another one published."""
    catalogue.forget()
    yield
    catalogue.forget()


@contextlib.contextmanager
def own_databases(blocker: Any) -> Iterator[Callable[..., str]]:
    made = []

    def make(source: str = database.LOADED) -> str:
        point_at("postgres")
        name = next(_names)
        database.copy(source, name)
        made.append(name)
        point_at(name)
        catalogue.forget()
        return name

    with blocker.unblock():
        try:
            yield make
        finally:
            point_at(database.PUBLISHED)
            for name in made:
                database.drop(name)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., str]]:
    """A database of the test's own, which it may commit to: call with the name of what it is a copy of."""
    with own_databases(django_db_blocker) as make:
        yield make


@pytest.fixture(scope="session")
def worked(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database in which something is in every table, to be copied."""
    from tests.acting import make_worked

    with own_databases(django_db_blocker) as make:
        name = make()
        make_worked()
        point_at(database.PUBLISHED)
        yield name


FOUNDERS = ("jianzhan", "jiandu")
"""Who set the portal up: the first asks for every account of the tests, the second confirms it."""


def make_account(username: str, role: str, family: str, given: str, *, office: str = "", password: str = "") -> Any:
    """An account that is in use, made as the portal makes them: asked for by one person, confirmed by another."""
    from accounts.models import Account, AccountDecision, AccountRequest
    from offices.models import Office

    founders = Account.objects.in_bulk(FOUNDERS, field_name="username")
    keeper, auditor = (founders[name] for name in FOUNDERS)
    with transaction.atomic():
        account = Account(username=username, is_staff=True, is_active=False, last_name=family, first_name=given)
        account.set_unusable_password()
        account.password_changed_at = timezone.now()  # by the clock of the test
        account.save()
        its_office = Office.objects.get(code=office) if office else None
        after = {"groups": [role], "is_active": True, "office": its_office and its_office.pk}
        asked = AccountRequest.objects.create(account=account, before={}, after=after, reason="试", by=keeper)
        AccountDecision.objects.create(request=asked, accepted=True, by=auditor)
        account.is_active, account.office = True, its_office
        account.save()
        account.groups.set([Group.objects.get(name=role)])
        if password:
            account.set_password(password)
            account.save()
    return account


def change_account(account: Any, **wanted: Any) -> None:
    """The account is so from now on, asked for and confirmed."""
    from accounts.models import Account, AccountRequest

    founders = Account.objects.in_bulk(FOUNDERS, field_name="username")
    keeper, auditor = (founders[name] for name in FOUNDERS)
    (asked,) = AccountRequest.ask(account, wanted, by=keeper, reason="变更")
    asked.confirm(by=auditor)
    account.refresh_from_db()


def move_to(account: Any, office: str) -> None:
    """The account belongs to that office from now on."""
    from offices.models import Office

    change_account(account, office=Office.objects.get(code=office).pk)


def make_root() -> Any:
    """The emergency account, which the owner of the database makes; needs a database of the test's own."""
    from accounts.models import Account

    Account.objects.using("owner").create(
        username="root", is_staff=True, is_superuser=True, last_name="周", first_name="急"
    )
    return Account.objects.get(username="root")


def make_additions() -> None:
    """One row of each kind that the bureau adds and the printed list has none of."""
    from accounts.models import Account
    from boundaries.models import Share, ShareOffice, ShareStage
    from cases.models import Member, Officer
    from clocks.models import Day
    from laws.models import Law, Repeal
    from offices.models import Department, Office, Succession
    from services.models import Event, Service
    from supervision.models import Regime, RegimeOffice

    by = {"added_by": "王芳", "added_on": datetime.date(2026, 11, 22), "basis": "三定规定"}
    office, share = Office.objects.get(code="GS-02"), Share.objects.get(code="BJ-01-01")
    gone, regime = Department.objects.get(code="BM-07"), Regime.objects.get(code="JG-10")
    service, ahead = Service.objects.get(code="FW-01"), timezone.localdate() + datetime.timedelta(days=30)
    for row in (
        Event(service=service, office=office, on=ahead, begins=datetime.time(9), place="县文化广场"),
        RegimeOffice(regime=regime, office=office, **by),
        ShareOffice(share=share, office=office, **by),
        ShareStage(share=share, stage="生产", **by),
        Repeal(law=Law.objects.get(code="FL-01"), repealed_on=datetime.date(2026, 1, 1), **by),
        Succession(department=gone, successor="县市场监管局", since=datetime.date(2019, 3, 1), **by),
    ):
        row.save(reason="整理")
    Day(notice=make_notice(), day=datetime.date(2027, 1, 1), kind="元旦").save(reason="整理")
    first = Account.objects.get(username=FOUNDERS[0])
    Officer(account=first, certificate="冀R0001", since=datetime.date(2018, 1, 1)).save(reason="换证")
    Member(account=first, post="member", since=datetime.date(2018, 1, 1)).save(reason="任命")


def make_notice(year: int = 2027, **values: Any) -> Any:
    """A notice of the State Council, no day of which is entered yet."""
    from clocks.models import Notice

    given = {"number": f"国办发明电〔{year - 1}〕7号", "issued_on": datetime.date(year - 1, 11, 4)}
    return Notice(year=year, **{**given, **values}).put(reason="录入")


def edited_models() -> list[Any]:
    """The working rows that some group edits on pages of their own."""
    from history.guards import working_models

    return [model for model in working_models() if who_edits(model)]


def who_edits(model: Any) -> str:
    """The group that does; empty where no group does as such."""
    from accounts.roles import ROLES

    return next((role for role, areas in ROLES.items() if "change" in areas.get(model.in_area(), ())), "")


@pytest.fixture
def wang(db: None, request: pytest.FixtureRequest) -> Any:
    """王芳, editor; where a test is about rows that another group edits, she is in that one."""
    return make_account("wangfang", editing(request), "王", "芳")


def editing(request: pytest.FixtureRequest) -> str:
    """The group that edits what a test is about."""
    model = request.node.callspec.params.get("model") if hasattr(request.node, "callspec") else None
    return who_edits(model) if hasattr(model, "in_area") else "编辑"


@pytest.fixture
def li(db: None) -> Any:
    """李强, head of an office."""
    return make_account("liqiang", "股长", "李", "强")


@pytest.fixture
def zhao(db: None) -> Any:
    """赵敏, keeper of accounts."""
    return make_account("zhaomin", "系统管理", "赵", "敏")


def signed_in(account: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(account)
    return client


@pytest.fixture
def citizen(db: None) -> Client:
    return Client()


def form_of(response: Any) -> dict[str, Any]:
    """What a browser would send back from the admin's change page, unchanged."""
    context = response.context
    data: dict[str, Any] = {}
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(bound.field, BooleanField):
                data |= {bound.html_name: "on"} if value else {}
            elif value is not None:
                data[bound.html_name] = str(value).replace("\n", "\r\n")
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = str(value)
    return data


WORKERS = 2


def own_folder(folder: Path) -> dict[str, str]:
    """The setting for a portal that keeps its files there: no paper yet, and the static files of the others."""
    if not (folder / "static").exists():
        (folder / "static").symlink_to(VAR / "static")
    return {"VAR": str(folder)}


@contextlib.contextmanager
def setting_papers(name: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process that sets paper, on a database of that name: of what is asked for, and nothing ahead."""
    serving, owner = embedded.urls(embedded.FOLDER, name)
    at_work = Path(environment.get("VAR", VAR)) / f"{name}.lock"
    own = {"DATABASE_URL": serving, "DATABASE_OWNER_URL": owner, "PAPER_QUEUE": name, "PAPERS_AHEAD": "0"}
    setting = subprocess.Popen(
        [sys.executable, "manage.py", "set_papers"], cwd=BASE, env={**os.environ, **own, **environment}
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), at_work.open() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    break
            assert setting.poll() is None, "set_papers did not start"
            time.sleep(0.05)
        yield setting
    finally:
        setting.terminate()
        setting.wait(20)
        at_work.unlink(missing_ok=True)


@contextlib.contextmanager
def served(name: str, **environment: str) -> Iterator[str]:
    """The portal as it is served in earnest: gunicorn, on a database of that name, all workers at work. Its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving, owner = embedded.urls(embedded.FOLDER, name)
    with tempfile.TemporaryDirectory() as folder:
        started = Path(folder) / "started"
        started.mkdir()
        config = Path(folder) / "gunicorn.conf.py"
        says_so = "\n\nours = post_worker_init\n\n\ndef post_worker_init(worker):\n    ours(worker)\n"
        says_so += f"    open(f'{started}/{{worker.pid}}', 'w').close()\n"
        config.write_text((BASE / "deploy" / "gunicorn.conf.py").read_text() + says_so)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "wenan_qts.wsgi:application", "--bind", f"127.0.0.1:{port}"),
                *("--workers", str(WORKERS), "--config", str(config)),
            ],
            cwd=BASE,
            env={
                **os.environ,
                "DATABASE_URL": serving,
                "DATABASE_OWNER_URL": owner,
                "PAPER_QUEUE": name,
                **environment,
            },
        )
        try:
            for _ in range(600):
                if len(list(started.iterdir())) == WORKERS:
                    break
                assert server.poll() is None, "gunicorn did not start"
                time.sleep(0.1)
            else:
                raise AssertionError("gunicorn did not start all its workers")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


__all__ = [
    "BASE",
    "FROZEN",
    "ORIGINAL",
    "REGISTER",
    "VAR",
    "Path",
    "as_if_committed",
    "change_account",
    "edited_models",
    "form_of",
    "make_account",
    "make_additions",
    "make_notice",
    "make_root",
    "move_to",
    "own_folder",
    "served",
    "setting_papers",
    "signed_in",
]
