"""The published form of the standards: documents with their bands and factors, and articles with what they punish."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import Field

from cases.discretion.rows import FromDayToDay
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind
from history.models import listed
from verbatim.codes import numbers_of
from verbatim.documents import Document
from verbatim.folding import fold


class InForceDocument(FromDayToDay, Document):
    code: Annotated[str, Field(title="代码")]
    since: Annotated[datetime.date, Field(title="施行日期")]
    until: Annotated[datetime.date | None, Field(title="失效日期")]


class BandDocument(Document):
    code: Annotated[str, Field(title="代码")]
    grade: Annotated[str, Field(title="档次")]
    said: Annotated[str, Field(title="种类和幅度")]
    condition: Annotated[str, Field(title="适用条件")]
    provision: Annotated[str, Field(title="罚则")]
    """Empty where it is for all."""


class FactorDocument(Document):
    code: Annotated[str, Field(title="代码")]
    name: Annotated[str, Field(title="因素")]
    violation: Annotated[str, Field(title="违法行为")]
    """Empty where it is for all."""
    binding: Annotated[str, Field(title="应当还是可以")]
    leads_to: Annotated[str, Field(title="裁量")]
    clause: Annotated[str, Field(title="条款")]


class StandardDocument(InForceDocument):
    title: Annotated[str, Field(title="名称")]
    issuer: Annotated[str, Field(title="制定机关")]
    number: Annotated[str, Field(title="文号")]
    published_on: Annotated[datetime.date, Field(title="公布日期")]
    bands: Annotated[tuple[BandDocument, ...], Field(title="裁量档")]
    factors: Annotated[tuple[FactorDocument, ...], Field(title="裁量因素")]


class ProvisionDocument(InForceDocument):
    violation: Annotated[str, Field(title="违法行为代码")]
    name: Annotated[str, Field(title="违法行为")]
    item: Annotated[str, Field(title="清单条目")]
    list_anchor: Annotated[str, Field(title="清单条款")]
    """Of two versions of an article it is the same."""
    source: Annotated[str, Field(title="法律法规、版本、条款")]
    quoted: Annotated[str, Field(title="条文")]
    said_range: Annotated[str, Field(title="种类和幅度")]
    difference: Annotated[str, Field(title="清单和法律不一致之处")]
    note: Annotated[str, Field(title="说明")]


class StandardsDocument(Document):
    """All that is kept and not retired; what is in force is worked out when it is read."""

    standards: tuple[StandardDocument, ...] = ()
    provisions: tuple[ProvisionDocument, ...] = ()

    def on(self, day: datetime.date) -> "StandardsDocument":
        return StandardsDocument(
            standards=tuple(each for each in self.standards if each.is_in_force_on(day)),
            provisions=tuple(each for each in self.provisions if each.is_in_force_on(day)),
        )

    def holding(self, wanted: list[str]) -> "StandardsDocument":
        """What holds all of these folded words: articles with all their bands, bands and factors one by one. A document
        stays for what is shown of it."""
        provisions = [each for each in self.provisions if self._holds(each, wanted)]
        shown = {each.code for each in provisions}
        standards = []
        for standard in self.standards:
            named = f"{standard.title}{standard.number}{standard.issuer}"
            bands = [each for each in standard.bands if each.provision in shown or _holds(each, wanted, named)]
            factors = [each for each in standard.factors if _holds(each, wanted, named)]
            if bands or factors or _holds(standard, wanted):
                standards.append(standard.with_values(bands=tuple(bands), factors=tuple(factors)))
        return StandardsDocument(standards=tuple(standards), provisions=tuple(provisions))

    def _holds(self, provision: ProvisionDocument, wanted: list[str]) -> bool:
        bands = (each for standard in self.standards for each in standard.bands if each.provision == provision.code)
        return _holds(provision, wanted, "".join(map(_text, bands)))

    @property
    def is_empty(self) -> bool:
        return not (self.standards or self.provisions)

    @property
    def latest(self) -> datetime.date | None:
        """The last day on which something of it came into force."""
        return max((each.since for each in (*self.standards, *self.provisions)), default=None)


def _holds(document: Any, wanted: list[str], more: str = "") -> bool:
    held = fold(f"{_text(document)}；{more}")
    return all(word in held for word in wanted)


def composed() -> StandardsDocument:
    """As 法规审核 has them now."""
    rows = Standard.objects.listed().prefetch_related("bands__provision", "factors__violation")
    provisions = Provision.objects.listed().filter(violation__retired_on=None).with_kinds()
    return StandardsDocument(
        standards=tuple(document_of(row, listed(row.bands), listed(row.factors)) for row in rows),
        provisions=tuple(document_of_provision(row, listed(row.kinds)) for row in provisions),
    )


def document_of(row: Standard, bands: Iterable[Band], factors: Iterable[Factor]) -> StandardDocument:
    own = ("code", "since", "until", "title", "issuer", "number", "published_on")
    return StandardDocument(
        **{name: getattr(row, name) for name in own},
        bands=tuple(map(_band, bands)),
        factors=tuple(map(_factor, factors)),
    )


def _band(row: Band) -> BandDocument:
    of = row.provision.code if row.provision else ""
    return BandDocument(code=row.code, grade=row.grade, said=row.said, condition=row.condition, provision=of)


def _factor(row: Factor) -> FactorDocument:
    return FactorDocument(
        code=row.code,
        name=row.name,
        violation=row.violation.code if row.violation else "",
        binding=row.get_binding_display(),
        leads_to=row.get_leads_to_display(),
        clause=row.clause,
    )


def document_of_provision(row: Provision, kinds: Iterable[ProvisionKind]) -> ProvisionDocument:
    own = ("code", "since", "until", "source", "quoted", "difference", "note")
    return ProvisionDocument(
        **{name: getattr(row, name) for name in own},
        said_range=row.says(kinds),
        violation=row.violation.code,
        name=row.violation.name,
        item=row.violation.item,
        list_anchor=row.violation.anchor,
    )


def changes(before: StandardsDocument, after: StandardsDocument) -> Iterator[tuple[str, str, str, str]]:
    """What one has otherwise than the other: 新增, 修改 or 停用, the code, the text, and what the text was."""
    old, new = dict(_texts(before)), dict(_texts(after))
    for code in sorted({*old, *new}, key=lambda code: (code.split("-")[0], numbers_of(code))):
        if old.get(code) != new.get(code):
            how = "新增" if code not in old else "停用" if code not in new else "修改"
            yield how, code, new.get(code, ""), old.get(code, "")


def _texts(table: StandardsDocument) -> Iterator[tuple[str, str]]:
    """By code: each thing with all that the public reads of it."""
    for standard in table.standards:
        yield standard.code, _text(standard)
        of: tuple[Any, ...] = (*standard.bands, *standard.factors)
        for each in of:
            yield each.code, f"{_text(each)}，{standard.code}"
    for provision in table.provisions:
        yield provision.code, _text(provision)


def _text(document: Any) -> str:
    fields = ((field.title, getattr(document, name)) for name, field in type(document).model_fields.items())
    said = [f"{title} {value}" for title, value in fields if value and not isinstance(value, tuple)]
    return "；".join(said)
