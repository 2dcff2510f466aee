"""李强 announces when and where a service takes place; citizens see it while it is ahead, and in their calendars."""

import calendar as months
import datetime
import re
import threading
import urllib.request
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from acts.errors import Refused
from editions.form.keys import Key
from editions.public import catalogue
from offices.models import Office
from services import events
from services.documents import YearlyDocument
from services.models import Announcement, Event, Service
from tests.acting import make_hands, make_issued
from tests.conftest import form_of, make_account, move_to, served, signed_in

SHANGHAI = ZoneInfo("Asia/Shanghai")


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def li_of_02(li: Any) -> Any:
    """李强, head of 质量监督股."""
    move_to(li, "GS-02")
    return li


def make_event(office: str = "GS-02", service: str = "FW-02", **more: Any) -> Event:
    values: dict[str, Any] = {
        "on": in_days(10),
        "begins": datetime.time(9),
        "ends": datetime.time(11, 30),
        "place": "县文化广场",
        "offers": "可以带家用血压计来免费检测。\n发放识假辨假手册。",
    } | more
    event = Event(service=Service.objects.get(code=service), office=Office.objects.get(code=office), **values)
    event.save(reason="安排")
    return event


def hidden(page: str) -> str:
    """What the announcing page remembers of what it showed."""
    return re.findall(r'name="shown" value="(\w+)"', page)[0]


def public(path: str = "/services/") -> str:
    catalogue.forget()
    return Client().get(path).content.decode()


