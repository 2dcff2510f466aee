"""The rules of a penalty case, in the order in which a case meets them: one class each, with the clause, the versions
and the hardness. `docs/cases.md` is written from here (make handbook)."""

import datetime
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cases.choices import chosen
from cases.discretion.comparing import Compared
from cases.discretion.spread import Spread
from cases.penalties import HEAVY, HEAVY_SINCE_2021, Party, Penalty, Sanction
from cases.rule import Objection, Rule, RuleVersion, TimeRule, in_a, in_b, in_c, since
from clocks import following_limits
from clocks.counting import Span, count_months
from clocks.deadlines import Deadline, HoursDeadline
from clocks.time_limit import SECOND, THIRD, Certainty, Hardness, TimeLimit, ruleset
from history.trail import as_number

R, W, M = Hardness
B, C = Certainty.AGREED, Certainty.OPEN

FIRST_AUDITORS = datetime.date(2018, 1, 1)
REVIEW_ANEW = datetime.date(2024, 1, 1)
STANDARD_NAMED = datetime.date(2022, 10, 8)
PUBLICITY_TOLD = datetime.date(2021, 9, 1)


# Which rules, and how days are counted


class RuleSet(Rule):
    id, title = "ruleset", "适用哪一套规定"
    declared = (in_a("137; 138"), in_b("令2-79"), in_c("令42"))
    unchecked = "其他各条都按办事当日选用版本；已经起算的期限，沿用起算时的规定。"

    @staticmethod
    def of(day: datetime.date) -> str:
        return ruleset(day)


class Substance(Rule):
    id, title = "substance", "按行为时的规定处罚，新的较轻的按新的"
    declared = (in_a("法〔2004〕96号", certainty=B), in_c("处罚法2021-37"))
    note = "程序按处罚的种类和罚款的上下限比较；这一项轻、那一项重的，由办案人员判断，写明理由，审核人员核对。"

    @staticmethod
    def takes_newer(old_maximum: Decimal, new_maximum: Decimal) -> bool:
        return new_maximum < old_maximum

    @classmethod
    def check(cls, day: datetime.date, newer: Compared, *, is_newer_taken: bool) -> Iterator[Objection]:
        """`newer` is how the law of today compares with that of the day of the act."""
        if newer is Compared.REPEALED:
            yield cls.objection(day, "行为时的规定已经失效，没有录入接着的规定，可能不再处罚", hardness=W)
        elif newer is Compared.UNCLEAR:
            taken = "现在的" if is_newer_taken else "行为时的"
            yield cls.objection(day, f"行为以后规定改过，轻重不能由程序判断，现在选的是{taken}规定", hardness=W)
        elif is_newer_taken and newer is Compared.HEAVIER:
            yield cls.objection(day, "现在的规定比行为时的重，要按行为时的规定处罚")
        elif not is_newer_taken and newer is Compared.LIGHTER:
            yield cls.objection(day, "现在的规定比行为时的轻，要按现在的规定处罚")


class CalendarRule(Rule):
    id, title = "calendar", "没有录入放假安排的年份"
    declared = (in_a("本系统"),)
    unchecked = "由期限的计算自己把关：那一年的日子不推算，期限标“暂定”。"


# From the clue to the filing


class Filing(TimeRule):
    id, title = "filing", "核查线索，决定是否立案"
    paragraphs = ("c3-2-1", "c3-2-1-1")


class Limitation(TimeRule):
    id, title, also = "limitation", "追究违法行为的期限", ("limitation_harm",)

    @classmethod
    def check_discovery(cls, deadline: Deadline, discovered: datetime.date) -> Iterator[Objection]:
        """An act that was discovered too late is not punished; it can still be closed as 不予处罚."""
        if deadline.has_passed(discovered):
            limit = deadline.limit
            said = f"违法行为终了到发现已经超过{limit.length}（{deadline.due} 届满），不再给予处罚"
            yield cls.under(limit, said)


class Officers(Rule):
    id, title = "officers", "两名以上执法人员，出示证件"
    paragraphs = ("c3-1-1", "c3-2-3")
    declared = (in_a("清单三(一)1; 处罚法2017-37(1)"), in_c("清单三(一)1; 处罚法2021-42(1)"))

    @classmethod
    def check(
        cls, day: datetime.date, act: str, officers: int, *, unqualified: Collection[str] = ()
    ) -> Iterator[Objection]:
        """`officers` take part; `unqualified` are the names of those without a certificate that holds on that day."""
        if officers < 2:
            yield cls.objection(day, f"{act}要有两名以上执法人员，现在是 {officers} 名")
        yield from cls.check_certificates(day, act, unqualified)

    @classmethod
    def check_certificates(cls, day: datetime.date, act: str, unqualified: Collection[str]) -> Iterator[Objection]:
        if unqualified:
            yield cls.objection(day, f"{'、'.join(unqualified)}在 {day} 没有有效的执法证件，不能参加{act}")


