"""Names in printed text: where a text names something, and what it means there.

A name is a whole name: 食品质量监督股 does not name the 质量监督股, nor 县政府办公室 the 办公室. In a cell that is
there to name somebody, names end at separators. Running text has none: there a name is taken for one only where what
stands before and behind it cannot belong to a longer name. What might be a longer name is not found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from verbatim.documents import PrintedCell

T = TypeVar("T")


class Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...


N = TypeVar("N", bound=Named)


@dataclass(frozen=True)
class Span(Generic[T]):
    """Characters `start` up to `end` of a text mean `target`."""

    start: int
    end: int
    target: T


@dataclass(frozen=True)
class ReadCell(Generic[T]):
    """A cell that is there to name somebody: the names in it, and what in it is the name of nobody known."""

    spans: list[Span[T]]
    rest: list[str]


def folded(text: str) -> str:
    """Full-width and half-width marks as one, character by character: （ and ( are the same, 、 and ､ too."""
    return "".join(one if len(one := unicodedata.normalize("NFKC", each)) == 1 else each for each in text)


# All that follows is said of folded text.

SEPARATORS = r"、,;:。/|\\+&\n"
ACTS = "组织|牵头|会同|负责|配合|协助|协调|联合|承办|主办|协办|指导|督促"
"""What an office does, alone or with others, said behind its name: 办公室组织有关科室."""
SOME = "各|有关|相关|其他|其它|所有|全体|全局|本局|机关|内设|下属|局属|业务"
ANY = "[科股处]室|单位|机构|部门|人员"
EVERYBODY = rf"(?:{SOME})+(?:{ANY}|[科股室])?|{ANY}"
"""An open set, which is nobody's name: 有关科室."""

_PIECE = re.compile(rf"(?:\([^()]*\)|[^{SEPARATORS}])+")
"""What stands between two separators; inside brackets nothing separates."""
_LABEL = re.compile(rf"(?:{ACTS}|责任)(?:{ANY})?")
_LEAD = re.compile(r"(?:\(?[\d一二三四五六七八九十]{1,3}[.)])?(?:由|本局|我局)?")
_JOINT = re.compile(r"以及|或者|[和与及或暨]|\s+")
"""What joins two names, though it may be a part of one (计划和标准股)."""
_BEHIND = re.compile(
    rf"(?P<open>(?:{ACTS})+(?:{EVERYBODY})|等(?:{EVERYBODY})?|(?:{SOME})+(?:{ANY}))"
    rf"|\((?:{ACTS}|主|协)\)|{ACTS}|{_JOINT.pattern}"
)
_ENDS_LIKE_A_NAME = re.compile(r"(?:[股室科所局队站处办部组院厅委会]|中心|\))$")
_OWNER = re.compile(r"(?:[局厅院]|委|委员会|政府|公司|中心)$")
"""How a body ends that has offices of its own: behind it, in brackets or after : and /, stand those."""
_EXCEPT = re.compile(r"除.*外")
"""Who is named so is excepted."""
_LINE = re.compile(r"[^\n]*")
_ENUMERATION = re.compile(r"\([\d一二三四五六七八九十]{1,3}\)$")

_MAY_STAND_BEFORE = re.compile(
    r"(?:由|向|和|与|及|或|请|给|到|在|将|被|是|了|会同|连同|协同|联合|配合|协助|协调|组织|委托|指导|督促|通知|告知"
    r"|报告|上报|报送|报请|移交|移送|转交|提交|抄送|联系|通过|本局|我局|依据|根据|按照|依照|违反|执行)$"
)
_MAKES_IT_LONGER = re.compile(
    r"[份票金东权长]"
    r"|(?:(?![对由和与及或向在会组负配报接])[\u4e00-\u9fff]){0,6}(?:[股科室队所站](?!长)|分局|中心)"
    r"|(?:实施|暂行|管理|监督|适用)*(?:条例|细则|办法|规定|规则|准则|解释|标准|目录)"
)


_BLANK = r" \t\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\n"
_DIVIDES = r"、，､﹑,；;﹔：:﹕。｡／/｜|＼\\＋+＆&"
_OPENS, _CLOSES = "(（﹙", ")）﹚"
ONE_NAME = rf"^(?:[{_OPENS}][^{_OPENS}{_CLOSES}{_BLANK}]*[{_CLOSES}]|[^{_OPENS}{_CLOSES}{_BLANK}{_DIVIDES}])+$"
"""What can be a name: no white space, no separator but inside brackets, no bracket alone."""
NAMES_NOBODY = (
    r"^(?:.|.{101,}|[-0-9０-９.．·_—#*～~!！?？…“”‘’\"《》〈〉【】]+"
    rf"|(?:{ACTS})*等?(?:{EVERYBODY})|(?:{ACTS})*等|(?:{ACTS})+)$"
)
"""What can be none: one character, more than a hundred, marks alone, an open set, an act. Both are said in the database
too (verbatim/migrations), in the same words."""


def is_name(text: str) -> bool:
    return bool(re.search(ONE_NAME, text)) and not re.search(NAMES_NOBODY, text)


class Names(Generic[T]):
    """Names, each with what it means."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = {folded(name): meaning for name, meaning in meanings.items() if name}
        longest_first = sorted(self._meanings, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @classmethod
    def of(cls, things: Iterable[N]) -> "Names[N]":
        """Every name that these documents are printed under, with the document it means."""
        return Names({name: thing for thing in things for name in thing.names})

    def read(self, cell: PrintedCell) -> list[Span[T]]:
        """Where a printed cell holds one of the names: left to right, none inside another."""
        return self.in_cell(cell.text).spans if cell.responsible else self.in_text(cell.text)

    def in_cell(self, cell: str) -> ReadCell[T]:
        """A cell that is there to name somebody, piece by piece between its separators. A piece is one name from end
        to end, several that are joined, or a name and what it does with others; any other piece names nobody."""
        flat, read, at = folded(cell), ReadCell[T]([], []), 0
        while piece := _PIECE.search(flat, at):
            start, end = piece.span()
            line_end = _LINE.match(flat, start).end()  # type: ignore[union-attr]
            if _EXCEPT.search(flat, start, line_end) or self._is_owner_of_what_follows(flat, start, end):
                _leave(cell[start:line_end], read)
                at = line_end
                continue
            if not self._take_names(flat, start, end, read):
                while start < end:
                    start = self._read_part(flat, start, end, read, cell)
            at = end
        return read

    def _is_owner_of_what_follows(self, flat: str, start: int, end: int) -> bool:
        """Whether the piece is another body, of whose offices the rest of its line speaks (县药监局：办公室)."""
        is_body = flat[end : end + 1] in (":", "/") and _OWNER.search(flat[start:end])
        return bool(is_body) and not self._any.fullmatch(flat, start, end)

    def in_text(self, text: str) -> list[Span[T]]:
        """Where running text holds one of the names, whole: left to right, the longest first, none inside another."""
        flat, found, at = folded(text), list[Span[T]](), 0
        while match := self._any.search(flat, at):
            start = match.start()
            end = next((end for end in self._ends(flat, start) if _is_whole(flat, start, end)), 0)
            if end:
                found.append(Span(start, end, self._meanings[flat[start:end]]))
            at = end or start + 1
        return found

    def _ends(self, flat: str, start: int) -> Iterator[int]:
        """Where the names end that begin here, the longest first."""
        end = len(flat)
        while match := self._any.match(flat, start, end):
            yield match.end()
            end = match.end() - 1

    def _read_part(self, flat: str, start: int, end: int, read: ReadCell[T], cell: str) -> int:
        """Read what stands in a piece before the first joint that parts two names, or all of it; where the rest
        begins."""
        name = self._any.match(flat, start, end)
        for joint in _JOINT.finditer(flat, name.end() if name else start + 1, end):
            # A space may be a slip inside a name: it parts only what is known.
            if joint.group().isspace():
                if self._take_names(flat, start, joint.start(), read):
                    return joint.end()
            elif _ENDS_LIKE_A_NAME.search(flat, max(start, joint.start() - 2), joint.start()):
                if not self._take_names(flat, start, joint.start(), read):
                    _leave(cell[start : joint.start()], read)
                return joint.end()
        if not self._take_names(flat, start, end, read):
            _leave(cell[start:end], read)
        return end

    def _take_names(self, flat: str, start: int, end: int, read: ReadCell[T]) -> bool:
        """Take down the names, if from end to end there is nothing but names and what may stand with them."""
        while end > start and flat[end - 1].isspace():
            end -= 1
        while start < end and flat[start].isspace():
            start += 1
        if start == end or (flat[end : end + 1] == ":" and _LABEL.fullmatch(flat, start, end)):
            return True
        at = _LEAD.match(flat, start, end).end()  # type: ignore[union-attr]
        spans, open_sets, name_may_follow = list[Span[T]](), list[str](), True
        while at < end:
            if name_may_follow and (name := self._any.match(flat, at, end)):
                spans.append(Span(at, name.end(), self._meanings[name.group()]))
                at, name_may_follow = name.end(), False
            elif spans and (behind := _BEHIND.match(flat, at, end)):
                open_sets += [behind.group()] * bool(behind["open"])
                at, name_may_follow = behind.end(), True
            else:
                return False
        read.spans.extend(spans)
        read.rest.extend(open_sets)
        return bool(spans)


def _leave(text: str, read: ReadCell[T]) -> None:
    if text.strip():
        read.rest.append(text.strip())


def _is_whole(flat: str, start: int, end: int) -> bool:
    """Whether a name that stands there in running text cannot be a part of a longer one."""
    before, first, last, behind = flat[max(0, start - 4) : start], flat[start], flat[end - 1], flat[end : end + 1]
    if first.isalnum() and before and before[-1].isalnum() and not _MAY_STAND_BEFORE.search(before):
        return False
    if joint := re.search("(?:以及|或者|[和与及或暨])$", before):
        other = before[: joint.start()]
        if other and other[-1].isalnum() and not _ENDS_LIKE_A_NAME.search(other):
            return False
    if before.endswith((":", "(", "/")) and _OWNER.search(before[:-1]):
        return False
    if before.endswith(")") and first != "《" and not _ENUMERATION.search(before):
        return False
    if not (last.isalnum() and behind.isalnum()):
        return True
    if first == "《" or not "\u4e00" <= last <= "\u9fff":
        return behind == "第"
    return not _MAKES_IT_LONGER.match(flat, end)
