"""修订对照表: what an edition changed, on paper: before, after, why."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from editions.life.edition import Edition
from editions.public.changes import Changes
from paper import typesetting
from portal.papers import printing
from portal.papers.printing import Paper


@dataclass(frozen=True)
class ChangesPaper(Paper):
    changes: Changes

    @property
    def edition(self) -> Edition:  # type: ignore[override]
        return self.changes.new

    @property
    def asked(self) -> tuple[str, str, str]:
        return self.changes.new.label, "", self.changes.old.label

    @property
    def url(self) -> str:
        """Against the edition before, or against the one that is named."""
        where = {"label": self.changes.new.label}
        if self.changes.new.builds_on_id == self.changes.old.pk:
            return reverse("edition:changes-pdf", kwargs=where)
        return reverse("edition:changes-against-pdf", kwargs={**where, "other": self.changes.old.label})

    @property
    def file_name(self) -> str:
        return f"changes-{self.changes.old.label}-{self.changes.new.label}.pdf"

    def state(self) -> str:
        return "\n".join(map(printing.key_text, [self.changes.old, *self.changes.steps]))

    def html(self) -> str:
        foot = f"与 {self.changes.old.label} 版对照　{printing.foot(self.changes.new)}"
        return _html(self.changes, foot=foot, day=self.changes.new.effective_on, **printing.address_context(self.url))


def draft_pdf(changes: Changes) -> bytes:
    """Of an edition that is not public yet, marked so on every page. Raises TypesettingUnavailable."""
    return typesetting.pdf(_html(changes, **printing.draft_context(changes.new.register(), label=changes.new.label)))


def _html(changes: Changes, **context: Any) -> str:
    edition = changes.new
    context |= {
        "changes": changes,
        "edition": edition,
        "register": edition.register(),
        "title": f"{edition.named}修订对照表",
    }
    return render_to_string("print/changes.html", context)
