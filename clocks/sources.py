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
    "处罚法2017": "《行政处罚法》（2017年）",
    "处罚法2021": "《行政处罚法》（2021年）",
    "强制法": "《行政强制法》",
    "行诉法": "《行政诉讼法》",
    "民诉法": "《民事诉讼法》",
    "复议法2017": "《行政复议法》（2017年）",
    "复议法2023": "《行政复议法》（2023年）",
    "310": "《行政执法机关移送涉嫌犯罪案件的规定》",
}
NAMES = "|".join(sorted(map(re.escape, SOURCES), key=len, reverse=True))
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
