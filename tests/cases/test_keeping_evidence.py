"""高远 puts what shows what happened into the file, with photographs and papers: nothing but what it says it is goes
in, and nothing of it comes out changed, unseen or to strangers."""

import datetime
import io
import os
import stat
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused, WrongState
from cases import models
from cases.attaching import folder, kinds
from cases.attaching.incoming import IncomingFile
from cases.attaching.names import neutral
from cases.models import Attachment, Case, Evidence, Officer, Reading
from cases.rule import Refusal
from paper import files
from tests.acting import PDF, on
from tests.cases.people import CONCLUSION, People, certify, file, make_case, make_evidence, make_file, make_people
from tests.conftest import BASE, signed_in

DAY = datetime.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    """Where the files of this test lie, seen as at noon of that day."""
    settings.ATTACHMENTS = tmp_path / "attachments"
    return tmp_path / "attachments"


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    return file(make_case(people), people)


# What a file is made of


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def riff(form: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    inner = form + b"".join(name + struct.pack("<I", len(content)) + content for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def packed(*more: tuple[str, str], main: str = "word/document.xml", kind: str = kinds.DOCX, **options: Any) -> bytes:
    parts = [("[Content_Types].xml", f'<Types><Override ContentType="{kind}.main+xml"/></Types>'), (main, "<w/>")]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **options) as file:
        for name, content in [*parts, *more]:
            file.writestr(name, content)
    return held.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PNG += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\x00\x0b\x08\0\1\0\1\1\1\x11\0"
JPEG += b"\xff\xda\x00\x08\1\1\0\0\x3f\0\x55\xff\xd9"
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 4
MP4 = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov", b"x") + box(b"mdat", b"film")
WAV = riff(b"WAVE", (b"fmt ", bytes(16)), (b"data", bytes(100)))
DOCX = packed()
XLSX = packed(main="xl/workbook.xml", kind=kinds.XLSX)
TAKEN = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": JPEG,
    "image/webp": riff(b"WEBP", (b"VP8 ", bytes(10))),
    "audio/mpeg": MP3,
    "audio/wav": WAV,
    "video/mp4": MP4,
    kinds.DOCX: DOCX,
    kinds.XLSX: XLSX,
    "text/plain": "证人说：\n看见了。\n".encode("utf-8-sig"),
}


@pytest.mark.parametrize("media_type", TAKEN)
def test_a_file_is_what_its_content_says_whatever_it_is_called(people: People, case: Case, media_type: str) -> None:
    case.attach(IncomingFile("照片.exe", TAKEN[media_type]), by=people.officer)
    kept = case.attachments.get()
    assert (kept.media_type, kept.size) == (media_type, len(TAKEN[media_type]))
    assert kept.name == f"照片.exe.{kinds.EXTENSIONS[media_type]}"
    assert kept.content() == TAKEN[media_type]


@pytest.mark.parametrize("who", ["auditor", "director", "head"])
def test_nobody_takes_a_case_out_of_the_hands_of_those_who_judge_it(people: People, case: Case, who: str) -> None:
    """By writing them down as an officer who was there."""
    judge = getattr(people, who)
    officer = Officer.objects.filter(account=judge).first() or certify(judge, f"冀R2{judge.pk}")
    with pytest.raises(Refused, match="是审核、批准案件的人，不能由别人写成执法人员"):
        case.keep_evidence(make_evidence(people, second_officer=officer), by=people.officer)
    assert not case.sides.filter(account=judge).exists()


def test_every_kind_that_is_taken_is_tried_here() -> None:
    assert set(TAKEN) == set(kinds.KINDS) == set(kinds.EXTENSIONS)


def test_what_a_telephone_adds_behind_its_photograph_stays_with_it(people: People, case: Case) -> None:
    case.attach(IncomingFile("现场.jpg", JPEG + b"MotionPhoto_Data" + MP4), by=people.officer)
    assert case.attachments.get().media_type == "image/jpeg"


def test_a_recording_with_a_title_is_a_recording() -> None:
    assert kinds.media_type_of(b"ID3\x04\0\0\0\0\x01\x0a" + bytes(138) + MP3) == "audio/mpeg"


