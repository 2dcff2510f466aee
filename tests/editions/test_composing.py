"""The list is composed of the working rows once for the same rows, in the same few queries, however long it is."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duties.models import Duty, WorkItem
from editions.form.frames import Frame
from editions.register import register
from editions.register.register import compose
from offices.models import Office
from services.models import Service
from tests.acting import Hands, make_hands, make_issued
from tests.conftest import FROZEN


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def queries_of_compose() -> int:
    with CaptureQueriesContext(connection) as captured:
        compose()
    return len(captured)


def test_composing_takes_a_constant_number_of_queries(db: None) -> None:
    Duty.objects.get(code="ZZ-01").put(reason="测试", note="汇总")
    few = queries_of_compose()
    for number in range(11, 31):
        duty = Duty(serial=str(number), position=number, text=f"职责{number}").put(reason="测试")
        for position in range(1, 6):
            WorkItem(duty=duty, position=position, text=f"事项{position}").save(reason="测试")
    assert queries_of_compose() == few
    # cover, frames, offices, citations: 1 each; departments, laws: 2 each; duties 2; matters 6; services 1; regimes 4;
    # retired codes: 1 for each of the eight kinds that have codes; what it is composed from, before and after: 2 each
    assert few == 4 + 4 + 2 + 6 + 1 + 4 + 8 + 4


def test_the_same_rows_are_composed_once(db: None) -> None:
    first = compose()
    assert queries_of_compose() == 2
    assert compose() is first
    service = Service.objects.get(code="FW-05").put(reason="换号", phones="0316-5255908")
    assert compose().content_digest() != first.content_digest()
    service.put(reason="换回", phones="")
    assert compose() is first


WAYS = {
    "a row that is saved": lambda: Service.objects.get(code="FW-05").put(reason="换号", phones="0316-5255908"),
    "a row inside": lambda: WorkItem.objects.get(code="ZZ-02-01").put(reason="改", text="组织查处"),
    "a row that is retired": lambda: Service.objects.get(code="FW-02").put(reason="取消", retired_on=date(2018, 3, 1)),
    "a row that is added": lambda: Duty(serial="11", position=11, text="新的职责").save(reason="新增"),
    "an office's name": lambda: Office.objects.get(code="GS-02").put(reason="改名", name="质量股"),
    "a frame": lambda: Frame.objects.get(part="services").put(reason="改注", notes="本表每年更新一次。"),
    "what is written behind the portal": lambda: connection.cursor().execute(
        "UPDATE services_service SET phones = '0316-5255908' WHERE code = 'FW-05'"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_changes_a_row_is_in_the_list(db: None, way: str) -> None:
    before = compose().content_digest()
    WAYS[way]()
    assert compose().content_digest() == register._compose().content_digest() != before


def test_an_edition_that_is_revoked_is_heeded(hands: Hands) -> None:
    """The title under which the public knew a retired code is that of an edition that stands."""
    service = Service.objects.get(code="FW-02").put(reason="改名", title="另一项服务")
    edition = make_issued(hands, ("services", "FW-02"), change_note="改名")
    service.put(reason="取消", retired_on=timezone.localdate())

    def titles() -> list[str]:
        return [listed.document.title for listed in compose().of("retired") if listed.document.code == "FW-02"]

    assert titles() == ["另一项服务"]
    edition.revoke(by=hands.director, reason="改错了")
    assert titles() == [edition.builds_on.register().find("services", "FW-02").document.title]  # type: ignore[union-attr]


def test_a_list_during_whose_composing_somebody_saved_is_not_kept(db: None, monkeypatch: Any) -> None:
    composing = register._compose

    def disturbed() -> register.Register:
        Service.objects.get(code="FW-05").put(reason="换号", phones="0316-5255908")
        return composing()

    Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5250001")
    monkeypatch.setattr(register, "_compose", disturbed)
    disturbed_digest = compose().content_digest()
    monkeypatch.undo()
    Service.objects.get(code="FW-05").put(reason="换回", phones="")
    assert compose().content_digest() == composing().content_digest() != disturbed_digest


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
