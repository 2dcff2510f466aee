"""The standards that the portal comes with, and how they get into the rows that 法规审核 keeps."""

import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from cases.amounts import LegalRange
from cases.discretion.documents import StandardsDocument, document_of, document_of_provision
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation, When, range_of
from cases.penalties import Penalty

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "discretion" / "裁量.yaml"
COMES_WITH = "装入随程序带的裁量文件和罚则"

Rows = Mapping[str, list[dict[str, Any]]]


def shipped(path: Path = SHIPPED) -> Rows:
    content: Rows = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return content


def shipped_ranges() -> dict[str, LegalRange]:
    """What the shipped provisions allow, by the clause of the list on which the violation rests: c5-3-1."""
    content = shipped()
    anchors = {given["code"]: given["anchor"] for given in content["violations"]}
    return {
        anchors[given["violation"]]: range_of(
            given["law"],
            {Penalty(kind): When(when) for kind, when in given["kinds"].items()},
            Decimal(given.get("minimum", 0)),
            Decimal(given.get("maximum", 0)),
            given.get("difference", ""),
        )
        for given in content["provisions"]
    }


def load(content: Rows, *, reason: str = COMES_WITH) -> int:
    """Add what is missing, by code; what the staff changed stays as they have it. How many rows were added."""
    with transaction.atomic():
        return sum(1 for _ in _load(content, reason))


KINDS: tuple[tuple[str, Any], ...] = (
    ("standards", Standard),
    ("violations", Violation),
    ("provisions", Provision),
    ("factors", Factor),
    ("bands", Band),
)
"""What is pointed at before what points."""


def _load(content: Rows, reason: str) -> Iterator[Any]:
    for name, kind in KINDS:
        there = set(kind.objects.values_list("code", flat=True))
        for given in content[name]:
            if given["code"] not in there:
                values = {each: value for each, value in given.items() if each not in ("kinds", "called")}
                row = _put(kind, values, reason)
                yield row
                for penalty, when in given.get("kinds", {}).items():
                    called = given.get("called", {}).get(penalty, "")
                    yield ProvisionKind(provision=row).put(reason=reason, kind=penalty, when=when, called=called)


POINTING: dict[str, Any] = {
    "standard": Standard,
    "violation": Violation,
    "provision": Provision,
}


def _put(kind: Any, given: Mapping[str, Any], reason: str) -> Any:
    """Rows are pointed at by their codes."""
    values = {
        name: POINTING[name].objects.get(code=value) if name in POINTING else value for name, value in given.items()
    }
    return kind(code=values.pop("code")).put(reason=reason, **values)


@functools.cache
def shipped_standards() -> StandardsDocument:
    """The same as the public reads it, until somebody publishes another."""
    content = shipped()
    rows = {kind: {given["code"]: _unsaved(kind, given) for given in content[name]} for name, kind in KINDS}
    for kind, held in rows.items():
        for given, row in zip(content[_name_of(kind)], held.values(), strict=True):
            for name in POINTING.keys() & given.keys():
                setattr(row, name, rows[POINTING[name]][given[name]])
    provisions = zip(content["provisions"], rows[Provision].values(), strict=True)
    return StandardsDocument(
        standards=tuple(
            document_of(
                row,
                [each for each in rows[Band].values() if each.standard is row],
                [each for each in rows[Factor].values() if each.standard is row],
            )
            for row in rows[Standard].values()
        ),
        provisions=tuple(document_of_provision(row, _kinds_of(given)) for given, row in provisions),
    )


def _name_of(kind: Any) -> str:
    return next(name for name, each in KINDS if each is kind)


def _kinds_of(given: Mapping[str, Any]) -> list[ProvisionKind]:
    called = given.get("called", {})
    return [ProvisionKind(kind=kind, when=when, called=called.get(kind, "")) for kind, when in given["kinds"].items()]


def _unsaved(kind: Any, given: Mapping[str, Any]) -> Any:
    own = {name: value for name, value in given.items() if name not in (*POINTING, "kinds", "called")}
    return kind(**{name: kind._meta.get_field(name).to_python(value) for name, value in own.items()})
