"""How often somebody was turned away, and what of it is kept: whoever knocks ten thousand times leaves a few lines, not
ten thousand, and is refused at little cost."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import Tally

EVERYWHERE = "all"
LINES_AT_ONE_PLACE, LINES_IN_ALL = 20, 500
"""So many attempts are kept one by one in the time of a lock (settings.AXES_COOLOFF_TIME), at one address or of one
account, and in all; after that only the hundredth, the thousandth …, with its number."""
MOST_AT_ONE_PLACE, MOST_IN_ALL = 100, 2000
"""So many may fail in that time before nobody is asked for a password any more: at one address, or anywhere. A browser
in which the account was logged in before is still asked."""

ONE_MORE = """
INSERT INTO accounts_tally AS t (key, since, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN t.since <= %(over)s THEN 1 ELSE t.count + 1 END,
    since = CASE WHEN t.since <= %(over)s THEN excluded.since ELSE t.since END
RETURNING count
"""


def increment(key: str) -> int:
    """How many there were under this key by now, in the time that runs."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, {"key": key, "now": now, "over": now - settings.AXES_COOLOFF_TIME})
        count: int = cursor.fetchone()[0]
    if key == EVERYWHERE and count == 1:
        delete_expired()
    return count


def is_kept(count: int, lines: int) -> bool:
    """Whether the attempt with this number leaves a line: each of the first, then 100, 1000, 10000 …"""
    return count <= lines or (set(str(count)) == {"1", "0"} and str(count).count("1") == 1)


def exhausted_key(place: str) -> str:
    """The count that is full, so that nobody is asked for a password any more: the address's, or that of all; empty
    where neither is."""
    running = Tally.objects.filter(since__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
    counts = dict(running.filter(key__in=[EVERYWHERE, place]).values_list("key", "count"))
    if counts.get(place, 0) >= MOST_AT_ONE_PLACE:
        return place
    return EVERYWHERE if counts.get(EVERYWHERE, 0) >= MOST_IN_ALL else ""


def delete_expired() -> None:
    """What is over."""
    Tally.objects.filter(since__lte=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
