"""Two lists of 4,000 items compared, every redline of it: 5 % of the items added, retired, moved or changed."""

import random
import statistics
from typing import Any

from bench.clock import wall

ITEMS, ROUNDS = 4000, 7
EACH = ITEMS // 80
"""So many of each of the four sorts."""
WORDS = {"组织": "牵头组织", "监督": "监督检查", "管理": "统一管理", "活动": "系列活动", "计量": "法制计量"}


def measure() -> None:
    from editions.register.comparison import Change, compare, counts

    old, new = lists()

    def compared() -> tuple[Change, ...]:
        changes = compare(old, new)
        for change in changes:
            for field in change.fields:
                assert field.pieces
        return changes

    first = wall(compared)
    times = [wall(compared) for _ in range(ROUNDS)]
    said = "、".join(f"{label} {number}" for label, number in counts(compared()))
    print(f"\nTwo lists of {ITEMS} items compared (wall time, every redline made; {said})")
    print(f"  the first time {first:.2f} s, then {statistics.median(times):.2f} s (at most {max(times):.2f} s)")


def lists() -> tuple[Any, Any]:
    """A list as it was frozen, and as it is after some work, both as they are read from editions: items of all parts,
    each with the text of a printed one."""
    from editions.life.edition import Edition
    from editions.register.register import Register

    chance = random.Random(20180301)  # noqa: S311 (a repeatable choice)
    printed = Edition.objects.get().register()
    every = [(part.name, row) for part in printed.parts for row in printed.of(part.name)]
    old: dict[str, list[Any]] = {part.name: [] for part in printed.parts}
    for number in range(ITEMS):
        kind, row = every[number % len(every)]
        old[kind].append(numbered(kind, row, number))
    new = {kind: list(rows) for kind, rows in old.items()}
    for number in range(EACH):
        # A part is met as often as it has items.
        kind, model = chance.choice(every)
        rows = new[kind]
        place = chance.randrange(len(rows))
        rows[place] = reworded(kind, rows[place], chance)
        rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
        rows.pop(chance.randrange(len(rows)))
        rows.insert(chance.randrange(len(rows)), numbered(kind, model, ITEMS + number))
    return tuple(Register({kind: tuple(rows) for kind, rows in each.items()}) for each in (old, new))  # type: ignore[return-value]


def numbered(kind: str, row: Any, number: int) -> Any:
    """The row with the text of another, under a code of its own."""
    code = row.document.code
    return frozen(kind, row, row.document.canonical().replace(f'"{code}', f'"{code[:3]}{100 + number}'))


def reworded(kind: str, row: Any, chance: random.Random) -> Any:
    """The row with one word made two, somewhere in its text."""
    text = row.document.canonical()
    word = chance.choice([word for word in WORDS if word in text])
    before, after = text.split(word, 1)
    return frozen(kind, row, before + WORDS[word] + after)


def frozen(kind: str, row: Any, text: str) -> Any:
    from editions.register.register import SCHEMA, Listed, read_version, version_digest

    digest = version_digest(kind, SCHEMA, text)
    return Listed(row.serial, read_version(kind, SCHEMA, text, digest), digest)