WRONG: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "a program of Windows": b"MZ\x90\0" + bytes(200),
    "a program of Linux": b"\x7fELF\x02\x01\x01" + bytes(200),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "an archive": packed(main="anything.txt"),
    "a document of old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "text of another encoding": "现场笔录".encode("gb18030"),
    "text with what nobody types": b"abc\x00def",
    "half a paper": PDF[:40],
    "a paper behind a program": b"MZ\x90\0" + PDF,
    "a paper behind words": b"MZ" + PDF,
    "half a picture": PNG[:-5],
    "a spoiled picture": PNG.replace(b"IHDR\0\0\0\1", b"IHDR\0\0\0\2"),
    "a picture with something behind": PNG + b"<script>",
    "half a photograph": JPEG[:-2],
    "a photograph of nothing": b"\xff\xd8\xff\xd9",
    "a photograph in name alone": b"\xff\xd8\xff\xe0 <?php system($_GET['c']); ?>",
    "half a film": MP4[:-2],
    "a film without film": box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov"),
    "a picture of telephones": box(b"ftyp", b"heic\0\0\0\0heicmif1") + box(b"moov") + box(b"mdat"),
    "half a recording": WAV[:-20],
    "two frames of sound": MP3[:834],
    "a document in a document's clothes": packed(kind="text/plain"),
    "a document with something before": b"MZ" + DOCX,
    "a document with something behind": DOCX + b"MZ",
    "a document that leads out of its folder": packed(("../../etc/passwd", "x")),
    "a document with one part twice": packed(("Word/Document.xml", "x")),
    "a document packed in an odd way": packed(("word/a.xml", "x" * 100), compression=zipfile.ZIP_LZMA),
    "half a document": DOCX[:-30],
    "a document with a spoiled part": DOCX.replace(b"<w/>", b"<v/>"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(people: People, case: Case, place: Path, what: str) -> None:
    with pytest.raises(Incomplete, match="不是能存入的种类，或者不完整。能存入的是 PDF、JPEG"):
        case.attach(IncomingFile("笔录.pdf", WRONG[what]), by=people.officer)
    assert not place.exists()
    assert (case.attachments.count(), case.timeline.last().verb) == (0, "filed")


HIDING: dict[str, bytes] = {
    "in a paper": PDF + DOCX,
    "in a photograph": JPEG + DOCX,
    "in a recording": MP3 + DOCX,
    "in a film": MP4 + box(b"free", DOCX),
}


@pytest.mark.parametrize("where", HIDING)
def test_what_is_two_kinds_at_once_is_refused(people: People, case: Case, place: Path, where: str) -> None:
    with pytest.raises(Incomplete, match="还藏着一个压缩包"):
        case.attach(IncomingFile("文件.pdf", HIDING[where]), by=people.officer)
    assert not place.exists()


MACROS = {
    "a project": packed(("word/vbaProject.bin", "x")),
    "a sheet of commands": packed(("xl/macrosheets/sheet1.xml", "x"), main="xl/workbook.xml", kind=kinds.XLSX),
    "a control": packed(("word/activeX/activeX1.xml", "x")),
    "what it says of itself": packed(
        kind=f'{kinds.DOCX}.main+xml"/><a b="application/vnd.ms-word.document.macroEnabled'
    ),
}


@pytest.mark.parametrize("what", MACROS)
def test_what_runs_by_itself_when_it_is_opened_is_refused(people: People, case: Case, what: str) -> None:
    with pytest.raises(Incomplete, match="带有宏或者控件，没有存入。请另存为不带宏的"):
        case.attach(IncomingFile("说明.docx", MACROS[what]), by=people.officer)


def test_a_few_bytes_that_unpack_to_hundreds_of_megabytes_are_not_unpacked() -> None:
    bomb = packed(("word/a.xml", "0" * (kinds.LARGEST_UNPACKED + 1)), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1024**2
    began = time.process_time()
    with pytest.raises(Incomplete, match="这个文件解开后有 200 MB、3 个部分"):
        kinds.media_type_of(bomb)
    with pytest.raises(Incomplete, match="5003 个部分"):
        kinds.media_type_of(packed(*[(f"word/{number}.xml", "") for number in range(kinds.MOST_ENTRIES + 1)]))
    assert time.process_time() - began < 1


def test_a_part_that_is_longer_than_it_says_is_not_read_further() -> None:
    """It says four bytes, in both places, and unpacks to fifty million."""
    honest = packed(("word/a.xml", "0" * 50_000_000), compression=zipfile.ZIP_DEFLATED)
    lying = honest.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 4))
    assert lying != honest
    with pytest.raises(Incomplete, match="不是能存入的种类"):
        kinds.media_type_of(lying)


