"""The database asks too: that no draft for the public holds what identifies the party, and that what is released is the
latest draft, which nobody has returned."""

from collections.abc import Iterator

from cases.publicity.rows import PublicityDraft, PublicityRelease, PublicityReturn
from history.triggers import trigger, trigger_function

COVERED = """
DECLARE
    party record;
BEGIN
    SELECT * INTO party FROM public.cases_party p WHERE p.case_id = NEW.case_id;
    IF length(party.phone) > 5 AND position(party.phone IN NEW.content) > 0 OR party.kind = 'person' AND (
            length(party.identity_number) > 5 AND position(party.identity_number IN NEW.content) > 0
            OR length(party.address) > 3 AND position(party.address IN NEW.content) > 0) THEN
        RAISE EXCEPTION '公示稿里还有当事人的个人信息，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

STILL_TO_BE_DECIDED = """
BEGIN
    IF EXISTS (SELECT FROM public.cases_publicitydraft d JOIN public.cases_publicitydraft l
                ON l.case_id = d.case_id AND l.id > d.id WHERE d.id = NEW.draft_id)
            OR EXISTS (SELECT FROM public.{other} o WHERE o.draft_id = NEW.draft_id) THEN
        RAISE EXCEPTION '这一份公示稿已经办过，或者后来又拟过，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    drafts = PublicityDraft._meta.db_table
    yield trigger_function("cases_publicity_covered", COVERED)
    yield trigger(f"{drafts}_covered", "BEFORE INSERT", drafts, "cases_publicity_covered")
    for model, other in ((PublicityRelease, PublicityReturn), (PublicityReturn, PublicityRelease)):
        table = model._meta.db_table
        yield trigger_function(f"{table}_once", STILL_TO_BE_DECIDED.format(other=other._meta.db_table))
        yield trigger(f"{table}_once", "BEFORE INSERT", table, f"{table}_once")
