"""王芳 submits, 孙丽 reviews, 周正 signs and issues: every state, act and role, and what the database refuses."""

import datetime
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from accounts import roles
from acts.errors import Incomplete, NotYours, Refused, WrongState
from editions.life import seal
from editions.life.acts import Act, Remark
from editions.life.edition import Edition
from editions.life.frozen import Entry
from editions.life.states import State
from tests.acting import Hands, approve, change_a_phone, make_at, make_hands, make_issued, make_reply, make_submitted
from tests.conftest import make_account, signed_in
from verbatim.documents import digest

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def acts(edition: Edition) -> list[tuple[str, str, str]]:
    return [(act.verb, act.by_name, act.reason) for act in edition.timeline.all()]


def confirm(edition: Edition, by: Any) -> None:
    edition.confirm_reply(by=by, number=edition.approval_number, file=edition.approval_file)


# The way of an edition


def test_an_adjustment_goes_through_three_people_and_the_county(hands: Hands) -> None:
    edition = make_submitted(hands)
    assert edition.waits_for == "等法规审核。"
    edition.review(by=hands.reviewer, reason="合法")
    assert edition.waits_for == "等局领导签报。"
    edition.sign(by=hands.director)
    assert edition.waits_for == "等县里批复：登记批复，由第二人核对。"
    with pytest.raises(Incomplete, match="批复还没有登记"):
        edition.issue(by=hands.director)
    edition.record_reply(make_reply(), by=hands.clerk, authority="县编委", number="文编〔2026〕3号", date=TODAY())
    assert edition.waits_for == "批复已登记，等第二人核对。"
    with pytest.raises(NotYours, match="请另一人对照文件核对"):
        confirm(edition, hands.clerk)
    confirm(edition, hands.reviewer)
    edition.issue(by=hands.director)
    assert Edition.objects.in_force() == edition
    assert edition.register().find("services", "FW-05").document.phones == "0316-5255908"
    assert acts(edition) == [
        ("submitted", "王芳", "更换联系电话。"),
        ("reviewed", "孙丽", "合法"),
        ("signed", "周正", ""),
        ("reply_recorded", "何文", f"县编委 文编〔2026〕3号 {TODAY():%Y-%m-%d}"),
        ("reply_confirmed", "孙丽", ""),
        ("issued", "周正", ""),
    ]


def test_a_correction_is_issued_by_the_signature(hands: Hands) -> None:
    edition = make_submitted(hands, kind="correction")
    edition.review(by=hands.reviewer)
    with pytest.raises(WrongState, match="不用报县里批准"):
        edition.sign(by=hands.director)
    edition.issue(by=hands.director)
    assert (edition.state, edition.signed_by, edition.issued_by) == ("issued", hands.director, hands.director)


