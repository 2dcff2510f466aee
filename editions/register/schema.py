"""The JSON Schema of the interchange form, made from the documents themselves."""

from collections.abc import Collection
from typing import Any

from pydantic.json_schema import models_json_schema

from editions.form import parts
from editions.register.register import SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"


EDITION: dict[str, Any] = {
    "type": "object",
    "description": "公布这份清单的版本",
    "properties": {
        "label": {"type": "string", "description": "2018-03"},
        "kind": {"type": "string", "description": "adjustment 调整，correction 更正"},
        "state": {"type": "string"},
        "effective_on": {"type": "string", "format": "date", "description": "施行的第一天"},
        "effective_day_assumed": {"type": "boolean", "description": "原件只写到月，日为推定"},
        "content_digest": {"type": "string"},
        "chain_digest": {"type": "string"},
        "url": {"type": "string", "format": "uri", "description": "永久地址"},
        "addresses": {
            "type": "object",
            "description": "整份清单里每一项的永久地址：先按部分，再按代码",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
        },
    },
}
"""What list.json says of the edition; a list that is loaded need not say it."""


def interchange(held: Collection[parts.Part], *, reference: str = "#/$defs/{model}") -> dict[str, Any]:
    """Of lists that have these parts, or some of them; `reference` is how one document names the schema of another."""
    kinds = [kind for kind in parts.kinds() if not kind.is_part or kind in held]
    models, definitions = models_json_schema([(kind.document, "validation") for kind in kinds], ref_template=reference)
    defs = definitions["$defs"]
    properties: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "edition": EDITION,
    }
    for kind in kinds:
        ref = models[kind.document, "validation"]
        if kind.is_part:
            defs[ref["$ref"].rsplit("/", 1)[1]]["properties"]["serial"] = {
                "type": "string",
                "description": "印出的序号",
                "x-printed": True,
            }
        properties[kind.name] = {**ref} if kind.single else {"type": "array", "items": ref, "title": kind.label}
    return {
        "$schema": DIALECT,
        "title": "责任清单",
        "type": "object",
        "properties": properties,
        "required": ["schema", "cover", "frames"],
        "additionalProperties": False,
        "$defs": defs,
    }