class Recusal(Rule):
    id, title = "recusal", "回避由谁决定"
    declared = (in_a("137-6"), in_b("令2", certainty=B), in_c("令42-4"))

    @classmethod
    def decided_by(cls, day: datetime.date, who: str) -> str:
        """Who decides whether `who` has to step back."""
        if ruleset(day) == "a":
            return "上一级机关" if who == "主要负责人" else "主要负责人"
        return {
            "主要负责人": "负责人集体讨论",
            "其他负责人": "主要负责人",
            "听证员": "听证主持人",
            "记录员": "听证主持人",
        }.get(who, "负责人")

    @classmethod
    def check(cls, day: datetime.date, who: str, decided_by: str) -> Iterator[Objection]:
        wanted = cls.decided_by(day, who)
        if decided_by != wanted and not (wanted == "负责人" and decided_by == "主要负责人"):
            yield cls.objection(day, f"{who}的回避由{wanted}决定，不能由{decided_by}决定")


class Separation(Rule):
    id, title = "separation", "办案人员不审核、不表决、不主持听证"
    declared = (in_a("138-7; 137-36"), in_b("令2-46(1)"), in_c("令42-49; 听证办法11"))

    @classmethod
    def check(cls, day: datetime.date, name: str, doing: str, *, is_handler: bool) -> Iterator[Objection]:
        if is_handler:
            yield cls.objection(day, f"{name}是本案的办案人员，不能{doing}")


class Urgent(TimeRule):
    id, title = "urgent", "情况紧急先采取措施的，24小时内补办手续"
    paragraphs = ("c3-1-1",)
    note = "清单要求事前经负责人同意，又要事后补办手续，比强制法第19条严：事前同意、事后补办都要有。"

    @classmethod
    def check_papers(cls, deadline: HoursDeadline, at: datetime.datetime) -> Iterator[Objection]:
        """What is made up for too late stays undone: the measure is lifted."""
        if at > deadline.ends_at:
            limit = deadline.limit
            yield cls.under(limit, f"补办手续的{limit.length}到 {deadline.ends_at:%Y-%m-%d %H:%M} 已满，应当立即解除")

    @classmethod
    def check_consent(
        cls, day: datetime.date, measure: str, *, was_asked_before: bool, is_keeping: bool
    ) -> Iterator[Objection]:
        if was_asked_before:
            return
        if is_keeping and ruleset(day) == "a":
            yield cls.objection(day, "先行登记保存要事前经负责人批准", clause="处罚法2017-37(2); 清单三(一)1")
        elif ruleset(day) == "a":
            yield cls.objection(day, f"{measure}以前没有经负责人同意", clause="清单三(一)1", override="强制法19")
        else:
            yield cls.objection(day, f"{measure}以前没有经负责人同意", clause="清单三(一)1", hardness=W)

    @classmethod
    def check_approved(cls, day: datetime.date, *, is_approved: bool) -> Iterator[Objection]:
        """Before the goods are kept for good: what no head approved is only lifted."""
        if not is_approved:
            yield cls.objection(day, "这一项措施没有经负责人批准，只能解除，退还物品", clause="清单三(一)1")


class Keeping(TimeRule):
    id, title = "keeping", "登记保存以后作出处理"


class Sealing(TimeRule):
    id, title = "sealing", "查封、扣押的期限"


# Investigation, audit, committee


class Contact(Rule):
    id, title = "contact", "首次接触时告知权利"
    declared = (in_b("令2", certainty=B), in_c("令42", certainty=B))

    @classmethod
    def check(cls, day: datetime.date, *, rights_told: bool) -> Iterator[Objection]:
        if cls.on(day) and not rights_told:
            yield cls.objection(day, "首次向当事人收集、调取证据时，没有告知他申请回避等权利")


class Evidence(Rule):
    id, title = "evidence", "没有证据不能终结调查"
    paragraphs = ("c3-3-1",)
    declared = (in_a("清单三(三)"),)
    unchecked = "证据是否真实、合法、有效，由承办人员写明、审核人员核对；程序只看案卷里有没有笔录、检验结果、证据。"


class Discretion(Rule):
    id, title = "discretion", "按裁量基准量罚，超出的说明理由"
    declared = (in_a("清单十五 一", W), since(STANDARD_NAMED, "清单十五 一; 裁7; 裁8", W))
    note = "条款还没有录入裁量基准的，办案人员自己填写法定种类和幅度，写明为什么过罚相当。"

    @classmethod
    def check_weighed(cls, day: datetime.date, *, is_weighed: bool) -> Iterator[Objection]:
        if not is_weighed:
            yield cls.objection(day, "还没有按裁量基准裁量")

    @classmethod
    def check_conflict(cls, day: datetime.date, passed_over: Collection[str]) -> Iterator[Objection]:
        """Which standard comes first is for people to say: the program takes them in the order of their codes."""
        if passed_over:
            said = "、".join(passed_over)
            yield cls.objection(day, f"{said}和前面的裁量基准不能同时照办，没有用它；请核对应当照哪一份，写明理由")

    @classmethod
    def check_within(cls, day: datetime.date, *, is_beyond: bool) -> Iterator[Objection]:
        if is_beyond:
            yield cls.objection(
                day, "处罚超出裁量档次的幅度，要由案审委审理，在文书里说明理由；决定以前要经制定裁量基准的机关同意"
            )


class HigherConsent(Rule):
    id, title = "higher_consent", "超出上级的裁量基准，要经制定机关同意"
    declared = (since(STANDARD_NAMED, "裁8"),)
    note = "县局直接适用省、市的裁量基准（清单十五 三（二）），所以案件里用的都是上级的；没有裁量基准的不用同意。"

    @classmethod
    def check(cls, day: datetime.date, *, standards_left: str, consent: str) -> Iterator[Objection]:
        """`standards_left` are those whose range the penalty leaves."""
        if cls.on(day) and standards_left and not consent.strip():
            yield cls.objection(
                day, f"处罚超出{standards_left}的幅度，制定机关还没有同意；同意以后写明机关、文号和日期"
            )