def test_which_kinds_the_county_approves_is_a_setting(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = ["correction"]
    adjustment = make_submitted(hands)
    adjustment.review(by=hands.reviewer)
    adjustment.issue(by=hands.director)
    correction = make_submitted(hands, change_a_phone("0316-5250001"), kind="correction", label="2030-01")
    correction.review(by=hands.reviewer)
    with pytest.raises(WrongState, match="更正要先签报，由县里批准"):
        correction.issue(by=hands.director)


def test_what_was_not_picked_keeps_its_version(hands: Hands) -> None:
    first = Edition.objects.get()
    edition = make_submitted(hands)
    changed = {e.code for e in edition.entries.exclude(version__in=first.entries.values("version"))}
    assert changed == {"FW-05"}


def test_a_returned_edition_stays_and_says_why(hands: Hands) -> None:
    edition = make_submitted(hands)
    remark = Remark(kind="services", code="FW-05", text="电话少一位")
    edition.send_back(by=hands.reviewer, reason="电话有误", remarks=[remark])
    assert (edition.state, edition.closing_reason, edition.closed_by_name) == ("returned", "电话有误", "孙丽")
    assert [str(each) for each in edition.remarks.all()] == ["FW-05：电话少一位"]
    again = make_submitted(hands, ("services", "FW-05"))
    assert again.label == edition.label  # the label is free again
    assert edition.entries.count() == edition.entry_count


def test_only_the_submitter_withdraws(hands: Hands) -> None:
    edition = make_submitted(hands)
    with pytest.raises(NotYours, match="只有送审人王芳能撤回"):
        edition.withdraw(by=hands.clerk, reason="写错了")
    edition.withdraw(by=hands.editor, reason="写错了")
    assert edition.state == "withdrawn"


def test_the_countys_remarks_are_answered_before_it_is_issued(hands: Hands) -> None:
    edition = make_at("signed", hands)
    remark = Remark(source="county", kind="services", code="FW-05", text="请核实电话")
    edition.remark(remark, by=hands.clerk)
    approve(edition, hands)
    with pytest.raises(Incomplete, match="有一条意见还没有答复：FW-05：请核实电话。"):
        edition.issue(by=hands.director)
    with pytest.raises(Incomplete, match="请写答复"):
        edition.answer(remark, "  ", by=hands.clerk)
    edition.answer(remark, "已向股室核实无误。", by=hands.clerk)
    with pytest.raises(WrongState, match="已经答复过"):
        edition.answer(remark, "再答", by=hands.clerk)
    edition.issue(by=hands.director)
    assert acts(edition)[-2] == ("answered", "何文", "FW-05：请核实电话——已向股室核实无误。")


def test_a_reply_may_be_entered_anew_until_it_is_confirmed(hands: Hands) -> None:
    edition = make_at("signed", hands)
    for number in ("文编〔2026〕1号", "文编〔2026〕2号"):
        edition.record_reply(make_reply(), by=hands.clerk, authority="县编委", number=number, date=TODAY())
    confirm(edition, hands.reviewer)
    assert edition.approval_number == "文编〔2026〕2号"
    with pytest.raises(WrongState, match="已经核对，不能再改"):
        edition.record_reply(make_reply(), by=hands.clerk, authority="县编委", number="3", date=TODAY())
    assert edition.replies.count() == 2


def test_a_later_day_becomes_public_by_itself_at_midnight(hands: Hands, monkeypatch: Any) -> None:
    first, later = Edition.objects.get(), TODAY() + 3 * DAY
    edition = make_issued(hands, effective_on=later)
    midnight = timezone.make_aware(datetime.datetime.combine(later, datetime.time()))
    assert Edition.objects.in_force() == first
    monkeypatch.setattr(timezone, "now", lambda: midnight - datetime.timedelta(seconds=1))
    assert Edition.objects.in_force() == first
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    assert Edition.objects.in_force() == edition


def test_a_day_that_has_gone_by_is_put_off_at_the_issue(hands: Hands, monkeypatch: Any) -> None:
    edition = make_submitted(hands, kind="correction")
    edition.review(by=hands.reviewer)
    next_week = timezone.now() + 7 * DAY
    monkeypatch.setattr(timezone, "now", lambda: next_week)
    with pytest.raises(Incomplete, match=f"施行日期最早是 {TODAY():%Y-%m-%d}"):
        edition.issue(by=hands.director)
    edition.issue(by=hands.director, effective_on=TODAY() + DAY)
    assert edition.effective_on == TODAY() + DAY


def test_a_revoked_edition_stays_readable_and_the_one_before_is_in_force_again(hands: Hands) -> None:
    first = Edition.objects.get()
    edition = make_issued(hands)
    with pytest.raises(Incomplete, match="请写明废止的理由"):
        edition.revoke(by=hands.director, reason=" ")
    edition.revoke(by=hands.director, reason="县政府撤销批准")
    assert Edition.objects.in_force() == first
    assert Edition.objects.in_force(TODAY() - DAY) == first
    assert edition in Edition.objects.published()
    with pytest.raises(WrongState, match="已于"):
        edition.revoke(by=hands.director, reason="再来")
    # What comes next builds on what is in force, and stands in the chain behind what was revoked.
    following = make_issued(hands, change_a_phone("0316-5250002"), label="2030-01", effective_on=TODAY() + DAY)
    assert (following.builds_on, following.previous) == (first, edition)


def test_what_another_issue_overtook_is_put_together_anew(hands: Hands) -> None:
    waiting = make_at("signed", hands)
    approve(waiting, hands)
    make_issued(hands, change_a_phone("0316-7777777", "FW-06"), kind="correction", label="2030-01")
    with pytest.raises(Incomplete, match="另有版本公布"):
        waiting.issue(by=hands.director)
    assert waiting.state == "signed"


# Rules of what is submitted

FIRST_DAY = "施行日期最早是"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"label": "2018-13"}, "版本号应当像 2018-03"),
        ({"label": "2018-03-1"}, "版本号应当像 2018-03"),
        ({"label": "2017-12"}, "这个版本号已经用过"),
        ({"kind": "rewrite"}, "种类只能是调整或更正"),
        ({"change_note": "  "}, "请写修订说明"),
        ({"effective_on": datetime.date(2018, 3, 1)}, FIRST_DAY),
    ],
)
def test_what_cannot_be_submitted_is_said(hands: Hands, values: dict[str, Any], said: str) -> None:
    with pytest.raises(Incomplete, match=said), transaction.atomic():
        make_submitted(hands, **values)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("label", ["2018-03", "2018-03-2", "2018-03-12"])
