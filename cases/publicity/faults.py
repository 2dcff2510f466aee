"""What is wrong with what the public sees of decisions: a text that is not the served paper, or personal data that the
file knows by now."""

import re
from collections.abc import Iterator

from cases.publicity.composing import known_of
from cases.publicity.current import Standing
from cases.publicity.decision import texts_of_sheet
from cases.publicity.redacting import COVER, SOMEBODY, Redaction, passage
from cases.publicity.rows import PublicAddress, PublicityDraft, PublicityRelease


def faults() -> Iterator[str]:
    """Each a sentence; nothing where all is well."""
    for where in PublicAddress.objects.select_related("case__party").order_by("pk"):
        released = PublicityRelease.objects.select_related("draft__paper", "end").filter(draft__case=where.case_id)
        public = Standing.of(list(released.order_by("pk")))
        if public:
            found = faults_of(public.latest.draft, where.case)
            yield from (f"{where.case.named}的公示{said}，请更正或者撤回。" for said in found)


def faults_of(draft: PublicityDraft, case: object) -> Iterator[str]:
    """What is wrong with the draft, as the rest of a sentence about it."""
    try:
        shown = texts_of_sheet(draft.decision.paper)
        told = [text for _, text in (*draft.decision.abstract, *draft.decision.index)] + list(draft.decision.changes)
    except ValueError:
        yield "读不出来"
        return
    served = texts_of_sheet(draft.paper.sheet)
    if len(shown) != len(served) or not all(map(_is_covered_copy, shown, served)):
        yield "和送达的决定书不一致"
    by = Redaction(known_of(case))
    if left := {passage(text, each) for text in (*shown, *told) for each in by.found(text) if each.is_firm}:
        yield f"里有 {len(left)} 处案卷里的个人信息"


def _is_covered_copy(shown: str, served: str) -> bool:
    """Whether what is shown is what was served, but for what is covered."""
    pieces = re.split(f"({COVER}|{SOMEBODY}+)", shown)
    pattern = "".join(".{1,80}" if piece == COVER or set(piece) == {SOMEBODY} else re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, served, re.DOTALL) is not None
