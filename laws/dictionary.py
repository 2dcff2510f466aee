"""The dictionary as a file: what the portal comes with, and how it gets into the rows that the staff keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from laws.models import KnownLaw, Term

SHIPPED = Path(__file__).resolve().parent.parent / "fixtures" / "dictionary" / "法规与规范用语.yaml"


@dataclass(frozen=True)
class Entries:
    """The values of the rows: of laws by title, of terms by the wrong word."""

    laws: Mapping[str, Mapping[str, Any]]
    terms: Mapping[str, Mapping[str, Any]]


def read(path: Path = SHIPPED) -> Entries:
    """The entries of a file. Raises KeyError where an entry has no title, or no words."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    empty = ("number", "replaced_by", "also", "source")
    blank: dict[str, Any] = {"in_force_on": None, "repealed_on": None, **dict.fromkeys(empty, "")}
    laws = {each["title"]: {**blank, **{k: v for k, v in each.items() if k != "title"}} for each in content["laws"]}
    terms = {each["wrong"]: {"right": each["right"], "source": each.get("source", "")} for each in content["terms"]}
    return Entries(laws, terms)


def stored() -> Entries:
    """The entries that the staff keep and have not taken out of use; of a dictionary that was never filled, those that
    the portal comes with."""
    laws, terms = list(KnownLaw.objects.values()), list(Term.objects.values())
    if not (laws or terms):
        return read()
    return Entries(
        {row["title"]: row for row in laws if row["retired_on"] is None},
        {row["wrong"]: row for row in terms if row["retired_on"] is None},
    )


def load(entries: Entries, *, reason: str) -> int:
    """Add what is missing; what the staff changed stays as they have it. How many rows were added."""
    added = 0
    with transaction.atomic():
        for model, key, wanted in ((KnownLaw, "title", entries.laws), (Term, "wrong", entries.terms)):
            there = set(model.objects.values_list(key, flat=True))  # type: ignore[attr-defined]
            for name, values in wanted.items():
                if name not in there:
                    model(**{key: name}).put(reason=reason, **values)
                    added += 1
    return added
