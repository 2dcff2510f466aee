"""What a 更正 may mend: characters of a text, a phone, the mark of a date. It is said positively: all else is an 调整,
however small it looks, and goes to the county."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from unicodedata import category, normalize

from pydantic.fields import FieldInfo

from editions.comparison import Change, compare
from editions.register import Register
from verbatim.documents import IMPRINT, PHONES, PRINTED, RESPONSIBLE, TEXT, Document, Place, has

MOST_NAMED = 5
MOST_CHARACTERS = 3
"""So many characters of one text may be mended at once, and one in four of a short one."""
UNITS = "%‰°℃#&@+=<>×*\\"
"""Marks that mean something by themselves."""
WEIGHTY = frozenset(
    "一二三四五六七八九十百千万亿零〇两半"  # how many
    "不未无非没否勿毋禁免除"  # whether at all
    "可应须必得宜准许或并且及和与仅只均各每全"  # how far it binds, and whom
    "上下内外前后以超满足至"  # up to where
    "年月日时天周季"  # until when
    "县市省区国级乡镇村局股科室所站部厅委"  # whose it is
)
"""Characters of which a single one changes what a rule says: they are never mended as a slip."""
DATE_MARKS = "、·•．-—/"
PHONE = re.compile(r"[0-9０-９][0-9０-９\-－—–()（）转分机 ]{2,}")
LABEL = re.compile(r"^[^0-9０-９：:]{0,10}[：:]\s*")


def beyond_a_slip(old: Register, new: Register) -> list[str]:
    """What is more than slips mended, each in words (ZZ-02 新增了 ZZ-02-10); empty where there is nothing more."""
    names = _Names(old), _Names(new)
    return [said for change in compare(old, new) for said in _beyond(change, names)]


def in_short(said: list[str]) -> str:
    """The first few, and how many there are altogether."""
    more = f" 等 {len(said)} 处" if len(said) > MOST_NAMED else ""
    return "、".join(said[:MOST_NAMED]) + more


class _Names:
    """What the text of a register names: offices, departments, laws and forms, in their order. A name inside a longer
    one counts too: here it is the safe side to see too many."""

    def __init__(self, register: Register) -> None:
        self.meant: dict[str, tuple[str, str]] = {}
        for kind in ("departments", "offices", "citations"):
            for document in register.documents(kind):
                target = ("laws", document.law) if getattr(document, "law", "") else (kind, document.code)
                self.meant |= dict.fromkeys(document.names, target)
        longest_first = sorted(self.meant, key=len, reverse=True)
        self.any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def within(self, text: str) -> list[tuple[str, str]]:
        return [self.meant[name] for name in self.any.findall(text)]

    def resolved(self, text: str) -> str:
        """The text with each name as what it means, so that two names of one office read the same."""
        return self.any.sub(lambda name: " ".join(self.meant[name.group()]), text)


def _beyond(change: Change, names: tuple[_Names, _Names]) -> Iterator[str]:
    if not (change.old and change.new):
        yield f"{'取消了' if change.old else '新增了'}{change.called}"
        return
    if set(change.sorts) != {"changed"}:
        yield f"{change.called} {'、'.join(label for label in change.labels if label != '修改')}"
    before, after = _places(change.old.document), _places(change.new.document)
    for said, keys, places in (
        ("新增了", after.keys() - before.keys(), after),
        ("取消了", before.keys() - after.keys(), before),
    ):
        yield from (f"{change.called} {said}{_called(places[key])}" for key in places if key in keys)
    if any(unit.sort == "moved" for unit in change.units):
        yield f"{change.called} 先后变了"
    for key, place in before.items():
        if key in after:
            for label in _fields_beyond(place.document, after[key].document, names):
                yield " ".join(filter(None, [change.called, *place.trail, label])) + " 改了内容"


def _places(document: Document) -> dict[tuple[str, str, int], Place]:
    """Every document inside this one by where it stands; the bureau's own additions have no anchor and are counted."""
    seen: Counter[tuple[str, str]] = Counter()
    places = {}
    for place in document.places():
        spot = (place.anchor, type(place.document).__name__)
        seen[spot] += 1
        places[*spot, seen[spot]] = place
    return places


def _called(place: Place) -> str:
    code = getattr(place.document, "code", "") or getattr(place.document, "anchor", "")
    return code or " ".join(place.trail) or "本局整理的内容"


def _fields_beyond(old: Document, new: Document, names: tuple[_Names, _Names]) -> Iterator[str]:
    for name, field in type(old).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after and not _holds_places(before, after) and not _is_slip(field, before, after, names):
            yield field.title or ""


