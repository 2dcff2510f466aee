"""李强 hands the county an official PDF: whole, on the right paper, in the right faces, true to the last sentence."""

import contextlib
import datetime
import functools
import io
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw, ImageFont
from pypdf import PdfReader

from accounts import roles
from boundaries.models import Basis, Share
from duties.models import Duty, WorkItem
from editions.life.edition import Edition
from editions.register.register import compose
from paper import faces, typesetting
from portal.papers import printing
from portal.papers.printing import ListPaper, Scope
from services.models import Service
from supervision.models import Clause
from tests.conftest import FROZEN, ORIGINAL, make_account, make_additions, served, signed_in
from tests.papers import got

MM = 72 / 25.4
FOOT = "2017-12版摘要" + FROZEN[:12]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


class Pdf:
    """A PDF as somebody reads it back."""

    def __init__(self, content: bytes) -> None:
        self.read = PdfReader(io.BytesIO(content))
        self.document = pypdfium2.PdfDocument(content)

    def page(self, number: int) -> str:
        return squeezed(self.document[number - 1].get_textpage().get_text_bounded())

    @functools.cached_property
    def pages(self) -> list[str]:
        return [self.page(number) for number in range(1, len(self.document) + 1)]

    @functools.cached_property
    def body(self) -> str:
        """All that is printed, without what stands at the foot of each page and the heads that are repeated."""
        return "".join(re.sub(rf"—{number}—", "", page).replace(FOOT, "") for number, page in enumerate(self.pages, 1))

    def outline(self) -> list[tuple[str, int]]:
        def walk(entries: Any) -> Any:
            for entry in entries:
                if isinstance(entry, list):
                    yield from walk(entry)
                else:
                    yield str(entry.title), self.read.get_destination_page_number(entry) + 1

        return list(walk(self.read.outline))

    def letters(self, number: int) -> list[tuple[str, float, float, float, float]]:
        """Each character of a page with its box in mm from the upper left: left, top, right, bottom."""
        page = self.document[number - 1]
        text, height = page.get_textpage(), page.get_height()
        found = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            said = text.get_text_range(index, 1)
            if said.strip():
                found.append((said, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        return found


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Pdf:
    with django_db_blocker.unblock():
        return Pdf(ListPaper(Edition.objects.get(), Scope()).content())


def printed(scope: str) -> Pdf:
    return Pdf(ListPaper(Edition.objects.get(), Scope.read(scope)).content())


# What it says


def test_every_sentence_of_the_list_is_read_back(whole: Pdf) -> None:
    lines = [squeezed(line) for line in ORIGINAL.read_text(encoding="utf-8").splitlines()]
    missing = [line for line in lines if line not in whole.body]
    assert missing == []


def test_every_line_of_every_item_is_on_its_own_pdf(db: None) -> None:
    register = compose()
    for kind, code in (("duties", "ZZ-05"), ("boundaries", "BJ-03"), ("services", "FW-07"), ("supervision", "JG-14")):
        listed = register.find(kind, code)
        body = printed(f"{kind}/{code}").body
        assert [line for line in listed.document.lines(listed.serial) if squeezed(line) not in body] == []


@pytest.mark.parametrize("part", ["duties", "boundaries", "services", "supervision"])
def test_a_part_holds_its_frame_and_its_items_and_no_other(db: None, part: str) -> None:
    body, register = printed(part).body, compose()
    assert all(squeezed(line) in body for line in register.frame(part).printed())
    assert all(squeezed(listed.document.title) in body for listed in register.of(part))
    other = {"duties": "烟花爆竹监管"}.get(part, "协调名牌评价工作")
    assert other not in body


def test_the_cover_says_both_numbers(whole: Pdf) -> None:
    cover = whole.page(1)
    assert "（共40项）" in cover
    assert "清单声明40项，登记表实载38项：职责边界声明4项，表中3项；公共服务声明11项，表中10项" in cover


def test_the_contents_name_the_page_of_every_item(whole: Pdf, db: None) -> None:
    raw = "".join(whole.document[number].get_textpage().get_text_bounded() + "\n" for number in (1, 2))
    contents = re.sub(r"[^\S\n]", "", raw)
    outline = dict(whole.outline())
    register = compose()
    for part in ("duties", "boundaries", "services", "supervision"):
        for listed in register.of(part):
            dot = "." if listed.serial.isdigit() else ""
            said = r"\n?".join(map(re.escape, squeezed(f"{listed.serial}{dot}{listed.document.title}")))
            entry = re.search(said + r"\n?·+\n?(\d+)\n", contents)
            assert entry, listed.document.title
            title = next(title for title in outline if squeezed(listed.document.title) in squeezed(title))
            assert outline[title] == int(entry[1]), title


def test_heads_are_repeated_and_rows_are_not_torn(whole: Pdf, db: None) -> None:
    outline = dict(whole.outline())
    first, after = outline["一、部门职责登记表"], outline["二、与相关部门的职责边界登记表"]
    tables = [whole.page(number) for number in range(first, after)]
    assert len(tables) > 2
    assert all(
        page.replace("一、部门职责登记表", "").startswith("序号主要职责具体工作事项责任股室备注") for page in tables
    )
    for duty in compose().documents("duties"):
        for work in duty.work_items:
            assert any(squeezed(work.text) in page for page in tables), work.code


def test_a_merged_cell_is_one_cell(whole: Pdf, db: None) -> None:
    body = whole.body
    for matter in compose().documents("boundaries"):
        assert body.count(squeezed(matter.case)) == 1


# Where it stands on the paper (GB/T 9704-2012)


def test_pages_are_a4_and_wide_tables_lie_on_their_side(whole: Pdf) -> None:
    outline = dict(whole.outline())
    wide = range(outline["二、与相关部门的职责边界登记表"], outline["三、公共服务事项登记表"])
    for number in range(1, len(whole.document) + 1):
        size = tuple(round(length / MM) for length in whole.document[number - 1].get_size())
        assert size == ((297, 210) if number in wide else (210, 297)), number


def test_text_keeps_to_the_type_area(whole: Pdf) -> None:
    for number in range(2, len(whole.document) + 1):
        page = whole.document[number - 1]
        wide = page.get_width() > page.get_height()
        odd = number % 2 == 1
        left, right = (28, 26) if odd else (26, 28)
        top, bottom = 37, 35
        if wide:  # turned: the top of the upright sheet is on the right
            left, top, right, bottom = 35, left, 37, right
        inner_right, inner_bottom = page.get_width() / MM - right, page.get_height() / MM - bottom
        outside = [
            letter
            for letter in whole.letters(number)
            if letter[1] < left - 0.6
            or letter[2] < top - 2.5
            or letter[3] > inner_right + 2.0
            or letter[4] > inner_bottom + 1.5
        ]
        said = squeezed("".join(letter[0] for letter in outside))
        assert set(said) <= set(f"—{number}—{FOOT}"), (number, said)


def test_the_text_layer_has_the_character_where_a_radical_shares_its_glyph(db: None) -> None:
    Duty.objects.get(code="ZZ-01").put(reason="试", text="会同有关部⻔，为⺠服务；有关部门为民服务。")
    body = Pdf(printing.draft_pdf(Scope.read("duties/ZZ-01"))).body
    assert "会同有关部门，为民服务；有关部门为民服务。" in body


LONG = "http://www.example.gov.cn/zwfw/guide/item/detail?taskguid=1190ecf3cf6a4b9ca6537bdb5f00a30a&client=000000108"


def test_a_word_longer_than_its_cell_breaks_inside_it(db: None) -> None:
    """In every table that is printed, and in running text."""
    Duty.objects.get(code="ZZ-01").put(reason="试", note=LONG, offices="0" * 60)
    WorkItem.objects.get(code="ZZ-01-01").put(reason="试", text=LONG, note="shehuijiuzhu.guanlizhongxin@example.gov.cn")
    Share.objects.get(code="BJ-01-01").put(reason="试", text=LONG)
    Basis.objects.filter(matter__code="BJ-01").first().put(reason="试", text=LONG)
    service = Service.objects.get(code="FW-02")
    service.put(reason="试", content=service.content + LONG, phones="0575-82550002、" + "8" * 40)
    Clause.objects.get(chapter__regime__code="JG-01", anchor="c2-5").put(reason="试", text=LONG)
    for scope in ("duties", "boundaries", "services", "supervision", "offices/gs-06"):
        draft = Pdf(printing.draft_pdf(Scope.read(scope)))
        for number in range(1, len(draft.document) + 1):
            page = draft.document[number - 1]
            bars = edges(page)
            for said, left, top, right, _bottom in draft.letters(number):
                assert right < page.get_width() / MM - 24, (scope, number, said)
                crossed = [x for x, above, below in bars if left + 0.4 < x < right - 0.4 and above < top < below]
                assert not crossed, (scope, number, said)


def edges(page: Any) -> list[tuple[float, float, float]]:
    """The vertical lines of the tables on a page, in mm from the upper left: where, from, to."""
    height, found = page.get_height(), []
    for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = each.get_bounds()
        if right - left < 1 * MM and top - bottom > 2 * MM:
            found.append(((left + right) / 2 / MM, (height - top) / MM, (height - bottom) / MM))
    return found


@pytest.mark.parametrize(("count", "pages"), [(616, 1), (617, 2)])
def test_22_lines_of_28_characters_fill_a_page(count: int, pages: int) -> None:
    html = f'<html lang="zh-CN"><title>满页</title><body data-foot=""><p>{"文" * count}</p></body></html>'
    pdf = Pdf(typesetting.pdf(html))
    assert len(pdf.document) == pages
    rows = {round(letter[2], 1) for letter in pdf.letters(1) if letter[0] == "文"}
    assert len(rows) == 22
    first = min(rows)
    assert sum(1 for letter in pdf.letters(1) if letter[0] == "文" and round(letter[2], 1) == first) == 28


def test_page_numbers_stand_where_the_standard_wants_them(whole: Pdf) -> None:
    outline = dict(whole.outline())
    first_regime = outline["事中事后监管制度"]
    for number in (first_regime, first_regime + 1):
        letters = [letter for letter in whole.letters(number) if letter[2] > 297 - 35]
        at = next(index for index, letter in enumerate(letters) if letter[0] == "—")
        number_line = letters[at : at + len(str(number)) + 2]
        assert "".join(letter[0] for letter in number_line) == f"—{number}—"
        assert 297 - 35 + 3 < number_line[0][2] < 297 - 35 + 7.5
        character = 14 / MM
        if number % 2:
            assert number_line[-1][3] == pytest.approx(210 - 26 - character, abs=1)
        else:
            assert number_line[0][1] == pytest.approx(28 - 2 + character, abs=1)


# What it carries


def test_every_page_says_the_edition_and_its_digest(whole: Pdf) -> None:
    assert [number for number, page in enumerate(whole.pages, 1) if FOOT not in page] == []


def test_the_end_says_where_to_find_it_and_a_code_leads_there(whole: Pdf) -> None:
    last = whole.page(len(whole.document))
    address = "http://127.0.0.1:8000/editions/2017-12/list.pdf"
    assert address in last
    assert FROZEN in last
    picture = whole.document[len(whole.document) - 1].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]


def test_it_is_tagged_with_bookmarks_title_and_language(whole: Pdf) -> None:
    catalog = whole.read.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF object)
    assert str(catalog["/Lang"]) == "zh-CN"
    assert "/StructTreeRoot" in catalog
    assert whole.read.metadata.title == "文安县质量技术监督局责任清单"
    assert "pdfuaid:part" in catalog["/Metadata"].get_data().decode()
    titles = [title for title, _ in whole.outline()]
    assert titles[:2] == ["目录", "一、部门职责登记表"]
    assert "（十四）规范案件查处" in titles
    assert "三、查处流程" in titles


