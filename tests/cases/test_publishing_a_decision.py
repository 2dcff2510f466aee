"""高远 drafts what the public is to see of a penalty, 石磊 releases it after 保密审查, and it is taken down in time."""

import datetime
import re
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import roles
from acts.errors import Incomplete, NotYours, Refused
from acts.steps import Situation
from cases import hands, models
from cases.archiving.sealing import Seal, differences
from cases.models import Case, PublicityDraft, PublicityRelease
from cases.penalties import Party, Penalty, Sanction
from cases.publicity.composing import known_of
from cases.publicity.current import current_decisions
from cases.publicity.decision import PublicDecision
from cases.publicity.faults import faults, faults_of
from cases.rules import Publish, PublishEnd
from editions.public import catalogue
from tests.acting import at, on
from tests.cases.people import (
    HEAVY,
    OFFICE,
    PASSWORD,
    UNWEIGHED,
    People,
    certify,
    draft_publicity,
    issue,
    made_public,
    make_case,
    make_fulfilment,
    make_missing_papers,
    make_people,
    make_spot_penalty,
    otherwise_agreed,
    pay,
    release_publicity,
    served,
)
from tests.conftest import make_account, signed_in
from tests.posting import Form

DAY = datetime.date(2026, 11, 25)
IDENTITY, PHONE, HOME = "131026198503020011", "13912345678", "文安县大柳河镇东滩村三排12号"
FACTS = f"王小二（身份证号{IDENTITY}，电话{PHONE}，住{HOME}）用过期的台秤，顾客李建国买菜时发现。店里的配方是三钱桂皮。"


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    made = make_people()
    made.chief.set_password(PASSWORD)
    made.chief.save()
    return made


def make_served(people: People, **values: Any) -> Case:
    """On paper, of 王小二, of whom the file knows all."""
    case = make_case(people)
    told = {"identity_number": IDENTITY, "address": HOME, "phone": PHONE}
    case.party.put(reason="补录", **told | values.pop("party", {}))
    served(Case.objects.get(pk=case.pk), people, **values)
    issue(Case.objects.get(pk=case.pk), people, 29)
    return Case.objects.get(pk=case.pk)


def offered(case: Case, account: Any) -> list[str]:
    case = Case.objects.get(pk=case.pk)
    return [step.verb for step in case.steps.offered(Situation(case, account)) if step.verb.startswith("publicity")]


def noon() -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(DAY, datetime.time(12)))


def act(case: Case, verb: str) -> str:
    return f"/admin/cases/case/{case.pk}/do/{verb}/"


def write_with_its_line(case: Case, row: Any, by: Any) -> None:
    """Behind the back of the portal, as far as the end of the transaction."""
    case.note("publicity_drafted", by, "")
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def wide(figures: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) for each in figures)


def publicly(path: str) -> Any:
    catalogue.forget()
    return Client().get(path)


def text(page: Any) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page.content.decode()))


# Drafting


def test_the_page_shows_all_that_the_public_will_read_before_it_is_handed_on(people: People) -> None:
    case = make_served(people)
    desk = signed_in(people.officer)
    page = desk.get(act(case, "publicity_drafted"))
    assert "看公众将看到的全文" in page.content.decode()
    asked = Form(page.content.decode()).fields
    page = desk.post(act(case, "publicity_drafted"), asked)
    assert not PublicityDraft.objects.exists()
    said = page.content.decode().split('class="public-view"')[1].split("</section>\n  <div")[0]
    assert "当事人：王某某" in said
    assert "我局决定给予行政处罚：罚款500元。" in said
    assert not [each for each in (IDENTITY, PHONE, HOME, "王小二") if each in said]
    asked = Form(page.content.decode()).fields
    assert desk.post(act(case, "publicity_drafted"), asked).status_code == 302
    assert PublicityDraft.objects.get().decision.party == "王某某"


def test_what_was_changed_on_the_page_is_shown_again_first(people: People) -> None:
    case = make_served(people)
    desk = signed_in(people.officer)
    shown = desk.post(
        act(case, "publicity_drafted"), Form(desk.get(act(case, "publicity_drafted")).content.decode()).fields
    )
    changed = Form(shown.content.decode()).fields | {"outline": "使用过期的秤"}
    again = desk.post(act(case, "publicity_drafted"), changed)
    assert again.status_code == 200
    assert not PublicityDraft.objects.exists()
    assert desk.post(act(case, "publicity_drafted"), Form(again.content.decode()).fields).status_code == 302
    assert PublicityDraft.objects.get().decision.outline == "使用过期的秤"