def test_labels_have_one_form(hands: Hands, label: str) -> None:
    assert make_submitted(hands, label=label).label == label


def test_nothing_picked_is_no_edition(hands: Hands) -> None:
    base = Edition.objects.get()
    with pytest.raises(Incomplete, match="没有差别，没有送审"):
        make_submitted(hands, ("services", "FW-05"))
    assert Edition.objects.get() == base


# Every state × every act × every role

ACTS: dict[str, Callable[[Edition, Any], None]] = {
    "review": lambda edition, by: edition.review(by=by),
    "send_back": lambda edition, by: edition.send_back(by=by, reason="退"),
    "withdraw": lambda edition, by: edition.withdraw(by=by, reason="撤"),
    "sign": lambda edition, by: edition.sign(by=by),
    "remark": lambda edition, by: edition.remark(Remark(text="意见"), by=by),
    "county_remark": lambda edition, by: edition.remark(Remark(source="county", text="意见"), by=by),
    "record_reply": lambda edition, by: edition.record_reply(
        make_reply(), by=by, authority="县编委", number="文编〔2026〕1号", date=TODAY()
    ),
    "issue": lambda edition, by: edition.issue(by=by),
    "revoke": lambda edition, by: edition.revoke(by=by, reason="废"),
}
MAY = {
    ("submitted", "review", "法规审核"),
    ("submitted", "send_back", "法规审核"),
    ("submitted", "remark", "法规审核"),
    ("reviewed", "send_back", "法规审核"),
    ("reviewed", "send_back", "局领导"),
    ("reviewed", "remark", "法规审核"),
    ("reviewed", "sign", "局领导"),
    ("signed", "send_back", "局领导"),
    ("signed", "remark", "法规审核"),
    ("signed", "county_remark", "编辑"),
    ("signed", "county_remark", "法规审核"),
    ("signed", "record_reply", "编辑"),
    ("signed", "record_reply", "法规审核"),
    ("approved", "send_back", "局领导"),
    ("approved", "remark", "法规审核"),
    ("approved", "county_remark", "编辑"),
    ("approved", "county_remark", "法规审核"),
    ("approved", "issue", "局领导"),
    ("issued", "revoke", "局领导"),
    ("transcribed", "revoke", "局领导"),
}
STATES = [*State.values, "approved"]


