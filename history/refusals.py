"""What the database refuses, as a sentence for people. Its own words are for the log."""

import re
from typing import Any

from django.apps import apps
from django.db import Error as DatabaseError
from django.db import models

AWAY = ("08", "57P")
"""The connection is gone, or the server is going down."""

SENTENCES = {
    "22001": "有一处文字太长，没有写入。请缩短以后再试。",
    "22003": "有一个数字太大，没有写入。请检查填写的数字。",
    "22007": "有一个日期写得不对，没有写入。请检查填写的日期。",
    "22008": "有一个日期写得不对，没有写入。请检查填写的日期。",
    "22021": "文字里有存不下的字符，没有写入。请删去看不见的字符再试。",
    "22P05": "文字里有存不下的字符，没有写入。请删去看不见的字符再试。",
    "22": "有一处内容的格式不对，没有写入。请检查填写的内容。",
    "23P01": "和已有的内容冲突，没有写入。请检查填写的内容。",
    "25006": "数据库现在只能读，没有写入。请过一会儿再试，还是这样请告诉系统管理。",
    "40": "别人正好也在写，这一次没有写入。请再试一次。",
    "42501": "数据库不准这样写，没有写入。这超出了门户的权限，请告诉系统管理。",
    "53": "数据库的磁盘或内存不够了，没有写入。请告诉系统管理。",
    "54": "内容超过了数据库的限度，没有写入。请分几次办。",
    "55P03": "别人正在办，等了很久还没有轮到，没有写入。请过一会儿再试。",
    "57014": "数据库用了太久，这一次没有办成，也没有写入。请过一会儿再试。",
    "08": "数据库连不上，没有写入。请过一会儿再试。",
    "57P": "数据库连不上，没有写入。请过一会儿再试。",
}
"""By what a state begins with (PostgreSQL, appendix A); the longest that fits."""


def said_by_database(error: DatabaseError) -> str:
    """One Chinese sentence, whatever it was: that of the constraint that was broken, of the trigger that refused, or of
    what kind of refusal it is."""
    diagnosis = getattr(error.__cause__, "diag", None)
    said = str(getattr(diagnosis, "message_primary", None) or "")
    own = _of_constraint(str(getattr(diagnosis, "constraint_name", None) or ""))
    if own or re.search(r"[\u4e00-\u9fff]", said):
        return _whole(own or said)
    return _by_state(str(getattr(diagnosis, "sqlstate", None) or ""), diagnosis)


def is_away(error: DatabaseError) -> bool:
    """Whether the database did not refuse but is not there."""
    state = getattr(getattr(error.__cause__, "diag", None), "sqlstate", None)
    return state is None or state.startswith(AWAY)


def _of_constraint(name: str) -> str:
    """What the constraint itself says, where somebody wrote it a sentence."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name == name
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return str(constraint.violation_error_message)
    return ""


def _by_state(state: str, diagnosis: Any) -> str:
    table, column = (str(getattr(diagnosis, f"{name}_name", None) or "") for name in ("table", "column"))
    model = next((each for each in apps.get_models(include_auto_created=True) if each._meta.db_table == table), None)
    name = _chinese(model._meta.verbose_name if model else "") or "这条记录"
    detail = str(getattr(diagnosis, "message_detail", None) or "")
    match state:
        case "23505":
            return f"{name}里已经有同样的{_fields(model, detail)}，没有写入。请换一个。"
        case "23502":
            return f"{name}的{_field(model, column)}没有填，没有写入。请填写以后再试。"
        case "23503" if "still referenced" in detail:
            return f"别处还有记录指着这条{name}，没有删去。请先改那些记录。"
        case "23503":
            return f"{name}的{_fields(model, detail)}指着的那一条已经没有了，没有写入。请重新选。"
        case "23514":
            return f"{name}的内容不合规定（{diagnosis.constraint_name}），没有写入。请检查填写的内容。"
    for length in (5, 3, 2):
        if state and state[:length] in SENTENCES:
            return SENTENCES[state[:length]]
    return f"数据库没有接受（{state or '原因不明'}），什么也没有写入。请再试一次，还是这样请告诉系统管理。"


def _fields(model: type[models.Model] | None, detail: str) -> str:
    """The columns of a key, which PostgreSQL names at the beginning: Key (edition_id, number)=(…)."""
    named = re.match(r"Key \(([^)]*)\)", detail)
    return "、".join(_field(model, column.strip(' "')) for column in named[1].split(",")) if named else "内容"


def _field(model: type[models.Model] | None, column: str) -> str:
    for field in model._meta.concrete_fields if model else ():
        if field.column == column and _chinese(field.verbose_name):
            return f"“{field.verbose_name}”"
    return "内容"


def _chinese(name: object) -> str:
    """What a thing is called, where it has a Chinese name: tables of libraries have none."""
    return str(name) if re.search(r"[\u4e00-\u9fff]", str(name)) else ""


def _whole(said: str) -> str:
    said = said.splitlines()[0]
    return said if said.endswith(("。", "！", "？")) else f"{said}。"
