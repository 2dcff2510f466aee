"""What the examples of `clocks.vectors` ask of this app: every rule that only counts."""

import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from clocks import following_limits
from clocks.choices import Choices
from clocks.counting import Span
from clocks.deadlines import Deadline, Extension, NotLawful, work_out, work_out_hours
from clocks.limits_of_the_law import limits_under
from clocks.time_limit import TimeLimits, ruleset
from clocks.vectors import Period, Result, example
from clocks.working_days import DAY, library_calendar
from verbatim.documents import Document

Date = datetime.date
Moment = datetime.datetime
SHORT = ("较低数额罚款", "通报批评")


def limits() -> TimeLimits:
    """Under the stated answers to what is open, whatever the bureau has chosen: so were the examples worked out."""
    return limits_under(Choices())


def deadline(rule: str, start: Date, **values: Any) -> Deadline:
    return work_out(limits().on(rule, start), start, library_calendar(), **values)


def due(rule: str, start: Date, **values: Any) -> Date:
    return deadline(rule, start, **values).due


def due_at(rule: str, start: Moment) -> Moment:
    return work_out_hours(limits().on(rule, start.date()), start).ends_at


def _cap(found: Deadline) -> Result:
    return {"last_day": found.due, "decide_by": found.alarm}


@example("ruleset")
def _ruleset(*, step_on: Date) -> Result:
    return {"set": ruleset(step_on)}


@example("calendar")
def _calendar(*, rule: str, clue: Date) -> Result:
    return {"due": due(rule, clue)}


@example("filing")
def _filing(*, clue: Date, suspended: tuple[Period, ...] = (), extension_signed: Date | None = None) -> Result:
    found = deadline("filing", clue, stops=suspended)
    return {"due": found.due} | _longer(found, clue, suspended, 15, extension_signed)


@example("decision")
def _decision(*, filed: Date, suspended: tuple[Period, ...] = (), extension_days: int = 30) -> Result:
    found = deadline("decision", filed, stops=suspended)
    return {"due": found.due, "alarm": found.alarm} | _longer(found, filed, suspended, extension_days, None)


def _longer(found: Deadline, start: Date, stops: tuple[Span, ...], number: int, signed: Date | None) -> dict[str, Any]:
    """What an extension on the last day, or on the day given, makes of it."""
    if not found.limit.longer:
        return {}
    extension = Extension(number=number, signed=signed or found.due)
    return {"extended": due(found.limit.rule, start, stops=stops, extensions=[extension])}


@example("urgent")
def _urgent(*, measure_at: Moment) -> Result:
    return {"due_at": due_at("urgent", measure_at)}


@example("keeping")
def _keeping(*, kept: Date) -> Result:
    found = deadline("keeping", kept)
    return {**_cap(found), "released_from": found.due + DAY}


@example("sealing")
def _sealing(*, sealed: Date) -> Result:
    return _cap(deadline("sealing", sealed))


@example("sealing")
def _sealed_longer(*, sealed: Date, extension_days: int, signed: Date) -> Result:
    return _cap(deadline("sealing", sealed, extensions=[Extension(number=extension_days, signed=signed)]))


class Signed(Document):
    days: int
    signed: Date


@example("sealing")
def _sealed_longer_and_longer(*, sealed: Date, extensions: tuple[Signed, ...]) -> Result:
    given = [Extension(number=each.days, signed=each.signed) for each in extensions]
    return _cap(deadline("sealing", sealed, extensions=given))


@example("sealing")
def _sealed_for_a_test(*, sealed: Date, testing: tuple[Period, ...], told_in_writing: bool) -> Result:
    return _cap(deadline("sealing", sealed, stops=testing if told_in_writing else ()))


@example("notice_reply")
def _notice_reply(*, notice_served: Date, filed: Date | None = None) -> Result:
    """The step counts, not the day of filing."""
    return {"set": ruleset(notice_served), "until": due("notice_reply", notice_served)}


@example("hearing_request")
def _hearing_request(*, notice_served: Date, posted: Date | None = None, arrived: Date | None = None) -> Result:
    """Posted before the end is in time, whenever it arrives (K9)."""
    found = deadline("hearing_request", notice_served)
    if posted and posted > found.due:
        raise NotLawful("要求听证已超过期限", clause=found.limit.clause)
    return {"until": found.due, "refused_from": found.due + DAY}


@example("hearing_prepare")
def _hearing_prepare(*, requested: Date) -> Result:
    if ruleset(requested) == "a":
        return {"hold_by": due("hearing", requested)}
    chair, file, fixed = following_limits.preparation(requested, limits(), library_calendar())
    return {"chair_by": chair.due, "file_by": file.due, "fix_by": fixed.due}


@example("hearing_notice")
def _hearing_notice(*, hearing: Date) -> Result:
    return {
        "notice_latest": due("hearing_notice", hearing),
        "public_notice_latest": due("hearing_publicity", hearing),
    }


