"""孙丽 keeps the roll of officers and of the committee: terms and certificates change, whose they are does not, since
what was done in cases stands in their names. What she writes counts when 吴检 or 周正 has endorsed it."""

import datetime
import threading
from typing import Any

import pytest
import tablib
from django.db import IntegrityError, connection, connections, transaction

from accounts import roles
from accounts.models import AccountRequest
from acts.errors import NotYours, Refused
from cases import hands
from cases.case import Case
from cases.desk.resources import MemberResource, OfficerResource
from cases.models import Member, MemberEndorsement, Officer, OfficerEndorsement
from tests.cases.people import (
    People,
    conclude,
    endorse,
    file,
    issue,
    make_case,
    make_committee,
    make_people,
    meet,
    qualify,
)
from tests.conftest import form_of, make_account, signed_in


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def rows(people: People) -> list[Any]:
    make_committee(people)
    return [Officer.objects.get(account=people.officer), Member.objects.get(account=people.member)]


def change(people: People, row: Any, **values: Any) -> Any:
    client, path = signed_in(people.auditor), f"/admin/cases/{row._meta.model_name}/{row.pk}/change/"
    return client.post(path, form_of(client.get(path)) | values | {"change_reason": "换证"})


def test_a_term_and_a_certificate_are_changed(people: People) -> None:
    officer, member = rows(people)
    change(people, officer, until="2030-12-31")
    change(people, member, basis="文质监〔2026〕9号")
    assert str(Officer.objects.get(pk=officer.pk).until) == "2030-12-31"
    assert Member.objects.get(pk=member.pk).basis == "文质监〔2026〕9号"


