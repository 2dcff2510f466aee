"""送检 (清单十四 三(二)1): what is tested elsewhere stops the clocks meanwhile."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases.rows.testing import Testing, TestingResult
from cases.way.case_file import CaseFile
from cases.way.states import OPEN, State
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="tested",
        label="送检",
        method="send_for_testing",
        does="记下送检的机构和起止日期；送检的时间不计入立案期限，书面告知当事人的也不计入查封、扣押的期限。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-2-1-1",),
        stops=("filing", "sealing", "decision"),
    ),
    CaseStep(
        verb="test_received",
        label="登记检验结果",
        method="receive_result",
        does="记下收到结果的日期和结论；期限从第二天起接着计算。",
        begins={"handle": OPEN},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.testings_under_way()),
        paragraphs=("c3-2-1-1",),
    ),
)


class SendingForTesting(CaseFile):
    class Meta:
        abstract = True

    def send_for_testing(self, testing: Testing, *, by: Any) -> None:
        """送检: from now on the clocks that it stops stand still."""
        if testing.sent_on > timezone.localdate():
            raise Incomplete("送检的日期还没有到，请核对。")
        with self.acting("tested", by=by) as case:
            testing.case = case
            case.keep(testing, by)

    def receive_result(self, testing: Testing, *, by: Any, received_on: datetime.date, conclusion: str) -> None:
        """检验结果: the clocks go on from the day after."""
        if not testing.sent_on <= received_on <= timezone.localdate():
            raise Incomplete(f"收到结果的日期要在送检（{testing.sent_on}）和今天之间，请核对。")
        with self.acting("test_received", by=by) as case:
            if testing not in case.testings_under_way():
                raise Incomplete("这一次送检的结果已经登记。")
            case.keep(TestingResult(testing=testing, received_on=received_on, conclusion=conclusion), by)

    def testings_under_way(self) -> list[Testing]:
        return [testing for testing in self.testings.all() if not testing.is_back]
