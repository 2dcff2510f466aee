"""What became of one item: every form in which it was published, and the editions that held it."""

from dataclasses import dataclass
from typing import Any

from editions.form import parts
from editions.life.edition import Edition
from editions.life.frozen import Entry
from editions.life.proposal import Proposal
from editions.public.catalogue import Catalogue
from editions.public.changes import Changes, latest
from editions.register.comparison import Change
from editions.register.register import Listed, read_version


@dataclass(frozen=True)
class Stage:
    """One form of the item: what changed when it came, and the editions that hold it, the earliest first."""

    change: Change
    changes: Changes | None
    """All that the edition changed which brought it; None for the first edition."""
    held: list[Edition]

    @property
    def edition(self) -> Edition:
        """The one that brought it."""
        return self.held[0]


def history(seen: Catalogue, part: parts.Part, code: str) -> list[Stage]:
    """The published forms of an item, the latest first; empty if there was never one. One query, however many editions
    there are. Each is compared with what its edition built on: what was revoked in between is no part of its way."""
    listed = _listed(seen, part, code)
    stages: dict[Any, Stage] = {}
    for edition in reversed(seen.published):
        before = seen.before(edition)
        was, is_now = listed.get(before), listed.get(edition)
        if was is None and is_now is None:
            continue
        change = Change(part, code, was, is_now)
        if change.change_types:
            stages[edition] = Stage(change, latest(seen, edition), [edition])
        else:
            stages[edition] = stages[before]
            stages[edition].held.append(edition)
    return list({stage.edition: stage for stage in reversed(stages.values())}.values())


def _listed(seen: Catalogue, part: parts.Part, code: str) -> dict[Any, Listed]:
    """By edition: the item as it stands there."""
    stored = {edition.pk: edition for edition in seen.published if isinstance(edition, Edition)}
    rows = Entry.objects.filter(edition__in=stored, kind=part.name, code=code).values_list(
        "edition_id", "serial", "version__digest", "version__schema", "version__text"
    )
    found: dict[Any, Listed] = {
        stored[edition]: Listed(serial, read_version(part.name, schema, text, digest), digest)
        for edition, serial, digest, schema, text in rows
    }
    proposed = [each for each in seen.published if isinstance(each, Proposal)]
    return found | {each: listed for each in proposed if (listed := each.register().find(part.name, code))}
