"""王芳 says 原文如此 or finds something by hand; 孙丽 is asked, and until she agrees nothing of it is public."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import roles
from acts.errors import Incomplete, NotYours, WrongState
from editions.checkup.checking import check_up
from editions.checkup.rule import Finding
from editions.checkup.rulings import OwnFinding, Ruling, SecondOpinion
from editions.public import catalogue
from editions.register.register import compose
from tests.acting import Hands, make_hands
from tests.conftest import make_account, signed_in

LIST = "/admin/editions/edition/checkup/"
MARK = "“标准计量股”原文如此"


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def slip() -> Finding:
    found = check_up(compose(), timezone.localdate()).found
    return next(j.finding for j in found if (j.finding.rule, j.finding.spot.code) == ("office-twice", "ZZ-05"))


def ruled(by: Any, verdict: str = "as_printed", reason: str = "原件如此") -> Ruling:
    return Ruling.on(slip(), verdict, by=by, reason=reason)


def public() -> str:
    catalogue.forget()
    return "".join(
        Client().get(f"{where}/duties/zz-05/").content.decode() for where in ("", "/editions/2017-12", "/elder")
    )


def shown(account: Any, path: str) -> str:
    return signed_in(account).get(path).content.decode()


def second(account: Any, of: Ruling | OwnFinding, agrees: str = "yes", reason: str = "") -> str:
    url = f"{LIST}second/{of.asked_as}/{of.pk}/"
    return signed_in(account).post(url, {"agrees": agrees, "reason": reason}, follow=True).content.decode()


def test_as_printed_is_public_when_a_second_person_has_agreed_and_not_before(hands: Hands) -> None:
    client = signed_in(hands.editor)
    answer = client.post(f"{LIST}{slip().key}/rule/", {"verdict": "as_printed", "reason": "原件如此"}, follow=True)
    assert "已记下“原文如此”，第二人核对以后生效。" in answer.content.decode()
    assert MARK not in public()
    assert check_up(compose(), timezone.localdate()).settled == []
    assert "已核对" in second(hands.reviewer, Ruling.objects.get())
    assert public().count(MARK) == 3
    assert [j.ruling.by_name for j in check_up(compose(), timezone.localdate()).settled] == ["王芳"]


def test_what_waits_stands_on_the_desk_of_the_others_with_all_that_was_said(hands: Hands) -> None:
    ruling = ruled(hands.editor)
    page = f"{LIST}second/ruling/{ruling.pk}/"
    for account in (hands.reviewer, hands.clerk):
        assert page in shown(account, "/admin/")
    assert page not in shown(hands.editor, "/admin/").split("等您办的")[1].split("</section>")[0]
    said = shown(hands.reviewer, page)
    for words in ("王芳", "标准计量股", "原文如此", "原件如此", slip().sentence):
        assert words in said
    assert "等第二人核对的（1 处）" in shown(hands.editor, LIST)
    assert 'name="agrees"' not in shown(hands.editor, page)


def test_who_proposed_it_does_not_agree_to_it(hands: Hands) -> None:
    ruling = ruled(hands.editor)
    assert "请另一人核对" in second(hands.editor, ruling)
    assert not SecondOpinion.objects.exists()
    with pytest.raises(NotYours):
        ruling.second(by=hands.editor, agrees=True)
    with pytest.raises(IntegrityError, match="由提出人以外的人核对"), transaction.atomic():
        SecondOpinion.objects.create(ruling=ruling, agrees=True, by=hands.editor, by_name="王芳")
    assert MARK not in public()


def test_who_does_not_agree_says_why_and_nothing_becomes_public(hands: Hands) -> None:
    ruling = ruled(hands.editor)
    assert "不同意的，请写明理由" in second(hands.reviewer, ruling, "no")
    second(hands.reviewer, ruling, "no", "应当改正")
    assert MARK not in public()
    assert "孙丽不同意：应当改正" in shown(hands.editor, f"{LIST}{slip().key}/")
    with pytest.raises(WrongState, match="孙丽已经核对过"):
        ruling.second(by=hands.clerk, agrees=True)


@pytest.mark.parametrize("verdict", ["reopened", "accepted"])
def test_what_is_public_is_not_taken_away_by_one_hand_either(hands: Hands, verdict: str) -> None:
    ruled(hands.editor).second(by=hands.reviewer, agrees=True)
    over = ruled(hands.clerk, verdict, "不用注了")
    assert MARK in public()
    over.second(by=hands.editor, agrees=True)
    assert MARK not in public()


def test_a_later_ruling_takes_the_place_of_one_that_waits(hands: Hands) -> None:
    first = ruled(hands.editor)
    ruled(hands.editor, "accepted", "可以")
    with pytest.raises(WrongState, match="后来又有新的处理"):
        first.second(by=hands.reviewer, agrees=True)
    with pytest.raises(IntegrityError, match="后来又有新的处理"), transaction.atomic():
        SecondOpinion.objects.create(ruling=first, agrees=True, by=hands.reviewer, by_name="孙丽")
    assert Ruling.waiting() == []
    assert MARK not in public()


def test_what_is_accepted_inside_needs_no_second_person(hands: Hands) -> None:
    ruled(hands.editor, "accepted")
    assert len(check_up(compose(), timezone.localdate()).settled) == 1
    assert Ruling.waiting() == []


def test_what_somebody_found_by_hand_is_listed_when_a_second_person_agrees(hands: Hands) -> None:
    given = {"code": "FW-06", "text": "研究建立社会公用计量标准", "sentence": "应移到职责里。"}
    signed_in(hands.editor).post(f"{LIST}add/", given)
    own = OwnFinding.objects.get()

    def listed() -> list[str]:
        return [j.finding.rule for j in check_up(compose(), timezone.localdate()).found if j.finding.rule == "by-hand"]

    assert listed() == []
    assert "应移到职责里" in shown(hands.reviewer, "/admin/")
    second(hands.reviewer, own)
    assert listed() == ["by-hand"]
    with pytest.raises(WrongState):
        own.second(by=hands.clerk, agrees=False, reason="晚了")


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_may_be_the_second_person(hands: Hands, role: str) -> None:
    ruling = ruled(hands.editor)
    client = signed_in(make_account("someone", role, "某", "人"))
    page = f"{LIST}second/ruling/{ruling.pk}/"
    acts = roles.ROLES[role].get(roles.ACTS, ())
    may = "compile" in acts or "review" in acts
    assert client.get(page).status_code == (200 if "view" in roles.ROLES[role].get(roles.EDITIONS, ()) else 403)
    assert client.post(page, {"agrees": "yes", "reason": ""}).status_code == (302 if may else 403)
    assert SecondOpinion.objects.exists() == may


def test_what_is_not_there_is_not_found(hands: Hands) -> None:
    client = signed_in(hands.reviewer)
    assert client.get(f"{LIST}second/ruling/999/").status_code == 404
    assert client.get(f"{LIST}second/duty/1/").status_code == 404


def test_nobody_rewrites_a_second_opinion(hands: Hands) -> None:
    opinion = ruled(hands.editor).second(by=hands.reviewer, agrees=False, reason="改")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        SecondOpinion.objects.filter(pk=opinion.pk).update(agrees=True)
    with pytest.raises(Incomplete):
        ruled(hands.editor).second(by=hands.reviewer, agrees=False, reason=" ")
