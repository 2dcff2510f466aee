"""Every 《》 of the list is known: what it means, and whether it is a law, a form or a catalogue."""

import re

import pytest

from editions.register.register import compose
from laws.citations import find
from verbatim.names import Names


def test_every_citation_of_the_list_is_found_and_nothing_else_is_taken_for_one(db: None) -> None:
    register = compose()
    citations, laws = Names.of(register.documents("citations")), {law.code: law for law in register.documents("laws")}
    marks = found = 0
    for line in register.lines():
        spans = find(line, citations)
        marks += line.count("《")
        found += len(spans)
        for span in spans:
            assert line[span.start] == "《"
            assert (span.citation.kind == "law") == bool(span.citation.law)
            if span.citation.law:
                assert laws[span.citation.law].title == line[span.start : span.end].strip("《》")
    assert marks == found == 55


def test_one_basis_may_cite_two(db: None) -> None:
    register = compose()
    basis = register.find("boundaries", "BJ-01").document.bases[2].text
    assert len(find(basis, Names.of(register.documents("citations")))) == 2


def test_a_title_inside_a_longer_title_is_not_cited(db: None) -> None:
    register = compose()
    citations = Names.of(register.documents("citations"))
    for text in (
        # The citation inside this one is printed without its closing mark.
        "《危化化学品包装物、容器产品生产许可证实施细则的补充规定》",
        "《中华人民共和国产品质量法实施条例》",
    ):
        assert find(text, citations) == []


def test_articles_are_read_behind_the_law(db: None) -> None:
    register = compose()
    line = next(line for line in register.lines() if "《计量检定人员管理办法》" in line)
    (span,) = find(line, Names.of(register.documents("citations")))
    assert span.articles == ("第二十条", "第二十一条", "第二十二条")


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("《立案审批表》", "form"),
        ("《中华人民共和国依法管理的计量器具目录》", "catalogue"),
        ("《计量法实施细则》", "law"),
    ],
)
def test_a_form_is_no_law(db: None, printed: str, kind: str) -> None:
    assert [c.kind for c in compose().documents("citations") if c.quoted == printed] == [kind]


def test_document_numbers_are_those_that_are_printed(db: None) -> None:
    text = "\n".join(compose().lines())
    numbered = [law for law in compose().documents("laws") if law.number]
    assert len(numbered) == 4
    for law in numbered:
        assert re.search(re.escape(f"《{law.title}》（{law.number}）"), text)
