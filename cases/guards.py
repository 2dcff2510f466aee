"""What the database itself refuses: anything more in a case that is in the archive, but amendments, who read it and how
it was assessed; and that somebody scores a file in which they took part."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from cases.models import (
    Amendment,
    Case,
    CaseAct,
    DrawnFile,
    Reading,
    Score,
    ScoreSheet,
)
from history.triggers import trigger, trigger_function

# The arguments are the column that leads on from the row, then by pairs the table and the column of each row above it.
ARCHIVED = """
DECLARE
    above text := to_jsonb(NEW) ->> TG_ARGV[0];
    named text;
BEGIN
    FOR step IN 1 .. (TG_NARGS - 1) / 2 LOOP
        EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', TG_ARGV[2 * step], TG_ARGV[2 * step - 1])
            INTO above USING above::bigint;
    END LOOP;
    SELECT c.number INTO named FROM public.cases_case c WHERE c.id = above::bigint AND c.state = 'archived';
    IF named IS NOT NULL THEN
        RAISE EXCEPTION '案件 % 已经归档，不能再改；有错的另作更正。', named USING ERRCODE = 'check_violation';
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
            OR EXISTS (
                SELECT FROM public.cases_recusal r
                WHERE r.case_id = f.case_id AND r.account_id = NEW.by_id AND r.steps_back
            )
        )
    ) THEN
        RAISE EXCEPTION '这一案您经办或者审核、审理过，要由别人来评分。' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    yield trigger_function("cases_own_file", OWN_FILE)
    sheets = ScoreSheet._meta.db_table
    yield trigger(f"{sheets}_own_file", "BEFORE INSERT", sheets, "cases_own_file")
    yield trigger_function("cases_archived", ARCHIVED)
    for model in apps.get_app_config("cases").get_models():
        if model not in STILL_WRITTEN and (way := _way_to_the_case(model)):
            table = model._meta.db_table
            yield trigger(f"{table}_archived", "BEFORE INSERT OR UPDATE", table, "cases_archived", *way)


def _way_to_the_case(model: Any) -> list[str]:
    """The column that leads to the case, and the tables and columns between; empty for what belongs to none."""
    for field in model._meta.concrete_fields:
        above = field.related_model
        if above is Case:
            return [str(field.column)]
        if above and above._meta.app_label == "cases" and (way := _way_to_the_case(above)):
            return [str(field.column), str(above._meta.db_table), *way]
    return []
