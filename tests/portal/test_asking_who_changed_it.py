"""Somebody asks who changed a sentence, when, why, who reviewed and signed it, and from which edition it is public."""

import datetime
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from boundaries.models import Basis, Share
from duties.models import Duty, WorkItem
from editions.desk import publication
from editions.form.frames import Cover, Frame
from editions.life.edition import Edition
from history.guards import trail_of
from laws.models import Law
from offices.models import Department, Office
from services.models import Event, Service
from supervision.models import Clause, Regime
from tests.acting import Hands, make_hands, make_issued, make_submitted, on
from tests.conftest import form_of, make_account, make_additions, signed_in

PUBLISHED = "2017-12 版 本站建立以前已经公布，照原件转录"


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


@pytest.fixture
def auditor(db: None) -> Client:
    return signed_in(make_account("shenji", "审计", "钱", "明"))


def url_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])


def lines_of(client: Client, of: Any, **asked: str) -> list[list[str]]:
    """The page as it is read: the cells of each line."""
    answer = client.get(url_of(of), asked)
    assert answer.status_code == 200
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return [
        [read(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", line, re.S)]
        for line in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def read(markup: str) -> str:
    markup = re.sub("</p>|</li>|<br>", "\n", markup)
    marked = markup.replace("<del>", "[-").replace("</del>", "]").replace("<ins>", "[+").replace("</ins>", "]")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", marked))).strip()


def statuses_of(client: Client, of: Any, **asked: str) -> list[str]:
    """What became of each line, the latest first."""
    return [cells[-1] for cells in lines_of(client, of, **asked)]


def test_the_page_of_an_item_tells_what_was_done_to_every_row_inside_it(auditor: Client, wang: Any) -> None:
    duty, item = Duty.objects.get(code="ZZ-01"), WorkItem.objects.get(code="ZZ-01-01")
    added = WorkItem(duty=duty, position=9, text="推行标准")
    added.save(reason="三定规定")
    item.put(reason="改股室", offices="稽查股")
    duty.put(reason="文字", note="由办公室汇总")
    added.retire(reason="不再办")
    said = [cells[2] for cells in lines_of(auditor, duty)[:4]]
    assert said[0].startswith("取消 具体工作事项 ZZ-01-")
    assert "取消日期：[+" in said[0]
    assert said[1] == "修改 主要职责 ZZ-01 " + str(duty).removeprefix("ZZ-01 ") + " 备注：[+由办公室汇总]"
    assert said[2].startswith("修改 具体工作事项 ZZ-01-01")
    assert re.search(r"责任股室：.*\[\+稽查", said[2])
    assert said[3].startswith("新增 具体工作事项 ZZ-01-")
    assert "具体工作事项：[+推行标准]" in said[3]
    assert [cells[3] for cells in lines_of(auditor, duty)[:4]] == ["不再办", "文字", "改股室", "三定规定"]


def test_it_says_who_and_when(auditor: Client, wang: Any) -> None:
    service = Service.objects.get(code="FW-06")
    client, form = signed_in(wang), reverse("admin:services_service_change", args=[service.pk])
    client.post(form, form_of(client.get(form)) | {"phones": "0316-5255911", "change_reason": "换号"})
    when, who, what, why, _ = lines_of(auditor, service)[0]
    assert when.startswith(f"{timezone.localdate():%Y-%m-%d} ")
    assert (who, why) == ("王芳", "换号")
    assert re.search(r"联系电话：.*\[-.*\]\[\+.*\]", what)


def test_what_was_loaded_is_public_with_the_first_edition(auditor: Client) -> None:
    for row in (Duty.objects.get(code="ZZ-02"), Regime.objects.get(code="JG-01"), Share.objects.get(code="BJ-03-02")):
        assert set(statuses_of(auditor, row)) == {f"{PUBLISHED} 公开页面"}


@pytest.mark.parametrize("model", [Office, Law, Department, Frame, Cover])
def test_what_the_list_names_and_its_frames_have_the_same_page(auditor: Client, hands: Hands, model: Any) -> None:
    row = model.objects.first()
    assert set(statuses_of(auditor, row)) == {f"{PUBLISHED} 公开页面"}
    text = {"Office": "phones", "Law": "number", "Department": "full_name", "Frame": "heading", "Cover": "title"}
    row.put(reason="改", **{text[model.__name__]: "另一个写法"})
    assert statuses_of(auditor, row)[0] == "还没有公布"
    kind: Any = publication.kind_of(row)
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, (kind.name, getattr(row, kind.key)))
    assert statuses_of(auditor, row)[0].startswith("2018-03 版 2018-03-01 公布，2018-03-01 起施行")


def test_a_line_leads_to_the_hands_of_the_edition_that_made_it_public(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5255911")
    assert statuses_of(auditor, service)[0] == "还没有公布"
    day = datetime.date(2018, 3, 1)
    with on(day):
        edition = make_submitted(hands, ("services", "FW-06"))
    assert statuses_of(auditor, service)[0] == "送审中的 2018-03 版 （送审），送审 王芳"
    with on(day):
        edition.review(by=hands.reviewer)
    assert statuses_of(auditor, service)[0] == "送审中的 2018-03 版 （已审核），送审 王芳，审核 孙丽"
    with on(day):
        edition.send_back(by=hands.reviewer, reason="再看")
    assert statuses_of(auditor, service)[0] == "还没有公布"
    with on(day):
        edition = make_issued(hands, ("services", "FW-06"))
    assert statuses_of(auditor, service)[0] == (
        "2018-03 版 2018-03-01 公布，2018-03-01 起施行 送审 王芳，审核 孙丽，签报 周正，公布 周正"
        " 批准 文安县机构编制委员会 文编〔2026〕3号 公开页面"
    )
    page = auditor.get(url_of(service)).content.decode()
    assert f'href="{reverse("admin:editions_edition_change", args=[edition.pk])}">2018-03 版</a>' in page
    assert 'href="/editions/2018-03/services/fw-06/">公开页面</a>' in page
    assert 'href="/services/fw-06/history/">公众看到的各版变化</a>' in page


def test_a_row_inside_leads_to_its_place_on_the_public_page(auditor: Client, hands: Hands) -> None:
    item = WorkItem.objects.get(code="ZZ-02-01")
    item.put(reason="改股室", offices="稽查股")
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("duties", "ZZ-02"))
    assert 'href="/editions/2018-03/duties/zz-02/#zz-02-01">' in auditor.get(url_of(item)).content.decode()


def test_what_was_not_picked_is_not_public_however_late_the_edition_was_issued(auditor: Client, hands: Hands) -> None:
    phone = Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5255911")
    item = WorkItem.objects.get(code="ZZ-02-01").put(reason="改股室", offices="稽查股")
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("services", "FW-06"))
    assert statuses_of(auditor, phone)[0].startswith("2018-03 版")
    assert statuses_of(auditor, item)[0] == "还没有公布"


def test_what_was_changed_after_submission_is_not_taken_for_what_was_submitted(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5255911")
    with on(datetime.date(2018, 3, 1)):
        edition = make_submitted(hands, ("services", "FW-06"), kind="correction")
        service.put(reason="又换号", phones="0316-5255912")
        edition.review(by=hands.reviewer)
        edition.issue(by=hands.director)
    assert [status.split(" 版")[0] for status in statuses_of(auditor, service)] == ["还没有公布", "2018-03", "2017-12"]


def test_what_was_changed_again_before_anything_was_public_says_so(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06")
    first = service.phones
    for phone in ("0316-5255911", "0316-5255912"):
        service.put(reason="换号", phones=phone)
    assert statuses_of(auditor, service)[:2] == ["还没有公布", "公布以前又改掉了"]
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("services", "FW-06"))
    assert [status[:7] for status in statuses_of(auditor, service)[:2]] == ["2018-03", "公布以前又改掉"]
    service.put(reason="换号", phones=first)
    service.put(reason="改回", phones="0316-5255912")
    assert statuses_of(auditor, service)[:2] == ["改回了公布的内容", "公布以前又改掉了"]
    assert statuses_of(auditor, service)[2].startswith("2018-03 版")


def test_what_comes_back_to_an_older_text_is_told_from_it(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06")
    first = service.phones
    for month, phone in ((3, "0316-5255911"), (4, first)):
        with on(datetime.date(2018, month, 1)):
            service.put(reason="换号", phones=phone)
            make_issued(hands, ("services", "FW-06"))
    assert [status[:7] for status in statuses_of(auditor, service)] == ["2018-04", "2018-03", "2017-12"]


def test_what_was_revoked_is_said_and_what_follows_is_told_from_it(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5255911")
    with on(datetime.date(2018, 3, 1)):
        revoked = make_issued(hands, ("services", "FW-06"))
    with on(datetime.date(2018, 3, 20)):
        revoked.revoke(by=hands.director, reason="有误")
    assert "（2018-03-20 废止）" in statuses_of(auditor, service)[0]
    with on(datetime.date(2018, 4, 1)):
        service.put(reason="再换", phones="0316-5255912")
        make_issued(hands, ("services", "FW-06"))
    assert [status[:7] for status in statuses_of(auditor, service)] == ["2018-04", "2018-03", "2017-12"]


def test_a_line_of_several_texts_says_where_they_parted(auditor: Client, hands: Hands) -> None:
    service = Service.objects.get(code="FW-06")
    service.put(reason="改两处", phones="0316-5255911", title="新的名称")
    service.put(reason="再改", phones="0316-5255912")
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("services", "FW-06"))
    assert statuses_of(auditor, service)[1].startswith("2018-03 版")
    assert "（这是其中一部分；" in statuses_of(auditor, service)[1]


def test_what_was_made_and_retired_between_two_editions_is_there_for_the_auditor(auditor: Client, hands: Hands) -> None:
    service = Service(title="新增服务", position=11, serial="11")
    service.save(reason="新增")
    service.retire(reason="不办了")
    assert statuses_of(auditor, service) == ["没有公布过就取消了，公众没有见过", "公布以前又改掉了"]
    item = WorkItem(duty=Duty.objects.get(code="ZZ-01"), position=9, text="推行标准")
    item.save(reason="新增")
    item.retire(reason="不办了")
    assert statuses_of(auditor, item) == ["没有公布过就取消了，公众没有见过", "公布以前又改掉了"]


def test_a_retired_row_says_by_which_edition_it_went(auditor: Client, hands: Hands) -> None:
    item = WorkItem.objects.get(code="ZZ-02-03")
    item.retire(reason="职能划转")
    assert statuses_of(auditor, item)[0] == "还没有公布"
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("duties", "ZZ-02"))
    assert [status[:7] for status in statuses_of(auditor, item)] == ["2018-03", "2017-12"]


def test_what_the_bureau_added_has_its_lines_too(auditor: Client, hands: Hands) -> None:
    make_additions()
    regime, department = Regime.objects.get(code="JG-10"), Department.objects.get(code="BM-07")
    assert lines_of(auditor, regime)[0][2].startswith("新增 制度所属股室（本局整理） 质量监督股")
    assert statuses_of(auditor, regime)[0] == statuses_of(auditor, department)[0] == "还没有公布"
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("supervision", "JG-10"), ("departments", "BM-07"))
    assert statuses_of(auditor, regime)[0][:7] == statuses_of(auditor, department)[0][:7] == "2018-03"


def test_where_a_row_stands_is_no_text_of_the_list(auditor: Client) -> None:
    service = Service.objects.get(code="FW-06").put(reason="排前", position=1)
    assert statuses_of(auditor, service)[0] == "没有改到清单里的文字"


def test_what_is_no_part_of_the_list_has_its_lines_without_editions(auditor: Client) -> None:
    make_additions()
    (line,) = lines_of(auditor, Event.objects.get())
    assert line[2].startswith("新增 活动 HD-01")
    assert line[3:] == ["整理"]
    assert '<th scope="col">公布</th>' not in auditor.get(url_of(Event.objects.get())).content.decode()


def test_a_clause_is_told_among_those_above_and_below_it(auditor: Client, hands: Hands) -> None:
    below = Clause.objects.exclude(parent=None).select_related("chapter__regime", "parent").first()
    assert below
    above, regime = below.parent, below.chapter.regime
    below.put(reason="文字", text=f"{below.text}另有规定的，从其规定。")
    for row in (below, above, below.chapter, regime):
        said = lines_of(auditor, row)[0]
        assert said[2].startswith(f"修改 条款 {below.anchor}")
        assert said[-1] == "还没有公布"
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("supervision", regime.code))
    assert statuses_of(auditor, below)[0].startswith("2018-03 版")


