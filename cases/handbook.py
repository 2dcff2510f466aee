"""docs/cases.md: the chapter clause by clause beside the rule that holds it, written from the rules themselves."""

from collections.abc import Iterable, Iterator

from cases.amounts import Amount
from cases.chapter import Paragraph, paragraphs
from cases.rule import Rule, RuleVersion
from cases.rules import RULES
from clocks.sources import in_words, tags_of
from clocks.time_limit import Certainty, Hardness
from editions.register.register import Register

HARDNESS = {Hardness.REFUSE: "不准", Hardness.WARN: "要写理由", Hardness.REMIND: "提醒"}
CERTAINTY = {Certainty.READ: "", Certainty.AGREED: "，见于多处，未见原文", Certainty.OPEN: "，规定不明，按本局设定"}
ALL: tuple[type[Rule], ...] = (*RULES, Amount)

INTRODUCTION = """# 案件查处：清单的每一段由什么规则守住

本文由 `make handbook` 从 `cases/rules.py` 写出，不要手改。左边是 2017-12 版清单《规范案件查处》（十四）的原文，右边是
守住它的规则。一步办在哪一天，就按那一天的规定；已经起算的期限沿用起算时的规定。

“不准”：不能办。“要写理由”：写明理由才能办，理由记入经办记录。“提醒”：只在页面上提示。
"""


def handbook(register: Register) -> str:
    """The whole document, of a list that has the regime."""
    return "\n".join([INTRODUCTION, *_chapter(register), *_beside_the_list(), *_unchecked()])


def _chapter(register: Register) -> Iterator[str]:
    yield "## 清单原文和规则\n"
    yield "| 清单原文 | 规则 |"
    yield "|-|-|"
    for each in paragraphs(register):
        yield f"| {_quoted(each)} | {_rules_of(each.anchor)} |"
    yield ""


def _quoted(paragraph: Paragraph) -> str:
    text = f"**{paragraph.text}**" if paragraph.level == 0 else paragraph.text
    return f"{text}<br>理解：{paragraph.reading}" if paragraph.reading else text


def _rules_of(anchor: str) -> str:
    return "<br>".join(_called(rule) for rule in ALL if anchor in rule.paragraphs) or "—"


def _called(rule: type[Rule]) -> str:
    return f"`{rule.id}` {rule.title}"


def _beside_the_list() -> Iterator[str]:
    yield "## 规则\n"
    yield "| 规则 | 依据 | 从何日起 | 硬度 |"
    yield "|-|-|-|-|"
    for rule in ALL:
        for version in rule.versions() or ():
            yield f"| {_called(rule)} | {_basis(version)} | {version.since or '一直'} | {HARDNESS[version.hardness]} |"
        if rule.note:
            yield f"| | {rule.note} | | |"
    yield ""


def _basis(version: RuleVersion) -> str:
    return f"〔{'、'.join(tags_of(version.clause))}〕{in_words(version.clause)}{CERTAINTY[version.certainty]}"


def _unchecked() -> Iterable[str]:
    rows = [f"- {_called(rule)}：{rule.unchecked}" for rule in ALL if rule.unchecked]
    return ["## 程序不能判断的\n", *rows, ""]
