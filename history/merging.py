"""Two people at one row: what both started from (base), what the other made of it (theirs), what I made of it (own),
brought together field by field."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

OWN, THEIRS = "own", "theirs"

UNKNOWN = object()
"""Nobody knows what the field held; it is equal to nothing."""


@dataclass(frozen=True)
class Merge:
    values: dict[str, Any]
    """The fields that are settled."""
    disputed: frozenset[str]
    """The fields that somebody has to choose."""


def merge(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    own: Mapping[str, Any],
    *,
    chosen: Mapping[str, str] = {},
    decisive: Collection[str] = (),
) -> Merge:
    """What one side alone changed is taken, what both changed to the same is no dispute, what both changed differently
    is disputed unless it is `chosen` (OWN or THEIRS).

    `theirs` and `own` have the same fields; a field that `base` does not have is unknown. A `decisive` field (whether
    the row is listed at all) is disputed too when one side changed it and the other side changed anything else: neither
    knew what the other was about.
    """
    changed_by_them = {name for name in theirs if theirs[name] != base.get(name, UNKNOWN)}
    changed_by_me = {name for name in own if own[name] != base.get(name, UNKNOWN)}
    values: dict[str, Any] = {}
    disputed = set()
    for name in theirs:
        if theirs[name] == own[name]:
            values[name] = own[name]
        elif name in chosen:
            values[name] = own[name] if chosen[name] == OWN else theirs[name]
        elif changed_by_them and changed_by_me and (name in decisive or name in changed_by_them & changed_by_me):
            disputed.add(name)
        else:
            values[name] = own[name] if name in changed_by_me else theirs[name]
    return Merge(values, frozenset(disputed))