def test_one_row_or_one_column_can_be_asked_for(auditor: Client) -> None:
    duty, item = Duty.objects.get(code="ZZ-02"), WorkItem.objects.get(code="ZZ-02-01")
    item.put(reason="改股室", offices="稽查股")
    item.put(reason="改文字", text="推行标准")
    assert [cells[3] for cells in lines_of(auditor, duty, row=f"workitem-{item.pk}")] == ["改文字", "改股室", "转录"]
    assert lines_of(auditor, duty, field="责任股室")[0][3] == "改股室"
    assert lines_of(auditor, duty, row="nonsense") == []
    page = auditor.get(url_of(duty)).content.decode()
    assert f'<option value="workitem-{item.pk}">具体工作事项 ZZ-02-01' in page


def test_confirmations_of_the_annual_check_stand_between_the_lines(auditor: Client, hands: Hands) -> None:
    from portal.models import AnnualCheck, Confirmation

    service = Service.objects.get(code="FW-06")
    check = AnnualCheck.objects.create(year=2026, by=hands.director, by_name="周正")
    Confirmation.objects.create(
        check_of=check,
        kind="services",
        code="FW-06",
        digest="0" * 64,
        by=hands.editor,
        by_name="王芳",
        office_name="办公室",
    )
    service.put(reason="换号", phones="0316-5255911")
    assert [cells[2][:20] for cells in lines_of(auditor, service)[:2]] == [
        lines_of(auditor, service)[0][2][:20],
        "2026 年度核对，办公室：FW-06 核对无误"[:20],
    ]


