"""The tables of cases, each in the module of what it is about."""

from cases.case import Case, CaseAct
from cases.rows.conclusion import Conclusion
from cases.rows.inspection import Inspection
from cases.rows.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.rows.numbers import Series
from cases.rows.party import Party, Reading
from cases.rows.people import Handler, Member, Officer
from cases.rows.subscription import Subscription
from cases.rows.testing import Testing, TestingResult

__all__ = [
    "Case",
    "CaseAct",
    "Conclusion",
    "Handler",
    "Inspection",
    "Measure",
    "MeasureApproval",
    "MeasureEnd",
    "MeasureProlongation",
    "Member",
    "Officer",
    "Party",
    "Reading",
    "Series",
    "Subscription",
    "Testing",
    "TestingResult",
]
