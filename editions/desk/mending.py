"""拟改: how a paragraph that was found wrong is to read, and the 更正 that is made of such proposals in one step."""

import itertools
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from acts.errors import AlreadyDone, Incomplete
from acts.models import name_of
from editions.checkup.rule import Finding
from editions.checkup.rulings import Mend
from editions.desk.drafts import Draft
from editions.form import parts
from editions.form.keys import Key
from editions.life.corrections import beyond_a_slip
from editions.life.edition import Edition
from editions.life.states import Kind
from editions.register.comparison import compare
from editions.register.register import Register, compose
from history import locks
from verbatim.documents import Document
from verbatim.fields import tidy


def propose(finding: Finding, new: str, *, reason: str, by: Any, register: Register) -> Mend:
    """Have the paragraph of a finding read so. Raises Incomplete."""
    new = tidy(new)
    if not finding.line or not new or ("\n" in new and "\n" not in finding.line):
        raise Incomplete("拟改的是一段文字：不能空着，也不能分段。要删去整段，请到条目里改。")
    if new == finding.line:
        raise Incomplete("和现在的文字一样，没有改。")
    spot = finding.spot
    place = {"kind": spot.kind, "code": spot.code, "anchor": spot.anchor, "line": finding.line}
    with transaction.atomic():
        locks.series(Mend._meta.db_table)
        other = Mend.objects.filter(**place).first()
        if other and other.new == new:
            raise AlreadyDone("这样的拟改已经记下，没有再记一次。")
        if other:
            raise Incomplete(
                f"这一段已经有{other.by_name}的拟改，改成“{other.new}”；一段只能有一处，请先在体检页面去掉那一处。"
            )
        mend = Mend(
            **place,
            new=new,
            text=finding.text,
            sentence=finding.sentence,
            reason=reason.strip(),
            by=by,
            by_name=name_of(by),
        )
        _mended(register, mend.spot().key, [mend])
        mend.save()
    return mend


def carry_out(mends: Sequence[Mend], *, by: Any) -> Draft:
    """Write them into the working rows, each with its reason in the trail, and draft the 更正 that publishes them and
    nothing else (an 调整 where they are more than slips); all or nothing. Raises Refused."""
    if not mends:
        raise Incomplete("没有拟改，先在体检结果里提出。")
    reasons: dict[Key, str] = {}
    with transaction.atomic():
        by_item = sorted(mends, key=lambda mend: mend.spot().key)
        parts.lock(mend.spot().key for mend in by_item)
        base, working = Edition.objects.base(), compose()
        if base is None:
            raise Incomplete("还没有公布过清单，没有可以更正的。")
        _refuse_other_changes(base.register(), working, {mend.spot().key for mend in mends})
        for key, same in itertools.groupby(by_item, key=lambda mend: mend.spot().key):
            own = list(same)
            said = "；".join(dict.fromkeys(mend.reason.rstrip("。") for mend in own if mend.reason))
            parts.get(key.kind).load(_mended(working, key, own), reason=f"体检更正：{said}".rstrip("："))
            reasons[key] = f"{said}。"[:300] if said else ""
        draft = Draft(
            label=Edition.objects.free_label(),
            kind=Kind.CORRECTION,
            effective_on=Edition.objects.first_possible_day(),
            change_note="更正体检发现的文字错误，内容没有改变。",
            picks=list(map(list, reasons)),
            reasons={str(key): said for key, said in reasons.items() if said},
            by=by,
        )
        if beyond_a_slip(base.register(), draft.picked(base).register):
            draft.kind, draft.change_note = Kind.ADJUSTMENT, "修改体检发现的问题。"
        draft.save()
        Mend.objects.filter(pk__in=[mend.pk for mend in mends]).delete()
    return draft


def _refuse_other_changes(base: Register, working: Register, items: Collection[Key]) -> None:
    """Raises Incomplete where one of the items is not as it was published: what else changed there would go along."""
    for change in compare(base, working):
        if change.key in items:
            what = "、".join(dict.fromkeys(field.place for field in change.fields)) if change.old else "还没有公布过"
            raise Incomplete(
                f"{change.called} 还有没公布的其他修改（{what}），起草更正会把它们一起带出去。"
                "请先公布它们，或恢复为公布内容，再起草更正。"
            )


def _mended(register: Register, key: Key, mends: Sequence[Mend]) -> Any:
    """The document with these paragraphs as they are to read. Raises Incomplete where one is not there any more."""
    listed = register.find(*key)
    if listed is None:
        raise Incomplete(f"{key.code} 已经不在清单里。")
    document: Document = listed.document
    for mend in mends:
        try:
            mended = document.mended(mend.anchor, mend.line, mend.new)
        except ValidationError as error:
            why = "；".join(str(each.get("ctx", {}).get("error", each["msg"])) for each in error.errors())
            raise Incomplete(f"{parts.called(key)} 不能这样改：{why}。请到条目里一并改。") from error
        if mended is None:
            raise Incomplete(f"{parts.called(key)} 里的“{mend.line}”已经改过，或者不能在这里改，请到条目里改。")
        document = mended
    return document