def test_the_same_edition_is_the_same_bytes(db: None) -> None:
    html = ListPaper(Edition.objects.get(), Scope("services")).html()
    assert typesetting.pdf(html) == typesetting.pdf(html)


# Faces


def test_fonts_are_embedded_and_no_face_is_slanted(whole: Pdf) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in whole.read.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert {name.split("+")[1].rstrip(",") for name in names} == {
        "FandolFang", "FandolKai", "FandolHei", "FandolSong", "FandolSong-Bold",
    }  # fmt: skip


LINE = "文安县质量技术监督局责任清单镕〔2017〕14号《》“”—（一）、。"


def glyph(draw_from: Image.Image) -> Image.Image | None:
    """What is black, cropped and brought to one size."""
    grey = draw_from.convert("L")
    box = ImageChops.invert(grey).point(lambda value: 255 if value > 100 else 0).getbbox()
    return grey.crop(box).resize((48, 48)) if box else None


def likeness(one: Image.Image, two: Image.Image) -> float:
    """1 where both are the same, 0 where they share nothing black."""
    a, b = (image.point(lambda value: 255 if value < 128 else 0) for image in (one, two))
    both = sum(ImageChops.multiply(a, b).histogram()[128:])
    either = sum(ImageChops.lighter(a, b).histogram()[128:])
    return both / either if either else 0.0