class LikeCases(Rule):
    id, title = "like_cases", "同类案件的罚款相近"
    declared = (in_a("本系统", W),)
    note = "同一违法行为、同一条款、同一裁量档次，三年内决定的；少于三件的不提醒。"
    FEWEST = 3

    @classmethod
    def check(cls, day: datetime.date, fine: Decimal, spread: Spread | None) -> Iterator[Objection]:
        if fine and spread and spread.number >= cls.FEWEST and not spread.holds(fine):
            among = f"{as_number(spread.lowest)} 元到 {as_number(spread.highest)} 元"
            yield cls.objection(day, f"同类案件 {spread.number} 件，罚款在 {among}之间，这一案是 {as_number(fine)} 元")


class Audit(TimeRule):
    id, title = "audit", "审核案件"
    paragraphs = ("c3-4-1", "c3-4-1-1", "c3-3-1")

    @classmethod
    def check_after_hearing(cls, audited: datetime.date, hearing_closed: datetime.date) -> Iterator[Objection]:
        """Since 2021-07-15 what was heard is audited after the hearing."""
        if audited >= THIRD and audited < hearing_closed:
            said = f"听证 {hearing_closed} 结束，法制审核要在听证以后"
            yield cls.objection(audited, said, clause="令42-50(2)", hardness=R)


class AuditPerson(Rule):
    id, title = "audit_person", "初次审核的人要有法律职业资格"
    declared = (
        since(FIRST_AUDITORS, "处罚法2017-38(3)"),
        in_b("令2-46"),
        in_c("令42-51"),
    )

    @classmethod
    def check(cls, day: datetime.date, *, is_first_time: bool, has_qualification: bool) -> Iterator[Objection]:
        if cls.on(day) and is_first_time and not has_qualification:
            yield cls.objection(day, "初次从事法制审核的人员要有法律职业资格")


class Quorum(Rule):
    id, title = "quorum", "案审会议的人数和主持人"
    paragraphs = ("c3-4-2", "c3-4-2-1")
    declared = (in_a("清单三(四)2; 138-6"), in_b("清单三(四)2", W))
    CHAIRS = ("主任委员", "副主任委员(受托)")
    note = "三分之二按全体委员计算，回避的委员也计入；办案人员列席的不计。"

    @staticmethod
    def need(members: int, *, is_heavy: bool) -> int:
        """How many of all members have to be present."""
        return math.ceil(Decimal(2 * members) / 3) if is_heavy else 3

    @classmethod
    def check(
        cls, day: datetime.date, *, members: int, counted: int, chair: str, is_heavy: bool
    ) -> Iterator[Objection]:
        """`counted` are the members present who are not handlers of the case."""
        need = cls.need(members, is_heavy=is_heavy)
        if counted < need:
            yield cls.objection(day, f"案审会议要有 {need} 名以上委员，计入的出席委员是 {counted} 名")
        if chair not in cls.CHAIRS:
            said = "案审会议由主任委员或者他委托的副主任委员主持"
            yield cls.objection(day, said, clause="138-5" if ruleset(day) == "a" else "清单三(四)2")
        if members < 5 or members % 2 == 0:
            yield cls.objection(day, f"案审委要由五名以上单数委员组成，现在是 {members} 名", clause="138-4", hardness=W)

    @classmethod
    def check_composition(
        cls, day: datetime.date, *, posts: Collection[str], uncertified: Collection[str]
    ) -> Iterator[Objection]:
        """Of the whole committee: a county may fit it to the people that it has."""
        for post in ("主任委员", "副主任委员"):
            if (number := list(posts).count(post)) != 1:
                yield cls.objection(day, f"案审委要有一名{post}，现在是 {number} 名", clause="138-4", hardness=W)
        if uncertified:
            said = f"案审委委员都要有执法证件，{'、'.join(uncertified)}没有有效的执法证件"
            yield cls.objection(day, said, clause="138-4", hardness=W)


class Collective(Rule):
    id, title = "collective", "要由负责人集体讨论决定的案件"
    paragraphs = ("c3-4-2-1",)
    declared = (in_a("处罚法2017-38(2)"), in_b("令2-54(2)"), in_c("令42-60"))
    note = "清单让案审委审理每一件普通程序的案件，所以要集体讨论的都已经讨论；案审会议的人数按这一条加到三分之二。"
    GROUNDS = (
        "较大数额罚款",
        "责令停产停业",
        "吊销许可证",
        "涉及重大安全或者社会影响",
        "调查意见与审核意见重大分歧",
        "负责人认为应当集体讨论",
    )

    @classmethod
    def is_due(cls, sanction: Sanction | None, ground: str = "", *, is_large: bool = False) -> bool:
        heavy = sanction is not None and bool(sanction.has_any(HEAVY_SINCE_2021))
        return heavy or is_large or ground in cls.GROUNDS

    @classmethod
    def check(cls, day: datetime.date, *, is_due: bool, was_discussed: bool) -> Iterator[Objection]:
        if is_due and not was_discussed:
            yield cls.objection(day, "这一案要先由案审委（负责人集体）讨论决定")


# Notice, defence, hearing


