"""What is written because somebody looked at it: held as it was looked at, or refused with who changed what."""

import re
from typing import Any

import pytest
from django.db import connections, transaction

from duties.models import Duty, WorkItem
from history.models import WorkingRow
from history.trail import ConcurrentChange, latest_record_ids, lock_if_unchanged


def rows_of(code: str) -> list[WorkingRow]:
    duty = Duty.objects.get(code=code)
    return [duty, *duty.work_items.all()]


def test_rows_as_they_were_looked_at_may_be_written(wang: Any) -> None:
    looked = latest_record_ids(rows_of("ZZ-02"))
    rows = rows_of("ZZ-02")
    lock_if_unchanged(rows, looked)
    rows[1].put(reason="恢复", note="公布的")
    assert WorkItem.objects.get(pk=rows[1].pk).note == "公布的"


def test_who_changed_what_since_is_said(wang: Any) -> None:
    looked = latest_record_ids(rows_of("ZZ-02"))
    item = WorkItem.objects.get(code="ZZ-02-03")
    item._history_user = wang
    item.put(reason="改", note="新", offices="稽查股")
    with pytest.raises(ConcurrentChange) as refused:
        lock_if_unchanged(rows_of("ZZ-02"), looked)
    (act,) = refused.value.changes
    assert (act.who, act.row) == ("王芳", str(item))
    assert [(edit.label, edit.old, edit.new) for edit in act.edits] == [
        ("责任股室", "质量监督股", "稽查股"),
        ("备注", "", "新"),
    ]
    said = r"“ZZ-02-03 .*”：王芳 于 \d{4}-\d\d-\d\d \d\d:\d\d 改了“责任股室”、“备注”。什么也没有写入"
    assert re.search(said, str(refused.value))


def test_a_row_added_since_is_said(wang: Any) -> None:
    looked = latest_record_ids(rows_of("ZZ-02"))
    new = WorkItem(duty=Duty.objects.get(code="ZZ-02"), position=99, text="新的")
    new.save(reason="新增")
    with pytest.raises(ConcurrentChange, match=f"命令行 于 .* 新增了“{new.code} 新的”"):
        lock_if_unchanged(rows_of("ZZ-02"), looked)


def test_what_was_not_looked_at_is_not_written(wang: Any) -> None:
    with pytest.raises(ConcurrentChange):
        lock_if_unchanged(rows_of("ZZ-02"), {})
    with pytest.raises(ConcurrentChange):
        lock_if_unchanged(rows_of("ZZ-02"), latest_record_ids(rows_of("ZZ-01")))
    for made_up in (-1, 0, 10**9):
        with pytest.raises(ConcurrentChange, match="ZZ-02"):
            lock_if_unchanged(rows_of("ZZ-02"), dict.fromkeys(latest_record_ids(rows_of("ZZ-02")), made_up))


def test_nobody_writes_what_is_held_until_the_end(own_database: Any) -> None:
    own_database()
    rows = rows_of("ZZ-02")
    other = connections.create_connection("default")
    try:
        with transaction.atomic():
            lock_if_unchanged(rows, latest_record_ids(rows))
            with other.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM duties_workitem")  # who reads does not wait
                cursor.execute(
                    "SELECT code FROM duties_workitem WHERE code LIKE 'ZZ-02-%' OR code = 'ZZ-01-01'"
                    " ORDER BY code FOR NO KEY UPDATE SKIP LOCKED"
                )
                assert cursor.fetchall() == [("ZZ-01-01",)]
    finally:
        other.close()


def test_a_row_that_was_overtaken_is_refused_and_keeps_what_is_there(db: None) -> None:
    mine, theirs = WorkItem.objects.get(code="ZZ-01-01"), WorkItem.objects.get(code="ZZ-01-01")
    theirs.put(reason="对方先存", note="对方的")
    for change in ({"note": "我的"}, {"offices": "稽查股"}, {"note": "对方的", "position": 7}):
        for name, value in change.items():
            setattr(mine, name, value)
        with pytest.raises(ConcurrentChange, match="改了“备注”"):
            mine.save(reason="后存")
    assert WorkItem.objects.get(code="ZZ-01-01").note == "对方的"
    mine.refresh_from_db()
    mine.put(reason="看过再存", note="两人的")
    assert WorkItem.objects.get(code="ZZ-01-01").note == "两人的"


def test_an_old_state_or_a_row_made_by_hand_is_not_written_over_what_is_there(db: None) -> None:
    from django.db import DatabaseError

    item = WorkItem.objects.get(code="ZZ-01-01")
    item.put(reason="改", note="新")
    old = item.history.last().instance
    with pytest.raises(DatabaseError, match=r"permission denied|duplicate key"), transaction.atomic():
        old.save(reason="恢复旧的")  # a row's number comes from the database
    old._state.adding = False
    with pytest.raises(ConcurrentChange):
        old.save(reason="恢复旧的")
    assert WorkItem.objects.get(code="ZZ-01-01").note == "新"


def test_a_field_read_late_does_not_hide_what_was_changed(db: None) -> None:
    item = WorkItem.objects.defer("note").get(code="ZZ-01-01")
    item.offices = "稽查股"
    assert item.note == ""
    item.save(reason="改")
    assert WorkItem.objects.get(code="ZZ-01-01").offices == "稽查股"
