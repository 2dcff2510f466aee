"""高远 puts a case away: nothing is missing, all of it is one PDF in its order, and nobody changes it unseen."""

import datetime
import io
import threading
import time
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from acts.errors import Incomplete, NotYours
from cases import models
from cases.archiving.binding import Leaf, bound, page_count, pages_of_file
from cases.archiving.contents import pieces
from cases.archiving.faults import faults
from cases.archiving.missing import missing
from cases.archiving.sealing import sealed_models, tables_of
from cases.attaching import folder
from cases.attaching.incoming import IncomingFile
from cases.models import Archive, Case, Reading
from cases.rule import Refusal
from cases.way import closing
from portal.keeping import verifying
from tests.acting import on
from tests.cases.people import (
    UNPUBLISHED,
    People,
    closed,
    issue,
    make_case,
    make_evidence,
    make_missing_papers,
    make_people,
)
from tests.cases.test_making_papers import text_of
from tests.conftest import signed_in
from tests.portal.test_verifying import behind_the_triggers

DAY = datetime.date(2026, 11, 26)


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


def whole(people: People) -> Case:
    """Closed, and nothing is missing."""
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    return Case.objects.get(pk=case.pk)


def put_away(people: People) -> Case:
    case = whole(people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    return Case.objects.get(pk=case.pk)


def a_pdf(*, size: tuple[float, float] = (595, 842), rotation: int = 0, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(*size)
        page.rotate(rotation)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, kind)
    return file.getvalue()


def attach(case: Case, people: People, content: bytes, name: str) -> None:
    case.attach(IncomingFile(name, content), by=people.officer)


# What is missing


def test_no_case_is_put_away_without_the_papers_that_its_acts_make(people: People) -> None:
    case = closed(make_case(people), people)
    with pytest.raises(Refusal, match=r"案卷里没有《案件受理记录》、《立案审批表》.*《备考表》"):
        case.archive(by=people.officer, reason=UNPUBLISHED)
    assert not Archive.objects.exists()
    make_missing_papers(case, people)
    with pytest.raises(Incomplete, match="已经送达，不能作废"):
        case.void_paper(case.papers.get(form=29), by=people.officer, reason="盖错章")
    case.void_paper(case.papers.get(form=40), by=people.officer, reason="漏填")
    with pytest.raises(Refusal, match="案卷里没有《结案审查表》"):
        case.archive(by=people.officer, reason=UNPUBLISHED)


def test_the_page_of_a_case_says_what_is_missing_and_who_makes_it(people: People) -> None:
    case = closed(make_case(people), people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "归档前还要制作的文书" in page
    assert f'?what=3-{case.pk}">案件受理记录' in page
    assert "案件审理记录" in page
    assert "由案审办制作" in page
    make_missing_papers(case, people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "归档前还要制作的文书" not in page
    assert "案卷预览" in page


def test_a_paper_is_needed_for_each_thing_that_was_done(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    assert {form for form in case.papers.values_list("form", flat=True)} >= {
        3,
        4,
        5,
        22,
        23,
        24,
        25,
        28,
        29,
        39,
        40,
        41,
    }
    assert 36 not in case.papers.values_list("form", flat=True)
    assert list(missing(case)) == []


# The file


def titles(case: Case, volume: str) -> list[str]:
    return [each.title for each in case.volume.listed.entries if each.volume == volume]


def test_it_is_bound_in_two_volumes_in_their_order(people: People) -> None:
    case = put_away(people)
    assert titles(case, "正卷") == [
        *("立案审批表", "行政处罚决定书", "送达回证", "行政处罚告知书", "送达回证", "现场检查笔录", "备考表"),
    ]
    assert titles(case, "副卷") == [
        *("案件受理记录", "案件调查终结报告", "初审意见表", "案件审理记录", "结案审查表", "行政处罚决定审批表"),
    ]


def test_in_2018_there_is_one_volume_in_the_order_of_the_catalogue(people: People) -> None:
    case = whole(people)
    with on(datetime.date(2018, 9, 3)):
        found = [piece.line for piece in pieces(case)]
    assert {line.volume for line in found} == {"案卷"}
    assert [line.title for line in found][:4] == ["案件受理记录", "立案审批表", "现场检查笔录", "案件调查终结报告"]
    assert found[-1].title == "备考表"


def test_pages_are_numbered_through_and_the_list_says_where(people: People) -> None:
    case = put_away(people)
    pages = PdfReader(io.BytesIO(case.volume.pdf())).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    fronts = [text for text in texts if "卷宗（" in text or "卷内目录（" in text]
    assert len(fronts) == 4
    bound = [text for text in texts if text not in fronts]
    assert len(bound) == case.volume.pages
    for number, text in enumerate(bound, start=1):
        assert text.startswith(str(number)) or text.endswith(str(number)), (number, text)
    for each in case.volume.listed.entries:
        assert each.title in bound[each.page - 1]
    listed = next(text for text in fronts if "卷内目录（正卷）" in text)
    assert "2文质监罚字〔2026〕1号行政处罚决定书" in listed
    assert "王小二" in fronts[0]
    assert "2026-0001" in fronts[0]


def test_there_is_an_outline_of_both_volumes(people: People) -> None:
    reader = PdfReader(io.BytesIO(put_away(people).volume.pdf()))
    first, papers, second, inner = reader.outline
    assert (first.title, second.title) == ("正卷", "副卷")
    assert [each.title for each in papers][:4] == [
        *("正卷封面", "卷内目录", "立案审批表文质监立字〔2026〕1号", "行政处罚决定书文质监罚字〔2026〕1号"),
    ]
    assert "初审意见表" in [each.title for each in inner]


def test_what_was_issued_is_bound_as_it_was(people: People) -> None:
    case = put_away(people)
    read = text_of(case.volume.pdf())
    for paper in case.papers.all():
        for line in paper.sheet.said():
            said = "".join(line.split())
            parted = ((said[:place], said[place:]) for place in range(len(said) or 1))  # at the end of a page, maybe
            assert any(first in read and rest in read for first, rest in parted), (paper, line)


def test_a_spoilt_paper_is_not_bound(people: People) -> None:
    case = closed(make_case(people), people)
    spoilt = issue(case, people, 3)
    case.void_paper(spoilt, by=people.officer, reason="住址写错")
    make_missing_papers(case, people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    labels = [each.label for each in Case.objects.get(pk=case.pk).volume.listed.entries]
    assert "文质监受字〔2026〕2号" in labels
    assert spoilt.label not in labels


def test_files_are_bound_where_they_can_be_and_named_where_not(people: People) -> None:
    case = whole(people)
    attach(case, people, a_picture(), "照片.png")
    attach(case, people, a_pdf(rotation=90, pages=2), "扫描.pdf")
    case.keep_evidence(make_evidence(people), by=people.officer, file=IncomingFile("说明.txt", "说明".encode()))
    case.archive(by=people.officer, reason=UNPUBLISHED)
    case = Case.objects.get(pk=case.pk)
    lines = {each.title.split("\n")[0]: each for each in case.volume.listed.entries}
    assert (lines["照片.png"].pages, lines["扫描.pdf"].pages) == (1, 2)
    text = lines["书证 检定证书复印件：说明.txt"]
    assert (text.pages, text.where, text.remark) == (0, "", "另存")
    assert text.digest in text.title
    assert text.digest in text_of(case.volume.pdf())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_number_stands_in_the_upper_right_corner_as_the_page_is_seen(rotation: int) -> None:
    page = pdfium.PdfDocument(bound([Leaf("扫描", a_pdf(rotation=rotation))], title="案卷"))[0]
    dark = page.render(scale=1).to_pil().convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    width, _ = page.get_size()
    left, top, right, bottom = dark
    assert width - 70 < left < right < width - 40
    assert 15 < top < bottom < 45


def test_of_a_file_nothing_is_bound_but_what_is_seen(people: People) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    widget = {NameObject("/Subtype"): NameObject("/Widget"), NameObject("/T"): TextStringObject("geheim")}
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject(widget)])
    file = io.BytesIO()
    writer.write(file)
    plain = pages_of_file(file.getvalue(), "application/pdf")
    assert page_count(plain) == 1
    for word in (b"JavaScript", b"/AA", b"/Annots", b"geheim"):
        assert word in file.getvalue()
        assert word not in plain


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\nbroken", "application/pdf"),
        (b"", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nbroken", "image/png"),
        ("说明".encode(), "text/plain"),
    ],
)
def test_what_cannot_be_read_is_not_bound(content: bytes, kind: str) -> None:
    assert pages_of_file(content, kind) == b""


ODD_PAGES = {
    "a turn that is no quarter": b"/MediaBox [0 0 595 842]/Rotate 45",
    "a turn that is a name": b"/MediaBox [0 0 595 842]/Rotate /X",
    "no size": b"",
    "half a size": b"/MediaBox [0 0 595]",
    "a size of names": b"/MediaBox [/a /b /c /d]",
    "a size of nothing": b"/MediaBox null",
    "a size without an inside": b"/MediaBox [0 0 0 842]",
    "no resources": b"/MediaBox [0 0 595 842]/Resources null",
    "resources in a row": b"/MediaBox [0 0 595 842]/Resources [1 2]",
    "resources that are not there": b"/MediaBox [0 0 595 842]/Resources 99 0 R",
    "no fonts": b"/MediaBox [0 0 595 842]/Resources <</Font null>>",
    "fonts that are a name": b"/MediaBox [0 0 595 842]/Resources <</Font /X>>",
    "fonts that are not there": b"/MediaBox [0 0 595 842]/Resources <</Font 99 0 R>>",
    "contents that are not there": b"/MediaBox [0 0 595 842]/Contents 99 0 R",
    "contents that are a number": b"/MediaBox [0 0 595 842]/Contents 5",
}


def one_page(says: bytes) -> bytes:
    """A PDF of one page that says so of itself."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R " + says + b">>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize("says", ODD_PAGES.values(), ids=ODD_PAGES)
def test_an_odd_page_is_bound_with_its_number_or_stays_a_file(says: bytes) -> None:
    pdf = pages_of_file(one_page(says), "application/pdf")
    if pdf:
        assert text_of(bound([Leaf("件", pdf)], title="卷")).strip() == "1"


def test_a_book_and_a_locked_file_stay_files(people: People) -> None:
    assert pages_of_file(a_pdf(pages=501), "application/pdf") == b""
    writer = PdfWriter(io.BytesIO(a_pdf()))
    writer.encrypt("geheim")
    file = io.BytesIO()
    writer.write(file)
    assert pages_of_file(file.getvalue(), "application/pdf") == b""


def test_what_is_locked_by_a_newer_lock_or_says_nonsense_of_itself_stays_a_file() -> None:
    """As readers lock what is for printing only (AES-256), and pictures with what cameras and editors leave in them."""
    lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -4/O<%s>/U<%s>/OE<%s>/UE<%s>/Perms<%s>" % (
        *(b"00" * 48, b"00" * 48, b"00" * 32, b"00" * 32, b"00" * 16),
    )
    crypt = b"/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF>>"
    locked = one_page(b"/MediaBox [0 0 595 842]").replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock + crypt)
    assert pages_of_file(locked, "application/pdf") == b""
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG", exif=b"Exif\0\0garbage!garbage")
    pages_of_file(file.getvalue(), "image/png")


def test_thirty_papers_are_put_away_in_five_seconds(people: People) -> None:
    case = whole(people)
    while case.papers.count() < 30:
        issue(case, people, 21)
    began = time.process_time()
    case.archive(by=people.officer, reason=UNPUBLISHED)
    assert time.process_time() - began < 5


# Who looks at it


def test_a_preview_is_marked_and_keeps_nothing_but_who_read(people: People) -> None:
    case = whole(people)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/volume/"
    page = client.get(path).content.decode()
    assert "案卷预览" in page
    assert page.index("立案审批表") < page.index("行政处罚决定书")
    before = case.readings.count()
    answer = client.post(path)
    assert "预览" in text_of(answer.content)
    assert "no-store" in answer["Cache-Control"]
    assert not Archive.objects.exists()
    assert case.readings.count() == before + 1
    assert case.readings.first().what == Reading.What.EXPORT


def test_only_those_who_put_it_away_are_shown_a_preview(people: People) -> None:
    case = whole(people)
    for who in (people.inspector, people.auditor, people.director):
        client = signed_in(who)
        assert client.get(f"/admin/cases/case/{case.pk}/volume/").status_code == 403
        assert client.post(f"/admin/cases/case/{case.pk}/volume/").status_code == 403
    assert signed_in(people.stranger).post(f"/admin/cases/case/{case.pk}/volume/").status_code == 404
    for who in (people.auditor, people.director, people.stranger):
        with pytest.raises(NotYours):
            case.archive(by=who, reason=UNPUBLISHED)


def test_whoever_is_on_the_case_takes_the_file_and_leaves_a_line(people: People) -> None:
    case = whole(people)
    path = f"/admin/cases/case/{case.pk}"
    assert signed_in(people.officer).get(f"{path}/volume.pdf").status_code == 404
    case.archive(by=people.officer, reason=UNPUBLISHED)
    case = Case.objects.get(pk=case.pk)
    assert "只有本案的经办人能看" in signed_in(people.inspector).get(f"{path}/volume.pdf", follow=True).content.decode()
    answer = signed_in(people.director).get(f"{path}/volume.pdf")
    assert answer.content == case.volume.pdf()
    assert answer["X-Content-Type-Options"] == "nosniff"
    latest = case.readings.first()
    assert (latest.by_name, latest.what) == ("周正", Reading.What.EXPORT)
    assert signed_in(people.stranger).get(f"{path}/volume.pdf").status_code == 404
    page = signed_in(people.inspector).get(f"{path}/change/").content.decode()
    assert case.volume.digest in page
    assert "卷内目录" in page
    assert "立案审批表" in signed_in(people.inspector).get(f"{path}/volume/").content.decode()


def test_a_file_that_is_gone_is_said_to_be(people: People) -> None:
    case = put_away(people)
    (folder.place() / case.volume.digest).unlink()
    before = case.readings.count()
    answer = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/volume.pdf", follow=True)
    assert "这个文件不在了" in answer.content.decode()
    assert case.readings.count() == before


# Sealed


def test_what_is_sealed_is_not_changed_by_the_portal(people: People) -> None:
    put_away(people)
    for attempt in (
        lambda: Archive.objects.update(pages=1),
        lambda: Archive.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            attempt()
    assert list(faults()) == []


def test_amendments_and_readings_stand_outside_of_the_seal(people: People) -> None:
    case = put_away(people)
    case.amend(models.Amendment(where="笔录", right="十时"), by=people.auditor, reason="笔误")
    case.hand_out_volume(people.officer)
    assert list(faults()) == []


def test_each_table_of_a_case_is_under_the_seal(people: People) -> None:
    sealed = {model._meta.model_name for model, _ in sealed_models()}
    every = {model._meta.model_name for model in apps.get_app_config("cases").get_models()}
    standards = {"standard", "violation", "provision", "provisionkind", "factor", "band"}
    assert every - sealed == {
        *standards,
        "publishedstandards",
        *(f"historical{each}" for each in standards),
        *("amendment", "archive", "reading"),
        *("publicaddress", "publicitydraft", "publicityrelease", "publicityreturn"),
        *("publicitypush", "publicitypushvoid", "publicityend"),
        *("assessment", "assessmentdraw", "drawnfile", "scoresheet", "score"),
        *("member", "officer", "series", "subscription", "historicalmember", "historicalofficer"),
        *("memberendorsement", "officerendorsement"),
    }


def test_names_that_all_pages_share_are_bound_once() -> None:
    """A file of a few hundred KB, each of whose 500 pages points at the same 15,000 names."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b" ".join(b"%d 0 R" % (number + 4) for number in range(500)) + b"]/Count 500>>",
        b"<</Font<<" + b"".join(b"/F%d 1 0 R" % number for number in range(15_000)) + b">>>>",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 3 0 R>>"] * 500,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    plain = pages_of_file(content, "application/pdf")
    assert page_count(plain) == 500
    assert len(bound([Leaf("附件", plain)], title="")) < 3 * len(content)


def test_verify_names_the_row_that_was_changed(own_database: Any) -> None:
    own_database()
    people = make_people()
    case, other = put_away(people), put_away(people)
    assert list(faults()) == []
    meeting, payment, receipt = case.meetings.get(), case.payments.get(), other.receipts.get()
    behind_the_triggers(f"UPDATE cases_meeting SET record = '别的' WHERE id = {meeting.pk}")
    behind_the_triggers(f"DELETE FROM cases_payment WHERE id = {payment.pk}")
    behind_the_triggers(
        "INSERT INTO cases_receipt (case_id, by_id, by_name, at, paper, mode, served_on, recipient, witness,"
        " has_consent, first_officer_id, second_officer_id) SELECT case_id, by_id, by_name, at, paper, mode,"
        f" served_on, recipient, witness, has_consent, first_officer_id, second_officer_id FROM cases_receipt"
        f" WHERE id = {receipt.pk}"
    )
    added = other.receipts.last()
    assert sorted(faults()) == sorted(
        [
            f"{case.named}归档以后，案审会议 {meeting.pk} 被改过。",
            f"{case.named}归档以后，缴款 {payment.pk} 不在了。",
            f"{other.named}归档以后，送达回证 {added.pk} 是归档以后加的。",
        ]
    )
    assert f"案审会议 {meeting.pk} 被改过" in "".join(verifying.faults())
    connections["owner"].close()


def test_verify_finds_another_file_and_another_seal(own_database: Any) -> None:
    own_database()
    people = make_people()
    first, second, third = (put_away(people) for _ in range(3))
    path = folder.place() / first.volume.digest
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b" ")
    behind_the_triggers(f"UPDATE cases_archive SET seal = seal || ' ' WHERE id = {second.volume.pk}")
    behind_the_triggers(
        f"UPDATE cases_archive SET contents = replace(contents, '备考表', '别的') WHERE id = {third.volume.pk}"
    )
    assert list(faults()) == [
        f"{first.named}的案卷 PDF 不在了，或者和归档时的摘要 {first.volume.digest[:12]} 不符。",
        f"{second.named}的封存文本和摘要 {second.volume.seal_digest[:12]} 不符。",
        f"{third.named}的卷内目录或者案卷 PDF 的摘要和封存时不同。",
    ]
    connections["owner"].close()