def test_a_thousand_lines_take_as_many_queries_as_ten(auditor: Client, hands: Hands) -> None:
    duty = Duty.objects.get(code="ZZ-02")
    items = list(duty.work_items.all())
    auditor.get(url_of(duty))
    with CaptureQueriesContext(connection) as few:
        auditor.get(url_of(duty))
    for number in range(1000):
        items[number % len(items)].put(reason=f"第 {number} 次", note=f"备注{number}")
    with CaptureQueriesContext(connection) as many:
        page = auditor.get(url_of(duty)).content.decode()
    assert len(many) == len(few)
    assert "第 1 页，共 11 页" in page
    assert "第 999 次" in page
    assert "第 899 次" not in page
    assert "第 899 次" in auditor.get(url_of(duty), {"p": "2"}).content.decode()


def test_a_clock_that_was_wrong_does_not_make_a_line_public(auditor: Client, hands: Hands) -> None:
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands)
    item = WorkItem.objects.get(code="ZZ-02-01")
    with on(datetime.date(2018, 2, 1)):  # the clock had gone back
        item.put(reason="改股室", offices="稽查股")
    assert "还没有公布" in statuses_of(auditor, item)


def test_rows_that_the_clock_puts_before_what_they_stand_in_can_be_read(auditor: Client, hands: Hands) -> None:
    duty = Duty(text="新的职责", position=11, serial="11")
    duty.save(reason="新增")
    with on(datetime.date(2018, 2, 1)):
        WorkItem(duty=duty, position=1, text="新的事项").save(reason="新增")
    assert statuses_of(auditor, duty) == ["还没有公布", "还没有公布"]


