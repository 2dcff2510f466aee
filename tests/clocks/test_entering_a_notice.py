"""王芳 enters the State Council's notice: from then on the deadlines of that year are final."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import roles
from clocks import limits_of_the_law
from clocks.deadlines import Deadline, work_out_provisional
from clocks.models import Day, Notice
from clocks.working_days import NoCalendar
from history.guards import said_by_database
from tests.conftest import form_of, make_account, make_notice, signed_in
from tests.history.test_importing_a_table import CSV, as_csv, confirmed, sent

ADD = "/admin/clocks/notice/add/"
DAY = datetime.timedelta(days=1)
OF_2027 = {
    "元旦": ("2026-12-31", "2027-01-01", "2027-01-02"),
    "春节": tuple(f"2027-02-{day:02}" for day in range(5, 13)),
    "清明节": ("2027-04-05",),
    "劳动节": tuple(f"2027-05-0{day}" for day in range(1, 6)),
    "端午节": ("2027-06-09",),
    "中秋节": ("2027-09-15",),
    "国庆节": tuple(f"2027-10-0{day}" for day in range(1, 8)),
    "调休上班": ("2027-01-03", "2027-02-20", "2027-05-08", "2027-10-09"),
}
"""As it might be: the notice is not out yet."""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def rows(arranged: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for kind, days in arranged.items():
        yield from ((each, kind) for each in days)


def filled(client: Client, arranged: dict[str, tuple[str, ...]], url: str = ADD, **values: str) -> dict[str, Any]:
    """What the browser sends when these days have been added to the table of the page."""
    data = form_of(client.get(url))
    given = {"year": "2027", "number": "国办发明电〔2026〕9号", "issued_on": "2026-11-25", "change_reason": "录入通知"}
    data = {**given, **{name: value for name, value in data.items() if value}, **values}
    there = int(data["days-INITIAL_FORMS"])
    for place, (each, kind) in enumerate(rows(arranged), start=there):
        data |= {f"days-{place}-day": each, f"days-{place}-kind": kind, f"days-{place}-note": ""}
    return data | {"days-TOTAL_FORMS": str(there + len(list(rows(arranged))))}


def listed(client: Client) -> str:
    return str(client.get("/admin/clocks/notice/").content.decode())


def entered(client: Client, arranged: dict[str, tuple[str, ...]], url: str = ADD, **values: str) -> str:
    response = client.post(url, filled(client, arranged, url, **values), follow=True)
    return str(response.content.decode())


def payment(served: str) -> Deadline:
    start = day(served)
    return work_out_provisional(limits_of_the_law.in_force().on("payment", start), start, Notice.objects.calendar())


def test_what_was_provisional_is_final_when_the_notice_is_entered(wang: Any) -> None:
    assert payment("2027-01-25").why_provisional.startswith("2027年的放假安排还没有录入")
    assert payment("2027-01-25").due == day("2027-02-09")  # in the holidays, but who knows
    said = entered(signed_in(wang), OF_2027)
    assert "2027年的放假安排已经录齐，期限从现在起按它算。" in said
    found = payment("2027-01-25")
    assert (found.due, found.is_provisional) == (day("2027-02-13") + 2 * DAY, False)
    assert [str(span) for span in found.moved_over] == [
        "2027-02-09 至 2027-02-12（春节）",
        "2027-02-13（星期六）",
        "2027-02-14（星期日）",
    ]


def test_a_notice_reaches_into_the_december_before(wang: Any) -> None:
    assert (payment("2026-12-16").due, payment("2026-12-16").unknown_year) == (day("2026-12-31"), 2027)
    entered(signed_in(wang), OF_2027)
    assert (payment("2026-12-16").due, payment("2026-12-16").unknown_year) == (day("2027-01-03"), None)


def test_every_day_has_its_line_in_the_trail_with_who_and_why(wang: Any) -> None:
    entered(signed_in(wang), OF_2027)
    assert Day.objects.count() == len(list(rows(OF_2027)))
    for row in [Notice.objects.get(), *Day.objects.all()]:
        record = row.history.get()
        assert (record.history_user_name, record.history_change_reason) == ("王芳", "录入通知")


def test_above_the_list_it_says_which_years_are_known_and_which_is_not(wang: Any) -> None:
    client = signed_in(wang)
    assert "2004年到2026年的放假安排随程序提供，不用录入" in listed(client)
    assert "2027年的还不知道" in listed(client)
    entered(client, OF_2027)
    assert "已经录齐的：2027。" in listed(client)
    assert "2028年的还不知道" in listed(client)


def test_a_year_that_is_half_entered_counts_for_nothing_and_says_what_is_missing(wang: Any) -> None:
    client = signed_in(wang)
    half = {kind: days for kind, days in OF_2027.items() if kind not in ("中秋节", "国庆节")}
    said = entered(client, half | {"国庆节": ("2027-10-01",)})
    assert "2027年还没有录齐：中秋节、国庆节的法定假日不够。录齐以前，这一年不按录入的算。" in said
    assert payment("2027-01-25").is_provisional
    rest = {"中秋节": ("2027-09-15",), "国庆节": ("2027-10-02", "2027-10-03")}
    said = entered(client, rest, reverse("admin:clocks_notice_change", args=[Notice.objects.get().pk]))
    assert "已经录齐" in said
    assert not payment("2027-01-25").is_provisional


def test_what_is_entered_takes_the_place_of_what_the_library_says_when_it_is_whole(wang: Any) -> None:
    assert payment("2026-09-16").due == day("2026-10-08")
    shorter = {"春节": OF_2027["春节"], "国庆节": ("2026-10-01", "2026-10-02", "2026-10-03")}
    of_2026 = {k: tuple(each.replace("2027", "2026") for each in v) for k, v in (OF_2027 | shorter).items()}
    of_2026 |= {"元旦": ("2026-01-01",), "调休上班": ()}
    entered(signed_in(wang), {"国庆节": of_2026["国庆节"]}, year="2026")
    assert payment("2026-09-16").due == day("2026-10-08")  # one holiday is no year
    rest = {k: v for k, v in of_2026.items() if k != "国庆节"}
    entered(signed_in(wang), rest, reverse("admin:clocks_notice_change", args=[Notice.objects.get().pk]))
    assert payment("2026-09-16").due == day("2026-10-05")


def test_a_later_notice_changes_some_days_of_the_year(wang: Any) -> None:
    client = signed_in(wang)
    entered(client, OF_2027)
    later = {"调休上班": ("2027-02-13",)}
    assert "已经录齐" in entered(client, later, number="国办发明电〔2027〕1号", issued_on="2027-01-27")
    assert payment("2027-01-25").due == day("2027-02-13")
    said = entered(client, {"春节": ("2027-02-20",)}, number="国办发明电〔2027〕2号", issued_on="2027-02-01")
    assert "这一天已经录在另一份通知里；后来的通知改了它的，请先在那里停用。" in said
    Day.objects.get(day=day("2027-02-20")).retire(reason="通知改了")
    assert "已经录齐" in entered(client, {"春节": ("2027-02-20",)}, number="国办发明电〔2027〕2号")
    assert Notice.objects.calendar().why_off(day("2027-02-20")) == "春节"


def test_a_notice_out_of_use_counts_for_nothing(wang: Any) -> None:
    entered(signed_in(wang), OF_2027)
    Notice.objects.get().retire(reason="录错了")
    assert payment("2027-01-25").is_provisional
    with pytest.raises(NoCalendar):
        Notice.objects.calendar().why_off(day("2027-02-09"))


def test_the_calendar_takes_one_query(wang: Any, django_assert_num_queries: Any) -> None:
    entered(signed_in(wang), OF_2027)
    with django_assert_num_queries(1):
        Notice.objects.calendar()


# What is refused

WRONG = {
    "调休上班的只能是星期六或者星期日": ("2027-01-04", "调休上班"),
    "2027年的通知安排的是2026年12月25日到2027年12月31日的日子": ("2026-12-24", "春节"),
    "2027年的通知安排的是": ("2028-01-01", "元旦"),
    "日期": ("昨天", "元旦"),
    "选择一个有效的选项": ("2027-01-01", "christmas"),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_day_that_cannot_be_is_refused_in_a_sentence(wang: Any, said: str) -> None:
    each, kind = WRONG[said]
    page = entered(signed_in(wang), {kind: (each,)})
    assert said in page
    assert "errorlist" in page
    assert not Notice.objects.exists()


def test_a_day_is_entered_once(wang: Any) -> None:
    page = entered(signed_in(wang), {"元旦": ("2027-01-01",), "春节": ("2027-01-01",)})
    assert "errorlist" in page
    assert not Day.objects.exists()


def test_a_change_without_a_reason_is_not_saved(wang: Any) -> None:
    assert "请写明变更理由" in entered(signed_in(wang), OF_2027, change_reason="")
    assert not Notice.objects.exists()


def refused(row: Any, **values: Any) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.put(reason="试", **values)
    return said_by_database(error.value)


def test_the_database_refuses_it_whoever_writes(db: None) -> None:
    notice = make_notice()
    new = {"notice": notice, "day": day("2027-01-02"), "kind": "元旦"}
    first = Day(**new).put(reason="录入")
    assert "只能是星期六或者星期日" in refused(Day(**new | {"day": day("2027-01-04"), "kind": "调休上班"}))
    assert "不是这一年的通知安排的日子" in refused(Day(**new | {"day": day("2026-12-24")}))
    assert "不是这一年的通知安排的日子" in refused(Day(**new | {"day": day("2028-01-01")}))
    assert "2027-01-02 不是这一年的通知安排的日子" in refused(notice, year=2026)
    notice.refresh_from_db()
    assert "在这份通知里已经有一条" in refused(Day(**new))
    other = make_notice(number="国办发明电〔2027〕1号")
    assert "已经录在另一份通知里" in refused(Day(**new | {"notice": other}))
    assert "放假要选哪个节日" in refused(first, kind="christmas")
    assert "年份要在 2004 到 2100 之间" in refused(Notice(year=1999, number="某号", issued_on=day("1998-12-01")))
    assert "请填通知的文号" in refused(Notice(year=2028, number="", issued_on=day("2027-12-01")))
    assert "看不见" in refused(Notice(year=2028, number="某\u200b号", issued_on=day("2027-12-01")))


# Who

MAY = {roles.EDITOR, roles.REVIEWER}


def test_a_stranger_is_asked_to_log_in(citizen: Client) -> None:
    assert citizen.get(ADD).status_code == 302
    assert citizen.post(ADD, {}).status_code == 302
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", roles.ROLES)
def test_only_who_keeps_the_data_enters_a_notice(db: None, role: str, wang: Any) -> None:
    data = filled(signed_in(wang), OF_2027)
    client = signed_in(make_account("someone", role, "某", "人"))
    may = role in MAY
    assert client.get(ADD).status_code == (200 if may else 403)
    assert client.post(ADD, data).status_code == (302 if may else 403)
    assert Notice.objects.exists() is may
    looks = role not in (roles.SYSADMIN, roles.MEMBER)
    assert client.get(reverse("admin:clocks_notice_changelist")).status_code == (200 if looks else 403)


# From a spreadsheet


def test_the_days_come_in_as_a_table_in_the_words_of_the_notice(wang: Any) -> None:
    notice, client = make_notice(), signed_in(wang)
    table = [
        {"放假通知": notice.number, "日期": each, "放假或者上班": kind, "说明": ""} for each, kind in rows(OF_2027)
    ]
    confirmed(client, Day, sent(client, Day, as_csv(table), CSV))
    assert Day.objects.count() == len(table)
    assert not payment("2027-01-25").is_provisional


def test_a_row_that_cannot_be_keeps_the_whole_table_out(wang: Any) -> None:
    notice, client = make_notice(), signed_in(wang)
    wrong = {"放假通知": notice.number, "日期": "2027-01-04", "放假或者上班": "调休上班"}
    page = sent(client, Day, as_csv([wrong, {**wrong, "日期": "2027-01-03"}]), CSV).content.decode()
    assert "调休上班的只能是星期六或者星期日" in page
    assert not Day.objects.exists()
    unknown = sent(client, Day, as_csv([{**wrong, "放假通知": "某号"}]), CSV).content.decode()
    assert "没有代码为 某号 的放假通知" in unknown