@example("hearing_notice")
def _hearing_notice_served(*, hearing: Date, notice_served: Date) -> Result:
    found = deadline("hearing_notice", hearing)
    if notice_served > found.due:
        raise NotLawful(f"听证通知最迟 {found.due} 送达", clause=found.limit.clause)
    return {}


@example("service_by_notice")
def _service_by_notice(*, published: Date) -> Result:
    return {"served": due("service_by_notice", published)}


@example("correction")
def _correction(*, ordered: Date, days: int, approved_by: str | None = None) -> Result:
    limit = limits().on("correction", ordered)
    if days > limit.number and not approved_by:
        raise NotLawful(f"责令改正超过 {limit.length} 的，要经负责人批准", clause=limit.clause)
    return {"due": due("correction", ordered, number=days)}


@example("surcharge")
def _surcharge(
    *, fine: Decimal, served: Date, paid: Date, suit: Period | None = None, review: Period | None = None
) -> Result:
    last = due("payment", served)
    found = following_limits.surcharge(fine, last, paid, [stop for stop in (suit, review) if stop])
    return {"due": last, "days": found.days, "surcharge": found.amount, "cap_reached": found.cap_reached}


@example("cash")
def _cash(*, collected: Date) -> Result:
    to_bureau = due("cash", collected)
    return {"to_bureau": to_bureau, "to_bank": due("cash", to_bureau)}


@example("court")
def _court(
    *, served: Date, review_decision_received: Date | None = None, instalments_end: Date | None = None
) -> Result:
    found = following_limits.to_court(
        served, limits(), library_calendar(), review_received=review_decision_received, instalments_end=instalments_end
    )
    return {
        "suit_until": found.suit and found.suit.due,
        "apply_until": found.application.due,
        "alarm": found.application.alarm,
        "urge_served_latest": found.urge_latest,
        "review_until": due("review", served),
    }


@example("transfer")
def _transfer(*, report: Date, approved_at: Moment | None = None) -> Result:
    found = deadline("transfer", report)
    if approved_at is None:
        return {"decide_by": found.due, "alarm": found.alarm}
    return {"decide_by": found.due, "police_by": due_at("transfer_police", approved_at)}


@example("limitation")
def _limitation(*, act_ended: Date, act_began: Date | None = None, continuing: bool = False) -> Result:
    """A continuing act is counted from its end like any other."""
    last = due("limitation", act_ended)
    return {"discovered_ok": last, "discovered_late": last + DAY}


@example("limitation")
def _limitation_of_harm(*, act_ended: Date, life_health_finance: bool, harm: bool) -> Result:
    return {"discovered_ok": due("limitation_harm" if life_health_finance and harm else "limitation", act_ended)}


@example("report")
def _report(*, closed: Date, kind: str) -> Result:
    return {"due": due("report", closed)}


@example("publish")
def _publish_as_in_2019(*, decided: Date) -> Result:
    return {"publish_by": due("publish", decided)}


@example("publish")
def _publish_here(*, decided: Date, same_province: bool) -> Result:
    return {"due": due("publish", decided)}


@example("publish")
def _publish_elsewhere(*, decided: Date, same_province: bool, received_there: Date) -> Result:
    return {"push_by": due("publish_elsewhere", decided), "publish_by": due("publish_there", received_there)}


@example("publish_end")
def _publish_end(*, published: Date, kind: Annotated[str, Field(alias="class")]) -> Result:
    return {"ends": due("publish_end_short" if kind in SHORT else "publish_end", published)}


@example("blacklist")
def _blacklist(*, listed: Date) -> Result:
    return {
        "publish_by": due("blacklist", listed),
        "early_exit_from": due("blacklist_early", listed),
        "exit_on": due("blacklist_end", listed),
    }


@example("random_results")
def _random_results(*, check_ended: Date) -> Result:
    return {"publish_by": due("random_results", check_ended)}


@example("case_review")
def _case_review(*, half: Annotated[str, Field(pattern=r"^[12]\d{3}-[12]$")]) -> Result:
    year, number = half.split("-")
    return {"due": following_limits.half_year_end(int(year), int(number))}


@example("audit")
def _audit(*, received: Date) -> Result:
    return {"due": due("audit", received)}


@example("hearing_report")
def _hearing_report(*, closed: Date) -> Result:
    return {"due": due("hearing_report", closed)}


@example("service")
def _service(*, decided: Date) -> Result:
    return {"due": due("service", decided)}


@example("payment")
def _payment(*, served: Date) -> Result:
    return {"due": due("payment", served)}


@example("closing")
def _closing(*, event: Date) -> Result:
    return {"due": due("closing", event)}


@example("simple_archive")
def _simple_archive(*, decided: Date) -> Result:
    return {"due": due("simple_archive", decided)}


@example("withdraw")
def _withdraw(*, annulled: Date) -> Result:
    return {"due": due("withdraw", annulled)}


@example("assist")
def _assist(*, received: Date) -> Result:
    return {"due": due("assist", received)}


@example("yearly_check")
def _yearly_check(*, form_received: Date) -> Result:
    return {"due": due("yearly_check", form_received)}
