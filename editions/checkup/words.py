"""Words held against the words of other places: said in two ways, or one stroke away from their sister."""

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from editions.checkup.rule import CheckContext, Family, Finding, Level, Rule, Text, TextRule
from editions.form.keys import Key

HAN = "\u4e00-\u9fff"
WINDOW = 5
"""So many characters in a row, all but one the same, are no chance."""
EITHER = ["有无", "前后", "上下", "内外", "大小", "多少", "新旧", "左右", "男女", "是否", "本该", "此彼", "各每"]
LITTLE = set("的地得和与及或对向在为于从由将把被所其之个种项条款名家次件本一二三四五六七八九十百千万两")
"""Words that stand in for one another without a slip: particles, measures, numbers."""


def words(text: str) -> list[str]:
    """The words of a text, as a dictionary of Chinese parts them; what it does not know falls into characters."""
    import rjieba  # its dictionary takes 33 MB: who checks nothing does without

    found: list[str] = rjieba.cut(text, False)
    return found


def adjectives(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text that qualify others, each with its place."""
    import rjieba

    place = 0
    for word, part_of_speech in rjieba.tag(text, False):
        if part_of_speech in ("a", "b"):
            yield word, place
        place += len(word)


def is_word(text: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(text))


def repeated(cell: str) -> dict[str, int]:
    """What a cell names more than once, on lines of its own or between 、, and how often."""
    counted = Counter(name for name in re.split(r"[\n、，,；]", cell) if name)
    return {name: times for name, times in counted.items() if times > 1}


def by_item(checked: CheckContext) -> dict[Key, list[Text]]:
    """The paragraphs of each listed thing."""
    items: dict[Key, list[Text]] = defaultdict(list)
    for text in checked.texts:
        items[text.spot.key].append(text)
    return items


class DoubledCharacter(TextRule):
    """A character is not typed twice."""

    code, label, family = "doubled-character", "叠字", Family.COMPARISON
    says = "“{text}”里“{twice}”写了两遍，请核对是否打错{near}。"
    besides = ("near",)
    END_AND_BEGINNING = re.compile(r"([省市州县区乡镇村])\1[\u4e00-\u9fff]|([局科股所站队院处部厅室会])\2[长员]")
    """A place or a body that ends with the character with which the next word begins: 本市市政, 股股长."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for match in re.finditer(rf"([{HAN}])\1", text.text):
                start, twice = match.start(), match.group(1)
                if self._is_slip(text.text, start):
                    begin = start - bool(re.match(f"[{HAN}]", text.text[max(0, start - 1) : start]))
                    word = re.findall(f"^[{HAN}]+", text.text[begin : begin + 5])[0]
                    near = self._sister(checked.whole, word, twice)
                    yield self.at(text.spot, word, text.text, twice=twice, near=f"（别处写“{near}”）" if near else "")

    def _is_slip(self, text: str, start: int) -> bool:
        """Whether one of the two belongs to no word."""
        if self.END_AND_BEGINNING.match(text, start):
            return False
        end = 0
        for word in words(text):
            begin, end = end, end + len(word)
            if begin <= start < end and end >= start + 2:
                return False
            if word == text[start] and begin in (start, start + 1):
                return True
        return False

    def _sister(self, whole: str, word: str, twice: str) -> str:
        """The word with another character in the place of one of the two, where the list has it often."""
        place = word.index(twice)
        for at in (place, place + 1):
            pattern = re.escape(word[:at]) + rf"[{HAN}]" + re.escape(word[at + 1 :])
            common = Counter(m for m in re.findall(f"(?={pattern})({pattern})", whole) if m != word).most_common(1)
            if common and common[0][1] >= 2:
                return str(common[0][0])
        return ""


class OneCharacterApart(Rule):
    """Where a paragraph names the same things side by side again, it writes them with the same characters."""

    code, label, family = "one-character", "一字之差", Family.COMPARISON
    says = "“{text}”和同一段里的“{other}”只差一个字，请核对哪个对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            windows = [text.text[i : i + WINDOW] for i in range(len(text.text) - WINDOW + 1)]
            windows = [each for each in dict.fromkeys(windows) if re.fullmatch(rf"[{HAN}]+、[{HAN}]+", each)]
            sisters: dict[str, list[str]] = defaultdict(list)
            for each in windows:
                for place in range(1, WINDOW - 1):
                    if each[place] != "、":
                        sisters[f"{each[:place]}_{each[place + 1 :]}"].append(each)
            for pattern, (first, *others) in sisters.items():
                place = pattern.index("_")
                for other in others:
                    if self._is_slip(first[place], other[place]):
                        yield self.at(text.spot, other, text.text, other=first)
                        break

    def _is_slip(self, one: str, other: str) -> bool:
        pair = {one, other}
        return not pair & LITTLE and not any(pair == set(each) for each in EITHER)


class OddWord(Rule):
    """Where several items say the same sentence, each has the same word in the same place."""

    code, label, level, family = "odd-word", "同一句话用词不一", Level.INFORMATION, Family.COMPARISON
    says = "这里说“{text}”，另外 {others} 项的同一句话说“{other}”，请核对。"
    BEFORE, AFTER, FEWEST = 4, 4, 4
    """So many characters on either side are the same, in so many items."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        sentences = [text for text in checked.texts if not text.responsible]
        framed = [(frame, text, start) for text in sentences for start, frame in self._frames(text.text)]
        common = Counter(frame for frame, _, _ in framed)
        places: dict[str, dict[str, dict[str, tuple[Text, int]]]] = defaultdict(lambda: defaultdict(dict))
        for frame, text, start in framed:
            if common[frame] > self.FEWEST:
                places[frame][text.text[start : start + 2]].setdefault(text.spot.code, (text, start))
        told: set[tuple[Text, int]] = set()
        for frame, said_here in places.items():
            if len(said_here) == 2:
                (usual, many), (odd, few) = sorted(said_here.items(), key=lambda said: -len(said[1]))
                if len(many) >= self.FEWEST and len(few) == 1 and self._is_another(usual, odd):
                    ((text, start),) = few.values()
                    place = text, start + (usual[0] == odd[0])
                    if place not in told:
                        told.add(place)
                        before, after = frame[: self.BEFORE], frame[self.BEFORE :]
                        here, there = ((before + word + after).strip("\n") for word in (odd, usual))
                        yield self.at(text.spot, here, text.text, other=there, others=len(many))

    def _frames(self, text: str) -> Iterator[tuple[int, str]]:
        """For each two characters their place and what stands around them; a paragraph's own ends are something too."""
        whole = "\n" * self.BEFORE + text + "\n" * self.AFTER
        for start in range(len(text) - 1):
            here = start + self.BEFORE
            yield start, whole[start:here] + whole[here + 2 : here + 2 + self.AFTER]

    def _is_another(self, usual: str, odd: str) -> bool:
        """Two words that have nothing in common, or no word where one character is another."""
        common = (usual[0] == odd[0]) + (usual[1] == odd[1])
        if not is_word(usual) or not re.fullmatch(f"[{HAN}]{{2}}", odd):
            return False
        return is_word(odd) if common == 0 else not is_word(odd)


class TwoForms(Rule):
    """Within one item a thing is called in full each time, or in short each time."""

    code, label, level, family = "two-forms", "全称和简称混用", Level.INFORMATION, Family.COMPARISON
    says = "“{text}”在本项别处写作“{other}”，请统一。"
    FORMS = (
        (re.compile(rf"([省市县])(?:人民)?政府([{HAN}]{{2,3}}[办局委])"), r"\1\2"),  # 市政府法制办，市法制办
        (re.compile(r"(.)(?:业)、(.)业单位"), r"\1\2业单位"),  # 企业、事业单位，企事业单位
        (re.compile(rf"((?:(?!和|与|及)[{HAN}]){{4}})人员"), r"\1员"),  # 计量检定人员，计量检定员
    )
    """What is written in full, and what it is in short."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for texts in by_item(checked).values():
            whole = "\n".join(text.text for text in texts)
            for pattern, form in self.FORMS:
                for match in {match.group(): match for match in pattern.finditer(whole)}.values():
                    short = match.expand(form)
                    text = next((text for text in texts if short in text.text), None)
                    if text:
                        yield self.at(text.spot, short, text.text, other=match.group())


class CutName(Rule):
    """A name begins with its first character."""

    code, label, family = "cut-name", "名称缺字", Family.COMPARISON
    says = "“{text}”前面缺“{head}”字，别处都写“{head}{text}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for texts in by_item(checked).values():
            whole = "\n".join(text.text for text in texts)
            for text in texts:
                for match in re.finditer(rf"(?:^|(?<=[。；])|(?<=[。；]\s))[{HAN}]{{2}}", text.text):
                    found = match.group()
                    if is_word(found):
                        continue
                    before = Counter(re.findall(rf"([{HAN}])(?={re.escape(found)})", whole))
                    alone = len(re.findall(rf"(?<![{HAN}]){re.escape(found)}", whole))
                    if alone == 1 and len(before) == 1 and sum(before.values()) >= 3:
                        yield self.at(text.spot, found, text.text, head=next(iter(before)))


class Transposed(Rule):
    """A name has its characters in one order."""

    code, label, family = "transposed", "字序不同", Family.COMPARISON
    says = "“{text}”和“{other}”（{there}）字相同而先后不同，请核对哪个对。"
    LENGTH = 7

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        grams: dict[str, dict[str, Text]] = defaultdict(dict)
        for text in checked.texts:
            for run in re.findall(rf"[{HAN}]{{{self.LENGTH},}}", text.text):
                for start in range(len(run) - self.LENGTH + 1):
                    gram = run[start : start + self.LENGTH]
                    grams["".join(sorted(gram))].setdefault(gram, text)
        for same in grams.values():
            for (one, there), (other, here) in itertools.combinations(same.items(), 2):
                if one[:2] == other[:2] and one[-1] == other[-1] and self._one_word_moved(one, other):
                    yield self.at(here.spot, other, here.text, other=one, there=there.spot.named)

    def _one_word_moved(self, one: str, other: str) -> bool:
        """公正计量 and 计量公正: two words of two characters have changed places."""
        head = next(i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
        return one[head : head + 4] == other[head + 2 : head + 4] + other[head : head + 2]


class NearTitles(Rule):
    """One document is cited under one title."""

    code, label, family = "near-titles", "同一文件两个名称", Family.COMPARISON
    says = "《{text}》和《{other}》（{there}）像是同一文件的两个名称，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        cited: dict[str, Text] = {}
        for text in checked.texts:
            for title in re.findall(r"《([^《》]+)》", text.text):
                cited.setdefault(title, text)
        for (one, there), (other, here) in itertools.combinations(cited.items(), 2):
            if self._alike(one, other):
                yield self.at(here.spot, other, here.text, other=one, there=there.spot.named)

    def _alike(self, one: str, other: str) -> bool:
        """The one has all characters of the other in order, and a few more in its midst."""
        longer, shorter = sorted((one, other), key=len, reverse=True)
        if not 0 < len(longer) - len(shorter) <= 4 or len(shorter) < 8:
            return False
        rest = iter(longer)
        midst = not longer.startswith(shorter) and not longer.endswith(shorter)
        return midst and longer[:3] == shorter[:3] and all(character in rest for character in shorter)


class BareTitle(Rule):
    """A form that is cited in 《》 is cited so each time."""

    code, label, level, family = "bare-title", "书名号时有时无", Level.INFORMATION, Family.COMPARISON
    says = "“{text}”在本项别处写作《{text}》，这里没有书名号。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for texts in by_item(checked).values():
            titles = {title for text in texts for title in re.findall(r"《([^《》]{3,})》", text.text)}
            for text in texts:
                bare = re.sub(r"《[^《》]*》", "《》", text.text)
                for title in sorted(titles):
                    if title in bare:
                        yield self.at(text.spot, title, text.text)


class TwoHeads(Rule):
    """Within one item those who do the same are called the same (承办机构, 承办科室)."""

    code, label, family = "two-heads", "同一对象两种叫法", Family.COMPARISON
    says = "“{text}”在本项别处叫“{other}”，请统一。"
    pattern = re.compile(rf"(?P<which>[{HAN}]{{2}})(?P<head>机构|科室|部门|单位|机关)")
    ANY = {"检查", "监督", "有关", "相关", "主管", "行政", "当地", "事业", "技术", "企业", "管理", "其他", "上级"}

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for key, texts in by_item(checked).items():
            if key.kind in ("cover", "frames"):
                continue
            heads: dict[str, dict[str, Text]] = defaultdict(dict)
            for text in texts:
                for match in self.pattern.finditer(text.text):
                    heads[match["which"]].setdefault(match["head"], text)
            for which, found in heads.items():
                if len(found) > 1 and which not in self.ANY:
                    first, *others = found
                    for head in others:
                        yield self.at(found[head].spot, which + head, found[head].text, other=which + first)


class MemberOfOffice(TextRule):
    """委员 and 主任委员 are of a committee (委), not of an office (办)."""

    code, label, family = "member", "委员与机构不合", Family.COMPARISON
    says = "“{text}”：委员属于委员会，“{office}”不是委员会，请核对是否应为“{wanted}”。"
    pattern = re.compile(rf"(?P<stem>[{HAN}]{{2}})(?P<what>[办局科股处])(?P<post>(?:副?主任)?委员)")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for match in self.pattern.finditer(text.text):
                office, wanted = match["stem"] + match["what"], f"{match['stem']}委{match['post']}"
                yield self.at(text.spot, match.group(), text.text, office=office, wanted=wanted)


class EnumerationsDiffer(Rule):
    """Where one item enumerates the same things twice, both are the same."""

    code, label, level, family = "enumerations", "同一列举前后不一", Level.INFORMATION, Family.COMPARISON
    says = "这里列举“{text}”，前面（{there}）是“{other}”，请核对是否应当一致。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for texts in by_item(checked).values():
            found = [(text, each) for text in texts for each in _enumerations(text.text)]
            for (there, (said, one)), (here, (again, other)) in itertools.combinations(found, 2):
                if self._same_matter(one, other):
                    yield self.at(here.spot, again, here.text, other=said, there=there.spot.named)

    def _same_matter(self, one: Sequence[str], other: Sequence[str]) -> bool:
        shared = sum(any(_alike(a, b) for b in other) for a in one)
        stray = any(not any(_alike(a, b) for b in other) for a in one[1:-1])
        stray |= any(not any(_alike(a, b) for a in one) for b in other[1:-1])
        return stray and shared >= 3 and shared * 2 > max(len(one), len(other))


ALWAYS = re.compile(r"法律|法规|规章|行政法规|规章中?规定的?")
"""Named side by side everywhere."""


def _enumerations(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each as it is printed, with what it names."""
    for clause in re.split(r"[，。；：（）“”]", text):
        if "、" in clause:
            printed = re.split(r"等(?!级)", clause)[0]
            named = re.split(r"、|以及|和|及|或者|或", printed)
            named = [each for each in named if each and not ALWAYS.fullmatch(each) and not each.endswith("法律")]
            if len(named) >= 3:
                yield printed, tuple(named)


@functools.lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> bool:
    """The same thing, with other words before it or after it, or written a little otherwise."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 2 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return True
    return len(shorter) > 3 and SequenceMatcher(None, one, other).ratio() >= 0.66


RULES = (
    DoubledCharacter,
    OneCharacterApart,
    OddWord,
    TwoForms,
    CutName,
    Transposed,
    NearTitles,
    BareTitle,
    TwoHeads,
    MemberOfOffice,
    EnumerationsDiffer,
)
