"""HTML set as PDF by WeasyPrint: tagged, with bookmarks, in the faces of `editions.faces`."""

import functools
import logging
from typing import Any

from django.utils.html import strip_tags

from editions import faces
from editions.faces import NoFaces
from wenan_qts.env import BASE

log = logging.getLogger(__name__)

STYLE = BASE / "templates" / "print" / "print.css"


@functools.cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # the library is there, Pango is not
        raise NoFaces(
            "没有 Pango，不能排 PDF。Debian：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0。"
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def ready() -> None:
    """Raises NoFaces if this machine cannot set a PDF."""
    faces.chosen()
    _weasyprint()


@functools.cache
def style() -> str:
    """The style sheet, with the faces of this machine."""
    named = {use: f'"{face.family}", "{faces.FALLBACK}"' for use, face in faces.chosen().items()}
    text = STYLE.read_text(encoding="utf-8")
    for use, families in named.items():
        text = text.replace(f"var(--{use})", families)
    return text


def pdf(html: str, *, identifier: str) -> bytes:
    """The document as PDF/UA. Raises NoFaces, MissingGlyphs.

    `identifier` is 32 hexadecimal characters or more; the same HTML with the same identifier gives the same bytes.
    """
    ready()
    faces.check([strip_tags(html)])
    weasyprint = _weasyprint()
    # A printed page fetches nothing: only what stands in it (the QR code) is read.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=style(), url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
        pdf_identifier=bytes.fromhex(identifier[:32]),
    )
    return made