def test_a_file_that_is_too_large_is_refused_with_its_size(people: People, case: Case, settings: Any) -> None:
    settings.ATTACHMENT_MB = 1
    with pytest.raises(Incomplete, match=r"文件有 1\.5 MB，最大 1 MB，没有存入"):
        case.attach(IncomingFile("长.txt", b"a" * (3 * 512 * 1024)), by=people.officer)
    sent = SimpleUploadedFile("长.txt", b"a" * (3 * 512 * 1024))
    page = signed_in(people.officer).post(f"/admin/cases/case/{case.pk}/do/attached/", {"file": sent, "reason": ""})
    assert "文件有 1.5 MB，最大 1 MB，没有存入。请压缩或者分成几个再传。" in page.content.decode()
    case.attach(IncomingFile("长.txt", b"a" * 1024**2), by=people.officer)


# What it is called

NAMES = {
    "照片.jpg": "照片.jpg",
    "照片.JPEG": "照片.jpg",
    "../../../etc/passwd": "passwd.jpg",
    r"C:\Users\gao\现场.jpg": "现场.jpg",
    "..": "附件.jpg",
    "": "附件.jpg",
    "a\u202egpj.exe": "agpj.exe.jpg",
    "现\u200b场\ufeff.jpg": "现场.jpg",
    "a\x00b\r\nX-Header: 1.jpg": "ab_X-Header_ 1.jpg",
    'x"; filename="y.exe': "x_; filename=_y.exe.jpg",
    "con": "_con.jpg",
    "LPT1.2026.jpg": "_LPT1.2026.jpg",
    "2026.11.26 现场": "2026.11.26 现场.jpg",
    "长" * 300 + ".jpg": "长" * 100 + ".jpg",
    " . .jpg": "附件.jpg",
}


@pytest.mark.parametrize("given", NAMES)
def test_a_name_leads_nowhere_and_shows_what_it_is(people: People, case: Case, given: str) -> None:
    case.attach(IncomingFile(given, JPEG), by=people.officer)
    assert case.attachments.get().name == NAMES[given]


def test_no_name_is_a_path_whoever_writes(people: People, case: Case) -> None:
    row = {"case": case, "media_type": "text/plain", "size": 1, "digest": "a" * 64, "by": people.officer}
    for name in ("../a.txt", r"a\b.txt", ""):
        with pytest.raises(IntegrityError, match="attachment_name_no_path"), transaction.atomic():
            Attachment.objects.create(name=name, by_name="高远", **row)
    with pytest.raises(IntegrityError, match="attachment_digest_whole"), transaction.atomic():
        Attachment.objects.create(name="a.txt", by_name="高远", **row | {"digest": "../" + "a" * 61})


def test_the_name_of_a_neutral_file_stays_as_it_is() -> None:
    for name in NAMES.values():
        assert neutral(name, "image/jpeg") == name


# The scanner


def scanner(tmp_path: Path, body: str) -> list[str]:
    program = tmp_path / "scanner.py"
    program.write_text(body)
    return [sys.executable, str(program), "--quiet"]