def test_what_is_personal_is_covered_and_what_is_marked_by_hand(people: People) -> None:
    case = make_served(people)
    draft = draft_publicity(case, people, marked="首次，及时改正")
    said = "\n".join(draft.decision.paper.said())
    assert "处罚理由：×××。" in said
    assert "地址：×××" in said


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"marked": "不在文书里的话"}, "文书里没有“不在文书里的话”"),
        ({"marked": "秤"}, "两个字以上"),
        ({"uncovered": ("王小二",)}, "王小二不能不遮盖"),
        ({"uncovered": ("文安县文安镇",)}, "文安县文安镇不能不遮盖"),
        ({"outline": "王小二用过期的秤"}, "里的“王小二”是个人信息"),
        ({"title": f"给{PHONE}的决定"}, f"里的“{PHONE}”是个人信息"),
        ({"outline": "投诉人钱多多举报的案件"}, "里的“钱多多"),
    ],
)
def test_what_cannot_be_drafted_so(people: People, values: dict[str, Any], sentence: str) -> None:
    case = make_served(people)
    with pytest.raises(Incomplete, match=re.escape(sentence)):
        draft_publicity(case, people, **values)


def test_a_long_secret_is_covered_and_released(people: People) -> None:
    secret = "".join(f"配方第{number}味占百分之{number}。" for number in range(40))
    case = make_served(people, decision={"facts": f"用过期的台秤。{secret}"})
    draft = draft_publicity(case, people, marked=secret)
    assert not list(faults_of(draft, case))
    release_publicity(case, people)
    assert "配方" not in publicly("/cases/1/").content.decode()


def test_where_the_party_has_no_telephone_its_draft_is_kept(people: People) -> None:
    case = make_served(people, party={"phone": "没有固定电话"})
    assert draft_publicity(case, people).decision.party == "王某某"


def test_a_bare_county_is_no_home(people: People) -> None:
    case = make_served(people, party={"address": "廊坊市文安县"})
    assert draft_publicity(case, people).decision.bureau == "文安县质量技术监督局"
    assert not [each for each in known_of(case).texts if each.endswith("县")]


def test_an_organisation_is_named_and_its_head_is_not(people: People) -> None:
    party = {"kind": "organisation", "name": "文安县李四粮油店", "representative": "李四"}
    case = make_served(people, party=party | {"address": "文安县文安镇", "identity_number": "91131026MA07ABCD12"})
    said = draft_publicity(case, people, uncovered=("文安县文安镇",))
    assert said.decision.party == "文安县李四粮油店"
    assert "当事人：文安县李四粮油店\n地址：文安县文安镇" in said.decision.paper.blocks[0].text


def test_the_bureau_may_choose_to_name_persons(people: People, settings: Any) -> None:
    case = make_served(people)
    settings.CASES = '{"public_names": "shown"}'
    assert draft_publicity(case, people).decision.party == "王小二"


def test_without_the_paper_nothing_is_drafted(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match="决定书还没有制作"):
        draft_publicity(case, people)
    page = signed_in(people.officer).get(act(case, "publicity_drafted")).content.decode()
    assert "决定书还没有制作" in page


# Releasing


def test_another_hand_reads_it_and_releases_it(people: People) -> None:
    case = make_served(people)
    assert offered(case, people.officer) == ["publicity_drafted"]
    assert offered(case, people.chief) == []
    draft_publicity(case, people)
    assert offered(case, people.officer) == ["publicity_returned"]
    assert offered(case, people.chief) == ["publicity_released", "publicity_returned"]
    desk = signed_in(people.chief)
    page = desk.get(act(case, "publicity_released")).content.decode()
    assert "当事人：王某某" in page
    given = Form(page).fields | {"secrecy": "不涉密", "password": PASSWORD}
    assert publicly("/cases/1/").status_code == 404
    assert desk.post(act(case, "publicity_released"), given).status_code == 302
    assert "当事人：王某某" in publicly("/cases/1/").content.decode()
    assert PublicityRelease.objects.get().secrecy == "不涉密"
    said = desk.get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert 'href="/cases/1/">公众看到的' in said
    assert "公示到 2029-11-25" in said