def test_whoever_may_not_see_the_row_does_not_see_its_trail(citizen: Client, zhao: Any) -> None:
    url = url_of(Duty.objects.get(code="ZZ-02"))
    assert citizen.get(url).status_code == 302
    assert signed_in(zhao).get(url).status_code == 403


def test_public_pages_hold_nothing_of_the_staff(citizen: Client, hands: Hands) -> None:
    Service.objects.get(code="FW-06").put(reason="内部的理由", phones="0316-5255911")
    with on(datetime.date(2018, 3, 1)):
        make_issued(hands, ("services", "FW-06"))
    for path in ("/services/fw-06/history/", "/services/fw-06/", "/editions/2018-03/changes/"):
        page = citizen.get(path).content.decode()
        assert "谁改的" not in page
        assert "内部的理由" not in page


def test_the_desk_and_an_edition_lead_to_who_changed_it(hands: Hands) -> None:
    Service.objects.get(code="FW-06").put(reason="换号", phones="0316-5255911")
    link = reverse("admin:editions_edition_trail", args=["services", "FW-06"])
    client = signed_in(hands.editor)
    assert f'href="{link}">谁改的</a>' in client.get(reverse("admin:index")).content.decode()
    edition = make_submitted(hands, ("services", "FW-06"))
    page = reverse("admin:editions_edition_change", args=[edition.pk])
    assert f'href="{link}">谁改的</a>' in client.get(page).content.decode()
    assert client.get(link).headers["Location"] == url_of(Service.objects.get(code="FW-06"))


# What a line is matched by


@st.composite
def lives(draw: Any) -> tuple[list[str | None], list[Edition], dict[int, int]]:
    """The values of one text, each once; editions that each hold one of them, that of the one they build on or a later
    one; which one each holds."""
    values = [None, *(f"第{number}稿" for number in range(draw(st.integers(1, 8))))]
    editions: list[Edition] = []
    held: dict[int, int] = {}
    for pk in range(1, draw(st.integers(1, 8))):
        base = draw(st.sampled_from(editions)) if editions else None
        least = held[base.pk] if base else 0
        held[pk] = draw(st.integers(least, len(values) - 1))
        editions.append(Edition(pk=pk, builds_on=base, state="issued"))
    return values, editions, held


@given(life=lives())
def test_the_first_edition_that_holds_a_text_is_the_one_that_made_it_public(life: Any) -> None:
    values, editions, held = life
    series = publication._Series(values)
    series.match_editions(editions, {edition.pk: values[held[edition.pk]] for edition in editions})
    for number in range(1, len(values)):
        status = series.status(number)
        later = [edition for edition in editions if held[edition.pk] >= number]
        if later and held[later[0].pk] == number:
            assert (status.state, status.edition) == ("public", later[0])
        elif later or number < len(values) - 1:
            assert status.state == "overtaken"
        else:
            assert status.state == "waiting"


def test_the_trail_of_every_kind_of_row_can_be_read(auditor: Client) -> None:
    make_additions()
    for model in (Basis, Share, Clause, WorkItem, Duty, Regime, Service):
        row = model.objects.first()
        assert trail_of(model).objects.filter(id=row.pk).exists()
        assert lines_of(auditor, row)
