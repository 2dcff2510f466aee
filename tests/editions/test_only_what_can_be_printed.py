"""Whatever goes into an edition, its pages and its papers can be seen and printed: on every way in, one rule."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from acts.errors import Incomplete, Refused
from boundaries.models import Basis, Matter
from duties.models import Duty
from editions.form.frames import Cover, Frame
from editions.life.edition import Edition
from editions.life.frozen import Entry, Version
from editions.life.timeline import Remark
from editions.register.register import Listed, Register, compose
from history.guards import said_by_database
from laws.models import Repeal
from offices.models import Office, Succession
from portal.papers.printing import ListPaper, Scope
from services.models import Event, Service
from supervision.models import Clause
from tests import database
from tests.acting import change_a_phone, make_hands, make_issued, make_reply, make_submitted
from tests.conftest import form_of, make_account, make_additions, signed_in
from tests.editions.test_compiling import drafted
from tests.history.test_importing_a_table import CSV, sent
from tests.papers import got
from tests.portal.test_printing_the_list import Pdf, squeezed

NO_FACE, UNSEEN = "📞", "\u200b"

WRITTEN = [
    (Office, {"code": "GS-03"}, "name"),
    (Office, {"code": "GS-03"}, "phones"),
    (Duty, {"code": "ZZ-04"}, "note"),
    (Service, {"code": "FW-05"}, "phones"),
    (Matter, {"code": "BJ-01"}, "case"),
    (Basis, {"matter__code": "BJ-01", "anchor": "y1"}, "text"),
    (Clause, {"anchor": "c2-1", "chapter__regime__code": "JG-01"}, "text"),
    (Frame, {"part": "duties"}, "compiler"),
    (Cover, {}, "date_line"),
    (Succession, {}, "successor"),
    (Succession, {}, "added_by"),
    (Repeal, {}, "basis"),
    (Event, {}, "place"),
]


def row_of(model: Any, where: dict[str, str]) -> Any:
    if model in (Succession, Repeal, Event):
        make_additions()
    return model.objects.get(**where)


@pytest.mark.parametrize("character", [UNSEEN, "\ufeff", "\ufffc", "\U000e0100", "\u3164"])
def test_what_nobody_sees_is_taken_out_by_a_button(wang: Any, character: str) -> None:
    duty, client = Duty.objects.get(code="ZZ-04"), signed_in(wang)
    url = reverse("admin:duties_duty_change", args=[duty.pk])
    item = duty.work_items.first()
    sent = form_of(client.get(url)) | {"note": f"甲{character}乙\u2003\n丙", "change_reason": f"改{character}"}
    sent["work_items-0-note"] = f"{character}丁"
    page = client.post(url, sent)
    assert "去掉这些字符并提交" in page.content.decode()
    client.post(url, form_of(page) | {"_without_unseen": "1"})
    duty.refresh_from_db()
    item.refresh_from_db()
    assert (duty.note, item.note, duty.history.latest().history_change_reason) == ("甲乙\n丙", "丁", "改")


def test_the_button_is_not_offered_for_what_only_lacks_a_face(wang: Any) -> None:
    duty, client = Duty.objects.get(code="ZZ-04"), signed_in(wang)
    url = reverse("admin:duties_duty_change", args=[duty.pk])
    page = client.post(url, form_of(client.get(url)) | {"note": f"甲{NO_FACE}", "change_reason": "改"})
    assert "字体印不出" in page.content.decode()
    assert "去掉这些字符并提交" not in page.content.decode()


def test_a_form_of_an_act_offers_the_button_too(wang: Any) -> None:
    client = signed_in(wang)
    page = client.post("/admin/editions/edition/checkup/add/", {"code": "ZZ-04", "text": "甲\u200b", "sentence": "错"})
    assert "去掉这些字符并提交" in page.content.decode()


@pytest.mark.parametrize("character", [NO_FACE, UNSEEN, "\x01", "\ue000"])
@pytest.mark.parametrize(("model", "where", "field"), WRITTEN)
def test_a_form_refuses_it_with_its_number(
    wang: Any, model: Any, where: dict[str, str], field: str, character: str
) -> None:
    row, client = row_of(model, where), signed_in(wang)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    before = getattr(row, field)
    page = client.post(
        url, form_of(client.get(url)) | {field: f"甲{character}乙", "change_reason": "改"}
    ).content.decode()
    assert f"U+{ord(character):04X}" in page
    row.refresh_from_db()
    assert getattr(row, field) == before


@pytest.mark.parametrize(("model", "where", "field"), WRITTEN)
def test_the_database_refuses_what_nobody_sees(db: None, model: Any, where: dict[str, str], field: str) -> None:
    row = row_of(model, where)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.put(reason="改", **{field: f"甲{UNSEEN}乙"})
    assert "文字里有看不见、印不出的字符" in said_by_database(refused.value)


@pytest.mark.parametrize("character", [NO_FACE, UNSEEN])
def test_a_table_refuses_it(wang: Any, character: str) -> None:
    preview = sent(signed_in(wang), Service, f"代码,联系电话\nFW-05,0316{character}5255908\n".encode(), CSV)
    assert f"U+{ord(character):04X}" in preview.content.decode()
    assert "confirm_form" not in preview.context
    assert character not in Service.objects.get(code="FW-05").phones


@pytest.mark.parametrize("command", ["load_register", "check_register"])
def test_a_file_is_refused_with_every_place_and_character(citizen: Any, db: None, tmp_path: Path, command: str) -> None:
    content = citizen.get("/list.json").json()
    content["offices"][2]["name"] = f"稽查{NO_FACE}股"
    content["duties"][0]["work_items"][1]["text"] += "\ufeff"
    content["boundaries"][0]["bases"][0]["text"] += "\u0001"
    content["laws"][0]["number"] += NO_FACE
    content["services"][0]["serial"] = f"1{UNSEEN}"
    content["frames"][0]["cover_label"] = f"部门{NO_FACE}"
    file = tmp_path / "list.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command(command, str(file), **({"reason": "试"} if command == "load_register" else {}))
    said = str(refused.value)
    for place, number in (
        ("offices[3].name", "U+1F4DE"),
        ("duties[1].work_items[2].text", "U+FEFF"),
        ("boundaries[1].bases[1].text", "U+0001"),
        ("laws[1].number", "U+1F4DE"),
        ("services[1].serial", "U+200B"),
        ("frames[1].cover_label", "U+1F4DE"),
    ):
        assert any(place in line and number in line for line in said.splitlines()), (place, said)
    assert Office.objects.get(code="GS-03").name == "稽查股"


def test_half_a_character_is_refused_in_words(db: None, citizen: Any, tmp_path: Path) -> None:
    content = citizen.get("/list.json").json()
    content["duties"][0]["text"] = "职责\ud83d"
    file = tmp_path / "list.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match=r"duties\[1\]\.text：.*（U\+D83D）"):
        call_command("load_register", str(file), reason="试")


def put_behind_the_forms() -> None:
    """Rows from before the rule, or written by a program."""
    Service.objects.get(code="FW-05").put(reason="旧", phones=f"{NO_FACE}5255908")
    Office.objects.get(code="GS-03").put(reason="旧", phones=f"☑{NO_FACE}")
    Frame.objects.get(part="services").put(reason="旧", phone=f"电话{NO_FACE}")


def test_what_no_face_shows_is_told_before_submission_all_at_once(wang: Any) -> None:
    put_behind_the_forms()
    hands = make_hands()
    with pytest.raises(Refused) as refused:
        make_submitted(hands, ("services", "FW-05"), ("offices", "GS-03"), ("frames", "services"))
    said = str(refused.value)
    for place in ("GS-03 电话：有字体印不出的字符：☑（U+2611）、📞（U+1F4DE）", "FW-05 联系电话：", " 联系电话："):
        assert place in said
    assert Edition.objects.count() == 1

    page = drafted(signed_in(wang), "services FW-05", "offices GS-03").content.decode()
    assert "FW-05 联系电话：有字体印不出的字符：📞（U+1F4DE）" in page
    assert "GS-03 电话：有字体印不出的字符：☑（U+2611）、📞（U+1F4DE）" in page


def test_the_first_edition_is_not_transcribed_with_it(own_database: Any) -> None:
    own_database(database.EMPTY)
    register = register_with(phones=NO_FACE)
    with pytest.raises(Refused, match=r"GS-01 电话：有字体印不出的字符：📞（U\+1F4DE）"):
        Edition.transcribe(register, label="2019-03", effective_on=timezone.localdate())


HEAD = [
    {"change_note": f"改{NO_FACE}"},
    {"change_note": f"改{UNSEEN}"},
    {"checkup_word": "说明\x00"},
    {"checkup_word": f"说明{NO_FACE}"},
    {"reasons": {"services FW-05": f"理由{NO_FACE}"}},
]


@pytest.mark.parametrize("head", HEAD)
def test_the_head_of_an_edition_is_refused_with_it(db: None, head: dict[str, Any]) -> None:
    with pytest.raises(Incomplete, match=r"U\+"):
        make_submitted(make_hands(), **head)
    assert Edition.objects.count() == 1


def test_no_act_says_it(db: None) -> None:
    hands = make_hands()
    edition = make_submitted(hands)
    bad = f"说{NO_FACE}"
    with pytest.raises(Incomplete, match=r"U\+1F4DE"):
        edition.review(by=hands.reviewer, reason=bad)
    with pytest.raises(Incomplete, match=r"U\+1F4DE"):
        edition.send_back(by=hands.reviewer, reason="退", remarks=[Remark(text=bad)])
    with pytest.raises(Incomplete, match=r"U\+1F4DE"):
        edition.remark(Remark(text=bad), by=hands.reviewer)
    edition.remark(Remark(text="请核对"), by=hands.reviewer)
    with pytest.raises(Incomplete, match=r"U\+1F4DE"):
        edition.answer(edition.remarks.get(), bad, by=hands.editor)
    edition.answer(edition.remarks.get(), "已核对", by=hands.editor)
    edition.review(by=hands.reviewer)
    edition.sign(by=hands.director)
    reply = {"authority": "县编委", "number": "文编〔2026〕3号", "date": timezone.localdate()}
    for wrong in ({"authority": bad}, {"number": bad}):
        with pytest.raises(Incomplete, match=r"U\+1F4DE"):
            edition.record_reply(make_reply(), by=hands.clerk, **reply | wrong)
    named = make_reply()
    named.name = f"批复{UNSEEN}.pdf"
    with pytest.raises(Incomplete, match=r"文件名里.*U\+200B"):
        edition.record_reply(named, by=hands.clerk, **reply)
    assert [act.verb for act in edition.timeline.all()] == ["submitted", "remarked", "answered", "reviewed", "signed"]


def test_no_edition_is_revoked_with_it(db: None) -> None:
    hands = make_hands()
    edition = make_issued(hands)
    with pytest.raises(Incomplete, match=r"U\+1F4DE"):
        edition.revoke(by=hands.director, reason=NO_FACE)
    edition.refresh_from_db()
    assert edition.revoked_on is None


def test_a_name_of_a_person_that_cannot_be_printed_is_no_name(zhao: Any) -> None:
    account = make_account("wang3", "编辑", "王", "三")
    client, url = signed_in(zhao), reverse("admin:accounts_account_change", args=[account.pk])
    page = client.post(url, form_of(client.get(url)) | {"first_name": f"三{NO_FACE}"}).content.decode()
    assert "📞（U+1F4DE）" in page
    account.refresh_from_db()
    assert account.first_name == "三"


def test_nothing_is_announced_with_it(wang: Any) -> None:
    make_additions()
    with pytest.raises(match=r"说明里有字体印不出的字符：📞（U\+1F4DE）"):
        Event.objects.get().announce(wang, reason=NO_FACE)


@pytest.mark.parametrize("character", [NO_FACE, "\x00"])
def test_raw_fields_of_the_desk_refuse_it_too(character: str, wang: Any) -> None:
    """Fields that no form of Django stands before."""
    client = signed_in(wang)
    change_a_phone()
    url = reverse("admin:editions_edition_restore", args=["services", "FW-05"])
    looked = client.get(url).context["looked"]
    page = client.post(url, {"looked": looked, "reason": f"试{character}"}).content.decode()
    assert f"U+{ord(character):04X}" in page
    director = signed_in(make_account("zhou2", "局领导", "周", "正"))
    page = director.post(reverse("admin:annual"), {"note": f"试{character}"}, follow=True).content.decode()
    assert f"U+{ord(character):04X}" in page


# What is public already


class Unchecked(Register):
    """A register from before the rule."""

    def faults(self) -> list[str]:
        return []


def register_with(**office: str) -> Register:
    """A list as it stands in the fixtures, with an office that says this."""
    from editions.register import interchange
    from tests.conftest import REGISTER

    read = interchange.read(REGISTER).register
    offices = list(read.of("offices"))
    told = {name: (value,) if name == "phones" else value for name, value in office.items()}
    offices[0] = Listed("", offices[0].document.model_copy(update=told))
    return Register({**read.listed, "offices": tuple(offices)})


@pytest.mark.parametrize("character", [NO_FACE, "\x01", "\ufffe"])
def test_what_is_public_with_it_is_printed_with_a_mark_that_is_explained(own_database: Any, character: str) -> None:
    own_database(database.EMPTY)
    register = Unchecked(register_with(name=f"办公{character}室").listed)
    edition = Edition.transcribe(register, label="2019-03", effective_on=timezone.localdate())
    assert Entry.objects.filter(edition=edition).exists()
    assert Version.objects.filter(code="GS-01").get().text.count(character if character != "\x01" else "\\u0001") == 1
    response = got(Client(), "/offices/gs-01/list.pdf")
    assert response.status_code == 200
    pdf = Pdf(response.content)
    assert "办公〓室" in pdf.body
    assert (
        squeezed(f"“〓”处的字符没有字体可印，依次可能是：U+{ord(character):04X}；原文以网页和开放数据为准。")
        in pdf.body
    )
    assert "〓" not in Pdf(ListPaper.of(edition, Scope.read("services/fw-05")).content()).body


def test_a_draft_with_it_is_printed_with_the_mark_too(li: Any) -> None:
    put_behind_the_forms()
    response = signed_in(li).get(reverse("admin:draft-pdf", args=["services"]))
    assert response.status_code == 200
    assert "〓5255908" in Pdf(response.content).body


def test_a_list_of_this_kind_is_composed_and_has_its_faults_named(db: None) -> None:
    put_behind_the_forms()
    assert [fault.split("：")[0] for fault in compose().faults()] == [
        "表头和注“公共服务事项登记表” 联系电话",
        "GS-03 电话",
        "FW-05 联系电话",
    ]