def test_what_was_not_read_is_not_released(people: People) -> None:
    case = make_served(people)
    draft_publicity(case, people)
    desk = signed_in(people.chief)
    given = Form(desk.get(act(case, "publicity_released")).content.decode()).fields
    draft_publicity(case, people, outline="使用过期的秤")
    said = desk.post(act(case, "publicity_released"), given | {"secrecy": "不涉密", "password": PASSWORD})
    assert "公示稿又改过，没有公示。请再看一遍。" in said.content.decode()
    assert not PublicityRelease.objects.exists()


def test_nobody_releases_what_they_drafted_and_the_database_says_so_too(people: People) -> None:
    case = make_served(people)
    draft = draft_publicity(case, people)
    with pytest.raises(NotYours):
        case.release_publicity(by=people.officer, secrecy="不涉密", shown="")
    row = PublicityRelease(draft=draft, secrecy="不涉密", by=people.officer, by_name="高远")
    with pytest.raises(DatabaseError, match="要由别人来审查、公示"), transaction.atomic():
        row.save()
    assert not list(hands.faults())


def test_who_drafted_it_may_take_it_back(people: People) -> None:
    case = make_served(people)
    draft_publicity(case, people)
    Case.objects.get(pk=case.pk).return_publicity(by=people.officer, reason="漏了一处")
    assert offered(case, people.officer) == ["publicity_drafted"]
    assert offered(case, people.chief) == []


def test_what_is_returned_is_not_released(people: People) -> None:
    case = make_served(people)
    draft = draft_publicity(case, people)
    Case.objects.get(pk=case.pk).return_publicity(by=people.chief, reason="配方是商业秘密")
    assert offered(case, people.chief) == []
    assert offered(case, people.officer) == ["publicity_drafted"]
    with pytest.raises(Incomplete, match="没有等审查的公示稿"):
        release_publicity(case, people)
    with pytest.raises(DatabaseError, match="已经办过"), transaction.atomic():
        PublicityRelease(draft=draft, secrecy="不涉密", by=people.chief, by_name="石磊").save()


def test_the_database_keeps_what_identifies_the_party_out(people: People) -> None:
    case = make_served(people)
    draft = draft_publicity(case, people)
    for secret in (IDENTITY, wide(PHONE), f"{PHONE[:3]}-{PHONE[3:]}", HOME, "文安县文安镇"):
        content = draft.content.replace("王某某", secret)
        row = PublicityDraft(
            case=case, paper=draft.paper, content=content, term=draft.term, by=people.officer, by_name="高远"
        )
        with pytest.raises(DatabaseError, match="还有当事人的个人信息"), transaction.atomic():
            write_with_its_line(case, row, people.officer)


# What has to be public, by when, for how long


def sanction(*kinds: Penalty, fine: int = 0, party: Party = Party.ORGANISATION) -> Sanction:
    return Sanction(party=party, kinds=frozenset(kinds), fine=Decimal(fine))


@pytest.mark.parametrize(
    ("day", "kinds", "is_simple", "is_due"),
    [
        (datetime.date(2021, 8, 31), [Penalty.WARNING], True, True),
        (datetime.date(2021, 9, 1), [Penalty.WARNING], False, False),
        (datetime.date(2021, 9, 1), [Penalty.WARNING, Penalty.FINE], False, True),
        (datetime.date(2021, 9, 1), [Penalty.FINE], True, False),
    ],
)
def test_what_has_to_be_public(day: datetime.date, kinds: list[Penalty], is_simple: bool, is_due: bool) -> None:
    assert Publish.is_due(day, sanction(*kinds), is_simple=is_simple) is is_due


@pytest.mark.parametrize(
    ("of", "term"),
    [
        (sanction(Penalty.CRITICISM), "publish_end_short"),
        (sanction(Penalty.CRITICISM, Penalty.WARNING), "publish_end"),
        (sanction(Penalty.FINE, fine=500), "publish_end_short"),
        (sanction(Penalty.FINE, Penalty.WARNING, fine=1000), "publish_end_short"),
        (sanction(Penalty.FINE, fine=1001), "publish_end"),
        (sanction(Penalty.FINE, Penalty.GAINS, fine=500), "publish_end"),
        (sanction(Penalty.FINE, fine=500, party=Party.PERSON), "publish_end_person"),
    ],
)
def test_for_how_long(of: Sanction, term: str, settings: Any) -> None:
    settings.CASES = '{"low_fine_organisation": 1000}'
    assert PublishEnd.term(of) == term


