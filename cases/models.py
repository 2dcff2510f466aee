"""The tables of cases, each in the module of what it is about."""

from cases.case import Case, CaseAct
from cases.discretion.publication import PublishedStandards
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation
from cases.publicity.rows import (
    PublicAddress,
    PublicityDraft,
    PublicityEnd,
    PublicityPush,
    PublicityPushVoid,
    PublicityRelease,
    PublicityReturn,
)
from cases.rows.archive import Archive
from cases.rows.assessment import Assessment, AssessmentDraw, DrawnFile, Score, ScoreSheet
from cases.rows.breaks import Break, BreakEnd
from cases.rows.closing import Amendment, Report
from cases.rows.committee import Attendance, Ballot, Meeting
from cases.rows.conclusion import Conclusion
from cases.rows.correction import CorrectionCheck, CorrectionOrder
from cases.rows.court import CourtApplication, CourtEnd, Urging
from cases.rows.decision import ConfiscatedGoods, Decision, SpotCorrection, SpotPenalty
from cases.rows.entry_void import EntryVoid
from cases.rows.evidence import Attachment, AttachmentVoid, Evidence
from cases.rows.fulfilment import Fulfilment
from cases.rows.hearing import Hearing, HearingMinutes, HearingReport
from cases.rows.inspection import Inspection
from cases.rows.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.rows.money import Agreement, Arrangement, Instalment, Payment, Refund
from cases.rows.notifying import Defence, DefenceAnswer, PenaltyNotice, Recheck
from cases.rows.numbers import Series
from cases.rows.paper import Paper, PaperVoid
from cases.rows.party import Party, Reading
from cases.rows.people import Handler, Member, Officer
from cases.rows.receipt import Receipt
from cases.rows.recusal import Recusal
from cases.rows.remedy import Remedy, RemedyEnd
from cases.rows.roll import MemberEndorsement, OfficerEndorsement
from cases.rows.sides import Side
from cases.rows.subscription import Subscription
from cases.rows.testing import Testing, TestingResult
from cases.rows.transfer import HandingOver, PoliceReply
from cases.rows.weighing import Weighing

__all__ = [
    "Agreement",
    "Amendment",
    "Archive",
    "Arrangement",
    "Assessment",
    "AssessmentDraw",
    "Attachment",
    "AttachmentVoid",
    "Attendance",
    "Ballot",
    "Band",
    "Break",
    "BreakEnd",
    "Case",
    "CaseAct",
    "Conclusion",
    "ConfiscatedGoods",
    "CorrectionCheck",
    "CorrectionOrder",
    "CourtApplication",
    "CourtEnd",
    "Decision",
    "Defence",
    "DefenceAnswer",
    "DrawnFile",
    "EntryVoid",
    "Evidence",
    "Factor",
    "Fulfilment",
    "HandingOver",
    "Handler",
    "Hearing",
    "HearingMinutes",
    "HearingReport",
    "Inspection",
    "Instalment",
    "Measure",
    "MeasureApproval",
    "MeasureEnd",
    "MeasureProlongation",
    "Meeting",
    "Member",
    "MemberEndorsement",
    "Officer",
    "OfficerEndorsement",
    "Paper",
    "PaperVoid",
    "Party",
    "Payment",
    "PenaltyNotice",
    "PoliceReply",
    "Provision",
    "ProvisionKind",
    "PublicAddress",
    "PublicityDraft",
    "PublicityEnd",
    "PublicityPush",
    "PublicityPushVoid",
    "PublicityRelease",
    "PublicityReturn",
    "PublishedStandards",
    "Reading",
    "Receipt",
    "Recheck",
    "Recusal",
    "Refund",
    "Remedy",
    "RemedyEnd",
    "Report",
    "Score",
    "ScoreSheet",
    "Series",
    "Side",
    "SpotCorrection",
    "SpotPenalty",
    "Standard",
    "Subscription",
    "Testing",
    "TestingResult",
    "Urging",
    "Violation",
    "Weighing",
]