class NoticeReply(TimeRule):
    id, title = "notice_reply", "陈述、申辩的期限"
    paragraphs = ("c3-5", "c3-5-1")

    @classmethod
    def check_decision(cls, deadline: Deadline, day: datetime.date) -> Iterator[Objection]:
        """No decision before the party has had its time."""
        if day <= deadline.due:
            yield cls.under(deadline.limit, f"{deadline.limit.title}的期限到 {deadline.due} 为止，在这以前不能作出决定")
        yield from cls.check_settled(deadline, "作出决定")


class HearingRequest(TimeRule):
    id, title = "hearing_request", "要求听证的期限"
    paragraphs = ("c3-5",)
    note = "在期限届满以前交邮的，以邮戳为准，不算过期；口头提出的要记录下来。"


@dataclass(frozen=True)
class LocalFigure:
    """From which fine on the province wants a hearing offered, in yuan."""

    person: Decimal
    organisation: Decimal

    def of(self, party: Party) -> Decimal:
        return self.person if party is Party.PERSON else self.organisation


class HearingDue(Rule):
    id, title = "hearing_due", "应当告知听证权利的处罚"
    paragraphs = ("c3-5",)
    declared = (in_a("137-33", certainty=C), in_b("令3-5", certainty=C), in_c("处罚法2021-63; 听证办法5", certainty=C))
    note = "数额按本省规定，没有见到原文的，按总局规章的数额。"
    FIGURES = (
        (None, LocalFigure(Decimal(30_000), Decimal(30_000))),
        (SECOND, LocalFigure(Decimal(10_000), Decimal(100_000))),
    )

    @classmethod
    def figure(cls, day: datetime.date, party: Party, local: LocalFigure | None) -> Decimal:
        own = [figure for first, figure in cls.FIGURES if first is None or first <= day][-1]
        return (local or own).of(party)

    @classmethod
    def reasons(cls, day: datetime.date, sanction: Sanction, local: LocalFigure | None = None) -> list[str]:
        """Why a hearing has to be offered; none where it has not."""
        heavy = HEAVY_SINCE_2021 if day >= THIRD else HEAVY
        figure = cls.figure(day, sanction.party, local)
        found = [str(kind) for kind in sanction.has_any(heavy)]
        if sanction.fine >= figure:
            found.append(f"罚款 {sanction.fine} 元，达到 {figure} 元")
        if sanction.confiscated >= figure:
            found.append(f"没收的价值 {sanction.confiscated} 元，达到 {figure} 元")
        return found

    @staticmethod
    def local() -> LocalFigure | None:
        """The province's figure, where the settings have it."""
        asked = chosen()
        if asked.hearing_fine_person is None or asked.hearing_fine_organisation is None:
            return None
        return LocalFigure(asked.hearing_fine_person, asked.hearing_fine_organisation)

    @classmethod
    def check(cls, day: datetime.date, sanction: Sanction, *, was_offered: bool) -> Iterator[Objection]:
        why = cls.reasons(day, sanction, cls.local())
        if why and not was_offered:
            yield cls.objection(day, f"拟作的处罚（{'；'.join(why)}）应当告知当事人有要求听证的权利")


class HearingPrepare(TimeRule):
    id, title = "hearing_prepare", "准备听证"
    also = ("hearing", "hearing_chair", "hearing_file", "hearing_date")

    @classmethod
    def limit_names(cls) -> tuple[str, ...]:
        return cls.also

    @classmethod
    def versions(cls) -> tuple[RuleVersion, ...]:
        return (in_a("137-36", W, C), in_b("令3-18", W), in_c("听证办法18", W))


class HearingNotice(TimeRule):
    id, title, also = "hearing_notice", "提前通知听证", ("hearing_publicity",)

    @classmethod
    def check_served(cls, latest: Deadline, served: datetime.date) -> Iterator[Objection]:
        if served > latest.due:
            yield cls.under(latest.limit, f"听证通知最迟 {latest.due} 送达，{served} 送达太晚，请另定听证日期")
        yield from cls.check_settled(latest, "举行听证")


class HearingHeld(Rule):
    id, title = "hearing", "听证怎样举行"
    declared = (in_a("137-36"), in_b("令3"), in_c("听证办法"))
    STEPS = ("指控", "答辩", "质证", "辩论", "最后陈述")

    @classmethod
    def check_named_by(cls, day: datetime.date, named_by: str) -> Iterator[Objection]:
        """Since 2019-04-01 by any of the heads."""
        if ruleset(day) == "a" and named_by != "主要负责人":
            yield cls.objection(day, f"听证主持人由主要负责人指定，不能由{named_by}指定")

    @classmethod
    def check_not_skipped(cls, day: datetime.date, *, was_asked_for: bool, was_held: bool) -> Iterator[Objection]:
        if was_asked_for and not was_held:
            yield cls.objection(day, "当事人要求了听证，还没有举行")

    @classmethod
    def check(cls, day: datetime.date, *, agents: int, missing: Collection[str]) -> Iterator[Objection]:
        """`missing` of STEPS are not in the minutes."""
        if agents > 2:
            yield cls.objection(day, f"当事人可以委托一至二人代理，现在是 {agents} 人")
        if missing:
            yield cls.objection(day, f"听证笔录里没有{'、'.join(missing)}")


class HearingReport(TimeRule):
    id, title = "hearing_report", "提交听证报告"