def test_the_scanner_is_shown_the_file_and_nothing_else(
    people: People, case: Case, place: Path, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://secret")
    settings.SCAN_COMMAND = scanner(
        tmp_path,
        "import json, os, sys\n"
        "seen = [sys.argv[1:], open(sys.argv[-1], 'rb').read().decode(), sorted(os.environ), os.listdir(os.path.join(\n"
        "    os.path.dirname(sys.argv[-1]), '..', '..'))]\n"
        f"open({str(tmp_path / 'seen')!r}, 'w').write(repr(seen))\n",
    )
    case.attach(IncomingFile("$(touch x); rm -rf.txt", "证言".encode()), by=people.officer)
    arguments, content, environment, lying = eval((tmp_path / "seen").read_text())  # noqa: S307 (written just now)
    assert arguments[0] == "--quiet"
    assert Path(arguments[1]).is_relative_to(place / folder.SCANNING)
    assert (len(arguments), content) == (2, "证言")
    assert set(environment) <= {"PATH", "HOME", "LANG", "LC_CTYPE"}
    assert lying == [folder.SCANNING]  # nothing is kept before it has passed
    assert folder.lying() == [case.attachments.get().digest]
    assert list((place / folder.SCANNING).iterdir()) == []


SCANNERS = {
    "import sys; sys.exit(1)": "查毒程序没有放行这个文件，没有存入。请在本机查毒",
    "import os; os.kill(os.getpid(), 9)": "查毒程序没有放行这个文件",
    "import time; time.sleep(60)": "查毒程序 1 秒内没有查完，文件没有存入。请过一会儿再传",
}


@pytest.mark.parametrize("body", SCANNERS)
def test_what_the_scanner_does_not_pass_is_not_stored(
    people: People, case: Case, place: Path, tmp_path: Path, settings: Any, body: str
) -> None:
    settings.SCAN_COMMAND, settings.SCAN_SECONDS = scanner(tmp_path, body), 1
    with pytest.raises(Incomplete, match=SCANNERS[body]):
        case.attach(make_file(), by=people.officer)
    with pytest.raises(Incomplete, match=SCANNERS[body]):
        case.keep_evidence(make_evidence(people), by=people.officer, file=make_file())
    assert (case.attachments.count(), case.evidence.count(), case.timeline.last().verb) == (0, 0, "filed")
    assert [each for each in place.rglob("*") if each.is_file()] == []


def test_a_scanner_that_takes_too_long_is_stopped_with_all_that_it_started(
    people: People, case: Case, tmp_path: Path, settings: Any
) -> None:
    started = tmp_path / "started"
    body = f"import os, subprocess; child = subprocess.Popen(['sleep', '60']); open({str(started)!r}, 'w').write("
    settings.SCAN_COMMAND, settings.SCAN_SECONDS = scanner(tmp_path, f"{body}str(child.pid)); child.wait()"), 2
    with pytest.raises(Incomplete, match="没有查完"):
        case.attach(make_file(), by=people.officer)
    child = Path(f"/proc/{started.read_text()}/stat")
    for _ in range(50):
        if not child.exists() or ") Z " in child.read_text():
            return
        time.sleep(0.1)
    raise AssertionError("what the scanner had started still runs")


def test_a_scanner_that_is_not_there_lets_nothing_pass(people: People, case: Case, settings: Any) -> None:
    settings.SCAN_COMMAND = ["/nowhere/clamdscan"]
    with pytest.raises(Incomplete, match="查毒程序没有运行起来，文件没有存入。请系统管理员检查 SCAN_COMMAND"):
        case.attach(make_file(), by=people.officer)
    assert case.attachments.count() == 0


def test_without_a_scanner_none_is_run(people: People, case: Case, settings: Any, monkeypatch: Any) -> None:
    def never(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr(subprocess, "Popen", never)
    assert settings.SCAN_COMMAND == []
    case.attach(make_file(), by=people.officer)
    assert case.attachments.count() == 1


# On the page and back out


def url(case: Case, number: int) -> str:
    return f"/admin/cases/case/{case.pk}/file/{number}/"


def test_the_way_through_the_pages(people: People, case: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    officers = models.Officer.objects.filter(account__in=[people.officer, people.second])
    first, second = officers.values_list("pk", flat=True)
    asked = client.get(f"{path}/do/evidence_kept/").content.decode()
    assert "案件承办人员完成相关证据的收集" in asked
    assert "PDF、JPEG、PNG、WebP、MP4、MP3、WAV、DOCX、XLSX 和 UTF-8 的纯文本；最大 20 MB。" in asked
    data = {
        "kind": "document",
        "name": "检定证书复印件",
        "proves": "台秤的检定已经过期。",
        "obtained_at": "2026-11-24T09:30",
        "place": "县城集贸市场",
        "origin": "collected",
        "first_officer": first,
        "second_officer": first,
        "reason": "",
    }
    alone = client.post(f"{path}/do/evidence_kept/", data).content.decode()
    assert "收集证据要有两名以上执法人员，现在是 1 名" in alone
    assert "台秤的检定已经过期。" in alone  # what was typed is still there
    sent = {"second_officer": second, "file": SimpleUploadedFile("证书.pdf", PDF)}
    page = client.post(f"{path}/do/evidence_kept/", data | sent, follow=True).content.decode()
    assert "存入证据已办" in page
    assert "书证：检定证书复印件" in page
    assert "2026-11-24 09:30，县城集贸市场，高远（冀R1001）、田野（冀R1002）收集" in page
    assert "证书.pdf</a>" in page
    digest = folder.digest_of(PDF)
    assert f'存入，摘要 <span class="digest" title="{digest}">{digest[:12]}</span>' in page
    assert f"{len(PDF)}\xa0字节，高远 20" in page
    wrong = {"file": SimpleUploadedFile("a.pdf", b"MZ\0\0"), "reason": ""}
    assert "没有办成：这个文件不是能存入的种类" in client.post(f"{path}/do/attached/", wrong).content.decode()
    sent = {"file": SimpleUploadedFile("现场.png", PNG), "reason": "现场的照片"}
    page = client.post(f"{path}/do/attached/", sent, follow=True).content.decode()
    assert "其他附件" in page
    assert "现场.png</a>" in page
    voided = case.attachments.get(name="现场.png")
    client.post(f"{path}/do/attachment_voided/", {"attachment": voided.pk, "reason": ""})
    assert not Attachment.objects.get(pk=voided.pk).is_void
    data = {"attachment": voided.pk, "reason": "传错了案"}
    page = client.post(f"{path}/do/attachment_voided/", data, follow=True).content.decode()
    assert "<s>现场.png</s>" in page
    assert "：传错了案</span>" in page
    assert [each.reason for each in case.timeline.all()][-2:] == ["现场的照片", "传错了案"]


def test_what_a_party_gives_stands_in_no_officers_name(people: People, case: Case) -> None:
    given = {"origin": "party", "first_officer": None, "second_officer": None}
    case.keep_evidence(make_evidence(people, **given), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "县城集贸市场，当事人提供</p>" in page
    with pytest.raises(Incomplete, match="当事人或者其他人提供的不填执法人员"):
        case.keep_evidence(make_evidence(people, origin="party"), by=people.officer)


def test_no_evidence_is_collected_by_one_whoever_writes(people: People, case: Case) -> None:
    alone = make_evidence(people).first_officer
    row = make_evidence(people, second_officer=alone, case=case, by=people.officer, by_name="高远")
    with pytest.raises(IntegrityError, match="evidence_by_two_or_given"), transaction.atomic():
        row.save()


def test_evidence_of_tomorrow_is_refused(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="取得证据的时间还没有到"):
        case.keep_evidence(
            make_evidence(people, obtained_at=timezone.now() + datetime.timedelta(hours=1)), by=people.officer
        )


def test_evidence_is_enough_to_conclude(people: People, case: Case) -> None:
    report = CONCLUSION | {"act_ended_on": DAY - datetime.timedelta(days=6)}
    case.attach(make_file(), by=people.officer)
    with pytest.raises(Refusal, match="也没有别的证据"):
        case.conclude(models.Conclusion(**report), by=people.officer, reason="没有裁量基准")
    case.keep_evidence(make_evidence(people), by=people.officer)
    case.conclude(models.Conclusion(**report), by=people.officer, reason="没有裁量基准")
    assert case.get_state_display() == "待审核"


def test_whatever_state_a_case_is_in_its_handlers_add_to_it(people: People) -> None:
    case = make_case(people)
    case.attach(make_file("一"), by=people.officer)
    case.propose_filing(by=people.officer)
    case.attach(make_file("二"), by=people.officer)
    case.review_filing(by=people.chief)
    case.refuse_filing(by=people.director, reason="没有违法")
    with pytest.raises(WrongState):
        case.attach(make_file("三"), by=people.officer)
    assert case.attachments.count() == 2


@pytest.mark.parametrize("who", ["stranger", "chief", "auditor", "director", "inspector"])
def test_only_those_who_handle_it_put_files_in_or_say_that_they_do_not_count(
    people: People, case: Case, who: str
) -> None:
    case.attach(make_file(), by=people.second)
    by = getattr(people, who)
    with pytest.raises(NotYours):
        case.attach(make_file("别的"), by=by)
    with pytest.raises(NotYours):
        case.keep_evidence(make_evidence(people), by=by)
    with pytest.raises(NotYours):
        case.void_attachment(case.attachments.get(), by=by, reason="不要")


def test_a_file_comes_out_as_it_went_in_and_is_never_shown_by_the_browser(people: People, case: Case) -> None:
    case.attach(IncomingFile("现场 笔录.pdf", PDF), by=people.officer)
    case.attach(IncomingFile("证言.html", b"<script>alert(1)</script>"), by=people.officer)
    paper, words = case.attachments.all()
    client = signed_in(people.officer)
    answer = client.get(url(case, paper.pk))
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    said = "attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA%20%E7%AC%94%E5%BD%95.pdf"
    assert answer["Content-Disposition"] == said
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    answer = client.get(url(case, words.pk))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].endswith(".html.txt")


def test_who_takes_a_file_out_leaves_a_line_that_says_which(people: People, case: Case) -> None:
    case.attach(make_file(), by=people.officer)
    kept, client = case.attachments.get(), signed_in(people.director)
    head = client.head(url(case, kept.pk))
    assert (head.status_code, head["Content-Length"]) == (200, str(kept.size))
    assert client.post(url(case, kept.pk)).status_code == 405
    assert Reading.objects.count() == 0
    assert client.get(url(case, kept.pk)).content.decode() == "检定证书"
    line = Reading.objects.get()
    assert (line.get_what_display(), line.attachment, line.by_name) == ("取出附件", kept, "周正")
    with pytest.raises(IntegrityError, match="reading_says_which_file"), transaction.atomic():
        Reading.objects.create(case=case, what="attachment", by=people.officer, by_name="高远")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("officer", 200), ("second", 200), ("chief", 200), ("auditor", 200), ("director", 200), ("head", 200)),
        *(("inspector", 302), ("stranger", 404), ("other_chief", 404)),
    ],
)
def test_who_is_on_the_case_takes_its_files_and_nobody_else(people: People, case: Case, who: str, status: int) -> None:
    case.attach(make_file(), by=people.officer)
    number = case.attachments.get().pk
    assert signed_in(getattr(people, who)).get(url(case, number)).status_code == status
    assert Reading.objects.count() == (status == 200)


