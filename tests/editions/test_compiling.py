"""王芳 puts a new edition together: sees what differs, picks, looks at the whole, submits; nothing else goes along."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from duties.models import Duty, WorkItem
from editions.checkup.checking import check_up
from editions.checkup.rulings import Ruling
from editions.desk.drafts import Draft
from editions.desk.unpublished import unpublished
from editions.form.frames import Cover, Frame
from editions.life.edition import Edition
from editions.register.register import compose
from offices.models import Office
from services.models import Service
from tests.acting import approve, change_a_phone, make_hands, make_issued, make_submitted
from tests.conftest import make_account, signed_in

COMPILE = "admin:editions_edition_compile"


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def drafted(client: Client, *picks: str, **values: Any) -> Any:
    """What the browser sends when these are ticked, and where that leads."""
    given = {
        "label": "2030-01",
        "kind": "correction",
        "effective_on": f"{timezone.localdate()}",
        "change_note": "换电话",
    }
    return client.post(reverse(COMPILE), {**given, "picks": picks, **values}, follow=True)


def submitted(client: Client) -> Any:
    draft = Draft.objects.get()
    url = reverse("admin:editions_edition_submit", args=[draft.pk])
    shown = re.findall(r'name="shown" value="(\w+)"', page(client, url))[0]
    return client.post(url, {"shown": shown, "word": "原清单的文字，另行更正。"}, follow=True)


def test_it_shows_what_differs_with_redline_who_and_why(client: Client, wang: Any) -> None:
    item = WorkItem.objects.get(code="ZZ-03-02")
    url = reverse("admin:duties_workitem_change", args=[item.pk])
    from tests.conftest import form_of

    client.post(url, form_of(client.get(url)) | {"text": f"负{item.text}", "change_reason": "补脱字"})
    shown = page(client, reverse(COMPILE))
    assert "和 2017-12 版不同的有 1 处" in shown
    assert "编入 ZZ-03" in shown
    assert re.search(r"王芳 \d{4}-\d\d-\d\d \d\d:\d\d 改：补脱字", shown)
    assert "ZZ-03-02" in shown
    assert "<ins>" in shown
    assert 'value="补脱字"' not in shown  # a reason of the trail is not published by itself


def test_what_is_picked_goes_along_and_nothing_else(client: Client) -> None:
    change_a_phone()
    Duty.objects.get(code="ZZ-04").put(reason="改了一半", text="写了一半")
    result = drafted(client, "services FW-05", **{"reason-services-FW-05": "股室换了电话"})
    said = result.content.decode()
    assert "拟稿已保存" in said
    assert "修改" in said
    assert Edition.objects.count() == 1
    answer = submitted(client)
    assert "2030-01 版已送审。等法规审核。" in answer.content.decode()
    edition = Edition.objects.get(label="2030-01")
    assert edition.register().find("services", "FW-05").document.phones == "0316-5255908"
    assert "写了一半" not in "\n".join(edition.register().lines())
    assert (edition.submitted_by_name, edition.reasons) == ("王芳", {"services FW-05": "股室换了电话"})
    assert not Draft.objects.exists()
    assert [row.change.code for row in unpublished().rows() if row.taken_by is None] == ["ZZ-04"]


def test_the_cover_declares_what_is_held_unless_the_editor_says_otherwise(client: Client) -> None:
    change_a_phone()
    said = drafted(client, "services FW-05", kind="adjustment").content.decode()
    assert "<del>4</del><ins>3</ins> 项" in said
    assert "合计 38 项，实载 38 项" in said
    as_before = {"declared-boundaries": "4", "declared-services": "11"}
    drafted_again = drafted(client, "services FW-05", kind="adjustment", **as_before)
    assert "合计 40 项，实载 38 项" in drafted_again.content.decode()


def test_a_correction_leaves_the_counts_as_they_are(client: Client) -> None:
    change_a_phone()
    assert "合计 40 项，实载 38 项" in drafted(client, "services FW-05").content.decode()
    assert "已送审" in submitted(client).content.decode()
    assert Edition.objects.get(label="2030-01").register().cover.total_line == "（共40项）"


def test_counts_that_stand_as_printed_are_not_overridden(client: Client) -> None:
    hands = make_hands()
    slip = next(j.finding for j in check_up(compose(), timezone.localdate()).found if j.finding.text == "（共40项）")
    Ruling.on(slip, "as_printed", by=hands.editor, reason="原件如此").second(by=hands.reviewer, agrees=True)
    change_a_phone()
    said = drafted(client, "services FW-05", kind="adjustment").content.decode()
    assert "合计 40 项，实载 38 项" in said
    written = {f"declared-{part}": str(n) for part, n in (("boundaries", 3), ("services", 10))}
    said = drafted(client, "services FW-05", kind="adjustment", **written).content.decode()
    assert "合计 38 项，实载 38 项" in said  # the editor's own hand goes before


def carried_through(edition: Edition) -> None:
    hands = make_hands()
    edition.review(by=hands.reviewer)
    if edition.needs_approval:
        edition.sign(by=hands.director)
        approve(edition, hands)
    edition.issue(by=hands.director)


def test_the_working_rows_take_the_counts_and_dates_over_when_it_is_issued_and_not_before(client: Client) -> None:
    change_a_phone()
    drafted(client, "services FW-05", kind="adjustment", effective_on=f"{timezone.localdate():%Y-%m-%d}")
    submitted(client)
    edition = Edition.objects.get(label="2030-01")
    cover = edition.register().cover
    assert cover.total_line == "（共38项）"
    assert (
        cover.breakdown_line
        == "（其中：部门职责10项，与相关部门职责边界3项，公共服务事项10项，事中事后监督管理制度15项）"
    )
    assert Cover.objects.get().declared == 40
    assert [frame.declared for frame in Frame.objects.order_by("pk")] == [10, 4, 11, 15]
    assert [row.change.code for row in unpublished().rows()] == ["FW-05"]
    carried_through(edition)
    assert Cover.objects.get().declared == 38
    assert [frame.declared for frame in Frame.objects.order_by("pk")] == [10, 3, 10, 15]
    record = Cover.objects.get().history.first()
    assert (record.history_change_reason, record.history_user_name) == ("公布 2030-01 版：封面和填报栏", "周正")
    assert compose().content_digest() == edition.content_digest


def test_what_came_back_leaves_cover_and_frames_as_they_were(client: Client) -> None:
    change_a_phone()
    before = compose().content_digest()
    drafted(client, "services FW-05", kind="adjustment")
    submitted(client)
    Edition.objects.get(label="2030-01").send_back(by=make_hands().reviewer, reason="再想")
    assert compose().content_digest() == before


def test_the_new_edition_is_dated_and_signed_anew(client: Client) -> None:
    change_a_phone()
    shown = page(client, reverse(COMPILE))
    month = f"{timezone.localdate().year}年{timezone.localdate().month}月"
    for label, line in (
        ("封面日期", month),
        ("部门职责：填报人", "填报人：王芳"),
        ("部门职责：填报时间", f"填报时间：{month}"),
        ("部门职责：联系电话", "联系电话：5255889"),
    ):
        assert label in shown
        assert f'value="{line}"' in shown
    answer = drafted(client, "services FW-05", effective_on="2027-03-05").content.decode()
    assert "2027年3月" in answer
    draft = Draft.objects.get()
    assert draft.lines == {}
    register = draft.picked(Edition.objects.base()).register
    assert register.cover.date_line == "2027年3月"
    assert register.frame("duties").compiler == "填报人：王芳"
    assert register.frame("duties").filled_on == "填报时间：2027年3月"


def test_the_lines_are_printed_as_the_editor_writes_them(client: Client) -> None:
    change_a_phone()
    lines = {"line-cover-date_line": "2027年4月", "line-duties-compiler": "填报人：何文"}
    shown = drafted(client, "services FW-05", effective_on="2027-03-05", **lines).content.decode()
    assert 'value="填报人：何文"' in shown
    submitted(client)
    edition = Edition.objects.get(label="2030-01")
    assert edition.register().cover.date_line == "2027年4月"
    assert edition.register().frame("duties").compiler == "填报人：何文"
    assert edition.register().frame("duties").filled_on == "填报时间：2027年3月"
    assert "old-date" not in {row["rule"] for row in edition.checkup_result.findings}


def test_a_date_that_stays_the_old_one_is_told_before_it_is_submitted(client: Client) -> None:
    change_a_phone()
    answer = drafted(client, "services FW-05", **{"line-cover-date_line": "2017年12月"}).content.decode()
    assert "“2017年12月”是以前的日期，这一版" in answer


def test_a_line_of_two_lines_or_with_unseen_characters_is_refused(client: Client) -> None:
    change_a_phone()
    for written in ("2027年\n4月", "2027\u200b年4月"):
        drafted(client, "services FW-05", **{"line-cover-date_line": written})
        assert not Draft.objects.exists()


def test_a_month_that_there_is_not_is_refused_where_it_is_typed(client: Client) -> None:
    change_a_phone()
    answer = drafted(client, "services FW-05", **{"line-cover-date_line": "2027年13月"}).content.decode()
    assert "没有这个月份，请改正日期。" in answer
    assert not Draft.objects.exists()


def test_what_others_changed_meanwhile_is_not_taken_over(client: Client) -> None:
    change_a_phone()
    drafted(client, "services FW-05")
    submitted(client)
    Frame.objects.get(part="duties").put(reason="换人", compiler="填报人：何文")
    carried_through(Edition.objects.get(label="2030-01"))
    assert Frame.objects.get(part="duties").compiler == "填报人：何文"
    assert Edition.objects.get(label="2030-01").register().frame("duties").compiler == "填报人：王芳"


def test_what_a_pick_needs_comes_along_and_is_named(client: Client) -> None:
    Office(name="标准化股").save(reason="新设")
    WorkItem.objects.get(code="ZZ-04-01").put(reason="改股室", offices="标准化股")
    said = drafted(client, "duties ZZ-04").content.decode()
    assert "选中的修改离不开它们，一并编入：GS-07 标准化股（新增）" in said


def test_a_name_that_is_gone_is_told(client: Client) -> None:
    Office.objects.get(code="GS-02").put(reason="改名", name="质量股", other_names="")
    said = drafted(client, "offices GS-02").content.decode()
    assert "这一版里已经没有叫这个名字的" in said


def test_nothing_picked_is_no_draft(client: Client) -> None:
    change_a_phone()
    said = drafted(client).content.decode()
    assert "请至少选一处修改。" in said
    assert not Draft.objects.exists()


def test_where_nothing_differs_there_is_nothing_to_pick(client: Client) -> None:
    assert "没有可以编入新版本的修改" in page(client, reverse(COMPILE))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"label": "2018-13"}, "版本号应当像 2018-03"),
        ({"label": "2017-12"}, "版本号 2017-12 已经用过，可以用 2017-12-2。"),
        ({"effective_on": "2018-01-01"}, "施行日期最早是"),
        ({"effective_on": "昨天"}, "输入一个有效的日期"),
        ({"change_note": " "}, "必填"),
        ({"kind": "rewrite"}, "选择一个有效的选项"),
        ({"declared-duties": "-1"}, "大于或等于0"),
        ({"picks": ["services FW-99"]}, "不在可用的选项中"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    client: Client, values: dict[str, Any], said: str
) -> None:
    change_a_phone()
    answer = drafted(client, "services FW-05", **{"reason-services-FW-05": "我写的理由", **values}).content.decode()
    assert said in answer
    assert "我写的理由" in answer
    assert not Draft.objects.exists()


def test_the_first_free_label_and_day_are_offered(client: Client) -> None:
    change_a_phone()
    month = f"{timezone.localdate():%Y-%m}"
    assert f'value="{month}"' in page(client, reverse(COMPILE))
    make_issued(make_hands(), ("services", "FW-05"))
    change_a_phone("0316-5250001")
    shown = page(client, reverse(COMPILE))
    assert f'value="{month}-2"' in shown
    assert f'value="{timezone.localdate() + datetime.timedelta(days=1)}"' in shown


def test_what_was_changed_after_the_look_is_not_submitted(client: Client) -> None:
    change_a_phone()
    drafted(client, "services FW-05")
    url = reverse("admin:editions_edition_submit", args=[Draft.objects.get().pk])
    shown = re.findall(r'name="shown" value="(\w+)"', page(client, url))[0]
    change_a_phone("0316-0000000")
    for posted in ({"shown": shown}, {}):
        answer = client.post(url, posted, follow=True).content.decode()
        assert "您看过以后，工作数据又有改动，没有送审。" in answer
    assert Edition.objects.count() == 1
    assert Cover.objects.get().declared == 40  # all of it or nothing


def test_a_draft_is_thrown_away_without_touching_the_rows(client: Client) -> None:
    change_a_phone()
    drafted(client, "services FW-05")
    url = reverse("admin:editions_edition_discard", args=[Draft.objects.get().pk])
    assert "工作数据里的修改都还在" in page(client, url)
    client.post(url)
    assert not Draft.objects.exists()
    assert Service.objects.get(code="FW-05").phones == "0316-5255908"


def test_what_came_back_is_picked_again(client: Client) -> None:
    hands = make_hands()
    edition = make_submitted(hands, change_note="换电话，补理由")
    Duty.objects.get(code="ZZ-04").put(reason="改了一半", text="写了一半")
    edition.send_back(by=hands.reviewer, reason="电话有误")
    shown = page(signed_in(hands.editor), reverse(COMPILE) + f"?again={edition.pk}")
    assert re.findall(r'value="([^"]+)" checked', shown) == ["services FW-05"]
    assert "换电话，补理由" in shown
    assert f'value="{edition.label}"' in shown


def test_another_edition_under_way_is_told(client: Client) -> None:
    edition = make_submitted(make_hands())
    shown = page(client, reverse(COMPILE))
    assert f"已编入 {edition.label} 版" in shown
    assert "两版中先公布一版，另一版就要重新编制" in shown


@pytest.mark.parametrize("role", roles.ROLES)
def test_only_editors_compile_and_nobody_opens_the_draft_of_another(client: Client, role: str) -> None:
    change_a_phone()
    drafted(client, "services FW-05")
    draft = Draft.objects.get()
    other = signed_in(make_account("someone", role, "某", "人"))
    may = "compile" in roles.ROLES[role].get(roles.ACTS, ())
    assert other.get(reverse(COMPILE)).status_code == (200 if may else 403)
    for name in ("draft", "submit", "discard"):
        url = reverse(f"admin:editions_edition_{name}", args=[draft.pk])
        assert other.get(url).status_code == (404 if may else 403)
        assert other.post(url, {}).status_code == (404 if may else 403)
    assert Draft.objects.count() == 1
    assert Client().get(reverse(COMPILE)).status_code == 302


def test_rows_that_make_no_list_are_named(client: Client) -> None:
    from supervision.models import Clause

    Clause.objects.exclude(parent=None).first().parent.retire(reason="误")
    answer = client.get(reverse(COMPILE), follow=True).content.decode()
    assert "属于一条已取消的条款" in answer


def test_it_takes_the_same_queries_whatever_was_changed(client: Client, django_assert_max_num_queries: Any) -> None:
    change_a_phone()
    hands = make_hands()
    change_a_phone("0316-5250007", "FW-01")
    make_submitted(hands, ("services", "FW-01"), label="2029-01")
    for year, path in ((2030, reverse(COMPILE)), (2031, reverse("admin:index"))):
        client.get(path)
        with django_assert_max_num_queries(70) as counted:
            client.get(path)
        few = len(counted)
        for code in ("FW-01", "FW-02", "FW-03", "FW-04", "FW-06"):
            change_a_phone(f"0316-{code}", code)
        for number in range(3):
            make_submitted(hands, ("services", "FW-01"), label=f"{year}-0{number + 1}")
        client.get(path)  # each edition's register is parsed once in the life of a process: here, before the count
        with django_assert_max_num_queries(few):
            client.get(path)


@pytest.mark.parametrize("text", ["改\x0b了", "改\u200b了", "\ufeff改了", "改\u2028了", "\ue000"])
def test_what_nobody_sees_is_refused_where_it_is_typed(client: Client, text: str) -> None:
    change_a_phone()
    assert "看不见、印不出的字符" in drafted(client, "services FW-05", change_note=text).content.decode()
    assert not Draft.objects.exists()
    url = reverse("admin:services_service_change", args=[Service.objects.get(code="FW-05").pk])
    from tests.conftest import form_of

    page = client.post(url, form_of(client.get(url)) | {"content": text, "change_reason": "改"}).content.decode()
    assert "看不见、印不出的字符" in page
