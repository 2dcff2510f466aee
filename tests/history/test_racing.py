"""Many write the same rows at the same moment, each over a connection of its own: no update is lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from bench import racing
from duties.models import Duty, WorkItem
from editions.life import seal
from offices.models import Office
from tests.conftest import make_account, signed_in
from tests.history.test_importing_a_table import CSV, as_csv, exported, rows_of, sent, url


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of so many threads comes to, each with its own connection."""

    def run(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_a_hundred_races_lose_no_update(own_database: Any) -> None:
    """A thousand are run by `make bench`."""
    own_database()
    racing.race(100)


def test_new_rows_added_at_once_get_codes_of_their_own(own_database: Any) -> None:
    own_database()
    start = threading.Barrier(4)

    def add(number: int) -> None:
        duty = Duty.objects.get(code="ZZ-09")
        for turn in range(15):
            start.wait(30)
            WorkItem(duty=duty, position=99, text=f"第 {number} 人第 {turn} 条").save(reason="新增")

    at_once(4, add)
    codes = list(WorkItem.objects.filter(position=99).order_by("code").values_list("code", flat=True))
    assert codes == [f"ZZ-09-{number:02d}" for number in range(3, 63)]


def test_who_writes_and_who_seals_an_edition_do_not_wait_for_each_other_for_ever(own_database: Any) -> None:
    own_database()
    done = threading.Event()

    def act(number: int) -> int:
        turns = 0
        if number == 0:
            try:
                for _ in range(20):
                    with transaction.atomic():
                        seal.lock()
                        turns += len(seal.sealed_models())
            finally:
                done.set()
            return turns
        while not done.is_set():
            with transaction.atomic():
                codes = ["ZZ-01-01", "ZZ-01-02"]
                rows = WorkItem.objects.filter(code__in=codes)
                rows.lock()
                for item in rows:
                    item.put(reason="一批", position=item.position + 1)
            turns += 1
        return turns

    sealed, *written = at_once(4, act)
    assert sealed == 20 * len(seal.sealed_models())
    changed = WorkItem.objects.get(code="ZZ-01-01")
    assert changed.position == 1 + sum(written)
    assert changed.history.count() == 1 + sum(written)


class Filled(HTMLParser):
    """What a browser would send back from a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and name and said.get("type") not in ("submit", "radio", "checkbox"):
            self.data[name] = said.get("value") or ""
        elif tag == "textarea":
            self._area, self.data[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            self.data[self._select] = said.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = ""


def save(client: Any, url: str, mark: str, change: Callable[[dict[str, str]], None], read: threading.Barrier) -> int:
    """Read the form with everybody else, change it, and start again from the page as often as another was first."""
    data, told = Filled(client.get(url).content.decode()).data, 0
    read.wait(60)
    while True:
        change(data)
        response = client.post(url, data | {"change_reason": mark})
        if response.status_code == 302:
            return told
        assert "请选用谁的" in response.content.decode()
        told += 1
        data = Filled(client.get(url).content.decode()).data


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_many_at_one_form_lose_nothing_lines_of_its_table_included(own_database: Any) -> None:
    own_database()
    people, turns = 3, 5
    accounts = [make_account(f"editor{n}", "编辑", "王张李"[n], "芳") for n in range(people)]
    duty, read = Duty.objects.get(code="ZZ-09"), threading.Barrier(people)

    def edit(number: int) -> int:
        client, told = signed_in(accounts[number]), 0
        for turn in range(turns):
            mark = f"{number}之{turn}"

            def change(data: dict[str, str], mark: str = mark, adds: bool = turn % 4 == 0) -> None:
                data["note"] += f"\n{mark}"
                data["work_items-0-note"] += f"\n{mark}"
                if adds:
                    new = data["work_items-TOTAL_FORMS"]
                    line = {"position": "99", "text": mark, "duty": str(duty.pk)}
                    data |= {f"work_items-{new}-{name}": value for name, value in line.items()}
                    data["work_items-TOTAL_FORMS"] = str(int(new) + 1)

            told += save(client, change_url(duty), mark, change, read)
        return told

    told = at_once(people, edit)
    assert sum(told) >= turns * (people - 1)  # in every turn all but the first were told
    marks = sorted(f"{number}之{turn}" for number in range(people) for turn in range(turns))
    duty.refresh_from_db()
    assert sorted(duty.note.split("\n")) == marks
    assert sorted(duty.work_items.get(code="ZZ-09-01").note.split("\n")) == marks
    new = duty.work_items.filter(position=99).order_by("code")
    assert [item.code for item in new] == [f"ZZ-09-{number:02d}" for number in range(3, 3 + 2 * people)]
    assert sorted(item.text for item in new) == [mark for mark in marks if mark.endswith(("之0", "之4"))]


def test_a_line_in_its_table_and_in_its_own_form_loses_nothing(own_database: Any) -> None:
    own_database()
    accounts, turns = [make_account(f"editor{n}", "编辑", "王张"[n], "芳") for n in range(2)], 6
    item, read = WorkItem.objects.get(code="ZZ-09-02"), threading.Barrier(2)

    def edit(number: int) -> None:
        url, field = [(change_url(item.duty), "work_items-1-note"), (change_url(item), "note")][number]
        client = signed_in(accounts[number])
        for turn in range(turns):
            mark = f"{number}之{turn}"

            def change(data: dict[str, str], mark: str = mark) -> None:
                data[field] += f"\n{mark}"

            save(client, url, mark, change, read)

    at_once(2, edit)
    item.refresh_from_db()
    assert sorted(item.note.split("\n")) == [f"{number}之{turn}" for number in range(2) for turn in range(turns)]


def test_of_two_tables_confirmed_at_once_one_is_written_whole_and_the_other_is_told(own_database: Any) -> None:
    own_database()
    clients = [signed_in(make_account(f"editor{n}", "编辑", "王张"[n], "芳")) for n in range(2)]
    rows = rows_of(exported(clients[0], WorkItem, CSV))
    before = WorkItem.history.count()
    confirmations = []
    for number, client in enumerate(clients):
        mine = [row | {"备注": f"{number} 的表"} for row in rows[:: 1 - 2 * number]]  # from both ends
        confirmations.append(sent(client, WorkItem, as_csv(mine), CSV).context["confirm_form"].initial)
    start = threading.Barrier(2)

    def confirm(number: int) -> str:
        start.wait(30)
        response = clients[number].post(url(WorkItem, "process_import"), confirmations[number], follow=True)
        return str(response.content.decode())

    pages = at_once(2, confirm)
    (winner,) = set(WorkItem.objects.values_list("note", flat=True))
    loser = pages[1 - int(winner[0])]
    assert "什么也没有写入" in loser
    assert f"{'王张'[int(winner[0])]}芳 于" in loser
    assert WorkItem.history.count() == before + len(rows)


def test_of_two_who_take_one_name_at_once_the_other_is_told_and_keeps_what_was_typed(own_database: Any) -> None:
    own_database()
    clients = [signed_in(make_account(f"editor{n}", "编辑", "王张"[n], "芳")) for n in range(2)]
    add, start = reverse("admin:offices_office_add"), threading.Barrier(2)
    pages = [Filled(client.get(add).content.decode()).data for client in clients]

    def take(number: int) -> list[str]:
        said = []
        for turn in range(8):
            data = pages[number] | {"name": f"第{turn}股", "phones": f"0316-{number}", "change_reason": "新设"}
            start.wait(30)
            response = clients[number].post(add, data)
            said.append("made" if response.status_code == 302 else str(response.content.decode()))
        return said

    one, other = at_once(2, take)
    for turn, both in enumerate(zip(one, other, strict=True)):
        assert both.count("made") == 1
        (told,) = [page for page in both if page != "made"]
        assert f"第{turn}股" in told
    assert Office.objects.filter(phones__startswith="0316-", name__startswith="第").count() == 8