def test_a_mere_warning_is_not_made_public(people: People) -> None:
    case = make_served(people, kinds=["警告"], fine=0)
    assert offered(case, people.officer) == []
    with pytest.raises(Refused, match="仅警告的"):
        draft_publicity(case, people)


def test_neither_is_a_penalty_on_the_spot_nor_what_is_no_penalty(people: People) -> None:
    spot = make_case(people)
    spot.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    none = otherwise_agreed(make_case(people), people)
    none.approve_outcome(by=people.head)
    for case in (spot, none):
        assert offered(case, people.officer) == []
        assert "publish" not in [each.limit.rule for each in Case.objects.get(pk=case.pk).deadlines()]


def test_the_clock_runs_from_the_decision_until_it_is_public(people: People) -> None:
    case = make_served(people)
    due = {each.limit.rule: each.due for each in case.deadlines()}
    assert due["publish"] == datetime.date(2026, 12, 23)
    made_public(case, people)
    assert "publish" not in [each.limit.rule for each in Case.objects.get(pk=case.pk).deadlines()]


def test_of_a_party_of_another_province_it_is_pushed_there(people: People) -> None:
    case = make_served(people, party={"registered_in": "天津市"})
    assert {each.limit.rule: each.due for each in case.deadlines()}["publish_elsewhere"] == datetime.date(2026, 12, 9)
    desk = signed_in(people.officer)
    asked = Form(desk.get(act(case, "publicity_pushed")).content.decode()).fields
    assert asked["to"] == "天津市市场监督管理局"
    early = desk.post(act(case, "publicity_pushed"), asked | {"sent_on": "2026-11-24"}).content.decode()
    assert "推送日期要在决定" in early
    assert desk.post(act(case, "publicity_pushed"), asked).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert not [each for each in case.deadlines() if each.limit.rule.startswith("publish")]
    assert offered(case, people.officer) == []


def test_a_push_that_was_entered_wrongly_is_voided_by_another_hand(people: People) -> None:
    case = make_served(people, party={"registered_in": "天津市"})
    push = models.PublicityPush(to="天津市市场监督管理局", sent_on=case.decided_on)
    case.push_publicity(push, by=people.officer)
    assert "publicity_push_voided" not in offered(case, people.officer)
    void = models.PublicityPushVoid(push=push, by=people.officer, by_name="卫建军")
    with pytest.raises(DatabaseError, match="推送是您登记的"), transaction.atomic():
        void.save()
    desk = signed_in(people.chief)
    with pytest.raises(Incomplete, match="请写明哪里登记错了"):
        case.void_push(by=people.chief, reason="")
    said = f"{push.sent_on} 推送天津市市场监督管理局（{push.by_name}登记）"
    assert said in desk.get(act(case, "publicity_push_voided")).content.decode()
    assert desk.post(act(case, "publicity_push_voided"), {"reason": "是另一案的"}).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert {each.limit.rule for each in case.deadlines()} >= {"publish_elsewhere"}
    with pytest.raises(Incomplete, match="没有登记推送"):
        case.void_push(by=people.chief, reason="再作废")
    case.push_publicity(models.PublicityPush(to="天津市市场监督管理委员会", sent_on=case.decided_on), by=people.officer)
    assert [each.is_void for each in case.publicity_pushes.all()] == [True, False]


def test_what_was_pushed_and_then_undone_is_told_there_too(people: People) -> None:
    case = make_served(people, party={"registered_in": "天津市"})
    push = {"to": "天津市市场监督管理局", "sent_on": case.decided_on}
    case.push_publicity(models.PublicityPush(**push), by=people.officer)
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    with at(noon() + datetime.timedelta(minutes=1)):
        annulled = models.RemedyEnd(outcome="annulled", ended_on=DAY, paper="文政复〔2026〕8号")
        case.end_remedy(annulled, by=people.officer)
        case = Case.objects.get(pk=case.pk)
        assert {each.limit.rule: each.due for each in case.deadlines()}["withdraw"] == datetime.date(2026, 11, 30)
        assert offered(case, people.officer) == ["publicity_pushed"]
    with at(noon() + datetime.timedelta(minutes=2)):
        case.push_publicity(models.PublicityPush(**push), by=people.officer)
        case = Case.objects.get(pk=case.pk)
        assert "withdraw" not in [each.limit.rule for each in case.deadlines()]
        assert offered(case, people.officer) == []


