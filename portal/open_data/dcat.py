"""The data as a catalogue for other catalogues (DCAT 3): the list is a series, each edition a data set of it, each form
a distribution; beside them what is public of penalties."""

import datetime
import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cases.discretion.views import TITLE as STANDARDS
from cases.publicity.views import TITLE as DECISIONS
from cases.publicity.views import are_there
from editions.life.edition import Edition
from editions.public.data import XLSX
from editions.public.reading import Reading, address
from editions.templatetags.reading import tel
from portal.answers.answer import enquiries

CONTENT_TYPE = "application/ld+json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CHINESE = {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"}
"""The code list that DCAT names."""
Forms = dict[str, tuple[str, str]]
FORMS: Forms = {
    "list-json": ("JSON", "application/json"),
    "list-csv": ("CSV", "text/csv"),
    "list-xlsx": ("XLSX", XLSX),
    "list-pdf": ("PDF", "application/pdf"),
}
"""The forms of a whole edition by the names of their addresses: what people call each, and its media type."""
OF_STANDARDS: Forms = {"standards-json": FORMS["list-json"]}
OF_DECISIONS: Forms = {"decisions-json": FORMS["list-json"], "decisions-csv": FORMS["list-csv"]}


def catalogue(reading: Reading) -> dict[str, Any]:
    cover, bureau = reading.register.cover, reading.register.bureau
    site, series = address(reverse("contents")), address(reverse("editions"))
    whose = {"dct:publisher": {"@type": "foaf:Agent", "foaf:name": bureau.full_name or bureau.name}}
    whose |= {"dcat:contactPoint": _contact(reading)}
    published = reading.catalogue.published
    datasets = [
        *(_edition(reading, edition) | {"dcat:inSeries": {"@id": series}} for edition in published),
        _beside(reading, "standards", STANDARDS, OF_STANDARDS),
        *([_beside(reading, "decisions", DECISIONS, OF_DECISIONS)] if are_there(reading.catalogue) else []),
    ]
    return {
        "@context": CONTEXT,
        "@id": address(reverse("data-catalogue")),
        "@type": "dcat:Catalog",
        "dct:title": cover.title,
        "dct:description": f"{bureau.full_name or bureau.name}公布的责任清单，每一版都在，可以整份取用。",
        **whose,
        "dct:language": CHINESE,
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "foaf:homepage": {"@id": site},
        "dcat:service": {
            "@type": "dcat:DataService",
            "dct:title": cover.title,
            "dcat:endpointURL": {"@id": site},
            "dcat:endpointDescription": {"@id": address(reverse("openapi"))},
            "dcat:servesDataset": [{"@id": each["@id"]} for each in datasets],
        },
        "dcat:dataset": [
            {
                "@id": series,
                "@type": "dcat:DatasetSeries",
                "dct:title": cover.title,
                "dct:description": "责任清单的全部版本。",
                "dct:issued": _issued(published[-1]),
                "dct:modified": _issued(published[0]),
                **whose,
            },
            *({**each, **whose} for each in datasets),
        ],
    }


def _contact(reading: Reading) -> dict[str, Any]:
    """Where it is told that the data are wrong, and the phone for enquiries where the list prints one."""
    phone = enquiries(reading.register)
    called = {"vcard:hasTelephone": {"@id": tel(phone.number)}} if phone else {}
    return {
        "@type": "vcard:Organization",
        "vcard:fn": reading.register.bureau.name,
        "vcard:hasURL": {"@id": address(reverse("error-reports"))},
        **called,
    }


def _edition(reading: Reading, edition: Edition) -> dict[str, Any]:
    page = reading.url_in(edition, "contents")
    title = f"{reading.register.cover.title}（{edition.named}）"
    return _dataset(page, title, FORMS, functools.partial(reading.url_in, edition)) | {
        "dct:identifier": edition.label,
        "dct:description": f"自 {edition.effective_on} 起施行的部门职责、职责边界、公共服务和监管制度。",
        "dct:issued": _issued(edition),
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _date(edition.effective_on)},
    }


def _beside(reading: Reading, name: str, title: str, forms: Forms) -> dict[str, Any]:
    """What is public beside the list, as it is today."""
    made = _dataset(reverse(name), f"{reading.register.bureau.name}{title}", forms, reverse)
    return made | {"dct:identifier": name, "dct:description": f"现在公开的{title}。"}


def _dataset(page: str, title: str, forms: Forms, url_of: Callable[[str], str]) -> dict[str, Any]:
    landing = {"@id": address(page)}
    return {
        "@id": landing["@id"],
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:language": CHINESE,
        "dcat:landingPage": landing,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": form,
                "dcat:accessURL": landing,
                "dcat:downloadURL": {"@id": address(url_of(name))},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
                "dct:license": {"@id": settings.DATA_LICENCE_URL},
                **({"dct:conformsTo": {"@id": address(reverse("schema-json"))}} if name == "list-json" else {}),
            }
            for name, (form, media) in forms.items()
        ],
    }


def _issued(edition: Edition) -> dict[str, str]:
    """When it was made public; of the one that was before the portal only its first day is known."""
    return _date(timezone.localdate(edition.issued_at) if edition.issued_at else edition.effective_on)


def _date(day: datetime.date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}