def test_the_row_of_a_case_that_was_put_away_does_not_change_either(people: People) -> None:
    case = whole(people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    with pytest.raises(DatabaseError, match="不能从“archived”到“archived”"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(clue="别的")
    case = Case.objects.get(pk=case.pk)
    case.amend(models.Amendment(where="笔录", right="十时"), by=people.auditor, reason="笔误")


def test_nobody_changes_a_row_while_its_case_is_being_sealed(
    own_database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_database()
    people = make_people()
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    is_sealed, said = threading.Event(), list[str]()

    def sealed_and_waited_for(sealing: Case) -> Any:
        tables = tables_of(sealing)
        is_sealed.set()
        change.join(2)  # whoever changes something waits for the end of this
        return tables

    def changes() -> None:
        is_sealed.wait(60)
        try:
            Case.objects.get(pk=case.pk).party.put(reason="核对", phone="0316-5255905")
        except DatabaseError as error:
            said.append(str(error))
        finally:
            connection.close()

    monkeypatch.setattr(closing, "tables_of", sealed_and_waited_for)
    change = threading.Thread(target=changes)
    change.start()
    Case.objects.get(pk=case.pk).archive(by=people.officer, reason=UNPUBLISHED)
    change.join()
    assert "已经归档" in said[0]
    assert list(faults()) == []
