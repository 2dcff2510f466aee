"""Loading, composing and freezing the whole list; pages, search and what is served, each against a yardstick."""

import os
import statistics
from pathlib import Path

from bench.clock import cpu, wall

BASE = Path(__file__).resolve().parent.parent

# Before anything reads it: the measurements drop and make their database, and must never meet another.
os.environ["VAR"] = str(BASE / "var" / "bench")
os.environ["DJANGO_SETTINGS_MODULE"] = "wenan_qts.settings"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PRODUCTION", "URL_PREFIX"):
    os.environ.pop(name, None)

PAGES = ["/", "/duties/", "/boundaries/", "/services/", "/supervision/", "/duties/zz-02/", "/boundaries/bj-01/",
         "/services/fw-01/", "/supervision/jg-06/"]  # fmt: skip
ROUNDS = 60


def main() -> None:
    from wenan_qts import embedded

    with embedded.running(embedded.FOLDER):
        import django

        django.setup()
        measure()


def measure() -> None:
    import psycopg
    import tablib
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from bench import (
        answering,
        cases,
        changing,
        comparing,
        exporting,
        growing,
        ledger,
        printing,
        racing,
        searching,
        serving,
        urls,
        verifying,
    )
    from editions.life.edition import Edition
    from editions.public import catalogue
    from editions.register import register
    from editions.register.register import compose
    from services.resources import ServiceResource
    from wenan_qts import embedded
    from wenan_qts.launch import collect_static

    assert embedded.FOLDER.is_relative_to(BASE / "var" / "bench")
    socket = embedded.urls(embedded.FOLDER)[0].split("host=")[1]
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as fresh:
        fresh.execute("DROP DATABASE IF EXISTS wenan WITH (FORCE)")
    embedded.ensure_database(embedded.FOLDER)
    call_command("migrate", database="owner", verbosity=0)
    collect_static()
    files = sorted(str(path) for path in (BASE / "fixtures" / "2017-12").glob("*.yaml"))

    print("The whole list")
    print(f"  load into an empty database   {wall(lambda: call_command('load_register', *files, verbosity=0)):7.2f} s")
    print(f"  load again, nothing changed   {wall(lambda: call_command('load_register', *files, verbosity=0)):7.2f} s")
    print(
        f"  freeze, seal and publish      {wall(lambda: call_command('publish_edition', *files, verbosity=0)):7.2f} s"
    )
    for called, composing in {
        "compose": lambda: (register._composed.clear(), compose()),
        "compose the same rows again": compose,
    }.items():
        with CaptureQueriesContext(connection) as captured:
            composing()
        times = [cpu(composing) for _ in range(ROUNDS)]
        print(f"  {called:29} {statistics.median(times):7.1f} ms CPU, {len(captured)} queries")
    edition = Edition.objects.get()
    table = tablib.Dataset(headers=["代码", "序号", "排列顺序", "服务事项"])
    for number in range(11, 511):
        table.append([f"FW-{number}", str(number), number, f"事项{number}"])
    preview = wall(lambda: ServiceResource(reason="测").import_data(table, dry_run=True))
    print(f"  preview a table of 500 rows   {preview:7.2f} s")
    print(f"  entries in the edition        {edition.entry_count:7d}")

    print("\nPages, uncached, against a bare view with the same bytes (same middleware; median of CPU time, one run)")
    print(f"  {'page':24} {'KB':>6} {'queries':>8} {'page ms':>8} {'bare ms':>8} {'ratio':>6}")
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"]):
        client = Client()
        for path in PAGES:
            urls.BYTES[path] = client.get(path).content
            catalogue.forget()
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            queries = len(captured)  # later requests empty the log
            page, bare = [], []
            for _ in range(ROUNDS):
                catalogue.forget()  # each request looks at the database, as the first one of a second does
                page.append(cpu(lambda path=path: client.get(path)))
                bare.append(cpu(lambda path=path: client.get("/bare/", {"page": path})))
            a, b = statistics.median(page), statistics.median(bare)
            size = len(urls.BYTES[path]) / 1024
            print(f"  {path:24} {size:6.1f} {queries:8d} {a:8.2f} {b:8.2f} {a / b:6.1f}")
    changing.measure()
    verifying.measure()
    ledger.measure()
    printing.measure()
    exporting.measure()
    searching.measure()
    answering.measure()
    comparing.measure()
    growing.measure()
    cases.measure()
    racing.measure()
    connections.close_all()
    serving.measure()


if __name__ == "__main__":
    main()