def subscribed() -> Calendar:
    catalogue.forget()
    response = Client().get("/services/calendar.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


# Made, announced, changed, called off


def test_a_head_of_an_office_makes_an_event_and_announces_it(li_of_02: Any) -> None:
    client = signed_in(li_of_02)
    add = reverse("admin:services_event_add")
    page = client.get(add)
    assert [str(office) for office in page.context["adminform"].form.fields["office"].queryset] == ["质量监督股"]
    data = form_of(page) | {
        "service": Service.objects.get(code="FW-02").pk,
        "office": li_of_02.office_id,
        "on": in_days(10).isoformat(),
        "begins": "9:00",
        "ends": "11:30",
        "place": "县文化广场",
        "offers": "可以带家用血压计来免费检测。",
        "change_reason": "质量月",
    }
    assert client.post(add, data).status_code == 302
    event = Event.objects.get()
    assert event.code == "HD-01"
    assert "县文化广场" not in public()  # not public by being saved

    url = reverse("admin:services_event_announce", args=[event.pk])
    shown = client.get(url).content.decode()
    assert "可以带家用血压计来免费检测。" in shown
    assert Announcement.objects.count() == 0  # nor by being looked at
    client.post(url, {"reason": "按计划", "shown": hidden(shown)})
    for path in ("/services/", "/services/fw-02/", "/services/events/", "/elder/services/fw-02/"):
        page_now = public(path)
        assert "近期活动" in page_now
        assert "县文化广场" in page_now
        assert f"{in_days(10):%Y-%m-%d}</time> 09:00—11:30" in page_now
    assert "县文化广场" not in public("/services/fw-01/")
    record = Announcement.objects.get()
    assert (record.by_name, record.reason, record.number) == ("李强", "按计划", 1)


def test_what_is_changed_later_is_not_public_until_announced_again(li: Any) -> None:
    event = make_event()
    event.announce(li)
    event.put(reason="换地方", place="县体育馆")
    assert "县文化广场" in public()
    assert "县体育馆" not in public()
    assert not event.is_announced
    event.announce(li)
    assert "县体育馆" in public()
    assert [a.document().place for a in event.announcements.all()] == ["县文化广场", "县体育馆"]


def test_what_was_changed_after_the_look_is_not_announced(li_of_02: Any) -> None:
    event, client = make_event(), signed_in(li_of_02)
    url = reverse("admin:services_event_announce", args=[event.pk])
    shown = hidden(client.get(url).content.decode())
    Event.objects.get(pk=event.pk).put(reason="改地点", place="人民公园")
    for posted in ({"shown": shown}, {}):
        answer = client.post(url, posted, follow=True)
        assert "您看过以后，这次活动又有改动，没有公布。" in answer.content.decode()
    assert Announcement.objects.count() == 0


def test_an_announcement_publishes_no_service_and_no_office_that_no_edition_holds(li: Any) -> None:
    Service(title="以旧换新", position=11, serial="11").save(reason="新增")
    Office(name="收费股").save(reason="新增")
    for event in (make_event(service="FW-11"), make_event(office="GS-07")):
        with pytest.raises(Refused, match="还没有公布，不在现行的清单里"):
            event.announce(li)
    assert not Announcement.objects.exists()


def test_a_service_that_left_the_list_is_named_without_a_link(li: Any) -> None:
    event = make_event(service="FW-09")
    event.announce(li)
    hands = make_hands()
    event.put(reason="不办了", retired_on=timezone.localdate())
    Service.objects.get(code="FW-09").put(reason="不办了", retired_on=timezone.localdate())
    make_issued(hands, Key("services", "FW-09"))
    event.announce(li)
    page = public("/services/events/")
    assert event.place in page
    assert "/services/fw-09/" not in page


def test_an_account_without_an_office_is_told_why_it_cannot(li: Any) -> None:
    page = signed_in(li).get(reverse("admin:services_event_add")).content.decode()
    assert "您的账号没有写明所在股室" in page


def test_an_event_that_is_called_off_is_shown_so(li: Any) -> None:
    event = make_event()
    event.announce(li)
    event.retire(reason="下雨")
    assert "已取消" not in public()
    event.announce(li, reason="下雨")
    assert "已取消" in public()
    (entry,) = [e for e in subscribed().walk("VEVENT") if e.get("status") == "CANCELLED"]
    assert int(entry["SEQUENCE"]) == 1


def test_events_that_are_over_are_kept(li: Any) -> None:
    event = make_event()
    event.announce(li)
    catalogue.forget()
    seen = catalogue.current()
    later = catalogue.Catalogue(seen.editions, in_days(11), seen.beside)
    assert events.ahead(later.beside["events"], later.day) == []
    assert [each.event.code for each in events.over(later.beside["events"], later.day)] == [event.code]


@pytest.mark.parametrize(
    ("values", "announced", "said"),
    [
        ({"on": datetime.date(2020, 1, 1)}, False, "已经过去"),
        ({"retired_on": datetime.date(2026, 1, 1)}, False, "没有公布过"),
        ({}, True, "公布以后没有改动"),
    ],
)
def test_what_cannot_be_announced_is_said(li: Any, values: dict[str, Any], announced: bool, said: str) -> None:
    event = make_event(**values)
    if announced:
        event.announce(li)
    before = Announcement.objects.count()
    with pytest.raises(match=said):
        event.announce(li)
    assert Announcement.objects.count() == before


def test_a_column_with_nothing_in_it_is_not_shown(citizen: Client) -> None:
    assert "活动</h2>" not in public()
    assert "还没有公布过活动" in public("/services/events/")


def test_the_permanent_page_of_an_edition_shows_what_was_frozen(li: Any) -> None:
    make_event().announce(li)
    assert "县文化广场" not in public("/editions/2017-12/services/")
    assert "县文化广场" not in public("/editions/2017-12/services/fw-02/")


# Whose it is


def test_another_office_cannot_touch_it(li_of_02: Any) -> None:
    event, client = make_event(office="GS-03"), signed_in(li_of_02)
    change = reverse("admin:services_event_change", args=[event.pk])
    announce = reverse("admin:services_event_announce", args=[event.pk])
    assert client.post(change, {"place": "别处"}).status_code == 403
    assert client.get(announce).status_code == 403
    assert client.post(announce).status_code == 403
    assert "公布</a>" not in client.get(change).content.decode()


def test_an_event_cannot_be_made_for_another_office(li_of_02: Any) -> None:
    client, add = signed_in(li_of_02), reverse("admin:services_event_add")
    data = form_of(client.get(add)) | {
        "service": Service.objects.get(code="FW-02").pk,
        "office": Office.objects.get(code="GS-03").pk,
        "on": in_days(3).isoformat(),
        "place": "广场",
        "change_reason": "试",
    }
    assert "office" in client.post(add, data).context["adminform"].form.errors
    assert not Event.objects.exists()


def test_an_editor_prepares_and_does_not_announce(wang: Any) -> None:
    event, client = make_event(), signed_in(wang)
    assert client.get(reverse("admin:services_event_change", args=[event.pk])).status_code == 200
    assert client.post(reverse("admin:services_event_announce", args=[event.pk])).status_code == 403


def test_every_change_is_in_the_trail(wang: Any) -> None:
    event = make_event()
    event.put(reason="换地方", place="县体育馆")
    event.put(reason="没有改", place="县体育馆")
    assert [h.history_change_reason for h in event.history.all()] == ["换地方", "安排"]


# The database


def test_an_announcement_is_never_written_again(own_database: Any) -> None:
    own_database()
    announcement = make_event().announce(make_account("liqiang", "股长", "李", "强"))
    for statement in ("UPDATE services_announcement SET text = '{}'", "DELETE FROM services_announcement"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Announcement.objects.get(pk=announcement.pk).document().place == "县文化广场"


def test_it_ends_after_it_begins(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(begins=datetime.time(11), ends=datetime.time(9))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(begins=None, ends=datetime.time(9))


def test_two_who_announce_at_once_announce_once(own_database: Any) -> None:
    own_database()
    event, by = make_event(), make_account("liqiang", "股长", "李", "强")
    said: list[str] = []

    def announce() -> None:
        try:
            said.append(str(Event.objects.get(pk=event.pk).announce(by).number))
        except Refused as error:
            said.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=announce) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said)[0] == "1"
    assert len([each for each in said if "没有改动" in each]) == 3


# The yearly days, and the calendar


@given(
    month=st.integers(1, 12),
    day=st.none() | st.integers(1, 29),
    today=st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)),
)
def test_the_next_day_is_the_first_that_is_not_over(month: int, day: int | None, today: datetime.date) -> None:
    yearly = YearlyDocument(month=month, day=day, quoted="原话")
    first, last = yearly.next(today)
    assert first.month == month
    assert last >= today
    if day:
        assert first == last
        assert first.day == day
        assert not any(
            today <= datetime.date(year, month, day) < first
            for year in range(today.year, first.year + 1)
            if day <= months.monthrange(year, month)[1]
        )
    else:
        assert (first.day, last.day) == (1, months.monthrange(first.year, month)[1])
        assert first.year - today.year == (month < today.month)


