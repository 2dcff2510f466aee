"""Where the staff can look at an edition, or at what may become one, as a reader will: the floors above add their own
ways (previews, papers)."""

from collections.abc import Callable, Iterator

from editions.desk.drafts import Draft
from editions.life.edition import Edition

LinkProvider = Callable[[Edition | Draft], Iterator[tuple[str, str]]]
"""What each way is called, and its address."""

_providers: list[LinkProvider] = []


def register(provider: LinkProvider) -> None:
    _providers.append(provider)


def links_for(edition: Edition | Draft) -> list[tuple[str, str]]:
    return [link for provider in _providers for link in provider(edition)]