def test_a_file_is_found_under_its_own_case_alone(people: People, case: Case) -> None:
    case.attach(make_file(), by=people.officer)
    other = make_case(people)
    client = signed_in(people.officer)
    assert client.get(url(other, case.attachments.get().pk)).status_code == 404
    client.logout()
    answer = client.get(url(case, case.attachments.get().pk))
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_who_has_nothing_to_do_with_cases_gets_no_file(people: People, case: Case, wang: Any) -> None:
    case.attach(make_file(), by=people.officer)
    assert signed_in(wang).get(url(case, case.attachments.get().pk)).status_code == 403


# Where it lies


def test_a_file_lies_under_its_digest_for_its_owner_and_the_one_who_backs_up(
    people: People, case: Case, place: Path
) -> None:
    case.attach(make_file(), by=people.officer)
    kept = place / case.attachments.get().digest
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert stat.S_IMODE(place.stat().st_mode) & 0o007 == 0


def change(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def exchange(path: Path) -> None:
    (path.parent.parent / "other").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(path.parent.parent / "other")


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DEEDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "changed": (change, "这个文件和存入时的摘要不符，被人改过，没有交出"),
    "removed": (Path.unlink, "这个文件不在了，没有交出"),
    "a link": (exchange, "这个文件读不出来，没有交出"),
    "a pipe": (put_pipe, "这个文件读不出来，没有交出"),
    "twenty gigabytes": (lambda kept: os.truncate(kept, 20 << 30), "这个文件读不出来，没有交出"),
}