def test_a_card_says_when_its_day_comes_next(citizen: Client) -> None:
    page = re.sub(r"\s+", " ", public())
    today = timezone.localdate()
    year = today.year + ((today.month, today.day) > (3, 15))
    weekday = "一二三四五六日"[datetime.date(year, 3, 15).weekday()]
    assert f"{year}年3月15日（星期{weekday}）" in page
    assert page.count("日期为本局整理") == 1  # 标准日
    assert 'href="tel:03165255905"' in page


def test_the_calendar_holds_every_yearly_day_of_the_list(citizen: Client) -> None:
    entries = {str(entry["SUMMARY"]): entry for entry in subscribed().walk("VEVENT")}
    assert len(entries) == 5
    window = (datetime.date(2027, 1, 1), datetime.date(2028, 1, 1))
    found = {
        str(o["SUMMARY"])[:8]: (o["DTSTART"].dt, o["DTEND"].dt)
        for o in recurring_ical_events.of(subscribed()).between(*window)
    }
    day = datetime.timedelta(days=1)
    assert found["“3、15”国际"] == (datetime.date(2027, 3, 15), datetime.date(2027, 3, 15) + day)
    assert found["标准日活动"] == (datetime.date(2027, 10, 14), datetime.date(2027, 10, 14) + day)
    assert found["质量月活动"] == (datetime.date(2027, 9, 1), datetime.date(2027, 10, 1))
    assert "日期为本局整理，非清单原文" in str(entries["标准日活动"]["DESCRIPTION"])


