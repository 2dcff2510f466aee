"""The list as PDF: the whole, a part, an item, or what one office is responsible for (股室清单).

Of a published edition a paper is set once and kept under the digest of all that it is made from; of the working rows it
is a draft, marked so on every page.
"""

import contextlib
import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import segno
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.public.reading import address
from editions.register.register import Register, compose
from paper import kept, typesetting
from paper.faces import TypesettingUnavailable
from portal.answers.reverse_index import by_part, reverse_index_of
from verbatim.documents import digest

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

    @property
    def said(self) -> str:
        return "/".join(filter(None, [self.kind, self.code.lower()])) or "whole"

    def check(self, register: Register) -> None:
        """Raises NoSuchScope where the register has nothing of that name."""
        kind = parts.part(self.kind)
        if kind and kind not in register.parts:
            raise NoSuchScope(f"清单里没有“{kind.label}”这一部分。")
        if self.code and register.find(self.kind, self.code) is None:
            raise NoSuchScope(f"{kind.label}里没有 {self.code}。" if kind else f"没有代码为 {self.code} 的股室。")

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
    for part in register.parts:
        yield Scope(part.name)
        for document in register.documents(part.name):
            yield Scope(part.name, document.code)
    for office in register.documents("offices"):
        yield Scope("offices", office.code)


class Paper(ABC):
    """What is published, to be set and kept."""

    edition: Edition

    @property
    @abstractmethod
    def asked(self) -> tuple[str, str, str]:
        """What the process that sets paper is told: an edition's label, a scope, another edition's label."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Its permanent address."""

    @property
    @abstractmethod
    def file_name(self) -> str: ...

    @abstractmethod
    def state(self) -> str:
        """All of the editions that can make it look different."""

    @abstractmethod
    def html(self) -> str: ...

    @functools.cached_property
    def key(self) -> str:
        """The digest of all that makes it what it is. Raises TypesettingUnavailable."""
        made_of = [version("weasyprint"), typesetting.style(), _program(), address(self.url), self.state()]
        return digest("\n".join(made_of))

    def kept(self) -> bytes | None:
        """Raises TypesettingUnavailable."""
        return kept.find(self.key)

    def set_now(self) -> bytes:
        """Set now, by this very process, and kept. Raises TypesettingUnavailable, NotKept."""
        content = typesetting.pdf(self.html())
        kept.keep(self.key, content)
        return content

    def content(self) -> bytes:
        """As it is kept, or set now. Raises TypesettingUnavailable, NotKept."""
        return self.kept() or self.set_now()


@dataclass(frozen=True)
class ListPaper(Paper):
    edition: Edition
    scope: Scope

    @classmethod
    def of(cls, edition: Edition, scope: Scope) -> "ListPaper":
        """Raises NoSuchScope."""
        scope.check(edition.register())
        return cls(edition, scope)

    @property
    def asked(self) -> tuple[str, str, str]:
        return self.edition.label, self.scope.said, ""

    @property
    def url(self) -> str:
        return self.scope.url(self.edition.label)

    @property
    def file_name(self) -> str:
        return self.scope.file_name(self.edition.label)

    def state(self) -> str:
        return key_text(self.edition)

    def html(self) -> str:
        return _html(
            self.edition.register(),
            self.scope,
            foot=foot(self.edition),
            edition=self.edition,
            day=self.edition.effective_on,
            **address_context(self.url),
        )


def look_ahead() -> None:
    """What every key needs, worked out before anybody asks."""
    with contextlib.suppress(TypesettingUnavailable):
        typesetting.style()
    _program()


def key_text(edition: Edition) -> str:
    """All of an edition that can make a paper look different, the further apps of its parts among it."""
    head = (edition.label, edition.effective_on, edition.content_digest, edition.chain_digest)
    further = [_app(part.name) for part in edition.register().parts if _config(part.name).name in settings.APPS]
    return repr([*map(str, head), str(edition.revoked_on), edition.revoke_reason, *further])


@functools.cache
def _program() -> str:
    """The digest of the code, the templates and the libraries that every paper is made with."""
    installed = [config for config in apps.get_app_configs() if config.name not in settings.APPS]
    ours = [Path(config.path) for config in installed if Path(config.path).parent == settings.BASE]
    files = [settings.BASE / "requirements.lock", *(settings.BASE / "templates").rglob("*.html")]
    files += [file for folder in [*ours, settings.BASE / "wenan_qts"] for file in folder.rglob("*.py")]
    return _digest(settings.BASE, files)


@functools.cache
def _app(label: str) -> str:
    """The digest of a further app: what is printed of its part is made with it too."""
    folder = Path(_config(label).path)
    return _digest(folder, [*folder.rglob("*.html"), *folder.rglob("*.py")])


def _config(label: str) -> Any:
    return apps.get_app_config(label)


def _digest(folder: Path, files: list[Path]) -> str:
    lines = (f"{file.relative_to(folder)} {digest(file.read_text(encoding='utf-8'))}" for file in sorted(files))
    return digest("\n".join(lines))


def draft_pdf(scope: Scope, register: Register | None = None, *, label: str = "", at: datetime | None = None) -> bytes:
    """What is not public: the working rows as they stand, or the register that is given, with the label that it is to
    have. Raises NoSuchScope, TypesettingUnavailable, Refused."""
    register = register or compose()
    scope.check(register)
    return typesetting.pdf(_html(register, scope, **draft_context(register, label=label, at=at)))


def draft_context(register: Register, *, label: str = "", at: datetime | None = None) -> dict[str, Any]:
    """What every page of a draft says of itself."""
    moment = timezone.localtime(at)
    said = "　".join(filter(None, ["草稿", label and f"{label} 版", f"{moment:%Y-%m-%d %H:%M}", "未公布"]))
    digest = register.content_digest()
    return {"draft": said, "foot": f"{said}　摘要 {digest[:12]}", "digest": digest, "day": moment.date()}


def foot(edition: Edition) -> str:
    """What stands at the foot of every page."""
    revoked = f"　{edition.revoked_on:%Y-%m-%d} 废止" if edition.revoked_on else ""
    return f"{edition.label} 版{revoked}　摘要 {edition.content_digest[:12]}"


def address_context(path: str) -> dict[str, str]:
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
    for part in register.parts:
        if scope.kind in ("", part.name):
            items = [item for item in register.of(part.name) if scope.code in ("", item.document.code)]
            frame, laid = register.frame(part.name), register.form_items(part.name)
            section: dict[str, Any] = {"part": part, "frame": frame, "items": items, "named": frame.heading}
            section |= {
                "sheet": register.sheet(part.name),
                "laid": laid and [laid[listed.document.code] for listed in items],
                "template": "print/table.html" if laid is not None else f"{part.name}/print.html",
            }
            sections.append(section)
    return sections


def _office(register: Register, code: str) -> list[dict[str, Any]]:
    listed = register.find("offices", code)
    assert listed is not None  # Scope.check()
    index, key = reverse_index_of(register), Key("offices", code)
    return [
        {
            "template": "portal/print_office.html",
            "named": listed.document.name,
            "office": listed.document,
            "responsible": by_part(index.responsible.get(key, [])),
            "added": by_part(index.added.get(key, [])),
        }
    ]
