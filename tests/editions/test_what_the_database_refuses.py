"""What the database refuses of an edition, whatever the code above it tries."""

import datetime
import json
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from editions.life import seal
from editions.life.edition import Edition
from editions.life.frozen import Entry
from editions.life.timeline import Remark
from tests.acting import Hands, approve, change_a_phone, make_at, make_hands, make_issued, make_reply, make_submitted
from verbatim.documents import digest

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def test_the_seal_covers_the_timeline_the_reply_and_the_edition_before(hands: Hands) -> None:
    first = Edition.objects.get()
    edition = make_issued(hands, reasons={"services FW-05": "换了号码"})
    sealed = json.loads(edition.seal)
    assert digest(edition.seal) == edition.chain_digest
    assert sealed["previous"] == first.chain_digest
    assert [line["what"] for line in sealed["timeline"]][-1] == "issued"
    assert sealed["reasons"] == {"services FW-05": "换了号码"}
    assert sealed["approval"]["file"] == make_reply().digest
    assert sealed["acts"]["issued"]["by"] == "周正"


@pytest.mark.parametrize("table", ["act", "remark", "answer", "reply"])
def test_the_timeline_is_only_added_to(own_database: Any, table: str) -> None:
    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    remark = Remark(source="county", text="意见")
    edition.remark(remark, by=hands.clerk)
    edition.answer(remark, "好", by=hands.clerk)
    for statement in (f"UPDATE editions_{table} SET by_name = 'x'", f"DELETE FROM editions_{table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(IntegrityError, match="已冻结"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


def raw(edition: Edition, **values: Any) -> None:
    """Straight to the database, all checks there and then."""
    sets = ", ".join(f"{name} = %s" for name in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editions_edition SET {sets} WHERE id = %s", [*values.values(), edition.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_knows_the_steps_and_the_hands(hands: Hands) -> None:
    now = timezone.now()
    edition = make_submitted(hands)
    reviewed = {"state": "reviewed", "reviewed_at": now}
    for values, said in (
        ({"state": "issued"}, "不能从“submitted”到“issued”"),
        ({"content_digest": "1" * 64}, "不能从“submitted”到“submitted”"),
        ({"change_note": "改写"}, "不能从“submitted”到“submitted”"),
        ({**reviewed, "reviewed_by_id": hands.editor.pk}, "edition_four_eyes"),
        ({**reviewed, "reviewed_by_id": hands.reviewer.pk, "label": "2030-01"}, "label 在这一步不能更改"),
        ({**reviewed, "reviewed_by_id": hands.reviewer.pk}, "没有经办记录"),
        ({"state": "returned", "closed_by_id": hands.reviewer.pk, "closed_at": now}, "edition_closing_reason_given"),
        (
            {"state": "returned", "closed_by_id": hands.editor.pk, "closed_at": now, "closing_reason": "x"},
            "edition_four_eyes",
        ),
        (
            {"state": "withdrawn", "closed_by_id": hands.clerk.pk, "closed_at": now, "closing_reason": "x"},
            "edition_withdrawn_by_its_submitter",
        ),
        ({"revoked_on": TODAY()}, "不能从“submitted”到“submitted”"),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **values)


def test_the_database_knows_that_who_submitted_does_not_sign(hands: Hands) -> None:
    edition = make_at("reviewed", hands)
    with pytest.raises(IntegrityError, match="edition_four_eyes"):
        raw(edition, state="signed", signed_by_id=hands.editor.pk, signed_at=timezone.now())


def resealed(edition: Edition, issue: dict[str, Any], **said: Any) -> dict[str, str]:
    """A seal as it would be if the edition were issued like that, but for what is `said`."""
    thought = Edition.objects.get(pk=edition.pk)
    for name, value in issue.items():
        setattr(thought, name, value)
    text = json.dumps(json.loads(seal.text(thought)) | said, ensure_ascii=False)
    return {"seal": text, "chain_digest": digest(text)}


def test_the_database_knows_what_may_be_issued(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    now, first = timezone.now(), Edition.objects.get()
    edition = make_at("reviewed", hands)
    sealed = {"seal": "封存", "chain_digest": digest("封存")}
    by = hands.director.pk
    issue = {"state": "issued", "issued_at": now, "issued_by_id": by, "signed_by_id": by, "signed_at": now}
    issue |= {"previous_id": first.pk, "effective_on": TODAY(), **sealed}
    for wrong, said in (
        ({"issued_by_id": hands.reviewer.pk}, "edition_four_eyes"),
        ({"issued_by_id": hands.editor.pk}, "edition_four_eyes"),
        ({"previous_id": None}, "要接在最近公布的版本之后"),
        ({"effective_on": datetime.date(2017, 12, 1)}, "施行日期要晚于"),
        ({"effective_on": TODAY() - DAY}, "不能早于公布之日"),
        ({"seal": "", "chain_digest": ""}, "edition_issuer_known"),
        ({"chain_digest": "0" * 64}, "链摘要与封存文本不符"),
        ({"reviewed_by_id": by}, "reviewed_by_id 在这一步不能更改"),
        ({"builds_on_id": None}, "builds_on_id 在这一步不能更改"),
        (sealed, "封存文本和版本本身不符"),
        (resealed(edition, issue), "没有经办记录"),
        (
            resealed(edition, issue | {"effective_on": TODAY() + DAY}) | {"effective_on": TODAY()},
            "封存文本和版本本身不符",
        ),
        (resealed(edition, issue, previous=None), "封存文本和版本本身不符"),
        (resealed(edition, issue, ledger={"number": 1, "chain": "0" * 64}), "封存文本和版本本身不符"),
        (resealed(edition, issue, acts={}), "封存文本和版本本身不符"),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **({**issue, **wrong} | ({} if "chain_digest" in wrong else resealed(edition, issue | wrong))))
    edition.issue(by=hands.director)
    for values, said in (
        ({"change_note": "改写"}, "change_note 在这一步不能更改"),
        ({"state": "signed"}, "不能从“issued”到“signed”"),
        ({"revoked_on": TODAY()}, "edition_revoked_with_reason"),
        (
            {
                "revoked_on": TODAY() - DAY,
                "revoked_at": now,
                "revoked_by_id": hands.director.pk,
                "revoke_reason": "x",
            },
            "废止日期不是废止之日",
        ),
    ):
        with pytest.raises(IntegrityError, match=said):
            raw(edition, **values)
    edition.revoke(by=hands.director, reason="废")
    with pytest.raises(IntegrityError, match="已经废止，不能再改"):
        raw(edition, revoke_reason="另一个")


def test_what_overtook_it_is_known_to_the_database_too(hands: Hands, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    waiting = make_at("reviewed", hands)
    head = make_issued(hands, change_a_phone("0316-5250007", "FW-06"), label="2030-01")
    by, now = hands.director.pk, timezone.now()
    issue = {"state": "issued", "issued_at": now, "issued_by_id": by, "signed_by_id": by, "signed_at": now}
    issue |= {"previous_id": head.pk, "effective_on": TODAY() + DAY, "seal": "封", "chain_digest": digest("封")}
    with pytest.raises(IntegrityError, match="另有版本公布或废止，须重新编制"):
        raw(waiting, **issue)


def test_an_edition_starts_with_its_submission_and_all_its_entries(hands: Hands) -> None:
    base = Edition.objects.get()

    def insert(**values: Any) -> None:
        now = timezone.now()
        given = {"label": "2030-01", "kind": "correction", "state": "submitted", "effective_on": "2030-01-01"}
        given |= {"content_digest": digest(""), "entry_count": 0, "change_note": "x", "builds_on": base}
        given |= {"submitted_by": hands.editor, "submitted_by_name": "王芳", "submitted_at": now}
        with transaction.atomic():
            made = Edition(**{**given, **values})
            made.save()
            made.note("submitted", hands.editor, "x")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    nobody = {"submitted_by": None, "submitted_by_name": "", "submitted_at": None}
    second = {"state": "transcribed", "builds_on": None, **nobody}
    for values, said in (
        ({"state": "reviewed"}, "不能一开始就是“reviewed”"),
        (second, "转录的版本只能是第一个"),
        ({"issued_by_name": "甲"}, "还不能有 issued_by_name"),
        ({"seal": "x"}, "还不能有 seal"),
        ({"approval_number": "1"}, "还不能有 approval_number"),
        ({"entry_count": 3}, "条目数与声明的 3 不符"),
        ({"content_digest": "0" * 64}, "条目与内容摘要不符"),
        ({"submitted_by": hands.clerk}, "不是同一个人"),
        ({"builds_on": None}, "edition_builds_on_another"),
    ):
        with pytest.raises(IntegrityError, match=said):
            insert(**values)
    insert()


def test_nobody_adds_to_what_was_submitted(own_database: Any) -> None:
    own_database()
    edition = make_submitted(make_hands())
    entry = edition.entries.first()
    with pytest.raises(IntegrityError, match="冻结以后不能再加条目"):
        Entry(edition=edition, kind="duties", position=99, code="ZZ-99", version=entry.version).save()


def test_the_database_asks_for_the_county_and_for_the_answers_too(hands: Hands) -> None:
    edition, first, now = make_at("signed", hands), Edition.objects.get(state="transcribed"), timezone.now()
    issue = {"state": "issued", "issued_at": now, "issued_by_id": hands.director.pk, "previous_id": first.pk}
    issue |= {"effective_on": TODAY(), "seal": "封存", "chain_digest": digest("封存")}
    with pytest.raises(IntegrityError, match="批复还没有登记并核对"):
        raw(edition, **issue)
    edition.remark(Remark(source="county", text="请核实"), by=hands.clerk)
    approve(edition, hands)
    with pytest.raises(IntegrityError, match="有意见还没有答复"):
        raw(edition, **issue)
