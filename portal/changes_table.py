"""修订对照表: what an edition changed, on paper: before, after, why."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from editions import typeset
from editions.changes import Changes
from portal import printing


def url(changes: Changes) -> str:
    """Its permanent address: against the edition before, or against the one that is named."""
    where = {"label": changes.new.label}
    if changes.new.builds_on_id == changes.old.pk:
        return reverse("edition:changes-pdf", kwargs=where)
    return reverse("edition:changes-against-pdf", kwargs={**where, "other": changes.old.label})


def file_name(changes: Changes) -> str:
    return f"changes-{changes.old.label}-{changes.new.label}.pdf"


def published(changes: Changes) -> Path:
    """The file; made if it was not yet. Raises NoFaces."""
    html = made_from(changes)
    return printing.kept(html, printing.keyed(html))


def draft(changes: Changes) -> bytes:
    """Of an edition that is not public yet, marked so on every page. Raises NoFaces."""
    return typeset.pdf(_html(changes, **printing.unpublished(changes.new.register(), label=changes.new.label)))


def made_from(changes: Changes) -> str:
    """The HTML of the file."""
    edition = changes.new
    foot = f"与 {changes.old.label} 版对照　{printing.foot(edition)}"
    return _html(changes, foot=foot, day=edition.effective_on, **printing.found_at(url(changes)))


def _html(changes: Changes, **context: Any) -> str:
    edition = changes.new
    context |= {
        "changes": changes,
        "edition": edition,
        "register": edition.register(),
        "title": f"{edition.named}修订对照表",
    }
    return render_to_string("print/changes.html", context)
