"""The kinds of penalty that the laws know, whom they meet, and how weighty they are."""

import enum
from collections.abc import Collection
from decimal import Decimal

from pydantic import Field

from verbatim.documents import Document


class Party(enum.StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class Penalty(enum.StrEnum):
    WARNING = "警告"
    CRITICISM = "通报批评"
    FINE = "罚款"
    GAINS = "没收违法所得"
    GOODS = "没收非法财物"
    SUSPENSION = "责令停产停业"
    CLOSURE = "责令关闭"
    WITHHOLDING = "暂扣许可证件"
    REVOCATION = "吊销许可证件"
    DOWNGRADING = "降低资质等级"
    RESTRICTION = "限制开展生产经营活动"
    BAN = "限制从业"


CONFISCATIONS = frozenset({Penalty.GAINS, Penalty.GOODS})
HEAVY = frozenset({Penalty.SUSPENSION, Penalty.REVOCATION})
HEAVY_SINCE_2021 = HEAVY | {Penalty.CLOSURE, Penalty.DOWNGRADING, Penalty.BAN, Penalty.RESTRICTION}
"""处罚法2021-63(1)."""


class Sanction(Document):
    """What is done to one party: kinds, the fine and the value of what is taken, in yuan."""

    party: Party
    kinds: frozenset[Penalty] = frozenset()
    fine: Decimal = Field(default=Decimal(0), ge=0)
    confiscated: Decimal = Field(default=Decimal(0), ge=0)

    def has_any(self, kinds: Collection[Penalty]) -> list[Penalty]:
        return [kind for kind in Penalty if kind in self.kinds and kind in kinds]
