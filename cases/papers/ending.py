"""The forms of what comes after a decision: matters that a head approves, goods, money, service, closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.choices import chosen
from cases.papers.deciding import hand
from cases.papers.form import Asked, Facts, Form, Line, Listing, Pair, Prose, in_figures
from cases.papers.says import (
    CAUSE,
    CAUSE_LINE,
    PARTY,
    addressed,
    contact,
    decided_said,
    decision_label,
    done,
    either,
    handlers,
    remedy,
    said_moment,
    said_sum,
    you,
)
from cases.rows.measure import MeasureEnd
from cases.rows.receipt import Receipt
from clocks.limits_of_the_law import in_force

MATTERS = (
    *("prolonged", "audit_prolonged", "measure_prolonged", "decision_prolonged", "decision_prolonged_again"),
    *("handlers_added", "arranged", "surcharge_remitted"),
    *("investigation_suspended", "investigation_resumed", "investigation_ended"),
    *("enforcement_suspended", "enforcement_resumed", "enforcement_ended"),
)
"""What 有关事项审批表 is for: the acts that somebody approves and that have no form of approval of their own."""
TO_PARTY = (13, 15, 16, 19, 20, 21, 25, 26, 29, 30, 31, 32, 36, 38)
"""Which papers are served on the party."""


def _matters(case: Any) -> Any:
    return case.timeline.filter(verb__in=MATTERS)


def _ends(case: Any) -> list[MeasureEnd]:
    return [each.end for each in case.measures.all() if each.is_over]


# Money


def _enforced(case: Any) -> list[Any]:
    """The case, once something is to be paid or done."""
    decided = case.decided_proposal() if case.served_on() else None
    is_owed = decided and (decided.fine or decided.gains or case.duties() or case.valid_urgings())
    return [case] if is_owed else []


def _urged(case: Any) -> list[Any]:
    return list(case.valid_urgings())


def _still_to_do(facts: Facts) -> str:
    """What is owed today, or what was urged for last where all is paid by now; and what else was urged for."""
    owed, urged = facts.case.owed(facts.day).unpaid_of_each, _urged(facts.case)[-1:]
    sums = owed if any(owed.values()) else next((each.sums for each in urged), {})
    paying = "、".join(f"{what.label}{said_sum(amount)}" for what, amount in sums.items() if amount)
    return "；".join(filter(None, [f"缴清{paying}" if paying else "", *(each.duty for each in urged)]))


def _decision_said(facts: Facts) -> str:
    case = facts.case
    return (
        f"我局于{in_figures(case.decided_on)}作出的行政处罚决定（{decision_label(case)}），"
        f"已于{in_figures(case.served_on())}送达{you(facts)}"
    )


def _urging_text(facts: Facts) -> str:
    days = in_force().on("urge", facts.day).length
    return (
        f"{_decision_said(facts)}。{you(facts)}逾期没有履行，现依法催告：\n"
        f"请自收到本通知书之日起{days}内，{facts.typed['way']}，{facts.typed['sum']}。\n"
        f"{you(facts)}对本催告有陈述、申辩的权利。逾期仍不履行的，我局将依法申请人民法院强制执行。"
    )


def _application_text(facts: Facts) -> str:
    urging, party, decision = facts.row, facts.party, facts.case.decision()
    spot = facts.case.spot_penalty_or_none()
    case, where = facts.case, f"，住址（住所）{party.address}" if party.address else ""
    return (
        f"被申请人{party.name}{where}。\n"
        f"申请人于{in_figures(case.decided_on)}对被申请人作出行政处罚决定（{decision_label(case)}）："
        f"{decided_said(case.decided_proposal())}。决定书于{in_figures(case.served_on())}送达。\n"
        + (f"作出决定的事实：{decision.facts}\n理由：{decision.reasons}\n依据：{decision.basis}\n" if decision else "")
        + (f"作出决定的事实：{spot.facts}\n依据：{spot.article}\n" if spot else "")
        + (f"当事人的意见：{decision.defence}\n" if decision and decision.defence else "")
        + "".join(f"{each}，结果：{each.end}，{each.end.paper}。\n" for each in case.valid_remedies() if each.is_over)
        + "".join(f"{said}\n" for said in _changed(case))
        + f"申请人于{in_figures(urging.served_on)}送达催告书，被申请人仍没有履行。\n"
        f"申请人申请强制执行：{facts.typed['sum']}。"
    )


def _changed(case: Any) -> Iterator[str]:
    """What stands now, where a review or a court has changed what was decided."""
    decided = case.decided_proposal()
    for name, what in (("fine", "应缴的罚款"), ("gains", "没收的违法所得")):
        if (now := case.standing(name)) != getattr(decided, name):
            yield f"现在{what}是{said_sum(now)}。"
    if gone := [kind for kind in decided.kinds if kind not in case.standing_kinds()]:
        yield f"不再执行：{'、'.join(gone)}。"


def _instalments(facts: Facts) -> Iterator[tuple[str, ...]]:
    return ((in_figures(each.due_on), said_sum(each.amount)) for each in facts.row.instalments.all())


def _plan_text(facts: Facts) -> str:
    return (
        f"{_decision_said(facts)}。{you(facts)}于{in_figures(facts.row.asked_on)}书面申请延期（分期）缴纳罚款，"
        f"经审查，同意{you(facts)}按下列日期缴纳；期间不加处罚款。逾期没有缴清的，依法加处罚款。"
    )


# Service


def _papers_to_serve(case: Any) -> list[Any]:
    return list(case.papers.without_files().valid().filter(form__in=TO_PARTY))


def _service_of(facts: Facts) -> Any:
    """The row that tells how the paper was served; None where it is still to be served, or no act keeps it."""
    paper, case = facts.row, facts.case
    if paper.form == 25:
        return next((each for each in case.notices.all() if each.meeting_id == paper.row), None)
    if paper.form == 30:
        return case.spot_penalty
    what = {29: Receipt.Paper.DECISION, 31: Receipt.Paper.OUTCOME, 32: Receipt.Paper.OUTCOME}.get(paper.form)
    return case.receipt(what) if what else None


def _served(column: str) -> Any:
    def says(facts: Facts) -> str:
        row = _service_of(facts)
        return str(getattr(row, column, "")) if row else ""

    return says


def _served_when(facts: Facts) -> str:
    row = _service_of(facts)
    return in_figures(row.served_on) if row else ""


def _served_by(facts: Facts) -> str:
    row = _service_of(facts)
    return "、".join(map(str, row.officers)) if row else ""


# Closing


def _closing(case: Any) -> list[Any]:
    return [case] if case.closing_proposed_by_id else []


def _was_decided(case: Any) -> bool:
    """Whether what was decided last still counts: what the police has not taken is judged anew."""
    last = case.timeline.filter(verb__in=("decided", "outcome_approved", "transfer_approved", "police_refused")).last()
    return last is None or last.verb != "police_refused" or case.police_reply() is None


def _result(facts: Facts) -> str:
    case = facts.case
    if not case.decided_on or not _was_decided(case):
        return ""
    number = f"{decision_label(case)}。" if case.decision_number else ""
    said = [f"{in_figures(case.decided_on)}，{decided_said(case.decided_proposal())}。{number}"]
    said += [f"{each}，结果：{each.end}，{each.end.paper}。" for each in case.valid_remedies() if each.is_over]
    return "\n".join([*said, *(_changed(case) if case.served_on() else ())])


def _paid(facts: Facts) -> str:
    case = facts.case
    said = [
        *(
            (each.paid_on, f"{each.get_what_display()}{said_sum(each.amount)}，票据{each.voucher}")
            for each in case.valid_payments()
        ),
        *((each.refunded_on, f"退款{said_sum(each.amount)}") for each in case.valid_refunds()),
        *((each.agreed_on, f"执行协议减免加处罚款{said_sum(each.remitted)}") for each in case.valid_agreements()),
    ]
    return "\n".join(f"{in_figures(day)}，{what}。" for day, what in said)


def _goods(facts: Facts) -> str:
    return "\n".join(f"{in_figures(each.ended_on)}，{each}。" for each in _ends(facts.case))


ENDING: tuple[Form, ...] = (
    Form(
        number=34,
        title="有关事项审批表",
        act="decision_prolonged",
        word="事审",
        of=_matters,
        needs="案卷里没有延长、中止、终止等事项",
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            Line("当事人", lambda f: f.party.name),
            Line("审批事项", lambda f: f.row.get_verb_display()),
            Line("理由", lambda f: f.row.reason),
            Line("承办人员意见", handlers, "签名"),
            Line("承办机构负责人意见", signed="签名"),
            Line("负责人审批意见", lambda f: f"{said_moment(f.row.at)}，{f.row.by_name}批准。", "签名"),
        ),
    ),
    Form(
        number=35,
        title="涉案物品处理记录",
        act="measure_ended",
        of=_ends,
        needs="案卷里没有已经处理的物品",
        asks=(CAUSE, Asked("how", "处理的经过", help="时间、地点、方式，在场的人。")),
        parts=(
            CAUSE_LINE,
            Line("当事人", lambda f: f.party.name),
            Pair(
                Line("原来的措施", lambda f: f.row.measure.get_kind_display()),
                Line("实施时间", lambda f: said_moment(f.row.measure.taken_at)),
            ),
            Line("物品", lambda f: f.row.measure.goods),
            Pair(
                Line("怎样处理", lambda f: f.row.get_how_display()),
                Line("处理日期", lambda f: in_figures(f.row.ended_on)),
            ),
            Line("处理的经过", lambda f: f.typed["how"]),
            Line("当事人或者接收人", signed="签名"),
            Line("见证人", signed="见证人签名"),
            Line("执法人员", lambda f: "、".join(map(str, f.row.measure.officers)), "执法人员签名"),
        ),
    ),
    Form(
        number=36,
        title="催告执行通知书",
        act="urged",
        word="催",
        is_outward=True,
        of=_enforced,
        needs="没有已经送达、要履行的决定",
        repeats=True,
        asks=(
            Asked("sum", "要履行什么", "写明金额、物品或者停止什么。", suggested=_still_to_do),
            Asked("way", "履行的方式", help="到哪里、怎样履行，接在“内，”后面。"),
        ),
        parts=(Prose(addressed, "to"), Prose(_urging_text), Prose(contact, "note")),
    ),
    Form(
        number=37,
        title="强制执行申请书",
        act="applied_to_court",
        word="强执",
        is_outward=True,
        of=_urged,
        needs="还没有催告",
        repeats=True,
        asks=(
            Asked("court", "向哪个法院申请", suggested=lambda f: chosen().sue_at),
            Asked("sum", "申请执行的金额和事项", suggested=_still_to_do),
            Asked("enclosed", "附送的材料", help="一行一种。"),
        ),
        parts=(
            Prose(lambda f: f"{f.typed['court']}：", "to"),
            Prose(_application_text),
            Listing(
                columns=(("附送的材料", 142),),
                says=lambda f: ((line,) for line in f.typed["enclosed"].splitlines() if line.strip()),
            ),
            Line("申请机关负责人", signed="负责人签名"),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=38,
        title="延期（分期）缴纳罚款决定书",
        act="arranged",
        word="缓",
        is_outward=True,
        of=lambda case: case.valid_arrangements(),
        needs="没有批准延期、分期缴纳",
        parts=(
            Prose(addressed, "to"),
            Prose(_plan_text),
            Listing(columns=(("缴纳日期", 71), ("金额", 71)), says=_instalments),
            Prose(remedy),
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=39,
        title="送达回证",
        act="served",
        of=_papers_to_serve,
        needs="还没有制作要送达当事人的文书",
        parts=(
            Pair(Line("案件编号", lambda f: f.case.number), Line("受送达人", lambda f: f.party.name)),
            Line("送达的文书", lambda f: str(f.row)),
            Pair(Line("送达方式", _served("mode")), Line("送达日期", _served_when)),
            Line("送达地点"),
            Line("收件人", _served("recipient"), "收件人签名"),
            Line("见证人或者录像编号", _served("witness"), "见证人签名"),
            Line("送达人及证号", _served_by, "送达人签名"),
            Line("备注"),
        ),
    ),
    Form(
        number=40,
        title="结案审查表",
        act="closing_proposed",
        word="结审",
        of=_closing,
        needs="还没有报请结案",
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            *PARTY,
            Pair(
                Line("立案日期", lambda f: in_figures(f.case.filed_on) if f.case.filed_on else ""),
                Line("结案情形", lambda f: f.case.closing_ground),
            ),
            Line("处理结果", _result),
            Line("缴款", _paid),
            Line("物品的处理", _goods),
            Line("承办人员意见", either(done("closing_proposed"), handlers), "签名"),
            Line("承办机构负责人意见", signed="签名"),
            Line("负责人审批意见", hand("closed", "批准结案"), "签名"),
        ),
    ),
)
