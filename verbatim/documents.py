"""The published form of one thing: a frozen document, its canonical text and its digest.

A field of type `Printed` or `Cell` holds text that stands in the printed list; every other field is what the form needs
(codes, anchors) or what the bureau added. Nothing that is added is ever mixed into printed text.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from verbatim.fields import tidy

PRINTED = {"x-printed": True}


def _tidy_cell(text: str) -> str:
    if text != tidy(text):
        raise ValueError("每段文字前后不能有空格，段与段之间不能有空行")
    if "\x00" in text:
        raise ValueError("文字中含有空字符")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("只能有一行")
    return _tidy_cell(text)


Cell = Annotated[str, AfterValidator(_tidy_cell), Field(json_schema_extra=PRINTED)]
"""Printed paragraphs, one a line."""

Printed = Annotated[str, AfterValidator(_one_line), Field(json_schema_extra=PRINTED)]
"""Printed text of one line."""


class Document(BaseModel):
    """One thing as it is published. Fields at their default are not written, so that a new optional field changes
    no digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def dump(self) -> dict[str, Any]:
        """The interchange form: JSON values, fields in order, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def canonical(self) -> str:
        """The text that is stored and hashed: keys sorted, no white space between, characters as they are."""
        return json.dumps(self.dump(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, canonical: str) -> Self:
        return cls.model_validate_json(canonical)

    def codes(self) -> Iterator[str]:
        """The permanent codes and anchors inside this document, those that are retired among them."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            for part in value if isinstance(value, tuple) else ():
                if isinstance(part, Document):
                    yield from filter(None, [getattr(part, "code", ""), getattr(part, "anchor", "")])
                    yield from part.codes()

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        twice = sorted(code for code, count in Counter(self.codes()).items() if count > 1)
        if twice:
            raise ValueError(f"{'、'.join(twice)} 写了不止一次")
        return self

    @property
    def summary(self) -> str:
        """A few words beside the title in a table of contents."""
        return ""

    def additions(self, register: Any) -> Iterator[tuple[str, Any]]:
        """What the bureau added here: a line for readers, and the addition (who, when, on what basis)."""
        yield from ()

    def references(self) -> Iterator[tuple[str, str]]:
        """What this document points at: the kind of document (departments) and its code."""
        yield from ()

    def lines(self, serial: str) -> Iterator[str]:
        """The printed lines of this document as the form sets them, the entry's serial number among them."""
        if serial:
            yield serial
        yield from self.printed()

    def printed(self) -> Iterator[str]:
        """Every printed paragraph, in the order of the fields."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, str):
                if field.json_schema_extra == PRINTED and value:
                    yield from value.split("\n")
            elif isinstance(value, Document):
                yield from value.printed()
            elif isinstance(value, tuple):
                for part in value:
                    if isinstance(part, Document):
                        yield from part.printed()


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()
