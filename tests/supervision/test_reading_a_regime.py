"""What a paragraph is comes from where it stands; markers are kept as printed."""

from editions.register.register import compose
from supervision.documents import ChapterKind, ClauseKind, RegimeDocument


def regime(code: str) -> RegimeDocument:
    found = compose().find("supervision", code)
    assert found is not None
    document: RegimeDocument = found.document
    return document


def outline(code: str, anchor: str) -> list[tuple[int, ClauseKind, str]]:
    chapter = next(c for c in regime(code).chapters if c.anchor == anchor)
    return [(level, kind, clause.marker) for level, kind, clause in chapter.outline()]


def test_text_before_items_is_a_lead_in(db: None) -> None:
    assert outline("JG-02", "c3") == [
        (1, ClauseKind.LEAD_IN, ""),
        (1, ClauseKind.ITEM, "（一）"),
        (1, ClauseKind.ITEM, "（二）"),
    ]


def test_text_alone_is_body(db: None) -> None:
    assert outline("JG-14", "c1") == [(1, ClauseKind.BODY, ""), (1, ClauseKind.BODY, "")]


def test_a_marker_right_below_a_chapter_is_of_the_first_level_whatever_its_style(db: None) -> None:
    assert [(level, marker) for level, _, marker in outline("JG-08", "c5")] == [(1, f"{n}、") for n in range(1, 7)]


def test_a_lone_marker_and_further_paragraphs_of_an_item(db: None) -> None:
    flow = outline("JG-14", "c3")
    assert flow[:2] == [(1, ClauseKind.ITEM, "（一）"), (2, ClauseKind.ITEM, "1、")]
    assert flow[4:6] == [(3, ClauseKind.CONTINUATION, ""), (3, ClauseKind.CONTINUATION, "")]


def test_the_paragraphs_before_the_first_heading_are_kept(db: None) -> None:
    first = regime("JG-14").chapters[0]
    assert (first.anchor, first.marker, first.title) == ("c0", "", "")


def test_a_chapter_title_may_say_two_things(db: None) -> None:
    kinds = {c.title: c.kinds for c in regime("JG-12").chapters}
    assert kinds["监督检查措施及处理"] == (ChapterKind.MEASURE, ChapterKind.HANDLING)
    assert kinds["监督检查程序"] == (ChapterKind.PROCEDURE,)
    assert regime("JG-15").chapters[1].kinds == ()


def test_a_heading_is_part_of_the_paragraph(db: None) -> None:
    clauses = [clause for c in regime("JG-05").chapters for _, _, clause in c.outline()]
    headed = [clause for clause in clauses if clause.heading]
    assert [clause.heading for clause in headed] == ["定期检查。", "不定期监督抽查。"]
    for clause in headed:
        assert clause.heading.endswith(("。", "："))


def test_no_regime_names_an_office_until_the_bureau_adds_one(db: None) -> None:
    assert not any(r.offices for r in compose().documents("supervision"))
    assert not any(s.offices or s.stages for m in compose().documents("boundaries") for s in m.shares)


def test_every_clause_is_cited_otherwise_than_any_other(db: None) -> None:
    for listed in compose().of("supervision"):
        cited = [called for chapter in listed.document.chapters for *_, called in chapter.numbered()]
        assert len(cited) == len(set(cited)), listed.document.code
        assert not any(called.endswith("、") or not called for called in cited)
