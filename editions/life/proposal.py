"""What the list would be if it were frozen now: read as an edition is, for a preview, and stored nowhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from editions.life.edition import Edition
from editions.life.states import Kind
from editions.register.register import Register


@dataclass(frozen=True, eq=False)
class Proposal:
    """As an edition that has just been issued, effective from its first possible day on."""

    documents: Register
    effective_on: datetime.date
    builds_on: Edition | None
    label: str = ""
    kind: str = ""
    change_note: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    state = chain_digest = revoke_reason = approval_number = approval_authority = ""
    revoked_on = issued_at = approval_date = None
    effective_day_assumed = False

    @classmethod
    def of(cls, documents: Register, *, effective_on: datetime.date | None = None, **head: Any) -> Proposal:
        first = Edition.objects.first_possible_day()
        return cls(documents, max(effective_on or first, first), Edition.objects.base(), **head)

    @property
    def named(self) -> str:
        return f"{self.label} 版" if self.label else "工作数据"

    def get_kind_display(self) -> str:
        return str(Kind(self.kind).label) if self.kind else ""

    @property
    def builds_on_id(self) -> int | None:
        return self.builds_on.pk if self.builds_on else None

    @property
    def content_digest(self) -> str:
        return self.documents.content_digest()

    @property
    def is_published(self) -> bool:
        return self.effective_on <= timezone.localdate()

    def register(self) -> Register:
        return self.documents
