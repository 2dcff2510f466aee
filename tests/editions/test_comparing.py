"""王芳 compares: what was added, retired, moved and changed between two lists, and what picking takes over."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duties.documents import DutyDocument, WorkItemDocument
from editions.form import parts
from editions.form.documents import RetiredDocument
from editions.life.edition import Edition
from editions.register.comparison import FieldChange, compare, counts
from editions.register.picking import dangling_names, pick
from editions.register.register import Listed, Register
from editions.templatetags import reading
from offices.documents import OfficeDocument
from verbatim.redline import CONTEXT, redline, shortened

TEXT = st.text(alphabet="质量技术监督计量股负责组织实施，。、（一）《条例》0316-5250005", max_size=40)
SAMPLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def base(db: None) -> Register:
    return Edition.objects.get().register()


def put(register: Register, kind: str, rows: tuple[Listed, ...]) -> Register:
    return Register({**register.listed, kind: rows})


def change(register: Register, kind: str, code: str, serial: str | None = None, **values: Any) -> Register:
    """The register with some values of one document changed."""
    rows = tuple(
        Listed(
            row.serial if serial is None else serial,
            row.document.model_validate(row.document.model_dump() | values),
        )
        if getattr(row.document, parts.get(kind).key) == code
        else row
        for row in register.of(kind)
    )
    return put(register, kind, rows)


def retire(register: Register, kind: str, code: str) -> Register:
    listed = register.find(kind, code)
    assert listed is not None
    gone = RetiredDocument(kind=kind, code=code, title="名称", retired_on=date(2018, 1, 1))
    kept = tuple(row for row in register.of(kind) if row is not listed)
    return put(put(register, kind, kept), "retired", (*register.of("retired"), Listed("", gone)))


def add(register: Register, kind: str, place: int, serial: str, document: Any) -> Register:
    rows = list(register.of(kind))
    rows.insert(place, Listed(serial, document))
    return put(register, kind, tuple(rows))


@st.composite
def worked_over(draw: Any, base: Register) -> Register:
    """The base after some days of work: duties and services changed, added, retired, moved, renumbered."""
    working = base
    for number in range(draw(st.integers(0, 8))):
        kind, field, prefix = draw(st.sampled_from([("duties", "text", "ZZ"), ("services", "phones", "FW")]))
        codes = [document.code for document in working.documents(kind)]
        act = draw(st.sampled_from(["change", "add", "retire", "move", "renumber"]))
        if act == "add":
            values = {"code": f"{prefix}-{90 + number}", "title" if kind == "services" else "text": f"新增{number}"}
            document = parts.get(kind).document.model_validate(values)
            working = add(working, kind, draw(st.integers(0, len(codes))), f"增{number}", document)
        elif codes:
            code = draw(st.sampled_from(codes))
            if act == "change":
                working = change(working, kind, code, **{field: draw(TEXT).strip() or "空"})
            elif act == "retire" and base.find(kind, code):
                working = retire(working, kind, code)
            elif act == "retire":  # made and retired between two editions: no note is composed of it
                working = put(working, kind, tuple(row for row in working.of(kind) if row.document.code != code))
            elif act == "renumber":
                working = change(working, kind, code, serial=f"新{number}")
            else:
                rows = list(working.of(kind))
                row = rows.pop(codes.index(code))
                rows.insert(draw(st.integers(0, len(rows))), row)
                working = put(working, kind, tuple(rows))
    return working


@SAMPLE
@given(old=TEXT, new=TEXT)
def test_a_redline_holds_both_texts_and_nothing_else(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark != "come") == old
    assert "".join(piece.text for piece in pieces if piece.mark != "gone") == new
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("电话：0316-5255905。", "电话：0316-5255911。", "电话：[-0316-5255905][+0316-5255911]。"),
        ("组织起草规范性文件草案", "组织审查规范性文件草案", "组织[-起草][+审查]规范性文件草案"),
        ("受理投诉，依法处理。", "受理投诉、举报，依法处理。", "受理投诉[+、举报]，依法处理。"),
        (
            "对违法行为进行依法查处。",
            "对违法行为依法进行查处。",
            "对违法行为[-进行依法查处][+依法进行查处]。",
        ),
        ("质量监督股\n计量股", "质量监督股\n稽查股", "质量监督股\n[-计量][+稽查]股"),
    ],
)
def test_a_redline_speaks_in_words(old: str, new: str, said: str) -> None:
    marks = {"same": "{}", "gone": "[-{}]", "come": "[+{}]"}
    assert "".join(marks[piece.mark].format(piece.text) for piece in redline(old, new)) == said


@SAMPLE
@given(old=TEXT, new=TEXT, around=st.text(alphabet="监督管理", max_size=300))
def test_a_long_text_is_cut_where_nothing_changed_and_nowhere_else(old: str, new: str, around: str) -> None:
    pieces = redline(around + old + around, around + new + around)
    short = list(shortened(pieces))
    assert "".join(piece.text for piece in short) == "".join(piece.text for piece in pieces)
    assert [piece for piece in short if piece.mark in ("gone", "come")] == [
        piece for piece in pieces if piece.mark in ("gone", "come")
    ]
    assert all(len(piece.text) <= 4 * CONTEXT for piece in short if piece.mark == "same")


def test_what_went_and_came_is_told_in_words_too_and_nothing_is_markup() -> None:
    field = FieldChange("", (), "电话", "0316-5255905<b>\n总机", "0316-5255911<b>总机")
    assert reading.redline(field) == (
        '<del><span class="hidden">〔删去：</span>0316-5255905<span class="hidden">〕</span></del>'
        '<ins><span class="hidden">〔增加：</span>0316-5255911<span class="hidden">〕</span></ins>'
        '&lt;b&gt;<del><span class="hidden">〔删去：</span><span class="line-end">↵</span>\n'
        '<span class="hidden">〕</span></del>总机'
    )


def test_a_list_does_not_differ_from_itself(base: Register) -> None:
    assert compare(base, base) == ()


def test_each_sort_of_change_is_told_apart(base: Register) -> None:
    working = change(base, "services", "FW-01", phones="0316-5255911")
    working = retire(working, "services", "FW-02")
    working = add(working, "services", 2, "10", parts.get("services").document(code="FW-11", title="以旧换新"))
    working = change(working, "services", "FW-04", serial="9")
    rows = list(working.of("services"))
    rows.append(rows.pop(4))
    working = put(working, "services", tuple(rows))
    found = {each.code: each.said for each in compare(base, working) if each.kind.name == "services"}
    assert found == {"FW-01": "修改", "FW-02": "取消", "FW-11": "新增", "FW-04": "改序号", "FW-05": "移动"}
    assert dict(counts(compare(base, working))) == {"新增": 1, "取消": 1, "修改": 1, "移动": 1, "改序号": 1}


def test_a_change_says_where_it_is_and_what_the_words_were(base: Register) -> None:
    duty = base.find("duties", "ZZ-01")
    assert duty is not None
    items = [item.model_dump() for item in duty.document.work_items]
    items[0]["offices"] = "稽查股"
    (found,) = compare(base, change(base, "duties", "ZZ-01", work_items=items))
    (field,) = found.fields
    assert (field.anchor, field.trail, field.label) == ("zz-01-01", ("ZZ-01-01",), "责任股室")
    assert (field.old, field.new) == (duty.document.work_items[0].offices, "稽查股")


def test_what_moved_says_what_it_stood_and_stands_behind(base: Register) -> None:
    rows = list(base.of("services"))
    rows.insert(0, rows.pop(4))
    (found,) = compare(base, put(base, "services", tuple(rows)))
    (field,) = found.fields
    assert (field.place, field.old, field.new) == ("位置", "排在 FW-04 之后", "排在最前")


def test_rows_in_another_order_are_told(base: Register) -> None:
    duty = base.find("duties", "ZZ-02")
    assert duty is not None
    items = list(duty.document.work_items)
    (found,) = compare(base, change(base, "duties", "ZZ-02", work_items=[items[1], items[0], *items[2:]]))
    (field,) = found.fields
    assert field.label == "先后"
    assert field.new.startswith("ZZ-02-02、ZZ-02-01、ZZ-02-03")


def test_what_the_bureau_added_is_compared_too(base: Register) -> None:
    (found,) = compare(base, change(base, "offices", "GS-02", phones=["0316-5255999"]))
    assert [(field.label, field.new) for field in found.fields] == [("电话", "0316-5255999")]


@SAMPLE
@given(data=st.data())
def test_a_comparison_applied_to_the_old_list_gives_the_new_one(base: Register, data: Any) -> None:
    working = data.draw(worked_over(base))
    changes = compare(base, working)
    assert pick(base, working, [each.key for each in changes]).register.content_digest() == working.content_digest()
    assert pick(base, working, []).register.content_digest() == base.content_digest()


@SAMPLE
@given(data=st.data())
def test_what_was_not_picked_stays_as_it_was(base: Register, data: Any) -> None:
    working = data.draw(worked_over(base))
    keys = [each.key for each in compare(base, working)]
    chosen = [key for key in keys if data.draw(st.booleans())]
    picked = pick(base, working, chosen)
    taken = {each.key for each in picked.taken}
    assert set(chosen) <= taken
    for kind in parts.kinds():
        for row in base.of(kind.name):
            key = kind.name, getattr(row.document, kind.key)
            if key not in taken:
                assert picked.register.find(*key) == row
        result = [getattr(document, kind.key) for document in picked.register.documents(kind.name)]
        kept = [getattr(document, kind.key) for document in base.documents(kind.name)]
        stayed = [code for code in kept if (kind.name, code) not in taken]
        assert [code for code in result if code in stayed] == stayed
    # Of two that changed places either may be called the one that moved.
    assert {each.key for each in compare(base, picked.register) if each.change_types != ("moved",)} <= taken


def test_a_new_office_comes_along_with_the_duty_that_names_it(base: Register) -> None:
    working = add(base, "offices", 6, "", OfficeDocument(code="GS-07", name="标准化股"))
    duty = DutyDocument(
        code="ZZ-11",
        text="负责标准化工作。",
        work_items=(WorkItemDocument(code="ZZ-11-01", text="推行标准", offices="标准化股"),),
    )
    working = add(working, "duties", 10, "11", duty)
    picked = pick(base, working, [("duties", "ZZ-11")])
    assert [each.key for each in picked.brought] == [("offices", "GS-07")]
    assert picked.register.find("offices", "GS-07")


def test_retiring_takes_the_note_of_the_code_along(base: Register) -> None:
    picked = pick(base, retire(base, "services", "FW-02"), [("services", "FW-02")])
    assert picked.brought == ()
    assert picked.register.find("retired", "FW-02")
    assert picked.register.find("services", "FW-02") is None


def test_a_name_that_the_text_still_uses_is_told(base: Register) -> None:
    working = change(base, "offices", "GS-02", name="质量股", other_names=[])
    result = pick(base, working, [("offices", "GS-02")]).register
    said = "ZZ-02 的文字里写着股室（单位）“质量监督股”，这一版里已经没有叫这个名字的。"
    assert said in list(dangling_names(base, result))
    assert list(dangling_names(base, base)) == []


@pytest.mark.parametrize("unit", ["计量标准", "计量标准。", "甲"])
def test_a_text_that_repeats_itself_is_compared_in_time(unit: str) -> None:
    import time

    old, new = unit * 3000, unit * 2900 + "不同" + unit * 150
    started = time.process_time()
    pieces = redline(old, new)
    assert time.process_time() - started < 5  # it was minutes; a machine may be slow
    assert "".join(piece.text for piece in pieces if piece.mark != "come") == old
    assert "".join(piece.text for piece in pieces if piece.mark != "gone") == new


def test_a_long_text_with_one_word_changed_shows_one_word(base: Register) -> None:
    text = "\n".join(base.lines())
    said = [piece.text for piece in redline(text, text.replace("稽查股", "执法股", 1)) if piece.mark != "same"]
    assert said == ["稽查", "执法"]
