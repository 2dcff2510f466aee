"""What differs between the working rows and the edition that a new one builds on, and who changed it last."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.register.comparison import Change, compare
from editions.register.register import Listed, Register, compose


@dataclass(frozen=True)
class Touch:
    """The latest line of the trail of an item or of a row inside it."""

    at: datetime.datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Row:
    """Something that differs: who changed it last, and the edition under way that has it as it is now, if any."""

    change: Change
    touch: Touch | None
    taken_by: Edition | None

    @property
    def key(self) -> Key:
        return self.change.key


@dataclass(frozen=True)
class Unpublished:
    base: Edition
    working: Register
    changes: tuple[Change, ...]
    touched: dict[Key, Touch]
    under_way: tuple[Edition, ...]

    def rows(self) -> list[Row]:
        """What can be picked, in the order of the list."""
        return [Row(change, self.touched.get(change.key), self._taken_by(change)) for change in self.changes]

    def _taken_by(self, change: Change) -> Edition | None:
        if change.moved:
            return None  # where it stands among the others is not compared
        for edition in self.under_way:
            there = edition.register().find(*change.key)
            if _state(change, there) == _state(change, change.new):
                return edition
        return None


def _state(change: Change, listed: Listed | None) -> tuple[str, str] | None:
    return (listed.digest(change.kind.name), listed.serial) if listed else None


def unpublished() -> Unpublished | None:
    """In a constant number of queries; None before the first edition. Raises Refused where the working rows make
    no list."""
    base = Edition.objects.base()
    if base is None:
        return None
    working = compose()
    changes = compare(base.register(), working)
    touched = last_touched(change.key for change in changes)
    return Unpublished(base, working, changes, touched, tuple(Edition.objects.under_way()))


def last_touched(keys: Iterable[Key]) -> dict[Key, Touch]:
    """Who changed something of each of these last, and why: one query for each table that has anything of them."""
    codes: dict[str, list[str]] = {}
    for name, code in keys:
        codes.setdefault(name, []).append(code)
    touched: dict[Key, Touch] = {}
    for kind in parts.kinds():
        if kind.name not in codes or not isinstance(kind, parts.RowKind):
            continue
        for model, way in kind.rows():
            latest = model.history.filter(**{f"{way}__in": codes[kind.name]}).order_by(way, "-history_id").distinct(way)
            for code, at, by, account, reason in latest.values_list(
                way, "history_date", "history_user_name", "history_user", "history_change_reason"
            ):
                key = Key(kind.name, code)
                known = touched.get(key)
                if known is None or known.at < at:
                    touched[key] = Touch(at, by if account else "命令行", reason or "")
    return touched
