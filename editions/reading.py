"""An edition as somebody reads it: the documents, and addresses that stay in the edition that is being read."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from editions import catalogue
from editions.catalogue import Catalogue
from editions.models import Edition
from editions.register import Register

PAGES = ("contents", "part", "item", "editions")
"""What is read, and so has its 长辈版; the rest are files."""


class NothingInForce(Exception):
    """No edition has been published yet."""


@dataclass(frozen=True)
class Reading:
    edition: Edition
    register: Register
    permanent: bool
    """Read under /editions/<label>/ and not as the edition in force."""
    catalogue: Catalogue
    elder: bool = False
    """长辈版: the same pages, larger, under a prefix of their own."""

    def url(self, name: str, **where: Any) -> str:
        """The address of a page, in the edition that is being read and in the same dress."""
        space = "elder:" if self.elder and name in PAGES else ""
        if self.permanent and name != "editions":
            return reverse(f"{space}edition:{name}", kwargs={"label": self.edition.label, **_place(where)})
        return reverse(space + name, kwargs=_place(where))

    def permanent_url(self, name: str, **where: Any) -> str:
        return reverse(f"edition:{name}", kwargs={"label": self.edition.label, **_place(where)})

    def in_the_other_dress(self) -> "Reading":
        return replace(self, elder=not self.elder)

    @property
    def in_force(self) -> Edition:
        return self.catalogue.published[0]

    @property
    def is_in_force(self) -> bool:
        return self.edition.pk == self.in_force.pk


def open_edition(label: str | None, *, elder: bool = False) -> Reading:
    """The published edition with that label, or the one in force. Raises Http404, NothingInForce."""
    seen = catalogue.look()
    if not seen.published:
        raise NothingInForce
    edition = seen.in_force if label is None else next((e for e in seen.published if e.label == label), None)
    if edition is None:
        raise Http404(f"没有公布过 {label} 版。")
    return Reading(edition, edition.register(), label is not None, seen, elder)


def _place(where: dict[str, Any]) -> dict[str, Any]:
    """Codes stand in addresses in small letters."""
    return where | {"code": where["code"].lower()} if "code" in where else where
