"""An edition as somebody reads it: the documents, and addresses that stay in the edition that is being read."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from editions.life.edition import Edition
from editions.public import addresses, catalogue
from editions.public.catalogue import Catalogue
from editions.register.register import Register


class NothingInForce(Exception):
    """No edition has been published yet, or every one that was is revoked: these, the latest first."""

    def __init__(self, published: tuple[Edition, ...] = ()) -> None:
        self.published = published
        super().__init__()


class Preview(Protocol):
    """Where something is previewed."""

    @property
    def name(self) -> str:
        """What its addresses call it."""

    def url(self, name: str, *, elder: bool, **where: Any) -> str: ...


@dataclass(frozen=True)
class Reading:
    edition: Edition
    register: Register
    permanent: bool
    """Read under /editions/<label>/ and not as the edition in force."""
    catalogue: Catalogue
    elder: bool = False
    """长辈版: the same pages, larger, under a prefix of their own."""
    preview: Preview | None = None
    """Where the staff see it before it is public; None for what is."""

    def url(self, name: str, **where: Any) -> str:
        """The address of a page, in the edition that is being read and in the same dress, as far as there is one."""
        where, group = _place(where), addresses.group_of(name)
        if self.preview and group.is_previewed:
            return self.preview.url(name, elder=self.elder and group.has_elder, **where)
        label = {"label": self.edition.label} if self.permanent and group.of_each_edition else {}
        space = group.space(elder=self.elder, permanent=self.permanent)
        return reverse(f"{space}{name}", kwargs=where | label)

    def permanent_url(self, name: str, **where: Any) -> str:
        return replace(self, permanent=True, elder=False).url(name, **where)

    def url_in(self, edition: Edition, name: str, **where: Any) -> str:
        """The permanent address of a page in another edition, in the same dress; of what is previewed, its preview."""
        if self.preview and edition is self.edition:
            return self.url(name, **where)
        return replace(self, edition=edition, permanent=True, preview=None).url(name, **where)

    def dressed(self, *, elder: bool) -> "Reading":
        return replace(self, elder=elder)

    def citation(self, named: str, url: str) -> str:
        """What somebody copies who cites it: the list, its edition, which of it, since when, where."""
        cover, edition = self.register.cover, self.edition
        return f"{cover.title}（{cover.date_line}），{edition.named}，{named}，自 {edition.effective_on} 起施行，{url}"

    @property
    def in_force(self) -> Edition | None:
        return self.catalogue.in_force

    @property
    def is_in_force(self) -> bool:
        return self.edition == self.in_force


def open_edition(label: str | None, *, elder: bool = False) -> Reading:
    """The published edition with that label, or the one in force. Raises Http404, NothingInForce."""
    seen = catalogue.current()
    if label is None and seen.in_force is None:
        raise NothingInForce(seen.published)
    edition = seen.in_force if label is None else seen.find(label)
    if edition is None:
        raise Http404(f"没有公布过 {label} 版。")
    return Reading(edition, edition.register(), label is not None, seen, elder)


def open_any(*, elder: bool = False) -> Reading:
    """For the pages that are of no edition: the one in force, or where none is the latest that was, which has only its
    permanent addresses left."""
    seen = catalogue.current()
    if not seen.published:
        raise NothingInForce
    edition = seen.in_force or seen.published[0]
    return Reading(edition, edition.register(), seen.in_force is None, seen, elder)


def address(path: str) -> str:
    """The whole address of a path of this site, as it stands on paper and in feeds."""
    return f"{settings.SITE_URL}{path}"


def _place(where: dict[str, Any]) -> dict[str, Any]:
    """Codes stand in addresses in small letters."""
    return where | {"code": where["code"].lower()} if "code" in where else where
