"""What several forms say of a case: moments and sums, who did what, the party, its remedies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases import rules
from cases.choices import chosen
from cases.papers.form import Asked, Facts, Line, Pair, Says, in_figures, series_word
from cases.penalties import Penalty
from clocks.limits_of_the_law import in_force


def said_moment(moment: Any) -> str:
    """2026年3月1日9时05分"""
    local = timezone.localtime(moment)
    return f"{in_figures(local.date())}{local.hour}时{local.minute:02}分"


def said_sum(amount: Decimal) -> str:
    """500元; 500.50元"""
    return f"{amount:.0f}元" if amount == amount.to_integral_value() else f"{amount:.2f}元"


DECISION_WORDS = {29: "罚", 30: "当罚", 31: "不罚", 32: "建"}
"""What tells the numbers of decisions apart, by the form on which each stands."""


def decision_label(case: Any) -> str:
    """文质监罚字〔2026〕3号: as it stands on the paper of the decision."""
    decided = {"penalty": 29, "none": 31, "advice": 32}
    number = 30 if case.spot_penalty_or_none() else decided[case.decided_proposal().outcome]
    return series_word(number, DECISION_WORDS[number]) + str(case.decision_number)


def decided_said(proposal: Any) -> str:
    """给予行政处罚：警告、罚款500元"""
    return "：".join(filter(None, [str(proposal.get_outcome_display()), kinds_said(proposal)]))


def kinds_said(proposal: Any) -> str:
    """警告、罚款500元"""
    sums = {Penalty.FINE: proposal.fine, Penalty.GAINS: proposal.gains}
    return "、".join(kind + (said_sum(sums[kind]) if sums.get(kind) else "") for kind in proposal.kinds)


def done(verb: str, since: str = "") -> Says:
    """What the timeline tells of the latest act of that kind: who did it, when, and the reason that was given; nothing
    where what it was about was brought anew `since`, by an act of that kind."""

    def says(facts: Facts) -> str:
        act, anew = facts.act(verb), facts.act(since) if since else None
        if act is None or (anew is not None and anew.number > act.number):
            return ""
        said = f"{in_figures(timezone.localtime(act.at).date())}，{act.by_name}{act.get_verb_display()}。"
        return "\n".join(filter(None, [act.reason, said]))

    return says


def either(*says: Says) -> Says:
    """What the first of them says that says anything."""
    return lambda facts: next(filter(None, (each(facts) for each in says)), "")


def typed(name: str) -> Says:
    return lambda facts: facts.typed.get(name, "")


def officers(facts: Facts) -> str:
    """Whoever stands in the row, by name and certificate."""
    return "、".join(map(str, facts.row.officers))


def handlers(facts: Facts) -> str:
    return "、".join(str(each.officer) for each in facts.case.handlers.all())


def you(facts: Facts) -> str:
    """How a paper speaks to the party."""
    return "你单位" if facts.party.kind == "organisation" else "你"


def addressed(facts: Facts) -> str:
    return f"{facts.party.name}："


def remedy(facts: Facts) -> str:
    """Where and how long the party may object to what is done to it."""
    review, suit = (in_force().on(name, facts.day).number for name in ("review", "suit"))
    where = "或者".join(rules.Review.at(facts.day))
    return (
        f"{you(facts)}对本决定享有陈述、申辩的权利。不服本决定的，可以自收到本决定书之日起"
        f"{review}日内向{where}申请行政复议，也可以自收到本决定书之日起{suit}个月内"
        f"依法向{chosen().sue_at}提起行政诉讼。"
    )


def surcharge_told(fine: Decimal) -> str:
    """加处罚款 has to be announced in the paper (强制法45)."""
    return "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款本数。" if fine else ""


def remedy_on_the_spot(facts: Facts) -> str:
    """Since 2024-01-01 whoever was fined on the spot asks for a review before any suit (复议法2023-23(1)1)."""
    if not rules.Review.comes_first(facts.day, is_simple=True):
        return remedy(facts)
    review, suit = (in_force().on(name, facts.day).number for name in ("review", "suit_after_review"))
    return (
        f"{you(facts)}不服本决定的，应当先自收到本决定书之日起{review}日内向"
        f"{'或者'.join(rules.Review.at(facts.day))}申请行政复议；对复议决定不服的，"
        f"可以自收到复议决定书之日起{suit}日内依法向{chosen().sue_at}提起行政诉讼。"
    )


def contact(facts: Facts) -> str:
    return f"联系人：{handlers(facts)}" if facts.case.handlers.all() else ""


PARTY = (
    Pair(
        Line("当事人", lambda f: f.party.name),
        Line("法定代表人或者负责人", lambda f: f.party.representative),
    ),
    Pair(
        Line("身份证号或者统一社会信用代码", lambda f: f.party.identity_number),
        Line("联系电话", lambda f: f.party.phone),
    ),
    Line("住址（住所）", lambda f: f.party.address),
)
CAUSE = Asked("cause", "案由", suggested=lambda f: f"涉嫌{'、'.join(f.case.kind_labels)}违法")
CAUSE_LINE = Line("案由", typed("cause"))
SOURCE_LINE = Pair(
    Line("案件来源", lambda f: f.case.get_source_display()),
    Line("发现（收到材料）日期", lambda f: in_figures(f.case.found_on)),
)


def proposal(facts: Facts) -> str:
    """What is to be done, with what the law allows beside it."""
    row = facts.row
    said = [row.get_outcome_display()]
    if row.kinds:
        said.append("种类：" + "、".join(row.kinds))
    if row.fine:
        said.append(f"罚款{said_sum(row.fine)}（法定{said_sum(row.minimum)}至{said_sum(row.maximum)}）")
    if row.confiscated:
        gains = f"，其中违法所得{said_sum(row.gains)}" if row.gains else ""
        said.append(f"没收的价值{said_sum(row.confiscated)}{gains}")
    if row.grade:
        said.append(f"裁量档次：{row.grade}")
    if row.ground:
        said.append(f"减轻的法定情形：{row.ground}")
    return "；".join(said) + "。"