def test_it_is_off_the_day_after_its_term(people: People) -> None:
    made_public(make_served(people), people)
    with on(datetime.date(2029, 11, 25)):
        assert publicly("/cases/1/").status_code == 200
    with on(datetime.date(2029, 11, 26)):
        page = publicly("/cases/1/")
        assert page.status_code == 410
        assert "已按期撤下。" in text(page)
        assert publicly("/cases/").status_code == 404


def test_a_restriction_that_lasts_longer_keeps_it_public(people: People) -> None:
    case = make_served(people, **HEAVY)
    made_public(case, people, restricted_until=datetime.date(2031, 1, 31))
    with on(datetime.date(2031, 1, 31)):
        assert publicly("/cases/1/").status_code == 200
    with on(datetime.date(2031, 2, 1)):
        assert publicly("/cases/1/").status_code == 410


# Put right and taken down


def test_a_correction_takes_its_place_and_keeps_its_term(people: People) -> None:
    case = made_public(make_served(people), people)
    with on(DAY + datetime.timedelta(days=30)):
        assert offered(case, people.officer) == ["publicity_mended", "publicity_withdrawn"]
        draft_publicity(case, people, mends="内容概述写错了", outline="使用过期的秤")
        assert "使用过期的秤" not in publicly("/cases/1/").content.decode()
        release_publicity(case, people)
        page = publicly("/cases/1/").content.decode()
        assert "使用过期的秤" in page
        assert "2026-12-25 更正" in page
        assert "公示到 2029-11-25" in page


def test_what_a_review_has_undone_is_taken_down_in_three_working_days(people: People) -> None:
    case = made_public(make_served(people), people)
    with on(DAY + datetime.timedelta(days=10)):
        today = timezone.localdate()
        case.begin_remedy(models.Remedy(kind="review", began_on=today), by=people.officer)
        end = models.RemedyEnd(outcome="annulled", ended_on=today, paper="文政复〔2026〕8号")
        case.end_remedy(end, by=people.officer)
        case = Case.objects.get(pk=case.pk)
        assert {each.limit.rule: each.due for each in case.deadlines()}["withdraw"] == datetime.date(2026, 12, 9)
        case.withdraw_publicity(by=people.chief, ground="annulled", reason="文政复〔2026〕8号撤销")
        page = publicly("/cases/1/")
        assert page.status_code == 410
        assert "已撤下：处罚决定已依法撤销。" in text(page)
        assert "文政复" not in text(page)
        case = Case.objects.get(pk=case.pk)
        assert "withdraw" not in [each.limit.rule for each in case.deadlines()]
        with pytest.raises(Refused, match="处罚决定已经撤销"):
            draft_publicity(case, people)


def test_what_was_lowered_is_public_again_as_it_is_now(people: People) -> None:
    case = made_public(make_served(people), people)
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    lowered = {"outcome": "changed", "fine": 300, "ended_on": DAY, "paper": "（2026）冀1026行初1号"}
    case.end_remedy(models.RemedyEnd(**lowered), by=people.officer)
    case.withdraw_publicity(by=people.officer, ground="changed", reason="法院变更")
    assert publicly("/cases/1/").status_code == 410
    draft_publicity(case, people, mends="")
    release_publicity(case, people)
    assert (
        "2026-11-25 行政诉讼变更：罚款变更为300元（（2026）冀1026行初1号）。" in publicly("/cases/1/").content.decode()
    )
    for path in ("/cases.json", "/cases.csv", "/feeds/cases.atom", "/cases/1.json"):
        assert "罚款变更为300元" in publicly(path).content.decode(), path


CONFIRMED = dict.fromkeys(("is_fulfilled", "is_harm_removed", "has_not_repeated", "is_on_no_list"), "on")


def test_the_party_may_ask_that_it_ends_early(people: People) -> None:
    case = made_public(make_served(people), people)
    with on(DAY + datetime.timedelta(days=190)):
        people.director.set_password(PASSWORD)
        people.director.save()
        desk = signed_in(people.director)
        given = {"asked_on": "2027-06-01", "reason": "已经履行"}
        address = act(case, "publicity_ended_early")
        assert "还欠罚款" in desk.post(address, given | CONFIRMED).content.decode()
        pay(Case.objects.get(pk=case.pk), people, 500)
        pay(Case.objects.get(pk=case.pk), people, 500, what="surcharge")
        assert "没有确认“处罚决定的义务已经全部履行”" in desk.post(address, given).content.decode()
        assert desk.post(address, given | CONFIRMED).status_code == 302
        page = publicly("/cases/1/")
        assert page.status_code == 410
        assert "已停止公示。" in text(page)


