"""Examples of the rules, agreed on before the code: each says of a rule what comes out of what is put in.

An app says what it knows by `register`: the function takes the inputs of an example by name, of the types that it
declares. One rule may have several functions, each for other inputs; an example is asked of the one that takes exactly
what it gives, and is not built yet where there is none.
"""

import datetime
import inspect
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, validate_call

from clocks.counting import Span
from clocks.deadlines import NotLawful
from clocks.time_limit import NoTimeLimit
from clocks.working_days import NoCalendar

Result = Mapping[str, Any]
Function = Callable[..., Result]

_functions: dict[str, list[Function]] = {}


class BadVectors(Exception):
    """What is wrong with a file of examples, in a sentence."""


def declare(*rules: str) -> None:
    """Rules that there are, whether or not a program can be asked of them."""
    for rule in rules:
        _functions.setdefault(rule, [])


def register(rule: str, function: Function) -> None:
    _functions.setdefault(rule, []).append(validate_call(function))


def example(rule: str) -> Callable[[Function], Function]:
    """`register` as a decorator."""

    def registered(function: Function) -> Function:
        register(rule, function)
        return function

    return registered


def _span(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    first, last = value
    return {"first": first, "last": last}


Period = Annotated[Span, BeforeValidator(_span)]
"""A pair of days, as examples write it."""


class Vector(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    set: str
    rule: str
    inputs: dict[str, Any]
    expect: dict[str, Any] = Field(min_length=1)
    why: str = ""


@dataclass(frozen=True)
class Difference:
    vector: Vector
    got: Result


@dataclass
class Outcome:
    agreed: list[Vector] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    waiting: Counter[str] = field(default_factory=Counter)
    """How many examples there are of what is not built yet, by rule."""


def read(path: Path) -> list[Vector]:
    """Raises BadVectors."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise BadVectors(f"读不了文件 {path}，请核对路径。") from None
    except (ValueError, RecursionError):
        raise BadVectors(f"{path.name} 不是 UTF-8 的 JSON 文件，请核对。") from None
    rows = content.get("vectors") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise BadVectors(f"{path.name} 里没有 vectors 一栏，应当像 {{'vectors': [例子, …]}}。")
    return [_vector(place, row) for place, row in enumerate(rows, start=1)]


def _vector(place: int, row: Any) -> Vector:
    named = row.get("id", f"第 {place} 个例子") if isinstance(row, dict) else f"第 {place} 个例子"
    try:
        vector = Vector.model_validate(row)
    except ValidationError as error:
        places = "、".join(str(each["loc"][0]) if each["loc"] else "整个例子" for each in error.errors())
        raise BadVectors(f"{named}：{places} 缺少、多余或写法不对，应当有 id、set、rule、inputs、expect。") from None
    if vector.rule not in _functions:
        raise BadVectors(f"{named}：不认识的规则“{vector.rule}”，请核对 rule 一栏。")
    return vector


def check(vectors: list[Vector]) -> Outcome:
    """Ask every example. Raises BadVectors where a value cannot be read."""
    outcome = Outcome()
    for vector in vectors:
        got = ask(vector)
        if got is None:
            outcome.waiting[vector.rule] += 1
        elif all(name in got and got[name] == wanted for name, wanted in vector.expect.items()):
            outcome.agreed.append(vector)
        else:
            outcome.differing.append(Difference(vector, got))
    return outcome


def ask(vector: Vector) -> Result | None:
    """What comes out, as JSON values; None where nobody takes these inputs. Raises BadVectors."""
    for function in _functions.get(vector.rule, ()):
        try:
            return dict(_as_json({"result": "accept", **function(**vector.inputs, **_set_for(function, vector))}))
        except NotLawful as refused:
            return {"result": "refuse", "clause": refused.clause}
        except (NoCalendar, NoTimeLimit) as unknown:
            return {"error": str(unknown)}
        except ValidationError as error:
            if said := _unreadable(error):
                raise BadVectors(f"{vector.id}：{said}，请核对 inputs。") from None
        except OverflowError:
            raise BadVectors(f"{vector.id}：日期太远，算不出来，请核对 inputs。") from None
    return None


def _set_for(function: Function, vector: Vector) -> dict[str, str]:
    """For a function that asks for it: not every example names a day."""
    return {"ruleset": vector.set} if "ruleset" in inspect.signature(function).parameters else {}


def _unreadable(error: ValidationError) -> str:
    """The value that cannot be read; empty where the function takes other inputs."""
    faults = error.errors()
    if any(each["type"] in ("missing_keyword_only_argument", "unexpected_keyword_argument") for each in faults):
        return ""
    return "、".join(f"{each['loc'][0]} 的值“{each['input']}”不对" for each in faults)


def _as_json(value: Any) -> Any:
    match value:
        case dict():
            return {name: _as_json(each) for name, each in value.items()}
        case list() | tuple():
            return [_as_json(each) for each in value]
        case datetime.datetime():
            return value.isoformat(timespec="minutes")
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case _:
            return value


def said(difference: Difference) -> Iterator[str]:
    """The lines that tell somebody what differs."""
    vector = difference.vector
    yield f"{vector.id} {vector.rule}（{vector.set}）"
    for name, value in (("输入", vector.inputs), ("应得", vector.expect), ("实得", difference.got)):
        yield f"  {name}：{json.dumps(value, ensure_ascii=False)}"
    yield f"  说明：{vector.why}"
