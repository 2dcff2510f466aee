"""The tables of cases, each in the module of what it is about."""

from cases.case import Case, CaseAct
from cases.conclusion import Conclusion
from cases.inspection import Inspection
from cases.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.numbers import Series
from cases.party import Party, Reading
from cases.people import Handler, Member, Officer
from cases.testing import Testing, TestingResult

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
    "Testing",
    "TestingResult",
]
