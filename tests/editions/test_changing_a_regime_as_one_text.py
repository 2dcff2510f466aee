"""王芳 reads a regime as one text and changes it where it stands: several paragraphs at once, with one reason; and what
李强 changed meanwhile is not lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from offices.models import Office
from supervision.models import Clause, Regime, RegimeOffice
from tests.conftest import make_account, signed_in


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def regime() -> Regime:
    return Regime.objects.get(code="JG-14")


def address() -> str:
    return reverse("admin:supervision_regime_text", args=[regime().pk])


def sent_unchanged(page: Any) -> dict[str, str]:
    data: dict[str, str] = {}
    for formset in page.context["formsets"]:
        for form in (formset.management_form, *formset.forms):
            for bound in form:
                value = bound.value()
                if value is not None:
                    data[bound.html_name] = str(value).replace("\n", "\r\n")
                if bound.field.show_hidden_initial:
                    data[bound.html_initial_name] = str(value)
    return data


def box(page: Any, row: Any, name: str) -> str:
    """What the field of that row is called."""
    for formset in page.context["formsets"]:
        for form in formset.forms:
            if type(form.instance) is type(row) and form.instance.pk == row.pk:
                return str(form[name].html_name)
    raise AssertionError(f"{row} is not on the page")


def clause(anchor: str) -> Clause:
    return Clause.objects.get(chapter__regime=regime(), anchor=anchor)


def test_the_whole_text_stands_there_in_its_order(client: Client) -> None:
    assert address() in client.get(reverse("admin:supervision_regime_change", args=[regime().pk])).content.decode()
    page = client.get(address()).content.decode()
    document = Regime.objects.with_everything().get(code="JG-14").document()
    anchors = [each.anchor for chapter in document.chapters for _, _, each in chapter.outline()]
    assert len(anchors) > 30
    assert re.findall(r'class="paragraph depth-\d" id="([^"]+)"', page) == anchors


def test_paragraphs_and_titles_are_changed_together_with_one_reason(client: Client) -> None:
    page = client.get(address())
    first, second = clause("c2-1"), clause("c2-2")
    chapter = first.chapter
    data = sent_unchanged(page)
    data |= {box(page, first, "text"): "改过的第一段。", box(page, second, "heading"): "备案："}
    data |= {box(page, chapter, "title"): "改过的标题", "change_reason": "县里要求"}
    done = client.post(address(), data, follow=True).content.decode()
    assert "已保存，尚未公布" in done
    assert (clause("c2-1").text, clause("c2-2").heading, clause("c2-1").chapter.title) == (
        "改过的第一段。",
        "备案：",
        "改过的标题",
    )
    records = [row.history.first() for row in (first, second, chapter)]
    assert [record.history_change_reason for record in records] == ["县里要求"] * 3
    assert clause("c3-1").history.count() == 1


def test_no_reason_no_change_and_nothing_typed_is_lost(client: Client) -> None:
    page = client.get(address())
    changed = {box(page, clause("c2-1"), "text"): "改过的第一段。"}
    refused = client.post(address(), sent_unchanged(page) | changed).content.decode()
    assert "请写明变更理由" in refused
    assert "改过的第一段。" in refused
    assert clause("c2-1").text != "改过的第一段。"
    nothing = client.post(address(), sent_unchanged(page) | {"change_reason": "改"}).content.decode()
    assert "文字没有改动，没有保存" in nothing


def test_what_cannot_be_printed_is_refused_at_its_place(client: Client) -> None:
    page = client.get(address())
    changed = {box(page, clause("c2-1"), "text"): "看不见的\u200b字", "change_reason": "改"}
    refused = client.post(address(), sent_unchanged(page) | changed).content.decode()
    assert "U+200B" in refused
    assert clause("c2-1").history.count() == 1


def test_another_paragraph_that_somebody_changed_meanwhile_stays_changed(client: Client) -> None:
    page = client.get(address())
    clause("c2-2").put(reason="李强", text="李强改的。")
    changed = {box(page, clause("c2-1"), "text"): "王芳改的。", "change_reason": "改"}
    done = client.post(address(), sent_unchanged(page) | changed, follow=True).content.decode()
    assert "对方的改动都还在" in done
    assert (clause("c2-1").text, clause("c2-2").text) == ("王芳改的。", "李强改的。")


def test_the_same_paragraph_changed_by_two_asks_whose_it_shall_be(client: Client) -> None:
    page = client.get(address())
    clause("c2-1").put(reason="李强", text="李强改的。")
    changed = {box(page, clause("c2-1"), "text"): "王芳改的。", "change_reason": "改"}
    asked = client.post(address(), sent_unchanged(page) | changed)
    content = asked.content.decode()
    assert "别人改了同一处" in content
    assert "王芳改的。" in content
    assert clause("c2-1").text == "李强改的。"
    choose = re.search(r'name="(form-\d+-choose_text)"', content)[1]
    done = client.post(address(), sent_unchanged(asked) | changed | {choose: "own"}, follow=True).content.decode()
    assert "已保存" in done
    assert clause("c2-1").text == "王芳改的。"


def test_a_paragraph_of_nothing_is_refused_in_words(client: Client) -> None:
    page = client.get(address())
    row = clause("c2-1")
    nothing = {box(page, row, name): "" for name in ("marker", "heading", "text")} | {"change_reason": "改"}
    assert "编号、标题、文字不能都空着" in client.post(address(), sent_unchanged(page) | nothing).content.decode()
    assert row.history.count() == 1


def test_what_was_tampered_with_adds_nothing_and_changes_no_other_regime(client: Client) -> None:
    page = client.get(address())
    data = sent_unchanged(page)
    count, other = Clause.objects.count(), Clause.objects.exclude(chapter__regime=regime()).first()
    total = int(data["form-TOTAL_FORMS"])
    data |= {"form-TOTAL_FORMS": str(total + 1), f"form-{total}-text": "多出来的。", "change_reason": "改"}
    assert client.post(address(), data).status_code == 200
    data |= {"form-TOTAL_FORMS": str(total), "form-0-id": str(other.pk), "form-0-text": "别的制度的。"}
    assert client.post(address(), data).status_code == 200
    assert Clause.objects.count() == count
    assert other.history.count() == 1


def test_only_whose_regime_it_is_changes_it(db: None) -> None:
    office = Office.objects.get(code="GS-01")
    chief = signed_in(make_account("liqiang9", roles.CHIEF, "李", "强", office="GS-01"))
    held = RegimeOffice.objects.filter(regime=regime(), office=office).exists()
    assert not held
    assert chief.get(address()).status_code == 403
    RegimeOffice(regime=regime(), office=office, added_by="王芳").put(reason="补")
    page = chief.get(address())
    changed = {box(page, clause("c2-1"), "text"): "李强改的。", "change_reason": "改"}
    chief.post(address(), sent_unchanged(page) | changed)
    assert clause("c2-1").text == "李强改的。"
    reviewer = signed_in(make_account("sunli9", roles.REVIEWER, "孙", "丽"))
    assert reviewer.get(address()).status_code == 403
    assert Client().get(address()).status_code == 302
