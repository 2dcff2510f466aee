"""Search: at the real size against a look-up by primary key, and among 100,000 items against a scan with LIKE."""

import contextlib
import random
import re
import statistics
from collections.abc import Iterator
from typing import Any

from bench.clock import wall

ITEMS, QUESTIONS, ROUNDS = 100_000, 150, 400


def measure() -> None:
    from editions.life.edition import Edition
    from editions.life.frozen import Entry
    from portal.answers import search
    from verbatim.folding import words

    edition = Edition.objects.get()
    search.index(edition)
    entry = Entry.objects.first()
    assert entry
    asked = ["计量", "烟花爆竹 运输", "检", "特种设备", "没有这个词", "责任"]
    found, looked = [], []
    for _ in range(ROUNDS):
        for question in asked:
            wanted = words(question)
            found.append(wall(lambda wanted=wanted: search.find(edition, wanted)))
            looked.append(wall(lambda: Entry.objects.get(pk=entry.pk)))
    a, b = statistics.median(found) * 1000, statistics.median(looked) * 1000
    print("\nSearch (wall time, turn by turn in one run)")
    print(f"  the whole list: search {a:.2f} ms, look-up by primary key {b:.2f} ms, ratio {a / b:.2f}")
    among_many(edition)


@contextlib.contextmanager
def unhurried() -> Iterator[Any]:
    """A cursor whose statements may take their time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        yield cursor
        cursor.execute("RESET statement_timeout")


def among_many(edition: object) -> None:
    from django.db import connection, connections

    from portal.answers import search
    from portal.models import SearchEntry
    from verbatim.folding import grams, words

    chance = random.Random(20171201)  # noqa: S311 (a repeatable choice)
    lines = [line for text in SearchEntry.objects.values_list("folded", flat=True) for line in text.split("\n")]
    fragments = [piece for line in lines for piece in re.split(r"[,。;、]", line) if len(piece) > 1]
    made = ["\n".join(chance.sample(fragments, chance.randint(4, 12))) for _ in range(ITEMS)]
    # Names of places, so that some words are rare as they are in a province.
    made = [f"{text}\n{chance.choice('东西南北上下大小')}{chr(0x5000 + chance.randrange(4000))}镇" for text in made]
    start = SearchEntry.objects.count()
    edition.entry_count += ITEMS
    with (
        unhurried() as cursor,
        cursor.copy("COPY portal_searchentry (edition_id, rank, kind, code, folded, grams) FROM STDIN") as copy,
    ):
        for number, text in enumerate(made):
            every = sorted(set().union(*(grams(line) for line in text.split("\n"))))
            copy.write_row((edition.pk, start + number, "duties", f"ZZ-{start + number}", text, every))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE portal_searchentry")

    def question() -> list[str]:
        line = chance.choice(chance.choice(made).split("\n"))
        size = chance.choice([1, 2, 2, 2, 3, 4, 6])
        at = chance.randrange(max(1, len(line) - size + 1))
        return words(line[at : at + size])

    def scan(wanted: list[str]) -> list[object]:
        like = " AND ".join(["folded LIKE %s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT kind, code FROM portal_searchentry WHERE edition_id = %s AND {like} ORDER BY rank LIMIT %s",
                [edition.pk, *(f"%{word}%" for word in wanted), search.MOST],
            )
            return cursor.fetchall()

    found, scanned = [], []
    for _ in range(QUESTIONS):
        wanted = question() if chance.random() < 0.7 else [*question(), *question()]
        one, two = search.find(edition, wanted), scan(wanted)
        assert one == two, wanted
        found.append(wall(lambda wanted=wanted: search.find(edition, wanted)))
        scanned.append(wall(lambda wanted=wanted: scan(wanted)))
    print(f"  {ITEMS} items, {QUESTIONS} questions: {'median':>10} {'p95':>8} {'max':>8}")
    for name, times in (("search", found), ("LIKE", scanned)):
        ordered = sorted(times)
        print(
            f"    {name:32} {statistics.median(times) * 1000:8.2f} {ordered[int(len(ordered) * 0.95)] * 1000:8.2f}"
            f" {ordered[-1] * 1000:8.2f} ms"
        )
    p95 = [sorted(times)[int(len(times) * 0.95)] for times in (found, scanned)]
    print(f"    ratio of p95 {p95[0] / p95[1]:.3f}")
