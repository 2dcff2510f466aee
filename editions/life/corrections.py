"""What a 更正 may mend: characters of a text, a phone, the mark of a date. It is said positively: all else is an 调整,
however small it looks, and goes to the county."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category, normalize

from pydantic.fields import FieldInfo

from editions.checkup.words import is_word, words
from editions.form.keys import Key
from editions.register.comparison import Change, compare
from editions.register.register import Register
from verbatim.documents import IMPRINT, PHONES, PRINTED, RESPONSIBLE, TEXT, Document, Place, has
from verbatim.names import Names

MOST_NAMED = 5
MOST_CHARACTERS = 3
"""So many characters of one text may be mended at once, and one in four of a short one."""
UNITS = "%‰°℃#&@+=<>×*\\"
"""Marks that mean something by themselves."""
NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿零〇两廿卅壹贰叁肆伍陆柒捌玖拾佰仟")
WEIGHTY = NUMERALS | frozenset(
    "半双单倍首末初底甲乙丙丁"  # how many, which one
    "不未无非没否勿毋禁免除拒反停但"  # whether at all
    "可应须必得宜准许或并且及和与仅只均各每全等有失"  # how far it binds, and whom
    "上下内外前后以超满足至高低大小多少长短轻重早晚先"  # up to where
    "进出入买卖收退奖罚受授被主协合违真假公私男女"  # which way round
    "年月日时天周季"  # until when
    "县市省区国级乡镇村局股科室所站部厅委"  # whose it is
)
"""Characters of which a single one changes what a rule says: they are never mended as a slip."""
CONFUSED = (
    "述诉 例列 计记 即既 在再 做作 象像 帐账 份分 界届 候侯 座坐 决绝 度渡 返反 采彩 辩辨 园圆 建健 检捡 "
    "刻克 练炼 型形 划画 粘黏 的地"
)
"""Characters that are written for one another by mistake, though both make a word."""
FREE = WEIGHTY | frozenset(
    "基查办检报批扣交领审验测管缴送督施立判抽校修罪要能会愿敢肯再还又也就才已曾将刚很更最极太越稍略"
)
"""Characters that say something alone: with another beside them they become another word, and no slip is mended."""
PARTICLES = frozenset("的地得了着过和与及或对向在为于从由将把被所其之")
GOVERNING = frozenset("对向从由把将经让给用")
"""Small words that bear on what follows them: with a character more they are no slip mended but another word."""
STOPS = frozenset("，、；。：,;.:")
DIVIDING = frozenset("，、；。,;.")
"""Those of them that stand for one another; a colon says that what follows belongs to what stands before it."""
DEEDS = re.compile(
    "(?:检查|监督|管理|监管|检验|检测|检定|校准|鉴定|处罚|处理|审核|审查|审批|审理|登记|备案|认证|认可|评审|评价|考核|培训"
    "|调查|执法|稽查|抽查|复查|巡查|查处|受理|办理|组织|指导|协调|服务|救助|许可|生产|经营|使用|运输|储存|销售|检修|维修)+"
)
"""A deed whose name stands twice may be done to what bears that name: 检查检查人员的证件."""
DATE_MARKS = "、·•.-—/"
DATED = re.compile(
    r"([0-9]{1,2})(?:$|[”’\"]?"
    r"(?!个|工作|自然|倍|家|次|人|名|份|台|件|只|批|元|种|类|条|款|项|号|年|月|周|天|小时|分钟)[\u4e00-\u9fff]{2,10}[日节])"
)
"""The day of a month that is the name of a day, or stands at the end: 3、15国际消费者权益日."""
PHONE = re.compile(r"[0-9(][0-9\-－—–()转分机 ]{2,}")
SHORT_NUMBER = re.compile(r"1[0-9]{2}|(?:1[0-9]|9[56])[0-9]{3}")
"""Of the emergency and service numbers: 110, 12365, 96315."""
PHONE_LABELS = frozenset({"", "电话", "联系电话", "办公电话", "咨询电话", "监督电话", "投诉电话", "举报电话", "传真"})
PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}|[a-zA-Z][a-zA-Z0-9_.]{0,20}")
LABEL = re.compile(r"^[^0-9０-９：:]{0,10}[：:]\s*")


def beyond_a_slip(old: Register, new: Register) -> list[str]:
    """What is more than slips mended, each in words (ZZ-02 新增了 ZZ-02-10); empty where there is nothing more."""
    names = _Names.of_both(old, new)
    return [said for change in compare(old, new) for said in _beyond(change, names)]


def in_short(said: list[str]) -> str:
    """The first few, and how many there are altogether."""
    more = f" 等 {len(said)} 处" if len(said) > MOST_NAMED else ""
    return "、".join(said[:MOST_NAMED]) + more


def _meanings(register: Register) -> dict[str, Key]:
    """What each name of a register means: offices, departments, laws and forms. What names an office or a department
    names nothing else."""
    meant: dict[str, Key] = {}
    for kind in ("citations", "departments", "offices"):
        for document in register.documents(kind):
            law = getattr(document, "law", "")
            target = Key("laws", law) if law else Key(kind, document.code)
            meant |= dict.fromkeys(document.names, target)
    return meant


class _Names:
    """What the text of a register names, in its order. A name inside a longer one counts too: here it is the safe side
    to see too many. `shared` are those that mean the same in the other register: a name that comes with the mend, or
    is itself mended, excuses no other text. `known` is all that the list says which is corrected."""

    def __init__(self, meant: dict[str, Key], shared: dict[str, Key], known: str) -> None:
        self.meant, self.shared, self.known = meant, shared, known
        self.any, self.any_shared = _any_of(meant), _any_of(shared)
        self.whole = Names(meant)

    @classmethod
    def of_both(cls, old: Register, new: Register) -> "tuple[_Names, _Names]":
        before, after = _meanings(old), _meanings(new)
        shared = {name: target for name, target in before.items() if after.get(name) == target}
        known = text_of(old)
        return cls(before, shared, known), cls(after, shared, known)

    def responsible(self, cell: str) -> tuple[set[Key], list[str]]:
        """Whom a cell makes responsible, by whole names, and whatever else it says."""
        read = self.whole.in_cell(cell)
        return {span.target for span in read.spans}, read.rest

    def within(self, text: str) -> list[Key]:
        return [self.meant[name] for name in self.any.findall(text)]

    def resolved(self, text: str) -> str:
        """The text with each name as what it means, so that two names of one office read the same."""
        return self.any_shared.sub(lambda name: str(self.shared[name.group()]), text)


def _any_of(names: dict[str, Key]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")


def _beyond(change: Change, names: tuple[_Names, _Names]) -> Iterator[str]:
    if not (change.old and change.new):
        yield f"{'取消了' if change.old else '新增了'}{change.called}"
        return
    if set(change.change_types) != {"changed"}:
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
        return is_phones(old) and is_phones(new) and bool(new) and _phone_labels(old) == _phone_labels(new)
    if not (has(field, PRINTED) or TEXT in field.metadata):
        return False
    if IMPRINT in field.metadata and _is_imprint(old, new):
        return True
    if names[0].resolved(old) == names[1].resolved(new):
        return True
    if has(field, RESPONSIBLE):
        return names[0].responsible(old) == names[1].responsible(new) and is_slip_of_text(old, new, names[0].known)
    return names[0].within(old) == names[1].within(new) and is_slip_of_text(old, new, names[0].known)


def is_phones(value: str | tuple[str, ...]) -> bool:
    """Whether this is nothing but phones, behind a label where the form prints one (联系电话：5255889)."""
    lines = value.split("\n") if isinstance(value, str) else list(value)
    for line in filter(None, map(_plain, lines)):
        label = LABEL.match(line)
        if label and re.sub(r"[\s:]", "", label.group()) not in PHONE_LABELS:
            return False
        numbers = [each for each in re.split(r"[、，,；;/ ]+", LABEL.sub("", line)) if each]
        if not all(_is_phone(number) for number in numbers):
            return False
    return True


def _phone_labels(value: str | tuple[str, ...]) -> set[str]:
    """For what the numbers are, where it is more than to call somebody: 投诉电话."""
    lines = value.split("\n") if isinstance(value, str) else value
    labels = {re.sub(r"[\s:]", "", label.group()) for line in lines if (label := LABEL.match(_plain(line)))}
    return labels - {"", "电话", "联系电话", "办公电话"}


def _is_phone(number: str) -> bool:
    """Digits enough for a phone of a bureau, an emergency or service number; an extension comes behind it."""
    own = re.sub(r"[^0-9]", "", re.split(r"转|分机", number)[0])
    return bool(PHONE.fullmatch(number)) and (bool(SHORT_NUMBER.fullmatch(own)) or 7 <= len(own) <= 14)


def _is_imprint(old: str, new: str) -> bool:
    """The line of the edition itself, filled in anew: the date it bears, or who filled it in."""
    if re.sub(r"\d+", "0", old) == re.sub(r"\d+", "0", new):
        years = all(2000 <= int(year) < 2100 for year in re.findall(r"(\d+)年", new))
        return years and all(1 <= int(month) <= 12 for month in re.findall(r"(\d+)月", new))
    label = LABEL.match(old)
    return bool(label and new.startswith(label.group().rstrip()) and _is_person(LABEL.sub("", new)))


def _is_person(text: str) -> bool:
    """A name, and no sentence: of more than two characters no two beside each other are a word."""
    says_something = len(text) > 2 and any(is_word(text[at : at + 2]) for at in range(len(text) - 1))
    return bool(PERSON.fullmatch(text)) and not says_something


def text_of(register: Register) -> str:
    """All the text of a list, each in a line of its own."""
    documents = (listed.document for rows in register.listed.values() for listed in rows)
    places = (place for document in documents for place in document.places())
    return "\n".join(_plain(cell.text) for place in places for cell in place.cells if cell.text)


def is_slip_of_text(old: str, new: str, known: str = "") -> bool:
    """Whether the one is the other with a few characters, marks or a repetition put right. A word is put right where
    the list, whose text is `known`, says it so in the same surroundings elsewhere."""
    old, new = _plain(old), _plain(new)
    if not old or not new:
        return False
    edits, mended = list(_edits(old, new)), 0
    if Counter(e.was for e in edits if e.was and not e.is_now) & Counter(e.is_now for e in edits if not e.was):
        return False  # what is taken out here and put in there was moved: 减轻处罚的 is not 减轻的处罚
    for edit in edits:
        if _is_repetition(old, edit):
            continue
        if _are_marks(edit.was + edit.is_now):
            if not _is_slip_of_marks(old, new, edit):
                return False
        elif not _is_slip_of_character(old, new, edit, known):
            return False
        else:
            mended += 1
    return mended <= min(MOST_CHARACTERS, len(old) // 4)


def _plain(text: str) -> str:
    """Without the difference of width, and with radicals as the characters that they look like."""
    return "".join(normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" or "\u2f00" <= c <= "\u2fdf" else c for c in text)


@dataclass(frozen=True)
class _Edit:
    """Where two texts differ: from where to where in the old one, from where on in the new one, what stood there, and
    what stands there now."""

    start: int
    end: int
    first: int
    was: str
    is_now: str


def _edits(old: str, new: str) -> Iterator[_Edit]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield _Edit(start, end, first, old[start:end], new[first:last])


def _are_marks(text: str) -> bool:
    return all(category(c)[0] in "PZ" and c not in UNITS for c in text)


def _is_slip_of_character(old: str, new: str, edit: _Edit, known: str) -> bool:
    """A single character without weight of its own that was doubled, or confused with another, or that was missing or
    wrong in what is no word without it. A word that becomes another word is none."""
    was, is_now = edit.was, edit.is_now
    if is_now and not _is_said_so(new, edit.first, known):
        return False
    if len(was) == len(is_now) == 1 and (was + is_now in CONFUSED or is_now + was in CONFUSED):
        return True
    if len(was) > 1 or len(is_now) > 1 or any(category(c) != "Lo" or c in WEIGHTY for c in was + is_now):
        return False
    if was + is_now == "的":
        beside = old[max(0, edit.start - 1) : edit.start] + old[edit.end : edit.end + 1]
        return len(beside) == 2 and all(category(c) == "Lo" for c in beside)
    if not is_now:
        return was in (old[edit.start - 1 : edit.start], old[edit.end : edit.end + 1]) and not is_word(was * 2)
    if not was:
        return _completes_a_word(old, new, edit)
    is_once = known.count(old[max(0, edit.start - 1) : edit.end + 1]) <= 1  # what is said again is meant
    is_no_word = is_once and was in _lone(old, edit.start, edit.end) and was not in FREE | PARTICLES
    return is_no_word and not _pairs(old, edit.start) and _pairs(new, edit.first)


def _is_said_so(new: str, at: int, known: str) -> bool:
    """Whether the list says four characters elsewhere of which this is one."""
    around = (new[start : start + 4] for start in range(max(0, at - 3), at + 1))
    return any(len(each) == 4 and each in known for each in around)


def _completes_a_word(old: str, new: str, edit: _Edit) -> bool:
    """Whether the new character makes a word with a neighbour that was none alone."""
    before, behind = _lone(old, edit.start - 1, edit.start), _lone(old, edit.start, edit.start + 1)
    before, behind = ("" if each in FREE else each for each in (before, behind))
    pairs = [before + edit.is_now if before else "", edit.is_now + behind if behind else ""]
    return any(pair and is_word(pair) and not GOVERNING.intersection(pair) for pair in pairs)


def _lone(text: str, start: int, end: int) -> str:
    """Those of the characters from start to end that belong to no word."""
    place, found = 0, ""
    for word in words(text):
        if len(word) == 1 and start <= place < end:
            found += word
        place += len(word)
    return found


def _pairs(text: str, at: int) -> bool:
    """Whether the character makes a word with the one before it or the one behind it."""
    return any(len(pair) == 2 and is_word(pair) for pair in (text[max(0, at - 1) : at + 1], text[at : at + 2]))


def _is_slip_of_marks(old: str, new: str, edit: _Edit) -> bool:
    """What was divided stays divided: a mark in the place of its like, one of two that stand together, white space, the
    end of a paragraph, the missing one of a pair. Between numbers brackets and the mark of a date alone."""
    before, behind = old[edit.start - 1 : edit.start], old[edit.end : edit.end + 1]
    was, is_now = edit.was, edit.is_now
    if before and behind and before in NUMERALS and behind in NUMERALS:
        return _are_brackets(was, is_now) or _is_date(old, edit.start, was, is_now)
    was, is_now = "".join(was.split()), "".join(is_now.split())
    if len(was) == len(is_now):
        return all(_are_alike(*pair) for pair in zip(was, is_now, strict=True))
    around = [before, behind] if not was or not is_now else []
    changed = was or is_now
    if STOPS.issuperset(changed):
        return (
            bool(is_now and was.startswith(is_now))
            or any(each in ("", "\n") for each in around[1:])
            or (not is_now and any(each and each in STOPS for each in around))
        )
    return len(was + is_now) == 1 and not _is_paired(old, changed) and _is_paired(new, changed)


def _are_alike(one: str, other: str) -> bool:
    return one == other or DIVIDING.issuperset((one, other)) or _are_brackets(one, other)


def _is_paired(text: str, mark: str) -> bool:
    """Whether each paragraph closes as many of these brackets as it opens."""
    pair = next((pair for pair in ("()", "《》", "〈〉", "“”", "‘’", "【】", "〔〕", "[]") if mark in pair), "")
    return bool(pair) and all(line.count(pair[0]) == line.count(pair[1]) for line in text.split("\n"))


def _is_repetition(text: str, edit: _Edit) -> bool:
    """What is taken out, of two characters or more, stands beside itself once more (abab to ab)."""
    start, end, text = edit.start, edit.end, text + "\n"
    size = end - start
    if edit.is_now or size < 2 or NUMERALS.intersection(text[start:end]) or DEEDS.fullmatch(text, start, end):
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
    if len(was) != 1 or len(is_now) != 1 or was not in DATE_MARKS or is_now not in "·•.":
        return False
    month, day = re.search(r"(?<![0-9第.、])([0-9]{1,2})$", old[:start]), DATED.match(old, start + 1)
    whole = bool(day and day.group() != day[1]) or bool(month and not month.start())
    return bool(month and day and whole and 1 <= int(month[1]) <= 12 and 1 <= int(day[1]) <= 31)
