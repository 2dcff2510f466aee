"""What the database itself refuses: anything more in a case that is in the archive, but amendments, who read it and how
it was assessed; rows of two cases; and that somebody scores a file in which they took part, or puts right what they
entered themselves."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from cases.models import (
    Amendment,
    Case,
    CaseAct,
    CourtEnd,
    DrawnFile,
    EntryVoid,
    Reading,
    Receipt,
    RemedyEnd,
    Score,
    ScoreSheet,
    SpotCorrection,
)
from cases.rows.entry_void import ENTRIES
from history.triggers import trigger, trigger_function

# Each argument is a way from the row to its case: the column that leads on, then by pairs the table and the column of
# each row above it. The case is held until the end: who archives it waits for whoever writes, or is waited for.
ARCHIVED = """
DECLARE
    way text[];
    above text;
    own text;
    file record;
BEGIN
    FOR each IN 0 .. TG_NARGS - 1 LOOP
        way := string_to_array(TG_ARGV[each], ',');
        above := to_jsonb(NEW) ->> way[1];
        FOR step IN 1 .. cardinality(way) / 2 LOOP
            EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', way[2 * step + 1], way[2 * step])
                INTO above USING above::bigint;
        END LOOP;
        IF above <> own THEN
            RAISE EXCEPTION '这一条记录指向两个案件，没有写入。' USING ERRCODE = 'check_violation';
        END IF;
        own := coalesce(own, above);
    END LOOP;
    SELECT c.number, c.state INTO file FROM public.cases_case c WHERE c.id = own::bigint FOR NO KEY UPDATE;
    IF file.state = 'archived' THEN
        RAISE EXCEPTION '案件 % 已经归档，不能再改；有错的另作更正。', file.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

STILL_WRITTEN = (Amendment, CaseAct, Reading, DrawnFile, ScoreSheet, Score)
"""The act that archives a case writes its line after the state."""

OWN_FILE = """
BEGIN
    IF EXISTS (
        SELECT FROM public.cases_drawnfile f
        WHERE f.id = NEW.file_id AND (
            EXISTS (SELECT FROM public.cases_side s WHERE s.case_id = f.case_id AND s.account_id = NEW.by_id)
            OR EXISTS (SELECT FROM public.cases_caseact a WHERE a.case_id = f.case_id AND a.by_id = NEW.by_id)
            OR (
                SELECT r.steps_back FROM public.cases_recusal r
                WHERE r.case_id = f.case_id AND r.account_id = NEW.by_id ORDER BY r.id DESC LIMIT 1
            )
        )
    ) THEN
        RAISE EXCEPTION '这一案您经办或者审核、审理过，要由别人来评分。' USING ERRCODE = 'check_violation';
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


def _hands_of_entries() -> str:
    """Of whatever may be voided, and of how a remedy or an application ended."""
    held = {(model._meta.db_table, "id", name) for name, model in ENTRIES.items()}
    ends = {
        (model._meta.db_table, f"{name}_id", name) for name, model in (("remedy", RemedyEnd), ("application", CourtEnd))
    }
    return " UNION ".join(
        f"SELECT by_id FROM public.{table} WHERE {column} = NEW.{name}_id"  # noqa: S608 (names of our own tables and columns)
        for table, column, name in sorted(held | ends)
    )


PUT_RIGHT: dict[Any, tuple[str, str]] = {
    EntryVoid: (_hands_of_entries(), "这一项是您登记的，要由别人来作废。"),
    Receipt: (
        "SELECT r.by_id FROM public.cases_receipt r WHERE r.case_id = NEW.case_id AND r.paper = NEW.paper"
        " ORDER BY r.id DESC LIMIT 1",
        "送达是您登记的，要由别人来更正。",
    ),
    SpotCorrection: (
        "SELECT p.by_id FROM public.cases_spotpenalty p WHERE p.id = NEW.penalty_id"
        " UNION SELECT o.account_id FROM public.cases_spotpenalty p"
        " JOIN public.cases_officer o ON o.id IN (p.first_officer_id, p.second_officer_id) WHERE p.id = NEW.penalty_id",
        "当场处罚是您作出或者登记的，要由别人来更正。",
    ),
}
"""What puts right what somebody else has entered: whose hands that were, and what is said to them."""


def statements() -> Iterator[str]:
    yield trigger_function("cases_own_file", OWN_FILE)
    sheets = ScoreSheet._meta.db_table
    yield trigger(f"{sheets}_own_file", "BEFORE INSERT", sheets, "cases_own_file")
    yield trigger_function("cases_archived", ARCHIVED)
    for model in apps.get_app_config("cases").get_models():
        if model not in STILL_WRITTEN and (ways := list(_ways_to_the_case(model))):
            table = model._meta.db_table
            yield trigger(f"{table}_archived", "BEFORE INSERT OR UPDATE", table, "cases_archived", *map(",".join, ways))
    for model, (earlier, said) in PUT_RIGHT.items():
        table = model._meta.db_table
        yield trigger_function(f"{table}_other_hand", OTHER_HAND.format(earlier=earlier, said=said))
        yield trigger(f"{table}_other_hand", "BEFORE INSERT", table, f"{table}_other_hand")


def _ways_to_the_case(model: Any) -> Iterator[list[str]]:
    """The columns that lead to a case, each with the tables and columns between; none for what belongs to none."""
    for field in model._meta.concrete_fields:
        above = field.related_model
        if above is Case:
            yield [str(field.column)]
        elif above and above._meta.app_label == "cases" and (way := next(_ways_to_the_case(above), None)):
            yield [str(field.column), str(above._meta.db_table), *way]
