"""Printed text is kept character for character; only the layout around it goes."""

import json
import re
from typing import Any

import pytest
from django.db.models import Func
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from duties.documents import DutyDocument, WorkItemDocument
from history.guards import working_models
from verbatim.documents import digest
from verbatim.fields import LAYOUT, UNTIDY, CellField, LineField, paragraphs, tidy

LINES = st.text(alphabet=st.sampled_from("职责，。 、\t\u3000\r\n（)×a1"), max_size=40)


@given(LINES)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(LINES)
def test_tidying_loses_nothing_but_layout(text: str) -> None:
    kept = [c for c in text if c not in LAYOUT + "\n"]
    assert [c for c in tidy(text) if c not in LAYOUT + "\n"] == kept


@given(LINES)
def test_the_database_and_the_form_agree_on_what_is_tidy(text: str) -> None:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    assert (tidy(unified) == unified) == (re.search(UNTIDY.replace("$", r"\Z"), unified) is None)


def test_stray_spaces_inside_a_line_are_text() -> None:
    assert (
        tidy("  对使用单位开展不定期检查 ，并做好记录。 \n\n 下一段 ")
        == "对使用单位开展不定期检查 ，并做好记录。\n下一段"
    )
    assert paragraphs("标准计量股\n标准计量股") == ["标准计量股", "标准计量股"]
    assert paragraphs("") == []


@pytest.mark.parametrize("text", [" 职责", "职责 ", "职责\n\n职责", "职责\n", "\u3000职责", "职\x00责"])
def test_a_document_refuses_what_is_only_layout(text: str) -> None:
    with pytest.raises(ValidationError):
        DutyDocument(code="ZZ-01", text=text)


TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).map(tidy).filter(bool)


@given(TEXT, TEXT)
def test_a_stored_document_reads_back_the_same(text: str, item: str) -> None:
    document = DutyDocument(code="ZZ-01", text=text, work_items=(WorkItemDocument(code="ZZ-01-01", text=item),))
    stored = document.canonical()
    assert DutyDocument.read(stored) == document
    assert DutyDocument.read(stored).canonical() == stored
    assert json.loads(stored)["text"] == text


def test_a_field_left_at_its_default_does_not_change_the_digest() -> None:
    assert (
        DutyDocument(code="ZZ-01", text="甲").canonical() == DutyDocument(code="ZZ-01", text="甲", note="").canonical()
    )
    assert digest("甲") == "33e3580c093111e1c4cac922872c40371f7896bb3fa4e23be5840bd1834fc622"


@pytest.mark.parametrize("model", working_models(), ids=lambda model: model._meta.label)
def test_every_text_of_a_row_is_held_to_be_tidy_and_seen(model: Any) -> None:
    texts = {field.name for field in model._meta.fields if isinstance(field, CellField | LineField)}
    conditions = [constraint.condition for constraint in model._meta.constraints if hasattr(constraint, "condition")]
    seen = {each.name for c in conditions if isinstance(c, Func) for each in c.source_expressions}
    tidy = {c.name.removesuffix("_tidy") for c in model._meta.constraints if c.name.endswith("_tidy")}
    assert texts <= seen
    assert {name for name in texts if not any(each.endswith(f"_{name}") for each in tidy)} == set()