@pytest.mark.parametrize("what", DEEDS)
def test_what_was_tampered_with_is_not_handed_out_and_verify_says_so(
    people: People, case: Case, place: Path, what: str
) -> None:
    case.attach(make_file(), by=people.officer)
    kept = case.attachments.get()
    assert list(folder.faults({kept.digest})) == []
    deed, said = DEEDS[what]
    deed(place / kept.digest)
    page = signed_in(people.officer).get(url(case, kept.pk), follow=True).content.decode()
    assert f"证书.txt：{said}" in page
    assert "请告诉系统管理员，运行核验，再从备份里恢复。" in page
    assert Reading.objects.count() == 0
    assert list(folder.faults({kept.digest})) == [f"附件 {kept.digest[:12]} 不在 {place} 里，或者和登记的摘要不符。"]


def test_who_puts_the_same_file_in_again_mends_what_was_tampered_with(people: People, case: Case, place: Path) -> None:
    case.attach(make_file(), by=people.officer)
    change(place / case.attachments.get().digest)
    make_case(people).attach(make_file(), by=people.officer)
    assert case.attachments.get().content().decode() == "检定证书"


@pytest.mark.parametrize("name", ["别人放的", ".half-0123456789abcdef", "scanning/别人放的", "scanning/.half-01"])
def test_verify_says_what_lies_beside_the_files_of_cases(people: People, case: Case, place: Path, name: str) -> None:
    case.attach(make_file(), by=people.officer)
    known = {case.attachments.get().digest}
    stray = place / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("x")
    assert list(folder.faults(known)) == []  # it may belong to an act that is just being done
    long_ago = time.time() - 2 * folder.UNDER_WAY
    os.utime(stray, (long_ago, long_ago))
    (fault,) = folder.faults(known)
    assert f"{name[:20]} 没有登记" in fault
    assert "请看看，没有用的可以删去" in fault


