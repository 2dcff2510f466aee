"""评分: what is looked at in a file that was drawn, and how much each counts.

The list asks for an assessment every half-year (清单十四 四) and says no more: items, points and limits are this
system's own (本系统). The items follow the stages of 清单十四 三."""

from dataclasses import dataclass

EXCELLENT, PASSED = 90, 60
"""From so many points on, of a hundred."""


@dataclass(frozen=True)
class Item:
    id: str
    label: str
    points: int
    looked_at: str


ITEMS = (
    Item("filing", "立案", 10, "线索来源、核查、审批手续和期限"),
    Item("inquiry", "调查取证", 20, "两名执法人员、权利告知、笔录、证据、强制措施"),
    Item("audit", "审核审理", 15, "审核意见、案审委组成和表决、办案和审理分开"),
    Item("notice", "告知", 10, "事实、理由、依据、权利，陈述申辩和听证"),
    Item("decision", "决定", 15, "事实、依据、裁量、载明的内容、审批手续"),
    Item("service", "送达", 5, "方式、期限、送达回证"),
    Item("enforcement", "执行", 10, "缴款、加处罚款、催告、申请强制执行"),
    Item("closing", "结案归档", 5, "结案情形、审批、一案一卷"),
    Item("papers", "文书", 10, "填写、签名、编号、更正"),
)
FULL = sum(item.points for item in ITEMS)
BY_ID = {item.id: item for item in ITEMS}


def grade(total: int) -> str:
    """优秀, 合格, 不合格."""
    if total >= EXCELLENT:
        return "excellent"
    return "passed" if total >= PASSED else "failed"
