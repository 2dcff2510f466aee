"""Where a case stands; and what is known of it from the first day: whence the clue came, of what kind the act is."""

from django.db import models


class State(models.TextChoices):
    """The states of the way; a report that waits for one hand or the other has a state of its own for each."""

    VERIFICATION = "verification", "核查"
    FILING_PROPOSED = "filing_proposed", "报请立案"  # waits for the head of the office that handles it
    FILING_REVIEWED = "filing_reviewed", "立案待批准"  # waits for a head of the bureau
    NOT_FILED = "not_filed", "不予立案"
    INVESTIGATION = "investigation", "调查"
    INVESTIGATION_SUSPENDED = "inquiry_suspended", "中止调查"
    AWAITING_AUDIT = "awaiting_audit", "待审核"
    AWAITING_COMMITTEE = "awaiting_committee", "待审理"
    IN_SESSION = "in_session", "审理"  # the members vote and sign
    AWAITING_HEAD = "awaiting_head", "待主要负责人批准"
    AWAITING_NOTICE = "awaiting_notice", "待告知"
    NOTIFIED = "notified", "已告知"
    HEARING = "hearing", "听证"
    RECHECK = "recheck", "复核"
    RECHECKED = "rechecked", "复核待审核"  # waits for 案审办
    AWAITING_DECISION = "awaiting_decision", "待决定"
    DECISION_PROPOSED = "decision_proposed", "决定待审核"  # waits for 案审办
    DECISION_REVIEWED = "decision_reviewed", "决定待批准"  # waits for 主任委员
    DECIDED = "decided", "已决定"
    TRANSFERRED = "transferred", "移送"
    ENFORCEMENT = "enforcement", "执行"
    ENFORCEMENT_SUSPENDED = "enforcement_break", "中止执行"
    AWAITING_CLOSING = "awaiting_closing", "待结案"
    CLOSING_PROPOSED = "closing_proposed", "结案待批准"  # waits for a head of the bureau
    CLOSED = "closed", "已结案"
    ARCHIVED = "archived", "已归档"


OVER = (State.NOT_FILED,)
"""Nothing is done any more."""
AT_REST = (*OVER, State.ARCHIVED)
"""Nothing runs, nobody is waited for; what is in the archive can still be amended."""
OPEN = tuple(state for state in State if state not in AT_REST)
IN_INQUIRY = (State.VERIFICATION, State.INVESTIGATION)
BEFORE_DECISION = OPEN[: OPEN.index(State.DECIDED)]

UNDER_WAY = (State.ENFORCEMENT, State.ENFORCEMENT_SUSPENDED)
SERVED = (*UNDER_WAY, State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED)
"""The party may go to a review and to court, whatever it has paid, until the file is put away."""


class Source(models.TextChoices):
    """清单十四 一: six ways by which an act comes to light."""

    DUTY = "duty", "监督检查"
    COMPLAINT = "complaint", "投诉"
    PETITION = "petition", "申诉"
    REPORT = "report", "举报"
    REFERRAL = "referral", "其他机关移送"
    ASSIGNMENT = "assignment", "上级机关交办"


class Kind(models.TextChoices):
    """清单十四 一: the eight kinds of unlawful acts."""

    METROLOGY = "metrology", "计量"
    QUALITY = "quality", "质量"
    LICENCES = "licences", "生产许可证"
    ACCREDITATION = "accreditation", "认证认可"
    EQUIPMENT = "equipment", "特种设备"
    STANDARDS = "standards", "标准"
    BARCODES = "barcodes", "条代码"
    FOOD = "food", "食品相关产品"
