"""The forms of the 质量监督行政处罚文书目录 that can be made, in its order; each a declaration: its number in the
catalogue, of which rows of a case it is made, and its parts. Those from the committee on stand in modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.papers.deciding import DECIDING
from cases.papers.ending import ENDING
from cases.papers.form import Asked, Facts, Form, Line, Listing, Pair, Prose, in_figures
from cases.papers.says import (
    CAUSE,
    CAUSE_LINE,
    PARTY,
    SOURCE_LINE,
    addressed,
    contact,
    done,
    either,
    handlers,
    officers,
    proposal,
    remedy,
    said_moment,
    typed,
    you,
)
from cases.rows.measure import Measure, MeasureEnd
from clocks.deadlines import work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.sources import in_words

# Of measures


def _kept(case: Any) -> list[Measure]:
    return [each for each in case.measures.all() if each.is_keeping]


def _sealed(case: Any) -> list[Measure]:
    return [each for each in case.measures.all() if each.is_sealing]


def _to_approve(case: Any) -> list[Measure]:
    return [each for each in case.measures.all() if not each.is_confiscation]


def _no_longer_kept(case: Any) -> list[Measure]:
    return [each for each in _kept(case) if each.is_over]


def _released(case: Any) -> list[Measure]:
    return [each for each in _sealed(case) if each.is_over and each.end.how == MeasureEnd.How.RELEASED]


def _power(facts: Facts) -> str:
    """On what a measure rests, as its row says, or the rule of its term where it is only kept."""
    measure = facts.row
    return measure.get_power_display() or in_words(in_force().on("keeping", measure.day).clause)


def _until(facts: Facts) -> str:
    """The last day of the term as it was set: what prolonged or stopped it came later."""
    measure = facts.row
    limit = in_force().on("keeping" if measure.is_keeping else "sealing", measure.day)
    return in_figures(work_out_provisional(limit, measure.day, facts.case.working_days(), number=measure.days).due)


def _term(facts: Facts) -> str:
    measure = facts.row
    limit = in_force().on("keeping", measure.day)
    return f"{limit.length}内作出处理决定" if measure.is_keeping else f"{measure.days}日"


def _goods(facts: Facts) -> Iterator[tuple[str, ...]]:
    return ((line.strip(), "") for line in facts.row.goods.splitlines() if line.strip())


GOODS = Listing(columns=(("物品名称、规格、数量", 106), ("备注", 36)), says=_goods)


def _kept_text(facts: Facts) -> str:
    measure = facts.row
    return (
        f"因{you(facts)}{facts.typed['cause']}，为防止证据灭失或者以后难以取得，依据{_power(facts)}的规定，"
        f"我局自{said_moment(measure.taken_at)}起，对下列物品先行登记保存，保存地点为{measure.place}。\n"
        f"我局将在{in_force().on('keeping', measure.day).length}内（至{_until(facts)}）作出处理决定。"
        "在此期间，当事人或者有关人员不得销毁或者转移下列物品。"
    )


def _addressed_at_home(facts: Facts) -> str:
    """强制法24(2)1: a 查封决定书 says where the party lives."""
    party = facts.party
    return f"{party.name}（{party.address}）：" if party.address else addressed(facts)


def _sealed_text(facts: Facts) -> str:
    measure = facts.row
    kind = measure.get_kind_display()
    return (
        f"经查，{you(facts)}{facts.typed['reasons']}\n"
        f"依据{_power(facts)}的规定，我局决定对{you(facts)}在{measure.place}的下列物品予以{kind}，"
        f"期限{measure.days}日，自{in_figures(measure.day)}起，至{_until(facts)}止。\n"
        f"{kind}期间，不得擅自动用、转移、损毁下列物品。"
    )


def _ended_text(facts: Facts) -> str:
    measure = facts.row
    basis = _power(facts) if measure.is_keeping else in_words("强制法28")
    return (
        f"依据{basis}的规定，我局于{in_figures(measure.day)}对{you(facts)}的下列物品采取的{measure.get_kind_display()}措施，"
        f"自{in_figures(measure.end.ended_on)}起解除。物品的处理：{measure.end.get_how_display()}。"
        + (f"\n{facts.typed['ending']}" if facts.typed["ending"] else "")
    )


MEASURE = (
    Pair(
        Line("措施", lambda f: f.row.get_kind_display()),
        Line("期限", _term),
    ),
    Line("依据", _power),
    Line("实施时间", lambda f: said_moment(f.row.taken_at)),
    Line("地点", lambda f: f.row.place),
    Line("物品", lambda f: f.row.goods),
)


def _consent(facts: Facts) -> str:
    measure = facts.row
    if measure.consent_at is None:
        return "没有事前同意"
    return f"{said_moment(measure.consent_at)}，{measure.consent_by}同意"


def _approval(facts: Facts) -> str:
    measure = facts.row
    if not measure.is_approved:
        return ""
    return f"{said_moment(measure.approval.at)}，{measure.approval.by_name}批准。"


def _ending(facts: Facts) -> str:
    measure, said = facts.row, []
    if hasattr(measure, "prolongation"):
        longer = measure.prolongation
        said.append(f"{in_figures(longer.signed_on)}，{longer.by_name}批准延长{longer.days}日。")
    if measure.is_over:
        said.append(f"{in_figures(measure.end.ended_on)}，{measure.end.get_how_display()}。")
    return "\n".join(said)


# Of inspections and tests


def _of_kind(kind: str) -> Any:
    return lambda case: [each for each in case.inspections.all() if each.kind == kind]


def _from_to(facts: Facts) -> str:
    return f"{said_moment(facts.row.began_at)}至{said_moment(facts.row.ended_at)}"


def _signature(facts: Facts) -> str:
    return "\n".join(filter(None, [facts.row.get_signature_display(), facts.row.witness]))


def record_of(who: str, what: str) -> tuple[Line | Pair, ...]:
    """The end of a record: what was seen or said, and under it the hands of all who were there."""
    return (
        Line("执法人员及证号", officers),
        Line(what, lambda f: f.row.record),
        Line(f"{who}核对笔录", _signature, signed=f"{who}签名"),
        Line("见证人", signed="见证人签名"),
        Line("执法人员", signed="执法人员签名"),
    )


def _tested(case: Any) -> list[Any]:
    return [each for each in case.testings.all() if each.is_back]


def _order_text(facts: Facts) -> str:
    testing = facts.row
    return (
        f"我局办理的案件需要{testing.get_kind_display()}，现委托你单位对下列样品进行{testing.get_kind_display()}，"
        f"请于{in_figures(testing.until)}前出具报告。样品于{in_figures(testing.sent_on)}送交。\n"
        f"项目和依据：{facts.typed['items']}"
    )


def _result_text(facts: Facts) -> str:
    testing = facts.row
    return (
        f"我局于{in_figures(testing.sent_on)}将下列样品送{testing.institute}{testing.get_kind_display()}，"
        f"于{in_figures(testing.result.received_on)}收到结果，现告知{you(facts)}。\n结论：{testing.result.conclusion}"
    )


SAMPLES = Listing(
    columns=(("样品", 142),),
    says=lambda f: ((line.strip(),) for line in f.row.sample.splitlines() if line.strip()),
)


# Of the conclusion


def _conclusions(case: Any) -> list[Any]:
    latest = case.conclusion()
    return [latest] if latest else []


def _inquiry(facts: Facts) -> str:
    """What was done, line by line, as the file has it."""
    case = facts.case
    said = [f"{in_figures(case.found_on)}，发现线索（{case.get_source_display()}）。"]
    if case.filed_on:
        said.append(f"{in_figures(case.filed_on)}，批准立案。")
    for each in case.inspections.all():
        said.append(f"{said_moment(each.began_at)}，在{each.place}{each.get_kind_display()}。")
    for each in case.measures.all():
        said.append(f"{said_moment(each.taken_at)}，在{each.place}{each.get_kind_display()}物品。")
    for each in case.testings.all():
        result = f"，结论：{each.result.conclusion}" if each.is_back else ""
        said.append(f"{in_figures(each.sent_on)}，送{each.institute}{each.get_kind_display()}{result}。")
    return "\n".join(said)


def _audit_opinion(facts: Facts) -> str:
    return either(done("audited", "concluded"), done("audit_returned", "concluded"))(facts)


EARLIER: tuple[Form, ...] = (
    Form(
        number=3,
        title="案件受理记录",
        act="registered",
        word="受",
        parts=(
            SOURCE_LINE,
            *PARTY,
            Line("类别", lambda f: "、".join(f.case.kind_labels)),
            Line("线索内容", lambda f: f.case.clue),
            Line(
                "登记人",
                lambda f: f"{said_moment(f.case.registered_at)}，{f.case.registered_by_name}登记。",
                "登记人签名",
            ),
            Line("承办机构负责人意见", signed="签名"),
        ),
    ),
    Form(
        number=4,
        title="立案审批表",
        act="proposed",
        word="立",
        of=lambda case: [case] if case.proposed_by_id else [],
        needs="还没有报请立案",
        asks=(
            CAUSE,
            Asked("facts", "案情摘要", suggested=lambda f: f.case.clue),
            Asked("articles", "涉嫌违反的条款", help="法律名称和条款。"),
        ),
        parts=(
            CAUSE_LINE,
            SOURCE_LINE,
            *PARTY,
            Line("案情摘要", typed("facts")),
            Line("涉嫌违反的条款", typed("articles")),
            Line("承办人员意见", done("proposed"), "签名"),
            Line("承办机构负责人意见", done("reviewed", "proposed"), "签名"),
            Line("负责人审批意见", either(done("filed", "proposed"), done("not_filed", "proposed")), "签名"),
            Line("指定的承办人员", handlers),
        ),
    ),
    Form(
        number=5,
        title="现场检查笔录",
        act="inspected",
        of=_of_kind("check"),
        needs="案卷里没有现场检查的记录",
        parts=(
            *PARTY,
            Line("检查时间", _from_to),
            Line("检查地点", lambda f: f.row.place),
            *record_of("当事人", "现场情况"),
        ),
    ),
    Form(
        number=6,
        title="调查（询问）笔录",
        act="inspected",
        of=_of_kind("inquiry"),
        needs="案卷里没有询问的记录",
        asks=(Asked("person", "被询问人", help="姓名、单位、职务；身份证件号码按笔录需要写。"),),
        parts=(
            Line("当事人", lambda f: f.party.name),
            Line("被询问人", typed("person")),
            Line("询问时间", _from_to),
            Line("询问地点", lambda f: f.row.place),
            *record_of("被询问人", "询问内容"),
        ),
    ),
    Form(
        number=12,
        title="检验委托书",
        act="tested",
        word="检委",
        is_outward=True,
        of=lambda case: case.testings.all(),
        needs="案卷里没有送检的记录",
        asks=(Asked("items", "项目和依据", help="要检什么，依据哪一个标准或者规程。"),),
        parts=(
            Prose(lambda f: f"{f.row.institute}：", "to"),
            Prose(_order_text),
            SAMPLES,
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=13,
        title="检验结果告知书",
        act="test_received",
        word="检告",
        is_outward=True,
        of=_tested,
        needs="案卷里没有检验结果",
        asks=(Asked("again", "有异议的怎样提出", help="按检验所依据的规定写；没有规定的不填。", is_required=False),),
        parts=(
            Prose(addressed, "to"),
            Prose(_result_text),
            Prose(typed("again")),
            SAMPLES,
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=14,
        title="采取（解除）行政措施审批表",
        act="measured",
        word="措审",
        of=_to_approve,
        needs="案卷里没有登记保存、查封、扣押的记录",
        asks=(CAUSE, Asked("reasons", "采取（解除）措施的理由")),
        parts=(
            CAUSE_LINE,
            *PARTY,
            *MEASURE,
            Line("理由", typed("reasons")),
            Line("事前同意", _consent),
            Line("承办人员意见", officers, "签名"),
            Line("承办机构负责人意见", signed="签名"),
            Line("负责人审批意见", _approval, "签名"),
            Line("延长、处理", _ending),
        ),
    ),
    Form(
        number=15,
        title="先行登记保存证据通知书",
        act="measured",
        word="登保",
        is_outward=True,
        of=_kept,
        needs="案卷里没有先行登记保存的记录",
        asks=(CAUSE,),
        parts=(
            Prose(addressed, "to"),
            Prose(_kept_text),
            Prose(lambda f: f"{you(f)}对登记保存享有陈述、申辩的权利。"),
            GOODS,
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=16,
        title="查封（扣押）决定书",
        act="measured",
        word="封",
        is_outward=True,
        of=_sealed,
        needs="案卷里没有查封、扣押的记录",
        asks=(Asked("reasons", "查封、扣押的理由", help="接在“经查，你（你单位）”后面，写到句号。"),),
        parts=(
            Prose(_addressed_at_home, "to"),
            Prose(_sealed_text),
            Prose(remedy),
            GOODS,
            Prose(contact, "note"),
        ),
    ),
    Form(
        number=17,
        title="涉案物品清单",
        act="measured",
        of=lambda case: case.measures.all(),
        needs="案卷里没有登记保存、查封、扣押的记录",
        parts=(
            Pair(Line("当事人", lambda f: f.party.name), Line("措施", lambda f: f.row.get_kind_display())),
            Line("实施时间", lambda f: said_moment(f.row.taken_at)),
            Line("地点", lambda f: f.row.place),
            GOODS,
            Line("当事人", signed="当事人签名"),
            Line("见证人", signed="见证人签名"),
            Line("执法人员", officers, "执法人员签名"),
        ),
    ),
    Form(
        number=18,
        title="封条",
        act="measured",
        word="封条",
        is_outward=True,
        of=_to_approve,
        needs="案卷里没有登记保存、查封、扣押的记录",
        repeats=True,
        parts=(
            Prose(lambda f: "封", "large"),
            Prose(lambda f: f"{in_figures(f.row.day)}{f.row.get_kind_display()}", "to"),
        ),
    ),
    Form(
        number=19,
        title="解除登记保存通知书",
        act="measure_ended",
        word="解保",
        is_outward=True,
        of=_no_longer_kept,
        needs="案卷里没有已经处理的登记保存",
        asks=(Asked("ending", "需要说明的", is_required=False),),
        parts=(Prose(addressed, "to"), Prose(_ended_text), GOODS, Prose(contact, "note")),
    ),
    Form(
        number=20,
        title="解除查封（扣押）决定书",
        act="measure_ended",
        word="解封",
        is_outward=True,
        of=_released,
        needs="案卷里没有已经解除的查封、扣押",
        asks=(Asked("ending", "解除的理由", help="写成完整的句子。"),),
        parts=(Prose(addressed, "to"), Prose(_ended_text), Prose(remedy), GOODS, Prose(contact, "note")),
    ),
    Form(
        number=22,
        title="案件调查终结报告",
        act="concluded",
        of=_conclusions,
        needs="还没有调查终结",
        asks=(CAUSE,),
        parts=(
            CAUSE_LINE,
            *PARTY,
            Line("调查经过", _inquiry),
            Line("违法事实", lambda f: f.row.facts),
            Line("证据", lambda f: f.row.evidence),
            Line("依据的条款", lambda f: f.row.article),
            Line("拟作的处理", proposal),
            Line("裁量理由", lambda f: f.row.reasons),
            Line("承办人员", handlers, "承办人员签名"),
            Line("承办机构负责人意见", signed="签名"),
        ),
    ),
    Form(
        number=23,
        title="初审意见表",
        act="audited",
        of=_conclusions,
        needs="还没有调查终结",
        asks=(CAUSE,),
        roles=("handle", "audit"),
        parts=(
            CAUSE_LINE,
            *PARTY,
            Line("违法事实", lambda f: f.row.facts),
            Line("依据的条款", lambda f: f.row.article),
            Line("承办人员拟作的处理", proposal, "承办人员签名"),
            Line("案审办初审意见", _audit_opinion, "审核人签名"),
        ),
    ),
    Form(
        number=41,
        title="备考表",
        act="registered",
        asks=(Asked("note", "本案卷需要说明的情况", is_required=False),),
        parts=(
            Line("案件编号", lambda f: f.case.number),
            Line("本案卷需要说明的情况", typed("note")),
            Line("立卷人", signed="签名"),
            Line("检查人", signed="签名"),
        ),
    ),
)

FORMS: tuple[Form, ...] = tuple(sorted((*EARLIER, *DECIDING, *ENDING), key=lambda form: form.number))
BY_NUMBER = {form.number: form for form in FORMS}
