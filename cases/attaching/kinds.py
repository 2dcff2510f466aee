"""What a file is, told from its content alone: nothing is believed of its name or of what the browser says.

Each kind is followed through its own structure, as far as where it ends or what it cannot do without. A file that is
of two kinds at once is refused: whoever opens it by another program would see something else than the officer saw.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

from acts.errors import Incomplete

TAKEN = "PDF、JPEG、PNG、WebP、MP4、MP3、WAV、DOCX、XLSX 和 UTF-8 的纯文本"
HEAD_OF_PDF = 1024
"""Bytes at the beginning among which readers look for a PDF; only one that begins with the first is taken."""
END_OF_PDF = 2048
"""Bytes at the end among which a whole PDF says that it ends."""
MOST_ENTRIES = 5000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_LIST = LARGEST_TYPES = 1024 * 1024
TYPES = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
MACROS = re.compile(r"vba|macrosheets/|activex", re.IGNORECASE)
"""In the names of what runs by itself when a document is opened."""
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""What no text that people write holds."""
BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"}
FRAMES = 3
"""So many frames of sound one after the other are no accident."""
BITRATES = {3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
            2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}  # fmt: skip
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Hertz, by the version of MPEG as a frame has it: 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5."""


def media_type_of(content: bytes) -> str:
    """Raises Incomplete where it is none of the kinds, more than one, broken, or more than it seems."""
    found = next((name for name, is_such in KINDS.items() if is_such(content)), "")
    if not found:
        raise Incomplete(f"这个文件不是能存入的种类，或者不完整。能存入的是 {TAKEN}；请转换成其中一种再传。")
    if found not in (DOCX, XLSX) and zipfile.is_zipfile(io.BytesIO(content)):
        raise Incomplete("这个文件里还藏着一个压缩包，没有存入。请用原来的软件重新导出一份再传。")
    return found


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-END_OF_PDF:]


def _is_png(content: bytes) -> bool:
    """Chunks, each with its checksum, up to one that ends the picture and the file."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return False
    at, name = 8, b""
    while at + 12 <= len(content) and name != b"IEND":
        end = at + 8 + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        if int.from_bytes(content[end : end + 4]) != zlib.crc32(memoryview(content)[at + 4 : end]):
            return False
        at = end + 4
    return name == b"IEND" and at == len(content)


def _is_jpeg(content: bytes) -> bool:
    """Segments up to a scan, and an end after it. Telephones add something of their own behind it."""
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    at, has_size = 2, False
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:
            return has_size and b"\xff\xd9" in content[at:]
        if marker in (0x00, 0xD8, 0xD9):
            return False
        has_size |= 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    return False


def _chunks(content: bytes, form: bytes) -> list[bytes]:
    """The names of the chunks of a RIFF of that form which is as long as it says; none where it is no such."""
    if content[:4] != b"RIFF" or content[8:12] != form:
        return []
    length, at, names = int.from_bytes(content[4:8], "little") + 8, 12, []
    while at + 8 <= len(content):
        names.append(content[at : at + 4])
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return names if length in (len(content), len(content) - 1) and at in (len(content), len(content) + 1) else []


def _is_webp(content: bytes) -> bool:
    return bool({b"VP8 ", b"VP8L", b"VP8X"} & set(_chunks(content, b"WEBP")[:1]))


def _is_wav(content: bytes) -> bool:
    return {b"fmt ", b"data"} <= set(_chunks(content, b"WAVE"))


def _boxes(content: bytes) -> Iterator[bytes]:
    """The names of the outer boxes of a film; an empty one where they do not end with the file."""
    at = 0
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16])
        if size == 0:  # up to the end
            size = len(content) - at
        if size < 8 or at + size > len(content):
            yield b""
            return
        yield name
        at += size


def _is_mp4(content: bytes) -> bool:
    if content[4:8] != b"ftyp":
        return False
    head = content[8 : min(int.from_bytes(content[:4]), 256)]
    brands = {head[at : at + 4] for at in range(0, len(head), 4)}
    boxes = set(_boxes(content))
    return bool(BRANDS & brands) and {b"moov", b"mdat"} <= boxes and b"" not in boxes


