"""Where pages stand: below / (of the edition in force), below /editions/<label>/ (of that edition), and each of them
once more as 长辈版. A group of pages says once in which of these places it is; the tree of URLs, and the address of a
page in the edition that is being read, follow from it. What a page of a lower floor leads up to (the page of an office,
the PDF of an item, the search) is named here by the floor that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import include, path


@dataclass(frozen=True)
class Group:
    """Pages that stand in the same places."""

    patterns: tuple[Any, ...]
    of_no_edition: bool = True
    """Below /, of the edition in force or of none."""
    of_each_edition: bool = False
    """Below /editions/<label>/."""
    has_elder: bool = False
    """With a 长辈版."""
    is_previewed: bool = False
    """Shown of what is not public, too."""

    def names(self) -> Iterator[str]:
        yield from (pattern.name for pattern in self.patterns)

    def space(self, *, elder: bool, permanent: bool) -> str:
        """The namespace of its pages in that dress, of an edition by its label or of none, as far as there is one:
        files are in no dress, and the page of all editions is in none of them."""
        dress = "elder:" if elder and self.has_elder else ""
        return dress + ("edition:" if permanent and self.of_each_edition else "")


@dataclass(frozen=True)
class PagesOfKind:
    """Pages of documents that are no items of a part: offices, departments, laws."""

    kind: str
    label: str
    """What the head of every page calls them."""
    all: str
    """The name of the page of all of them, given `kind`."""
    one: str
    """The name of the page of one, given `kind` and `code`."""


def _always(seen: Any) -> bool:
    return True


@dataclass(frozen=True)
class SinglePage:
    """A page of which there is one."""

    name: str
    label: str
    """What the foot of every page calls it; empty where it does not stand there."""
    is_there: Callable[[Any], bool] = _always
    """Whether there is anything on it, by the catalogue."""


_groups: dict[str, Group] = {}
_pages_of_kinds: dict[str, PagesOfKind] = {}
_papers: dict[str, str] = {}
_single_pages: dict[str, SinglePage] = {}
_beside: dict[tuple[str, str], list[SinglePage]] = {}


def register_group(*patterns: Any, **places: bool) -> Group:
    made = Group(patterns, **places)
    _groups.update(dict.fromkeys(made.names(), made))
    return made


def group_of(name: str) -> Group:
    """The group of the page of that name."""
    return _groups[name]


def register_pages_of_kind(kind: str, label: str, *, all: str, one: str) -> None:
    _pages_of_kinds[kind] = PagesOfKind(kind, label, all, one)


def pages_of_kinds() -> Iterable[PagesOfKind]:
    return _pages_of_kinds.values()


def pages_of_kind(kind: str) -> PagesOfKind | None:
    return _pages_of_kinds.get(kind)


def register_pdf(name: str, paper: str) -> None:
    """The page of that name is to be had as a PDF."""
    _papers[name] = paper


def pdf_of_page(name: str) -> str:
    """The name of the PDF of that page; empty where there is none."""
    return _papers.get(name, "")


def register_single_page(
    purpose: str, name: str, *, label: str = "", is_there: Callable[[Any], bool] = _always
) -> None:
    """The page of that name serves a purpose of every page: the search field asks it, an item leads to it. With a
    label it stands at the foot of every page, as long as there is anything on it."""
    _single_pages[purpose] = SinglePage(name, label, is_there)


def single_page(purpose: str) -> str:
    """Its name; empty where there is none."""
    return _single_pages[purpose].name if purpose in _single_pages else ""


def register_page_beside(
    part: str, code: str, name: str, *, label: str, is_there: Callable[[Any], bool] = _always
) -> None:
    """What one item of the list says has a page of its own, to which the item leads."""
    _beside.setdefault((part, code), []).append(SinglePage(name, label, is_there))


def pages_beside(part: str, code: str, seen: Any) -> list[SinglePage]:
    return [page for page in _beside.get((part, code), []) if page.is_there(seen)]


def pages_at_the_foot(seen: Any) -> list[SinglePage]:
    return [page for page in _single_pages.values() if page.label and page.is_there(seen)]


def tree(groups: Iterable[Group]) -> list[Any]:
    """The URLs of all groups, each in all its places."""
    groups = list(groups)

    def within(*, elder: bool) -> list[Any]:
        here = [each for each in groups if each.has_elder or not elder]
        below = [pattern for each in here if each.of_each_edition for pattern in each.patterns]
        return [
            *(pattern for each in here if each.of_no_edition for pattern in each.patterns),
            # /editions/2017-12/…
            path("editions/<label:label>/", include((below, "edition"))),
        ]

    # /elder/…
    return [*within(elder=False), path("elder/", include((within(elder=True), "elder")), {"elder": True})]
