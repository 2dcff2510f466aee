"""Where a case stands; and what is known of it from the first day: whence the clue came, of what kind the act is."""

from django.db import models


class State(models.TextChoices):
    """The states of the way; a report that waits for one hand or the other has a state of its own for each."""

    VERIFICATION = "verification", "核查"
    FILING_PROPOSED = "filing_proposed", "报请立案"  # waits for the head of the office that handles it
    FILING_REVIEWED = "filing_reviewed", "立案待批准"  # waits for a head of the bureau
    INVESTIGATION = "investigation", "调查"
    AWAITING_AUDIT = "awaiting_audit", "待审核"
    AWAITING_COMMITTEE = "awaiting_committee", "待审理"
    NOT_FILED = "not_filed", "不予立案"


OPEN = (
    State.VERIFICATION,
    State.FILING_PROPOSED,
    State.FILING_REVIEWED,
    State.INVESTIGATION,
    State.AWAITING_AUDIT,
    State.AWAITING_COMMITTEE,
)
OVER = (State.NOT_FILED,)


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
