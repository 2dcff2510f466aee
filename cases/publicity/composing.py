"""A draft for the public, made of the served paper and of what the file knows: which passages look personal, which the
handler may uncover, and the decision as it would be read."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases.archiving.sealing import sealed_models
from cases.choices import chosen
from cases.papers.says import decision_label, kinds_said, said_sum
from cases.penalties import Party
from cases.publicity.decision import PublicDecision, public_copy, texts_of_sheet
from cases.publicity.folds import plain
from cases.publicity.persons import is_name, names_in
from cases.publicity.redacting import Known, Redaction, What, found_in, passage
from cases.rows.remedy import RemedyEnd
from verbatim.fields import paragraphs
from verbatim.models import texts_of


@dataclass(frozen=True)
class Passage:
    """As it stands on the paper."""

    text: str
    what: What
    is_firm: bool
    """Always covered."""


@dataclass(frozen=True)
class Wording:
    """What the handler adds to the paper: the summary and the index fields by their names, what else is covered, a
    passage a line, and which passages need not be."""

    typed: Mapping[str, str]
    marked: str = ""
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The case and its paper."""

    case: Any
    paper: Any

    @functools.cached_property
    def texts(self) -> list[str]:
        return texts_of_sheet(self.paper.sheet)

    @functools.cached_property
    def known(self) -> Known:
        return known_of(self.case)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """Of whoever the file or the paper names."""
        return tuple(
            dict.fromkeys([*names_in_the_file(self.case), *(each for text in self.texts for each in names_in(text))])
        )

    @functools.cached_property
    def found(self) -> list[Passage]:
        """Every passage that looks personal, once, in the order of the paper."""
        kept: dict[str, Passage] = {}
        for text in self.texts:
            for each in found_in(text, self.known, names=self.names):
                said = passage(text, each)
                before = kept.get(said)
                kept[said] = Passage(
                    said, before.what if before else each.what, each.is_firm or bool(before and before.is_firm)
                )
        return list(kept.values())

    @property
    def doubtful(self) -> list[Passage]:
        """Those that whoever knows better may uncover."""
        return [each for each in self.found if not each.is_firm]

    @property
    def party(self) -> str:
        """As the public reads it."""
        party = self.case.party
        if party.kind == Party.PERSON and chosen().public_names == "shown":
            return str(party.name)
        return Redaction(self.known).covered(party.name)

    def suggested(self) -> dict[str, str]:
        """For the fields that are typed."""
        case, proposal = self.case, self.case.decided_proposal()
        weighing = proposal.weighing
        violation = weighing.weighed.violation if weighing else "、".join(case.kind_labels)
        year, number = re.findall(r"\d+", case.decision_number)
        label = decision_label(case)
        said = {
            "violation": violation,
            "index_number": f"{chosen().paper_prefix}-处罚-{year}-{number}",
            "title": f"{self.paper.title}（{label}）",
            "outline": f"{violation}：{kinds_said(proposal)}",
        }
        covered = Redaction(self.known, self.names)
        return {name: covered.covered(text) for name, text in said.items()}

    def decision(self, wording: Wording) -> PublicDecision:
        """Raises Incomplete where what was typed is personal, where what is marked is not there, and where what always
        is covered was to be uncovered."""
        marks = tuple(paragraphs(wording.marked))
        self._refuse_what_is_not_there(marks)
        if firm := set(wording.uncovered) - {each.text for each in self.doubtful}:
            raise Incomplete(f"{'、'.join(sorted(firm))}不能不遮盖。")
        by = Redaction(self.known, self.names, marks, frozenset(wording.uncovered))
        self._refuse_personal(wording.typed, by)
        case, proposal = self.case, self.case.decided_proposal()
        return PublicDecision(
            number=decision_label(case),
            party=self.party,
            penalty=kinds_said(proposal),
            bureau=self.paper.sheet.bureau,
            decided_on=case.decided_on,
            made_on=timezone.localdate(self.paper.at),
            changes=tuple(by.covered(each) for each in _changes(case)),
            paper=public_copy(self.paper.sheet, by.covered),
            **wording.typed,
        )

    def _refuse_what_is_not_there(self, marks: tuple[str, ...]) -> None:
        read = ["".join(each for each in plain(text) if each.isalnum()) for text in self.texts]
        wanted = ((mark, "".join(each for each in plain(mark) if each.isalnum())) for mark in marks)
        if absent := [mark for mark, bare in wanted if not any(len(bare) > 1 and bare in text for text in read)]:
            raise Incomplete(f"文书里没有“{'”“'.join(absent)}”，请照文书的原文一行标注一段，每段两个字以上。")

    def _refuse_personal(self, typed: Mapping[str, str], by: Redaction) -> None:
        """An index number may look like a telephone."""
        for name, text in typed.items():
            asked = replace(by, names=(*by.names, *names_in(text)))
            found = [each for each in asked.found(text) if each.is_firm or name != "index_number"]
            if found:
                said = "、".join(dict.fromkeys(passage(text, each) for each in found))
                raise Incomplete(f"“{text}”里的“{said}”是个人信息或者要遮盖的内容，请换一种写法。")


