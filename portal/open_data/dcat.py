"""The data as a catalogue for other catalogues (DCAT 3): the list is a series, each edition a data set of it, each form
a distribution."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from editions.life.edition import Edition
from editions.public.data import XLSX
from editions.public.reading import Reading, address

CONTENT_TYPE = "application/ld+json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CHINESE = {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"}
"""The code list that DCAT names."""
FORMS = {
    "list-json": ("JSON", "application/json"),
    "list-csv": ("CSV", "text/csv"),
    "list-xlsx": ("XLSX", XLSX),
    "list-pdf": ("PDF", "application/pdf"),
}
"""The forms of a whole edition by the names of their addresses: what people call each, and its media type."""


def catalogue(reading: Reading) -> dict[str, Any]:
    cover, bureau = reading.register.cover, reading.register.bureau
    site, series = address(reverse("contents")), address(reverse("editions"))
    publisher = {"@type": "foaf:Agent", "foaf:name": bureau.full_name or bureau.name}
    published = reading.catalogue.published
    return {
        "@context": CONTEXT,
        "@id": address(reverse("data-catalogue")),
        "@type": "dcat:Catalog",
        "dct:title": cover.title,
        "dct:description": f"{publisher['foaf:name']}公布的责任清单，每一版都在，可以整份取用。",
        "dct:publisher": publisher,
        "dct:language": CHINESE,
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "foaf:homepage": {"@id": site},
        "dcat:service": {
            "@type": "dcat:DataService",
            "dct:title": cover.title,
            "dcat:endpointURL": {"@id": site},
            "dcat:endpointDescription": {"@id": address(reverse("openapi"))},
            "dcat:servesDataset": [{"@id": _page(reading, edition)} for edition in published],
        },
        "dcat:dataset": [
            {
                "@id": series,
                "@type": "dcat:DatasetSeries",
                "dct:title": cover.title,
                "dct:description": "责任清单的全部版本。",
                "dct:publisher": publisher,
                "dct:issued": _issued(published[-1]),
                "dct:modified": _issued(published[0]),
            },
            *(_dataset(reading, edition, series, publisher) for edition in published),
        ],
    }


def _dataset(reading: Reading, edition: Edition, series: str, publisher: dict[str, Any]) -> dict[str, Any]:
    page = _page(reading, edition)
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": edition.label,
        "dct:title": f"{reading.register.cover.title}（{edition.named}）",
        "dct:description": f"自 {edition.effective_on} 起施行的部门职责、职责边界、公共服务和监管制度。",
        "dct:publisher": publisher,
        "dct:issued": _issued(edition),
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _date(edition.effective_on)},
        "dct:language": CHINESE,
        "dcat:inSeries": {"@id": series},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": list(_distributions(reading, edition, page)),
    }


def _distributions(reading: Reading, edition: Edition, page: str) -> Iterator[dict[str, Any]]:
    for name, (form, media) in FORMS.items():
        made = {
            "@type": "dcat:Distribution",
            "dct:title": form,
            "dcat:accessURL": {"@id": page},
            "dcat:downloadURL": {"@id": address(reading.url_in(edition, name))},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
            "dct:license": {"@id": settings.DATA_LICENCE_URL},
        }
        if name == "list-json":
            made["dct:conformsTo"] = {"@id": address(reverse("schema-json"))}
        yield made


def _page(reading: Reading, edition: Edition) -> str:
    return address(reading.url_in(edition, "contents"))


def _issued(edition: Edition) -> dict[str, str]:
    """When it was made public; of the one that was before the portal only its first day is known."""
    return _date(timezone.localdate(edition.issued_at) if edition.issued_at else edition.effective_on)


def _date(day: datetime.date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}