def test_too_early_and_after_grave_penalties_it_does_not(people: People) -> None:
    case = made_public(make_served(people, **HEAVY), people)
    pay(case, people, 500)
    case.note_fulfilment(make_fulfilment(people), by=people.officer)
    with pytest.raises(Refused, match=r"责令停产停业的，不能提前停止公示[\s\S]+公示满 6 个月（2027-05-25）"):
        case.end_publicity_early(by=people.director, asked_on=DAY, unmet=[], reason="申请")


# In the archive


def archived(people: People) -> Case:
    case = make_served(people)
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    make_missing_papers(case, people)
    return Case.objects.get(pk=case.pk)


def test_a_case_is_not_put_away_before_it_was_public_but_for_a_reason(people: People) -> None:
    case = archived(people)
    with pytest.raises(Incomplete, match=r"应当公示，还没有公示[\s\S]+请写明理由"):
        case.archive(by=people.officer)
    made_public(case, people)
    Case.objects.get(pk=case.pk).archive(by=people.officer)


def test_what_is_not_public_yet_waits_in_the_archive_too(people: People) -> None:
    case = archived(people)
    case.archive(by=people.officer, reason="公示另办")
    desk = signed_in(people.officer)
    assert "公示处罚信息" in desk.get("/admin/cases/case/worklist/").content.decode()
    assert "拟公示稿" in desk.get("/admin/").content.decode()
    draft_publicity(case, people)
    assert case.number in signed_in(people.chief).get("/admin/").content.decode()
    release_publicity(case, people)
    assert case.number not in desk.get("/admin/cases/case/worklist/").content.decode()


def test_from_the_archive_it_is_released_put_right_and_taken_down(people: People) -> None:
    case = archived(people)
    case.archive(by=people.officer, reason="公示另办")
    made_public(case, people)
    draft_publicity(case, people, mends="写错了", outline="使用过期的秤")
    release_publicity(case, people)
    Case.objects.get(pk=case.pk).withdraw_publicity(by=people.chief, ground="mistake", reason="另有错误")
    assert publicly("/cases/1/").status_code == 410
    assert [each.verb for each in case.timeline.all()][-5:] == [
        *("publicity_drafted", "publicity_released", "publicity_mended", "publicity_released", "publicity_withdrawn")
    ]
    assert not list(differences({case.pk: Seal.read(case.volume.seal)}))


def test_what_was_annulled_when_it_was_put_away_does_not_come_again(people: People) -> None:
    case = made_public(archived(people), people)
    case = Case.objects.get(pk=case.pk)
    case.archive(by=people.officer)
    case = Case.objects.get(pk=case.pk)
    case.withdraw_publicity(by=people.chief, ground="annulled", reason="文政复〔2026〕8号撤销")
    assert offered(case, people.officer) == []
    case = Case.objects.get(pk=case.pk)
    assert not [each for each in case.deadlines() if each.limit.rule.startswith("publish")]
    with pytest.raises(Refused, match="处罚决定已经撤销"):
        draft_publicity(case, people)


def test_each_is_released_once(people: People) -> None:
    case = made_public(make_served(people), people)
    with pytest.raises(Incomplete, match="没有等审查的公示稿"):
        release_publicity(case, people)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_publicityrelease")


# What may not be forgotten


def test_what_was_marked_before_is_marked_again_and_what_is_opened_is_told(people: People) -> None:
    firm = {"kind": "organisation", "name": "文安县李四粮油店", "address": "文安县文安镇"}
    given: dict[str, Any] = {"marked": "首次，及时改正", "uncovered": ("文安县文安镇",)}
    case = made_public(make_served(people, party=firm), people, **given)
    asked = Form(signed_in(people.officer).get(act(case, "publicity_mended")).content.decode()).fields
    assert asked["marked"] == "首次，及时改正"
    assert asked["uncovered"] == ["文安县文安镇"]
    draft_publicity(case, people, mends="再核对")
    page = text(signed_in(people.chief).get(act(case, "publicity_released")))
    assert "上一稿遮盖、这一稿不遮盖的，请核对首次，及时改正" in page


