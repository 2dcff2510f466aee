"""The JSON Schema of the interchange form, made from the documents themselves."""

from collections.abc import Collection
from typing import Any

from pydantic.json_schema import models_json_schema

from editions.form import parts
from editions.register.register import SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def interchange(held: Collection[parts.Part]) -> dict[str, Any]:
    """Of lists that have these parts, or some of them."""
    kinds = [kind for kind in parts.kinds() if not kind.is_part or kind in held]
    models, definitions = models_json_schema(
        [(kind.document, "validation") for kind in kinds], ref_template="#/$defs/{model}"
    )
    defs = definitions["$defs"]
    properties: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "edition": {"type": "object", "description": "公布这份清单的版本"},
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
