"""Within what time somebody who reports an error is answered."""

import datetime

from clocks.deadlines import Deadline, work_out_provisional
from clocks.time_limit import Certainty, Hardness, TimeLimit, Unit
from clocks.working_days import Calendar

TERM = TimeLimit(
    rule="error_report",
    title="纠错答复",
    number=20,
    unit=Unit.WORKING_DAYS,
    clause="本系统：纠错自收到起 20 个工作日内答复",
    hardness=Hardness.REMIND,
    certainty=Certainty.OPEN,
)


def deadline(received_on: datetime.date, calendar: Calendar) -> Deadline:
    """The day of receipt is not counted; provisional where the holidays of a year are not known yet."""
    return work_out_provisional(TERM, received_on, calendar)
