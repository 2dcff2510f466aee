"""What the database itself refuses: anything more in a case that is in the archive, but amendments, who read it, how it
was assessed and what the public sees of it; rows of two cases; rows of which the timeline does not tell; that somebody
scores a file in which they took part, or puts right what they entered themselves; and numbers that nobody took."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from acts.models import Authored
from cases.archiving.sealing import OUTSIDE
from cases.discretion import guards as discretion
from cases.hands import OTHER_HANDS
from cases.models import (
    Archive,
    Case,
    CaseAct,
    DrawnFile,
    MemberEndorsement,
    OfficerEndorsement,
    Reading,
    Score,
    ScoreSheet,
    Series,
)
from cases.publicity import guards as publicity
from history.triggers import at_the_end, trigger, trigger_function

# Each way leads from the row to its case: the column that leads on, then by pairs the table and the column of each row
# above it.
CASE_OF = """
CREATE OR REPLACE FUNCTION public.cases_case_of(held jsonb, VARIADIC ways text[]) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each text;
    way text[];
    above bigint;
    own bigint;
BEGIN
    FOREACH each IN ARRAY ways LOOP
        way := string_to_array(each, ',');
        above := (held ->> way[1])::bigint;
        FOR step IN 1 .. cardinality(way) / 2 LOOP
            EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', way[2 * step + 1], way[2 * step])
                INTO above USING above;
        END LOOP;
        IF above <> own THEN
            RAISE EXCEPTION '这一条记录指向两个案件，没有写入。' USING ERRCODE = 'check_violation';
        END IF;
        own := coalesce(own, above);
    END LOOP;
    RETURN own;
END
$$
"""

# The case is held until the end: who archives it waits for whoever writes, or is waited for.
ARCHIVED = """
DECLARE
    own bigint := public.cases_case_of(to_jsonb(NEW), VARIADIC TG_ARGV);
    file record;
BEGIN
    SELECT c.number, c.state INTO file FROM public.cases_case c WHERE c.id = own FOR NO KEY UPDATE;
    IF file.state = 'archived' THEN
        RAISE EXCEPTION '案件 % 已经归档，不能再改；有错的另作更正。', file.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

STILL_WRITTEN = {*OUTSIDE, "caseact"} - {"archive"}
"""What stands outside of the seal; and the act that archives a case writes its line after the state."""

# Which transaction a line belongs to, is said by the database.
LINE = """
BEGIN
    NEW.transaction := txid_current();
    RETURN NEW;
END
"""

# What belongs to an act has its line, of the same hand and in the same transaction. First what the row is called, then
# the ways to its case.
TOLD = """
DECLARE
    file bigint := public.cases_case_of(to_jsonb(NEW), VARIADIC TG_ARGV[1:]);
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_caseact a
            WHERE a.case_id = file AND a.by_id = NEW.by_id AND a.transaction = txid_current()) THEN
        RAISE EXCEPTION '案件 % 的“%”没有同一个人的经办记录，没有写入。',
            (SELECT c.number FROM public.cases_case c WHERE c.id = file), TG_ARGV[0]
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

UNTOLD = (CaseAct, Reading, DrawnFile, ScoreSheet, Score)
"""The lines themselves, and what is no act of a case."""

# A case is in the archive when its file is bound, and no sooner; both are one act.
BOUND = """
DECLARE
    file bigint := CASE TG_TABLE_NAME WHEN 'cases_case' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'case_id')::bigint END;
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_case c JOIN public.cases_archive a ON a.case_id = c.id
            WHERE c.id = file AND c.state = 'archived') THEN
        RAISE EXCEPTION '案件归档和装订案卷是一件事，要一起写入。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# Numbers are taken one after the other, each in the transaction that uses it.
TAKEN = """
BEGIN
    IF TG_OP = 'INSERT' AND NEW.last = 0
            OR TG_OP = 'UPDATE' AND NEW.last = OLD.last + 1
            AND (NEW.id, NEW.form, NEW.year) IS NOT DISTINCT FROM (OLD.id, OLD.form, OLD.year) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '编号只能一号接一号地取，不能跳过、退回或者改名。' USING ERRCODE = 'check_violation';
END
"""

# Who endorses may do it: by the group in which they are, as the pages ask.
ENDORSED_BY_RIGHT = """
BEGIN
    IF NOT EXISTS (SELECT FROM public.accounts_account_groups g
            JOIN public.auth_group_permissions h ON h.group_id = g.group_id
            JOIN public.auth_permission p ON p.id = h.permission_id
            JOIN public.accounts_account a ON a.id = g.account_id
            WHERE a.id = NEW.by_id AND a.is_active AND p.codename = TG_ARGV[0]) THEN
        RAISE EXCEPTION '只有审计和局领导核对执法人员、案审委委员。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

OTHER_HAND = """
BEGIN
    IF NEW.by_id IN ({earlier}) THEN
        RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    yield CASE_OF
    yield trigger_function("cases_archived", ARCHIVED)
    yield trigger_function("cases_line", LINE)
    yield trigger_function("cases_told", TOLD)
    yield trigger_function("cases_bound", BOUND)
    yield trigger_function("cases_taken", TAKEN)
    for model in apps.get_app_config("cases").get_models():
        table, ways = model._meta.db_table, [",".join(way) for way in _ways_to_the_case(model)]
        if ways and model._meta.model_name not in STILL_WRITTEN:
            yield trigger(f"{table}_archived", "BEFORE INSERT OR UPDATE", table, "cases_archived", *ways)
        if ways and model not in UNTOLD and issubclass(model, Authored):
            yield at_the_end(f"{table}_told", "INSERT", table, "cases_told", str(model._meta.verbose_name), *ways)
    lines, volumes, series = (model._meta.db_table for model in (CaseAct, Archive, Series))
    yield trigger(f"{lines}_line", "BEFORE INSERT", lines, "cases_line")
    yield at_the_end(f"{volumes}_bound", "INSERT", volumes, "cases_bound")
    archived = "NEW.state = 'archived' AND OLD.state IS DISTINCT FROM NEW.state"
    yield at_the_end("cases_case_bound", "UPDATE", Case._meta.db_table, "cases_bound", condition=archived)
    yield trigger(f"{series}_taken", "BEFORE INSERT OR UPDATE OR DELETE", series, "cases_taken")
    yield trigger_function("cases_endorsed_by_right", ENDORSED_BY_RIGHT)
    for endorsement, right in ((OfficerEndorsement, "endorse_officer"), (MemberEndorsement, "endorse_member")):
        table = endorsement._meta.db_table
        yield trigger(f"{table}_right", "BEFORE INSERT", table, "cases_endorsed_by_right", right)
    for each in OTHER_HANDS:
        table = each.model._meta.db_table
        body = OTHER_HAND.format(earlier=each.hands("NEW"), said=each.said)
        yield trigger_function(f"{table}_other_hand", body)
        yield trigger(f"{table}_other_hand", "BEFORE INSERT", table, f"{table}_other_hand")
    yield from discretion.statements()
    yield from publicity.statements()


def _ways_to_the_case(model: Any) -> Iterator[list[str]]:
    """The columns that lead to a case, each with the tables and columns between; none for what belongs to none. The own
    column first: what leads on over another row may be empty."""
    for field in sorted(model._meta.concrete_fields, key=lambda field: field.related_model is not Case):
        above = field.related_model
        if above is model:
            continue
        if above is Case:
            yield [str(field.column)]
        elif above and above._meta.app_label == "cases" and (way := next(_ways_to_the_case(above), None)):
            yield [str(field.column), str(above._meta.db_table), *way]
