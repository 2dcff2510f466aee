"""From the factors of an act to the grade of its penalty: the same factors, the same grade.

What the law says must be done comes before what it says may be done; what makes lighter and what makes heavier weigh
each other up. Source: 处罚法2017-25…27, 处罚法2021-30…33, 裁11–16, as the factors are entered; how they weigh each
other up is the choice of this system, and the law's where it says 应当.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cases.amounts import Grade
from cases.discretion.standards import Leads

GRADES = {
    Leads.NONE: (Grade.NONE,),
    Leads.MITIGATED: (Grade.MITIGATED,),
    Leads.LIGHT_OR_MITIGATED: (Grade.LIGHT, Grade.MITIGATED),
    Leads.LIGHT: (Grade.LIGHT,),
    Leads.HEAVY: (Grade.HEAVY,),
}


@dataclass(frozen=True)
class Pull:
    """What one factor does."""

    leads_to: Leads
    is_compulsory: bool = False


def grades_of(pulls: Collection[Pull]) -> tuple[Grade, ...]:
    """The grades that these factors leave, the first where nothing else is chosen; never empty."""
    for must in (True, False):
        own = [pull.leads_to for pull in pulls if pull.is_compulsory is must]
        if must and Leads.NONE in own:
            return (Grade.NONE,)
        lighter = [lead for lead in Leads if lead in own and lead != Leads.HEAVY]
        if lighter and Leads.HEAVY in own:
            return (Grade.USUAL,)
        if lighter:
            return _each_once([grade for lead in lighter for grade in GRADES[lead]])
        if own:
            return (Grade.HEAVY,)
    return (Grade.USUAL,)


def _each_once(grades: Collection[Grade]) -> tuple[Grade, ...]:
    """The usual end of the choice first: who wants to go further from it, says so."""
    return tuple(grade for grade in (Grade.LIGHT, Grade.MITIGATED, Grade.NONE) if grade in grades)
