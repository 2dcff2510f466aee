"""The list as PDF: the whole, a part, an item, or what one office is responsible for (股室清单).

Of a published edition a file is made once and kept under the digest of what it was made from; of the working rows it is
a draft, marked so on every page.
"""

import contextlib
import fcntl
import functools
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from editions import parts, typeset
from editions.models import Edition
from editions.reading import address
from editions.register import Register, compose
from portal.turned import by_part, turn
from verbatim.documents import digest
from wenan_qts.env import VAR

KEPT = VAR / "kept"
CODE = re.compile(r"[A-Za-z]{2}-\d{1,9}")


class NoSuchScope(Exception):
    """There is nothing of that name to print; the message says so."""


@dataclass(frozen=True)
class Scope:
    """What is printed: everything; a part (duties); an item of it, or an office (offices, GS-02)."""

    kind: str = ""
    code: str = ""

    @classmethod
    def read(cls, said: str) -> "Scope":
        """whole, duties, duties/zz-01, offices/gs-02. Raises NoSuchScope."""
        kind, _, code = said.partition("/")
        if said == "whole":
            return cls()
        if (parts.part(kind) and (not code or CODE.fullmatch(code))) or (kind == "offices" and CODE.fullmatch(code)):
            return cls(kind, code.upper())
        raise NoSuchScope(f"没有“{said}”：可以写 whole、{'、'.join(p.name for p in parts.parts())}，或再加 /代码。")

    @property
    def is_whole(self) -> bool:
        return not self.kind

    def url(self, label: str | None) -> str:
        """Its permanent address; without a label, its address in the edition in force."""
        space, where = ("edition:", {"label": label}) if label else ("", {})
        if self.is_whole:
            return reverse(f"{space}list-pdf", kwargs=where)
        if self.kind == "offices":
            return reverse(f"{space}office-pdf", kwargs={**where, "code": self.code.lower()})
        if not self.code:
            return reverse(f"{space}part-pdf", kwargs={**where, "kind": self.kind})
        return reverse(f"{space}item-pdf", kwargs={**where, "kind": self.kind, "code": self.code.lower()})

    def file_name(self, label: str) -> str:
        return "-".join(filter(None, ["list", label, self.kind, self.code.lower()])) + ".pdf"


def scopes(register: Register) -> Iterator[Scope]:
    """Everything that can be printed of a register."""
    yield Scope()
    for part in parts.parts():
        yield Scope(part.name)
        for document in register.documents(part.name):
            yield Scope(part.name, document.code)
    for office in register.documents("offices"):
        yield Scope("offices", office.code)


def published(edition: Edition, scope: Scope) -> Path:
    """The file of a published edition; made if it was not yet. Raises NoSuchScope, NoFaces."""
    state = f"{edition.content_digest} {edition.chain_digest} {edition.revoked_on} {settings.SITE_URL}"
    file = KEPT / f"{_key(edition, state, scope)}.pdf"
    return file if file.exists() else kept(*made_from(edition, scope))


@functools.lru_cache(maxsize=5000)
def _key(edition: Edition, state: str, scope: Scope) -> str:
    """What the file is kept under; worked out once for an edition as it stands (`state`)."""
    return made_from(edition, scope)[1]


def kept(html: str, key: str) -> Path:
    """The file of a page, made if it was not yet. Raises NoFaces."""
    file = KEPT / f"{key}.pdf"
    if not file.exists():
        with _alone(key):
            if not file.exists():
                _write(file, typeset.pdf(html))
    return file


def draft(scope: Scope, register: Register | None = None, *, label: str = "", at: datetime | None = None) -> bytes:
    """What is not public: the working rows as they stand, or the register that is given, with the label that it is to
    have. Raises NoSuchScope, NoFaces, EditionError."""
    register = register or compose()
    return typeset.pdf(_html(register, scope, **unpublished(register, label=label, at=at)))


def unpublished(register: Register, *, label: str = "", at: datetime | None = None) -> dict[str, Any]:
    """What every page of a draft says of itself."""
    moment = timezone.localtime(at)
    said = "　".join(filter(None, ["草稿", label and f"{label} 版", f"{moment:%Y-%m-%d %H:%M}", "未公布"]))
    digest = register.content_digest()
    return {"draft": said, "foot": f"{said}　摘要 {digest[:12]}", "digest": digest, "day": moment.date()}


def made_from(edition: Edition, scope: Scope) -> tuple[str, str]:
    """The HTML of a file, and the digest of all that makes it what it is."""
    html = _html(
        edition.register(),
        scope,
        foot=foot(edition),
        edition=edition,
        day=edition.effective_on,
        **found_at(scope.url(edition.label)),
    )
    return html, keyed(html)


def keyed(html: str) -> str:
    """The digest of all that makes a file what it is."""
    return digest("\n".join([version("weasyprint"), typeset.style(), html]))


def foot(edition: Edition) -> str:
    """What stands at the foot of every page."""
    revoked = f"　{edition.revoked_on:%Y-%m-%d} 废止" if edition.revoked_on else ""
    return f"{edition.label} 版{revoked}　摘要 {edition.content_digest[:12]}"


def found_at(path: str) -> dict[str, str]:
    """Where a page says that it is to be found: the address, and a code that leads there."""
    url = address(path)
    return {"address": url, "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=2)}


def _html(register: Register, scope: Scope, **context: Any) -> str:
    sections = _office(register, scope.code) if scope.kind == "offices" else _parts(register, scope)
    named = [sections[0]["named"], scope.code] if scope.kind else []
    title = "　".join(filter(None, [register.cover.title, *named]))
    context |= {
        "register": register,
        "scope": scope,
        "sections": sections,
        "title": title,
    }
    return render_to_string("print/list.html", context)


def _parts(register: Register, scope: Scope) -> list[dict[str, Any]]:
    sections = []
    for part in parts.parts():
        if scope.kind in ("", part.name):
            items = [item for item in register.of(part.name) if scope.code in ("", item.document.code)]
            if scope.code and not items:
                raise NoSuchScope(f"{part.label}里没有 {scope.code}。")
            frame = register.frame(part.name)
            section = {"part": part, "frame": frame, "items": items, "named": frame.heading}
            sections.append(section | {"template": f"{part.name}/print.html"})
    return sections


def _office(register: Register, code: str) -> list[dict[str, Any]]:
    listed = register.find("offices", code)
    if listed is None:
        raise NoSuchScope(f"没有代码为 {code} 的股室。")
    turned, key = turn(register), ("offices", code)
    return [
        {
            "template": "portal/print_office.html",
            "named": listed.document.name,
            "office": listed.document,
            "responsible": by_part(turned.responsible.get(key, [])),
            "added": by_part(turned.added.get(key, [])),
        }
    ]


@contextlib.contextmanager
def _alone(key: str) -> Iterator[None]:
    """One process at a time makes a file; the others wait for it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f".{key[:2]}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, content: bytes) -> None:
    """All of the file or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).rename(path)
