"""From the factors of an act to the grade of its penalty: the same factors, the same grade.

What the law says must be done comes before what it says may be done, and what may be done may be left undone; what
makes lighter and what makes heavier weigh each other up. Source: 处罚法2017-25…27, 处罚法2021-30…33, 裁11–16, as the
factors are entered; how they weigh each other up is the choice of this system, and the law's where it says 应当.
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

LIGHTER = {Leads.NONE, Leads.MITIGATED, Leads.LIGHT_OR_MITIGATED}
"""What may still be done where the law says that a penalty must be lighter."""


@dataclass(frozen=True)
class Pull:
    """What one factor does."""

    leads_to: Leads
    is_compulsory: bool = False


def grades_of(pulls: Collection[Pull]) -> tuple[Grade, ...]:
    """The grades that these factors leave, the first where nothing else is chosen; never empty. What may be done may be
    left undone."""
    must = {pull.leads_to for pull in pulls if pull.is_compulsory}
    may = {pull.leads_to for pull in pulls if not pull.is_compulsory}
    if Leads.NONE in must:
        return (Grade.NONE,)
    if Leads.HEAVY in must:
        return (Grade.HEAVY,) if must == {Leads.HEAVY} else (Grade.USUAL,)
    if must:
        return _each_once([grade for lead in must | (may & LIGHTER) for grade in GRADES[lead]])
    if Leads.HEAVY in may:
        return (Grade.HEAVY, Grade.USUAL) if may == {Leads.HEAVY} else (Grade.USUAL,)
    return (*_each_once([grade for lead in may for grade in GRADES[lead]]), Grade.USUAL)


def _each_once(grades: Collection[Grade]) -> tuple[Grade, ...]:
    """The usual end of the choice first: who wants to go further from it, says so."""
    return tuple(grade for grade in (Grade.LIGHT, Grade.MITIGATED, Grade.NONE) if grade in grades)
