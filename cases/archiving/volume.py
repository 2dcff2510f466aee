"""案卷: cover, list of contents, and all that is bound, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.archiving.binding import Leaf, bound
from cases.archiving.contents import INNER, WHOLE, Contents, Listed, Piece, contents, pieces
from cases.papers import typeset
from cases.papers.form import Facts, Line, Listing, Pair, blocks_of, in_figures
from cases.papers.says import decision_label
from cases.papers.sheet import Sheet

COVER, LIST = "卷宗", "卷内目录"


@dataclass(frozen=True)
class Volume:
    contents: Contents
    pdf: bytes


def bind(case: Any, *, mark: str = "") -> Volume:
    """The whole file as it is now. Raises Incomplete where something cannot be printed or is gone."""
    found = pieces(case)
    held = contents(found)
    pdf = bound(_leaves(case, found, held, mark), title=f"{case.named}案卷")
    return Volume(held, pdf)


def _leaves(case: Any, found: list[Piece], held: Contents, mark: str) -> Iterator[Leaf]:
    facts = case.facts(case)
    for name, lines in held.volumes():
        cover, listing = _cover(facts, name, lines), _list(facts, name, lines)
        yield Leaf(f"{name}封面", typeset.pdf(cover, mark=mark), under=name, is_numbered=False)
        yield Leaf(LIST, typeset.pdf(listing, mark=mark), under=name, is_numbered=False)
        for piece in found:
            if piece.line.volume == name and piece.pdf:
                yield Leaf(f"{piece.line.title}{piece.line.label}", piece.pdf, under=name)


def _titled(title: str, name: str) -> str:
    return title if name == WHOLE else f"{title}（{name}）"


def _cover(facts: Facts, name: str, lines: list[Listed]) -> Sheet:
    case = facts.case
    spot = case.spot_penalty_or_none()
    bound_pages = sum(line.pages for line in lines)
    parts = (
        Line("案件编号", lambda f: case.number),
        Line("案由", lambda f: case.said_before().get("cause", "")),
        Line("当事人", lambda f: f.party.name),
        Line("处理决定的文号", lambda f: decision_label(case) if case.decision_number else ""),
        Line("承办机构", lambda f: case.office.name),
        Line("承办人员", lambda f: "、".join(str(each.officer) for each in case.handlers.all())),
        Pair(
            Line("立案日期", lambda f: in_figures(case.filed_on) if case.filed_on else ""),
            Line("结案日期", lambda f: in_figures(case.closed_on) if case.closed_on else ""),
        ),
        Pair(
            Line("程序", lambda f: "当场处罚" if spot else "普通程序"),
            Line("结案情形", lambda f: case.closing_ground),
        ),
        Line("卷内", lambda f: f"{len(lines)} 份，编页 {bound_pages} 页"),
        Pair(Line("归档日期", lambda f: in_figures(timezone.localdate())), Line("保管期限")),
        Line("备注", lambda f: "内部审批、审核、审理的材料，不对外。" if name == INNER else ""),
    )
    return Sheet(title=_titled(COVER, name), bureau=facts.bureau, blocks=blocks_of(parts, facts))


def _list(facts: Facts, name: str, lines: list[Listed]) -> Sheet:
    listing = Listing(
        columns=(("文号", 36), ("名称", 52), ("日期", 24), ("页号", 16), ("备注", 16)),
        says=lambda f: ((each.label, each.title, f"{each.day}", each.where, each.remark) for each in lines),
    )
    return Sheet(title=_titled(LIST, name), bureau=facts.bureau, blocks=blocks_of((listing,), facts))
