"""What the database itself refuses of a thing with a table of steps: to begin in another state than the table says, any
change that is no step of it, and whatever its timeline does not tell of."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from acts.steps import Step
from acts.subjects import Subject
from history.triggers import at_the_end, trigger, trigger_function

# A change is a step of the table where it leads from the one state to the other and writes nothing but what the step
# writes; a hand that the step fills was empty before.
STEP = """
DECLARE
    rules jsonb := TG_ARGV[0]::jsonb;
    was jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) END;
    is_now jsonb := to_jsonb(NEW);
    named text := concat(rules ->> 'called', ' ', is_now ->> (rules ->> 'name'));
    candidate jsonb;
    field text;
    wrong text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT rules -> 'born' ? (is_now ->> 'state') THEN
            RAISE EXCEPTION '新的%不能一开始就是“%”', rules ->> 'called', is_now ->> 'state'
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT empty INTO wrong FROM jsonb_array_elements_text(rules -> 'born' -> (is_now ->> 'state')) empty
            WHERE coalesce(is_now ->> empty, '') <> '' LIMIT 1;
        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION '新的%还不能有 %', rules ->> 'called', wrong USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF was = is_now THEN
        RETURN NEW;
    END IF;
    IF NOT rules -> 'steps' ? concat(was ->> 'state', '>', is_now ->> 'state') THEN
        RAISE EXCEPTION '% 不能从“%”到“%”', named, was ->> 'state', is_now ->> 'state'
            USING ERRCODE = 'check_violation';
    END IF;
    FOR candidate IN SELECT * FROM jsonb_array_elements(
            rules -> 'steps' -> concat(was ->> 'state', '>', is_now ->> 'state')) LOOP
        SELECT changed.key INTO field FROM jsonb_each(is_now) changed
            WHERE changed.value IS DISTINCT FROM was -> changed.key AND NOT candidate -> 'writes' ? changed.key
            AND NOT (candidate -> 'fills' ? changed.key AND was ->> (candidate -> 'fills' ->> changed.key) IS NULL)
            LIMIT 1;
        IF field IS NULL THEN
            RETURN NEW;
        END IF;
        wrong := coalesce(wrong, field);
    END LOOP;
    RAISE EXCEPTION '% 的 % 在这一步不能更改', named, wrong USING ERRCODE = 'check_violation';
END
"""

# When the transaction ends a thing is as its timeline tells: numbered without a gap, in the state that was entered
# last, each step by the hand, and for the reason, that the thing names.
TIMELINE = """
DECLARE
    rules jsonb := TG_ARGV[0]::jsonb;
    thing jsonb;
    act record;
    rule jsonb;
    told text;
    hand text;
    numbers bigint := 0;
    done jsonb := '{}';
    why jsonb := '{}';
    named text;
