"""The transcribed first edition: published once, sealed, and never anything but the first."""

import datetime
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from acts.errors import Refused
from editions.life import seal
from editions.life.edition import Edition
from editions.life.frozen import Entry, Version
from editions.register.register import compose
from tests import database
from tests.conftest import REGISTER
from verbatim.documents import digest

FILES = [str(path) for path in REGISTER]


def test_it_is_in_force_from_its_day_on(db: None) -> None:
    edition = Edition.objects.get()
    assert (edition.label, edition.state, edition.effective_day_assumed) == ("2017-12", "transcribed", True)
    assert Edition.objects.in_force(datetime.date(2017, 11, 30)) is None
    assert Edition.objects.in_force(datetime.date(2017, 12, 1)) == edition
    assert Edition.objects.in_force() == edition


def test_it_has_no_actors_and_no_edition_before_it(db: None) -> None:
    edition = Edition.objects.get()
    assert edition.previous is None
    assert edition.submitted_by is edition.reviewed_by is edition.signed_by is edition.issued_by is None


def test_its_seal_covers_content_dates_and_the_whole_trail(db: None) -> None:
    edition = Edition.objects.get()
    sealed = json.loads(edition.seal)
    assert digest(edition.seal) == edition.chain_digest
    assert sealed["content_digest"] == edition.content_digest == compose().content_digest()
    assert sealed["label"] == "2017-12"
    assert sealed["effective_on"] == "2017-12-01"
    assert sealed["previous"] is None
    assert {head["table"] for head in sealed["trail"]} == {m._meta.db_table for m in seal.sealed_models()}
    for head in sealed["trail"]:
        assert seal.trail_head(head["table"], head["columns"], head["last"]) == head
    tables = {head["table"] for head in sealed["trail"]}
    assert {"services_historicalservice", "offices_historicaloffice", "laws_historicallaw", "editions_act"} <= tables
    # What is no row of the list has a trail that no edition seals.
    beside = {"services_historicalevent", "laws_historicalterm", "clocks_historicalnotice"}
    assert not beside & tables


def test_versions_are_stored_as_the_text_that_was_hashed(db: None) -> None:
    from editions.register.register import version_digest

    for version in Version.objects.all():
        assert version_digest(version.kind, version.schema, version.text) == version.digest
    assert Entry.objects.count() == Version.objects.count() == Edition.objects.get().entry_count == 144


def test_it_can_only_be_the_first(db: None) -> None:
    with pytest.raises(CommandError, match="已经有清单版本"):
        call_command("publish_edition", *FILES, verbosity=0)


def test_a_file_that_does_not_say_its_edition_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="label、effective_on"):
        call_command("publish_edition", FILES[2], verbosity=0)


def test_working_rows_that_differ_from_the_file_are_not_published(own_database: Any) -> None:
    from services.models import Service

    own_database(database.EMPTY)
    call_command("load_register", *FILES, verbosity=0)
    Service.objects.get(code="FW-05").put(reason="补电话", phones="0316-5255908")
    with pytest.raises(CommandError, match="工作数据与这些文件的内容不一致"):
        call_command("publish_edition", *FILES, verbosity=0)


def test_a_file_that_is_not_what_it_says_is_not_published(own_database: Any, tmp_path: Any) -> None:
    own_database(database.EMPTY)
    call_command("load_register", *FILES, verbosity=0)
    head = {"label": "2017-12", "effective_on": "2017-12-01", "content_digest": "0" * 64}
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"schema": 1, "edition": head, **compose().dump()}))
    with pytest.raises(CommandError, match="文件的内容与文件里写明的内容摘要不一致"):
        call_command("publish_edition", str(path), verbosity=0)


def test_a_list_that_cannot_stand_alone_is_not_frozen(own_database: Any, tmp_path: Any) -> None:
    own_database(database.EMPTY)
    path = tmp_path / "list.yaml"
    path.write_text("edition: {label: 2017-12, effective_on: 2017-12-01}\noffices: [{code: GS-01, name: 甲股}]\n")
    call_command("load_register", str(path), verbosity=0)
    with pytest.raises(CommandError, match=r"没有封面。没有一个部分的表头。.*只有一个部门标为本局"):
        call_command("publish_edition", str(path), verbosity=0)
    assert not Edition.objects.exists()
    assert not Version.objects.exists()


def test_a_law_that_is_cited_cannot_have_gone(own_database: Any) -> None:
    from laws.models import Law

    own_database()
    Law.objects.get(code="FL-01").retire(reason="取消")
    assert compose().faults() == ["YZ-01 指向的法律法规（文件） FL-01 不在清单里（可能已取消）。"]


def test_a_version_is_addressed_by_its_content_in_the_database_too(db: None) -> None:
    with pytest.raises(IntegrityError, match="摘要与内容不符"), transaction.atomic():
        Version.objects.create(kind="duties", code="ZZ-01", schema=1, text="{}", digest="a" * 64)


def test_the_head_of_the_trail_reads_the_same_for_whoever_asks(db: None) -> None:
    model = seal.sealed_models()[-1]
    columns = [field.column for field in model._meta.concrete_fields]
    before = seal.trail_head(model._meta.db_table, columns)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        cursor.execute("SET LOCAL DateStyle = 'German'")
    assert seal.trail_head(model._meta.db_table, columns) == before


def test_a_seal_waits_for_the_lines_of_history_that_are_under_way(own_database: Any) -> None:
    import threading

    from services.models import Service

    own_database()
    written, sealed, order = threading.Event(), threading.Event(), []

    def edit() -> None:
        with transaction.atomic():
            Service.objects.get(code="FW-01").put(reason="改", content="改了")
            written.set()
            sealed.wait(1)  # the seal must not come before the end of this transaction
            order.append("edited")
        connection.close()

    def make_seal() -> None:
        written.wait(60)
        with transaction.atomic():
            seal.lock()
            order.append("sealed")
            sealed.set()
        connection.close()

    threads = [threading.Thread(target=edit), threading.Thread(target=make_seal)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["edited", "sealed"]


def test_an_edition_is_public_from_midnight_in_shanghai_on(db: None, monkeypatch: Any) -> None:
    edition = Edition.objects.get()
    for moment, public in (("2017-11-30T15:59:59+00:00", False), ("2017-11-30T16:00:00+00:00", True)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: datetime.datetime.fromisoformat(moment))
        assert edition.is_published is public
        assert (Edition.objects.in_force() is not None) is public


def test_two_who_transcribe_at_once_make_one_edition(own_database: Any) -> None:
    import threading

    own_database(database.EMPTY)
    call_command("load_register", *FILES, verbosity=0)
    register, outcomes = compose(), []

    def transcribe() -> None:
        try:
            Edition.transcribe(register, label="2017-12", effective_on=datetime.date(2017, 12, 1))
            outcomes.append("made")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=transcribe) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused", "refused", "refused"]
    assert Edition.objects.count() == 1
