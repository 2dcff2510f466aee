"""高远 makes the papers of a case: filled from the file, looked at before, numbered, and never changed afterwards."""

import datetime
import io
import re
import threading
import zipfile
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.utils import timezone
from pypdf import PdfReader

from accounts import roles
from acts.errors import Incomplete, NotYours, Refused
from cases.models import Case, Paper, PaperVoid, Reading, Series
from cases.papers.faults import faults
from cases.papers.forms import BY_NUMBER, FORMS
from portal.keeping import verifying
from tests.acting import on
from tests.cases.people import (
    HEAVY,
    KEEPING,
    People,
    agreed,
    certify,
    conclude,
    decided,
    file,
    issue,
    make_case,
    make_cases_of_every_sort,
    make_inspection,
    make_measure,
    make_people,
    make_receipt,
    make_testing,
    make_urging,
    meet,
    otherwise_agreed,
    pay,
    served,
)
from tests.conftest import make_account, signed_in
from tests.portal.test_verifying import behind_the_triggers

DAY = datetime.date(2026, 11, 26)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def in_november(request: pytest.FixtureRequest) -> Any:
    if "own_database" in request.fixturenames:
        yield
        return
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    return file(make_case(people), people)


def text_of(pdf: bytes) -> str:
    """All that is read on it, without white space and page numbers: words break where the page ends."""
    pages = ("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(re.sub(r"—\d+—", "", page) for page in pages)


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert package.testzip() is None
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}  # noqa: S314 (our own)
    body = parts["word/document.xml"]
    return "".join("".join(text.text or "" for text in body.iter(f"{W}t")).split())


def whole_case(people: People) -> Case:
    """With everything of which a paper is made before the audit."""
    case = file(make_case(people), people)
    case.party.put(reason="补", address="文安镇新桥街12号", identity_number="131026198001010011")
    for kind in ("check", "inquiry"):
        case.inspect(make_inspection(people, kind=kind), by=people.officer)
    for values in ({}, KEEPING):
        measure = make_measure(people, **values)
        case.take_measure(measure, by=people.officer)
        case.end_measure(measure, by=people.director, how="released", reason="已整改")
    testing = make_testing()
    case.send_for_testing(testing, by=people.officer)
    case.receive_result(testing, by=people.officer, received_on=DAY, conclusion="不合格")
    return Case.objects.get(pk=conclude(case, people).pk)


# What stands on them


def cases_of_every_sort(people: People) -> list[Case]:
    """Among them something of which each form is made."""
    whole_case(people)
    make_cases_of_every_sort(people)
    none, advice = (otherwise_agreed(make_case(people), people, outcome) for outcome in ("none", "advice"))
    for case in (none, advice):
        case.approve_outcome(by=people.head)
        case.serve_outcome(make_receipt(people), by=people.officer)
    in_money = served(make_case(people), people)
    in_money.arrange(by=people.director, asked_on=DAY, instalments=[(DAY + datetime.timedelta(days=30), Decimal(500))])
    urged = served(make_case(people), people)
    with on(DAY + datetime.timedelta(days=30)):
        urged.urge(make_urging(people), by=people.officer)
    pay(urged, people, 500)
    urged.finish_enforcement(by=people.officer, ground="决定执行完毕")
    urged.propose_closing(by=people.officer)
    return [Case.objects.get(pk=pk) for pk in Case.objects.exclude(state="archived").values_list("pk", flat=True)]


@pytest.mark.parametrize("numbers", [range(1, 24), range(24, 31), range(31, 36), range(36, 48)], ids=str)
def test_every_form_says_the_same_as_pdf_and_as_docx(people: People, numbers: range) -> None:
    cases = cases_of_every_sort(people)
    if 39 in numbers:  # of a paper that is to be served
        for case in cases:
            if BY_NUMBER[29].of(case):
                issue(case, people, 29)
    for form in FORMS:
        if form.number not in numbers:
            continue
        case = next(each for each in cases if list(form.of(each)))
        paper = issue(case, people, form.number)
        read, words = text_of(paper.pdf), words_of(paper.docx)
        for line in paper.sheet.said():
            assert "".join(line.split()) in read, (form.name, line)
            assert "".join(line.split()) in words, (form.name, line)
        assert "None" not in read + words, form.name
        assert "王小二" in read or form.number in (12, 18, 41), form.name


