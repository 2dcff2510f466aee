"""What an edition prints of itself: how many items it declares, the date of its cover, who filled in the form, when.

编制 proposes it and the editor may write it otherwise. It belongs to the edition: the working rows take it over when
the edition is issued, and never from one that came back.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acts.models import name_of
from editions.checkup.rulings import as_printed
from editions.form import parts
from editions.form.dates import DATE
from editions.register.register import Listed, Register

VALUE = re.compile(r"(?<=[：:]).*")
"""What stands behind the label of a line: 填报人：陈发新."""
LABELS = {"date_line": "封面日期", "compiler": "填报人", "filled_on": "填报时间", "phone": "联系电话"}

Lines = Mapping[str, str]
"""Printed lines by where they stand: `cover date_line`, `duties compiler`."""


def proposed_lines(base: Register, picked: Register, *, by: Any, effective_on: datetime.date) -> dict[str, str]:
    """The lines as the new edition will most likely print them: dated in the month in which it comes into force, filled
    in by whoever puts it together. What somebody changed and picked stays as it is, and what is not printed is not
    asked for."""
    before, lines = lines_of(base), lines_of(picked)
    for place, line in lines.items():
        if line == before.get(place):
            _, field = place.split()
            if field in ("date_line", "filled_on"):
                lines[place] = DATE.sub(lambda found: _dated(found, effective_on), line)
            elif field == "compiler":
                lines[place] = VALUE.sub(lambda _: name_of(by), line)
    return lines


def label(place: str) -> str:
    """封面日期; 部门职责：填报人."""
    where, field = place.split()
    part = parts.part(where)
    return f"{part.label}：{LABELS[field]}" if part else LABELS[field]


def declared_counts(register: Register, base: Register, *, written: Mapping[str, int], keep: bool) -> dict[str, int]:
    """What each part declares: what the editor wrote, or else what the part holds. Where the counts were ruled to stand
    as printed (原文如此), or are to be kept, they stay as the base has them."""
    stay = keep or counts_stand_as_printed(base)
    held = {part.name: len(register.of(part.name)) for part in register.parts}
    printed = {part.name: number for part in base.parts if (number := base.declared(part.name)) is not None}
    return (printed if stay else held) | dict(written)


def counts_stand_as_printed(register: Register) -> bool:
    marks = [mark for mark in as_printed() if mark.kind == "cover" and mark.stands_in(register.cover)]
    return any(re.search(r"\d+\s*项", mark.text) for mark in marks)


def with_imprint(register: Register, *, lines: Lines, declared: Mapping[str, int]) -> Register:
    """The register with these lines, and these counts in the numbers and in the printed lines of the cover."""
    return _with_lines(_declaring(register, declared), lines)


def take_over(edition: Any, by: Any) -> None:
    """The working rows print of themselves what the edition that is being issued prints, as far as nobody changed them
    meanwhile; otherwise the next edition would go back to the old counts and dates."""
    assert edition.builds_on is not None
    before, now = edition.builds_on.register(), edition.register()
    fields = {
        "frames": ("declared", "compiler", "filled_on", "phone"),
        "cover": ("declared", "total_line", "breakdown_line", "date_line"),
    }
    for name, printed in fields.items():
        kind: Any = parts.get(name)
        for listed in now.of(name):
            key = getattr(listed.document, kind.key)
            row = kind.model.objects.filter(**{kind.key: key}).first()
            if row is None:
                continue
            old = before.find(name, key)
            values = {
                field: value
                for field in printed
                if (value := getattr(listed.document, field)) != (was := _printed_before(old, kind, field))
                and getattr(row, field) == was
            }
            row._history_user = by
            row.put(reason=f"公布 {edition.label} 版：封面和填报栏", **values)


@dataclass(frozen=True)
class Declared:
    """How many items a part declares, before and after."""

    part: parts.Part
    before: int | None
    after: int | None


def declared_changes(base: Register, register: Register) -> list[Declared]:
    return [Declared(part, base.declared(part.name), register.declared(part.name)) for part in register.parts]


def _printed_before(old: Listed | None, kind: parts.Kind, field: str) -> Any:
    """What stood there in the edition before; nothing where the part is new."""
    return getattr(old.document, field) if old else kind.document.model_fields[field].default


def lines_of(register: Register) -> dict[str, str]:
    """The lines that are printed at all."""
    lines = {"cover date_line": register.cover.date_line}
    for frame in register.documents("frames"):
        lines |= {f"{frame.part} {field}": getattr(frame, field) for field in ("compiler", "filled_on", "phone")}
    return {place: line for place, line in lines.items() if line}


def _dated(found: re.Match[str], day: datetime.date) -> str:
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if found["day"] else "")


def _with_lines(register: Register, lines: Lines) -> Register:
    changed = {
        kind: tuple(
            Listed(row.serial, row.document.with_values(**update))
            if (update := _differing(row.document, where or row.document.part, lines))
            else row
            for row in register.of(kind)
        )
        for kind, where in (("cover", "cover"), ("frames", ""))
    }
    return Register({**register.listed, **changed})


def _differing(document: Any, where: str, lines: Lines) -> dict[str, str]:
    own = {place.split()[1]: line for place, line in lines.items() if place.split()[0] == where}
    return {field: line for field, line in own.items() if getattr(document, field) != line}


def _declaring(register: Register, counts: Mapping[str, int]) -> Register:
    frames = tuple(
        Listed(row.serial, row.document.model_copy(update={"declared": counts[row.document.part]}))
        if counts.get(row.document.part, row.document.declared) != row.document.declared
        else row
        for row in register.of("frames")
    )
    cover = register.cover
    declared = [row.document.declared for row in frames]
    if all(number is not None for number in declared) and frames != register.of("frames"):
        total = sum(declared)
        breakdown = cover.breakdown_line
        for row in frames:
            breakdown = re.sub(
                rf"({re.escape(row.document.cover_label)})\d+(?=项)", rf"\g<1>{row.document.declared}", breakdown
            )
        cover = cover.model_copy(
            update={
                "declared": total,
                "total_line": re.sub(r"\d+(?=项)", str(total), cover.total_line, count=1),
                "breakdown_line": breakdown,
            }
        )
    covers = tuple(Listed(row.serial, cover) if row.document != cover else row for row in register.of("cover"))
    return Register({**register.listed, "frames": frames, "cover": covers})