@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state_by_every_role(hands: Hands, state: str) -> None:
    """Allowed exactly as the table says; what is refused changes nothing and writes nothing."""
    if state == "approved":
        edition = make_at("signed", hands)
        approve(edition, hands)
    else:
        edition = make_at(state, hands)
    for role in roles.ROLES:
        somebody = make_account(f"someone-{role}", role, "某", "人")
        for name, act in ACTS.items():
            before, lines = Edition.objects.values().get(pk=edition.pk), Act.objects.count()
            point = transaction.savepoint()
            try:
                act(Edition.objects.get(pk=edition.pk), somebody)
                done = True
            except Refused:
                done = False
            assert done is ((state, name, role) in MAY), (state, name, role)
            assert Act.objects.count() == lines + done
            if not done:
                assert Edition.objects.values().get(pk=edition.pk) == before
            transaction.savepoint_rollback(point)


@pytest.mark.parametrize("act", [name for name in ACTS if name != "withdraw"])
def test_who_submitted_it_takes_no_further_step(hands: Hands, act: str) -> None:
    """Not even the emergency account."""
    hands.editor.is_superuser = True  # the database lets nobody become it who serves
    state = next(state for state, name, _ in sorted(MAY, reverse=True) if name == act and state != "transcribed")
    edition = make_at("signed" if state == "approved" else state, hands)
    if state == "approved":
        approve(edition, hands)
    if act in ("review", "send_back", "sign", "issue"):
        with pytest.raises(NotYours, match="您送审的，要由别人来办"):
            ACTS[act](edition, hands.editor)
    else:
        ACTS[act](edition, hands.editor)


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


@pytest.mark.parametrize("act", [*ACTS, "submit", "answer", "confirm_reply"])
def test_an_act_whose_last_write_fails_leaves_nothing(own_database: Any, act: str) -> None:
    own_database()
    hands = make_hands()
    remark = Remark(text="意见")
    begin = {"submit": "transcribed", "answer": "submitted", "confirm_reply": "signed", "withdraw": "submitted"}
    state, _, role = next((each for each in sorted(MAY) if each[1] == act), (begin.get(act, ""), act, ""))
    edition = make_at("signed" if state == "approved" else state, hands)
    key = change_a_phone("0316-5250001")
    if state == "approved":
        approve(edition, hands)
    if act == "answer":
        edition.remark(remark, by=hands.reviewer)
    if act == "confirm_reply":
        ACTS["record_reply"](edition, hands.clerk)
    doer = {"法规审核": hands.reviewer, "局领导": hands.director, "编辑": hands.clerk}.get(role, hands.editor)
    more: dict[str, Callable[[Edition, Any], Any]] = {
        "submit": lambda edition, by: make_submitted(hands, key, label="2030-01"),
        "answer": lambda edition, by: edition.answer(remark, "好", by=hands.clerk),
        "confirm_reply": lambda edition, by: confirm(edition, hands.reviewer),
    }
    tables = ["edition", "entry", "version", "act", "remark", "answer", "reply"]
    before = {table: rows_of(f"editions_{table}") for table in tables}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$"
        )
        last = "editions_act BEFORE INSERT" if act == "submit" else "editions_edition BEFORE UPDATE"
        table, when = last.split(" ", 1)
        cursor.execute(f"CREATE TRIGGER zz_full {when} ON {table} EXECUTE FUNCTION disk_full()")
    with pytest.raises(Incomplete, match="数据库的磁盘或内存不够了，没有写入。请告诉系统管理。"):
        (ACTS | more)[act](edition, doer)
    assert {table: rows_of(f"editions_{table}") for table in tables} == before
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP FUNCTION disk_full CASCADE")
    (ACTS | more)[act](Edition.objects.get(pk=edition.pk), doer)  # and works once there is room again


