"""What acts are done with: something with a state, a table of steps, and a timeline to which each act adds a line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, WrongState
from acts.models import name_of
from acts.steps import Step, Steps
from history import gates
from history.refusals import is_away, said_by_database
from verbatim.characters import complaint
from verbatim.models import texts_of


class Subject(models.Model):
    """Something that people act on, one after the other. Its `state` is one of the states of its `steps`; its
    `timeline` are its acts (a model of acts.models.Act)."""

    steps: ClassVar[Steps]
    label_field: ClassVar[str]
    """The column by which people know one: label."""
    acts_area: ClassVar[str]
    """Whose hands its acts are in (accounts.roles)."""
    state: Any
    initial_states: ClassVar[Mapping[str, tuple[str, ...]]]
    """The states in which one comes to be, each with the fields of the table of steps that are filled then."""

    class Meta:
        abstract = True

    @property
    def named(self) -> str:
        """What sentences call it: 2018-03 版."""
        return str(self)

    @property
    def waits_for(self) -> str:
        """What comes next, in a sentence."""
        return ""

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done with it any more, whatever its state."""
        return False

    @classmethod
    def may(cls, account: Any, role: str) -> bool:
        """Whether this person may do what the role does with things of this kind."""
        return bool(account.is_active and account.has_perm(f"{cls._meta.app_label}.{role}_{cls._meta.model_name}"))

    def concerns(self, account: Any, role: str) -> bool:
        """Whether this one is theirs to do so with, where the role alone does not say."""
        return True

    @contextlib.contextmanager
    def acting(self, verb: str, *, by: Any, reason: str = "") -> Iterator[Self]:
        """Lock it, ask whether this person may, whether the state and the hands are right, let the act make its change,
        then sign it, write its line into the timeline and save: all of it or nothing. Raises Refused."""
        step = self.steps[verb]
        if not step.is_open_to_role(self, by):
            raise NotYours("您的账号没有办这件事的权限。")
        with in_words(), transaction.atomic():
            gates.wait(type(self))
            subject = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
            subject._refuse_what_cannot_begin(step, by, reason)
            yield subject
            subject._take(step, by, reason)
            subject.note(verb, by, reason, **subject.told_with_act())
            subject.complete(step, by)
            subject.save()
            subject.tell(by)
        self.refresh_from_db()

    def _refuse_what_cannot_begin(self, step: Step, by: Any, reason: str) -> None:
        self.refuse_when_over(step)
        refuse_unseen({f"{step.label}的说明": reason})
        if not step.is_open_to(self, by):
            raise WrongState(self.cannot(step))
        if sentence := step.hand_objection(self, by):
            raise NotYours(sentence)
        if step.why and not reason.strip():
            raise Incomplete(step.why)

    def cannot(self, step: Step) -> str:
        """That the state is not right for it, in a sentence."""
        return f"{self.named}现在是“{self.get_state_display()}”，不能{step.label}。"  # type: ignore[attr-defined]

    def refuse_when_over(self, step: Step) -> None:
        """Raises WrongState where nothing can be done with it any more."""
        if self.is_over:
            raise WrongState(f"{self.named}已经办结，不能{step.label}。")

    def _take(self, step: Step, by: Any, reason: str) -> None:
        """What the table says that the step writes."""
        if step.leads_to:
            self.state = step.leads_to
        if step.hand:
            self.sign_with(step.hand, by)
        for hand in step.fills:
            if getattr(self, f"{hand}_by_id") is None:
                self.sign_with(hand, by)
        for hand in step.takes_back:
            for column, nothing in (("by", None), ("by_name", ""), ("at", None)):
                setattr(self, f"{hand}_{column}", nothing)
        if step.signs:
            setattr(self, step.signs, by)
        if step.keeps_reason_in:
            setattr(self, step.keeps_reason_in, reason.strip())

    def sign_with(self, hand: str, by: Any) -> None:
        """Who did what that hand does, under the name of now."""
        setattr(self, f"{hand}_by", by)
        setattr(self, f"{hand}_by_name", name_of(by))
        setattr(self, f"{hand}_at", timezone.now())

    def told_with_act(self) -> dict[str, Any]:
        """What else the line of an act keeps, once the act has made its change."""
        return {}

    def note(self, verb: str, by: Any, reason: str, **more: Any) -> None:
        """The line of an act, at the end of the timeline."""
        timeline: Any = self.timeline  # type: ignore[attr-defined]
        timeline.create(
            number=timeline.count() + 1,
            verb=verb,
            reason=reason.strip(),
            by=by,
            by_name=name_of(by),
            at=timezone.now(),  # by the same clock as the columns of the thing itself
            **more,
        )

    def complete(self, step: Step, by: Any) -> None:
        """What else an act does, once its line is written; raising refuses all of it."""

    def tell(self, by: Any) -> None:
        """Tell those whose turn it is."""

    def keep(self, thing: Any, by: Any) -> None:
        """Keep a remark, an answer or a file that belongs to the act."""
        thing.by, thing.by_name, thing.at = by, name_of(by), timezone.now()
        refuse_unseen(
            {thing._meta.get_field(name).verbose_name: getattr(thing, name) for name in texts_of(type(thing))}
        )
        thing.save(force_insert=True)

    def did_it_just_now(self, step: Step, account: Any) -> bool:
        """Whether the latest act is this one, of the same person: the button was pressed twice, maybe on two pages."""
        last = self.timeline.order_by("-number").first()  # type: ignore[attr-defined]
        return not step.repeats and last is not None and (last.verb, last.by_id) == (step.verb, account.pk)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """What the database refuses, in its own sentence."""
    try:
        yield
    except DatabaseError as error:
        if is_away(error):
            raise
        raise Incomplete(said_by_database(error)) from error


def refuse_unseen(texts: Mapping[str, str]) -> None:
    """Raises Incomplete where one of these texts, each with what it is called, holds characters that cannot be seen or
    printed: afterwards they could not be mended."""
    if faults := [f"{called}里{said}" for called, text in texts.items() if (said := complaint(text))]:
        raise Incomplete("".join(faults))
