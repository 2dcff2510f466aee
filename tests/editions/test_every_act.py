"""Every act in every state by every role and by who submitted it: done as one table says, whole or not at all."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import roles
from acts.errors import Incomplete, NotYours, Refused
from editions.life.edition import Edition
from editions.life.states import State
from editions.life.steps import STEPS
from editions.life.timeline import Act, Remark
from editions.register.picking import pick
from editions.register.register import Register, compose
from tests.acting import Hands, approve, change_a_phone, first_day, make_at, make_hands, make_reply, make_submitted
from tests.conftest import make_account


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


REPLY = {"authority": "县编委", "number": "文编〔2026〕1号"}
VERBS = [step.verb for step in STEPS]
ACTS: dict[str, Callable[[Edition, Any], object]] = {
    "submitted": lambda edition, by: submit(pick_change(), by),
    "reviewed": lambda edition, by: edition.review(by=by),
    "returned": lambda edition, by: edition.send_back(by=by, reason="退"),
    "withdrawn": lambda edition, by: edition.withdraw(by=by, reason="撤"),
    "signed": lambda edition, by: edition.sign(by=by),
    "remarked": lambda edition, by: edition.remark(Remark(text="意见"), by=by),
    "relayed": lambda edition, by: edition.remark(Remark(source="county", text="意见"), by=by),
    "answered": lambda edition, by: edition.answer(edition.remarks.last() or Remark(text="没有提过"), "好", by=by),
    "reply_recorded": lambda edition, by: edition.record_reply(make_reply(), by=by, date=timezone.localdate(), **REPLY),
    "reply_confirmed": lambda edition, by: edition.confirm_reply(
        by=by, number=edition.approval_number, file=edition.approval_file
    ),
    "issued": lambda edition, by: edition.issue(by=by),
    "revoked": lambda edition, by: edition.revoke(by=by, reason="废"),
}


def pick_change() -> Register:
    """The list with what `make_ready_for` changed."""
    return pick(Edition.objects.base().register(), compose(), [("services", "FW-06")]).register


def submit(register: Register, by: Any) -> Edition:
    return Edition.submit(
        register,
        by=by,
        builds_on=Edition.objects.base(),
        label="2030-01",
        kind="adjustment",
        effective_on=first_day(),
        change_note="更换联系电话。",
        checkup_word="另行更正",
    )


def make_ready_for(verb: str, edition: Edition, hands: Hands) -> None:
    """What the act is about is there: the change that is submitted, the remark that is answered, the reply that is
    confirmed. Where there can be none, the act is to be refused anyway."""
    with contextlib.suppress(Refused):
        if verb == "submitted":
            change_a_phone("0316-5250001", "FW-06")
        if verb == "answered":
            edition.remark(Remark(text="意见"), by=hands.reviewer)
        if verb == "reply_confirmed":
            ACTS["reply_recorded"](edition, hands.clerk)


def make_in(place: str, hands: Hands) -> Edition:
    """An edition in a state, or in one of those that a state has more than one of."""
    if place == "approved":
        edition = make_at("signed", hands)
        approve(edition, hands)
    elif place == "reviewed, a correction":
        edition = make_submitted(hands, kind="correction")
        edition.review(by=hands.reviewer)
    elif place == "revoked":
        edition = make_at("issued", hands)
        edition.revoke(by=hands.director, reason="废")
    else:
        edition = make_at(place, hands)
    return edition


SUBMITTER = "送审人"
"""Who submitted this edition; another editor did not."""
HEADS = {"局领导", "主要负责人"}
PLACES = [*State.values, "reviewed, a correction", "approved", "revoked"]
MAY: dict[str, dict[str, set[str]]] = {
    "submitted": {place: {"编辑", SUBMITTER} for place in PLACES},
    "reviewed": {"submitted": {"法规审核"}},
    "returned": {
        "submitted": {"法规审核"},
        "reviewed": {"法规审核", *HEADS},
        "reviewed, a correction": {"法规审核", *HEADS},
        "signed": HEADS,
        "approved": HEADS,
    },
    "withdrawn": {"submitted": {SUBMITTER}, "reviewed": {SUBMITTER}, "reviewed, a correction": {SUBMITTER}},
    "signed": {"reviewed": HEADS},
    "remarked": {
        place: {"法规审核"} for place in ("submitted", "reviewed", "reviewed, a correction", "signed", "approved")
    },
    "relayed": {place: {"编辑", "法规审核", SUBMITTER} for place in ("signed", "approved")},
    "answered": {
        place: {"编辑", "法规审核", SUBMITTER}
        for place in ("submitted", "reviewed", "reviewed, a correction", "signed", "approved")
    },
    "reply_recorded": {"signed": {"编辑", "法规审核", SUBMITTER}},
    "reply_confirmed": {"signed": {"编辑", "法规审核", SUBMITTER}},
    "issued": {"reviewed, a correction": HEADS, "approved": HEADS},
    "revoked": {"issued": HEADS, "transcribed": HEADS},
}


def test_the_grid_holds_every_verb_and_somebody_who_may_do_it() -> None:
    assert list(ACTS) == list(MAY) == VERBS
    assert {place for places in MAY.values() for place in places} == set(PLACES)
    assert all(who for places in MAY.values() for who in places.values())


@pytest.mark.parametrize("place", PLACES)
def test_every_act_in_every_state_by_every_role(hands: Hands, place: str) -> None:
    """Allowed exactly as the table says; what is refused changes nothing and writes nothing."""
    edition = make_in(place, hands)
    make_ready_for("submitted", edition, hands)
    another = pick_change()
    acts = ACTS | {"submitted": lambda edition, by: submit(another, by)}  # composed once
    people = {role: make_account(f"someone-{role}", role, "某", "人") for role in roles.ROLES}
    for who, somebody in (people | {SUBMITTER: hands.editor}).items():
        for verb in VERBS:
            point = transaction.savepoint()
            make_ready_for(verb, edition, hands)
            before, lines = Edition.objects.values().get(pk=edition.pk), Act.objects.count()
            try:
                acts[verb](Edition.objects.get(pk=edition.pk), somebody)
                done = True
            except Refused:
                done = False
            assert done is (who in MAY[verb].get(place, ())), (place, verb, who)
            assert Act.objects.count() == lines + done
            if not done:
                assert Edition.objects.values().get(pk=edition.pk) == before
            transaction.savepoint_rollback(point)
            edition.refresh_from_db()


DOERS = {SUBMITTER: "editor", "法规审核": "reviewer", "局领导": "director"}
"""Who of the hands does it, where that role may; the first of them."""


def make_about_to(verb: str, hands: Hands) -> tuple[Edition, Any]:
    """An edition with which that can be done, and somebody who may."""
    place, who = next((place, who) for place, who in MAY[verb].items() if place != "transcribed")
    edition = make_in(place, hands)
    make_ready_for(verb, edition, hands)
    return edition, next(getattr(hands, hand) for role, hand in DOERS.items() if role in who)


@pytest.mark.parametrize("verb", [step.verb for step in STEPS if not step.only_by and step.verb != "submitted"])
def test_who_submitted_it_takes_no_further_step(hands: Hands, verb: str) -> None:
    """Not even the emergency account; where words are all that is added, four eyes are not needed."""
    hands.editor.is_superuser = True  # the database lets nobody become it who serves
    edition, _ = make_about_to(verb, hands)
    if verb in ("reviewed", "returned", "signed", "issued"):
        with pytest.raises(NotYours, match="您送审的，要由别人来办"):
            ACTS[verb](edition, hands.editor)
    else:
        ACTS[verb](edition, hands.editor)


def test_who_reviewed_an_adjustment_does_not_issue_it(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    hands.reviewer.is_superuser = True
    edition = make_at("reviewed", hands)
    with pytest.raises(NotYours, match="您已经审核过"):
        edition.issue(by=hands.reviewer)
    edition.withdraw(by=hands.editor, reason="换")
    correction = make_submitted(hands, kind="correction")
    correction.review(by=hands.reviewer)
    correction.issue(by=hands.reviewer)
    assert correction.state == "issued"


def test_an_account_that_was_deactivated_does_nothing(hands: Hands) -> None:
    edition = make_submitted(hands)
    hands.reviewer.is_active = False
    with pytest.raises(NotYours):
        edition.review(by=hands.reviewer)


# All of an act, or nothing of it

TABLES = ["edition", "entry", "version", "act", "remark", "answer", "reply"]


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_whose_last_write_fails_leaves_nothing(own_database: Any, verb: str) -> None:
    own_database()
    edition, doer = make_about_to(verb, make_hands())
    before = {table: rows_of(f"editions_{table}") for table in TABLES}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$"
        )
        table, when = ("act", "INSERT") if verb == "submitted" else ("edition", "UPDATE")
        cursor.execute(f"CREATE TRIGGER zz_full BEFORE {when} ON editions_{table} EXECUTE FUNCTION disk_full()")
    with pytest.raises(Incomplete, match="数据库的磁盘或内存不够了，没有写入。请告诉系统管理。"):
        ACTS[verb](edition, doer)
    assert {table: rows_of(f"editions_{table}") for table in TABLES} == before
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP FUNCTION disk_full CASCADE")
    ACTS[verb](Edition.objects.get(pk=edition.pk), doer)  # and works once there is room again


def rows_of(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY id")
        return list(cursor.fetchall())
