"""Whatever is edited, picked, returned, issued and revoked, in whatever order: what is promised of editions holds."""

import datetime
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from duties.models import Duty
from editions.desk.restoring import difference, restore, rows_of
from editions.form import parts
from editions.life.corrections import beyond_a_slip
from editions.life.edition import Edition
from editions.register.comparison import compare
from editions.register.picking import pick
from editions.register.register import SCHEMA, Listed, Register, compose
from history.trail import latest_record_ids
from services.models import Service
from tests import database
from tests.acting import Hands, approve, change_a_phone, first_day, make_hands, make_issued
from verbatim.documents import digest

DAY = datetime.timedelta(days=1)
SERVICES = [f"FW-{n:02}" for n in range(1, 11)]
DUTIES = [f"ZZ-{n:02}" for n in range(1, 11)]


class LifeOfTheList(RuleBasedStateMachine):
    """Days of work: the working rows are edited, editions come and go."""

    hands: Hands
    days: list[int]
    """How many days have gone by, in a list so that the clock of the test can see it."""

    def __init__(self) -> None:
        super().__init__()
        self.days[0] = 0
        self.number = 0
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # The working rows

    @rule(code=st.sampled_from(SERVICES), phone=st.integers(5255900, 5255920))
    def change_a_phone(self, code: str, phone: int) -> None:
        Service.objects.get(code=code).put(reason="改", phones=f"0316-{phone}")

    @rule(code=st.sampled_from(DUTIES), text=st.sampled_from(["负责甲。", "负责乙；并丙。", "写了一半"]))
    def change_a_duty(self, code: str, text: str) -> None:
        Duty.objects.get(code=code).put(reason="改", text=text)

    @rule(code=st.sampled_from(SERVICES[:3]))
    def retire_or_list_again(self, code: str) -> None:
        service = Service.objects.get(code=code)
        service.put(reason="取消或恢复", retired_on=None if service.is_retired else timezone.localdate())

    @rule(position=st.integers(1, 12))
    def add_a_service(self, position: int) -> None:
        Service(title=f"新增服务{position}", position=position, serial=f"新{Service.objects.count()}").save(
            reason="新增"
        )

    @rule(code=st.sampled_from(SERVICES), position=st.integers(1, 12))
    def move(self, code: str, position: int) -> None:
        Service.objects.get(code=code).put(reason="挪", position=position)

    @rule(code=st.sampled_from(DUTIES))
    def set_back(self, code: str) -> None:
        kind: Any = parts.get("duties")
        base = Edition.objects.base()
        if difference(kind, code, base):
            restore(kind, code, looked=latest_record_ids(rows_of(kind, code)), reason="改错了")
            assert difference(kind, code, base) is None

    # Editions

    @rule(data=st.data(), kind=st.sampled_from(["adjustment", "correction"]), later=st.integers(0, 3))
    def submit(self, data: Any, kind: str, later: int) -> None:
        base, working = Edition.objects.base(), compose()
        keys = [change.key for change in compare(base.register(), working)]
        if not keys:
            return
        chosen = data.draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
        picked = pick(base.register(), working, chosen)
        self.number += 1
        edition = Edition.submit(
            picked.register,
            by=self.hands.editor,
            builds_on=base,
            label=f"{2030 + self.number}-01",
            kind="adjustment" if beyond_a_slip(base.register(), picked.register) else kind,
            effective_on=first_day() + later * DAY,
            checkup_word="另行更正",
            change_note="改",
        )
        taken = {change.key for change in picked.taken}
        taken |= {("retired", code) for _, code in taken}  # the note of a code goes with what it is about
        before = dict(self.versions(base))
        for key, version in self.versions(edition):
            if key not in taken and not (key[0] == "retired" and key not in before):
                assert before[key] == version, f"{key} was not picked"
        assert set(before) - {key for key, _ in self.versions(edition)} <= taken

    @precondition(lambda self: Edition.objects.under_way().exists())
    @rule(data=st.data())
    def go_on(self, data: Any) -> None:
        """One of those under way takes a step, or comes to its end."""
        edition = data.draw(st.sampled_from(list(Edition.objects.under_way())))
        hands = self.hands
        act = data.draw(st.sampled_from(["on", "on", "on", "back", "withdraw"]))
        if act == "back":
            edition.send_back(by=hands.director if edition.state == "signed" else hands.reviewer, reason="退")
        elif act == "withdraw" and edition.state != "signed":
            edition.withdraw(by=hands.editor, reason="撤")
        elif edition.state == "submitted":
            edition.review(by=hands.reviewer)
        elif edition.is_overtaken():
            edition.send_back(by=hands.director, reason="另有版本公布")
        elif edition.state == "reviewed" and edition.needs_approval:
            edition.sign(by=hands.director)
        else:
            if edition.needs_approval and not edition.is_approved:
                approve(edition, hands)
            edition.issue(by=hands.director, effective_on=max(edition.effective_on, first_day()))

    @rule(data=st.data())
    def revoke(self, data: Any) -> None:
        open_ones = list(Edition.objects.issued().filter(revoked_on=None))
        if len(open_ones) > 1:
            data.draw(st.sampled_from(open_ones)).revoke(by=self.hands.director, reason="废")

    @rule(days=st.integers(1, 4))
    def let_days_go_by(self, days: int) -> None:
        self.days[0] += days

    # What always holds

    @staticmethod
    def versions(edition: Edition) -> list[tuple[tuple[str, str], int]]:
        return [((kind, code), pk) for kind, code, pk in edition.entries.values_list("kind", "code", "version_id")]

    @invariant()
    def the_database_agrees(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def at_most_one_is_in_force_on_any_day(self) -> None:
        public = list(Edition.objects.filter(state__in=["issued", "transcribed"]))
        today = timezone.localdate()
        for offset in range(-3, 5):
            day = today + offset * DAY
            able = [e for e in public if e.effective_on <= day and not (e.revoked_on and e.revoked_on <= day)]
            latest = [e for e in able if all(e.effective_on >= other.effective_on for other in able)]
            assert len(latest) <= 1
            assert Edition.objects.in_force(day) == (latest[0] if latest else None)

    @invariant()
    def the_chain_is_one(self) -> None:
        chain = list(Edition.objects.issued().order_by(F("issued_at").desc(nulls_last=True)))
        assert [edition.previous for edition in chain] == [*chain[1:], None]
        assert all(digest(edition.seal) == edition.chain_digest for edition in chain)
        for later, earlier in itertools.pairwise(chain):
            assert json.loads(later.seal)["previous"] == earlier.chain_digest

    @invariant()
    def days_rise_with_the_order_of_issue(self) -> None:
        """But for what was revoked before its day: that was never in force."""
        days = [e.effective_on for e in Edition.objects.not_void().order_by(F("issued_at").asc(nulls_first=True))]
        assert all(earlier < later for earlier, later in itertools.pairwise(days))

    @invariant()
    def a_comparison_applied_to_the_old_one_gives_the_new_one(self) -> None:
        for edition in Edition.objects.exclude(builds_on=None).order_by("-pk").select_related("builds_on")[:1]:
            old, new = edition.builds_on.register(), edition.register()
            again = pick(old, new, [change.key for change in compare(old, new)]).register
            assert again.content_digest() == new.content_digest() == edition.content_digest

    @invariant()
    def what_is_published_reads_back_the_same(self) -> None:
        for edition in Edition.objects.order_by("-pk")[:1]:
            assert read_back(edition).content_digest() == edition.content_digest


def read_back(edition: Edition) -> Register:
    """The edition as list.json has it, read as the loader reads it."""
    form = json.loads(json.dumps(edition.register().dump(), ensure_ascii=False))
    rows = {kind: [form.get(kind.name, {})] if kind.single else form.get(kind.name, []) for kind in parts.kinds()}
    return Register(
        {
            kind.name: tuple(Listed(row.pop("serial", ""), kind.document.model_validate(row)) for row in held)
            for kind, held in rows.items()
            if held
        }
    )


def test_what_is_promised_holds_after_any_sequence(db: None, monkeypatch: Any) -> None:
    now, days = timezone.now, [0]
    monkeypatch.setattr(timezone, "now", lambda: now() + days[0] * DAY)
    LifeOfTheList.hands, LifeOfTheList.days = make_hands(), days
    run_state_machine_as_test(
        LifeOfTheList,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("act", ["issue", "retire and add"])
def test_publish_load_compose_gives_the_same_list(own_database: Any, tmp_path: Path, act: str) -> None:
    own_database()
    keys = [change_a_phone()]
    if act != "issue":
        Service.objects.get(code="FW-02").retire(reason="取消")
        Service(title="新增服务", position=11, serial="11").save(reason="新增")
        keys += [("services", "FW-02"), ("services", "FW-11")]
    edition = make_issued(make_hands(), *keys)
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"schema": SCHEMA, **edition.register().dump()}, ensure_ascii=False), encoding="utf-8")
    own_database(database.EMPTY)
    call_command("load_register", str(path), verbosity=0)
    assert compose().content_digest() == edition.content_digest
