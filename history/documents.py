"""What stays of a thing that is no longer listed."""

from datetime import date

from verbatim.documents import Document


class Retired(Document):
    """A code that was given and is never given again; `title` is what it stood for (not printed in this edition)."""

    code: str
    title: str
    retired_on: date


class Added(Document):
    """Knowledge that the bureau added to the printed list: shown as 本局整理，非清单原文."""

    added_by: str
    added_on: date
    basis: str = ""

    def added(self) -> dict[str, object]:
        return {"added_by": self.added_by, "added_on": self.added_on, "basis": self.basis}
