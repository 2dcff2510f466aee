"""王芳 submits, 孙丽 reviews, 周正 signs and issues: the way of an edition, and what may be submitted."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, WrongState
from editions.life.edition import Edition
from editions.life.timeline import Remark
from tests.acting import Hands, approve, change_a_phone, make_at, make_hands, make_issued, make_reply, make_submitted
from tests.conftest import signed_in

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
