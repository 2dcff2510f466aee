"""What an act of a case is, beside what every act is: the paragraphs on which it rests, and what the rules ask."""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from acts.steps import Step
from cases.rule import Objection

Asked = Callable[[Any, datetime.date], Iterable[Objection]]


def _nothing(case: Any, day: datetime.date) -> Iterable[Objection]:
    return ()


@dataclass(frozen=True, kw_only=True)
class CaseStep(Step):
    paragraphs: Collection[str] = ()
    """The anchors of the paragraphs of regime 十四 on which it rests; empty where the list says nothing of it."""
    asks: Asked = _nothing
    """What the rules have against it on a day, as far as the case itself tells."""
    starts: Collection[str] = ()
    """The names of the time limits that may begin with it (clocks.limits_of_the_law)."""
    ends: Collection[str] = ()
    """Of those that end with it."""
    stops: Collection[str] = ()
    """Of those that stand still meanwhile."""
