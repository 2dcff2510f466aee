"""What the examples of `clocks.vectors` ask of a case: every rule that is more than counting."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from cases import rules
from cases.amounts import Amount, Grade, LegalRange
from cases.discretion.loading import shipped_ranges
from cases.penalties import Party, Penalty, Sanction
from cases.rule import Objection
from cases.rules import LocalFigure
from clocks.examples import due
from clocks.time_limit import SECOND, THIRD
from clocks.vectors import Result, declare, example
from verbatim.documents import Document

declare(*(rule.id for rule in rules.RULES), Amount.id)

Date = datetime.date
Moment = datetime.datetime
DAYS = {"a": Date(2018, 3, 1), "b": SECOND, "c": THIRD}
"""A day of each set, for an example that names none."""
Who = Annotated[Party, BeforeValidator(lambda who: {"org": Party.ORGANISATION}.get(who, who))]


def _outcome(objections: Iterable[Objection]) -> dict[str, Any]:
    found = list(objections)
    refused = [each for each in found if each.is_refusal]
    return {"result": "refuse", "clause": refused[0].clause} if refused else {"result": "accept"}


@example("officers")
def _officers(*, officers: int, act: str, ruleset: str) -> Result:
    return _outcome(rules.Officers.check(DAYS[ruleset], act, officers))


@example("urgent")
def _consent(*, kind: str, measure_at: Moment, consent_at: Moment | None, papers_at: Moment) -> Result:
    was_asked_before = consent_at is not None and consent_at <= measure_at
    found = list(
        rules.Urgent.check_consent(
            measure_at.date(), kind, was_asked_before=was_asked_before, is_keeping=kind == "登记保存"
        )
    )
    if not found:
        return {}
    override = f"{found[0].override}, by 法规股 with a reason" if found[0].override else None
    return {**_outcome(found), "tag": found[0].tags[0], "override": override}


@example("ruleset")
def _substance(*, act_ended: Date, old: dict[str, Decimal], new: dict[str, Decimal], decided: Date) -> Result:
    return {"substance": "new" if rules.Substance.takes_newer(old["fine_max"], new["fine_max"]) else "old"}


@example("audit")
def _audit_after_hearing(*, kind: str, audit_on: Date, hearing_closed: Date) -> Result:
    return _outcome(rules.Audit.check_after_hearing(audit_on, hearing_closed))


@example("publish")
def _is_published(*, decided: Date, penalty: str) -> Result:
    kinds = frozenset({Penalty.WARNING}) if penalty == "仅警告" else frozenset({Penalty(penalty)})
    return {"publish": rules.Publish.is_due(decided, Sanction(party=Party.ORGANISATION, kinds=kinds))}


@example("recusal")
def _recusal(*, who: str, decided_by: str, ruleset: str) -> Result:
    return _outcome(rules.Recusal.check(DAYS[ruleset], who, decided_by))


@example("audit_person")
def _audit_person(*, first_time: bool, law_qualification: bool, on: Date) -> Result:
    return _outcome(rules.AuditPerson.check(on, is_first_time=first_time, has_qualification=law_qualification))


@example("audit_person")
def _auditor_is_handler(*, auditor_is_handler: bool, ruleset: str) -> Result:
    return _outcome(rules.Separation.check(DAYS[ruleset], "审核人员", "审核", is_handler=auditor_is_handler))


@example("quorum")
def _quorum(
    *, members: int, present: int, chair: str, weight: str, ruleset: str, present_are_handlers: int = 0
) -> Result:
    is_heavy, counted = weight == "重", present - present_are_handlers
    found = list(rules.Quorum.check(DAYS[ruleset], members=members, counted=counted, chair=chair, is_heavy=is_heavy))
    warned = {"warn": "138-4: 五名以上单数"} if any(each.clause == "138-4" for each in found) else {}
    return {**_outcome(found), "need": rules.Quorum.need(members, is_heavy=is_heavy), "counted": counted} | warned


@example("collective")
def _collective(*, reason: str) -> Result:
    return {"collective": rules.Collective.is_due(None, reason)}


class LocalThreshold(Document):
    person: Decimal
    org: Decimal


@example("hearing_due")
def _hearing_due(
    *,
    party: Who,
    fine: Decimal,
    ruleset: str,
    confiscation: Decimal = Decimal(0),
    revoke: str = "",
    kind: str = "",
    local_threshold: LocalThreshold | None = None,
) -> Result:
    kinds = {Penalty.REVOCATION} if revoke else {Penalty(kind)} if kind else set()
    sanction = Sanction(party=party, kinds=frozenset(kinds), fine=fine, confiscated=confiscation)
    local = LocalFigure(local_threshold.person, local_threshold.org) if local_threshold else None
    why = rules.HearingDue.reasons(DAYS[ruleset], sanction, local)
    by_case = ruleset == "a" and bool(why) and all("没收" in each for each in why)
    return {"offer": bool(why)} | ({"tag": "指导案例6号"} if by_case else {})


@example("simple")
def _simple(*, party: Who, fine: Decimal, ruleset: str, confiscation: bool = False) -> Result:
    kinds = frozenset({Penalty.FINE, *([Penalty.GOODS] if confiscation else [])})
    sanction = Sanction(party=party, kinds=kinds, fine=fine)
    return {"simple": not list(rules.Simple.check(DAYS[ruleset], sanction))}


@example("competence")
def _competence(*, law: str, fine: Decimal, ruleset: str) -> Result:
    return _outcome(rules.Competence.check(DAYS[ruleset], law, fine))


@example("no_worse")
def _no_worse_sum(*, notice_fine: Decimal, decision_fine: Decimal, new_facts: bool, ruleset: str) -> Result:
    """New facts change nothing: they are notified anew."""
    return _no_worse(
        Sanction(party=Party.PERSON, fine=notice_fine), Sanction(party=Party.PERSON, fine=decision_fine), ruleset
    )


@example("no_worse")
def _no_worse_kinds(*, notice: set[Penalty], decision: set[Penalty], new_facts: bool, ruleset: str) -> Result:
    before, after = (Sanction(party=Party.PERSON, kinds=frozenset(kinds)) for kinds in (notice, decision))
    return _no_worse(before, after, ruleset)


def _no_worse(before: Sanction, after: Sanction, ruleset: str) -> Result:
    return _outcome(rules.NoWorse.check(DAYS[ruleset], before, after))


@example("instalments")
def _instalments(*, approved_by: str, ruleset: str) -> Result:
    return _outcome(rules.Instalments.check(DAYS[ruleset], approved_by))


@example("not_penalised")
def _not_penalised(*, approved_by: str, outcome: str, ruleset: str) -> Result:
    return _outcome(rules.Approvals.check(DAYS[ruleset], outcome, approved_by))


@example("review")
def _review(*, served: Date, procedure: str = "") -> Result:
    return {
        "review_until": due("review", served),
        "review_at": rules.Review.at(served),
        "review_first": rules.Review.comes_first(served, is_simple=procedure == "simple"),
    }


def _of_regime_twelve(row: str) -> LegalRange:
    """JG-12 五(二)1: the clause c5-3-1 of the list."""
    found = re.fullmatch(r"JG-12 五\(([一二三四])\)(\d?)", row)
    assert found, row
    paragraph, point = found.groups()
    anchor = f"c5-{'一二三四'.index(paragraph) + 2}"
    return shipped_ranges()[f"{anchor}-{point}" if point else anchor]


@example("amount")
def _amount_of_a_row(
    *,
    row: Annotated[LegalRange, BeforeValidator(_of_regime_twelve)],
    fine: Decimal,
    ruleset: str,
    party: Who = Party.ORGANISATION,
    warning: bool = False,
    confiscate: bool = False,
    grade: Grade = Grade.USUAL,
    factor: str | None = None,
) -> Result:
    given = {Penalty.WARNING: warning, Penalty.GOODS: confiscate, Penalty.FINE: fine > 0}
    sanction = Sanction(party=party, kinds=frozenset(kind for kind, is_there in given.items() if is_there), fine=fine)
    found = list(Amount.check(DAYS[ruleset], row, sanction, grade=grade, ground=factor or ""))
    warned = [each.sentence for each in found if each.asks_reason]
    return _outcome(found) | ({"warn": warned[0]} if warned else {})


@example("amount")
def _amount_of_an_article(
    *,
    law: str,
    lowest: Annotated[Decimal, Field(alias="min")],
    highest: Annotated[Decimal, Field(alias="max")],
    grade: Grade,
    fine: Decimal,
    ruleset: str,
    on: Date | None = None,
    factor: str | None = None,
) -> Result:
    day, allowed = on or DAYS[ruleset], LegalRange(source=law, minimum=lowest, maximum=highest)
    sanction = Sanction(party=Party.ORGANISATION, kinds=frozenset({Penalty.FINE}), fine=fine)
    found = Amount.check(day, allowed, sanction, grade=grade, ground=factor or "")
    return {**_outcome(found), "band": allowed.band(grade, day)}


@example("quota")
def _quota(*, licence_holders: int, regime: str) -> Result:
    """清单十 五(三): 10%以内 of the self-reports are looked at on site, rounded down."""
    most = licence_holders // 10
    return {"max_on_site": most} | ({} if most else {"warn": "自查报告抽查为0家; 巡查仍每家≥1次"})