class NoWorse(Rule):
    id, title = "no_worse", "不因申辩加重处罚"
    paragraphs = ("c3-5-1",)
    declared = (in_a("处罚法2017-32(2); 清单三(五)"), in_c("处罚法45(2)"))

    @classmethod
    def check(cls, day: datetime.date, notified: Sanction, decided: Sanction) -> Iterator[Objection]:
        """New facts change nothing of it: they are investigated and notified anew."""
        added = [kind for kind in Penalty if kind in decided.kinds and kind not in notified.kinds]
        heavier = []
        if added:
            heavier.append(f"多了{'、'.join(added)}")
        if decided.fine > notified.fine:
            heavier.append(f"罚款由 {notified.fine} 元增加到 {decided.fine} 元")
        if decided.confiscated > notified.confiscated:
            heavier.append("没收的比告知的多")
        if heavier:
            yield cls.objection(day, f"决定比告知的重：{'，'.join(heavier)}。有新的事实，要重新调查、重新告知")


# Decision


class DecisionTerm(TimeRule):
    id, title = "decision", "作出处理决定的期限"


class DecisionPaper(Rule):
    id, title = "decision_paper", "决定书必须载明的内容"
    paragraphs = ("c3-6",)
    declared = (in_a("清单三(六)"), in_b("清单三(六); 令2-55"), in_c("清单三(六); 令42-62"))
    PARTS = (
        "当事人姓名或者名称及地址",
        "违法事实及证据",
        "处罚依据及理由",
        "处罚种类及幅度",
        "履行方式及期限",
        "救济途径及期限",
        "行政机关名称及日期",
    )

    @classmethod
    def parts(cls, day: datetime.date) -> tuple[str, ...]:
        more = [
            "陈述、申辩是否采纳及理由" if day >= SECOND else "",
            "依据的裁量基准" if day >= STANDARD_NAMED else "",
            "处罚信息公示的告知" if day >= PUBLICITY_TOLD else "",
        ]
        return (*cls.PARTS, *filter(None, more))

    @classmethod
    def check(cls, day: datetime.date, held: Collection[str]) -> Iterator[Objection]:
        if missing := [part for part in cls.parts(day) if part not in held]:
            yield cls.objection(day, f"决定书里没有{'、'.join(missing)}")

    @classmethod
    def check_basis(cls, day: datetime.date, *, told: str, decided: str) -> Iterator[Objection]:
        """The party was heard on what it was told."""
        if told.strip() != decided.strip():
            yield cls.objection(day, "决定书的处罚依据和告知的不一样，请写明为什么", clause="本系统", hardness=W)


class Competence(Rule):
    id, title = "competence", "县级没有权限的罚款"
    declared = (in_a("计量法实施细则55"),)
    BELOW = Decimal(10_000)

    @classmethod
    def check(cls, day: datetime.date, law: str, fine: Decimal) -> Iterator[Objection]:
        if "计量法实施细则" in law and fine >= cls.BELOW:
            yield cls.objection(day, f"依《计量法实施细则》罚款 {fine} 元，满一万元的由省级计量行政部门决定")


class OneFine(Rule):
    id, title = "one_fine", "同一个违法行为不罚款两次"
    declared = (in_a("处罚法2017-24"), in_c("处罚法2021-29"))

    @classmethod
    def check(cls, day: datetime.date, *, earlier: str) -> Iterator[Objection]:
        """`earlier` is the number of a decision that fined the same act; empty for none."""
        if earlier:
            yield cls.objection(day, f"同一个违法行为已由{earlier}罚款")

    @classmethod
    def check_other_articles(cls, day: datetime.date, *, earlier: str) -> Iterator[Objection]:
        """Of the same day, by another article: whether it is the same act, somebody has to say."""
        if earlier:
            said = f"同一当事人同一天的违法行为已由{earlier}罚款，请写明为什么不是同一个违法行为"
            yield cls.objection(day, said, hardness=W)


class Approvals(Rule):
    id, title = "not_penalised", "不予处罚、建议、移送和其他事项由谁批准"
    paragraphs = ("c3-2-2", "c3-2-3", "c3-4-2-3", "c3-6")
    declared = (in_a("清单三(四)2 第四款"), in_b("清单三(四)2 第四款", W))
    HEAD = "主要负责人"

    @classmethod
    def check(cls, day: datetime.date, outcome: str, approved_by: str) -> Iterator[Objection]:
        if approved_by != cls.HEAD:
            yield cls.objection(day, f"{outcome}要报主要负责人批准，再送达，现在的批准人是{approved_by}")

    @classmethod
    def check_decision(cls, day: datetime.date, *, is_chair: bool) -> Iterator[Objection]:
        if not is_chair:
            yield cls.objection(day, "处罚决定由案审委主任委员批准", clause="清单三(六)")

    @classmethod
    def check_enforcement(cls, day: datetime.date, act: str, approved_by: str) -> Iterator[Objection]:
        """中止、终止执行; since 2019-04-01 by any of the heads."""
        if ruleset(day) == "a" and approved_by != cls.HEAD:
            yield cls.objection(day, f"{act}由主要负责人批准，不能由{approved_by}批准", clause="137-52; 137-53")


