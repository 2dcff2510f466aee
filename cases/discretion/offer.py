"""What an officer may pick from: for a violation and the day on which the act ended, the articles of that day and of
today, the circumstances that count, and the bands."""

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from acts.errors import Incomplete
from cases.amounts import LegalRange
from cases.discretion.comparing import Compared, compare
from cases.discretion.documents import changes, composed
from cases.discretion.publication import current_standards
from cases.discretion.standards import Band, Factor, Leads, Standard
from cases.discretion.violations import Provision, Violation
from cases.discretion.weighed import Weighed, WeighedFactor, bands_of_all_grades


@dataclass(frozen=True)
class Offer:
    violation: Violation
    act_ended_on: datetime.date
    today: datetime.date

    @functools.cached_property
    def provisions(self) -> list[Provision]:
        """Those of the day of the act, the older first; behind them those of today that took the place of one that has
        ended. An act that no article punished on its day is punished by none."""
        rows = Provision.objects.listed().filter(violation=self.violation).with_kinds().order_by("since", "pk")
        held = list(rows)
        of_the_act = [each for each in held if self.is_of_the_act(each)]
        ended = [each.until for each in of_the_act if each.until and each.until < self.today]
        newer = [each for each in held if self.is_newer(each) and ended and each.since > min(ended)]
        return [*of_the_act, *newer]

    @property
    def usual(self) -> Provision:
        """That of the day of the act, or the one of today where that is lighter."""
        older, newer = self.provisions[0], self.provisions[-1]
        return newer if self.compared(older) is Compared.LIGHTER else older

    def is_of_the_act(self, provision: Provision) -> bool:
        return provision.is_in_force_on(self.act_ended_on)

    def is_newer(self, provision: Provision) -> bool:
        return provision.since > self.act_ended_on and provision.is_in_force_on(self.today)

    @functools.cached_property
    def factors(self) -> list[Factor]:
        """Of this violation first, then of all. What makes a penalty heavier held already when the act was done."""
        held = Factor.objects.listed().filter(Q(violation=None) | Q(violation=self.violation))
        standing = [each for each in held.select_related("standard") if self._may_count(each)]
        return sorted(standing, key=lambda each: each.violation_id is None)

    @functools.cached_property
    def bands(self) -> list[Band]:
        held = Band.objects.listed().filter(Q(provision=None) | Q(provision__violation=self.violation))
        return [each for each in held.select_related("standard") if self._counts(each.standard)]

    def _may_count(self, factor: Factor) -> bool:
        is_in_time = factor.leads_to != Leads.HEAVY or factor.standard.is_in_force_on(self.act_ended_on)
        return is_in_time and self._counts(factor.standard)

    def _counts(self, standard: Standard) -> bool:
        return not standard.is_retired and standard.is_in_force_on(self.today)

    def range_of(self, provision: Provision, base: Decimal = Decimal(0)) -> LegalRange:
        """Raises Incomplete where it counts times of something that is not given."""
        try:
            return provision.legal_range(base)
        except ValueError as error:
            raise Incomplete(str(error)) from None

    def compared(self, provision: Provision, base: Decimal = Decimal(0)) -> Compared:
        """How the law of today compares with that of the day of the act: the same, where the latter holds still. `base`
        is what they count times of; where only one of them does, nothing is clear without it, and where they count
        different things, nothing is."""
        if all(each.is_in_force_on(self.today) for each in self.provisions):
            return Compared.SAME
        newer = [each for each in self.provisions if self.is_newer(each)]
        older = [each for each in self.provisions if self.is_of_the_act(each)]
        if not newer:
            return Compared.REPEALED
        one = provision if self.is_newer(provision) else newer[-1]
        other = provision if self.is_of_the_act(provision) else older[-1]
        if one.unit != other.unit and (not base or (one.unit and other.unit)):
            return Compared.UNCLEAR
        base = base or Decimal(1)
        return compare(self.range_of(one, base), self.range_of(other, base))

    def unpublished(self, weighed: Weighed) -> list[str]:
        """The codes of what it rests on and the public does not read so: new or changed since the last publication."""
        factors, bands = (each.code for each in weighed.factors), (each.code for each in weighed.bands)
        used = {weighed.provision, *factors, *bands}
        changed = {code for _, code, _, _ in changes(current_standards(), composed())}
        return sorted(used & changed)

    def weighed(self, provision: Provision, evidence: Mapping[str, str], base: Decimal = Decimal(0)) -> Weighed:
        """Raises Incomplete."""
        if provision not in self.provisions:
            raise Incomplete("这一条罚则行为时没有施行，现在也没有施行，不能用。")
        return Weighed(
            weighed_on=self.today,
            act_ended_on=self.act_ended_on,
            violation=self.violation.name,
            provision=provision.code,
            law=self.range_of(provision, base),
            base=base,
            base_called=provision.get_unit_display() if provision.unit else "",
            factors=tuple(self._factors(evidence)),
            bands=tuple(bands_of_all_grades(self.bands, provision.pk, self.today)),
        )

    def _factors(self, evidence: Mapping[str, str]) -> Iterable[WeighedFactor]:
        by_code = {each.code: each for each in self.factors}
        for code, shown in evidence.items():
            if code not in by_code:
                raise Incomplete(f"裁量因素 {code} 已经停用，或者不是这个违法行为的，请重新选。")
            if not shown.strip():
                raise Incomplete(f"请写明“{by_code[code].name}”的证据。")
            yield WeighedFactor.of(by_code[code], shown.strip())
