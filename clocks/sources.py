"""Where a clause stands, in words: 令42-18(1)2 is written for lawyers in a hurry."""

import re

SOURCES = {
    "137": "《质量技术监督行政处罚程序规定》",
    "138": "《质量技术监督行政处罚案件审理规定》",
    "令2": "《市场监督管理行政处罚程序暂行规定》",
    "令3": "《市场监督管理行政处罚听证暂行办法》",
    "令42": "《市场监督管理行政处罚程序规定》",
    "令44": "《市场监督管理严重违法失信名单管理办法》",
    "令45": "《市场监督管理行政处罚信息公示规定》",
    "听证办法": "《市场监督管理行政处罚听证办法》",
    "裁": "《关于规范市场监督管理行政处罚裁量权的指导意见》",
    "处罚法": "《行政处罚法》",
    "处罚法2017": "《行政处罚法》（2017年）",
    "处罚法2021": "《行政处罚法》（2021年）",
    "强制法": "《行政强制法》",
    "行诉法": "《行政诉讼法》",
    "民诉法": "《民事诉讼法》",
    "复议法2017": "《行政复议法》（2017年）",
    "复议法2023": "《行政复议法》（2023年）",
    "310": "《行政执法机关移送涉嫌犯罪案件的规定》",
    "计量法实施细则": "《计量法实施细则》",
}
NAMES = "|".join(sorted(map(re.escape, SOURCES), key=len, reverse=True))
ORDERS = {"137", "138", "令2", "令3", "令42", "令44", "令45", "听证办法", "裁"}
"""The bureau's own 规章 and what stands beside them; what is neither these, the list nor this system is 法律."""
CLAUSE = re.compile(rf"({NAMES})-?(\d+)(?:\((\d+)\)(\d+)?)?")


def in_words(clauses: str) -> str:
    """Several clauses are parted by semicolons; what is no short form stays as it is."""
    return "、".join(_one(clause.strip()) for clause in clauses.split(";"))


def _one(clause: str) -> str:
    if found := CLAUSE.fullmatch(clause):
        source, article, paragraph, item = found.groups()
        place = f"第{article}条{f'第{paragraph}款' if paragraph else ''}{f'第{item}项' if item else ''}"
        return f"{SOURCES[source]}{place}"
    if clause in SOURCES:
        return SOURCES[clause]
    return (
        re.sub("^清单(?=[二三])", "责任清单十四 ", clause)
        .replace("清单八", "责任清单八")
        .replace("(", "（")
        .replace(")", "）")
    )


def tags_of(clauses: str) -> list[str]:
    """Who says so, each once: 清单, 规章, 法律, 本系统."""
    return list(dict.fromkeys(_tag(clause.strip()) for clause in clauses.split(";")))


def _tag(clause: str) -> str:
    if clause.startswith(("清单", "本系统")):
        return clause[: 3 if clause.startswith("本系统") else 2]
    found = CLAUSE.match(clause)
    source = found[1] if found else clause
    return "规章" if source in ORDERS or "〔" in source else "法律"
