"""HTML set as PDF by WeasyPrint: tagged, with bookmarks, in the faces of `paper.faces`."""

import contextlib
import functools
import gc
import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from django.conf import settings

from paper import faces
from paper.faces import TypesettingUnavailable
from verbatim.characters import code_point
from verbatim.lookalikes import ordinary

log = logging.getLogger(__name__)

STYLE = settings.BASE / "templates" / "print" / "print.css"
MARK = "〓"
"""What printers have always set for a character that they lack (GB 2312, row 2)."""


@functools.cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # the library is there, Pango is not
        raise TypesettingUnavailable(
            "没有 Pango，不能排 PDF。Debian：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0。"
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


@functools.cache
def _page() -> Any:
    """A page to be set. It is XML, read by expat in a tenth of the time. It comes without the renderer's own sheet,
    whose notes and counters make six styles for every element: what elements are is said in print.css."""

    class Page(_weasyprint().HTML):  # type: ignore[misc]
        def __init__(self, text: str, url_fetcher: Any) -> None:
            self.base_url, self.media_type, self.url_fetcher = None, "print", url_fetcher
            self.etree_element = ElementTree.fromstring(text)  # noqa: S314 (our own templates, everything in them escaped)
            self.wrapper_element = ElementWrapper.from_html_root(self.etree_element, content_language=None)

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    return Page


def require_typesetting() -> None:
    """Raises TypesettingUnavailable if this machine cannot set a PDF."""
    faces.chosen()
    _weasyprint()


@functools.cache
def style() -> str:
    """The style sheet, with the faces of this machine for var(--body) and the like."""
    sheet = STYLE.read_text(encoding="utf-8")
    for use, face in faces.chosen().items():
        sheet = sheet.replace(f"var(--{use})", f'"{face.family}", "{faces.FALLBACK}"')
    return sheet


@functools.cache
def _set_up() -> tuple[Any, Any, Any]:
    """What every document shares: where it may fetch from (nowhere but itself), the fonts, the style sheet."""
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    fonts = weasyprint.text.fonts.FontConfiguration()
    return fetcher, fonts, weasyprint.CSS(string=style(), url_fetcher=fetcher, font_config=fonts)


def pdf(html: str) -> bytes:
    """Well-formed HTML as PDF/UA; the same HTML gives the same bytes. Raises TypesettingUnavailable."""
    require_typesetting()
    html = _with_marks(html)
    fetcher, fonts, sheet = _set_up()
    with _undisturbed():
        made: bytes = _page()(html, fetcher).write_pdf(
            finisher=_finish,
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
        )
    return made


def _finish(document: Any, pdf: Any) -> None:
    for each in pdf.objects:
        if b"begincmap" in getattr(each, "stream", ()):
            each.stream = [_GLYPH.sub(_named_ordinarily, line) for line in each.stream]
    _pack(pdf)


_GLYPH = re.compile(rb"^(<[0-9a-f]{4}> )<([0-9a-f]+)>$")


def _named_ordinarily(glyph: re.Match[bytes]) -> bytes:
    """A radical and the character that looks the same share their glyph: the text layer would have all of them as the
    one that came first. Who copies or searches means the character."""
    text = bytes.fromhex(glyph[2].decode()).decode("utf-16-be")
    return b"%s<%s>" % (glyph[1], ordinary(text).encode("utf-16-be").hex().encode())


def _pack(pdf: Any) -> None:
    """The streams packed, at zlib's usual level: the library's own, the hardest, takes a tenth of the whole time and
    saves a hundredth of the size."""
    for each in pdf.objects:
        if getattr(each, "compress", False):
            each.compress = False
            _, _, rest = each.data.partition(b"\nstream\n")
            each.stream = [zlib.compress(rest.removesuffix(b"\nendstream"))]
            each.extra["Filter"] = "/FlateDecode"


def _with_marks(html: str) -> str:
    """With a mark in the place of what cannot be printed, and a sentence at the end that says so. No edition takes such
    a character in, but one that is public already must not be without its papers for ever."""
    gone = faces.missing(html)
    if not gone:
        return html
    said = f"“{MARK}”处的字符没有字体可印，依次可能是：{'、'.join(map(code_point, gone))}；原文以网页和开放数据为准。"
    html = html.translate(dict.fromkeys(map(ord, gone), MARK))
    body, end, rest = html.rpartition("</body>")
    return f'{body}<p class="unprinted">{said}</p>{end}{rest}'


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A layout needs its million objects to the end: looking for garbage meanwhile is a fifth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
