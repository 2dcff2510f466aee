"""What two people changed differently, as it is shown: base, theirs and own side by side, and the choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.utils.html import format_html
from django.utils.safestring import SafeString

from history.merging import OWN, THEIRS
from history.redline_html import redline

DECISIVE = {"retired_on": "一人取消了这一条，另一人还在改它。日期空着，就是仍列入清单。"}
"""Fields that say whether a row is listed at all: whoever retires it and whoever works on it do not mean the same."""


class Choice(forms.ChoiceField):
    """Whose text it shall be; nothing is chosen beforehand, and choosing is no change of the row."""

    widget = forms.RadioSelect

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            choices=[(THEIRS, "用对方的"), (OWN, "用我的")],
            error_messages={"required": f"“{label}”请选用谁的。"},
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Remembered(forms.CharField):
    """What a page remembers of itself; no change of the row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def choice_name(key: str) -> str:
    """What the field of a form is called that chooses about this one."""
    return f"choose_{key}"


def title_of(row: Any) -> str:
    return f"{row._meta.verbose_name} {row}"


@dataclass(frozen=True)
class Dispute:
    """One field: its key, what it is called, what it said before both changed it (None if nobody knows), the texts."""

    key: str
    label: str
    base: str | None
    theirs: str
    own: str
    hint: str = "两人都改了。"
    choice: Any = None
    """The field of the form that chooses."""

    def marked(self, text: str) -> SafeString:
        return format_html("{}", text) if self.base is None else redline(self.base, text)

    @property
    def theirs_marked(self) -> SafeString:
        return self.marked(self.theirs)

    @property
    def own_marked(self) -> SafeString:
        return self.marked(self.own)


@dataclass(frozen=True)
class Conflict:
    """One row: what it is called, what others did to it, what has to be chosen."""

    row: str
    changes: tuple[Any, ...]
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True)
class SeenVersion:
    """What a page showed of one row: the latest record at that time, and the fields that wait for a choice, each with
    the record that both had started from."""

    record: int | None
    waiting: Mapping[str, int | None] = field(default_factory=dict)


NOTHING = SeenVersion(None)


def sign(model: Any, seen_versions: Mapping[int, SeenVersion]) -> str:
    """What a page was built from, as text that goes with it and comes back."""
    content = {key: [seen_version.record, dict(seen_version.waiting)] for key, seen_version in seen_versions.items()}
    return signing.dumps(content, salt=f"history.look {model._meta.label_lower}", compress=True)


def read(model: Any, signed: str | None) -> dict[int, SeenVersion]:
    """The same again; what we did not sign says nothing, and every difference then waits for a choice."""
    try:
        content = signing.loads(signed or "", salt=f"history.look {model._meta.label_lower}")
    except signing.BadSignature:
        return {}
    return {int(key): SeenVersion(*seen_version) for key, seen_version in content.items()}