def test_what_the_file_learns_after_the_draft_is_not_released(people: People) -> None:
    case = make_served(people)
    draft_publicity(case, people)
    case.party.put(reason="更正", name="首次")
    with pytest.raises(Incomplete, match="公示稿里有 1 处案卷里的个人信息"):
        release_publicity(case, people)


def test_a_person_whom_the_file_names_after_the_draft_is_not_released(people: People) -> None:
    case = make_served(people, decision={"facts": "用过期的台秤，秤上贴着逄大勇三个字。"})
    draft = draft_publicity(case, people)
    assert "逄大勇" in draft.content
    pay(case, people, 100, voucher="收款人：逄大勇")
    with pytest.raises(Incomplete, match="公示稿里有 1 处案卷里的个人信息"):
        release_publicity(case, people)
    assert "逄大勇" not in draft_publicity(case, people).content
    release_publicity(case, people)


def test_a_person_that_was_taken_for_a_firm_is_no_firm(people: People) -> None:
    case = make_served(people, party={"kind": "organisation"})
    case.party.put(reason="是个人", kind="person")
    assert draft_publicity(case, people).decision.party == "王某某"


def test_what_a_review_decides_meanwhile_needs_another_draft(people: People) -> None:
    case = make_served(people)
    draft_publicity(case, people)
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    lowered = {"outcome": "changed", "fine": 300, "ended_on": DAY, "paper": "（2026）冀1026行初1号"}
    with at(noon() + datetime.timedelta(minutes=1)):
        case.end_remedy(models.RemedyEnd(**lowered), by=people.officer)
        with pytest.raises(Incomplete, match="拟稿以后行政诉讼有了结果"):
            release_publicity(case, people)


def test_what_was_said_to_be_unlawful_is_not_public(people: People) -> None:
    case = make_served(people)
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    end = models.RemedyEnd(outcome="unlawful", ended_on=DAY, paper="（2026）冀1026行初1号")
    case.end_remedy(end, by=people.officer)
    assert offered(case, people.officer) == []
    with pytest.raises(Refused, match="不能公示"):
        draft_publicity(case, people)


def test_what_a_court_restored_has_to_be_public(people: People) -> None:
    case = make_served(people)
    for number, outcome in enumerate(("unlawful", "changed")):
        case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
        fine = {"fine": 400} if outcome == "changed" else {}
        end = models.RemedyEnd(outcome=outcome, ended_on=DAY, paper=f"（2026）冀1026行初{number}号", **fine)
        case.end_remedy(end, by=people.officer)
    assert offered(case, people.officer) == ["publicity_drafted"]


def test_what_is_left_of_a_decision_says_for_how_long_it_is_public(people: People, settings: Any) -> None:
    case = make_served(people, **HEAVY)
    assert case.restricts()
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    changed = {"outcome": "changed", "fine": 300, "ended_on": DAY, "paper": "（2026）冀1026行初1号"}
    case.end_remedy(models.RemedyEnd(**changed, lifted=["责令停产停业"]), by=people.officer)
    case = Case.objects.get(pk=case.pk)
    assert not case.restricts()
    settings.CASES = '{"low_fine_person": 400}'
    assert case.term_of_publicity() == "publish_end_short"


def test_what_a_court_left_as_a_mere_warning_is_taken_down_and_not_public_again(people: People) -> None:
    case = made_public(make_served(people, kinds=["警告", "罚款"], compulsory=[]), people)
    with at(noon() + datetime.timedelta(hours=6)):
        case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
        changed = {"outcome": "changed", "fine": 0, "lifted": ["罚款"], "ended_on": DAY}
        case.end_remedy(models.RemedyEnd(**changed, paper="（2026）冀1026行初1号"), by=people.officer)
        case = Case.objects.get(pk=case.pk)
        assert "withdraw" in [each.limit.rule for each in case.deadlines()]
        with pytest.raises(Refused, match="仅警告的"):
            draft_publicity(case, people, mends="法院变更")
        case.withdraw_publicity(by=people.chief, ground="changed", reason="法院变更，只剩警告")
        assert publicly("/cases/1/").status_code == 410
        assert offered(case, people.officer) == offered(case, people.chief) == []


