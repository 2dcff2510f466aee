"""The time limits of a case and of what surrounds it, declared once, in the order in which a case meets them.

Lengths stand as the law says them; clauses are written 令42-18(1)2 (article, paragraph, item), and `clocks.sources`
says them in words. What begins before 2019-04-01 goes by set a, from 2021-07-15 by set c, between them by set b.
"""

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from clocks.choices import Choices, chosen
from clocks.time_limit import (
    SECOND,
    THIRD,
    Binds,
    Certainty,
    ExtensionRule,
    Hardness,
    Moves,
    TimeLimit,
    TimeLimits,
    Unit,
)
from verbatim.documents import Document

R, W, M = Hardness
B, C = Certainty.AGREED, Certainty.OPEN

PUBLICITY = datetime.date(2018, 12, 5)
PUBLICITY_BY_ORDER_45 = datetime.date(2021, 9, 1)
REVIEW_ANEW = datetime.date(2024, 1, 1)


class LimitVersion(Document):
    """What changes from one version of a time limit to the next."""

    since: datetime.date | None
    length: str
    clause: str
    values: dict[str, Any]


def in_a(length: str, clause: str, **values: Any) -> LimitVersion:
    return LimitVersion(since=None, length=length, clause=clause, values=values)


def in_b(length: str, clause: str, **values: Any) -> LimitVersion:
    return since(SECOND, length, clause, **values)


def in_c(length: str, clause: str, **values: Any) -> LimitVersion:
    return since(THIRD, length, clause, **values)


def since(day: datetime.date, length: str, clause: str, **values: Any) -> LimitVersion:
    return LimitVersion(since=day, length=length, clause=clause, values=values)


def limit(rule: str, title: str, hardness: Hardness, *versions: LimitVersion, **common: Any) -> Iterator[TimeLimit]:
    """The versions of one time limit; `common` is said of each that does not say otherwise."""
    for version in versions:
        number, unit = _read(version.length)
        said = {"rule": rule, "title": title, "hardness": hardness, "since": version.since, "clause": version.clause}
        yield TimeLimit(**{**said, "number": number, "unit": unit, **common, **version.values})


def _read(length: str) -> tuple[int, Unit]:
    """15工作日, 3月: the number and its unit."""
    found = re.fullmatch(r"(\d+)(日|工作日|月|年|小时)", length)
    assert found, length
    units = {"日": Unit.DAYS, "工作日": Unit.WORKING_DAYS, "月": Unit.MONTHS, "年": Unit.YEARS, "小时": Unit.HOURS}
    return int(found[1]), units[found[2]]


def by_head(clause: str, *, at_most: int | None = None, late_clause: str = "") -> ExtensionRule:
    return ExtensionRule(by="负责人", clause=clause, at_most=at_most, late_clause=late_clause)


def _thirty_then_more(clause: str) -> tuple[ExtensionRule, ExtensionRule]:
    return by_head(clause, at_most=30), ExtensionRule(by="负责人集体讨论", clause=clause)


TESTS = ("检验", "检测", "检定", "鉴定")
BREAKS = ("中止", "听证", "公告", "检测", "检验", "检疫", "鉴定")


def declared(choices: Choices) -> Iterator[TimeLimit]:
    yield from _before_filing(choices)
    yield from _to_the_decision(choices)
    yield from _hearing()
    yield from _after_the_decision(choices)
    yield from _to_court()
    yield from _publicity(choices)
    yield from _beside_the_case(choices)


def _before_filing(choices: Choices) -> Iterator[TimeLimit]:
    cap = Moves.OFF if choices.caps_move else Moves.NEVER
    yield from limit(
        "filing",
        "立案或者不予立案",
        W,
        in_a("15日", "清单三(二)1", stops=TESTS),
        in_b("15工作日", "令2-17", stops=TESTS, longer=(by_head("令2-17", at_most=15),)),
        in_c(
            "15工作日",
            "令42-18",
            stops=(*TESTS, "权利人辨认"),
            longer=(by_head("令42-18", at_most=15),),
        ),
    )
    yield from limit(
        "urgent",
        "情况紧急先采取措施的，补办手续",
        R,
        in_a("24小时", "清单三(一)1"),
        in_b("24小时", "令2-30"),
        in_c("24小时", "令42-33"),
        moves=Moves.NEVER,
    )
    yield from limit(
        "keeping",
        "先行登记保存后作出处理",
        R,
        in_a("7日", "处罚法2017-37(2)"),
        in_b("7日", "令2-32"),
        in_c("7工作日", "令42-35"),
        moves=cap,
    )
    yield from limit(
        "sealing",
        "查封、扣押",
        R,
        in_a("30日", "强制法25(1)"),
        stops=TESTS,
        longer=(by_head("强制法25(1)", at_most=30, late_clause="强制法28(4)"),),
        moves=cap,
    )
    for rule, title, length, clause in (
        ("transfer", "移送涉嫌犯罪案件的决定", "3日", "310-5"),
        ("transfer_police", "移送决定批准后送公安机关", "24小时", "310-5"),
        ("transfer_goods", "公安机关立案后移交涉案物品", "3日", "310-12"),
        ("transfer_objection", "不服公安机关不予立案提请复议", "3日", "310-9"),
    ):
        yield from limit(rule, title, R, in_a(length, clause), moves=cap)
    yield from limit(
        "limitation",
        "追究违法行为",
        R,
        in_a("2年", "处罚法2017-29"),
        in_c("2年", "处罚法2021-36"),
        moves=Moves.NEVER,
        counts_start=choices.limitation_counts_first_day,
    )
    yield from limit(
        "limitation_harm",
        "追究涉及生命健康、金融安全且有危害后果的违法行为",
        R,
        in_a(
            "5年" if choices.old_acts_five_years else "2年",
            "处罚法2021-36" if choices.old_acts_five_years else "处罚法2017-29",
            certainty=C,
        ),
        in_c("5年", "处罚法2021-36"),
        moves=Moves.NEVER,
        counts_start=choices.limitation_counts_first_day,
    )


