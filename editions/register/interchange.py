"""The interchange form, read: YAML files that people keep, or a published list.json, into a register, with every fault
named by file, place and reason before anything is written."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import Error as DatabaseError
from django.db import transaction
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from editions.form import parts
from editions.form.keys import Key
from editions.register.register import SCHEMA, Listed, Register
from history.refusals import said_by_database
from history.trail import ConcurrentChange
from verbatim.characters import complaint
from verbatim.documents import HeldText

LARGEST = 20 * 1024 * 1024
"""Bytes of one file; the whole list of a county is a hundredth of it."""

HEAD = ("schema", "edition")

REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样的一项，请检查拼写",
    "string_type": "应当是文字；像数字或日期的文字请加引号",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "bool_type": "应当是 true 或 false",
    "tuple_type": "应当是一列",
    "model_type": "应当是一组“名称: 值”",
    "date_type": "应当是日期，例如 2017-12-01",
    "date_parsing": "应当是日期，例如 2017-12-01",
    "date_from_datetime_parsing": "应当是日期，例如 2017-12-01",
    "date_from_datetime_inexact": "应当是日期，不带时刻",
    "string_pattern_mismatch": "代码（锚点）的写法不对",
    "string_too_long": "太长",
    "string_too_short": "不能空着",
    "literal_error": "不是可以用的值",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a register file."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}：{self.place}：{self.reason}" if self.place else f"{self.file}：{self.reason}"


class Faults(Exception):
    """A register that cannot be loaded; every fault is named, nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Parsed:
    """What the files hold: the register, and what they say of the edition that it was published as."""

    register: Register
    edition: Mapping[str, Any]
    sources: Mapping[Key, tuple[str, str]]
    """Where a document was read: file and place."""


def read(paths: Iterable[Path]) -> Parsed:
    """The register in these files, taken together. Raises Faults."""
    faults: list[Fault] = []
    listed: dict[str, list[Listed]] = {}
    sources: dict[Key, tuple[str, str]] = {}
    edition: Mapping[str, Any] = {}
    for path in paths:
        try:
            content = _content(path)
        except Faults as found:
            faults += found.faults
            continue
        for name, value in content.items():
            if name == "schema":
                if value != SCHEMA:
                    faults.append(Fault(path.name, name, f"格式版本是 {value!r}，本程序只读 {SCHEMA}"))
            elif name == "edition":
                if isinstance(value, Mapping):
                    edition = value
                else:
                    faults.append(Fault(path.name, name, "应当是一组“名称: 值”"))
            else:
                faults += _read_kind(path.name, name, value, listed, sources)
    register = Register({name: tuple(rows) for name, rows in listed.items()})
    if not faults:
        faults += _dangling(register, sources)
    if faults:
        raise Faults(faults)
    return Parsed(register, edition, sources)


