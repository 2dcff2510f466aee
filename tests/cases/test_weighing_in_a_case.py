"""高远 weighs a penalty: by which article, which circumstances with their evidence, which band; what comes of it stands
in report, notice and decision, and nothing leaves the law."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from acts.errors import Incomplete, Refused
from cases import models
from cases.amounts import Grade
from cases.case import Case
from cases.desk.forms import FORMS
from cases.discretion.comparing import Compared
from cases.discretion.offer import Offer
from cases.discretion.violations import Provision, Violation
from tests.cases.people import (
    CONCLUSION,
    WEIGHED,
    People,
    agreed,
    decided,
    file,
    make_case,
    make_decision,
    make_inspection,
    make_notice,
    make_people,
    make_province,
    make_spot_penalty,
    notified,
    publish_standards,
    recheck,
    weigh,
)
from tests.conftest import signed_in

OF_THE_LAW = ("article", "article_kinds", "compulsory", "minimum", "maximum", "grade", "ground", "reasons")


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    case = file(make_case(people), people)
    case.inspect(make_inspection(people), by=people.officer)
    return case


def offer(code: str = "WF-02", ended: datetime.date | None = None) -> Offer:
    return Offer(Violation.objects.get(code=code), ended or ago(6), timezone.localdate())


def report(**values: Any) -> models.Conclusion:
    own = {name: value for name, value in CONCLUSION.items() if name not in (*OF_THE_LAW, "kinds", "fine")}
    return models.Conclusion(**own | WEIGHED | {"act_ended_on": ago(6)} | values)


def test_the_report_takes_its_law_and_its_reasons_from_what_was_weighed(case: Case, people: People) -> None:
    weigh(case, people)
    case.conclude(report(), by=people.officer)
    held = case.conclusion()
    assert (held.article, held.grade, held.maximum) == (
        "《法定计量检定机构监督管理办法》（2001年令第15号）",
        "从轻",
        1000,
    )
    assert (held.compulsory, held.article_kinds) == (["警告", "罚款"], ["警告", "罚款"])
    assert held.reasons == (
        "“未经授权开展须经授权方可开展的工作”依据《法定计量检定机构监督管理办法》（2001年令第15号）；"
        "积极配合调查，如实陈述违法事实并主动提供证据（可以从轻或者减轻，《关于规范市场监督管理行政处罚裁量权的指导意见》"
        "第十一条至第十六条；证据：询问笔录第二页）；"
        "裁量档次为从轻（《关于规范市场监督管理行政处罚裁量权的指导意见》（国市监法规〔2022〕2号）），"
        "幅度为应当警告、罚款0元到300元；给予警告、罚款200元。"
    )
    assert not case.timeline.get(verb="concluded").answered


def test_who_has_not_weighed_says_why(case: Case, people: People) -> None:
    with pytest.raises(Incomplete, match="还没有按裁量基准裁量"):
        case.conclude(models.Conclusion(**CONCLUSION | {"act_ended_on": ago(6)}), by=people.officer)
    case.conclude(
        models.Conclusion(**CONCLUSION | {"act_ended_on": ago(6)}), by=people.officer, reason="罚则还没有录入。"
    )
    assert "discretion" in case.timeline.get(verb="concluded").answered


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"fine": Decimal("300.01")}, "超出裁量的幅度"),
        ({"kinds": ["罚款"]}, "应当警告"),
        ({"kinds": ["警告", "罚款", "吊销许可证件"]}, "超出裁量的幅度"),
        ({"fine": Decimal("1000.01"), "beyond": "后果严重"}, "法定"),
        ({"fine": Decimal(200), "beyond": "后果严重"}, "幅度以内"),
        ({"act_ended_on": ago(7)}, "不一致"),
    ],
)
def test_nothing_leaves_what_was_weighed_unsaid(case: Case, people: People, values: dict[str, Any], said: str) -> None:
    weigh(case, people)
    with pytest.raises(Refused, match=said), transaction.atomic():
        case.conclude(report(**values), by=people.officer, reason="理由")


@pytest.fixture
def province(people: People) -> models.Standard:
    return make_province(people)


def test_of_two_standards_that_conflict_the_officer_says_which_is_followed(
    case: Case, people: People, province: models.Standard
) -> None:
    city = models.Standard(title="廊坊市计量行政处罚裁量基准", issuer="市局", number="廊市监〔2024〕1号")
    city.published_on, city.since = province.published_on, province.since
    city.save(reason="录入")
    article = models.Provision.objects.get(code="FZ-02")
    band = models.Band(standard=city, provision=article, grade="一般", kind="罚款", by="sum", low=800, high=900)
    band.save(reason="录入")
    publish_standards(people)
    usual = {"grade": Grade.USUAL, "evidence": {}}
    with pytest.raises(Incomplete, match=r"廊坊市计量行政处罚裁量基准.*不能同时照办"):
        weigh(case, people, **usual)
    weigh(case, people, **usual, reason="照省局的")
    weighing = case.weighing()
    assert (weighing.lowest, weighing.highest) == (300, 700)
    assert weighing.standards == "《河北省计量行政处罚裁量基准》（冀市监〔2024〕1号）"


def test_outside_the_band_but_within_the_law_it_takes_a_reason(
    case: Case, people: People, province: models.Standard
) -> None:
    weigh(case, people, grade=Grade.USUAL, evidence={})
    with pytest.raises(Refused, match="请写明超出的理由"), transaction.atomic():
        case.conclude(report(fine=Decimal(900)), by=people.officer, reason="后果严重")
    given = {"fine": Decimal(900), "beyond": "检定的台数特别多。"}
    with pytest.raises(Refused, match="超出裁量档次的幅度"), transaction.atomic():
        case.conclude(report(**given), by=people.officer)
    case.conclude(report(**given), by=people.officer, reason="后果严重")
    assert case.conclusion().reasons.endswith(
        "裁量档次为一般（《河北省计量行政处罚裁量基准》（冀市监〔2024〕1号）），幅度为应当警告、罚款300元到700元；"
        "给予警告、罚款900元；超出这一幅度，因为检定的台数特别多。"
    )


def test_what_leaves_the_band_of_a_level_above_is_decided_with_its_consent(
    people: People, province: models.Standard
) -> None:
    case, usual = make_case(people), {"grade": Grade.USUAL, "evidence": {}}
    beyond = {"weighed": usual, "fine": 900, "beyond": "检定的台数特别多。"}
    with pytest.raises(Refused, match=r"超出《河北省计量行政处罚裁量基准》.*制定机关还没有同意"):
        decided(case, people, **beyond)
    assert (
        'name="consent"'
        in signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/decision_proposed/").content.decode()
    )
    consent = "河北省市场监督管理局，冀市监函〔2026〕31号，2026年11月20日"
    case.propose_decision(make_decision(case, consent=consent), by=people.officer)
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    assert case.decision().consent == consent


def test_within_the_band_no_consent_is_asked_for(people: People, province: models.Standard) -> None:
    case = decided(make_case(people), people, weighed={"grade": Grade.USUAL, "evidence": {}}, fine=500)
    assert case.decision().consent == ""


def test_the_database_holds_report_and_weighing_together(case: Case, people: People) -> None:
    weigh(case, people)
    case.conclude(report(), by=people.officer)
    held = case.conclusion()
    wrong: dict[str, Any]
    for wrong in ({"maximum": 2000}, {"grade": "一般"}, {"article": "别的"}, {"compulsory": ["警告"]}, {"fine": 301}):
        row = models.Conclusion.objects.get(pk=held.pk)
        row.pk, row._state.adding = None, True
        for name, value in wrong.items():
            setattr(row, name, value)
        with pytest.raises(DatabaseError, match="裁量的"), transaction.atomic():
            _write(row)


def _write(row: Any) -> None:
    row.save()
    connection.check_constraints()


def test_what_was_recorded_leads_to_the_same_again_whatever_becomes_of_the_standards(
    case: Case, people: People, province: models.Standard
) -> None:
    weigh(case, people)
    before = case.weighing().weighed.reasons(Grade.LIGHT)
    for row in (*models.Band.objects.all(), *models.Factor.objects.filter(code="YS-19")):
        row.retired_on = timezone.localdate()
        row.save(reason="换了文件")
    article = models.Provision.objects.get(code="FZ-02")
    article.maximum = Decimal(900)
    article.save(reason="改错")
    held = Case.objects.get(pk=case.pk).weighing()
    assert held.is_worked_out_again
    assert held.weighed.reasons(Grade.LIGHT) == before
    assert (held.lowest, held.highest) == (0, 300)


def test_each_circumstance_has_its_evidence(case: Case, people: People) -> None:
    with pytest.raises(Refused, match=r"请写明“积极配合调查.*”的证据"):
        weigh(case, people, evidence={"YS-19": " "})
    with pytest.raises(Refused, match="已经停用"):
        weigh(case, people, evidence={"YS-01": "身份证"})  # of the law as it was until 2021


def test_the_circumstances_say_the_grade(case: Case, people: People) -> None:
    with pytest.raises(Refused, match="档次是从轻或者减轻或者一般，不能是从重"):
        weigh(case, people, grade=Grade.HEAVY)
    weigh(case, people, grade=Grade.HEAVY, evidence={"YS-28": "监控录像"}, offer=offer("WF-05"))
    assert case.weighing().said_range == "应当警告、罚款700元到1000元；可以吊销许可证件"


def test_what_only_a_grave_act_brings_is_given_in_no_other_grade(case: Case, people: People) -> None:
    weigh(case, people, offer=offer("WF-05"))
    with pytest.raises(Refused, match="只给情节严重的，裁量档次要是从重"), transaction.atomic():
        case.conclude(
            report(kinds=["警告", "罚款", "吊销许可证件"], beyond="后果坏。"), by=people.officer, reason="后果坏"
        )
    case.conclude(report(), by=people.officer)
    row = case.conclusion()
    row.pk, row._state.adding, row.kinds = None, True, ["警告", "罚款", "吊销许可证件"]
    row.beyond = "后果坏。"
    with pytest.raises(DatabaseError, match="只给情节严重的种类"), transaction.atomic():
        _write(row)


def test_what_was_weighed_is_not_got_round_by_another_outcome(case: Case, people: People) -> None:
    weigh(case, people)
    case.conclude(report(outcome="advice", kinds=[], fine=0, reasons="属于别的机关管。"), by=people.officer)
    row = case.conclusion()
    row.pk, row._state.adding, row.outcome, row.kinds, row.fine = None, True, "penalty", ["罚款"], Decimal(50_000)
    row.article, row.article_kinds, row.maximum, row.grade = "别的法", ["罚款"], Decimal(100_000), "一般"
    with pytest.raises(DatabaseError, match="这一案已经裁量"), transaction.atomic():
        _write(row)
    row.kinds, row.fine = ["警告", "罚款"], Decimal(200)
    row.take(case.weighing())
    assert (row.article, row.maximum) == ("《法定计量检定机构监督管理办法》（2001年令第15号）", 1000)


def test_nothing_is_weighed_by_a_law_that_is_not_kept(case: Case, people: People) -> None:
    weigh(case, people)
    row = case.weighing()
    for wrong in (
        ('"maximum":"1000.00"', '"maximum":"9000.00"'),
        ('"compulsory":["警告","罚款"]', '"compulsory":["罚款"]'),
    ):
        assert wrong[0] in row.text
        other = models.Weighing.objects.get(pk=row.pk)
        other.pk, other._state.adding, other.text = None, True, row.text.replace(*wrong)
        with pytest.raises(DatabaseError, match="裁量的依据和罚则 FZ-02 不一致"), transaction.atomic():
            _write(other)


def test_what_is_not_published_is_not_used(case: Case, people: People) -> None:
    article = Provision.objects.get(code="FZ-02")
    article.maximum = Decimal(900)
    article.save(reason="改")
    with pytest.raises(Refused, match="FZ-02 录入、修改以后还没有公布"):
        weigh(case, people)
    publish_standards(people)
    weigh(case, people)


def test_notice_and_decision_hold_the_reasons_as_they_were_weighed(case: Case, people: People) -> None:
    told = agreed(make_case(people), people, weighed={})
    with pytest.raises(Refused, match="可以补充，不能删改"):
        told.notify(make_notice(people), by=people.officer)
    meeting = told.meeting()
    reasons = f"{meeting.reasons}以上有证据证明。"
    told.notify(make_notice(people, basis=meeting.article, reasons=reasons), by=people.officer)


def test_where_none_is_due_none_is_proposed(case: Case, people: People) -> None:
    weigh(case, people, grade=Grade.NONE, evidence={"YS-15": "整改照片"})
    with pytest.raises(Refused, match="裁量的结果是不予行政处罚"):
        case.conclude(report(), by=people.officer)
    case.conclude(report(outcome="none", kinds=[], fine=0), by=people.officer)
    held = case.conclusion()
    assert (held.grade, held.article) == ("不予", "《法定计量检定机构监督管理办法》（2001年令第15号）")
    assert held.reasons.endswith(
        "违法行为轻微并及时改正，没有造成危害后果（应当不予，《中华人民共和国行政处罚法》第三十三条；证据：整改照片）；"
        "裁量档次为不予，不予行政处罚。"
    )


def test_where_one_is_due_it_is_not_let_go(case: Case, people: People) -> None:
    weigh(case, people)
    with pytest.raises(Refused, match="裁量的结果是从轻，不能提出不予处罚"):
        case.conclude(report(outcome="none", kinds=[], fine=0), by=people.officer)
    case.conclude(report(outcome="advice", kinds=[], fine=0, reasons="属于别的机关管。"), by=people.officer)
    assert case.conclusion().reasons == "属于别的机关管。"


# The law of the day of the act, and the lighter one of today


def newer(people: People, **values: Any) -> Provision:
    """WF-02 as a law of last month has it; the older one ended the day before."""
    old = Provision.objects.get(code="FZ-02")
    old.until = ago(31)
    old.save(reason="修订")
    row = Provision(violation=old.violation, law=old.law, version="2026年修订", quoted="新的条文。", since=ago(30))
    row.maximum = values.pop("maximum", Decimal(1000))
    row.save(reason="录入")
    for kind, when in values.items():
        models.ProvisionKind(provision=row, kind=kind, when=when).save(reason="录入")
    publish_standards(people)
    return row


BOTH = {"警告": "always", "罚款": "always"}


@pytest.mark.parametrize(
    ("values", "compared"),
    [
        (BOTH, Compared.SAME),
        (BOTH | {"maximum": Decimal(500)}, Compared.LIGHTER),
        ({"警告": "always", "罚款": "may"}, Compared.LIGHTER),
        (BOTH | {"maximum": Decimal(5000)}, Compared.HEAVIER),
        (BOTH | {"吊销许可证件": "grave"}, Compared.HEAVIER),
        ({"罚款": "always", "maximum": Decimal(5000)}, Compared.UNCLEAR),
    ],
)
def test_the_newer_law_is_taken_where_it_is_lighter_and_only_there(
    case: Case, people: People, values: dict[str, Any], compared: Compared
) -> None:
    today = newer(people, **values)
    made = offer(ended=ago(40))
    older = made.provisions[0]
    assert [each.code for each in made.provisions] == ["FZ-02", today.code]
    assert made.compared(today) is made.compared(older) is compared
    may_take = {
        Compared.SAME: {today.code, older.code},
        Compared.LIGHTER: {today.code},
        Compared.HEAVIER: {older.code},
        Compared.UNCLEAR: set[str](),
    }[compared]
    for provision in made.provisions:
        if provision.code in may_take:
            weigh(case, people, offer=made, provision=provision)
            continue
        with pytest.raises(Refused, match="〔法律〕"), transaction.atomic():
            weigh(case, people, offer=made, provision=provision)
        if compared is Compared.UNCLEAR:
            weigh(case, people, offer=made, provision=provision, reason="警告没有了，罚款的上限高")


def test_laws_that_count_times_of_different_things_are_compared_by_people(people: People) -> None:
    older = models.Provision.objects.get(code="FZ-02")
    older.unit, older.least, older.most = "gains", Decimal(1), Decimal(3)
    older.minimum = older.maximum = Decimal(0)
    older.save(reason="按倍数")
    today = newer(people, **BOTH)
    today.unit, today.least, today.most, today.minimum, today.maximum = "value", Decimal(1), Decimal(2), 0, 0
    today.save(reason="按倍数")
    assert offer(ended=ago(40)).compared(today, Decimal(1000)) is Compared.UNCLEAR


def test_what_makes_a_penalty_heavier_held_when_the_act_was_done(people: People) -> None:
    before = {each.name for each in offer(ended=datetime.date(2020, 5, 1)).factors}
    assert before >= {each.name for each in offer().factors if each.leads_to != "heavy"}
    assert not [each for each in offer(ended=datetime.date(2020, 5, 1)).factors if each.leads_to == "heavy"]
    assert [each for each in offer().factors if each.leads_to == "heavy"]


def test_a_law_that_came_and_went_is_none_of_both(case: Case, people: People) -> None:
    today = newer(people, **BOTH)
    assert offer(ended=ago(6)).provisions == [today]
    assert offer(ended=datetime.date(1999, 1, 1)).provisions == []  # nothing punished it then


def test_a_lighter_law_that_comes_before_the_decision_is_not_passed_over(people: People) -> None:
    case = make_case(people)
    notified(case, people, weighed={})
    recheck(case, people)
    case.confirm_recheck(by=people.auditor, reason="同意")
    old = Provision.objects.get(code="FZ-02")
    old.put(reason="修订", until=ago(1))
    row = Provision(
        violation=old.violation, law=old.law, version="2026年修订", quoted="新的条文。", maximum=Decimal(500)
    )
    row.since = timezone.localdate()
    row.save(reason="录入")
    for kind in BOTH:
        models.ProvisionKind(provision=row, kind=kind, when="always").save(reason="录入")
    publish_standards(people)
    with pytest.raises(Refused, match="现在的规定比行为时的轻，要按现在的规定处罚"):
        case.propose_decision(make_decision(case), by=people.officer)
    asked = case.proposal_objections(case.meeting(), case.conclusion())
    assert [each.rule for each in asked if each.is_refusal] == ["substance"]


# On the page


def post(case: Case, people: People, **given: Any) -> str:
    page = signed_in(people.officer).post(f"/admin/cases/case/{case.pk}/do/weighed/", given, follow=True)
    return str(page.content.decode())


def shown(page: str) -> str:
    found = re.search(r'name="shown" value="(\w*)"', page)
    assert found
    return found.group(1)


def test_one_part_after_the_other_is_shown_and_nothing_is_agreed_to_unseen(case: Case, people: People) -> None:
    violation = Violation.objects.get(code="WF-02")
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/weighed/").content.decode()
    assert 'value="下一步"' in page
    given: dict[str, Any] = {"violation": violation.pk, "act_ended_on": ago(6).isoformat(), "shown": shown(page)}
    page = post(case, people, **given)
    assert "法定计量检定机构监督管理办法" in page
    assert "应当：警告、罚款 0 元到 1000 元" in page
    assert "积极配合调查" in page
    assert "有的写明证据，没有的空着" in page
    inspected = timezone.localdate(case.inspections.get().began_at)
    assert f'<option value="{inspected}现场检查笔录"></option>' in page
    assert "errorlist" not in page
    given |= {"provision": Provision.objects.get(code="FZ-02").pk, "shown": shown(page)}
    page = post(case, people, **given | {"shown_by_YS-19": "询问笔录"})
    assert "从轻：应当警告、罚款0元到300元" in page
    assert "写进文书的理由（从轻）" in page
    assert 'value="裁量"' in page
    given |= {"shown_by_YS-19": "询问笔录", "grade": "从轻"}
    assert 'value="裁量"' in post(case, people, **given)  # with what the page before had shown
    assert not case.weighings.exists()
    page = post(case, people, **given | {"shown": shown(page)})
    assert case.weighings.get().grade == "从轻"
    assert "裁量已办" in page
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/concluded/").content.decode()
    assert 'name="article"' not in page
    assert "裁量的幅度：应当警告、罚款0元到300元" in page


def test_on_the_page_of_the_meeting_the_reasons_are_written_anew(case: Case, people: People) -> None:
    weigh(case, people)
    case.conclude(report(), by=people.officer)
    case.state = "awaiting_committee"
    step = Case.steps["met"]
    request = RequestFactory().get("/")
    request.user = people.auditor
    form = FORMS["met"](request=request, subject=case, step=step)
    assert form.initial["reasons"] == ""
    assert form.initial["fine"] == 200
    assert "article" not in form.fields


def test_who_fines_on_the_spot_without_weighing_says_why(people: People) -> None:
    case = make_case(people)
    with pytest.raises(Refused, match="还没有按裁量基准裁量"), transaction.atomic():
        case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer)
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason="罚则还没有录入。")


def test_a_violation_without_a_law_of_that_day_is_said_to_have_none(case: Case, people: People) -> None:
    given = {"violation": Violation.objects.get(code="WF-02").pk, "act_ended_on": "1999-01-01", "shown": ""}
    old = Provision.objects.get(code="FZ-02")
    old.until = ago(31)
    old.save(reason="废止")
    assert "这一天这个违法行为没有施行的罚则" in post(case, people, **given)
