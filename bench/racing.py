"""Two who write one row at the same moment, over and over: whoever comes second is told, and no update is lost."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bench.clock import wall

RACES, ITEM = 1000, "ZZ-01-01"


def measure() -> None:
    taken = wall(lambda: race(RACES))
    print(f"\n{RACES} races of two for one row: no update lost, {2 * RACES / taken:.0f} saves a second")


def race(times: int) -> None:
    """Both count one number up, having read it at the same moment; who is overtaken reads again. Raises AssertionError
    where not exactly one was overtaken in every race, or a number was lost or is missing in the history."""
    from duties.models import WorkItem

    first = WorkItem.objects.get(code=ITEM).put(reason="从零数起", position=0)
    before = first.history.latest().history_id
    with ThreadPoolExecutor(2) as pool:
        both_have_read = threading.Barrier(2)
        overtaken = [*pool.map(lambda number: _count_up(times, f"第 {number} 人", both_have_read), range(2))]
    item = WorkItem.objects.get(code=ITEM)
    assert item.position == 2 * times
    assert sum(overtaken) == times
    counted = item.history.filter(history_id__gte=before).values_list("position", flat=True)
    assert Counter(counted) == Counter(range(2 * times + 1))


def _count_up(times: int, who: str, both_have_read: threading.Barrier) -> int:
    """How often it was overtaken."""
    from django.db import connection

    from duties.models import WorkItem
    from history.trail import ConcurrentChange

    overtaken = 0
    try:
        for _ in range(times):
            item = WorkItem.objects.get(code=ITEM)
            both_have_read.wait(30)
            while True:
                try:
                    item.put(reason=who, position=item.position + 1)
                    break
                except ConcurrentChange:
                    overtaken += 1
                    item = WorkItem.objects.get(code=ITEM)
            both_have_read.wait(30)
    finally:
        connection.close()
    return overtaken
