"""What is wrong with what the public sees of decisions: a text that is not the served paper, or personal data that the
file knows by now."""

import re
from collections.abc import Iterator

from cases.publicity.composing import known_of, names_in_the_file
from cases.publicity.current import Standing
from cases.publicity.decision import texts_of_sheet
from cases.publicity.redacting import COVER, SOMEBODY, Redaction, What, passage
from cases.publicity.rows import PublicAddress, PublicityDraft, PublicityRelease
from verbatim.fields import paragraphs


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
    names, kept = names_in_the_file(case), frozenset(paragraphs(draft.uncovered))
    by = Redaction(known_of(case), tuple(names), uncovered=kept)
    found = ((text, each) for text in (*shown, *told) for each in by.found(text))
    if left := {passage(text, each) for text, each in found if each.is_firm or each.what is What.NAME}:
        yield f"里有 {len(left)} 处案卷里的个人信息"


def _is_covered_copy(shown: str, served: str) -> bool:
    """Whether what is shown is what was served, but for what is covered."""
    first, *others = re.split(f"{COVER}|{SOMEBODY}+", shown)
    if not others or not served.startswith(first):
        return shown == served
    at = len(first)
    for piece in others[:-1]:  # behind at least one character that is covered
        found = served.find(piece, at + 1)
        if found < 0:
            return False
        at = found + len(piece)
    return served.endswith(others[-1]) and len(served) - len(others[-1]) > at