def rows_of(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY id")
        return list(cursor.fetchall())


# Races, with real connections


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What each of them came to: done, or the name of the refusal."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait(5)
        try:
            act()
            outcomes.append("done")
        except Refused as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_who_issue_at_once_issue_once(own_database: Any) -> None:
    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    again = [lambda: Edition.objects.get(pk=edition.pk).issue(by=hands.director)] * 4
    assert at_once(*again) == ["WrongState", "WrongState", "WrongState", "done"]


def test_two_editions_issued_at_once_do_not_fork_the_chain(own_database: Any, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    own_database()
    hands = make_hands()
    for turn in range(3):
        base = Edition.objects.base()
        both = [
            make_submitted(hands, change_a_phone(f"0316-{turn}{n}", code), label=f"{2030 + turn}-0{n}")
            for n, code in ((1, "FW-05"), (2, "FW-06"))
        ]
        for each in both:
            each.review(by=hands.reviewer)
        day = base.effective_on + DAY if base.effective_on >= TODAY() else TODAY()
        assert at_once(*(lambda e=e, day=day: e.issue(by=hands.director, effective_on=day) for e in both)) == [
            "Incomplete",
            "done",
        ]
    chain = list(Edition.objects.public())
    assert [each.previous for each in chain] == [*chain[1:], None]


def test_a_review_and_a_withdrawal_at_once_leave_one_of_them(own_database: Any) -> None:
    own_database()
    hands = make_hands()
    for _ in range(5):
        edition = make_submitted(hands, change_a_phone(f"0316-{Edition.objects.count()}"))
        outcome = at_once(
            lambda e=edition: e.send_back(by=hands.reviewer, reason="退"),
            lambda e=edition: e.withdraw(by=hands.editor, reason="撤"),
        )
        assert outcome == ["WrongState", "done"]
        edition.refresh_from_db()
        assert edition.timeline.count() == 2


def test_an_issue_and_an_edit_at_once_both_come_through(own_database: Any) -> None:
    from services.models import Service

    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    outcome = at_once(
        lambda: edition.issue(by=hands.director),
        *[lambda n=n: Service.objects.get(code=f"FW-0{n}").put(reason="改", content=f"{n}") for n in range(1, 6)],
        lambda: make_submitted(hands, ("services", "FW-05"), label="2031-01"),
    )
    assert outcome.count("done") >= 6
    sealed = json.loads(Edition.objects.get(pk=edition.pk).seal)
    for head in sealed["trail"]:
        assert seal.trail_head(head["table"], head["columns"], head["last"]) == head


# What the database refuses, whatever the code above it tries


def test_the_seal_covers_the_timeline_the_reply_and_the_edition_before(hands: Hands) -> None:
    first = Edition.objects.get()
    edition = make_issued(hands, reasons={"services FW-05": "换了号码"})
    sealed = json.loads(edition.seal)
    assert digest(edition.seal) == edition.chain_digest
    assert sealed["previous"] == first.chain_digest
    assert [line["what"] for line in sealed["timeline"]][-1] == "issued"
    assert sealed["reasons"] == {"services FW-05": "换了号码"}
    assert sealed["approval"]["file"] == make_reply().digest
    assert sealed["acts"]["issued"]["by"] == "周正"


@pytest.mark.parametrize("table", ["act", "remark", "answer", "reply"])
def test_the_timeline_is_only_added_to(own_database: Any, table: str) -> None:
    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    remark = Remark(source="county", text="意见")
    edition.remark(remark, by=hands.clerk)
    edition.answer(remark, "好", by=hands.clerk)
    for statement in (f"UPDATE editions_{table} SET by_name = 'x'", f"DELETE FROM editions_{table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(IntegrityError, match="已冻结"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


def raw(edition: Edition, **values: Any) -> None:
    """Straight to the database, all checks there and then."""
    sets = ", ".join(f"{name} = %s" for name in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editions_edition SET {sets} WHERE id = %s", [*values.values(), edition.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_knows_the_steps_and_the_hands(hands: Hands) -> None:
    now = timezone.now()
    edition = make_submitted(hands)
    reviewed = {"state": "reviewed", "reviewed_at": now}
    for values, said in (
        ({"state": "issued"}, "不能从“submitted”到“issued”"),
        ({"content_digest": "1" * 64}, "不能从“submitted”到“submitted”"),
        ({"change_note": "改写"}, "不能从“submitted”到“submitted”"),
        ({**reviewed, "reviewed_by_id": hands.editor.pk}, "edition_four_eyes"),
        ({**reviewed, "reviewed_by_id": hands.reviewer.pk, "label": "2030-01"}, "label 在这一步不能更改"),
        ({**reviewed, "reviewed_by_id": hands.reviewer.pk}, "没有经办记录"),
        ({"state": "returned", "closed_by_id": hands.reviewer.pk, "closed_at": now}, "edition_closing_reason_given"),
        (
            {"state": "withdrawn", "closed_by_id": hands.clerk.pk, "closed_at": now, "closing_reason": "x"},
            "edition_withdrawn_by_its_submitter",
        ),
        ({"revoked_on": TODAY()}, "不能从“submitted”到“submitted”"),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **values)


def resealed(edition: Edition, issue: dict[str, Any], **said: Any) -> dict[str, str]:
    """A seal as it would be if the edition were issued like that, but for what is `said`."""
    thought = Edition.objects.get(pk=edition.pk)
    for name, value in issue.items():
        setattr(thought, name, value)
    text = json.dumps(json.loads(seal.text(thought)) | said, ensure_ascii=False)
    return {"seal": text, "chain_digest": digest(text)}


def test_the_database_knows_what_may_be_issued(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    now, first = timezone.now(), Edition.objects.get()
    edition = make_at("reviewed", hands)
    sealed = {"seal": "封存", "chain_digest": digest("封存")}
    by = hands.director.pk
    issue = {"state": "issued", "issued_at": now, "issued_by_id": by, "signed_by_id": by, "signed_at": now}
    issue |= {"previous_id": first.pk, "effective_on": TODAY(), **sealed}
    for wrong, said in (
        ({"issued_by_id": hands.reviewer.pk}, "edition_four_eyes"),
        ({"issued_by_id": hands.editor.pk}, "edition_four_eyes"),
        ({"previous_id": None}, "要接在最近公布的版本之后"),
        ({"effective_on": datetime.date(2017, 12, 1)}, "施行日期要晚于"),
        ({"effective_on": TODAY() - DAY}, "不能早于公布之日"),
        ({"seal": "", "chain_digest": ""}, "edition_issuer_known"),
        ({"chain_digest": "0" * 64}, "链摘要与封存文本不符"),
        ({"reviewed_by_id": by}, "reviewed_by_id 在这一步不能更改"),
        ({"builds_on_id": None}, "builds_on_id 在这一步不能更改"),
        (sealed, "封存文本和版本本身不符"),
        (resealed(edition, issue), "没有经办记录"),
        (
            resealed(edition, issue | {"effective_on": TODAY() + DAY}) | {"effective_on": TODAY()},
            "封存文本和版本本身不符",
        ),
        (resealed(edition, issue, previous=None), "封存文本和版本本身不符"),
        (resealed(edition, issue, ledger={"number": 1, "chain": "0" * 64}), "封存文本和版本本身不符"),
        (resealed(edition, issue, acts={}), "封存文本和版本本身不符"),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **({**issue, **wrong} | ({} if "chain_digest" in wrong else resealed(edition, issue | wrong))))
    edition.issue(by=hands.director)
    for values, said in (
        ({"change_note": "改写"}, "change_note 在这一步不能更改"),
        ({"state": "signed"}, "不能从“issued”到“signed”"),
        ({"revoked_on": TODAY()}, "edition_revoked_with_reason"),
        (
            {
                "revoked_on": TODAY() - DAY,
                "revoked_at": now,
                "revoked_by_id": hands.director.pk,
                "revoke_reason": "x",
            },
            "废止日期不是废止之日",
        ),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **values)
    edition.revoke(by=hands.director, reason="废")
    with pytest.raises(IntegrityError, match="已经废止，不能再改"):
        raw(edition, revoke_reason="另一个")


def test_what_overtook_it_is_known_to_the_database_too(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    waiting = make_at("reviewed", hands)
    head = make_issued(hands, change_a_phone("0316-5250007", "FW-06"), label="2030-01")
    by, now = hands.director.pk, timezone.now()
    issue = {"state": "issued", "issued_at": now, "issued_by_id": by, "signed_by_id": by, "signed_at": now}
    issue |= {"previous_id": head.pk, "effective_on": TODAY() + DAY, "seal": "封", "chain_digest": digest("封")}
    with pytest.raises(IntegrityError, match="另有版本公布或废止，须重新编制"):
        raw(waiting, **issue)


def test_an_edition_starts_with_its_submission_and_all_its_entries(hands: Hands) -> None:
    base = Edition.objects.get()

    def insert(**values: Any) -> None:
        now = timezone.now()
        given = {"label": "2030-01", "kind": "correction", "state": "submitted", "effective_on": "2030-01-01"}
        given |= {"content_digest": digest(""), "entry_count": 0, "change_note": "x", "builds_on": base}
        given |= {"submitted_by": hands.editor, "submitted_by_name": "王芳", "submitted_at": now}
        with transaction.atomic():
            made = Edition(**{**given, **values})
            made.save()
            made.note("submitted", hands.editor, "x")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    nobody = {"submitted_by": None, "submitted_by_name": "", "submitted_at": None}
    second = {"state": "transcribed", "builds_on": None, **nobody}
    for values, said in (
        ({"state": "reviewed"}, "不能一开始就是“reviewed”"),
        (second, "转录的版本只能是第一个"),
        ({"issued_by_name": "甲"}, "还不能有 issued_by_name"),
        ({"seal": "x"}, "还不能有 seal"),
        ({"approval_number": "1"}, "还不能有 approval_number"),
        ({"entry_count": 3}, "条目数与声明的 3 不符"),
        ({"content_digest": "0" * 64}, "条目与内容摘要不符"),
        ({"submitted_by": hands.clerk}, "不是同一个人"),
        ({"builds_on": None}, "edition_builds_on_another"),
    ):
        with pytest.raises(IntegrityError, match=said):
            insert(**values)
    insert()


def test_nobody_adds_to_what_was_submitted(own_database: Any) -> None:
    own_database()
    edition = make_submitted(make_hands())
    entry = edition.entries.first()
    with pytest.raises(IntegrityError, match="冻结以后不能再加条目"):
        Entry(edition=edition, kind="duties", position=99, code="ZZ-99", version=entry.version).save()


def test_freezing_takes_the_same_queries_whatever_was_changed(hands: Hands, django_assert_num_queries: Any) -> None:
    from editions.register.picking import pick
    from editions.register.register import compose

    key = change_a_phone()
    base = Edition.objects.base()
    register = pick(base.register(), compose(), [key]).register
    hands.editor.has_perm("x")  # asked for once in a request
    # savepoint, lock, base, first day; check-up: found by hand, laws, terms, rulings; versions: insert, numbers, texts;
    # edition; entries; findings; count, line; release
    with django_assert_num_queries(17):
        Edition.submit(
            register,
            by=hands.editor,
            builds_on=base,
            label="2030-01",
            kind="correction",
            effective_on=TODAY(),
            checkup_word="另行更正",
            change_note="x",
        )


def test_where_every_edition_is_revoked_the_next_one_builds_on_the_latest_that_was_in_force(
    hands: Hands, monkeypatch: Any
) -> None:
    first, later = Edition.objects.get(), make_issued(hands)
    tomorrow = timezone.now() + DAY
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    for edition in (later, first):  # the later one first: by the day of revoking it would come last
        edition.revoke(by=hands.director, reason="机构改革")
    assert Edition.objects.in_force() is None
    assert Edition.objects.base() == later
    client = signed_in(hands.editor)
    for path in ("/admin/", "/admin/editions/edition/compile/", "/admin/preview/working/", "/editions/"):
        assert client.get(path).status_code == 200, path
    again = make_issued(hands, change_a_phone("0316-5250008"), label="2030-01", effective_on=TODAY() + DAY)
    assert (again.builds_on, again.previous) == (later, later)


@pytest.mark.parametrize("values", [{"change_note": "改电话😀"}, {"reasons": {"services FW-05": "核实\U00031350"}}])
def test_what_no_face_can_print_is_not_frozen(hands: Hands, values: dict[str, Any]) -> None:
    with pytest.raises(Incomplete, match=r"里有字体印不出的字符：.（U\+[0-9A-F]+），请删去"):
        make_submitted(hands, **values)


def test_a_slip_of_the_pen_does_not_block_the_editions_of_a_century(hands: Hands) -> None:
    with pytest.raises(Incomplete, match="并在两年以内"):
        make_submitted(hands, effective_on=datetime.date(2108, 3, 1))
    edition = make_at("signed", hands)
    approve(edition, hands)
    with pytest.raises(Incomplete, match="并在两年以内"):
        edition.issue(by=hands.director, effective_on=datetime.date(9999, 12, 31))


def test_what_was_revoked_before_its_day_was_never_in_force_and_blocks_nothing(hands: Hands) -> None:
    first = Edition.objects.get()
    slip = make_issued(hands, effective_on=TODAY() + 300 * DAY)
    with pytest.raises(Incomplete, match="施行日期最早是"):
        make_submitted(hands, change_a_phone("0316-5250009"), label="2030-01", effective_on=TODAY())
    slip.revoke(by=hands.director, reason="年份写错")
    urgent = make_issued(hands, ("services", "FW-05"), label="2030-01", effective_on=TODAY())
    assert Edition.objects.in_force() == urgent
    assert (urgent.builds_on, urgent.previous) == (first, slip)  # the chain holds every issue


@pytest.mark.parametrize("act", ["added", "retired"])
def test_a_correction_adds_and_retires_nothing(hands: Hands, act: str) -> None:
    from services.models import Service

    if act == "added":
        Service(title="新增服务", position=11, serial="11").save(reason="新增")
        key, said = ("services", "FW-11"), "新增了FW-11，请作为调整送审"
    else:
        Service.objects.get(code="FW-02").retire(reason="取消")
        key, said = ("services", "FW-02"), "取消了FW-02，请作为调整送审"
    with pytest.raises(Incomplete, match=said):
        make_submitted(hands, key, kind="correction")
    assert make_submitted(hands, key).kind == "adjustment"


def test_who_said_it_does_not_answer_it(hands: Hands) -> None:
    edition = make_submitted(hands)
    remark = Remark(text="请核对")
    edition.remark(remark, by=hands.reviewer)
    with pytest.raises(NotYours, match="请编制人来答复"):
        edition.answer(remark, "核对过了", by=hands.reviewer)
    edition.answer(remark, "核对过了", by=hands.editor)


def test_the_database_asks_for_the_county_and_for_the_answers_too(hands: Hands) -> None:
    edition, first, now = make_at("signed", hands), Edition.objects.get(state="transcribed"), timezone.now()
    issue = {"state": "issued", "issued_at": now, "issued_by_id": hands.director.pk, "previous_id": first.pk}
    issue |= {"effective_on": TODAY(), "seal": "封存", "chain_digest": digest("封存")}
    with pytest.raises(IntegrityError, match="批复还没有登记并核对"):
        raw(edition, **issue)
    edition.remark(Remark(source="county", text="请核实"), by=hands.clerk)
    approve(edition, hands)
    with pytest.raises(IntegrityError, match="有意见还没有答复"):
        raw(edition, **issue)
