"""The tables of cases, each in the module of what it is about."""

from cases.case import Case, CaseAct
from cases.rows.conclusion import Conclusion
from cases.rows.evidence import Attachment, AttachmentVoid, Evidence
from cases.rows.inspection import Inspection
from cases.rows.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.rows.numbers import Series
from cases.rows.party import Party, Reading
from cases.rows.people import Handler, Member, Officer
from cases.rows.testing import Testing, TestingResult

__all__ = [
    "Attachment",
    "AttachmentVoid",
    "Case",
    "CaseAct",
    "Conclusion",
    "Evidence",
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