def test_a_sealing_says_what_the_law_asks(people: People, case: Case) -> None:
    case.party.put(reason="补", kind="organisation", name="演示物业公司")
    measure = make_measure(people, goods="电梯一台\n控制柜一个")
    case.take_measure(measure, by=people.officer)
    case.prolong_measure(measure, by=people.director, days=10, reason="案情复杂")
    read = text_of(issue(case, people, 16, reasons="使用的电梯未经检验。").pdf)
    for said in (
        "文安县质量技术监督局文质监封字〔2026〕1号查封（扣押）决定书演示物业公司：",
        "经查，你单位使用的电梯未经检验。",
        "依据《特种设备安全法》第六十一条的规定，我局决定对你单位在某小区的下列物品予以查封",
        "期限30日，自2026年11月26日起，至2026年12月26日止",
        "向文安县人民政府申请行政复议，也可以自收到本决定书之日起6个月内依法向文安县人民法院提起行政诉讼",
        "1电梯一台",
        "2控制柜一个",
        "文安县质量技术监督局2026年11月26日（印章）",
    ):
        assert said in read


def test_what_nobody_said_is_a_blank(people: People, case: Case) -> None:
    paper = issue(case, people, 3)
    read = text_of(paper.pdf)
    assert "联系电话住址（住所）类别" in read  # nothing between the labels
    assert "承办机构负责人意见签名：年月日" in read
    hand = [box for block in paper.sheet.blocks for row in block.rows for box in row.boxes if box.signed]
    assert [box.signed for box in hand] == ["登记人签名", "签名"]


def test_a_long_record_flows_over_pages_and_loses_no_word(people: People, case: Case) -> None:
    record = "。".join(f"第{number}台秤的示值超过允许误差" for number in range(300))
    case.inspect(make_inspection(people, record=record), by=people.officer)
    paper = issue(case, people, 5)
    assert len(PdfReader(io.BytesIO(paper.pdf)).pages) > 3
    assert record in text_of(paper.pdf)


def test_the_timeline_fills_the_form_of_the_filing(people: People, case: Case) -> None:
    read = text_of(issue(case, people, 4, articles="《计量法》").pdf)
    assert "2026年11月26日，高远报请立案。" in read
    assert "2026年11月26日，石磊审核立案。" in read
    assert "2026年11月26日，周正批准立案。" in read
    assert "高远（冀R1001）、田野（冀R1002）" in read


def test_names_words_and_prefix_are_the_bureaus_choice(people: People, case: Case, settings: Any) -> None:
    settings.CASES = '{"paper_prefix": "文市监", "paper_names": {"3": "案件来源登记表"}, "paper_words": {"3": "登"}}'
    paper = issue(case, people, 3)
    assert str(paper) == "《案件来源登记表》文市监登字〔2026〕1号"
    settings.CASES = "{}"
    assert str(Paper.objects.get()) == "《案件来源登记表》文市监登字〔2026〕1号"  # as it was printed


