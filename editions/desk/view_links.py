"""Where the staff can look further at something of the desk: an edition, or what may become one, as a reader will; what
a finding came of. The floors above add their own ways (previews, papers, reports of citizens)."""

from collections.abc import Callable, Iterator
from typing import Any

LinkProvider = Callable[[Any], Iterator[tuple[str, str]]]
"""What each way is called, and its address."""

_providers: list[tuple[type, LinkProvider]] = []


def register(of: type, provider: LinkProvider) -> None:
    """Ways from all that is of that kind."""
    _providers.append((of, provider))


def links_for(seen: Any) -> list[tuple[str, str]]:
    return [link for of, provider in _providers if isinstance(seen, of) for link in provider(seen)]
