"""Where the staff can look at an edition, or at what may become one, as a reader will: the floors above add their own
ways (previews, papers)."""

from collections.abc import Callable, Iterator

from editions.desk.drafts import Draft
from editions.life.edition import Edition

Looks = Callable[[Edition | Draft], Iterator[tuple[str, str]]]
"""What each way is called, and its address."""

_ways: list[Looks] = []


def register(looks: Looks) -> None:
    _ways.append(looks)


def of(edition: Edition | Draft) -> list[tuple[str, str]]:
    return [look for looks in _ways for look in looks(edition)]