def test_what_is_typed_once_is_suggested_on_the_next_paper(people: People, case: Case) -> None:
    issue(case, people, 4, cause="涉嫌使用过期台秤")
    case.inspect(make_inspection(people), by=people.officer)
    conclude(case, people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/paper_issued/?what=22-{case.conclusion().pk}")
    assert page.context["form"]["typed_cause"].value() == "涉嫌使用过期台秤"


def test_a_decision_bears_its_own_number_and_day_and_every_part_of_it(people: People) -> None:
    case = Case.objects.get(pk=decided(make_case(people), people).pk)
    with on(DAY + datetime.timedelta(days=2)):
        paper = issue(case, people, 29)
    assert (paper.label, paper.number) == (f"文质监罚字{case.decision_number}", None)
    read, decision = text_of(paper.pdf), case.decision()
    for part in ("party_name", "party_address", "facts", "evidence", "basis", "reasons", "payment", "remedy"):
        assert "".join(getattr(decision, part).split()) in read
    assert "我局决定给予行政处罚：罚款500元。" in read
    assert "2026年11月26日（印章）" in read
    assert list(faults()) == []


def test_the_notice_is_on_paper_before_it_is_served(people: People) -> None:
    case = Case.objects.get(pk=agreed(make_case(people), people, **HEAVY).pk)
    assert case.get_state_display() == "待告知"
    read = text_of(issue(case, people, 25).pdf)
    for said in (
        "经查，你使用检定证书过期的台秤。",
        "我局拟对你给予行政处罚：罚款500元、责令停产停业。",
        "自收到本告知书之日起5个工作日内向我局陈述、申辩",
        "你有要求举行听证的权利。要求听证的，自收到本告知书之日起5个工作日内",
    ):
        assert said in read


def test_a_small_fine_is_told_without_a_hearing(people: People) -> None:
    assert "听证" not in text_of(issue(agreed(make_case(people), people), people, 25).pdf)


def test_the_receipt_is_blank_before_the_service_and_filled_after(people: People) -> None:
    case = decided(make_case(people), people)
    paper = issue(case, people, 29)
    blank = issue(case, people, 39, paper)
    assert "送达方式送达日期送达地点收件人" in text_of(blank.pdf)
    case.serve(make_receipt(people), by=people.officer)
    case.void_paper(blank, by=people.officer, reason="重作")
    filled = text_of(issue(Case.objects.get(pk=case.pk), people, 39, paper).pdf)
    assert f"《行政处罚决定书》{paper.label}" in filled
    assert "送达方式直接送达送达日期2026年11月26日" in filled


def test_the_minutes_of_the_committee_say_how_each_voted(people: People) -> None:
    case = agreed(make_case(people), people)
    read = text_of(issue(case, people, 24).pdf)
    assert "郝明（主任委员）同意2026年" in read
    assert "同意5人。审理意见：给予行政处罚：罚款500元。" in read
    with pytest.raises(NotYours, match="不由您制作"):
        case.issue_paper(BY_NUMBER[24], case.meeting().pk, {"cause": "甲"}, by=people.officer)


def test_what_the_head_sent_back_is_never_on_paper_as_approved(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.return_outcome(by=people.head, reason="并不轻微")
    conclude(case, people)
    case.audit(by=people.auditor, reason="同意")
    meet(Case.objects.get(pk=case.pk), people).agree(by=people.head)
    case = Case.objects.get(pk=case.pk)
    assert [list(BY_NUMBER[number].of(case)) for number in (31, 32, 33)] == [[], [], []]
    assert [each.pk for each in BY_NUMBER[25].of(case)] == [case.meeting().pk]
    assert len(BY_NUMBER[24].of(case)) == 2


# Before it is issued


def test_a_preview_has_no_number_and_keeps_nothing_but_who_read(people: People, case: Case) -> None:
    measure = make_measure(people)
    case.take_measure(measure, by=people.officer)
    path = f"/admin/cases/case/{case.pk}/paper/preview.pdf"
    client = signed_in(people.officer)
    sent = {"what": f"16-{measure.pk}", "typed_reasons": "使用的电梯未经检验。"}
    answer = client.post(path, sent)
    read = text_of(answer.content)
    assert "预览" in read
    assert "（制作时编号）" in read
    assert "〔2026〕" not in read
    assert "no-store" in answer["Cache-Control"]
    assert Paper.objects.count() == Series.objects.exclude(form="case").count() == 0
    assert [each.what for each in case.readings.all()] == [Reading.What.PERSONAL_DATA]
    missing = client.post(path, {"what": f"16-{measure.pk}"})
    assert missing.status_code == 400
    assert "这个字段是必填项" in missing.content.decode()
    assert client.get(path).status_code == 302


def test_the_way_through_the_pages(people: People, case: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    listed = client.get(f"{path}/do/paper_issued/").content.decode()
    assert "案件受理记录" in listed
    assert "查封" not in listed  # nothing is sealed
    assert "请先选要制作哪一份文书" in client.post(f"{path}/do/paper_issued/", {}).content.decode()
    done = client.post(f"{path}/do/paper_issued/", {"what": f"3-{case.pk}"}, follow=True).content.decode()
    assert "《案件受理记录》文质监受字〔2026〕1号" in done
    again = client.post(f"{path}/do/paper_issued/", {"what": f"3-{case.pk}"}, follow=True).content.decode()
    assert "已经制作，或者案卷里还没有它要用的记录" in again
    paper = Paper.objects.get()
    void = client.get(f"{path}/do/paper_voided/?paper={paper.pk}")
    assert void.context["form"]["paper"].value() == str(paper.pk)
    page = client.post(f"{path}/do/paper_voided/", {"paper": paper.pk, "reason": "住址写错"}, follow=True)
    assert "<del>《案件受理记录》文质监受字〔2026〕1号</del>" in page.content.decode()
    assert "高远作废：住址写错" in page.content.decode()
    told = [(act.get_verb_display(), act.reason) for act in case.timeline.all()][-2:]
    assert told == [
        ("制作文书", "《案件受理记录》"),
        ("作废文书", "《案件受理记录》文质监受字〔2026〕1号：住址写错"),
    ]


@pytest.mark.parametrize("form", [form for form in FORMS if form.needs], ids=lambda form: form.name)
def test_no_paper_is_made_without_what_it_is_of(people: People, form: Any) -> None:
    case = make_case(people)
    by = people.officer if "handle" in form.roles else people.auditor
    with pytest.raises(Incomplete, match=f"{form.needs}，不能制作"):
        case.issue_paper(form, 1, {asked.name: "有" for asked in form.asks}, by=by)
    assert Series.objects.exclude(form="case").count() == 0


def test_what_a_paper_needs_and_nobody_says_is_asked_for(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="《立案审批表》要写明“涉嫌违反的条款”"):
        issue(case, people, 4, articles="")


def test_what_no_face_can_print_stands_on_no_paper(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match=r"《备考表》里有字体印不出的字符：📞（U\+1F4DE）"):
        issue(case, people, 41, note="电话 📞")
    assert Paper.objects.count() == 0


# Numbers


def test_numbers_run_in_a_series_for_each_form_and_year(people: People) -> None:
    one, other = make_case(people), make_case(people)
    assert [issue(each, people, 3).label for each in (one, other)] == ["文质监受字〔2026〕1号", "文质监受字〔2026〕2号"]
    one.propose_filing(by=people.officer)
    assert issue(one, people, 4).label == "文质监立字〔2026〕1号"
    assert issue(one, people, 41).label == ""
    with on(datetime.date(2027, 1, 4)):
        assert issue(make_case(people), people, 3).label == "文质监受字〔2027〕1号"
    assert list(faults()) == []


def test_a_spoilt_paper_stays_and_nobody_gets_its_number(people: People, case: Case) -> None:
    spoilt = issue(case, people, 3)
    before = bytes(spoilt.pdf)
    with pytest.raises(Incomplete, match="《案件受理记录》已经制作；要重新制作，请先把原来的作废"):
        issue(case, people, 3)
    with pytest.raises(Incomplete, match="请写明作废的理由"):
        case.void_paper(spoilt, by=people.officer, reason=" ")
    case.void_paper(spoilt, by=people.officer, reason="住址写错")
    with pytest.raises(Incomplete, match="已经作废"):
        case.void_paper(spoilt, by=people.officer, reason="又一次")
    assert issue(case, people, 3).number == 2
    spoilt = Paper.objects.get(pk=spoilt.pk)
    assert bytes(spoilt.pdf) == before
    assert "作废" in text_of(spoilt.file("pdf"))
    assert words_of(spoilt.file("docx")).startswith("作废")
    assert "王小二" in text_of(spoilt.file("pdf"))
    assert list(faults()) == []


def test_several_seals_hang_on_one_thing(people: People, case: Case) -> None:
    case.take_measure(make_measure(people), by=people.officer)
    assert [issue(case, people, 18).number for _ in range(2)] == [1, 2]


def test_numbers_have_no_gap_when_many_issue_at_once_and_some_fail(own_database: Any) -> None:
    own_database()
    people = make_people()
    taken = [make_case(people) for _ in range(6)]
    start, said = threading.Barrier(len(taken)), []

    def run(case: Case, fails: bool) -> None:
        start.wait(60)
        try:
            with transaction.atomic():
                said.append(issue(case, people, 3).label)
                if fails:
                    raise Refused("改了主意")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[case, place % 3 == 0]) for place, case in enumerate(taken)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert said.count("refused") == 2
    assert sorted(Paper.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Series.objects.get(form="paper-3").last == 4
    assert list(faults()) == []


# Who makes them, who reads them


def test_only_those_on_the_case_make_papers(people: People, case: Case) -> None:
    for who in (people.stranger, people.chief, people.director, people.inspector, people.auditor):
        with pytest.raises(NotYours):
            case.issue_paper(BY_NUMBER[3], case.pk, {}, by=who)
    paper = issue(case, people, 3)
    for who in (people.stranger, people.inspector):
        with pytest.raises(NotYours):
            case.void_paper(paper, by=who, reason="不要")


def test_who_audits_makes_the_opinion_and_nothing_else(people: People, case: Case) -> None:
    case.inspect(make_inspection(people), by=people.officer)
    conclude(case, people)
    certify(people.auditor, "冀R2001", law_certificate="A20181310001")
    case.audit(by=people.auditor, reason="事实清楚，证据充分，同意。")
    assert [form.number for form, _ in case.papers_to_make(people.auditor)] == [23]
    paper = case.issue_paper(BY_NUMBER[23], case.conclusion().pk, {"cause": "涉嫌计量违法"}, by=people.auditor)
    assert "事实清楚，证据充分，同意。2026年11月26日，孙丽审核通过。" in text_of(paper.pdf)
    with pytest.raises(NotYours, match="不由您制作"):
        case.issue_paper(BY_NUMBER[22], case.conclusion().pk, {"cause": "甲"}, by=people.auditor)
    report = issue(case, people, 22)
    with pytest.raises(NotYours, match="不由您制作，也不由您作废"):
        case.void_paper(report, by=people.auditor, reason="不要")


def test_making_one_is_reading_the_party(people: People, case: Case) -> None:
    issue(case, people, 3)
    assert [(each.by_name, each.what) for each in case.readings.all()] == [("高远", Reading.What.PERSONAL_DATA)]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_each_file_that_is_taken_leaves_a_line(people: People, case: Case, kind: str) -> None:
    paper = issue(case, people, 3)
    path = f"/admin/cases/case/{case.pk}/paper/{paper.pk}.{kind}"
    refused = signed_in(people.inspector).get(path, follow=True).content.decode()
    assert "只有本案的经办人能看" in refused
    assert not case.readings.filter(what=Reading.What.EXPORT).exists()
    answer = signed_in(people.director).get(path)
    assert answer.content == bytes(getattr(paper, kind))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment" if kind == "docx" else "inline")
    latest = case.readings.first()
    assert (latest.by_name, latest.what) == ("周正", Reading.What.EXPORT)


def test_whoever_may_not_see_the_case_finds_no_paper(people: People, case: Case) -> None:
    paper = issue(case, people, 3)
    member = make_account("weiyuan", roles.MEMBER, "魏", "元")
    for who in (people.stranger, people.other_chief, member):
        client, path = signed_in(who), f"/admin/cases/case/{case.pk}/paper"
        assert client.get(f"{path}/{paper.pk}.pdf").status_code == 404
        assert client.post(f"{path}/preview.pdf", {"what": f"3-{case.pk}"}).status_code == 404
    assert not case.readings.filter(what=Reading.What.EXPORT).exists()


def test_a_paper_of_another_case_is_not_of_this_one(people: People, case: Case) -> None:
    other = issue(make_case(people), people, 3)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    assert client.get(f"{path}/paper/{other.pk}.pdf").status_code == 404
    assert client.get(f"{path}/paper/{other.pk}.html").status_code == 404
    with pytest.raises(Incomplete):
        case.void_paper(other, by=people.officer, reason="不要")


def test_who_only_looks_on_is_shown_no_preview(people: People, case: Case) -> None:
    answer = signed_in(people.inspector).post(
        f"/admin/cases/case/{case.pk}/paper/preview.pdf", {"what": f"3-{case.pk}"}
    )
    assert answer.status_code == 403
    assert not case.readings.exists()


# Frozen


def test_the_portal_changes_no_paper(people: People, case: Case) -> None:
    paper = issue(case, people, 3)
    for attempt in (
        lambda: Paper.objects.filter(pk=paper.pk).update(title="别的"),
        lambda: Paper.objects.filter(pk=paper.pk).delete(),
        lambda: PaperVoid.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            attempt()


def test_no_number_is_there_twice_and_none_without_its_year(people: People, case: Case) -> None:
    paper = issue(case, people, 3)
    for values in ({}, {"number": 2, "year": None}, {"number": None, "year": 2026}):
        paper.pk = None
        for name, value in values.items():
            setattr(paper, name, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            paper.save(force_insert=True)


def test_a_file_that_was_changed_is_not_handed_out(people: People, case: Case) -> None:
    paper = issue(case, people, 3)
    paper.pdf = bytes(paper.pdf) + b" "
    with pytest.raises(Incomplete, match="PDF 和制作时的摘要不符，没有给出"):
        case.hand_out_paper(paper, "pdf", people.officer)
    assert not case.readings.filter(what=Reading.What.EXPORT).exists()


def test_verify_finds_a_byte_that_the_owner_changed_and_a_number_that_is_gone(own_database: Any) -> None:
    own_database()
    people = make_people()
    first, second = (issue(make_case(people), people, 3) for _ in range(2))
    assert list(faults()) == []
    behind_the_triggers(f"UPDATE cases_paper SET docx = docx || '\\x20' WHERE id = {first.pk}")
    assert list(faults()) == [
        f"案件 {timezone.localdate().year}-0001的文书{first}（{first.pk}）：DOCX 和制作时的摘要不符。"
    ]
    assert "DOCX 和制作时的摘要不符" in "".join(verifying.faults())
    behind_the_triggers(f"DELETE FROM cases_paper WHERE id = {first.pk}")
    year = timezone.localdate().year
    assert list(faults()) == [f"文书目录第 3 种 {year} 年的编号不连续：发到 2 号，最大 2 号，实有 1 份。"]
    behind_the_triggers(f"DELETE FROM cases_paper WHERE id = {second.pk}")
    assert list(faults()) == [f"文书编号 paper-3 {year} 年发到 2 号，却没有文书。"]
    connections["owner"].close()


def test_papers_name_the_decision_as_it_names_itself(people: People) -> None:
    case = served(make_case(people), people)
    with on(timezone.localdate() + datetime.timedelta(days=40)):
        label = issue(case, people, 29).label
        assert label.startswith("文质监罚字〔")
        assert f"（{label}）" in issue(case, people, 36).sheet.canonical()


@pytest.mark.parametrize("what", ["²-²", "16-²", "９-1", f"{'9' * 5000}-1", f"16-{'9' * 5000}", "16-\x00", "-", "16-"])
def test_a_paper_that_no_address_can_mean_is_asked_for_in_vain(people: People, case: Case, what: str) -> None:
    client = signed_in(people.officer)
    page = client.get(f"/admin/cases/case/{case.pk}/do/paper_issued/", {"what": what})
    assert page.status_code == 200
    sent = client.post(f"/admin/cases/case/{case.pk}/do/paper_issued/", {"what": what, "seen": "0"})
    assert sent.status_code == 200
    assert case.papers.count() == 0
    assert client.post(f"/admin/cases/case/{case.pk}/paper/preview.pdf", {"what": what}).status_code == 400