def _to_the_decision(choices: Choices) -> Iterator[TimeLimit]:
    yield from limit(
        "audit",
        "审核案件",
        W,
        in_a("5工作日", "清单三(四)1"),
        in_b("10工作日", "令2-49", longer=(by_head("令2-49"),)),
        in_c("10工作日", "令42-55", longer=(by_head("令42-55"),)),
    )
    yield from limit(
        "notice_reply",
        "陈述、申辩",
        R,
        in_a(f"{choices.reply_days_before_2019}日", "清单三(五)", certainty=C),
        in_b("3工作日", "令2-51"),
        in_c("5工作日", "令42-57"),
        binds=Binds.PARTY,
    )
    fixed = choices.decision_days_before_2019
    yield from limit(
        "decision",
        "作出处理决定",
        W,
        in_a(f"{fixed or 90}日", "本系统", hardness=W if fixed else M, certainty=C),
        in_b("90日", "令2-57", stops=BREAKS, longer=_thirty_then_more("令2-57(1)")),
        in_c(
            "90日",
            "令42-64",
            stops=(*BREAKS, "权利人辨认", "退款"),
            longer=_thirty_then_more("令42-64(1)"),
        ),
    )


def _hearing() -> Iterator[TimeLimit]:
    yield from limit(
        "hearing_request",
        "要求听证",
        R,
        in_a("3日", "137-33"),
        in_b("3工作日", "令3-7"),
        in_c("5工作日", "听证办法7"),
        binds=Binds.PARTY,
    )
    yield from limit("hearing", "举行听证", W, in_a("15日", "137-36", certainty=C))
    for rule, title, length, article in (
        ("hearing_chair", "确定听证主持人", "3工作日", 18),
        ("hearing_file", "将案卷移送听证主持人", "3工作日", 19),
        ("hearing_date", "确定听证的时间、地点", "5工作日", 20),
        ("hearing_report", "提交听证报告", "5工作日", 29),
    ):
        yield from limit(rule, title, W, in_b(length, f"令3-{article}"), in_c(length, f"听证办法{article}"))
    yield from limit(
        "hearing_notice",
        "通知听证的时间、地点",
        R,
        in_a("7日", "处罚法2017-42(1)2; 137-36(4)"),
        in_b("7日", "令3-20"),
        in_c("7工作日", "听证办法20"),
        before=True,
        moves=Moves.NEVER,
    )
    yield from limit(
        "hearing_publicity",
        "公告公开举行的听证",
        R,
        in_b("3日", "令3-22"),
        in_c("3工作日", "听证办法22"),
        before=True,
        moves=Moves.NEVER,
    )


def _after_the_decision(choices: Choices) -> Iterator[TimeLimit]:
    yield from limit(
        "service", "送达决定书", W, in_a("7日", "清单三(六)"), in_b("7日", "令2-73"), in_c("7工作日", "令42-81")
    )
    yield from limit(
        "service_by_notice",
        "公告满期视为送达",
        M,
        in_a("60日", "民诉法92", certainty=B),
        in_b("60日", "令2-74(5)"),
        since(choices.order_61_on, "30日", "令42-82(5)", certainty=C),
        moves=Moves.NEVER,
    )
    yield from limit(
        "correction",
        "改正违法行为",
        R,
        in_a("30日", "清单三(六)"),
        in_b("30日", "清单三(六)", hardness=W),
        in_c("30日", "清单三(六)", hardness=W),
        binds=Binds.PARTY,
        longer=(by_head("清单三(六)"),),
    )
    yield from limit(
        "payment",
        "缴纳罚款",
        M,
        in_a("15日", "处罚法2017-46", longer=(ExtensionRule(by="主要负责人", clause="137-49"),)),
        in_b("15日", "令2-64", longer=(by_head("令2-66"),)),
        in_c("15日", "令42-72", longer=(by_head("令42-74"),)),
        binds=Binds.PARTY,
    )
    yield from limit("cash", "当场收缴的罚款上缴", W, in_a("2日", "处罚法2017-50"), in_c("2工作日", "处罚法2021-71"))
    yield from limit("closing", "填写结案审批表", W, in_b("15工作日", "令2-70"), in_c("15工作日", "令42-77"))
    yield from limit("simple_archive", "当场处罚材料归档", W, in_b("7工作日", "令2-62"), in_c("7工作日", "令42-70"))
    yield from limit("report", "案件备案", M, in_a("15日", "137-55"))
    if number := choices.report_days_since_2019:
        yield from limit("report", "案件备案", M, in_b(f"{number}日", "清单二(二)", certainty=C))


