"""高远 takes a clue down, verifies it and asks for the filing; 石磊 looks it through; 周正 files it and names who
handles it. Nobody does two of these, and nobody skips one."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from acts.errors import Incomplete, NotYours, Refused, WrongState
from cases.desk.worklist import waiting_for
from cases.models import Case, Officer, Reading
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import CLUE, OFFICE, People, certify, file, make_case, make_people
from tests.conftest import as_if_committed, make_account, signed_in

FOUND = datetime.date(2026, 11, 20)
IN_TIME, LATE = datetime.date(2026, 11, 26), datetime.date(2026, 12, 12)


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(IN_TIME):
        yield


def officers(*accounts: Any) -> Any:
    return Officer.objects.filter(account__in=accounts)


def told(case: Case) -> list[tuple[str, str, str]]:
    return [(act.get_verb_display(), act.by_name, act.answered) for act in case.timeline.order_by("number")]


def test_a_clue_becomes_a_case_step_by_step(people: People) -> None:
    case = file(make_case(people), people)
    assert case.get_state_display() == "调查"
    assert case.filed_on == IN_TIME
    assert [str(each) for each in case.handlers.all()] == ["高远（冀R1001）", "田野（冀R1002）"]
    assert told(case) == [
        ("登记线索", "高远", ""),
        ("报请立案", "高远", ""),
        ("审核立案", "石磊", ""),
        ("批准立案", "周正", ""),
    ]


def test_cases_are_numbered_without_a_gap(people: People) -> None:
    numbers = [make_case(people).number for _ in range(2)]
    with pytest.raises(Refused):
        make_case(people, kinds=[])
    assert [*numbers, make_case(people).number] == ["2026-0001", "2026-0002", "2026-0003"]


def test_a_clue_from_tomorrow_is_refused(people: People) -> None:
    with pytest.raises(Incomplete, match="还没有到"):
        make_case(people, found_on=IN_TIME + datetime.timedelta(days=1))


def test_who_belongs_to_no_office_takes_no_clue_down(people: People) -> None:
    homeless = make_account("wujia", "执法人员", "吴", "家")
    with pytest.raises(Incomplete, match="没有写明所在股室"):
        Case.register(by=homeless, **CLUE, found_on=FOUND)


# Whose turn it is


@pytest.mark.parametrize("who", ["stranger", "second", "chief", "auditor", "director", "head", "inspector"])
def test_only_who_took_it_down_asks_for_the_filing(people: People, who: str) -> None:
    with pytest.raises(NotYours):
        make_case(people).propose_filing(by=getattr(people, who))


@pytest.mark.parametrize("who", ["officer", "other_chief", "auditor", "director", "inspector"])
def test_only_the_head_of_its_office_looks_it_through(people: People, who: str) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    with pytest.raises(NotYours):
        case.review_filing(by=getattr(people, who))


@pytest.mark.parametrize("who", ["officer", "chief", "auditor", "inspector"])
def test_only_a_head_of_the_bureau_files_it(people: People, who: str) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    with pytest.raises(NotYours):
        case.file(by=getattr(people, who), handlers=officers(people.officer, people.second))


def test_the_head_of_the_office_does_not_look_through_an_own_proposal(people: People) -> None:
    case = Case.register(by=people.chief, **CLUE, found_on=FOUND)
    case.propose_filing(by=people.chief)
    with pytest.raises(NotYours, match="要由别人来办"):
        case.review_filing(by=people.chief)


def test_no_step_is_skipped(people: People) -> None:
    case = make_case(people)
    with pytest.raises(WrongState):
        case.file(by=people.director, handlers=officers(people.officer, people.second))
    case.propose_filing(by=people.officer)
    with pytest.raises(WrongState):
        case.file(by=people.director, handlers=officers(people.officer, people.second))


def test_what_is_sent_back_comes_again(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    with pytest.raises(Incomplete, match="请写明退回的理由"):
        case.send_back(by=people.chief, reason=" ")
    case.send_back(by=people.chief, reason="缺现场照片")
    assert case.get_state_display() == "核查"
    assert file(case, people).get_state_display() == "调查"


def test_a_clue_that_comes_to_nothing_stays_as_it_is(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.refuse_filing(by=people.director, reason="查无实据")
    assert case.get_state_display() == "不予立案"
    with pytest.raises(WrongState, match="已经办结"):
        case.propose_filing(by=people.officer)


# What the rules want


def test_two_officers_with_certificates_handle_it(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    with pytest.raises(Refusal, match="两名以上执法人员，现在是 1 名"):
        case.file(by=people.director, handlers=officers(people.officer))
    expired = certify(make_account("chen", "执法人员", "陈", "旧", office=OFFICE), "冀R9009", until=FOUND)
    with pytest.raises(Refusal, match="陈旧在 2026-11-26 没有有效的执法证件"):
        case.file(by=people.director, handlers=[*officers(people.officer), expired])
    assert case.handlers.count() == 0
    assert Case.objects.get(pk=case.pk).state == "filing_reviewed"


def test_after_the_time_limit_a_reason_is_wanted_and_kept(people: People) -> None:
    case = make_case(people)
    assert case.filing_deadline().due == datetime.date(2026, 12, 11)
    with on(LATE):
        with pytest.raises(Incomplete, match="〔规章〕“立案或者不予立案”的期限 2026-12-11 已满"):
            case.propose_filing(by=people.officer)
        case.propose_filing(by=people.officer, reason="检定机构出具结论晚")
    assert told(case)[-1] == ("报请立案", "高远", "filing")
    page = signed_in(people.chief).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "检定机构出具结论晚" in page
    assert "（所依据的规则：核查线索，决定是否立案）" in page


def test_the_time_to_verify_is_prolonged_once(people: People) -> None:
    case = make_case(people)
    with pytest.raises(Refused, match="最多把"):
        case.prolong_filing(by=people.director, days=16, reason="案情复杂")
    case.prolong_filing(by=people.director, days=15, reason="案情复杂")
    deadline = case.filing_deadline()
    assert deadline.due == datetime.date(2026, 12, 30)
    assert deadline.is_provisional  # the notice of 2027 is not entered: no later than it will be
    with pytest.raises(Refused, match="已经延长过"):
        case.prolong_filing(by=people.director, days=1, reason="再延")


# Who sees what


def test_everybody_sees_the_cases_that_are_theirs(people: People) -> None:
    case = make_case(people)
    seen = {name: Case.objects.seen_by(account).contains(case) for name, account in vars(people).items()}
    assert seen == {
        "officer": True,
        "second": False,
        "stranger": False,
        "chief": True,
        "other_chief": False,
        "auditor": True,
        "director": True,
        "head": True,
        "inspector": True,
        "member": False,
    }
    file(case, people)
    assert Case.objects.seen_by(people.second).contains(case)
    assert not Case.objects.seen_by(people.stranger).contains(case)
    assert not Case.objects.seen_by(make_account("bianji", "编辑", "编", "辑")).exists()


def test_a_persons_name_is_masked_in_lists_and_reading_it_leaves_a_line(people: People) -> None:
    case = make_case(people)
    case.party.put(reason="询问笔录", identity_number="131026199001011234")
    client = signed_in(people.officer)
    listed = client.get("/admin/cases/case/").content.decode()
    page = client.get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "王**" in listed
    assert "王**" in page
    assert "王小二" not in listed + page
    shown = client.post(f"/admin/cases/case/{case.pk}/party/").content.decode()
    assert "王小二" in shown
    assert "131026199001011234" in shown
    assert [(each.by_name, each.get_what_display()) for each in Reading.objects.all()] == [("高远", "查看个人信息")]


def party_form(client: Any, case: Case) -> tuple[str, dict[str, str]]:
    """The address of the form of the party, and what it holds."""
    path = f"/admin/cases/case/{case.pk}/party/change/"
    form = client.get(path).context["form"]
    return path, {each.html_name: str(each.value() or "") for each in form}


def test_two_at_the_party_lose_no_word(people: People) -> None:
    case = file(make_case(people), people)
    first, second = signed_in(people.officer), signed_in(people.second)
    (path, mine), (_, theirs) = party_form(first, case), party_form(second, case)
    first.post(path, mine | {"phone": "13800000000", "change_reason": "询问笔录"})
    second.post(path, theirs | {"address": "文安镇某村", "change_reason": "身份证"})
    case.party.refresh_from_db()
    assert (case.party.phone, case.party.address) == ("13800000000", "文安镇某村")
    assert [each.history_user_name for each in case.party.history.order_by("history_id")[1:]] == ["高远", "田野"]
    asked = second.post(path, theirs | {"phone": "13900000000", "change_reason": "更正"}).content.decode()
    assert "您打开这一页以后，别人改了同一处" in asked
    case.party.refresh_from_db()
    assert case.party.phone == "13800000000"


@pytest.mark.parametrize("who", ["chief", "auditor", "director", "inspector"])
def test_only_the_handlers_change_the_party(people: People, who: str) -> None:
    case = make_case(people)
    path, mine = party_form(signed_in(people.officer), case)
    refused = signed_in(getattr(people, who)).post(path, mine | {"name": "改了", "change_reason": "改"})
    assert refused.status_code == 403
    assert case.party.history.count() == 1


def test_who_only_looks_on_reads_nobodys_data(people: People) -> None:
    case = make_case(people)
    client = signed_in(people.inspector)
    page = client.post(f"/admin/cases/case/{case.pk}/party/", follow=True).content.decode()
    assert "王小二" not in page
    assert "只有本案的经办人能看" in page
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "other_chief"])
@pytest.mark.parametrize("path", ["change/", "do/proposed/", "party/"])
def test_a_foreign_case_is_not_there(people: People, who: str, path: str) -> None:
    case = make_case(people)
    assert signed_in(getattr(people, who)).get(f"/admin/cases/case/{case.pk}/{path}").status_code == 404


# On the pages


def test_the_way_through_the_pages(people: People) -> None:
    client = signed_in(people.officer)
    form = client.get("/admin/cases/case/add/").content.decode()
    assert "监督检查职权，或者通过投诉、申诉、举报" in form
    assert 'href="/editions/2017-12/supervision/jg-14/#c1-1"' in form
    page = client.post("/admin/cases/case/add/", {**CLUE, "found_on": "2026-11-20"}, follow=True).content.decode()
    assert "案件 2026-0001已登记" in page
    assert "2026-12-11（星期五）截止" in page
    case = Case.objects.get()
    asked = client.get(f"/admin/cases/case/{case.pk}/do/proposed/").content.decode()
    assert "自发现之日起15日内组织核查" in asked
    client.post(f"/admin/cases/case/{case.pk}/do/proposed/", {"reason": ""})
    signed_in(people.chief).post(f"/admin/cases/case/{case.pk}/do/reviewed/", {"reason": ""})
    named = [each.pk for each in officers(people.officer, people.second)]
    director = signed_in(people.director)
    refused = director.post(f"/admin/cases/case/{case.pk}/do/filed/", {"handlers": named[:1]}).content.decode()
    assert "没有办成：〔清单、法律〕承办案件要有两名以上执法人员，现在是 1 名" in refused
    done = director.post(f"/admin/cases/case/{case.pk}/do/filed/", {"handlers": named}, follow=True).content.decode()
    assert "批准立案已办。已立案，正在调查。" in done


def test_late_is_said_before_anything_is_done(people: People) -> None:
    case = make_case(people)
    with on(LATE):
        client = signed_in(people.officer)
        assert "已逾期" in client.get(f"/admin/cases/case/{case.pk}/change/").content.decode()
        asked = client.get(f"/admin/cases/case/{case.pk}/do/proposed/").content.decode()
    assert "写明理由才能办。" in asked
    assert '理由<span class="required">（必填）</span>' in asked


def test_the_desk_says_whose_turn_it_is_and_what_is_late(people: People) -> None:
    late = make_case(people, found_on=datetime.date(2026, 11, 3))
    make_case(people).propose_filing(by=people.officer)
    mine = signed_in(people.officer).get("/admin/")
    waiting = mine.context["cases_waiting"]
    assert [(row.case, row.clock.urgency.label) for row in waiting.first] == [(late, "已逾期")]
    assert "已逾期" in mine.content.decode()
    (theirs,) = signed_in(people.chief).get("/admin/").context["cases_waiting"].first
    assert (theirs.said, theirs.case.number) == ("审核立案", "2026-0002")
    assert signed_in(people.stranger).get("/admin/").context["cases_waiting"].first == []
    assert "没有要您办的案件" in signed_in(people.stranger).get("/admin/").content.decode()


def test_the_worklist_asks_the_database_no_more_for_many_cases(
    people: People,
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            waiting_for(Account.objects.get(pk=people.officer.pk))
        return len(queries)

    make_case(people)
    few = asked()
    for _ in range(5):
        make_case(people)
    assert asked() == few


# What the database refuses itself

SKIPPED = {
    "a state without its line": "UPDATE cases_case SET state = 'investigation'",
    "a filing that nobody looked through": (
        "UPDATE cases_case SET state = 'investigation', filed_on = '2026-11-26', filed_at = now(),"
        " filed_by_id = registered_by_id, filed_by_name = '某人'"
    ),
    "another number": "UPDATE cases_case SET number = '2026-0009'",
    "no clue": "UPDATE cases_case SET clue = ''",
}


@pytest.mark.parametrize("what", SKIPPED)
def test_the_database_holds_the_way_too(people: People, what: str) -> None:
    make_case(people)
    with pytest.raises(DatabaseError), as_if_committed("default") as cursor:
        cursor.execute(SKIPPED[what])


def test_nobody_rewrites_a_line_of_a_case(people: People) -> None:
    case = make_case(people)
    for rows in (case.timeline, case.handlers):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(by_name="某人")
    with pytest.raises(IntegrityError), transaction.atomic():
        case.timeline.create(number=1, verb="proposed", by=people.officer, by_name="高远")


# To be tried
