"""One rule says which characters may stand in an edition, in Python and in the database alike."""

import re
import unicodedata

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.guards import working_models
from paper import faces
from tests.conftest import ORIGINAL
from verbatim.characters import UNSEEN, complaint, is_printable, unprintable, unseen, without_unseen
from verbatim.lookalikes import ordinary
from verbatim.models import texts_of
from verbatim.names import is_name


def test_every_category_of_what_nobody_sees_is_refused() -> None:
    hidden = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    passed = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in hidden and not unseen(c)]
    assert passed == ["\t", "\n"]


@pytest.mark.parametrize(
    "character", ["\ufe0f", "\U000e0100", "\ufffc", "\u3164", "\u2800", "\ufffd", "\u034f", "\x00"]
)
def test_fillers_and_selectors_are_nobodys_text_either(character: str) -> None:
    assert complaint(f"县{character}局") == (
        f"有看不见、印不出的字符（U+{ord(character):04X}），请删去它前后的文字重新输入。"
    )


def test_each_character_without_a_face_is_named_with_its_number_all_at_once() -> None:
    assert complaint("电话📞和☑，\u200b还有📞") == (
        "有看不见、印不出的字符（U+200B），请删去它前后的文字重新输入。"
        "有字体印不出的字符：☑（U+2611）、📞（U+1F4DE），请删去，或改用通行的字。"
    )
    assert complaint("电话　☎　①㎡〇𠮷\n2017年12月1日，～（一）") == ""


def test_a_special_space_at_an_end_of_a_line_is_named() -> None:
    assert complaint("第一段\u2003\n\u2002第二段") == "段首或者段尾有特殊的空格（U+2002、U+2003），请删去。"
    assert complaint("甲\u2003乙") == ""


@given(st.text(st.sampled_from("县局\u200b\ufeff\u2003\n \u3164甲"), max_size=30))
def test_what_nobody_sees_can_be_taken_out_and_nothing_else_goes(text: str) -> None:
    kept = without_unseen(text)
    assert complaint(kept) == ""
    assert [each for each in kept if each != "\u2003"] == [
        each for each in text if each != "\u2003" and (each == "\n" or not unseen(each))
    ]


@pytest.mark.parametrize(
    ("radical", "meant"), [("⻔", "门"), ("⽣", "生"), ("⺠", "民"), ("⼾", "戶"), ("\uf92c", "郎")]
)
def test_of_what_looks_like_a_character_is_known_which_is_meant(radical: str, meant: str) -> None:
    assert ordinary(f"甲{radical}乙") == f"甲{meant}乙"


def test_every_radical_has_a_character_but_the_one_that_has_none() -> None:
    radicals = [c for c in map(chr, range(0x2E80, 0x2FD6)) if unicodedata.category(c) == "So"]
    assert [each for each in radicals if ordinary(each) == each] == ["⺀"]


def test_the_list_of_2017_can_be_printed_whole() -> None:
    assert unprintable(ORIGINAL.read_text(encoding="utf-8")) == []


def test_what_is_listed_as_printable_is_shown_by_the_faces_of_this_machine() -> None:
    listed = [c for c in map(chr, range(0x20, 0x110000)) if is_printable(c)]
    assert len(listed) > 40_000
    assert faces.missing("".join(listed)) == []


def test_the_database_sees_what_the_forms_see(db: None) -> None:
    edges = {
        int(number, 16) + step
        for each in re.findall(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", UNSEEN)
        for number in each
        for step in (-1, 0, 1)
        if number
    }
    points = sorted(({*range(1, 0x10000)} | edges) - {*range(0xD800, 0xE000)} - {0, 0x110000})
    with connection.cursor() as cursor:
        cursor.execute("SELECT point FROM unnest(%s) AS point WHERE NOT is_seen(chr(point))", [points])
        refused = {point for (point,) in cursor.fetchall()}
    assert refused == {point for point in points if unseen(chr(point))}


NAME = st.text("办公室法规股有关科各（）() 、,\u30001-组织等Ａ。", max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAME, max_size=40))
def test_the_database_reads_names_as_the_code_does(db: None, lines: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, are_names(line) FROM unnest(%s::text[]) AS line WHERE line <> ''", [lines])
        for line, accepted in cursor.fetchall():
            assert accepted == is_name(line), line


def test_no_text_of_the_working_list_is_left_out(db: None) -> None:
    """What people write into a table of the list is held by the database, too."""
    for model in working_models():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(string_agg(pg_get_constraintdef(oid), ' '), '') FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND conname LIKE '%%seen'",
                [model._meta.db_table],
            )
            (held,) = cursor.fetchone()
        codes = {"code", "anchor", "part"}
        columns = {model._meta.get_field(name).column for name in texts_of(model)} - codes
        assert {column for column in columns if not re.search(rf"\b{column}\b", held)} == set(), model


@pytest.mark.parametrize(
    "label", ["editions.act", "editions.remark", "editions.answer", "editions.reply", "services.announcement"]
)
def test_what_is_said_of_editions_and_events_is_held_too(db: None, label: str) -> None:
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conrelid = %s::regclass AND conname LIKE '%%seen'", [table]
        )
        assert cursor.fetchone() == (1,)
