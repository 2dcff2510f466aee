"""The forms from the order to mend on, over committee, notice and hearing, to what is decided and transferred."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cases import rules
from cases.papers.form import Asked, Facts, Form, Line, Listing, Pair, Prose, in_figures
from cases.papers.says import (
    CAUSE,
    CAUSE_LINE,
    DECISION_WORDS,
    PARTY,
    addressed,
    contact,
    decided_said,
    either,
    officers,
    proposal,
    remedy,
    remedy_on_the_spot,
    said_moment,
    said_sum,
    surcharge_told,
    typed,
    you,
)
from cases.rows.committee import Ballot
from cases.rows.proposal import Outcome
from clocks.limits_of_the_law import in_force


def hand(who: str, did: str) -> Any:
    """What the case keeps of that act: who did it, and when; nothing where the row of the paper came afterwards."""

    def says(facts: Facts) -> str:
        at = getattr(facts.case, f"{who}_at")
        is_of_it = at is not None and at >= getattr(facts.row, "at", at)
        return f"{said_moment(at)}，{getattr(facts.case, f'{who}_by_name')}{did}。" if is_of_it else ""

    return says


# Orders to mend


def _investigated(case: Any) -> list[Any]:
    return [case] if case.filed_on or case.spot_penalty_or_none() else []


def _latest_order(facts: Facts) -> Any:
    return next(reversed(facts.case.correction_orders.all()), None)


def _what_to_mend(facts: Facts) -> str:
    order = _latest_order(facts)
    return order.what if order else ""


def _days_to_mend(facts: Facts) -> str:
    order = _latest_order(facts)
    return str(order.days) if order else ""


# Of the committee


def followed_by(rows: Any, begins: str, *verbs: str) -> Any:
    """Of the rows that the act `begins` makes, one each time, those after which one of these acts was done before the
    next began."""

    def of(case: Any) -> list[Any]:
        made, place, found = list(rows(case)), -1, []
        for verb in case.timeline.filter(verb__in=(begins, *verbs)).values_list("verb", flat=True):
            if verb == begins:
                place += 1
            elif made[place] not in found:
                found.append(made[place])
        return found

    return of


def _meetings(*verbs: str) -> Any:
    return followed_by(lambda case: case.meetings.all(), "met", *verbs)


def _as(outcome: Outcome, verb: str) -> Any:
    """The meetings with that outcome after which it was announced, or approved by the head of the bureau."""
    return lambda case: [each for each in _meetings(verb)(case) if each.outcome == outcome]


def _who_was(how: str) -> Any:
    def says(facts: Facts) -> str:
        return "、".join(each.member.account.get_full_name() for each in facts.row.attendances.all() if each.how == how)

    return says


def _chair(facts: Facts) -> str:
    meeting = facts.row
    said = f"{meeting.chair.account.get_full_name()}（{meeting.chair.as_of(meeting.at).get_post_display()}）"
    return f"{said}，受主任委员委托" if meeting.is_deputised else said


def _present(facts: Facts) -> str:
    return f"全体委员 {facts.row.members} 人，计入的出席委员 {facts.row.counted} 人：{_who_was('present')(facts)}"


def _votes(facts: Facts) -> Iterator[tuple[str, ...]]:
    for each in facts.row.voters():
        post = each.member.as_of(each.at).get_post_display()
        name = f"{each.member.account.get_full_name()}（{post}）"
        yield name, each.said, said_moment(each.ballot.at)


def _result(facts: Facts) -> str:
    meeting = facts.row
    tally = meeting.tally()
    counted = "，".join(f"{vote.label} {tally[vote]} 人" for vote in Ballot.Vote if tally[vote])
    return f"{counted}。" + (f"审理意见：{decided_said(meeting)}。" if meeting.is_agreed() else "没有形成同意的多数。")


# Of the notice


def _notice_of(facts: Facts) -> Any:
    """Once it is served."""
    return next((each for each in facts.case.notices.all() if each.meeting_id == facts.row.pk), None)


def _noticed(column: str, otherwise: Any) -> Any:
    def says(facts: Facts) -> str:
        notice = _notice_of(facts)
        return getattr(notice, column) if notice else otherwise(facts)

    return says


def _facts_found(facts: Facts) -> str:
    conclusion = facts.case.conclusion()
    return conclusion.facts if conclusion else ""


def _offers_hearing(facts: Facts) -> bool:
    notice = _notice_of(facts)
    if notice:
        return bool(notice.hearing_offered)
    sanction = facts.row.sanction(facts.party.kind)
    return bool(rules.HearingDue.reasons(facts.day, sanction, rules.HearingDue.local()))


def _rights(facts: Facts) -> str:
    reply, request = (in_force().on(name, facts.day).length for name in ("notice_reply", "hearing_request"))
    heard = f"{you(facts)}可以自收到本告知书之日起{reply}内向我局陈述、申辩；逾期不提出的，视为放弃。"
    if not _offers_hearing(facts):
        return heard
    return (
        f"{heard}\n{you(facts)}有要求举行听证的权利。要求听证的，自收到本告知书之日起{request}内"
        "书面或者口头向我局提出；逾期不提出的，视为放弃。"
    )


# Of the hearing


def _requests(case: Any) -> list[Any]:
    return [found for notice in case.notices.all() if (found := notice.hearing_request())]


def _minutes(case: Any) -> list[Any]:
    return [each.minutes for notice in case.notices.all() for each in notice.hearings.all() if each.is_held]


def _convened(says: Any) -> Any:
    """What was convened to the request, where it is in the file already."""

    def suggested(facts: Facts) -> str:
        hearing = next(reversed(facts.row.notice.hearings.all()), None)
        return says(hearing) if hearing else ""

    return suggested


def _invitation(facts: Facts) -> str:
    return (
        f"{you(facts)}于{in_figures(facts.row.given_on)}要求举行听证。我局决定于{facts.typed['when']}在"
        f"{facts.typed['where']}{facts.typed['publicity']}听证，听证主持人为{facts.typed['chair']}，"
        f"记录员为{facts.typed['clerk']}。"
    )


def _hearing_rights(facts: Facts) -> str:
    return (
        f"{you(facts)}可以亲自参加听证，也可以委托一至二人代理，委托代理的应当提交授权委托书。"
        f"认为听证主持人、记录员与本案有利害关系的，{you(facts)}有权申请回避。听证不收费用。\n"
        "无正当理由不到场，或者未经许可中途退场的，终止听证。"
    )


def _hearing_course(facts: Facts) -> str:
    minutes = facts.row
    return "、".join(filter(None, [minutes.get_course_display(), *minutes.steps]))


# Of the decision


def _submitted(case: Any) -> list[Any]:
    decision = case.decision()
    return [decision] if decision else []


decided = followed_by(lambda case: case.decisions.all(), "decision_proposed", "decided")
"""The texts that were decided; a decision on the spot has a form of its own."""


def _goods_taken(facts: Facts) -> str:
    """Those under the measures whose goods the decision takes."""
    taken = facts.row.confiscated_goods.select_related("measure")
    return "；".join("、".join(each.measure.goods.split("\n")) for each in taken)


def _on_the_spot(case: Any) -> list[Any]:
    spot = case.spot_penalty_or_none()
    return [spot] if spot else []


def _to_be_paid(facts: Facts) -> str:
    if not facts.row.fine:
        return ""
    if facts.row.is_cash:
        return f"罚款{said_sum(facts.row.fine)}当场收缴。"
    term = in_force().on("payment", facts.day).length
    bank = facts.typed["bank"] or "指定的银行"
    return f"{you(facts)}应当自收到本决定书之日起{term}内，到{bank}缴纳罚款{said_sum(facts.row.fine)}。"


def _transferred_on(facts: Facts) -> datetime.date:
    """The day of the latest approval."""
    return timezone.localtime(facts.act("transfer_approved").at).date()


def _found_out(facts: Facts) -> str:
    return f"经查，{you(facts)}{facts.typed['facts']}"


def _not_penalised(facts: Facts) -> str:
    return f"{facts.typed['reasons']}\n依据{facts.typed['basis']}的规定，我局决定对{you(facts)}不予行政处罚。"


FACTS = Asked("facts", "违法事实", help="接在“经查，你（你单位）”后面，写到句号。", suggested=_facts_found)
BASIS = Asked("basis", "依据的条款", suggested=lambda f: f.row.article)
REASONS = Asked("reasons", "理由", help="写成完整的句子。", suggested=lambda f: f.row.reasons)

DECIDING: tuple[Form, ...] = (
    Form(
        number=21,
        title="责令改正通知书",
        act="correction_ordered",
        word="责改",
        is_outward=True,
        of=_investigated,
        needs="还没有立案",
        repeats=True,
        asks=(
            FACTS,
            Asked("articles", "依据的条款"),
            Asked("mend", "改正什么", suggested=_what_to_mend),
            Asked("days", "改正期限（日）", suggested=_days_to_mend),
        ),
        parts=(
            Prose(addressed, "to"),
            Prose(_found_out),
            Prose(
                lambda f: (
                    f"依据{f.typed['articles']}的规定，现责令{you(f)}自收到本通知书之日起{f.typed['days']}日内"
                    f"改正：{f.typed['mend']}\n期满以后，我局进行复查。"
                )
            ),
            Prose(remedy),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=24,
        title="案件审理记录",
        act="met",
        of=_meetings("agreed", "agreed_otherwise", "sent_to_supplement", "adjourned"),
        needs="案审委还没有审理",
        roles=("audit",),
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            Line("当事人", lambda f: f.party.name),
            Pair(
                Line("会议日期", lambda f: in_figures(f.row.held_on)),
                Line("地点", lambda f: f.row.place),
            ),
            Pair(Line("主持人", _chair), Line("记录人", lambda f: f.row.by_name)),
            Line("出席", _present),
            Pair(Line("列席（承办人员）", _who_was("observing")), Line("回避", _who_was("recused"))),
            Line("缺席", _who_was("absent")),
            Line("提请审理的处理意见", proposal),
            Line("审理记录", lambda f: f.row.record),
            Listing(columns=(("委员", 46), ("表决和意见", 48), ("以本人密码签名的时间", 48)), says=_votes),
            Line("审理意见", _result, "主持人签名"),
        ),
    ),
    Form(
        number=25,
        title="行政处罚告知书",
        act="notified",
        word="罚告",
        is_outward=True,
        of=_as(Outcome.PENALTY, "agreed"),
        needs="案审委还没有同意给予处罚",
        asks=(
            Asked("facts", FACTS.label, FACTS.help, suggested=_noticed("facts", _facts_found)),
            Asked("basis", "处罚依据", suggested=_noticed("basis", lambda f: f.row.article)),
            Asked("reasons", "处罚理由", suggested=_noticed("reasons", lambda f: f.row.reasons)),
        ),
        parts=(
            Prose(addressed, "to"),
            Prose(_found_out),
            Prose(lambda f: f"处罚依据：{f.typed['basis']}\n处罚理由：{f.typed['reasons']}"),
            Prose(lambda f: f"我局拟对{you(f)}{decided_said(f.row)}。"),
            Prose(_rights),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=26,
        title="听证通知书",
        act="hearing_convened",
        word="听通",
        is_outward=True,
        of=_requests,
        needs="当事人没有要求听证",
        repeats=True,
        asks=(
            Asked("when", "听证时间", "年月日时分。", suggested=_convened(lambda h: in_figures(h.held_on))),
            Asked("where", "听证地点", suggested=_convened(lambda h: h.place)),
            Asked(
                "publicity",
                "公开举行或者不公开举行",
                suggested=either(
                    _convened(lambda h: "公开举行" if h.is_public else "不公开举行"), lambda f: "公开举行"
                ),
            ),
            Asked("chair", "听证主持人", suggested=_convened(lambda h: h.chair.get_full_name())),
            Asked("clerk", "记录员", suggested=_convened(lambda h: h.clerk.get_full_name())),
        ),
        parts=(
            Prose(addressed, "to"),
            Prose(_invitation),
            Prose(_hearing_rights),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=27,
        title="听证笔录",
        act="hearing_held",
        of=_minutes,
        needs="听证还没有举行",
        roles=("audit",),
        asks=(CAUSE, Asked("there", "到场的人", help="承办人员、当事人、代理人和第三人的姓名。")),
        parts=(
            CAUSE_LINE,
            Line("当事人", lambda f: f.party.name),
            Pair(
                Line("听证日期", lambda f: in_figures(f.row.hearing.held_on)),
                Line("结束日期", lambda f: in_figures(f.row.closed_on)),
            ),
            Pair(
                Line("地点", lambda f: f.row.hearing.place),
                Line("公开举行", lambda f: "是" if f.row.hearing.is_public else "否"),
            ),
            Pair(
                Line("听证主持人", lambda f: f.row.hearing.chair.get_full_name()),
                Line("记录员", lambda f: f.row.hearing.clerk.get_full_name()),
            ),
            Line("到场的人", typed("there")),
            Line("当事人的代理人", lambda f: f"{f.row.agents}人"),
            Line("经过", _hearing_course),
            Line("笔录", lambda f: f.row.record),
            Line("当事人核对笔录", lambda f: f.row.get_signature_display(), "当事人签名"),
            Line("听证主持人", signed="听证主持人签名"),
            Line("记录员", signed="记录员签名"),
        ),
    ),
    Form(
        number=28,
        title="行政处罚决定审批表",
        act="decision_proposed",
        word="罚审",
        of=_submitted,
        needs="还没有报批处罚决定",
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            *PARTY,
            Line("违法事实", lambda f: f.row.facts),
            Line("证据", lambda f: f.row.evidence),
            Line("处罚依据", lambda f: f.row.basis),
            Line("处罚理由", lambda f: f.row.reasons),
            Line("陈述、申辩", lambda f: f.row.defence),
            Line("拟作的决定", lambda f: f"{decided_said(f.row.meeting)}。"),
            Line("没收的物品", _goods_taken),
            Line("承办人员意见", hand("decision_proposed", "报批"), "承办人员签名"),
            Line("案审办审核意见", hand("decision_reviewed", "审核通过"), "审核人签名"),
            Line("案审委主任委员审批意见", hand("decided", "批准"), "签名"),
        ),
    ),
    Form(
        number=29,
        title="行政处罚决定书",
        act="decided",
        word=DECISION_WORDS[29],
        numbered_as=lambda f: f.case.decision_number,
        dated=lambda f: f.case.decided_on,
        is_outward=True,
        of=decided,
        needs="还没有作出处罚决定",
        parts=(
            Prose(lambda f: f"当事人：{f.row.party_name}\n地址：{f.row.party_address}"),
            Prose(lambda f: f"违法事实：{f.row.facts}\n证据：{f.row.evidence}"),
            Prose(lambda f: f"处罚依据：{f.row.basis}\n处罚理由：{f.row.reasons}"),
            Prose(lambda f: f"裁量基准：{f.row.standard}" if f.row.standard else ""),
            Prose(lambda f: f"陈述、申辩：{f.row.defence}" if f.row.defence else ""),
            Prose(lambda f: f"我局决定{decided_said(f.row.meeting)}。"),
            Prose(lambda f: f"没收的物品：{goods}" if (goods := _goods_taken(f)) else ""),
            Prose(lambda f: f"履行方式和期限：{f.row.payment}\n救济途径和期限：{f.row.remedy}"),
            Prose(lambda f: surcharge_told(f.row.meeting.fine)),
            Prose(lambda f: "本处罚信息将依法公示。" if f.row.publicity_told else ""),
        ),
    ),
    Form(
        number=30,
        title="当场处罚决定书",
        act="penalised_on_the_spot",
        word=DECISION_WORDS[30],
        numbered_as=lambda f: f.case.decision_number,
        dated=lambda f: f.case.decided_on,
        is_outward=True,
        of=_on_the_spot,
        needs="这一案没有当场处罚",
        asks=(
            Asked("when", "作出处罚的时间", "年月日时分。", suggested=lambda f: in_figures(f.row.served_on)),
            Asked("where", "作出处罚的地点"),
            Asked("bank", "到哪里缴纳罚款", help="不当场收缴的填：代收的银行和账户。", is_required=False),
        ),
        parts=(
            Prose(lambda f: f"当事人：{f.party.name}" + (f"\n地址：{f.party.address}" if f.party.address else "")),
            Prose(lambda f: f"违法事实：{f.row.facts}\n处罚依据：{f.row.article}"),
            Prose(lambda f: f"已告知{you(f)}作出处罚的事实、依据、理由和依法享有的权利，听取了{you(f)}的陈述、申辩。"),
            Prose(lambda f: f"决定{decided_said(f.row)}。"),
            Prose(_to_be_paid),
            Prose(lambda f: "" if f.row.is_cash else surcharge_told(f.row.fine)),
            Prose(remedy_on_the_spot),
            Pair(Line("时间", typed("when")), Line("地点", typed("where"))),
            Line("执法人员及证号", officers, "执法人员签名"),
            Line("当事人收到决定书", lambda f: f"当场交付，{in_figures(f.row.served_on)}。", "当事人签名"),
        ),
    ),
    Form(
        number=31,
        title="不予处罚决定书",
        act="outcome_approved",
        word=DECISION_WORDS[31],
        numbered_as=lambda f: f.case.decision_number,
        dated=lambda f: f.case.decided_on,
        is_outward=True,
        of=_as(Outcome.NONE, "outcome_approved"),
        needs="还没有批准不予处罚",
        asks=(FACTS, Asked("basis", "依据的条款", suggested=BASIS.suggested), REASONS),
        parts=(
            Prose(addressed, "to"),
            Prose(_found_out),
            Prose(_not_penalised),
            Prose(remedy),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=32,
        title="执法建议书",
        act="outcome_approved",
        word=DECISION_WORDS[32],
        numbered_as=lambda f: f.case.decision_number,
        dated=lambda f: f.case.decided_on,
        is_outward=True,
        of=_as(Outcome.ADVICE, "outcome_approved"),
        needs="还没有批准提出建议",
        asks=(
            Asked("to", "向谁建议", suggested=lambda f: f.party.name),
            Asked("facts", "发现的情况", suggested=_facts_found),
            Asked("advice", "建议", suggested=lambda f: f.row.reasons),
        ),
        parts=(
            Prose(lambda f: f"{f.typed['to']}：", "to"),
            Prose(lambda f: f"我局在办理{f.party.name}一案中查明：{f.typed['facts']}"),
            Prose(lambda f: f"为此建议：{f.typed['advice']}"),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=33,
        title="案件移送书",
        act="transfer_approved",
        word="移",
        dated=_transferred_on,
        is_outward=True,
        of=_as(Outcome.TRANSFER, "transfer_approved"),
        needs="还没有批准移送",
        asks=(
            Asked(
                "to", "移送给哪个机关", suggested=lambda f: next((each.to for each in f.case.handings_over.all()), "")
            ),
            Asked("facts", "案情", suggested=_facts_found),
            Asked("basis", "移送的依据"),
            Asked("enclosed", "附送的材料", help="一行一种：调查报告、物品清单、检验报告等。"),
        ),
        parts=(
            Prose(lambda f: f"{f.typed['to']}：", "to"),
            Prose(lambda f: f"我局在办理{f.party.name}一案中查明：{f.typed['facts']}"),
            Prose(
                lambda f: (
                    f"上述行为涉嫌犯罪。依据{f.typed['basis']}的规定，"
                    f"经负责人{in_figures(_transferred_on(f))}批准，现将本案移送你机关，请依法处理并将结果告知我局。"
                )
            ),
            Listing(
                columns=(("附送的材料", 142),),
                says=lambda f: ((line,) for line in f.typed["enclosed"].splitlines() if line.strip()),
            ),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=47,
        title="回避决定书",
        act="recusal_decided",
        word="避",
        of=lambda case: case.recusals.all(),
        needs="案卷里没有回避的决定",
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            Line("当事人", lambda f: f.party.name),
            Pair(
                Line("被要求回避的人", lambda f: f.row.account.get_full_name()),
                Line("在本案中的身份", lambda f: f.row.get_capacity_display()),
            ),
            Pair(
                Line("提出人", lambda f: f.row.asked_by),
                Line("提出日期", lambda f: in_figures(f.row.asked_on)),
            ),
            Line("理由", lambda f: f.row.ground),
            Line("决定", lambda f: "回避。" if f.row.steps_back else "不回避。"),
            Pair(
                Line("由谁决定", lambda f: f.row.get_decided_by_display()),
                Line("决定日期", lambda f: in_figures(f.row.decided_on)),
            ),
            Line("登记人", lambda f: f"{said_moment(f.row.at)}，{f.row.by_name}登记。", "决定人签名"),
        ),
    ),
)
