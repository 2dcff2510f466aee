"""Composing the whole list takes the same few queries, however long the list is."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from duties.models import Duty, WorkItem
from editions.register.register import compose
from tests.conftest import FROZEN


def queries_of_compose() -> int:
    with CaptureQueriesContext(connection) as captured:
        compose()
    return len(captured)


def test_composing_takes_a_constant_number_of_queries(db: None) -> None:
    few = queries_of_compose()
    for number in range(11, 31):
        duty = Duty(serial=str(number), position=number, text=f"职责{number}").put(reason="测试")
        for position in range(1, 6):
            WorkItem(duty=duty, position=position, text=f"事项{position}").save(reason="测试")
    assert queries_of_compose() == few
    # cover, frames, offices, citations: 1 each; departments, laws: 2 each; duties 2; matters 6; services 1; regimes 4;
    # retired codes: 1 for each of the eight kinds that have codes
    assert few == 4 + 4 + 2 + 6 + 1 + 4 + 8


def test_the_published_text_never_moves(db: None) -> None:
    """The digest of the 2017-12 edition as it was first frozen."""
    assert compose().content_digest() == FROZEN


def test_one_insertion_does_not_change_what_follows(db: None) -> None:
    before = {row.document.code: row.document.canonical() for row in compose().of("duties")}
    for duty in Duty.objects.order_by("-position"):
        duty.put(reason="后移", position=duty.position + 1, serial=str(duty.position + 1))
    Duty(serial="1", position=1, text="新的职责").save(reason="新增")
    after: dict[str, Any] = {row.document.code: row.document.canonical() for row in compose().of("duties")}
    assert after.pop("ZZ-11")
    assert after == before