def _holds_places(*values: Any) -> bool:
    """Documents inside are judged at their own place."""
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return any(isinstance(each, Document) for each in flat)


def _is_slip(field: FieldInfo, old: Any, new: Any, names: tuple[_Names, _Names]) -> bool:
    if PHONES in field.metadata:
        return is_phones(old) and is_phones(new) and bool(new)
    if not (has(field, PRINTED) or TEXT in field.metadata):
        return False
    if IMPRINT in field.metadata and _is_imprint(old, new):
        return True
    if names[0].resolved(old) == names[1].resolved(new):
        return True
    before, after = names[0].within(old), names[1].within(new)
    same = set(before) == set(after) if has(field, RESPONSIBLE) else before == after
    return same and is_slip_of_text(old, new)


def is_phones(value: str | tuple[str, ...]) -> bool:
    """Whether this is nothing but phones, behind a label where the form prints one (联系电话：5255889)."""
    lines = value.split("\n") if isinstance(value, str) else list(value)
    numbers = [each for line in lines if line for each in re.split(r"[、，,；;/ ]+", LABEL.sub("", line)) if each]
    return all(PHONE.fullmatch(number) for number in numbers)


def _is_imprint(old: str, new: str) -> bool:
    """The line of the edition itself, filled in anew: the date it bears, or who filled it in."""
    if re.sub(r"\d+", "0", old) == re.sub(r"\d+", "0", new):
        return True
    label = LABEL.match(old)
    return bool(
        label and new.startswith(label.group().rstrip()) and re.fullmatch(r"[^\W\d_]{1,10}", LABEL.sub("", new))
    )


def is_slip_of_text(old: str, new: str) -> bool:
    """Whether the one is the other with a few characters, marks or a repetition put right."""
    old, new = _plain(old), _plain(new)
    if not old or not new:
        return False
    mended = 0
    for start, end, was, is_now in _edits(old, new):
        if _is_repetition(old, start, end, is_now):
            continue
        around = (old[start - 1 : start], old[end : end + 1])
        if not _are_marks(was + is_now):
            was_bare, now_bare = _without_marks(was), _without_marks(is_now)
            if not (_may_be_mended(was_bare) and _may_be_mended(now_bare)):
                return False
            mended += max(len(was_bare), len(now_bare))
        elif all(each.isdigit() for each in around) and not (
            _are_brackets(was, is_now) or _is_date(old, start, was, is_now)
        ):
            return False
    return mended <= min(MOST_CHARACTERS, len(old) // 4)


def _plain(text: str) -> str:
    """Without the difference of width, and with radicals as the characters that they look like."""
    return "".join(normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" or "\u2f00" <= c <= "\u2fdf" else c for c in text)


def _edits(old: str, new: str) -> Iterator[tuple[int, int, str, str]]:
    """Where they differ: start and end in the old text, what stood there, what stands there now."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield start, end, old[start:end], new[first:last]


def _are_marks(text: str) -> bool:
    return all(category(c)[0] in "PZ" and c not in UNITS for c in text)


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not _are_marks(c))


def _may_be_mended(text: str) -> bool:
    """A single character of writing, without weight of its own; or none."""
    return len(text) <= 1 and all((category(c) == "Lo" or "⺀" <= c <= "⿟") and c not in WEIGHTY for c in text)


def _is_repetition(text: str, start: int, end: int, instead: str) -> bool:
    """What is taken out, of two characters or more, stands beside itself once more (abab to ab)."""
    size, text = end - start, text + "\n"
    if instead or size < 2 or any(c.isdigit() for c in text[start:end]):
        return False
    left = text[:start] + text[end:]
    return any(
        text[i : i + size] == text[i + size : i + 2 * size] and text[:i] + text[i + size :] == left
        for i in range(max(0, start - size), start + 1)
    )


def _are_brackets(was: str, is_now: str) -> bool:
    """[2013]14号 that becomes 〔2013〕14号."""
    return len(was) == len(is_now) == 1 and category(was) == category(is_now) and category(was) in ("Ps", "Pe")


def _is_date(old: str, start: int, was: str, is_now: str) -> bool:
    """3、15 that becomes 3·15: between a month and a day one mark stands for another."""
    if len(was) != 1 or len(is_now) != 1 or was not in DATE_MARKS or is_now not in DATE_MARKS + ".":
        return False
    month = re.search(r"(?<![0-9第.、])([0-9]{1,2})$", old[:start])
    day = re.match(r"([0-9]{1,2})(?![0-9条款项号.、])", old[start + 1 :])
    return bool(month and day and 1 <= int(month[1]) <= 12 and 1 <= int(day[1]) <= 31)