def _content(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise Faults([Fault(path.name, "", f"文件超过 {LARGEST // 1024 // 1024} MB")])
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Faults([Fault(path.name, "", "不是 UTF-8 编码的文字")]) from None
    except OSError as error:
        raise Faults([Fault(path.name, "", f"读不了这个文件（{error.strerror}）")]) from None
    try:
        content = (
            json.loads(text, object_pairs_hook=_once)
            if path.suffix == ".json"
            else YAML(typ="safe").load(io.StringIO(text))
        )
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
        raise Faults([Fault(path.name, place, f"不是正确的 YAML（{getattr(error, 'problem', error)}）")]) from None
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise Faults([Fault(path.name, place, f"不是正确的 JSON（{error.msg}）")]) from None
    except (ValueError, RecursionError) as error:
        raise Faults([Fault(path.name, "", f"读不懂这个文件（{error}）")]) from None
    if not isinstance(content, Mapping):
        raise Faults([Fault(path.name, "", "文件里应当是一组“名称: 值”，例如 duties: …")])
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise ValueError(f"“{name}”写了 {count} 次")
    return dict(pairs)


def _read_kind(
    file: str,
    name: Any,
    value: Any,
    listed: dict[str, list[Listed]],
    sources: dict[Key, tuple[str, str]],
) -> Iterable[Fault]:
    kind = next((kind for kind in parts.kinds() if kind.name == name), None)
    if kind is None:
        known = "、".join([*HEAD, *(kind.name for kind in parts.kinds())])
        yield Fault(file, str(name), f"不认识的部分，只能是 {known}")
        return
    if kind.single:
        value = [value]
    if not isinstance(value, list):
        yield Fault(file, str(name), "应当是一列")
        return
    for index, row in enumerate(value):
        place = kind.name if kind.single else f"{kind.name}[{index + 1}]"
        if not isinstance(row, Mapping):
            yield Fault(file, place, "应当是一组“名称: 值”")
            continue
        row = dict(row)
        serial = row.pop("serial", "")
        if not isinstance(serial, str):
            yield Fault(file, f"{place}.serial", REASONS["string_type"])
            continue
        try:
            document = kind.document.model_validate(row)
        except ValidationError as error:
            for problem in error.errors():
                yield Fault(file, _place(place, problem["loc"]), _reason(problem))
            continue
        for held in (HeldText(("serial",), (), serial), *document.texts()):
            if said := complaint(held.text):
                yield Fault(file, _place(place, held.steps), said)
        key = kind.key_of(document)
        if key in sources:
            first = sources[key]
            yield Fault(file, place, f"{key.code} 已在 {first[0]} 的 {first[1]} 出现过")
            continue
        sources[key] = (file, place)
        listed.setdefault(kind.name, []).append(Listed(serial, document))


def _place(start: str, location: tuple[int | str, ...]) -> str:
    """duties[3].work_items[2].text: counted from 1, as people count."""
    return start + "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location)


def _reason(problem: Any) -> str:
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    reason = REASONS.get(problem["type"], f"值不合要求（{problem['msg']}）")
    return reason if problem["type"] == "missing" else f"{reason}，现在是 {str(problem['input'])[:60]!r}"


def _dangling(register: Register, sources: Mapping[Key, tuple[str, str]]) -> Iterable[Fault]:
    """Pointers to what neither the files nor the database have, and items that the files leave out."""
    known = {kind.name: {getattr(d, kind.key) for d in register.documents(kind.name)} for kind in parts.kinds()}
    for kind in parts.kinds():
        for document in register.documents(kind.name):
            for target, code in document.references():
                pointed = parts.get(target)
                assert isinstance(pointed, parts.RowKind)
                if code not in known[target] and not pointed.model.objects.filter(code=code).exists():
                    file, place = sources[kind.key_of(document)]
                    yield Fault(file, place, f"指向的 {target} {code} 不存在")
    for part in parts.parts():
        if known[part.name]:
            file = sources[Key(part.name, next(iter(known[part.name])))][0]
            if part.name not in known["frames"] and not _has_frame(part):
                yield Fault(file, part.name, f"{part.label}没有表头，请在 frames 里写上")
            for _, current in part.compose():
                code = getattr(current, part.key)
                listed = register.find(part.name, code)
                if listed is not None:
                    gone = sorted(set(current.codes()) - set(listed.document.codes()))
                    file, place = sources[Key(part.name, code)]
                elif code in {retired.code for retired in register.documents("retired")}:
                    continue
                else:
                    gone, place = [code], part.name
                if gone:
                    reason = f"缺少现有的 {'、'.join(gone)}；不再列入的请先取消，不能直接删去"
                    yield Fault(file, place, reason)


def _has_frame(part: parts.Part) -> bool:
    frames = parts.get("frames")
    assert isinstance(frames, parts.RowKind)
    return bool(frames.model.objects.filter(part=part.name).exists())


def load(parsed: Parsed, *, reason: str) -> None:
    """Write the register into the working rows, all or nothing, with history; what is the same is not written."""
    file, place = "数据库", ""
    try:
        with transaction.atomic():
            for kind in parts.kinds():
                for position, listed in enumerate(parsed.register.of(kind.name), start=1):
                    file, place = parsed.sources[kind.key_of(listed.document)]
                    where = {"serial": listed.serial, "position": position} if kind.is_part else {}
                    kind.load(listed.document, reason=reason, **where)
            file, place = "数据库", ""
    except ConcurrentChange as error:
        raise Faults([Fault(file, place, str(error))]) from error
    except DatabaseError as error:
        raise Faults([Fault(file, place, f"数据库没有接受：{said_by_database(error)}")]) from error
