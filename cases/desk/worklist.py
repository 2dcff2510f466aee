"""What waits for somebody in cases: the acts that are theirs now, by when, the most urgent first."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from acts.steps import Situation, Step
from cases.case import Case
from clocks.deadlines import Deadline
from clocks.models import Notice


@dataclass(frozen=True)
class Task:
    case: Case
    steps: list[Step]
    deadline: Deadline | None

    @property
    def said(self) -> str:
        """审核立案或者退回核查"""
        return "、".join(step.label for step in self.steps)

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.deadline.has_passed(timezone.localdate())


def waiting_for(account: Any) -> list[Task]:
    """In a constant number of queries."""
    return sorted(_tasks(account), key=lambda task: (_due(task), task.case.number))


def _tasks(account: Any) -> Iterator[Task]:
    calendar = Notice.objects.calendar()
    prefetch_related_objects([account], "memberships")
    for case in Case.objects.seen_by(account).open().with_its_rows():
        case.calendar = calendar
        if steps := case.steps.awaited(Situation(case, account)):
            yield Task(case, steps, case.deadline())


def _due(task: Task) -> datetime.date:
    return task.deadline.due if task.deadline else datetime.date.max
