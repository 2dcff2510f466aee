"""What whoever saved a row of the list is told: that it is not public yet, how it will look, what the check-up says of
it, and where a number that they have changed still stands."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from acts.errors import Refused
from editions.checkup.checking import CheckUp, check_up
from editions.checkup.dictionary import Dictionary
from editions.checkup.phones import numbers_in
from editions.checkup.rule import CheckContext, Text
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Register, compose
from history import order_page
from portal.desk.preview import Previewed

LINK = '<a href="{}">{}</a>'


def tell(request: HttpRequest, row: Any, forms: Collection[Any]) -> None:
    user: Any = request.user
    key = _key_of(row)
    if key is None or not user.has_perm("editions.view_edition"):
        return
    try:
        register = compose()
        found = check_up(register, timezone.localdate())
    except Refused as error:
        messages.warning(request, f"已保存，尚未公布；工作数据现在还编不成清单：{error}")
        return
    messages.info(request, _state_of(key, found))
    for said in dict.fromkeys(
        filter(None, (_twins(form.instance) for form in forms if "position" in form.changed_data))
    ):
        messages.warning(request, said)
    for number in _numbers_gone(forms):
        if left := [text for text in _texts(register) if number in numbers_in(text.text)]:
            places = format_html_join("、", LINK, ((_box(text), text.spot.named) for text in left))
            said = format_html("电话 {} 已经改掉，还有 {} 处写着它：{}。", number, len(left), places)
            messages.warning(request, said)


def _state_of(key: Key, found: CheckUp) -> Any:
    """已保存，尚未公布，预览。体检对它有 2 条没有处理。"""
    here = [judged for judged in found.found if judged.finding.spot.key == key and judged.is_open]
    bench = f"{reverse('admin:editions_checkup')}?{urlencode({'part': key.slug})}"
    checked = format_html("体检对它有" + LINK, bench, f"{len(here)} 条没有处理") if here else "体检对它没有要说的"
    if parts.part(key.kind) is None:
        return format_html("已保存，尚未公布。{}。", checked)
    look = Previewed("working").url("item", part=key.kind, code=key.code.lower(), elder=False)
    return format_html("已保存，尚未公布，" + LINK + "。{}。", look, "预览", checked)


def _twins(row: Any) -> Any:
    """That others have the same place; empty where none has."""
    owner = getattr(type(row), "belongs_to", "")
    beside = {owner: getattr(row, owner)} if owner else {}
    same = type(row).objects.listed().filter(position=row.position, **beside).exclude(pk=row.pk)
    named = "、".join(getattr(each, "code", "") or getattr(each, "anchor", "") for each in same)
    if not named:
        return ""
    order = order_page.address(type(row), getattr(row, f"{owner}_id") if owner else None)
    said = f"排列顺序 {row.position} 已经有 {named}，相同的按代码排列，请"
    return format_html("{}" + LINK + "。", said, order, "调整先后")


def _key_of(row: Any) -> Key | None:
    """What of the list it is, or is a part of; None where it belongs to none."""
    row_kinds = (kind for kind in parts.kinds() if isinstance(kind, parts.RowKind))
    for kind in row_kinds:
        for model, way in kind.rows():
            if type(row) is model:
                code = row
                for step in way.split("__"):
                    code = getattr(code, step)
                return Key(kind.name, str(code))
    return None


def _numbers_gone(forms: Collection[Any]) -> Iterator[str]:
    """The phones that were taken out of a box, each once."""
    gone: dict[str, None] = {}
    for form in forms:
        for name in form.changed_data if form.is_bound else ():
            before, after = str(form.initial.get(name) or ""), str(form.cleaned_data.get(name) or "")
            gone |= dict.fromkeys(number for number in numbers_in(before) if number not in after)
    yield from gone


def _texts(register: Register) -> list[Text]:
    return CheckContext(register, Dictionary(), timezone.localdate()).texts


def _box(text: Text) -> str:
    where = reverse("admin:editions_edition_row", args=[text.spot.kind, text.spot.code])
    return f"{where}?{urlencode({'line': text.text})}"