def test_after_a_mistake_it_waits_to_be_public_again_and_counts_from_the_first_day(people: People) -> None:
    case = made_public(make_served(people), people)
    with on(DAY + datetime.timedelta(days=5)):
        case.withdraw_publicity(by=people.chief, ground="mistake", reason="写错了当事人")
        case = Case.objects.get(pk=case.pk)
        began = {each.limit.rule: each.start for each in case.deadlines()}
        assert began["publish"] == timezone.localdate()
        assert offered(case, people.officer) == ["publicity_drafted"]
    with on(DAY + datetime.timedelta(days=6)):
        made_public(case, people)
        assert "公示到 2029-11-25" in publicly("/cases/1/").content.decode()


def test_what_was_taken_down_for_good_does_not_come_again(people: People) -> None:
    case = made_public(make_served(people), people)
    with on(DAY + datetime.timedelta(days=5)):
        draft_publicity(case, people, mends="写错了")
    with on(DAY + datetime.timedelta(days=6)):
        case.withdraw_publicity(by=people.chief, ground="not_due", reason="依法不公示")
        case = Case.objects.get(pk=case.pk)
        assert offered(case, people.officer) == offered(case, people.chief) == []
        with pytest.raises(Incomplete, match="没有等审查的公示稿"):
            release_publicity(case, people)
        with pytest.raises(Incomplete, match="不用拟公示稿"):
            draft_publicity(case, people)
        with pytest.raises(Incomplete, match="没有可以更正的"):
            draft_publicity(case, people, mends="再来")


def test_a_correction_that_comes_after_the_term_brings_nothing_back(people: People) -> None:
    case = made_public(make_served(people, **HEAVY), people)
    with on(datetime.date(2029, 11, 25)):
        draft_publicity(case, people, mends="限制还没有满", restricted_until=datetime.date(2032, 1, 1))
    with on(datetime.date(2029, 11, 26)):
        with pytest.raises(Incomplete, match="没有等审查的公示稿"):
            release_publicity(case, people)
        assert publicly("/cases/1/").status_code == 410


def test_nobody_says_that_a_review_undid_it_where_the_file_has_none(people: People) -> None:
    case = made_public(make_served(people), people)
    with pytest.raises(Incomplete, match="没有登记这样的复议、诉讼结果"):
        case.withdraw_publicity(by=people.chief, ground="annulled", reason="撤销")


def test_a_case_is_not_put_away_while_what_is_public_is_undone(people: People) -> None:
    case = archived(people)
    made_public(case, people)
    with at(noon() + datetime.timedelta(minutes=1)):
        case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
        end = models.RemedyEnd(outcome="unlawful", ended_on=DAY, paper="（2026）冀1026行初1号")
        case.end_remedy(end, by=people.officer)
        case.report(models.Report(ground="remedy", to="上级", sent_on=DAY), by=people.officer)
        make_missing_papers(case, people)
        with pytest.raises(Refused, match="公示还没有撤回、更正"):
            Case.objects.get(pk=case.pk).archive(by=people.officer)


def test_who_handles_the_case_does_not_release_it(people: People) -> None:
    case = make_served(people)
    draft_publicity(case, people)
    other = make_account("fangyuan", roles.CHIEF, "方", "远", office=OFFICE)
    officer = certify(other, "冀R3999")
    assert "publicity_released" in offered(case, other)
    case.add_handlers([officer], by=people.director, reason="人手不够")
    assert "publicity_released" not in offered(case, other)
    with pytest.raises(NotYours, match="是您承办的"):
        Case.objects.get(pk=case.pk).release_publicity(by=other, secrecy="不涉密", shown="")
    row = PublicityRelease(draft=case.publicity_drafts.get(), secrecy="不涉密", by=other, by_name="方远")
    with pytest.raises(DatabaseError, match="要由别人来审查、公示"), transaction.atomic():
        row.save()


def test_a_draft_that_cannot_be_read_takes_nothing_else_down(people: People) -> None:
    made_public(make_served(people), people)
    with mock.patch.object(PublicityDraft, "decision", property(lambda draft: PublicDecision.read("{"))):
        assert current_decisions().held == ()


# Verifying


def test_verify_says_what_the_file_knows_by_now_and_what_was_changed(people: People) -> None:
    case = made_public(make_served(people), people)
    assert list(faults()) == []
    case.party.put(reason="补录", name="首次")
    assert list(faults()) == [f"案件 {case.number}的公示里有 1 处案卷里的个人信息，请更正或者撤回。"]
    draft = PublicityDraft.objects.get()
    draft.content = draft.content.replace("罚款500元。", "罚款600元。")
    assert "和送达的决定书不一致" in list(faults_of(draft, case))
