"""The list as data: a list, a part and an item as JSON, the tables as CSV and XLSX. Anybody may take them, from any
site."""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from editions.form import parts
from editions.form.keys import Key
from editions.public import catalogue, edition_cache
from editions.public.reading import Reading, address
from editions.public.views import PublicView, edition_view, find_listed, find_part
from editions.register import schema
from editions.register.register import SCHEMA, Listed, Register
from history.spreadsheets import as_text

JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 1}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""What ZIP takes for no time: the same edition gives the same bytes."""
SHEET_NAME = 31
"""Characters that Excel takes in the name of a sheet."""


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params=JSON)


def _schema_address(definition: str = "") -> str:
    """Of the whole list, or of the file of a part or of an item."""
    return address(reverse("schema-json")) + (f"#/$defs/{definition}" if definition else "")


def _address(reading: Reading, name: str, **where: Any) -> str:
    """For good, and whole."""
    return reading.url(name, **where) if reading.preview else address(reading.permanent_url(name, **where))


def _head(reading: Reading) -> dict[str, Any]:
    edition = reading.edition
    return {
        "label": edition.label,
        "kind": edition.kind,
        "state": edition.state,
        "effective_on": edition.effective_on.isoformat(),
        "effective_day_assumed": edition.effective_day_assumed,
        "content_digest": edition.content_digest,
        "chain_digest": edition.chain_digest,
        "url": _address(reading, "contents"),
    }


@edition_view
def list_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The whole edition in the interchange form, which load_register reads: where its items are stands in the head, and
    not in them."""
    head = _head(reading) | {"addresses": _addresses(reading)}
    return _json({"schema": SCHEMA, "edition": head, **reading.register.dump()})


def _addresses(reading: Reading) -> dict[str, dict[str, str]]:
    """By part and code."""
    return {
        part.name: {
            document.code: _address(reading, "item", part=part.name, code=document.code)
            for document in reading.register.documents(part.name)
        }
        for part in reading.register.parts
    }


@edition_view
def part_json(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    """A part: its frame and its items, each as the whole list holds it."""
    here = find_part(reading, part)
    return _json(
        {
            "schema": _schema_address(f"{part}-part"),
            "edition": _head(reading),
            "part": part,
            "label": here.label,
            "url": _address(reading, "part", part=part),
            "frame": reading.register.frame(part).dump(),
            "items": [_item(reading, here, listed) for listed in reading.register.of(part)],
        }
    )


@edition_view
def item_json(request: HttpRequest, reading: Reading, part: str, code: str) -> HttpResponse:
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("item-json", part=part, code=code))
    here, listed = find_listed(reading, part, code)
    return _json(
        {
            "schema": _schema_address(f"{part}-item"),
            "edition": _head(reading),
            "part": part,
            **_item(reading, here, listed),
        }
    )


def file_schemas(document: dict[str, Any]) -> dict[str, Any]:
    """What the file of a part and the file of an item hold, of that document (JSON Schema)."""
    text = {"type": "string"}
    one = {"code": text, "url": {**text, "format": "uri"}, "digest": text, "item": document}
    head = {"schema": {**text, "format": "uri"}, "edition": schema.EDITION, "part": text}
    whole = {"label": text, "url": {**text, "format": "uri"}, "frame": {"type": "object"}}
    return {
        "item": closed({**head, **one}),
        "part": closed({**head, **whole, "items": {"type": "array", "items": closed(one)}}),
    }


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _item(reading: Reading, part: parts.Part, listed: Listed) -> dict[str, Any]:
    code = part.key_of(listed.document).code
    return {
        "code": code,
        "url": _address(reading, "item", part=part.name, code=code),
        "digest": listed.digest(part.name),
        "item": {"serial": listed.serial, **listed.document.dump()},
    }


def _schema_json(request: HttpRequest) -> HttpResponse:
    published = catalogue.current().published
    held = {name for edition in published for name in edition_cache.compute(_parts, edition)}
    wanted = [part for part in parts.parts() if part.name in held or not published]
    made = {"$id": _schema_address(), **schema.interchange(wanted)}
    for part in wanted:
        files = file_schemas(made["properties"][part.name]["items"])
        made["$defs"] |= {f"{part.name}-{name}": file for name, file in files.items()}
    return JsonResponse(made, json_dumps_params=JSON, content_type="application/schema+json")