class Transfer(TimeRule):
    id, title, also = "transfer", "移送涉嫌犯罪的案件", ("transfer_police", "transfer_goods", "transfer_objection")

    @classmethod
    def check_in_time(cls, limit: TimeLimit, due: str, *, is_late: bool) -> Iterator[Objection]:
        """What is late is still transferred: the duty does not end with its day."""
        if is_late:
            said = f"“{limit.title}”的期限 {due} 已满，仍要移送"
            yield Objection(cls.id, said, limit.clause, W, limit.certainty)

    @classmethod
    def check_not_kept(cls, day: datetime.date, *, is_crime: bool) -> Iterator[Objection]:
        if is_crime:
            yield cls.objection(day, "涉嫌犯罪的要移送公安机关，不能以罚代移，也不能不移送", clause="310-11")


class Simple(Rule):
    id, title = "simple", "可以当场处罚的"
    declared = (in_a("处罚法2017-33"), in_c("处罚法2021-51"))
    FIGURES = (
        (None, LocalFigure(Decimal(50), Decimal(1_000))),
        (THIRD, LocalFigure(Decimal(200), Decimal(3_000))),
    )

    @classmethod
    def figure(cls, day: datetime.date, party: Party) -> Decimal:
        return [figure for first, figure in cls.FIGURES if first is None or first <= day][-1].of(party)

    @classmethod
    def check(cls, day: datetime.date, sanction: Sanction, *, officers: int = 2) -> Iterator[Objection]:
        most = cls.figure(day, sanction.party)
        if sanction.fine > most:
            yield cls.objection(day, f"当场处罚的罚款最多 {most} 元，现在是 {sanction.fine} 元")
        others = [kind for kind in Penalty if kind in sanction.kinds - {Penalty.WARNING, Penalty.FINE}]
        if others:
            yield cls.objection(day, f"当场只能处警告或者罚款，不能{'、'.join(others)}")
        if officers < 2:
            hardness = R if day >= THIRD else W
            clause = "处罚法2021-42(1)" if day >= THIRD else "处罚法2017-37(1)"
            yield cls.objection(day, "当场处罚由两名以上执法人员作出", clause=clause, hardness=hardness)


# Service, correction, money


class Service(TimeRule):
    id, title = "service", "送达决定书"
    paragraphs = ("c3-6-1",)


class ServiceByNotice(TimeRule):
    id, title = "service_by_notice", "公告送达"

    @classmethod
    def check_served(cls, limit: TimeLimit, due: datetime.date, served: datetime.date) -> Iterator[Objection]:
        if served < due:
            said = f"公告满{limit.length}（{due}）才视为送达，{served} 太早"
            yield Objection(cls.id, said, limit.clause, R, limit.certainty)


class ServiceMode(Rule):
    id, title = "service_mode", "可以怎样送达"
    declared = (in_a("137-58; 137-60"), in_b("令2-74"), in_c("令42-82; 令42-83"))
    MODES = ("直接送达", "留置送达", "委托送达", "邮寄送达", "电子送达", "公告送达", "送达地址确认书送达")

    @classmethod
    def check(
        cls, day: datetime.date, mode: str, *, is_decision: bool, has_consent: bool = False, witnessed: bool = True
    ) -> Iterator[Objection]:
        """`witnessed`: who refused is told by witnesses, or since 2019-04-01 by a recording."""
        if mode == "电子送达":
            if ruleset(day) == "a":
                yield cls.objection(day, "当时的规定没有电子送达")
            elif ruleset(day) == "b" and is_decision:
                yield cls.objection(day, "决定书不能电子送达")
            elif not has_consent:
                yield cls.objection(day, "电子送达要有受送达人签字的同意")
        if mode == "留置送达" and not witnessed:
            yield cls.objection(day, "留置送达要有见证人签名" + ("或者录像" if day >= SECOND else ""))


class Correction(TimeRule):
    id, title = "correction", "责令改正的期限"
    paragraphs = ("c3-6-2", "c3-6-3")

    @classmethod
    def check_length(cls, deadline: Deadline, *, is_approved: bool) -> Iterator[Objection]:
        limit = deadline.limit
        if deadline.number > limit.number and not is_approved:
            said = f"责令改正超过 {limit.length} 的，要报负责人批准，现在是 {deadline.number} 日"
            yield cls.under(limit, said)


class Payment(TimeRule):
    id, title = "payment", "缴纳罚款"


class Instalments(Rule):
    id, title = "instalments", "延期、分期缴纳由谁批准"
    declared = (in_a("137-49"), in_b("令2-66"), in_c("令42-74"))

    @classmethod
    def check(cls, day: datetime.date, approved_by: str, *, asked_in_writing: bool = True) -> Iterator[Objection]:
        if not asked_in_writing:
            yield cls.objection(day, "延期、分期缴纳要由当事人书面申请")
        if ruleset(day) == "a" and approved_by != "主要负责人":
            yield cls.objection(day, f"延期、分期缴纳由主要负责人批准，不能由{approved_by}批准")


class Surcharge(Rule):
    id, title = "surcharge", "加处罚款"
    declared = (in_a("处罚法2017-51; 强制法45"), in_c("处罚法2021-72; 强制法45; 令42-75"))
    note = "部分缴纳以后，加处罚款按没有缴的部分计算（规定没有写明）。"

    @staticmethod
    def of(
        fine: Decimal, due: datetime.date, paid: datetime.date, stops: Collection[Span] = ()
    ) -> following_limits.Surcharge:
        return following_limits.surcharge(fine, due, paid, list(stops))

    @classmethod
    def check(cls, day: datetime.date, fine: Decimal, amount: Decimal) -> Iterator[Objection]:
        if amount > fine:
            yield cls.objection(day, f"加处罚款 {amount} 元，不能超过罚款本数 {fine} 元")


