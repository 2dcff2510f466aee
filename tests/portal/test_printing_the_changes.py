"""李强 hands the county a 修订对照表: before, after and why, true to the last word, readable in black and white."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client

from editions.public import catalogue
from editions.public.changes import Changes, against
from portal.papers.changes_table import ChangesPaper
from portal.papers.printing import ListPaper, Scope
from services.models import Service
from tests.acting import change_a_phone, make_hands, make_issued, make_years
from tests.conftest import own_databases
from tests.papers import got
from tests.portal.test_printing_the_list import MM, Pdf, squeezed


@pytest.fixture(scope="module")
def citizen(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    with own_databases(django_db_blocker) as own_database:
        own_database()
        make_years(make_hands())
        yield Client()


def compared(label: str, other: str = "") -> Changes:
    seen = catalogue.current()
    edition = seen.find(label)
    assert edition
    return against(seen, edition, other)


def table(changes: Changes) -> Pdf:
    return Pdf(ChangesPaper(changes).content())


def body(pdf: Pdf) -> str:
    """All that is printed, without the foot of each page and the head that is repeated."""
    foot = re.compile(r"—\d+—|与[\d-]+版对照[\d-]+版摘要[0-9a-f]{12}|序号条目修改前修改后理由")
    return "".join(foot.sub("", page) for page in pdf.pages)


@pytest.mark.parametrize(("label", "other"), [("2018-03", ""), ("2018-09", "2017-12")])
def test_every_change_is_read_back_before_after_and_why(citizen: Client, label: str, other: str) -> None:
    changes = compared(label, other)
    printed = body(table(changes))
    for number, change in enumerate(changes.all, start=1):
        named = change.called if change.called != change.kind.label else ""
        assert squeezed(f"{number}{change.kind.label}{named}{change.title}（{change.said}）") in printed
        for field in change.fields:
            none = "（无）" if change.stayed or not change.old else ""
            gone = "（无）" if change.stayed else "（取消）"
            assert squeezed(field.place + (field.old or none) + (field.new or gone)) in printed
        for _, reason in changes.reasons_of(change):
            assert squeezed(reason) in printed
    for _, note in changes.notes:
        assert f"修订说明：{squeezed(note)}" in printed


def test_the_head_names_both_editions_and_how_much_changed(citizen: Client) -> None:
    printed = table(compared("2018-03")).page(1)
    assert "修订对照表" in printed
    assert "2017-12版（2017年12月1日起施行）与2018-03版（2018年3月1日起施行）对照" in printed
    assert "共有8项变化：新增1项、取消1项、修改4项、修改具体工作事项1条、移动1项。" in printed


def test_it_lies_on_its_side_and_repeats_its_head(citizen: Client) -> None:
    pdf = table(compared("2018-03"))
    for number in range(len(pdf.document)):
        width, height = pdf.document[number].get_size()
        assert (round(width / MM), round(height / MM)) == (297, 210)
    assert all("序号条目修改前修改后理由" in pdf.page(number) for number in (1, 2))


def lines_of(pdf: Pdf, number: int) -> list[tuple[float, float, float]]:
    """The thin level lines of a page in mm: left, right, how far from the top."""
    page = pdf.document[number - 1]
    scale = 8
    picture = page.render(scale=scale).to_pil().convert("L").point(lambda grey: 0 if grey < 128 else 255)
    found, width, pixels = [], picture.width, picture.load()
    for y in range(picture.height):
        x = 0
        while x < width:
            start = x
            while x < width and pixels[x, y] == 0:
                x += 1
            if x - start > 3 * MM * scale:
                found.append((start / scale / MM, x / scale / MM, y / scale / MM))
            x += 1
    return found


def test_what_went_is_struck_out_and_what_came_is_underlined_without_colour(citizen: Client) -> None:
    pdf = table(compared("2018-05"))
    letters, lines = pdf.letters(1), lines_of(pdf, 1)
    text = "".join(letter for letter, *_ in letters)
    for phone, where in (("0316-5255906", (0.25, 0.75)), ("0316-5255907", (0.75, 1.15))):
        first, last = letters[text.index(phone)], letters[text.index(phone) + len(phone) - 1]
        top, height = first[2], first[4] - first[2]
        assert any(
            left <= first[1] + 0.3 and right >= last[3] - 0.3 and where[0] <= (y - top) / height <= where[1]
            for left, right, y in lines
        ), phone


def test_the_end_says_where_it_is_and_a_code_leads_there(citizen: Client) -> None:
    changes = compared("2018-03")
    pdf = table(changes)
    url = f"{settings.SITE_URL}/editions/2018-03/changes.pdf"
    last = len(pdf.document)
    assert url in pdf.page(last)
    assert changes.new.content_digest in pdf.page(last)
    (code,) = zxingcpp.read_barcodes(pdf.document[last - 1].render(scale=3).to_pil())
    assert code.text == url


def test_it_is_tagged_and_named(citizen: Client) -> None:
    pdf = table(compared("2018-03"))
    assert pdf.read.metadata.title == "2018-03 版修订对照表"
    assert pdf.read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [title for title, _ in pdf.outline()][:2] == [
        "修订对照表",
        "1 负责拟订提高本辖区质量水平的发展规划及政策措施并牵头组织实施",
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/editions/2018-03/changes.pdf", "changes-2017-12-2018-03.pdf"),
        ("/editions/2018-09/changes.pdf", "changes-2018-03-2018-09.pdf"),
        ("/editions/2018-09/changes/2017-12.pdf", "changes-2017-12-2018-09.pdf"),
    ],
)
def test_a_citizen_downloads_it(citizen: Client, path: str, name: str) -> None:
    answer = got(citizen, path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert answer.content.startswith(b"%PDF")
    assert citizen.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    page = path.removesuffix(".pdf") + "/"
    assert f'href="{path}">下载修订对照表 PDF</a>' in citizen.get(page).content.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/editions/2017-12/changes.pdf", "2017-12 版是第一版，没有可以对照的。"),
        ("/editions/2018-03/changes/2018-03.pdf", "2018-03 版和它自己没有差别"),
        ("/editions/2018-03/changes/2018-09.pdf", "2018-09 版比 2018-03 版新，请从 2018-09 版看起。"),
        ("/editions/2018-03/changes/2019-01.pdf", "没有公布过 2019-01 版。"),
    ],
)
def test_what_cannot_be_compared_is_not_printed(citizen: Client, path: str, sentence: str) -> None:
    answer = citizen.get(path)
    assert answer.status_code == 404
    assert sentence in answer.content.decode()


def test_the_same_comparison_is_the_same_file(citizen: Client) -> None:
    assert ChangesPaper(compared("2018-03")).html() == ChangesPaper(compared("2018-03")).html()


def test_a_revoked_edition_says_so_on_paper(citizen: Client) -> None:
    pdf = table(compared("2018-05"))
    assert "2018-05版已于2018年6月10日废止，理由：更正有误。" in pdf.page(1)
    assert "2018-05版2018-06-10废止摘要" in pdf.page(1)
    edition = compared("2018-05").new
    item = Pdf(ListPaper(edition, Scope("services", "FW-06")).content())
    assert all("2018-05版2018-06-10废止摘要" in page for page in item.pages)
    assert "废止2018年6月10日废止，理由：更正有误。" in squeezed_html(ListPaper(edition, Scope()).html())


def test_the_cover_says_who_approved_it_and_by_what_letter(citizen: Client) -> None:
    edition = compared("2018-03").new
    cover = Pdf(ListPaper(edition, Scope()).content()).page(1)
    assert "批准机关文安县机构编制委员会" in cover
    assert "批准文号文编〔2026〕3号（2018年3月1日）" in cover


def squeezed_html(page: str) -> str:
    return squeezed(re.sub(r"<[^>]+>", "", page))


def test_a_text_longer_than_a_page_is_printed_whole(db: None) -> None:
    long = "".join(f"第{number}项检验报告由本局窗口查询。" for number in range(400))
    Service.objects.get(code="FW-06").put(reason="长", content=long)
    make_issued(make_hands(), ("services", "FW-06"))
    catalogue.forget()
    seen = catalogue.current()
    assert seen.in_force
    printed = body(table(against(seen, seen.in_force, "")))
    # Two columns are read page by page: each sentence is there, whole or broken at the end of a page.
    assert len([number for number in range(400) if f"第{number}项检验报告由本局窗口查询。" in printed]) > 380


def test_what_the_staff_write_is_text_and_no_markup(db: None) -> None:
    make_issued(make_hands(), change_a_phone("0316-<b>&"), change_note="<i>换</i> & 改")
    catalogue.forget()
    seen = catalogue.current()
    assert seen.in_force
    printed = body(table(against(seen, seen.in_force, "")))
    assert "0316-<b>&" in printed
    assert "修订说明：<i>换</i>&改" in printed
