"""Which of two versions of a law is the lighter (处罚法2021-37; before, 法〔2004〕96号): by the kinds of penalty and by
the fine. Where one is lighter in this and the other in that, no program says."""

import enum

from cases.amounts import LegalRange


class Compared(enum.Enum):
    SAME = "一样"
    LIGHTER = "较轻"
    HEAVIER = "较重"
    UNCLEAR = "不能由程序判断"
    REPEALED = "行为以后已经失效，没有接着的规定"


def compare(newer: LegalRange, older: LegalRange) -> Compared:
    """What the newer one is beside the older one."""
    no_heavier, no_lighter = _is_no_heavier(newer, older), _is_no_heavier(older, newer)
    match no_heavier, no_lighter:
        case True, True:
            return Compared.SAME
        case True, False:
            return Compared.LIGHTER
        case False, True:
            return Compared.HEAVIER
    return Compared.UNCLEAR


def _is_no_heavier(one: LegalRange, other: LegalRange) -> bool:
    """Whether nothing of it is heavier: what it makes compulsory is so there too, what it adds is there, what it gives
    only where the act is grave may be given there at all; and the fine begins and ends no higher."""
    is_lower = one.minimum <= other.minimum and one.maximum <= other.maximum
    ordinary = other.compulsory | other.optional
    return (
        is_lower
        and one.compulsory <= other.compulsory
        and one.optional <= ordinary
        and one.grave <= ordinary | other.grave
    )