def _to_court() -> Iterator[TimeLimit]:
    yield from limit(
        "review",
        "申请行政复议",
        R,
        in_a("60日", "复议法2017-9"),
        since(REVIEW_ANEW, "60日", "复议法2023-20"),
        binds=Binds.PARTY,
    )
    yield from limit("suit", "提起行政诉讼", R, in_a("6月", "行诉法46"), binds=Binds.PARTY)
    yield from limit("suit_after_review", "复议后提起行政诉讼", R, in_a("15日", "行诉法45"), binds=Binds.PARTY)
    yield from limit("court", "申请法院强制执行", R, in_a("3月", "强制法53"), moves=Moves.NEVER)
    yield from limit("urge", "催告送达满期方可申请执行", R, in_a("10工作日", "强制法54"))


def _publicity(choices: Choices) -> Iterator[TimeLimit]:
    length, clause = ("7工作日", "国办发〔2018〕118号") if choices.publish_in_seven else ("20工作日", "令45")
    yield from limit(
        "publish",
        "公示处罚信息",
        W,
        in_a("7工作日", "国发〔2016〕33号", certainty=B),
        since(PUBLICITY, "7工作日", "国办发〔2018〕118号", certainty=B),
        since(PUBLICITY_BY_ORDER_45, length, clause, certainty=C),
    )
    for rule, title in (("elsewhere", "把处罚信息推送外省登记地"), ("there", "公示外省推送的处罚信息")):
        yield from limit(f"publish_{rule}", title, W, since(PUBLICITY_BY_ORDER_45, "10工作日", "令45"))
    yield from limit(
        "publish_end",
        "停止公示",
        M,
        since(PUBLICITY, "5年", "国办发〔2018〕118号", certainty=B),
        since(PUBLICITY_BY_ORDER_45, "3年", "令45"),
        moves=Moves.NEVER,
    )
    yield from limit(
        "publish_end_person",
        "停止公示自然人的处罚信息",
        M,
        since(PUBLICITY, "2年", "国办发〔2018〕118号", certainty=B),
        since(PUBLICITY_BY_ORDER_45, "3年", "令45"),
        moves=Moves.NEVER,
    )
    yield from limit(
        "publish_end_short",
        "停止公示通报批评、较低数额罚款",
        M,
        since(PUBLICITY_BY_ORDER_45, "3月", "令45"),
        moves=Moves.NEVER,
    )
    yield from limit("withdraw", "撤回已公示的处罚信息", W, in_c("3工作日", "处罚法2021-48"))


def _beside_the_case(choices: Choices) -> Iterator[TimeLimit]:
    yield from limit("assist", "答复协助调查函", W, in_b("15工作日", "令2-42"), in_c("15工作日", "令42-45"))
    for rule, title, article in (
        ("jurisdiction", "协商解决管辖争议", 0),
        ("jurisdiction_request", "答复管辖请示", 3),
    ):
        yield from limit(
            rule, title, M, in_b("7工作日", f"令2-{12 + article}"), in_c("7工作日", f"令42-{13 + article}")
        )
    yield from limit("random_results", "公布随机抽查结果", W, in_a("20工作日", "冀政办发〔2015〕22号", certainty=B))
    yield from limit("yearly_check", "办理年度监督检查", W, in_a("20日", "清单八 五3"))
    for rule, title, length, moves in (
        ("blacklist", "公示严重违法失信名单", "20工作日", Moves.OFF),
        ("blacklist_early", "可以申请提前移出", "1年", Moves.NEVER),
        ("blacklist_end", "移出严重违法失信名单", "3年", Moves.NEVER),
        ("blacklist_accept", "受理提前移出申请", "2工作日", Moves.OFF),
        ("blacklist_decide", "决定是否提前移出", "15工作日", Moves.OFF),
        ("blacklist_off", "移出以后停止公示", "3工作日", Moves.OFF),
    ):
        yield from limit(rule, title, W, since(PUBLICITY_BY_ORDER_45, length, "令44"), moves=moves)


def _moved_as(choices: Choices, limit: TimeLimit) -> TimeLimit:
    """Sets b and c say 法定节假日 where a says 节假日."""
    anew = limit.since is not None and limit.moves is Moves.OFF and not choices.weekends_move
    return limit.with_values(moves=Moves.HOLIDAY) if anew else limit


@lru_cache(maxsize=8)
def limits_under(choices: Choices) -> TimeLimits:
    return TimeLimits(_moved_as(choices, each) for each in declared(choices))


def in_force() -> TimeLimits:
    """The time limits under the answers of the settings."""
    return limits_under(chosen())
