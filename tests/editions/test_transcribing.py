"""The 2017-12 list stands in the portal line by line, character for character, and nothing is added to it."""

import re

from editions.form import parts
from editions.life.edition import Edition
from editions.register.register import Register, compose
from tests.conftest import BASE, ORIGINAL
from verbatim.documents import PRINTED, Document
from verbatim.fields import LAYOUT

# What the form forces. Each is explained in docs/transcription.md under the same name.
BROKEN_BY_A_PAGE = ("有人认为", "只需对其中任一个行为进行从重处罚")
ONE_LINE_THREE_FIELDS = "填报人："
DEPARTURES = {"BJ-03 案例换页": BROKEN_BY_A_PAGE, "填报栏一行三项": ONE_LINE_THREE_FIELDS}


def lines_of_the_original() -> list[str]:
    """The text lines of the original, without layout, repeated table heads, and with the named departures applied."""
    lines = [line.strip(LAYOUT) for line in ORIGINAL.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in lines if line]

    heads = [["序号", "主要职责", "具体工作事项", "责任股室", "备注"]]
    for head in heads:
        first = lines.index(head[0])
        for index in range(len(lines) - len(head), first, -1):
            if lines[index : index + len(head)] == head:
                del lines[index : index + len(head)]

    broken = next(i for i, line in enumerate(lines) if line.endswith(BROKEN_BY_A_PAGE[0]))
    assert lines[broken + 1].startswith(BROKEN_BY_A_PAGE[1])
    lines[broken : broken + 2] = [lines[broken] + lines[broken + 1]]

    signed = next(i for i, line in enumerate(lines) if line.startswith(ONE_LINE_THREE_FIELDS))
    fields = re.split(r" {2,}", lines[signed])
    assert len(fields) == 3
    lines[signed : signed + 1] = fields
    return lines


def test_every_line_of_the_original_is_in_the_composed_documents_and_nothing_else(db: None) -> None:
    assert list(compose().lines()) == lines_of_the_original()


def test_every_line_of_the_original_is_in_the_published_edition_and_nothing_else(db: None) -> None:
    assert list(Edition.objects.get().register().lines()) == lines_of_the_original()


def marked_text(document: Document) -> str:
    """Every field that is marked as printed, whatever order the form sets it in."""
    found = []
    for name, field in type(document).model_fields.items():
        value = getattr(document, name)
        if isinstance(field.json_schema_extra, dict) and PRINTED.items() <= field.json_schema_extra.items():
            found.append(value)
        found += [
            marked_text(part)
            for part in (value if isinstance(value, tuple) else (value,))
            if isinstance(part, Document)
        ]
    return "".join(found)


def test_the_printed_lines_of_a_document_are_all_that_is_marked_as_printed(db: None) -> None:
    register = compose()
    for kind in parts.kinds():
        for document in register.documents(kind.name):
            assert sorted("".join(document.printed())) == sorted(marked_text(document).replace("\n", "")), document


def test_the_list_holds_what_its_tables_hold(db: None) -> None:
    register = compose()
    duties, matters = register.documents("duties"), register.documents("boundaries")
    assert (len(duties), sum(len(duty.work_items) for duty in duties)) == (10, 49)
    assert (len(matters), sum(len(matter.shares) for matter in matters)) == (3, 22)
    assert len(register.documents("services")) == 10
    assert len(register.documents("supervision")) == 15
    assert register.cover.declared == 40
    assert register.item_count() == 38
    assert [(part.name, declared, held) for part, declared, held in register.count_mismatches()] == [
        ("boundaries", 4, 3),
        ("services", 11, 10),
    ]


def test_slips_are_kept(db: None) -> None:
    register = compose()
    items = {item.code: item for duty in register.documents("duties") for item in duty.work_items}
    assert items["ZZ-05-05"].offices == "标准计量股\n标准计量股"
    assert items["ZZ-05-06"].offices == ""
    assert items["ZZ-03-02"].text.startswith("责辖区内")
    bases = register.find("boundaries", "BJ-01").document.bases
    assert bases[2].text == "3.《危险化学品产品生产许可证实施细则》、《危化化学品包装物、容器产品生产许可证实施细则"
    regime: Register = register.find("supervision", "JG-14").document
    headings = {clause.heading: clause.text for chapter in regime.chapters for _, _, clause in chapter.outline()}
    assert headings["执行"] == headings["结案"] == ""


def test_each_departure_is_explained() -> None:
    explained = (BASE / "docs" / "transcription.md").read_text(encoding="utf-8")
    for name in DEPARTURES:
        assert f"## {name}" in explained
    assert explained.count("\n## ") == len(DEPARTURES)