def test_verify_says_that_files_wait_for_the_scanner_somewhere_else(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place.mkdir()
    (place / folder.SCANNING).symlink_to(elsewhere)
    os.utime(place / folder.SCANNING, (0, 0), follow_symlinks=False)
    (fault,) = folder.faults(set())
    assert "scanning 没有登记" in fault


def test_verify_says_so_where_the_folder_cannot_be_read(place: Path, monkeypatch: Any) -> None:
    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    place.mkdir()
    monkeypatch.setattr(Path, "iterdir", denied)
    assert list(folder.faults(set())) == [f"{place} 读不出来（Permission denied），请改正权限。"]


def test_the_same_file_is_put_into_a_case_once(people: People, case: Case) -> None:
    case.attach(make_file(name="甲.txt"), by=people.officer)
    with pytest.raises(Incomplete, match=r"这个文件已经在案卷里：甲\.txt，高远存入。"):
        case.attach(make_file(name="乙.txt"), by=people.second)
    case.void_attachment(case.attachments.get(), by=people.officer, reason="名称不对")
    case.attach(make_file(name="乙.txt"), by=people.second)
    assert [(each.name, each.is_void) for each in case.attachments.all()] == [("甲.txt", True), ("乙.txt", False)]


def test_a_file_is_said_not_to_count_once_and_stays(people: People, case: Case) -> None:
    case.keep_evidence(make_evidence(people), by=people.officer, file=make_file())
    kept = case.attachments.get()
    case.void_attachment(kept, by=people.officer, reason="传错了")
    with pytest.raises(Incomplete, match="已经作废"):
        case.void_attachment(kept, by=people.officer, reason="再一次")
    assert signed_in(people.officer).get(url(case, kept.pk)).status_code == 200
    for rows in (case.attachments, case.evidence, models.AttachmentVoid.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        case.attachments.update(name="另一个.txt")


def test_evidence_of_another_case_gets_no_file_of_this_one(people: People, case: Case) -> None:
    other = file(make_case(people), people)
    other.keep_evidence(make_evidence(people), by=people.officer)
    with pytest.raises(Incomplete, match="这一项证据不是本案的"):
        case.attach(make_file(), by=people.officer, evidence=other.evidence.get())
    assert case.attachments.count() == 0


def test_a_disk_that_is_full_leaves_no_row_and_no_half_file(
    people: People, case: Case, place: Path, monkeypatch: Any
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Incomplete, match="文件存不进去（磁盘满了），没有存入。请系统管理员腾出空间或者改正权限"):
        case.keep_evidence(make_evidence(people), by=people.officer, file=make_file())
    assert list(place.iterdir()) == []
    assert (case.attachments.count(), case.evidence.count(), case.timeline.last().verb) == (0, 0, "filed")


def test_a_folder_that_is_none_leaves_no_row_and_says_what_to_do(people: People, case: Case, place: Path) -> None:
    place.write_text("a file in the place of the folder")
    page = signed_in(people.officer).post(
        f"/admin/cases/case/{case.pk}/do/attached/", {"file": SimpleUploadedFile("a.txt", b"a"), "reason": ""}
    )
    assert "没有办成：文件存不进去（" in page.content.decode()
    assert case.attachments.count() == 0


def test_the_file_is_on_the_disk_before_the_act_is_written(
    people: People, case: Case, place: Path, monkeypatch: Any
) -> None:
    """A row without its file would be an act that was acknowledged and lost."""
    written: list[int] = []
    whole = files.write_whole

    def watched(path: Path, content: bytes, **how: Any) -> None:
        whole(path, content, **how)
        written.append(case.attachments.count())

    monkeypatch.setattr(files, "write_whole", watched)
    case.attach(make_file(), by=people.officer)
    assert (written, case.attachments.count()) == ([0], 1)


def test_two_who_put_the_same_file_in_at_once_leave_one_file(own_database: Any, place: Path) -> None:
    own_database()
    people = make_people()
    ours, theirs = file(make_case(people), people), file(make_case(people), people)
    content, said = os.urandom(100_000).hex(), list[str]()

    def put(case: Case, by: Any) -> None:
        try:
            Case.objects.get(pk=case.pk).attach(make_file(content), by=by)
        except Incomplete as error:
            said.append(str(error))
        finally:
            connections.close_all()

    both = [(ours, people.officer), (ours, people.second), (theirs, people.officer), (theirs, people.second)]
    threads = [threading.Thread(target=put, args=args) for args in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 2
    assert all("这个文件已经在案卷里" in each for each in said)
    assert folder.lying() == [folder.digest_of(content.encode())]
    assert [case.attachments.get().content().decode() for case in (ours, theirs)] == [content, content]


# The settings

SETTINGS = {
    "ATTACHMENT_MB=200": "ATTACHMENT_MB 应当在 1 和 60 之间",
    "ATTACHMENT_MB=0": "ATTACHMENT_MB 应当在 1 和 60 之间",
    "SCAN_COMMAND=clamdscan 'x": "SCAN_COMMAND 的引号不成对",
    "ATTACHMENTS=files": "ATTACHMENTS 是完整路径，不能在对外的文件夹里",
    f"ATTACHMENTS={BASE / 'static' / 'files'}": "ATTACHMENTS 是完整路径，不能在对外的文件夹里",
}


@pytest.mark.parametrize("given", SETTINGS)
def test_a_wrong_setting_stops_the_start_in_a_sentence(given: str) -> None:
    name, _, value = given.partition("=")
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=BASE, env=os.environ | {name: value}, capture_output=True, text=True
    )
    assert ran.returncode
    assert SETTINGS[given] in ran.stderr
    assert "Traceback" not in ran.stderr


def test_evidence_is_called_by_its_kind() -> None:
    assert str(Evidence(kind="recording", name="执法记录仪录像")) == "视听资料 执法记录仪录像"
