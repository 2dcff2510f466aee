"""公示 (处罚法2021-48, 令45): drafted by those who handle the case, released by another hand after 保密审查, taken down
where the decision no longer stands or the party asks for it. It goes on when the case is in the archive."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases import rules
from cases.penalties import Penalty, Sanction
from cases.publicity.composing import Source, Wording
from cases.publicity.current import Standing
from cases.publicity.faults import faults_of
from cases.publicity.rows import (
    PublicAddress,
    PublicityDraft,
    PublicityEnd,
    PublicityPush,
    PublicityPushVoid,
    PublicityRelease,
    PublicityReturn,
)
from cases.rows.paper import Paper
from cases.rows.remedy import RemedyEnd
from cases.rule import Objection
from cases.way.case_file import CaseFile, latest
from cases.way.states import SERVED, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline
from history import locks

SINCE_SERVED = (*SERVED, State.ARCHIVED)
OTHERS = ("lead", "audit", "approve")
"""Who releases what another hand has drafted."""
UNDONE = (RemedyEnd.Outcome.CHANGED, RemedyEnd.Outcome.ANNULLED, RemedyEnd.Outcome.UNLAWFUL)
DECISION, ON_THE_SPOT = 29, 30


def _may_be_public(case: Publicising, day: datetime.date) -> Iterable[Objection]:
    return rules.Publish.check_due(case.decided_on, is_due=case.has_to_be_public(), stands=case.decision_stands())


def _may_be_pushed(case: Publicising, day: datetime.date) -> Iterable[Objection]:
    """Also what became of a decision that was."""
    return [] if case.undone_since_it_was_public() else _may_be_public(case, day)


STEPS = (
    CaseStep(
        verb="publicity_drafted",
        label="拟公示稿",
        method="draft_publicity",
        does="照送达的决定书拟出公众将看到的全文，个人信息、商业秘密遮盖；由另一个人审查以后才公示。",
        begins={"handle": SINCE_SERVED},
        asks=_may_be_public,
        takes_reason=False,
        makes_sense=lambda here: here.subject.waits_for_a_draft(),
        repeats=True,
    ),
    CaseStep(
        verb="publicity_mended",
        label="拟更正公示稿",
        method="mend_publicity",
        does="公示有错的，重新拟出全文；由另一个人审查、公示以后，替换现在公示的，公示期限不变。",
        begins={"handle": SINCE_SERVED},
        asks=_may_be_public,
        why="请写明更正什么。",
        makes_sense=lambda here: here.subject.is_public() and here.subject.draft_to_release() is None,
        is_awaited=False,
        repeats=True,
    ),
    CaseStep(
        verb="publicity_released",
        label="公示",
        method="release_publicity",
        does="保密审查以后，公众立即看得到下面的全文；期满自动撤下。",
        begins=dict.fromkeys(OTHERS, SINCE_SERVED),
        asks=_may_be_public,
        takes_reason=False,
        asks_password=True,
        makes_sense=lambda here: here.subject.may_release(here.account),
        ends=("publish",),
        starts=("publish_end", "publish_end_person", "publish_end_short"),
    ),
    CaseStep(
        verb="publicity_returned",
        label="退回公示稿",
        method="return_publicity",
        does="退给承办人员重新拟稿，拟稿的人也可以自己退回；公众看到的不变。",
        begins=dict.fromkeys(("handle", *OTHERS), SINCE_SERVED),
        why="请写明要改什么。",
        makes_sense=lambda here: here.subject.may_return(here.account),
        is_awaited=False,
    ),
    CaseStep(
        verb="publicity_pushed",
        label="推送外省",
        method="push_publicity",
        does="记下处罚信息推送给了登记地的哪个机关，由它公示；决定变更、撤销的，把结果推送同一机关。",
        begins={"handle": SINCE_SERVED},
        asks=_may_be_pushed,
        takes_reason=False,
        makes_sense=lambda here: here.subject.waits_to_be_pushed(),
        repeats=True,
        ends=("publish_elsewhere", "publish", "withdraw"),
    ),
    CaseStep(
        verb="publicity_push_voided",
        label="作废推送登记",
        method="void_push",
        does="登记错的推送不再计算，记录留着；还要公示的，重新推送或者公示。由登记以外的人办。",
        begins=dict.fromkeys(OTHERS, SINCE_SERVED),
        why="请写明哪里登记错了。",
        makes_sense=lambda here: here.subject.valid_push() is not None,
        is_awaited=False,
        repeats=True,
        starts=("publish_elsewhere", "publish"),
    ),
    CaseStep(
        verb="publicity_withdrawn",
        label="撤回公示",
        method="withdraw_publicity",
        does="公众立即看不到这一决定；原来的地址只写撤下的情形。",
        begins=dict.fromkeys(("handle", *OTHERS), SINCE_SERVED),
        why="请写明撤回的理由。",
        makes_sense=lambda here: here.subject.is_public(),
        is_awaited=False,
        starts=("publish", "publish_elsewhere"),
        ends=("withdraw", "publish_end", "publish_end_person", "publish_end_short"),
    ),
    CaseStep(
        verb="publicity_ended_early",
        label="提前停止公示",
        method="end_publicity_early",
        does="当事人申请，符合条件的，公众不再看到这一决定；原来的地址只写已停止公示。",
        begins={"approve": SINCE_SERVED},
        why="请写明审查的情况。",
        makes_sense=lambda here: here.subject.is_public(),
        is_awaited=False,
        ends=("publish_end", "publish_end_person", "publish_end_short"),
    ),
)


class Publicising(CaseFile):
    class Meta:
        abstract = True

    # Whether it has to be public, and is

    def has_to_be_public(self) -> bool:
        """By the rules of the day of the decision, whether or not it is public."""
        if not self.decided_on:
            return False
        is_simple, is_penalty = self.spot_penalty_or_none() is not None, self.decided_proposal().is_penalty
        return is_penalty and rules.Publish.is_due(self.decided_on, self.standing_sanction(), is_simple=is_simple)

    def standing_sanction(self) -> Sanction:
        """What was decided, as a review or a court has changed it."""
        decided = self.decided_proposal().sanction(self.party.kind)
        kinds = frozenset(map(Penalty, self.standing_kinds()))
        return decided.with_values(kinds=kinds, fine=self.standing("fine")) if kinds else decided

    def releases(self) -> list[PublicityRelease]:
        """In their order: each is of the latest draft of its time."""
        return [each.release for each in self.publicity_drafts.all() if hasattr(each, "release")]

    def public_standing(self) -> Standing | None:
        """As it is public now; None where it is not."""
        found = Standing.of(self.releases())
        return found if found and not found.is_over(timezone.localdate()) else None

    def is_public(self) -> bool:
        return self.public_standing() is not None

    def decision_stands(self) -> bool:
        """Neither done away with nor said to be unlawful: by what a review or a court said last, or, of a case that is
        put away, by why it was taken down."""
        said = [each.outcome for each in self.remedy_ends() if each.outcome in UNDONE]
        releases = self.releases()
        if self.state == State.ARCHIVED and releases and releases[-1].is_ended:
            said.append(releases[-1].end.ground)
        return not said or said[-1] not in (RemedyEnd.Outcome.ANNULLED, RemedyEnd.Outcome.UNLAWFUL)

    def draft_to_release(self) -> PublicityDraft | None:
        """The latest draft, where nobody has released or returned it, and nothing was taken down since; none where it
        has not to be public any more."""
        found, releases = latest(self.publicity_drafts), self.releases()
        if found is None or found.is_decided or not (self.waits_to_be_public() or self.is_public()):
            return None
        return None if releases and releases[-1].is_ended and found.at < releases[-1].end.at else found

    def waits_for_a_draft(self) -> bool:
        return self.waits_to_be_public() and self.draft_to_release() is None

    def waits_to_be_public(self) -> bool:
        """It has to be, still stands, and is not, was not for its term, and was not taken down for good."""
        if not self.has_to_be_public() or self.valid_push() or not self.decision_stands():
            return False
        releases = self.releases()
        return not releases or (releases[-1].is_ended and not releases[-1].end.is_for_good)

    def waits_to_be_pushed(self) -> bool:
        """Into the province in which the party is registered, the decision or what became of it."""
        was_undone = self.valid_push() is not None and self.undone_since_it_was_public() is not None
        return was_undone or (bool(self.party.registered_in) and self.waits_to_be_public())

    def valid_push(self) -> PublicityPush | None:
        """The latest."""
        return next((each for each in reversed(self.publicity_pushes.all()) if not each.is_void), None)

    def may_release(self, account: Any) -> bool:
        draft = self.draft_to_release()
        return draft is not None and draft.by_id != account.pk and not self.is_handled_by(account)

    def may_return(self, account: Any) -> bool:
        """Whoever may release it, and whose own it is."""
        draft = self.draft_to_release()
        return draft is not None and (draft.by_id == account.pk or self.may_release(account))

    def publicity_deadlines(self) -> list[Deadline]:
        """By when it is public, or public as a review or a court has left it; by when it is taken down where one has
        undone it."""
        if self.waits_to_be_public():
            changed = [each.ended_on for each in self.remedy_ends() if each.outcome in UNDONE]
            taken_down = [timezone.localdate(each.end.at) for each in self.releases() if each.is_ended]
            start = max([self.decided_on, *changed, *taken_down])
            return self.running("publish_elsewhere" if self.waits_to_be_pushed() else "publish", start)
        if undone := self.undone_since_it_was_public():
            return self.running("withdraw", undone.ended_on)
        return []

    def undone_since_it_was_public(self) -> RemedyEnd | None:
        """What undid the decision as it is public, here or in another province; None where it stands as it is shown."""
        public = self.public_standing()
        shown = public.latest.draft if public else self.valid_push()
        return self._undone_since(shown) if shown else None

    def _undone_since(self, shown: PublicityDraft | PublicityPush) -> RemedyEnd | None:
        return next((each for each in self.remedy_ends() if each.outcome in UNDONE and each.at > shown.at), None)

    def restricts(self) -> bool:
        """Whether the penalty keeps the party from its business, maybe for longer than any term."""
        return bool(self.standing_sanction().has_any(rules.NEVER_EARLY))

    # What is done

    def public_source(self) -> Source:
        """Of which a draft is made. Raises Incomplete."""
        form = ON_THE_SPOT if self.spot_penalty_or_none() else DECISION
        paper: Paper | None = self.papers.valid().filter(form=form).last()
        if paper is None:
            raise Incomplete("决定书还没有制作，公示的要和送达的决定书一致。请先制作。")
        return Source(self, paper)

    def draft_publicity(self, wording: Wording, *, by: Any, restricted_until: datetime.date | None = None) -> None:
        self._draft("publicity_drafted", wording, by, "", restricted_until)

    def mend_publicity(
        self, wording: Wording, *, by: Any, reason: str, restricted_until: datetime.date | None = None
    ) -> None:
        """What is public stays until another hand releases this in its place."""
        self._draft("publicity_mended", wording, by, reason, restricted_until)

    def _draft(self, verb: str, wording: Wording, by: Any, reason: str, restricted_until: datetime.date | None) -> None:
        with self.acting(verb, by=by, reason=reason) as case:
            case.answer_to(verb, reason)
            public = case.public_standing()
            if verb == "publicity_drafted" and not case.waits_to_be_public():
                raise Incomplete("现在不用拟公示稿：已经公示，或者不再公示。公示有错的，拟更正公示稿。")
            if verb == "publicity_mended" and public is None:
                raise Incomplete("现在没有公示，没有可以更正的。")
            source = case.public_source()
            case.read_party(by)
            draft = PublicityDraft(
                case=case,
                paper=source.paper,
                content=source.decision(wording).canonical(),
                marked=wording.marked,
                uncovered="\n".join(wording.uncovered),
                term=case.term_of_publicity(),
                restricted_until=restricted_until,
            )
            case.keep(draft, by)

    def term_of_publicity(self) -> str:
        """That of what is public, unless the decision was changed since."""
        public = self.public_standing()
        if public and not self._undone_since(public.latest.draft):
            return str(public.latest.draft.term)
        return rules.PublishEnd.term(self.standing_sanction())

    def release_publicity(self, *, by: Any, secrecy: str, shown: str) -> None:
        """`shown` is the digest of what whoever releases it has read (PublicityDraft.seen_as)."""
        with self.acting("publicity_released", by=by) as case:
            draft = case._draft_of_another(by)
            if shown != draft.seen_as:
                raise Incomplete("您看过以后，公示稿又改过，没有公示。请再看一遍。")
            if left := list(faults_of(draft, case)):
                raise Incomplete(f"公示稿{left[0]}，请退回，重新拟稿。")
            if undone := case._undone_since(draft):
                raise Incomplete(f"拟稿以后{undone.remedy.get_kind_display()}有了结果，请退回，重新拟稿。")
            case.answer_to("publicity_released", "")
            case._take_a_number(by)
            case.keep(PublicityRelease(draft=draft, secrecy=secrecy.strip()), by)

    def return_publicity(self, *, by: Any, reason: str) -> None:
        with self.acting("publicity_returned", by=by, reason=reason) as case:
            draft = case.draft_to_release()
            if draft is None or draft.by_id != by.pk:
                draft = case._draft_of_another(by)
            case.keep(PublicityReturn(draft=draft), by)

    def _draft_of_another(self, by: Any) -> PublicityDraft:
        """Raises Incomplete, NotYours."""
        draft = self.draft_to_release()
        if draft is None:
            raise Incomplete("没有等审查的公示稿。")
        if draft.by_id == by.pk:
            raise NotYours("公示稿是您拟的，要由别人来审查、公示。")
        if self.is_handled_by(by):
            raise NotYours("这一案是您承办的，要由别人来审查、公示。")
        return draft

    def _take_a_number(self, by: Any) -> None:
        """Once, for whatever is released of this case; others wait for the next."""
        if PublicAddress.objects.filter(case_id=self.pk).exists():
            return
        locks.lock_exclusive(locks.lock_id("cases: public numbers"))
        last = PublicAddress.objects.aggregate(last=Max("number"))["last"] or 0
        self.keep(PublicAddress(case_id=self.pk, number=last + 1), by)

    def withdraw_publicity(self, *, by: Any, ground: str, reason: str) -> None:
        with self.acting("publicity_withdrawn", by=by, reason=reason) as case:
            case.answer_to("publicity_withdrawn", reason)
            case._refuse_ground(ground)
            case._end(PublicityEnd(ground=ground), by)

    def _refuse_ground(self, ground: str) -> None:
        """What a review or a court is said to have done stands in the file, as long as it can be entered there."""
        outcomes = {each.outcome for each in self.remedy_ends()}
        if ground in UNDONE and ground not in outcomes and self.state != State.ARCHIVED:
            raise Incomplete("案卷里没有登记这样的复议、诉讼结果，请先登记，或者选别的情形。")

    def end_publicity_early(self, *, by: Any, asked_on: datetime.date, unmet: Iterable[str], reason: str) -> None:
        """`unmet` are the conditions that nobody has confirmed."""
        with self.acting("publicity_ended_early", by=by, reason=reason) as case:
            since = case._public_to_end().first.day
            if not since <= asked_on <= timezone.localdate():
                raise Incomplete(f"申请的日期要在公示（{since}）和今天之间，请核对。")
            sanction = case.standing_sanction()
            left = [*filter(None, [case.owed(timezone.localdate()).said]), *case.duties_to_see()]
            owed = [f"还欠{'、'.join(left)}"] if left else []
            against = rules.PublishEnd.check_early(
                timezone.localdate(), sanction=sanction, since=since, unmet=[*owed, *unmet]
            )
            case.answer_to("publicity_ended_early", reason, against)
            case._end(PublicityEnd(ground=PublicityEnd.Ground.EARLY, asked_on=asked_on), by)

    def push_publicity(self, push: PublicityPush, *, by: Any) -> None:
        with self.acting("publicity_pushed", by=by) as case:
            case.answer_to("publicity_pushed", "")
            if not case.waits_to_be_pushed():
                raise Incomplete("当事人没有登记在外省，或者已经推送、公示，以后没有变更、撤销。")
            if not case.decided_on <= push.sent_on <= timezone.localdate():
                raise Incomplete(f"推送日期要在决定（{case.decided_on}）和今天之间，请核对。")
            push.case = case
            case.keep(push, by)

    def void_push(self, *, by: Any, reason: str) -> None:
        with self.acting("publicity_push_voided", by=by, reason=reason) as case:
            push = case.valid_push()
            if push is None:
                raise Incomplete("没有登记推送，没有可以作废的。")
            if push.by_id == by.pk:
                raise NotYours("推送是您登记的，要由别人来作废。")
            case.keep(PublicityPushVoid(push=push), by)

    def _end(self, end: PublicityEnd, by: Any) -> None:
        end.release = self._public_to_end().latest
        self.keep(end, by)

    def _public_to_end(self) -> Standing:
        found = self.public_standing()
        if found is None:
            raise Incomplete("现在没有公示。")
        return found
