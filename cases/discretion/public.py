"""What the public sees of the standards: those in force, each with where it comes from (清单十五 asks for it)."""

import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import Field

from cases.discretion.rows import FromDayToDay
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision
from editions.public.data import JSON, open_to_all
from editions.public.reading import Reading
from editions.public.views import cross_edition_view, page
from history.models import listed
from verbatim.documents import Document

TITLE = "行政处罚裁量基准"


class InForce(FromDayToDay, Document):
    code: Annotated[str, Field(title="代码")]
    since: Annotated[datetime.date, Field(title="施行日期")]
    until: Annotated[datetime.date | None, Field(title="失效日期")]


class PublicBand(Document):
    code: Annotated[str, Field(title="代码")]
    grade: Annotated[str, Field(title="档次")]
    said: Annotated[str, Field(title="种类和幅度")]
    condition: Annotated[str, Field(title="适用条件")]
    provision: Annotated[str, Field(title="罚则")]
    """Empty where it is for all."""


class PublicFactor(Document):
    code: Annotated[str, Field(title="代码")]
    name: Annotated[str, Field(title="因素")]
    violation: Annotated[str, Field(title="违法行为")]
    """Empty where it is for all."""
    binding: Annotated[str, Field(title="应当还是可以")]
    leads_to: Annotated[str, Field(title="裁量")]
    clause: Annotated[str, Field(title="条款")]


class PublicStandard(InForce):
    title: Annotated[str, Field(title="名称")]
    issuer: Annotated[str, Field(title="制定机关")]
    number: Annotated[str, Field(title="文号")]
    published_on: Annotated[datetime.date, Field(title="公布日期")]
    bands: Annotated[tuple[PublicBand, ...], Field(title="裁量档")]
    factors: Annotated[tuple[PublicFactor, ...], Field(title="裁量因素")]


class PublicProvision(InForce):
    violation: Annotated[str, Field(title="违法行为代码")]
    name: Annotated[str, Field(title="违法行为")]
    item: Annotated[str, Field(title="清单条目")]
    anchor: Annotated[str, Field(title="清单条款")]
    source: Annotated[str, Field(title="法律法规、版本、条款")]
    quoted: Annotated[str, Field(title="条文")]
    said_range: Annotated[str, Field(title="种类和幅度")]
    difference: Annotated[str, Field(title="清单和法律不一致之处")]
    note: Annotated[str, Field(title="说明")]


class PublicStandards(Document):
    """All that is kept and not retired; what is in force is worked out when it is read."""

    standards: tuple[PublicStandard, ...] = ()
    provisions: tuple[PublicProvision, ...] = ()

    def on(self, day: datetime.date) -> "PublicStandards":
        return PublicStandards(
            standards=tuple(each for each in self.standards if each.is_in_force_on(day)),
            provisions=tuple(each for each in self.provisions if each.is_in_force_on(day)),
        )

    @property
    def latest(self) -> datetime.date | None:
        """The last day on which something of it came into force."""
        return max((each.since for each in (*self.standards, *self.provisions)), default=None)


def published_standards() -> PublicStandards:
    rows = Standard.objects.listed().prefetch_related("bands__provision", "factors__violation")
    provisions = Provision.objects.listed().filter(violation__retired_on=None).with_kinds()
    return PublicStandards(
        standards=tuple(map(_standard, rows)), provisions=tuple(_provision(each) for each in provisions)
    )


def _standard(row: Standard) -> PublicStandard:
    return PublicStandard(
        **{
            name: getattr(row, name) for name in ("code", "since", "until", "title", "issuer", "number", "published_on")
        },
        bands=tuple(map(_band, listed(row.bands))),
        factors=tuple(map(_factor, listed(row.factors))),
    )


def _band(row: Band) -> PublicBand:
    of = row.provision.code if row.provision else ""
    return PublicBand(code=row.code, grade=row.grade, said=row.said, condition=row.condition, provision=of)


def _factor(row: Factor) -> PublicFactor:
    return PublicFactor(
        code=row.code,
        name=row.name,
        violation=row.violation.code if row.violation else "",
        binding=row.get_binding_display(),
        leads_to=row.get_leads_to_display(),
        clause=row.clause,
    )


def _provision(row: Provision) -> PublicProvision:
    own = ("code", "since", "until", "source", "quoted", "said_range", "difference", "note")
    return PublicProvision(
        **{name: getattr(row, name) for name in own},
        violation=row.violation.code,
        name=row.violation.name,
        item=row.violation.item,
        anchor=row.violation.anchor,
    )


def _in_force(reading: Reading) -> PublicStandards:
    kept: PublicStandards = reading.catalogue.beside["standards"]
    return kept.on(reading.catalogue.day)


@cross_edition_view
def standards(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Documents, articles with their bands, and factors: those in force today."""
    seen = _in_force(reading)
    bands = [(standard, band) for standard in seen.standards for band in standard.bands]
    return page(
        request,
        "cases/standards.html",
        reading,
        "standards",
        {},
        named=TITLE,
        about=f"{reading.register.cover.title}：现行的裁量文件、罚则和裁量档，逐档写明出处",
        seen=seen,
        provisions=[(each, [pair for pair in bands if pair[1].provision == each.code]) for each in seen.provisions],
        for_all=[pair for pair in bands if not pair[1].provision],
        factors=[(standard, factor) for standard in seen.standards for factor in standard.factors],
    )


@cross_edition_view
def standards_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    return open_to_all(JsonResponse(_in_force(reading).model_dump(mode="json"), json_dumps_params=JSON))
