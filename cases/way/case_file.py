"""案卷: what every phase of a case builds on: whose it is, what its clocks count by, what answers the rules."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from acts.errors import Incomplete, Refused
from acts.subjects import Subject
from cases import rules
from cases.rows.people import Officer
from cases.rows.receipt import Served
from cases.rows.sides import Side
from cases.rule import Objection, refuse
from cases.way.states import OVER, State
from cases.way.steps import CaseStep
from clocks.counting import Span
from clocks.deadlines import Deadline, Extension, NotLawful, check_extension, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.models import Notice
from clocks.time_limit import NoTimeLimit
from clocks.working_days import Calendar


def person(name: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=name, on_delete=models.PROTECT, null=True, related_name="+"
    )


def hand(name: str, time: str) -> Any:
    """The three columns that keep who did an act: reviewed_by, reviewed_by_name, reviewed_at."""
    return (
        person(name),
        models.CharField(f"{name}姓名", max_length=200, blank=True),
        models.DateTimeField(time, null=True),
    )


def latest(rows: Any) -> Any:
    """The last of the rows of a case, in their own order; None where there are none."""
    return next(reversed(rows.all()), None)


def done_by(now: Any, written: Any) -> Any:
    """When something was done, of which the clock wrote down the day or the moment: by now at the latest. What is
    written down for later was done with the clock ahead."""
    return min(written, now)


class CaseFile(Subject):
    state = models.CharField("状态", max_length=20, choices=State)

    # What the phases bring for one another, and the rows of a case by their names.
    objects: ClassVar[Any]
    agreements: Any
    all_done_on: Any
    annulled_on: Any
    applications_under_way: Any
    arrangement: Any
    arrangements: Any
    attachments: Any
    auditor_objections: Any
    awaited_reply: Any
    break_stops: Any
    breaks: Any
    cash_deadlines: Any
    closed_at: Any
    closed_by: Any
    closed_by_name: Any
    closed_on: Any
    closing_ground: Any
    conclusion: Any
    conclusions: Any
    correction_orders: Any
    corrections_to_check: Any
    court_applications: Any
    decided_at: Any
    decided_on: Any
    decided_proposal: Any
    decision: Any
    decision_number: Any
    decisions: Any
    done_before: Any
    due_days: Any
    duties: Any
    duties_to_see: Any
    end: Any
    end_anew: Any
    ended_by_court: Any
    ended_on: Any
    ending_objections: Any
    evidence: Any
    executed_and_not_entered: Any
    filed_by_id: Any
    filed_on: Any
    filing_deadline: Any
    found_on: Any
    fulfilments: Any
    grounds_to_finish: Any
    handings_over: Any
    handlers: Any
    has_goods_to_dispose_of: Any
    has_reported_hearing: Any
    hearing: Any
    hearing_request: Any
    hearing_stops: Any
    inspections: Any
    is_annulled: Any
    is_heard_by: Any
    last_due: Any
    like_cases: Any
    latest_recheck: Any
    measure_objections: Any
    measures: Any
    made_known_on: Any
    measures_to_decide_on: Any
    meeting: Any
    meetings: Any
    name_handlers: Any
    not_asked_of_the_court: Any
    notice: Any
    notices: Any
    number: Any
    office_id: Any
    one_fine_objections: Any
    open_measures: Any
    overpaid: Any
    owed: Any
    paid: Any
    papers: Any
    party: Any
    payment_due: Any
    payments: Any
    police_reply: Any
    proposal_objections: Any
    public_address: Any
    publicity_drafts: Any
    publicity_pushes: Any
    publication_stops: Any
    read_party: Any
    receipt: Any
    receipts: Any
    recusals: Any
    refund_stops: Any
    refunds: Any
    refuse_who_is_not_on_it: Any
    registered_by_id: Any
    remedies: Any
    remedies_under_way: Any
    remedy_ends: Any
    reviews_decided: Any
    served_on: Any
    sides: Any
    source: Any
    spot_deadlines: Any
    spot_penalty: Any
    spot_penalty_or_none: Any
    standing: Any
    standing_kinds: Any
    surcharge: Any
    substance_objections: Any
    takes: Any
    testings: Any
    testings_under_way: Any
    timeline: Any
    told_of_remedies_on: Any
    transfer_objections: Any
    unpaid_fine: Any
    untransferred_objections: Any
    urgings: Any
    valid_agreements: Any
    valid_applications: Any
    valid_arrangements: Any
    valid_fulfilments: Any
    valid_payments: Any
    valid_refunds: Any
    valid_remedies: Any
    valid_urgings: Any
    undone_since_it_was_public: Any
    volume: Any
    waits_to_be_public: Any
    way_to_court: Any
    weighing: Any
    weighings: Any

    class Meta:
        abstract = True

    @property
    def named(self) -> str:
        return f"案件 {self.number}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @contextlib.contextmanager
    def acting(self, verb: str, *, by: Any, reason: str = "") -> Iterator[Any]:
        """As of everything that is acted on; what it gives is a Case, whichever phase asks."""
        with super().acting(verb, by=by, reason=reason) as case:
            case.refuse_what_was_not_seen(self.steps[verb], self.seen_until, self.seen_of_party)
            yield case

    seen_until: int | None = None
    """The number of the latest act that stood on the page of whoever acts."""
    seen_of_party: int | None = None
    """The latest record of what was known of the party then."""

    def refuse_what_was_not_seen(self, step: Any, until: int | None, of_party: int | None) -> None:
        """Who decides something decides on the case as it stands. Raises Incomplete, with what was done meanwhile; what
        only adds a row goes along with everything; a signature only with what leaves the case where it stands. Who the
        party is bears on whatever leads on."""
        if until is None or (step.repeats and not step.leads_to and not step.asks_password):
            return
        later = self.timeline.filter(number__gt=until)
        if step.asks_password:
            later = later.filter(verb__in=[each.verb for each in self.steps if each.leads_to])
        done = [f"{each.by_name} {each.get_verb_display()}" for each in later]
        if step.leads_to and of_party is not None:
            changes = (each for each in self.party.changes() if each.record > of_party)
            done += [f"{each.by} 改了当事人的{'、'.join(edit.label for edit in each.edits)}" for each in changes]
        if done:
            raise Incomplete(f"您打开这一页以后，{'；'.join(done)}。请看过以后再办。")

    def _refuse_what_cannot_begin(self, step: Any, by: Any, reason: str) -> None:
        super()._refuse_what_cannot_begin(step, by, reason)
        if {"approve", "determine"} & set(step.begins) and not {"handle", "lead"} & set(step.begins):
            refuse(self.separation_objections(by, step.label, timezone.localdate()))

    def last_done(self, *verbs: str) -> str:
        """Which of these acts was done last, by their numbers: what came after what does not hang on the clock. Empty
        where none was."""
        done = self.timeline.filter(verb__in=verbs).order_by("-number")
        return str(done.values_list("verb", flat=True).first() or "")

    # Whose it is

    def concerns(self, account: Any, role: str) -> bool:
        if self.has_stepped_back(account):
            return False
        match role:
            case "handle":
                return self.is_handled_by(account)
            case "lead":
                return account.office_id is not None and account.office_id == self.office_id
            case "vote":
                return self.is_judged_by(account)
            case "hear":
                return self.is_heard_by(account)
        return True

    def is_handled_by(self, account: Any) -> bool:
        """Whoever is named; as long as nobody is, whoever took the clue down."""
        named = [handler.officer.account_id for handler in self.handlers.all()]
        return account.pk in named if named else account.pk == self.registered_by_id

    def is_judged_by(self, account: Any) -> bool:
        """While the committee sits, by whoever sits there; otherwise by its chair."""
        if self.state == State.IN_SESSION:
            return account.pk in [each.member.account_id for each in self.meeting().voters()]
        return self.is_chair(account)

    @staticmethod
    def is_chair(account: Any) -> bool:
        """Whether this person is 主任委员 today."""
        return any(each.is_chair_on(timezone.localdate()) for each in account.memberships.all())

    def has_stepped_back(self, account: Any) -> bool:
        """By the latest decision on this person: an earlier one may have been entered by mistake."""
        decided = [each.steps_back for each in self.recusals.all() if each.account_id == account.pk]
        return bool(decided) and decided[-1]

    def take_side(self, account: Any, which: Side.Which, by: Any) -> None:
        """From now on this person cannot be on the other side. Raises Refused where that is so already."""
        held = self.sides.filter(account=account).first()
        if held is None:
            self.keep(Side(case_id=self.pk, account=account, which=which), by)
        elif held.which != which:
            raise Refused(f"{account.get_full_name()}在这一案里已经{held.get_which_display()}，不能再{which.label}。")

    def keep(self, thing: Any, by: Any) -> None:
        """Whoever takes part as an officer is on the side of those who handle the case."""
        for officer in getattr(thing, "officers", ()):
            self.refuse_who_stepped_back(officer.account)
            self.refuse_who_judges(officer.account, by)
            self.take_side(officer.account, Side.Which.HANDLING, by)
        super().keep(thing, by)

    def refuse_who_judges(self, account: Any, by: Any) -> None:
        """Nobody takes a case out of the hands of those who audit and decide by writing them down as an officer."""
        if account != by and any(self.may(account, role) for role in ("audit", "approve", "determine")):
            name = account.get_full_name()
            raise Refused(f"{name}是审核、批准案件的人，不能由别人写成执法人员；请写实际参加的执法人员。")

    def refuse_dates_before(self, first: datetime.date, what: str, served: Served) -> None:
        """A paper is published and served between what it follows on and today."""
        today = timezone.localdate()
        first = done_by(today, first)
        if served.published_on and not first <= served.published_on < served.served_on:
            raise Incomplete(f"公告日期要在{what}（{first}）以后、送达日期以前，请核对。")
        if not first <= served.served_on <= today:
            raise Incomplete(f"送达日期要在{what}（{first}）和今天之间，请核对。")

    def refuse_who_stepped_back(self, account: Any) -> None:
        if self.has_stepped_back(account):
            raise Refused(f"{account.get_full_name()}已经回避，不能再参加这一案。")

    def separation_objections(self, account: Any, doing: str, day: datetime.date) -> list[Objection]:
        """That whoever handles it does not judge it too."""
        is_handler = self.is_handled_by(account)
        return list(rules.Separation.check(day, account.get_full_name(), doing, is_handler=is_handler))

    # Clocks

    calendar: Calendar | None = None
    """Where it was read once for many cases."""

    def working_days(self) -> Calendar:
        return self.calendar or Notice.objects.calendar()

    def stops(self) -> list[Span]:
        """What verifying is not charged for, as of today."""
        return [testing.stop(timezone.localdate()) for testing in self.testings.all()]

    def told_stops(self) -> list[Span]:
        """Of these, what the party was told in writing: it stops 查封、扣押 too."""
        told = (testing.told_stop(timezone.localdate()) for testing in self.testings.all())
        return [stop for stop in told if stop]

    def running(
        self,
        name: str,
        start: datetime.date,
        *,
        number: int | None = None,
        stops: Iterable[Span] = (),
        granted: Sequence[Extension] = (),
    ) -> list[Deadline]:
        """The deadline of that time limit, with what stops it; none where there was no such limit on that day."""
        try:
            limit = in_force().on(name, start)
        except NoTimeLimit:
            return []
        held = [stop for stop in stops if stop.why in limit.stops]
        calendar = self.working_days()
        return [work_out_provisional(limit, start, calendar, number=number, stops=held, granted=granted)]

    # Rules

    def objections_to(self, verb: str, on: datetime.date | None = None) -> list[Objection]:
        """What the rules have against an act of that day, or of today, as far as the case itself tells."""
        step = self.steps[verb]
        assert isinstance(step, CaseStep)
        return list(step.asks(self, on or timezone.localdate()))

    def answer_to(
        self, verb: str, reason: str, more: Iterable[Objection] = (), *, on: datetime.date | None = None
    ) -> None:
        """What the rules have against the act, `on` the day on which it was done where it is only written down today,
        and what they have against what it brings. Raises Refusal; and Incomplete where a reason is wanted and none is
        given. What the reason answers is kept with the act."""
        asked = [each for each in refuse([*self.objections_to(verb, on), *more]) if each.asks_reason]
        if asked and not reason.strip():
            raise Incomplete(f"{''.join(map(str, asked))}请写明理由。")
        self._answered = tuple(dict.fromkeys(each.rule for each in asked))

    _answered: tuple[str, ...] = ()

    def told_with_act(self) -> dict[str, Any]:
        return {"answered": "\n".join(self._answered)}


def service_objections(served: Served, what: str, calendar: Calendar, *, is_decision: bool = False) -> list[Objection]:
    """What the rules have against how a paper was served: by whom, by what way, and when what was published counts."""
    day = served.served_on
    found = [
        *officers_objections(f"送达{what}", served.officers, day),
        *rules.ServiceMode.check(
            day, served.mode, is_decision=is_decision, has_consent=served.has_consent, witnessed=bool(served.witness)
        ),
    ]
    if served.published_on:
        limit = in_force().on("service_by_notice", served.published_on)
        due = work_out_provisional(limit, served.published_on, calendar).due
        found += rules.ServiceByNotice.check_served(limit, due, day)
    return found


def refuse_unlawful(deadline: Deadline, extension: Extension) -> None:
    """Raises Refused where the law does not allow to prolong it so."""
    try:
        check_extension(deadline, extension)
    except NotLawful as error:
        raise Refused(f"{error}。") from None


def officers_objections(act: str, officers: Collection[Officer], day: datetime.date) -> list[Objection]:
    number = len({each.pk for each in officers})
    return list(rules.Officers.check(day, act, number, unqualified=_unqualified(officers, day)))


def certificate_objections(act: str, officers: Collection[Officer], day: datetime.date) -> list[Objection]:
    """Where it is no matter how many they are."""
    return list(rules.Officers.check_certificates(day, act, _unqualified(officers, day)))


def _unqualified(officers: Collection[Officer], day: datetime.date) -> list[str]:
    return [
        each.account.get_full_name() + ("" if each.is_endorsed else "（登记还没有核对）")
        for each in officers
        if not each.is_valid_on(day)
    ]