def _is_mp3(content: bytes) -> bool:
    """Frames of layer III from the beginning, or from behind the title."""
    at = 0
    if content.startswith(b"ID3"):
        parts = content[6:10]
        if len(parts) < 4 or max(parts) > 0x7F:
            return False
        at = 10 + sum(part << 7 * (3 - place) for place, part in enumerate(parts))
    for _ in range(FRAMES):
        length = _frame(content[at : at + 4])
        if not length or at + length > len(content):
            return False
        at += length
    return True


def _frame(head: bytes) -> int:
    """How many bytes a frame of MPEG layer III has, its head among them; 0 where it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = BITRATES[3 if version == 3 else 2][bitrate - 1]
    return (144 if version == 3 else 72) * kilobits * 1000 // RATES[version][rate] + (head[2] >> 1 & 1)


def _is_docx(content: bytes) -> bool:
    return _is_office(content, "word/document.xml", f"{DOCX}.main+xml")


def _is_xlsx(content: bytes) -> bool:
    return _is_office(content, "xl/workbook.xml", f"{XLSX}.main+xml")


def _is_office(content: bytes, main: str, declared: str) -> bool:
    """A packed document of that sort. Raises Incomplete where it holds more than a document."""
    if not _is_short_archive(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = [entry.filename for entry in entries]
            if main not in names or TYPES not in names or packed.getinfo(TYPES).file_size > LARGEST_TYPES:
                return False
            _refuse_bomb(entries)
            if not _is_plain_archive(entries) or packed.testzip() is not None:
                return False
            types = packed.read(TYPES).decode()
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return False  # what zipfile raises on files made to break it
    if any(map(MACROS.search, names)) or "macroEnabled" in types:
        raise Incomplete("这个文件带有宏或者控件，没有存入。请另存为不带宏的 DOCX、XLSX，或者导出成 PDF 再传。")
    return declared in types


def _is_short_archive(content: bytes) -> bool:
    """It begins with an entry, ends with the list of them, and that list is short enough to be read."""
    end = content[-22:]
    return (
        content.startswith(b"PK\x03\x04")
        and end.startswith(b"PK\x05\x06")
        and end.endswith(b"\0\0")  # no remark behind it
        and int.from_bytes(end[12:16], "little") <= LARGEST_LIST
        and content[-42:-38] != b"PK\x06\x07"  # no second list, for files of gigabytes
    )


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED:
        raise Incomplete(
            f"这个文件解开后有 {unpacked // 1024**2} MB、{len(entries)} 个部分，超过 {LARGEST_UNPACKED // 1024**2} MB"
            f"或者 {MOST_ENTRIES} 个，没有存入。请导出成 PDF 再传。"
        )


def _is_plain_archive(entries: list[zipfile.ZipInfo]) -> bool:
    """Nothing before the first entry, no entry twice, none locked, none that leads out of a folder, and packed in the
    ways of office programs alone."""
    names = [entry.filename for entry in entries]
    return (
        min(entry.header_offset for entry in entries) == 0
        and len(names) == len({name.lower() for name in names})
        and not any(entry.flag_bits & 1 for entry in entries)
        and all(entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
        and not any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    )


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return (
        bool(text.strip())
        and not UNWANTED.search(text)
        and not content.startswith(b"#!")
        and b"%PDF-" not in content[:HEAD_OF_PDF]
    )


KINDS: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": _is_pdf,
    "image/jpeg": _is_jpeg,
    "image/png": _is_png,
    "image/webp": _is_webp,
    "video/mp4": _is_mp4,
    "audio/mpeg": _is_mp3,
    "audio/wav": _is_wav,
    DOCX: _is_docx,
    XLSX: _is_xlsx,
    "text/plain": _is_text,
}
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    DOCX: "docx",
    XLSX: "xlsx",
    "text/plain": "txt",
}