@pytest.mark.parametrize("use", list(faces.WANTED))
def test_each_face_shows_the_glyphs_that_it_must(use: str) -> None:
    face = faces.chosen()[use]
    style = f"font:60pt/70pt '{face.family}','{faces.FALLBACK}'"
    cells = "".join(
        f'<div style="position:absolute;left:{(i % 6) * 80}pt;top:{(i // 6) * 80}pt;{style}">{c}</div>'
        for i, c in enumerate(LINE)
    )
    html = f'<html lang="zh-CN"><title>字</title><body data-foot="">{cells}</body></html>'
    page = pypdfium2.PdfDocument(typesetting.pdf(html))[0].render(scale=2).to_pil()
    left, top = round(28 * MM * 2), round(37 * MM * 2)
    drawn = []
    for index, character in enumerate(LINE):
        x, y = left + (index % 6) * 160, top + (index // 6) * 160
        shown = glyph(page.crop((x, y, x + 150, y + 156)))
        family = face.family if face.has(character) else faces.FALLBACK
        file, place = font_file(family)
        font = ImageFont.truetype(file, 120, index=place)
        canvas = Image.new("L", (200, 220), 255)
        ImageDraw.Draw(canvas).text((20, 20), character, font=font, fill=0)
        wanted = glyph(canvas)
        assert shown is not None, f"{character} was not drawn"
        assert wanted is not None
        assert likeness(shown, wanted) > 0.75, (character, family, likeness(shown, wanted))
        drawn.append(wanted)
    assert likeness(drawn[0], drawn[1]) < 0.6  # two characters are not alike: the comparison can fail


def font_file(family: str) -> tuple[str, int]:
    """The file of a family, and its place in a collection."""
    said = subprocess.run(
        ["fc-match", "--format", "%{file}\\t%{index}", f"{family}:lang=zh-cn"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    path, index = said.split("\t")
    return path, int(index) & 0xFFFF


def test_in_the_place_of_a_character_that_no_face_has_stands_a_mark_and_it_is_said() -> None:
    html = "<html lang='zh-CN'><head><title>字</title></head><body data-foot=''><p>县\ue000局\x01，📞</p></body></html>"
    body = Pdf(typesetting.pdf(html)).body
    assert "县〓局〓，〓" in body
    assert "依次可能是：U+0001、U+E000、U+1F4DE" in body


@pytest.mark.parametrize(("character", "named"), [("😀", "U+1F600"), ("\U00031350", "U+31350")])
def test_a_draft_with_such_a_character_says_so_and_nothing_else_breaks(li: Any, character: str, named: str) -> None:
    Duty.objects.get(code="ZZ-01").put(reason="试", note=f"县{character}局")
    response = signed_in(li).get(reverse("admin:draft-pdf", args=["duties"]))
    assert response.status_code == 200
    body = Pdf(response.content).body
    assert "县〓局" in body
    assert named in body


def test_the_faces_are_reported(capsys: Any) -> None:
    call_command("check_fonts")
    said = capsys.readouterr().out
    assert "仿宋：" in said
    assert "FandolFang 代替" in said or "用本机的" in said


def test_the_desk_says_which_faces_are_missing(wang: Any, monkeypatch: Any) -> None:
    client = signed_in(wang)
    assert "本机没有公文用的" not in client.get("/admin/").content.decode()
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")  # without the folder of deploy/fonts
    with forgotten():
        said = client.get("/admin/").content.decode()
    assert "本机没有公文用的" in said
    assert "PDF 里用 Noto Serif CJK SC 代替。请管理员运行 deploy/fonts。" in said


@contextlib.contextmanager
def forgotten() -> Iterator[None]:
    """What was found out of the faces of this machine is found out anew, and once more afterwards."""
    cached = (faces.installed, faces.chosen, faces.fallback)
    for each in cached:
        each.cache_clear()
    try:
        yield
    finally:
        for each in cached:
            each.cache_clear()


def test_without_faces_there_is_one_sentence_and_everything_else_works(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    empty = tmp_path / "fonts.conf"
    empty.write_text(f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}</dir></fontconfig>')
    with served(name, FONTCONFIG_FILE=str(empty)) as address:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/list.pdf")
        assert refused.value.code == 503
        assert "没有字体 Noto Serif CJK SC，不能排 PDF" in refused.value.read().decode()
        for path in ("/", "/duties/", "/list.json", "/search/?q=%E8%AE%A1%E9%87%8F"):
            assert urllib.request.urlopen(address + path).status == 200


# Set once, kept


def test_a_published_file_is_set_once(db: None, citizen: Client, monkeypatch: Any) -> None:
    first = got(citizen, "/services/fw-01/list.pdf").content
    monkeypatch.setattr("paper.typesetting.pdf", lambda *args, **kwargs: pytest.fail("set again"))
    response = citizen.get("/editions/2017-12/services/fw-01/list.pdf")
    assert response.content == first
    assert response.headers["Content-Type"] == "application/pdf"
    again = citizen.get("/services/fw-01/list.pdf", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_what_an_edition_says_of_itself_later_is_another_file(db: None) -> None:
    edition = Edition.objects.get()
    before = ListPaper(edition, Scope())
    assert before.key == ListPaper(edition, Scope()).key
    for later in ({"chain_digest": "f" * 64}, {"revoked_on": datetime.date(2018, 6, 10)}, {"revoke_reason": "有误"}):
        for name, value in later.items():
            setattr(edition, name, value)
        after = ListPaper(edition, Scope())
        assert after.key != before.key
        before = after


def test_who_asks_for_the_head_of_a_file_gets_the_head(citizen: Client) -> None:
    whole = got(citizen, "/services/fw-01/list.pdf").content
    response = citizen.head("/services/fw-01/list.pdf")
    assert response.content == b""
    assert response.headers["Content-Length"] == str(len(whole))
    assert response.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    "path", ["/duties/zz-99/list.pdf", "/offices/gs-99/list.pdf", "/nothing/list.pdf", "/editions/2099-01/list.pdf"]
)
def test_what_is_not_there_is_not_printed(citizen: Client, path: str) -> None:
    assert citizen.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/duties/", "/duties/zz-01/", "/offices/gs-02/", "/elder/duties/zz-01/"])
def test_a_page_offers_its_own_pdf(citizen: Client, path: str) -> None:
    (link,) = re.findall(r'class="download"><a href="([^"]+)"', citizen.get(path).content.decode())
    assert link == path.removeprefix("/elder") + "list.pdf"
    assert got(citizen, link).status_code == 200


# An office's own list


def test_an_office_has_what_names_it_and_apart_what_the_bureau_linked(wang: Any) -> None:
    make_additions()
    body = Pdf(printing.draft_pdf(Scope("offices", "GS-02"))).body
    printed_part, added = body.split("本局整理，非清单原文")
    assert "质量监督股责任清单" in printed_part
    assert "协调名牌评价工作" in printed_part
    assert "质量月活动" in printed_part
    assert "组织仲裁检定" not in body
    assert "BJ-01-01" in added
    assert "重要工业产品生产许可的监管" in added
    assert "BJ-01" not in printed_part


def test_without_links_an_office_has_none(db: None) -> None:
    assert "本局整理，非清单原文" not in printed("offices/gs-02").body


# Drafts


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_may_export_may_print_drafts(db: None, role: str) -> None:
    client = signed_in(make_account("someone", role, "某", "人"))
    may = "export" in roles.ROLES[role].get(roles.WORKING, ())
    response = client.get(reverse("admin:draft-pdf", args=["services/fw-01"]))
    assert response.status_code == (200 if may else 403)
    assert ("清单 PDF" in client.get(reverse("admin:index")).content.decode()) is may


def test_a_citizen_gets_no_draft(citizen: Client) -> None:
    assert citizen.get(reverse("admin:draft-pdf", args=["whole"])).status_code == 302


def test_a_draft_says_on_every_page_that_it_is_one_and_when(li: Any) -> None:
    Duty.objects.get(code="ZZ-10").put(reason="试", note="改了一半")
    response = signed_in(li).get(reverse("admin:draft-pdf", args=["whole"]))
    assert "no-store" in response.headers["Cache-Control"]
    draft = Pdf(response.content)
    for number, page in enumerate(draft.pages, 1):
        assert re.search(r"草稿\d{4}-\d\d-\d\d\d\d:\d\d未公布", page), number
        mark = [each for each in draft.letters(number) if each[0] in "未公布" and each[2] < 37]
        assert min(top for _, _, top, _, _ in mark) > 15, number  # where every printer prints
    assert "改了一半" in draft.body
    assert "永久地址" not in draft.body


def test_the_desk_offers_what_can_be_printed(li: Any) -> None:
    client = signed_in(li)
    page = client.get(reverse("admin:index")).content.decode()
    links = re.findall(r'href="([^"]+list\.pdf)"', page)
    assert "/editions/2017-12/list.pdf" in links
    assert "/admin/draft/offices/gs-06/list.pdf" in links
    assert len(links) == 2 * (1 + 4 + 6)
    row = Duty.objects.get(code="ZZ-04")
    change = client.get(reverse("admin:duties_duty_change", args=[row.pk])).content.decode()
    assert "/admin/draft/duties/zz-04/list.pdf" in change


@pytest.mark.parametrize("scope", ["nothing", "duties/zz-99", "offices", "offices/gs-99", "whole/x", "../etc"])
def test_no_scope_gives_an_error_page_of_ours(li: Any, scope: str) -> None:
    assert signed_in(li).get(f"/admin/draft/{scope}/list.pdf").status_code == 404


# The command


def test_the_command_writes_a_file(db: None, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "list.pdf"
    call_command("export_list", edition="2017-12", scope="duties/zz-01", out=out)
    said = capsys.readouterr().out
    assert "已写" in said
    assert "没有设置 SITE_URL" in said
    assert "ZZ-01" in Pdf(out.read_bytes()).body
    call_command("export_list", edition="draft", scope="duties/zz-01", out=out)
    assert "草稿" in Pdf(out.read_bytes()).body


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"edition": "2099-01"}, "没有公布过 2099-01 版"),
        ({"scope": "什么"}, "没有“什么”"),
        ({"scope": "duties/zz-99"}, "没有 ZZ-99"),
        ({"scope": "duties/zz-01/extra"}, "没有“duties/zz-01/extra”"),
        ({"out": Path("/nowhere/list.pdf")}, "写不了 /nowhere/list.pdf（"),
    ],
)
def test_the_command_says_what_is_wrong(db: None, tmp_path: Path, options: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export_list", **({"scope": "duties/zz-01", "out": tmp_path / "list.pdf"} | options))


def test_a_printed_page_fetches_nothing(db: None) -> None:
    html = "<html lang='zh-CN'><title>字</title><body><img src='file:///etc/passwd' alt='x'/></body></html>"
    assert Pdf(typesetting.pdf(html)).body == "x"


def test_what_the_staff_write_is_text_and_no_markup(li: Any) -> None:
    Duty.objects.get(code="ZZ-10").put(reason="试", note="<img src=x><b>粗</b>var(--body)")
    assert "<imgsrc=x><b>粗</b>var(--body)" in Pdf(printing.draft_pdf(Scope("duties", "ZZ-10"))).body