class Cash(TimeRule):
    id, title = "cash", "当场收缴的罚款上缴"


class CashSum(Rule):
    id, title = "cash_sum", "可以当场收缴的罚款"
    declared = (in_a("处罚法2017-47(1)", W), in_c("处罚法2021-68(1)", W))
    AT_MOST = ((None, Decimal(20)), (THIRD, Decimal(100)))

    @classmethod
    def check(cls, day: datetime.date, fine: Decimal) -> Iterator[Objection]:
        """More is only taken in cash where paying at a bank is difficult for the party."""
        most = [each for first, each in cls.AT_MOST if first is None or first <= day][-1]
        if fine > most:
            said = f"当场收缴的罚款一般在 {most} 元以下，现在是 {fine} 元；不当场收缴事后难以执行的，写明理由"
            yield cls.objection(day, said)


class Review(TimeRule):
    id, title = "review", "申请行政复议"

    @staticmethod
    def at(day: datetime.date) -> tuple[str, ...]:
        """To whom the party may apply."""
        return chosen().review_at if day >= REVIEW_ANEW else chosen().review_at_until_2024

    @staticmethod
    def comes_first(day: datetime.date, *, is_simple: bool) -> bool:
        """Whether there is no suit without it (复议法2023-23(1)1)."""
        return is_simple and day >= REVIEW_ANEW

    @classmethod
    def check_suit(cls, served: datetime.date, *, is_simple: bool, was_reviewed: bool) -> Iterator[Objection]:
        """Before a suit against a penalty of that day."""
        if cls.comes_first(served, is_simple=is_simple) and not was_reviewed:
            said = "对当场处罚不服的先申请行政复议，案卷里没有复议结果；法院已经受理的，写明情况"
            yield cls.objection(served, said, clause="复议法2023-23(1)1", hardness=W)


class Court(TimeRule):
    id, title, also = "court", "申请法院强制执行", ("suit", "suit_after_review")
    note = "分期缴纳、诉讼比当事人起诉的期限更晚结束的，三个月从更晚的那一天起算（规定没有写明）。"

    @classmethod
    def check_application(
        cls, last: Deadline, day: datetime.date, *, first_possible: datetime.date
    ) -> Iterator[Objection]:
        """Not before the party can no longer go to court itself, not after three months."""
        if day < first_possible:
            yield Objection(cls.id, f"当事人起诉的期限未满，{first_possible} 起才能申请", last.limit.clause, R)
        yield from cls.check_settled(last, "申请")
        yield from cls.check(last, day)


class Urge(TimeRule):
    id, title = "urge", "催告满十日才能申请执行"

    @classmethod
    def check_application(cls, deadline: Deadline | None, day: datetime.date) -> Iterator[Objection]:
        """`deadline` of the urging that was served; None where there was none."""
        if deadline is None:
            yield cls.objection(day, "申请法院强制执行以前要催告，还没有送达催告书")
            return
        if day <= deadline.due:
            limit = deadline.limit
            yield cls.under(limit, f"催告送达以后满{limit.length}（{deadline.due}）才能申请")
        yield from cls.check_settled(deadline, "申请")


# The end


class Closing(TimeRule):
    id, title = "closing", "填写结案审批表"
    note = "2019年4月1日以前没有规定几日。"


class ClosingGround(Rule):
    id, title = "closing_ground", "可以结案的情形"
    declared = (in_a("137-54"), in_b("令2-70"), in_c("令42-77"))
    GROUNDS = {
        "a": ("决定执行完毕", "法院裁定执行完毕", "不予行政处罚", "终止调查", "终结执行"),
        "b": ("决定执行完毕", "法院结束执行", "终止调查", "不予处罚或者移送", "其他应当结案的情形"),
    }

    @classmethod
    def grounds(cls, day: datetime.date) -> tuple[str, ...]:
        return cls.GROUNDS["a" if ruleset(day) == "a" else "b"]

    ANNULLED = ("终结执行", "其他应当结案的情形")
    """Where a review or a court has done away with the decision: in set a, and since (this system's reading)."""

    @classmethod
    def check(
        cls, day: datetime.date, ground: str, *, open_matters: Collection[str], unmended: str = ""
    ) -> Iterator[Objection]:
        """`open_matters` is what has not come to its end: a clock, a receipt, goods. `unmended` says what was ordered
        and not done, where nobody can make the party do it any more."""
        if ground not in cls.grounds(day):
            yield cls.objection(day, f"“{ground}”不是可以结案的情形")
        if open_matters:
            yield cls.objection(day, f"还不能结案：{'；'.join(open_matters)}")
        if unmended:
            yield cls.objection(day, unmended, hardness=W)


class Report(TimeRule):
    id, title = "report", "结案以后备案"
    paragraphs = ("c2-2",)
    note = "清单写“严格按照报告标准”“及时”，没有写标准和几日；2019年4月1日以后由本局设定，没有设定的只提醒。"