def test_who_endorses_at_the_same_moment_as_another_is_told_that_it_is_done(own_database: Any) -> None:
    own_database()
    people = make_people()
    row = Officer.objects.get(account=people.officer)
    row.put(reason="换证", certificate="冀R10019")
    seen, said = row.latest_record().pk, list[str]()

    def endorse_it(by: Any) -> None:
        try:
            Officer.objects.get(pk=row.pk).endorse(by=by, seen=seen)
        except Refused as error:
            said.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=endorse_it, args=[by]) for by in (people.head, people.director, people.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["“高远（冀R10019）”已经核对过，没有再办。"] * 2
    assert OfficerEndorsement.objects.filter(record=seen).count() == 1


def test_nobody_puts_another_account_in_the_place_of_one_that_acted(people: People) -> None:
    for row in rows(people):
        change(people, row, account=people.other_chief.pk)
        assert type(row).objects.get(pk=row.pk).account == row.account
        row.account = people.other_chief
        with pytest.raises(match="定下以后不能更改"):
            row.full_clean()
        with pytest.raises(IntegrityError, match="定下以后不能更改"), transaction.atomic():
            row.save(reason="换人")


def test_the_database_keeps_it_from_whoever_goes_past_the_pages(people: People) -> None:
    for row in rows(people):
        with (
            pytest.raises(IntegrityError, match="定下以后不能更改"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {row._meta.db_table} SET account_id = %s", [people.other_chief.pk])


# What counts


PAGE, DAY = "/admin/cases/case/roll/", datetime.date(2018, 1, 1)


def enter(people: People, kind: str, **values: Any) -> Any:
    client, path = signed_in(people.auditor), f"/admin/cases/{kind}/add/"
    given = {"since": "2018-01-01", "until": "", "change_reason": "任命"} | values
    return client.post(path, form_of(client.get(path)) | given, follow=True)


def shown_to(account: Any) -> str:
    return signed_in(account).get(PAGE).content.decode()


def tick(account: Any, *rows: Any) -> str:
    """What is answered, where these were ticked as they are now."""
    ticked = [f"{row._meta.model_name}-{row.pk}-{row.latest_record().pk}" for row in rows]
    return str(signed_in(account).post(PAGE, {"row": ticked}, follow=True).content.decode())


def test_who_is_entered_by_one_person_alone_enforces_nothing_and_judges_nothing(people: People) -> None:
    said = enter(people, "officer", account=people.member.pk, certificate="冀R7001").content.decode()
    assert "还不算数：要由审计或局领导在" in said
    enter(people, "member", account=people.member.pk, post="chair")
    officer, member = Officer.objects.get(account=people.member), Member.objects.get(account=people.member)
    assert not officer.is_valid_on(DAY)
    assert officer not in Officer.objects.valid_on(DAY)
    assert not member.is_chair_on(DAY)
    assert member not in Member.objects.valid_on(DAY)
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    two = Officer.objects.filter(account__in=[people.officer, people.member])
    with pytest.raises(Refused, match="何文（登记还没有核对）"):
        case.file(by=people.director, handlers=two)


def test_the_second_person_sees_what_was_entered_and_says_that_it_is_right(people: People) -> None:
    enter(people, "member", account=people.member.pk, post="chair", basis="文质监〔2018〕1号")
    member = Member.objects.get(account=people.member)
    assert "登记或者改了 1 条" in signed_in(people.director).get("/admin/").content.decode()
    said = shown_to(people.director)
    assert all(part in said for part in ("何文，主任委员", "2018-01-01", "文质监〔2018〕1号", "孙丽登记"))
    assert "已核对 1 条" in tick(people.director, member)
    assert Member.objects.get(pk=member.pk).is_chair_on(DAY)
    assert "没有等核对的" in shown_to(people.director)
    assert "等您核对的" not in signed_in(people.director).get("/admin/").content.decode()


def test_a_changed_term_counts_when_it_is_endorsed_anew(people: People) -> None:
    officer, _ = rows(people)
    change(people, officer, until="2030-12-31")
    assert not Officer.objects.get(pk=officer.pk).is_valid_on(DAY)
    said = shown_to(people.inspector)
    assert all(part in said for part in ("孙丽修改", "<ins>2030-12-31</ins>", officer.certificate))
    assert "已核对 1 条" in tick(people.inspector, officer)
    assert Officer.objects.get(pk=officer.pk).is_valid_on(DAY)


def test_what_was_changed_since_it_was_looked_at_is_not_endorsed(people: People) -> None:
    officer, _ = rows(people)
    change(people, officer, until="2030-12-31")
    seen = officer.latest_record().pk
    change(people, officer, since="2001-01-01")
    answer = signed_in(people.inspector).post(PAGE, {"row": [f"officer-{officer.pk}-{seen}"]}, follow=True)
    assert "您看过以后" in answer.content.decode()
    assert not Officer.objects.get(pk=officer.pk).is_endorsed


def test_nobody_endorses_what_he_wrote_or_what_he_is(people: People) -> None:
    enter(people, "member", account=people.director.pk, post="deputy")
    own = Member.objects.get(account=people.director)
    assert "是您自己" in shown_to(people.director)
    assert "是您自己，要由另一个人核对" in tick(people.director, own)
    written = Member(account=people.member, post="member", since=DAY)
    written._history_user = people.inspector  # 郑明 sat where 孙丽 sits now
    written.save(reason="任命")
    assert "是您登记或者改的，要由另一个人核对" in tick(people.inspector, written)
    assert not MemberEndorsement.objects.filter(record__account__in=[people.director, people.member]).exists()


def test_the_database_refuses_the_hand_that_wrote_it(people: People) -> None:
    enter(people, "officer", account=people.member.pk, certificate="冀R7001")
    record = Officer.objects.get(account=people.member).latest_record()
    for own in (people.auditor, people.member):
        with pytest.raises(IntegrityError, match="要由另一个人核对"), transaction.atomic():
            OfficerEndorsement(record=record, by=own, by_name="某人").save()
    assert not list(hands.faults())


def test_only_those_who_watch_or_head_endorse(people: People) -> None:
    enter(people, "officer", account=people.member.pk, certificate="冀R7001")
    officer = Officer.objects.get(account=people.member)
    ticked = {"row": [f"officer-{officer.pk}-{officer.latest_record().pk}"]}
    for other in (people.officer, people.chief, people.auditor, people.member):
        assert signed_in(other).post(PAGE, ticked).status_code == 403
        with pytest.raises(NotYours, match="只有审计和局领导"):
            officer.endorse(by=other, seen=officer.latest_record().pk)
    for endorsing in (people.director, people.head, people.inspector):
        assert "勾选的核对无误" in shown_to(endorsing)


def test_no_paper_says_what_nobody_has_endorsed(people: People) -> None:
    case = file(make_case(people), people)
    officer = Officer.objects.get(account=people.officer)
    change(people, officer, certificate="冀伪造1")
    with pytest.raises(Refused, match="高远的执法人员登记改了，还没有核对，不能写进文书"):
        issue(case, people, 4)
    tick(people.inspector, Officer.objects.get(pk=officer.pk))
    assert issue(Case.objects.get(pk=case.pk), people, 4)


def test_what_somebody_was_in_a_meeting_stays_what_it_was(people: People) -> None:
    qualify(people.auditor)
    case = conclude(file(make_case(people), people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    meeting = meet(case, people).meeting()
    chair = meeting.chair
    endorse(Member.objects.get(pk=chair.pk).put(reason="改任", post="member"))
    assert chair.as_of(meeting.at).get_post_display() == "主任委员"
    assert Member.objects.get(pk=chair.pk).get_post_display() == "委员"


def test_the_own_certificate_of_law_does_not_count_before_it_is_endorsed(people: People) -> None:
    case = conclude(file(make_case(people), people), people)
    enter(people, "officer", account=people.auditor.pk, certificate="冀R9999", law_certificate="A1")
    with pytest.raises(Refused, match="初次从事"):
        case.audit(by=people.auditor, reason="事实清楚")


def test_who_may_not_endorse_is_refused_by_the_database(people: People) -> None:
    enter(people, "officer", account=people.member.pk, certificate="冀R7001")
    record = Officer.objects.get(account=people.member).latest_record()
    for other in (people.officer, people.chief, people.stranger):
        with pytest.raises(IntegrityError, match="只有审计和局领导"), transaction.atomic():
            OfficerEndorsement(record=record, by=other, by_name="某人").save()


def test_whose_account_was_stopped_handles_no_case(people: People) -> None:
    stop = {"is_active": False}
    sysadmin = make_account("zhaomin2", roles.SYSADMIN, "赵", "敏")
    AccountRequest.ask(people.second, stop, by=sysadmin, reason="离职")
    with pytest.raises(Refused, match="田野的账号已经停用"):
        file(make_case(people), people)


@pytest.mark.parametrize("ticked", ["", "officer", "officer-x-1", "clue-1-1", "member-99999-1", "officer-1-"])
def test_what_was_never_offered_endorses_nothing(people: People, ticked: str) -> None:
    count = OfficerEndorsement.objects.count()
    answer = signed_in(people.inspector).post(PAGE, {"row": [ticked]}, follow=True)
    assert "没有核对" in answer.content.decode()
    assert OfficerEndorsement.objects.count() == count


def test_a_table_says_in_words_what_is_missing_and_what_can_be_chosen(people: People) -> None:
    officers = tablib.Dataset(["冀R9", "", "2018-01-01"], headers=["执法证号", "账号", "有效期自"])
    (fault,) = OfficerResource(reason="试").import_data(officers, dry_run=True).invalid_rows
    assert fault.faults == [("账号", "不能为空。")]
    members = tablib.Dataset(["hewen2", "组长", "2018-01-01"], headers=["账号", "职务", "任期自"])
    (fault,) = MemberResource(reason="试").import_data(members, dry_run=True).invalid_rows
    assert fault.faults == [("职务", "应当是“主任委员”、“副主任委员”、“委员”之一，现在是“组长”")]
    members = tablib.Dataset(["hewen2", "委员", "2018-01-01"], headers=["账号", "职务", "任期自"])
    assert MemberResource(reason="试").import_data(members, dry_run=True).totals["new"] == 1
