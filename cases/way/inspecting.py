"""发现违法行为 (清单十四 三(一)): what two officers see and are told."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases.rows.inspection import Inspection
from cases.way.case_file import CaseFile, officers_objections
from cases.way.states import State
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="inspected",
        label="记录检查、询问",
        method="inspect",
        does="把一次现场检查或者询问记入案卷。记下以后不能改；记错的，另记一次说明。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-1-1",),
    ),
)


class Inspecting(CaseFile):
    class Meta:
        abstract = True

    def inspect(self, inspection: Inspection, *, by: Any) -> None:
        """现场检查、询问: what two officers wrote down, at what time they say."""
        now, day = timezone.now(), timezone.localtime(inspection.began_at).date()
        if inspection.ended_at > now:
            raise Incomplete("检查、询问的时间还没有到，请核对。")
        with self.acting("inspected", by=by) as case:
            seen = officers_objections(inspection.get_kind_display(), inspection.officers, day)
            case.answer_to("inspected", "", seen)
            inspection.case = case
            case.keep(inspection, by)