schema_json = PublicView(_schema_json, _schema_json, is_ready=True)
"""JSON Schema of list.json, in whatever edition; before the first, of what can be loaded."""


def _parts(register: Register) -> list[str]:
    return [part.name for part in register.parts]


# Tables


def rows_of_part(register: Register, part: parts.Part) -> Iterator[list[str]]:
    """The titles, then a row for each row of the form, what is printed once beside several in each of them; of running
    text a row for each paragraph, with the way to it."""
    items = register.form_items(part.name)
    sheet = register.sheet(part.name)
    if items is None or sheet is None:
        yield ["代码", "锚点", "序号", part.label, "位置", "文字"]
        for listed in register.of(part.name):
            for place in listed.document.places():
                for cell in place.cells:
                    where = "".join(place.trail)
                    yield [listed.document.code, place.anchor, listed.serial, listed.title, where, cell.text]
        return
    yield ["代码", *sheet.titles]
    for item in items.values():
        beside = [cell.text for cell in item.rows[0].beside]
        for row in item.rows:
            code = row.anchor.upper() or item.document.code
            yield [code, item.serial, item.head.text, *(cell.text for cell in row.cells), *beside]


@edition_view
def part_csv(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    """In UTF-8 with a mark at its beginning, which spreadsheets ask for."""
    return csv_file(rows_of_part(reading.register, find_part(reading, part)), f"{part}-{reading.edition.label}.csv")


@edition_view
def part_xlsx(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    return _xlsx(reading, [find_part(reading, part)], f"{part}-{reading.edition.label}.xlsx")


@edition_view
def list_csv(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Every printed cell of the list in one table: the part, what it belongs to, where it stands, its column."""
    return csv_file(_cells(reading.register), f"list-{reading.edition.label}.csv")


@edition_view
def list_xlsx(request: HttpRequest, reading: Reading) -> HttpResponse:
    """A sheet for each part."""
    return _xlsx(reading, reading.register.parts, f"list-{reading.edition.label}.xlsx")


def _cells(register: Register) -> Iterator[list[str]]:
    yield ["部分", "代码", "锚点", "序号", "位置", "栏目", "文字"]
    for part in register.parts:
        for listed in register.of(part.name):
            for place in listed.document.places():
                for cell in place.cells:
                    where = "".join(place.trail)
                    yield [part.label, listed.document.code, place.anchor, listed.serial, where, cell.column, cell.text]


def csv_file(rows: Iterator[list[str]], name: str) -> HttpResponse:
    """With nothing in it that a spreadsheet takes for a formula."""
    out = io.StringIO()
    csv.writer(out).writerows(map(as_text, row) for row in rows)
    content = out.getvalue().encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", name)


def _xlsx(reading: Reading, wanted: list[parts.Part], name: str) -> HttpResponse:
    book = Workbook(write_only=True)
    book.properties.title = reading.register.cover.title
    book.properties.creator = reading.register.bureau.full_name or reading.register.bureau.name
    began = datetime.datetime.combine(reading.edition.effective_on, datetime.time())
    book.properties.created = book.properties.modified = began
    for part in wanted:
        sheet = book.create_sheet(part.label[:SHEET_NAME])
        for row in rows_of_part(reading.register, part):
            sheet.append([_text_cell(sheet, text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return _file(_without_times(out.getvalue(), began), XLSX, name)


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    """Text, whatever a spreadsheet would make of it."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _without_times(content: bytes, day: datetime.datetime) -> bytes:
    """The same workbook with no time in it but that of the edition, so that every worker makes the same."""
    stamp = rf"\g<1>{day:%Y-%m-%dT%H:%M:%SZ}<".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            held = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*<", stamp, made.read(name))
            kept.writestr(zipfile.ZipInfo(name, BEGINNING), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def last_changes(seen: catalogue.Catalogue) -> dict[Key, datetime.date]:
    """Since when each item of the list in force reads as it does."""
    since: dict[Key, tuple[str, datetime.date]] = {}
    for edition in reversed(seen.published):
        if edition.revoked_on and edition.revoked_on <= seen.day:
            continue
        for key, held in edition_cache.compute(_digests, edition).items():
            if since.get(key, ("",))[0] != held:
                since[key] = held, edition.effective_on
    return {key: day for key, (_, day) in since.items()}


def _digests(register: Register) -> dict[Key, str]:
    return {
        part.key_of(listed.document): listed.digest(part.name)
        for part in register.parts
        for listed in register.of(part.name)
    }