BEGIN
    EXECUTE format('SELECT to_jsonb(t) FROM public.%I t WHERE t.id = $1', rules ->> 'table') INTO thing
        USING (to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN rules ->> 'table' THEN 'id' ELSE rules ->> 'key' END)::bigint;
    named := concat(rules ->> 'called', ' ', thing ->> (rules ->> 'name'));
    FOR act IN EXECUTE format('SELECT number, verb, by_id, by_name, reason FROM public.%I WHERE %I = $1'
            ' ORDER BY number', rules ->> 'acts', rules ->> 'key') USING (thing ->> 'id')::bigint LOOP
        numbers := numbers + 1;
        rule := rules -> 'verbs' -> act.verb;
        IF act.number <> numbers OR rule IS NULL THEN
            RAISE EXCEPTION '% 的经办记录序号不连续', named USING ERRCODE = 'check_violation';
        END IF;
        told := coalesce(rule ->> 'state', told);
        FOR hand IN SELECT * FROM jsonb_array_elements_text(rule -> 'fills') LOOP
            IF NOT done ? hand THEN
                done := jsonb_set(done, ARRAY[hand], jsonb_build_object('by', act.by_id, 'name', act.by_name));
            END IF;
        END LOOP;
        FOR hand IN SELECT * FROM jsonb_array_elements_text(rule -> 'takes_back') LOOP
            done := done - hand;
        END LOOP;
        IF rule ? 'hand' THEN
            done := jsonb_set(done, ARRAY[rule ->> 'hand'],
                jsonb_build_object('by', act.by_id, 'name', act.by_name, 'reason', act.reason));
        END IF;
        IF rule ? 'reason' THEN
            why := jsonb_set(why, ARRAY[rule ->> 'reason'], to_jsonb(act.reason));
        END IF;
    END LOOP;
    SELECT key INTO hand FROM jsonb_each_text(why) WHERE value IS DISTINCT FROM thing ->> key LIMIT 1;
    IF hand IS NOT NULL THEN
        RAISE EXCEPTION '% 的“%”和经办记录不是同一个人、同一个理由', named, hand USING ERRCODE = 'check_violation';
    END IF;
    IF told IS DISTINCT FROM thing ->> 'state' AND NOT (told IS NULL AND rules -> 'at_birth' ? (thing ->> 'state')) THEN
        RAISE EXCEPTION '% 的“%”没有经办记录', named, thing ->> 'state' USING ERRCODE = 'check_violation';
    END IF;
    FOR hand, rule IN SELECT * FROM jsonb_each(rules -> 'hands') LOOP
        IF (thing ->> (rule ->> 'by'))::bigint IS DISTINCT FROM (done #>> ARRAY[hand, 'by'])::bigint
                OR (rule ? 'name' AND thing ->> (rule ->> 'name') IS DISTINCT FROM
                coalesce(done #>> ARRAY[hand, 'name'], '')) THEN
            RAISE EXCEPTION '% 的“%”和经办记录不是同一个人、同一个理由', named, hand USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
"""


def statements() -> Iterator[str]:
    yield trigger_function("acts_step", STEP)
    yield trigger_function("acts_timeline", TIMELINE)
    for model in apps.get_models():
        if issubclass(model, Subject):
            yield from guards_of(model)


def guards_of(model: type[Subject]) -> Iterator[str]:
    table, acts = model._meta.db_table, _acts(model)._meta.db_table
    rules = _text(timeline_of(model))
    yield trigger(f"{table}_a_step", "BEFORE INSERT OR UPDATE", table, "acts_step", _text(steps_of(model)))
    yield at_the_end(f"{table}_acts_timeline", "INSERT OR UPDATE", table, "acts_timeline", rules)
    yield at_the_end(f"{acts}_acts_timeline", "INSERT", acts, "acts_timeline", rules)


def steps_of(model: type[Subject]) -> dict[str, Any]:
    """The table of steps as the database reads it: by the two states, what each step between them writes."""
    steps: dict[str, list[Any]] = {}
    for step in model.steps:
        row = {"writes": _columns(model, _writes(step)), "fills": _fills(model, step)}
        for state in dict.fromkeys(state for states in step.begins.values() for state in states):
            if row["writes"]:
                steps.setdefault(f"{state}>{step.leads_to or state}", []).append(row)
    written = {name for step in model.steps for name in (*_writes(step), *_hands(step.fills))} - {"state"}
    born = {state: _columns(model, written - set(filled)) for state, filled in model.initial_states.items()}
    return {"called": str(model._meta.verbose_name), "name": model.label_field, "born": born, "steps": steps}


def timeline_of(model: type[Subject]) -> dict[str, Any]:
    """What the timeline says of the thing, by verb."""
    verbs = {step.verb: _rule(step) for step in model.steps}
    hands = {hand: {"by": f"{hand}_by_id", "name": f"{hand}_by_name"} for hand in _all_hands(model)}
    hands |= {step.signs: {"by": f"{step.signs}_id"} for step in model.steps if step.signs}
    entered = {step.leads_to for step in model.steps}
    acts = _acts(model)
    return {
        "table": model._meta.db_table,
        "acts": acts._meta.db_table,
        "key": next(f.column for f in acts._meta.concrete_fields if f.related_model is model),
        "called": str(model._meta.verbose_name),
        "name": model.label_field,
        "verbs": verbs,
        "hands": hands,
        "at_birth": [state for state in model.initial_states if state not in entered],
    }


def _rule(step: Step) -> dict[str, Any]:
    said = {"state": step.leads_to, "hand": step.hand or step.signs, "reason": step.keeps_reason_in}
    return {key: value for key, value in said.items() if value} | {
        "fills": list(step.fills),
        "takes_back": list(step.takes_back),
    }


def _writes(step: Step) -> list[str]:
    own = [*step.writes, step.keeps_reason_in, step.signs, "state" if step.leads_to else ""]
    return [*filter(None, own), *_hands([*([step.hand] if step.hand else []), *step.takes_back])]


def _hands(hands: Any) -> list[str]:
    return [f"{hand}_{what}" for hand in hands for what in ("by", "by_name", "at")]


def _all_hands(model: type[Subject]) -> list[str]:
    return list(dict.fromkeys(hand for step in model.steps for hand in (step.hand, *step.fills) if hand))


def _fills(model: type[Subject], step: Step) -> dict[str, str]:
    """The columns of the hands that it fills, each with the one that has to be empty."""
    return {column: f"{hand}_by_id" for hand in step.fills for column in _columns(model, _hands([hand]))}


def _columns(model: type[Subject], names: Any) -> list[str]:
    wanted = set(names)
    return [str(field.column) for field in model._meta.concrete_fields if field.name in wanted]


def _acts(model: Any) -> Any:
    return model._meta.get_field("timeline").related_model


def _text(rules: dict[str, Any]) -> str:
    return json.dumps(rules, ensure_ascii=False)
