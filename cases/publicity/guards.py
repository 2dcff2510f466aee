"""The database asks too: that no draft for the public holds what identifies the party, when it is made and when it is
released; that what is released is the latest draft, which nobody has returned, and has its address; and that what is
taken down is the latest that was released."""

from collections.abc import Iterator

from cases.publicity.rows import PublicityDraft, PublicityEnd, PublicityRelease, PublicityReturn
from history.triggers import at_the_end, trigger, trigger_function

# The figures alone are compared: whatever stands between them.
COVERED = """
DECLARE
    draft record;
    party record;
    figures text;
    phone text;
BEGIN
    SELECT * INTO draft FROM public.cases_publicitydraft d WHERE d.id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    SELECT * INTO party FROM public.cases_party p WHERE p.case_id = draft.case_id;
    figures := translate(draft.content, '０１２３４５６７８９ＸｘX', '0123456789xxx');
    figures := regexp_replace(figures, '[[:space:]·.()_/–—-]', '', 'g');
    phone := regexp_replace(party.phone, '[^0-9]', '', 'g');
    IF length(phone) > 5 AND position(phone IN figures) > 0
            OR party.kind = 'person' AND (
                length(party.identity_number) > 5 AND position(lower(party.identity_number) IN figures) > 0
                OR EXISTS (SELECT FROM (SELECT party.address UNION SELECT d.party_address
                        FROM public.cases_decision d WHERE d.case_id = draft.case_id) h (home)
                    WHERE length(home) > 4 AND home !~ '[省市县区]$' AND position(home IN draft.content) > 0)) THEN
        RAISE EXCEPTION '公示稿里还有当事人的个人信息，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
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

# Under which the public finds it.
ADDRESSED = """
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_publicitydraft d JOIN public.cases_publicaddress a ON a.case_id = d.case_id
            WHERE d.id = NEW.draft_id) THEN
        RAISE EXCEPTION '公示没有编号，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# What is taken down is what the public sees.
OF_THE_LATEST = """
BEGIN
    IF EXISTS (SELECT FROM public.cases_publicityrelease r JOIN public.cases_publicitydraft d ON d.id = r.draft_id
            JOIN public.cases_publicitydraft o ON o.case_id = d.case_id
            JOIN public.cases_publicityrelease l ON l.draft_id = o.id AND l.id > r.id WHERE r.id = NEW.release_id) THEN
        RAISE EXCEPTION '后来又公示过，撤下的要是最近一次的，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    drafts, releases, ends = (each._meta.db_table for each in (PublicityDraft, PublicityRelease, PublicityEnd))
    yield trigger_function("cases_publicity_covered", COVERED)
    yield at_the_end(f"{drafts}_covered", "INSERT", drafts, "cases_publicity_covered", "id")
    yield at_the_end(f"{releases}_covered", "INSERT", releases, "cases_publicity_covered", "draft_id")
    yield trigger_function("cases_publicity_addressed", ADDRESSED)
    yield at_the_end(f"{releases}_addressed", "INSERT", releases, "cases_publicity_addressed")
    yield trigger_function("cases_publicity_of_the_latest", OF_THE_LATEST)
    yield trigger(f"{ends}_of_the_latest", "BEFORE INSERT", ends, "cases_publicity_of_the_latest")
    for model, other in ((PublicityRelease, PublicityReturn), (PublicityReturn, PublicityRelease)):
        table = model._meta.db_table
        yield trigger_function(f"{table}_once", STILL_TO_BE_DECIDED.format(other=other._meta.db_table))
        yield trigger(f"{table}_once", "BEFORE INSERT", table, f"{table}_once")
