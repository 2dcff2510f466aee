"""What a grade comes to: from where to where, within the law, and by which standard (清单十五 一, 三（二）)."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.amounts import Grade, LegalRange
from cases.discretion.standards import Band, Range
from cases.penalties import Penalty


@dataclass(frozen=True)
class Measured:
    """What may be given in a grade."""

    law: LegalRange
    grade: Grade
    lowest: Decimal
    highest: Decimal
    """Of the fine, in yuan."""
    compulsory: frozenset[Penalty]
    optional: frozenset[Penalty]
    bands: tuple[Range, ...] = ()
    """By which standard; none where the levels above have set none: then the reasons say why it is in proportion."""
    passed_over: tuple[Any, ...] = ()
    """Those of them that leave nothing beside those before them."""

    @property
    def kinds(self) -> frozenset[Penalty]:
        return self.compulsory | self.optional

    def holds(self, kinds: Collection[str], fine: Decimal) -> bool:
        """Whether kinds and fine are within it."""
        is_fined = Penalty.FINE in kinds
        is_left_out = not is_fined and Penalty.FINE in self.compulsory
        is_within = self.lowest <= fine <= self.highest if is_fined else not is_left_out or self.lowest == 0
        return is_within and set(kinds) <= self.kinds


def bands_for(bands: Iterable[Band], provision_id: int | None, grade: Grade, day: datetime.date) -> tuple[Band, ...]:
    """Those of that day, of each kind: set for the article itself, or else for all."""
    held = [each for each in bands if each.grade == grade and each.standard.is_in_force_on(day)]
    own = {each.kind for each in held if each.provision_id == provision_id}
    return tuple(
        each
        for each in held
        if each.provision_id == provision_id or (each.provision_id is None and each.kind not in own)
    )


def measure(
    law: LegalRange, grade: Grade, day: datetime.date, bands: Collection[Any] = (), base: Decimal = Decimal(0)
) -> Measured:
    """`bands` are those of this grade; where there are several, what all of them allow: one that would leave nothing
    beside those before it is passed over. `base` is what a band counts times of, in yuan."""
    if grade is Grade.NONE:
        return Measured(law, grade, Decimal(0), Decimal(0), frozenset(), frozenset())
    lowest, highest = (Decimal(0), law.minimum) if grade is Grade.MITIGATED else law.band(grade, day)
    fining = [band for band in bands if band.kind == Penalty.FINE]
    ranges = [band.in_yuan(law.minimum, law.maximum, base) for band in fining]
    passed_over = []
    for band, (low, high) in zip(fining, ranges, strict=True):
        narrower = max(lowest, low), min(highest, high)
        if narrower[0] <= narrower[1]:
            lowest, highest = narrower
        else:
            passed_over.append(band)
    grave = law.grave if grade is Grade.HEAVY else frozenset()
    named = frozenset(Penalty(band.kind) for band in bands if band.kind != Penalty.FINE)
    optional = (law.optional | grave) & (named | {Penalty.FINE}) if named else law.optional | grave
    return Measured(law, grade, lowest, highest, law.compulsory, optional, tuple(bands), tuple(passed_over))