def known_of(case: Any) -> Known:
    """All that the file has of the party, also as it was before it was put right, and as its decision has it."""
    party = case.party
    held, is_person = [party, *party.history.all()], party.kind == Party.PERSON
    people = [each.name for each in held if is_person or each.kind == Party.PERSON]
    addresses = [*(each.address for each in held), *(each.party_address for each in case.decisions.all())]
    where = [*(part for each in addresses for part in _parts(each)), *(each.identity_number for each in held)]
    born = [day for each in held for day in _births(each.identity_number)]
    shown = party.name if is_person and chosen().public_names == "shown" else ""
    spared = [shown] if is_person else [each.name for each in held if each.name not in people]
    return Known(
        names=_given([*people, *(each.representative for each in held)], without=shown),
        texts=_given([*(each.phone for each in held), *born, *(where if is_person else [])]),
        doubtful=() if is_person else _given(where),
        spared=_given(spared),
    )


def _parts(address: str) -> list[str]:
    """文安县大柳河镇东滩村三排12号, 大柳河镇东滩村三排12号 and 东滩村三排12号. A bare county is no home: its name
    stands in every paper."""
    if re.search("[省市县区]$", address):
        return []
    parts = re.split(r"(?<=[省市县区镇乡])|(?<=街道)", address)
    return [rest for at in range(len(parts)) if len(rest := "".join(parts[at:])) > 4]


def _births(identity: str) -> list[str]:
    """The day that stands in the number, as people write it."""
    if not re.fullmatch(r"\d{6}(?:19|20)\d{9}[\dXx]", identity):
        return []
    year, month, day = identity[6:10], identity[10:12], identity[12:14]
    return [f"{year}年{int(month)}月{int(day)}日", f"{year}年{month}月{day}日", f"{year}{month}{day}"]


def _given(texts: list[str], *, without: str = "") -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(texts) if len(each) > 1 and each != without)


NAMES = ("recipient", "witness", "asked_by", "consent_by", "by_name")
"""Columns that hold a name, or more than one."""


def names_in_the_file(case: Any) -> list[str]:
    """Of each row that belongs to the case."""
    found: list[str] = []
    for model, way in sealed_models():
        columns = texts_of(model)
        for values in model._base_manager.filter(**{way: case.pk}).values_list(*columns) if columns else ():
            for column, text in zip(columns, values, strict=True):
                bare = plain(text or "").strip()
                found += [bare] if column in NAMES and is_name(bare) else names_in(bare)
    return list(dict.fromkeys(found))


def _changes(case: Any) -> list[str]:
    """What a review or a court made of the decision."""
    ends = [each for each in case.remedy_ends() if each.outcome == RemedyEnd.Outcome.CHANGED]
    return [_change(each) for each in ends]


def _change(end: RemedyEnd) -> str:
    sums = [
        f"{what}变更为{said_sum(amount)}"
        for what, amount in (("罚款", end.fine), ("没收的违法所得", end.gains))
        if amount is not None
    ]
    lifted = [f"不再{'、'.join(end.lifted)}"] if end.lifted else []
    return f"{end.ended_on} {end.remedy.get_kind_display()}变更：{'；'.join([*sums, *lifted])}（{end.paper}）。"