def test_an_announced_event_is_in_the_calendar_with_its_time(li: Any) -> None:
    event = make_event()
    event.announce(li)
    (entry,) = [e for e in subscribed().walk("VEVENT") if "LOCATION" in e]
    assert entry["DTSTART"].dt == datetime.datetime.combine(event.on, event.begins, SHANGHAI)
    assert entry["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(entry["LOCATION"]) == "县文化广场"
    assert subscribed().walk("VTIMEZONE")[0]["TZID"] == "Asia/Shanghai"


def test_what_happens_to_an_event_keeps_its_uid(li: Any) -> None:
    event = make_event()
    event.announce(li)
    before = {str(e["UID"]) for e in subscribed().walk("VEVENT")}
    event.put(reason="改期", on=in_days(20))
    event.announce(li)
    assert {str(e["UID"]) for e in subscribed().walk("VEVENT")} == before
    assert len(before) == 6


def test_the_same_content_is_the_same_bytes(own_database: Any) -> None:
    name = own_database()
    with served(name) as one:
        first = urllib.request.urlopen(f"{one}/services/calendar.ics").read()
    with served(name) as two:
        assert urllib.request.urlopen(f"{two}/services/calendar.ics").read() == first
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_a_new_edition_leaves_the_days_of_the_calendar_as_they_were(db: None) -> None:
    before = [str(entry["DTSTART"].dt) for entry in subscribed().walk("VEVENT")]
    make_issued(make_hands())
    catalogue.forget()
    assert [str(entry["DTSTART"].dt) for entry in subscribed().walk("VEVENT")] == before


def test_what_is_called_off_is_announced_though_its_office_is_gone(li: Any) -> None:
    event = make_event()
    event.announce(li)
    event.retire(reason="机构改革")
    Office.objects.get(code="GS-02").put(reason="撤销", retired_on=timezone.localdate())
    event.refresh_from_db()
    event.announce(li)
    assert "已取消" in public()


def test_an_announcement_does_not_publish_a_title_that_was_not_submitted(li: Any) -> None:
    Service.objects.get(code="FW-02").put(reason="改了一半", title="质量月（写了一半")
    make_event().announce(li)
    assert "写了一半" not in public("/services/events/")
    assert "质量月活动" in public("/services/events/")


def test_an_event_is_not_moved_into_the_past(li: Any) -> None:
    event = make_event()
    event.announce(li)
    event.put(reason="改期", on=datetime.date(2020, 1, 1))
    with pytest.raises(match="不能改到过去的日子"):
        event.announce(li)


def test_an_event_without_an_end_has_none_in_the_calendar(li: Any) -> None:
    make_event(ends=None).announce(li)
    (entry,) = [e for e in subscribed().walk("VEVENT") if "LOCATION" in e]
    assert "DTEND" not in entry


def test_a_new_name_of_the_bureau_keeps_every_uid(db: None) -> None:
    from offices.models import Department
    from tests.acting import make_hands, make_issued

    before = {str(entry["UID"]) for entry in subscribed().walk("VEVENT")}
    bureau = Department.objects.get(is_bureau=True)
    bureau.put(reason="机构改革", full_name="文安县市场监督管理局")
    make_issued(make_hands(), ("departments", bureau.code))
    assert "市场监督管理局" in str(subscribed()["PRODID"])
    assert {str(entry["UID"]) for entry in subscribed().walk("VEVENT")} == before


def test_who_announced_what_when_and_why_is_on_record(li_of_02: Any) -> None:
    event = make_event()
    event.announce(li_of_02, reason="按计划")
    page = signed_in(li_of_02).get(reverse("admin:services_event_change", args=[event.pk])).content.decode()
    assert "公布记录" in page
    assert "按计划" in page.split("公布记录")[1]


def test_a_head_of_an_office_announces_its_own_services(li_of_02: Any) -> None:
    page = signed_in(li_of_02).get(reverse("admin:services_event_add"))
    offered = {service.code for service in page.context["adminform"].form.fields["service"].queryset}
    assert offered == {"FW-02", "FW-05", "FW-07"}
