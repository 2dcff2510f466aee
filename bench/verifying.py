"""What reading everything again costs: the check-up of the whole list, and verifying many versions."""

import statistics
from typing import Any

from bench.clock import cpu, wall

ROUNDS = 20
VERSIONS = 40_000


def measure() -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from editions.checkup.dictionary import Dictionary
    from editions.checkup.rule import CheckContext, check
    from editions.register.register import compose
    from laws.dictionary import stored
    from portal.keeping import verifying

    print("\nReading everything again")
    register, dictionary = compose(), Dictionary.of(stored())

    def checked() -> Any:
        return check(CheckContext(register, dictionary, timezone.localdate()))

    found = checked()
    times = [cpu(checked) for _ in range(ROUNDS)]
    print(f"  check-up of the whole list    {statistics.median(times):7.1f} ms CPU, {len(found)} findings")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO editions_version (kind, code, schema, text, digest)"
                " SELECT kind, code, schema, t, encode(sha256(convert_to(concat_ws(E'\\n', kind, schema, t), 'UTF8')),"
                " 'hex') FROM (SELECT v.kind, v.code, v.schema, v.text || n AS t FROM editions_version v,"
                " generate_series(1, %s) n) many LIMIT %s",
                [VERSIONS // 100, VERSIONS],
            )
        seconds = wall(lambda: list(verifying.version_faults()))
        print(f"  verify {VERSIONS} versions         {VERSIONS / seconds:7.0f} a second")
        transaction.set_rollback(True)
    print(f"  verify everything             {wall(lambda: list(verifying.faults())):7.2f} s")