class Reported(Rule):
    id, title = "reported", "该备案的备案以后归档"
    paragraphs = ("c2-2",)
    declared = (in_a("清单二(二); 137-55", W),)

    @classmethod
    def check(cls, day: datetime.date, *, is_due: bool) -> Iterator[Objection]:
        """Before a case is put away."""
        if is_due:
            yield cls.objection(day, "这一案要备案，还没有登记备案")


class SimpleArchive(TimeRule):
    id, title = "simple_archive", "当场处罚材料归档"


class Archive(Rule):
    id, title = "archive", "一案一卷，依次归档"
    declared = (
        in_a("国办发〔2018〕118号", certainty=B),
        in_c("令42-78; 处罚法2021-47"),
    )

    @classmethod
    def check(cls, day: datetime.date, *, missing: Collection[str]) -> Iterator[Objection]:
        """`missing` are papers that acts of the case should have made."""
        if missing:
            yield cls.objection(day, f"案卷里没有{'、'.join(missing)}")


class Correcting(Rule):
    id, title = "errors", "办错的只能更正，不能删除"
    paragraphs = ("c4-1",)
    declared = (in_a("本系统; 清单四"),)
    unchecked = "经办记录由数据库保证不能改、不能删；错案的责任由人追究，程序不判断。"


class Publish(TimeRule):
    id, title, also = "publish", "公示处罚信息", ("publish_elsewhere", "publish_there")

    @staticmethod
    def is_due(day: datetime.date, sanction: Sanction, *, is_simple: bool = False) -> bool:
        """By the day of the decision: since 令45 neither a mere warning nor what was decided on the spot is made
        public."""
        return day < PUBLICITY_TOLD or (sanction.kinds != {Penalty.WARNING} and not is_simple)

    @classmethod
    def check_due(cls, day: datetime.date, *, is_due: bool, stands: bool) -> Iterator[Objection]:
        """What need not be public stays private."""
        if not is_due:
            yield cls.objection(day, "不予处罚的、仅警告的、当场作出的处罚决定依法不公示", hardness=R)
        elif not stands:
            yield cls.objection(day, "处罚决定已经撤销或者确认违法，不能公示", hardness=R)

    @classmethod
    def check_done(cls, day: datetime.date, *, is_awaited: bool) -> Iterator[Objection]:
        """Before a case is put away."""
        if is_awaited:
            yield cls.objection(day, "这一案的处罚决定应当公示，还没有公示")


NEVER_EARLY = frozenset(
    {Penalty.SUSPENSION, Penalty.CLOSURE, Penalty.RESTRICTION, Penalty.BAN, Penalty.DOWNGRADING, Penalty.REVOCATION}
)
LIGHT = frozenset({Penalty.WARNING, Penalty.CRITICISM, Penalty.FINE})
"""Beside which a low fine is still a light penalty."""


class PublishEnd(TimeRule):
    id, title, also = "publish_end", "停止公示", ("publish_end_person", "publish_end_short")
    note = "“较低数额罚款”的数额本省规定未见原文；没有设定的，罚款都按三年。"

    @classmethod
    def term(cls, sanction: Sanction) -> str:
        """Which time limit it is."""
        if sanction.kinds == {Penalty.CRITICISM} or (sanction.kinds <= LIGHT and cls._is_low(sanction)):
            return "publish_end_short"
        return "publish_end_person" if sanction.party is Party.PERSON else "publish_end"

    @staticmethod
    def _is_low(sanction: Sanction) -> bool:
        choices = chosen()
        is_person = sanction.party is Party.PERSON
        low = choices.low_fine_person if is_person else choices.low_fine_organisation
        return low is not None and Decimal(0) < sanction.fine <= low

    @classmethod
    def check_early(
        cls, day: datetime.date, *, sanction: Sanction, since: datetime.date, unmet: Collection[str]
    ) -> Iterator[Objection]:
        """At the party's request. `since` is when it was published, `unmet` what has to be so and is not."""
        if never := sanction.has_any(NEVER_EARLY):
            yield cls.objection(day, f"处罚有{'、'.join(never)}的，不能提前停止公示", hardness=R)
        months = chosen().publicity_early_after
        if (earliest := count_months(since, months)) > day:
            yield cls.objection(day, f"公示满 {months} 个月（{earliest}）以后才能提前停止", hardness=R)
        if unmet:
            yield cls.objection(day, f"还不能提前停止公示：{'；'.join(unmet)}", hardness=R)


class Withdraw(TimeRule):
    id, title = "withdraw", "撤回已经公示的处罚信息"

    @classmethod
    def check_done(cls, day: datetime.date, *, is_awaited: bool) -> Iterator[Objection]:
        """Before a case is put away."""
        if is_awaited and cls.on(day):
            yield cls.objection(day, "复议、诉讼改变了处罚决定，公示还没有撤回、更正", hardness=R)


class Assist(TimeRule):
    id, title = "assist", "答复协助调查"


class Jurisdiction(TimeRule):
    id, title, also = "jurisdiction", "管辖争议", ("jurisdiction_request",)


class CaseReview(Rule):
    id, title = "case_review", "每半年评查案卷"
    paragraphs = ("c4-1",)
    declared = (in_a("清单四; 本系统", M),)

    @staticmethod
    def due(year: int, half: int) -> datetime.date:
        return following_limits.half_year_end(year, half)


RULES: tuple[type[Rule], ...] = tuple(
    each for each in globals().values() if isinstance(each, type) and issubclass(each, Rule) and "id" in vars(each)
)
