"""A name is a whole name: a part of a longer one is nobody's."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.names import Names

KNOWN = [
    "办公室（法规股）",
    "办公室",
    "质量监督股",
    "稽查股",
    "标准计量股",
    "计量股",
    "特种设备安全股",
    "计划和标准股",
    "县质监局",
]
NAMES = Names({name: name for name in KNOWN})


def in_cell(cell: str) -> list[str]:
    return [span.target for span in NAMES.in_cell(cell).spans]


def in_text(text: str) -> list[str]:
    return [span.target for span in NAMES.in_text(text)]


@pytest.mark.parametrize(
    ("cell", "named"),
    {
        "办公室（法规股）": ["办公室（法规股）"],
        "办公室(法规股)": ["办公室（法规股）"],
        "办公室组织有关科室": ["办公室"],
        "稽查股、计量股、特种设备安全股 ": ["稽查股", "计量股", "特种设备安全股"],
        "标准计量股\n质量监督股": ["标准计量股", "质量监督股"],
        "稽查股，计量股,办公室;质量监督股；稽查股": ["稽查股", "计量股", "办公室", "质量监督股", "稽查股"],
        "稽查股／计量股/办公室": ["稽查股", "计量股", "办公室"],
        "稽查股和计量股及办公室": ["稽查股", "计量股", "办公室"],
        "稽查股 计量股": ["稽查股", "计量股"],
        "稽查股（牵头）、计量股（配合）": ["稽查股", "计量股"],
        "牵头：稽查股；配合：计量股": ["稽查股", "计量股"],
        "由办公室会同稽查股负责": ["办公室", "稽查股"],
        "1.稽查股 2.计量股": ["稽查股", "计量股"],
        "计划和标准股": ["计划和标准股"],
        "信用股和质量监督股": ["质量监督股"],
    }.items(),
)
def test_a_cell_names_what_stands_whole_between_its_separators(cell: str, named: list[str]) -> None:
    assert in_cell(cell) == named


@pytest.mark.parametrize(
    "cell",
    [
        "食品质量监督股",
        "质量监督股食品组",
        "质量监督股（食品）",
        "食品 质量监督股",
        "食品和质量监督股",
        "水政水资源办公室",
        "县节水办公室",
        "县公安局 办公室",
        "协调办公室",
        "办公室主任",
        "稽查股长",
        "稽查股份公司",
        "办公室（法规股、信访股）",
        "有关科室",
        "除办公室、质量监督股、稽查股外的各股室",
        "质量监督股、稽查股除外",
        "市市场监管局：质量监督股",
        "市市场监管局/质量监督股",
        "县药监局：办公室、质量监督股、稽查股",
        "、",
    ],
)
def test_a_part_of_a_longer_name_is_nobody_and_the_whole_is_told(cell: str) -> None:
    read = NAMES.in_cell(cell)
    assert [span.target for span in read.spans] == []
    assert read.rest == ([cell] if cell != "、" else [])


def test_what_is_nobodys_name_is_told_beside_the_names() -> None:
    read = NAMES.in_cell("食品质量监督股、稽查股和有关科室")
    assert [span.target for span in read.spans] == ["稽查股"]
    assert read.rest == ["食品质量监督股", "有关科室"]


def test_a_span_stands_where_the_name_stands() -> None:
    cell = "标准计量股、 办公室(法规股)\n稽查股"
    spans = NAMES.in_cell(cell).spans
    assert [cell[span.start : span.end] for span in spans] == ["标准计量股", "办公室(法规股)", "稽查股"]


@pytest.mark.parametrize(
    ("text", "named"),
    {
        "由办公室负责": ["办公室"],
        "县质监局对某企业进行抽查": ["县质监局"],
        "请示了县食药监局和县质监局，两局答复一致": ["县质监局"],
        "并报告县质监局。": ["县质监局"],
        "到办公室（法规股）领取，或拨打电话": ["办公室（法规股）"],
        "县质监局局长": ["县质监局"],
        "由县防汛抗旱指挥部办公室会同县政府办公室组织": [],
        "报市县质监局": [],
        "县质监局检验所负责": [],
        "稽查股份有限公司": [],
        "食品质量监督股": [],
        "合同办公室": [],
        "由县药监局安全和质量监督股负责": [],
        "广告或质量监督股": [],
        "抄送生产和质量监督股": [],
        "由县法制和办公室": [],
        "由（市）计量股": [],
        "到市局（计量股）": [],
        "告知市局：计量股": [],
        "由稽查股和计量股负责": ["稽查股", "计量股"],
        "（一）计量股负责": ["计量股"],
    }.items(),
)
def test_running_text_mentions_only_what_cannot_be_longer(text: str, named: list[str]) -> None:
    assert in_text(text) == named


@pytest.mark.parametrize(
    "cell", ["稽查股和" * 3000 + "甲", "(" * 10_000, "稽查股 " * 3000 + "甲", "甲和" * 5000, "组织" * 5000]
)
def test_no_cell_keeps_the_reader_busy(cell: str) -> None:
    before = time.process_time()
    NAMES.in_cell(cell)
    NAMES.in_text(cell)
    assert time.process_time() - before < 2


NAME = st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=5).map(lambda stem: stem + "股")
SEPARATOR = st.sampled_from("、，,；;／/\n")


@given(st.lists(NAME, min_size=1, max_size=6, unique=True), st.data())
def test_whatever_the_names_are_a_cell_of_names_is_read_back(names: list[str], data: Any) -> None:
    """Names that begin or end with one another, too."""
    cell = names[0]
    for name in names[1:]:
        cell += data.draw(SEPARATOR) + name
    read = Names({name: name for name in names}).in_cell(cell)
    assert [span.target for span in read.spans] == names
    assert read.rest == []


@given(NAME, st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4))
def test_a_name_with_more_before_it_or_behind_it_is_another(name: str, more: str) -> None:
    names = Names({name: name})
    for longer in (more + name, name + more, more + name + more):
        assert names.in_cell(longer).spans == []
        assert names.in_cell(longer).rest == [longer]
    assert names.in_text(more + name) == []


@given(st.text(), st.lists(st.text(max_size=6), max_size=5))
def test_no_text_and_no_name_upsets_the_reading(text: str, names: list[str]) -> None:
    known = Names({name: name for name in names})
    for span in [*known.in_cell(text).spans, *known.in_text(text)]:
        assert 0 <= span.start < span.end <= len(text)
