"""The public site as static files: the same bytes that are served, for every page of every published edition."""

import contextlib
import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from editions.life.edition import Edition
from editions.public import catalogue
from editions.public.changes import against
from editions.public.ready_bytes import ReadyBytes
from editions.register.register import Register
from history.uploads import UPLOADS
from paper import kept
from paper.faces import TypesettingUnavailable
from paper.files import work_folder
from paper.kept import NotKept
from portal.answers.reverse_index import KINDS
from portal.papers.changes_table import ChangesPaper
from portal.papers.printing import ListPaper, Paper, scopes

FORMS = ("json", "csv", "xlsx")
LIST = ".exported"
"""The list, in the folder itself, of the files that an export wrote there: they alone are ever removed again."""


class NotExported(Exception):
    """The site could not be written; the message says what to do. What was there before is untouched."""


FILES = (
    *("schema-json", "openapi", "data-catalogue", "standards-json"),
    *("feed", "robots", "sitemap", "opensearch"),
)
PAGES = ("data", "help", "site-map", "accessibility", "standards")


def paths(seen: catalogue.Catalogue) -> Iterator[str]:
    """Every public address that is the same for everybody, below the prefix, and what stands in for search."""
    if not seen.published:
        raise NotExported("还没有公布的清单版本，没有可以导出的页面。")
    yield from map(reverse, FILES)
    yield from _feeds(seen)
    if seen.in_force:
        yield reverse("calendar")
    yield from _decisions(seen)
    for dress in ("", "elder:"):
        yield reverse(f"{dress}editions")
        yield from (reverse(f"{dress}{name}") for name in PAGES)
        offline = ("search-offline", "error-reports-offline", "choose-day-offline", "find-standards-offline")
        yield from (reverse(f"{dress}{name}") for name in (*offline, "error-report-answers"))
        if seen.in_force:
            yield reverse(f"{dress}events")
            yield from _pages(dress, {}, seen.in_force.register())
        else:
            yield reverse(f"{dress}contents")
        for edition in seen.published:
            yield reverse(f"{dress}edition:search-offline", kwargs={"label": edition.label})
            yield from _pages(f"{dress}edition:", {"label": edition.label}, edition.register())
            yield from _changes(f"{dress}edition:", seen, edition)
        for part, code in _ever_listed(seen):
            yield reverse(f"{dress}item-history", kwargs={"part": part, "code": code})


def _decisions(seen: catalogue.Catalogue) -> Iterator[str]:
    """Of the penalty decisions that are public today."""
    found = seen.beside["decisions"].on(seen.day)
    if found:
        yield from map(reverse, ("decisions-json", "decisions-csv", "decisions-feed", "decisions", "elder:decisions"))
    for each in found:
        yield from (reverse(name, args=[each.number]) for name in ("decision", "elder:decision", "decision-json"))


def taken_down(seen: catalogue.Catalogue) -> Iterator[str]:
    """Where there was such a decision, and a page says that it is there no more."""
    for number in seen.beside["decisions"].gone(seen.day):
        yield from (reverse(name, args=[number]) for name in ("decision", "elder:decision"))


def _feeds(seen: catalogue.Catalogue) -> Iterator[str]:
    """Of each part, item and office that any edition has."""
    for part in dict.fromkeys(part for part, _ in _ever_listed(seen)):
        yield reverse("part-feed", kwargs={"part": part})
    for part, code in _ever_listed(seen):
        yield reverse("item-feed", kwargs={"part": part, "code": code})
    offices = (office.code for edition in seen.published for office in edition.register().documents("offices"))
    for code in dict.fromkeys(offices):
        yield reverse("office-feed", kwargs={"code": code.lower()})


def files(seen: catalogue.Catalogue) -> Iterator[tuple[list[str], Paper]]:
    """Every PDF: its addresses below the prefix, and the paper."""
    for edition in seen.published:
        for scope in scopes(edition.register()):
            labels = [edition.label, None] if edition == seen.in_force else [edition.label]
            yield [scope.url(label) for label in labels], ListPaper(edition, scope)
        for other in _older(seen, edition):
            paper = ChangesPaper(against(seen, edition, other.label))
            yield [paper.url], paper


def _pages(space: str, label: dict[str, str], register: Register) -> Iterator[str]:
    yield reverse(f"{space}contents", kwargs=label)
    has_files = not space.startswith("elder:")
    if has_files:
        yield from (reverse(f"{space}list-{form}", kwargs=label) for form in FORMS)
    for part in register.parts:
        here = {**label, "part": part.name}
        yield reverse(f"{space}part", kwargs=here)
        if has_files:
            yield from (reverse(f"{space}part-{form}", kwargs=here) for form in FORMS)
        for listed in register.of(part.name):
            one = {**here, "code": listed.document.code.lower()}
            yield reverse(f"{space}item", kwargs=one)
            if has_files:
                yield reverse(f"{space}item-json", kwargs=one)
    for kind in KINDS:
        yield reverse(f"{space}all-of-kind", kwargs={**label, "kind": kind})
        for document in register.documents(kind):
            yield reverse(f"{space}one-of-kind", kwargs={**label, "kind": kind, "code": document.code.lower()})


def _changes(space: str, seen: catalogue.Catalogue, edition: Edition) -> Iterator[str]:
    """What it changed of the edition before, and of every other that is older."""
    yield reverse(f"{space}changes", kwargs={"label": edition.label})
    for other in _older(seen, edition):
        yield reverse(f"{space}changes-against", kwargs={"label": edition.label, "other": other.label})


def _older(seen: catalogue.Catalogue, edition: Edition) -> list[Edition]:
    return [other for other in seen.published if other.effective_on < edition.effective_on]


def _ever_listed(seen: catalogue.Catalogue) -> list[tuple[str, str]]:
    """Every item that any edition lists: its part, and its code as addresses have it."""
    found = (
        (part.name, document.code.lower())
        for register in (edition.register() for edition in seen.published)
        for part in register.parts
        for document in register.documents(part.name)
    )
    return list(dict.fromkeys(found))


class Site:
    """Pages as they are served, by their address."""

    def __init__(self) -> None:
        self.ready = ReadyBytes(WSGIHandler())
        secure = {"HTTP_X_FORWARDED_PROTO": "https", "wsgi.url_scheme": "https"} if settings.SECURE_SSL_REDIRECT else {}
        self.environ: dict[str, Any] = {
            **RequestFactory().get("/").environ,
            **secure,
            "HTTP_HOST": next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"), "localhost"),
        }

    def page(self, path: str) -> bytes:
        """A page as it is served, or the one that says that nothing is in force any more. Raises NotExported."""
        environ = {**self.environ, "PATH_INFO": path.removeprefix(settings.FORCE_SCRIPT_NAME)}
        if page := self.ready.page(environ):
            return page.body
        status, _, body = self.ready.ask(environ)
        if not status.startswith("410 "):
            raise NotExported(f"页面 {path} 没有做成，导出停止；原来的文件没有动。")
        return body

    def no_pdf(self, why: str) -> str:
        """What stands in the place of a PDF that cannot be made."""
        return render_to_string("errors/no_pdf.html", {"said": why}, RequestFactory().get("/"))


def export(folder: Path, *, said: Callable[[str], None]) -> int:
    """Write the whole site and put it in the place of what was in `folder`, all at once. How many pages."""
    site, seen = Site(), catalogue.current()
    wanted = [*paths(seen), *taken_down(seen)]
    _may_hold_a_site(folder)
    own_before = _listed(folder)
    pdfs, absent = _files(seen, said)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with work_folder(folder.parent) as work:
        new = work / "site"
        new.mkdir()
        for number, path in enumerate(wanted, start=1):
            target = new / _file(path.removeprefix(settings.FORCE_SCRIPT_NAME))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(site.page(path))
            if number % 50 == 0 or number == len(wanted):
                said(f"已写 {number}/{len(wanted)} 页")
        for path, paper in pdfs:
            target = new / _file(path.removeprefix(settings.FORCE_SCRIPT_NAME))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(paper.content())
        for path, why in absent.items():  # a page that says so stands where pages link to
            target = new / path.removeprefix(settings.FORCE_SCRIPT_NAME).lstrip("/") / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(site.no_pdf(why), encoding="utf-8")
        if seen.in_force:
            _say_so(new / "search", new / "admin")
        if catalogue.current().fingerprint != seen.fingerprint:
            raise NotExported(
                "导出的时候有新的版本、活动或处罚决定公布（或过了零点），没有替换原来的文件。请再导出一次。"
            )
        shutil.copytree(settings.STATIC_ROOT, new / "static")
        shutil.copyfile(new / "static" / "portal" / "favicon.ico", new / "favicon.ico")
        new.chmod(0o755)
        own = _everything_in(new)
        (new / LIST).write_text("\n".join(sorted(own)) + "\n", encoding="utf-8")
        strangers = _strangers(folder)
        _bring_along(strangers, folder, new, own)
        before = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _put_in_place(new, folder)
            if new.exists():
                new.rename(before)
        except BaseException:
            before.rmdir()
            raise
    if strangers:
        named = "、".join(sorted(strangers)[:3])
        said(f"{folder} 里有 {len(strangers)} 个不是导出的文件（{named}），留在原处。")
    if left := _clear(before, {*own_before, LIST, *strangers}):
        said(f"旧的一份里有 {len(left)} 个文件在导出时才出现，没有删，在 {before}。")
    return len(wanted) + len(pdfs)


def _may_hold_a_site(folder: Path) -> None:
    """A new folder, an empty one, or one that an export wrote before; and never one that something else lives in.
    Raises NotExported."""
    taken = [Path("/"), Path.home(), settings.BASE, settings.VAR, Path(settings.STATIC_ROOT)]
    # What is in them is read by name, or copied into the site itself.
    inside = [kept.FOLDER, UPLOADS, Path(settings.ATTACHMENTS), settings.EMBEDDED_FOLDER, Path(settings.STATIC_ROOT)]
    if any(each.is_relative_to(folder) for each in map(Path.resolve, taken)) or any(
        folder.is_relative_to(each.resolve()) for each in inside
    ):
        raise NotExported(f"{folder} 是程序、用户或系统自己的文件夹；没有动它。请另给一个文件夹。")
    if folder.exists() and not folder.is_dir():
        raise NotExported(f"{folder} 是一个文件，不是文件夹；没有动它。请换一个地方。")
    if folder.is_dir() and any(folder.iterdir()) and not _is_plain_file(folder / LIST):
        raise NotExported(f"{folder} 里有别的东西（不是以前导出的清单）；没有动它。请换一个空的文件夹。")


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _listed(folder: Path) -> set[str]:
    """The files that the export before this one wrote."""
    try:
        return set((folder / LIST).read_text(encoding="utf-8").splitlines()) if (folder / LIST).exists() else set()
    except ValueError:
        raise NotExported(f"{folder / LIST} 不是导出时写的；没有动它。请换一个空的文件夹。") from None


def _everything_in(folder: Path) -> set[str]:
    """Everything but folders below it, by the path from there. Links are told, and not followed."""
    found: set[str] = set()
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        found |= {str((Path(here) / name).relative_to(folder)) for name in (*files, *links)}
    return found


def _strangers(folder: Path) -> set[str]:
    """What somebody else put there; also a link in the place of a file that was exported."""
    own = _listed(folder) | {LIST}
    return {path for path in _everything_in(folder) if path not in own or (folder / path).is_symlink()}


def _bring_along(strangers: set[str], folder: Path, new: Path, own: set[str]) -> None:
    """They stand in the new folder too, the same files and links, before it takes the place of the old one. Raises
    NotExported where a page would stand there."""
    for path in sorted(strangers):
        ways = {str(each) for each in Path(path).parents}
        if path in own or ways & own or (new / path).is_dir():
            raise NotExported(f"{folder / path} 不是导出的，占了一个页面的位置；没有动它。请先移开，再导出。")
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(folder / path, new / path, follow_symlinks=False)


def _clear(folder: Path, wanted: set[str]) -> set[str]:
    """Remove these files, and the folders that are empty then. What is left."""
    there = _everything_in(folder)
    for path in there & wanted:
        (folder / path).unlink()
    for here, folders, _ in os.walk(folder, topdown=False):
        for name in folders:
            with contextlib.suppress(OSError):  # a link, or not empty
                (Path(here) / name).rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()
    return there - wanted


def _files(seen: catalogue.Catalogue, said: Callable[[str], None]) -> tuple[list[tuple[str, Paper]], dict[str, str]]:
    """The PDFs, set where they were not yet; and those that cannot be made, each with why."""
    made: list[tuple[str, Paper]] = []
    absent: dict[str, str] = {}
    for number, (addresses, paper) in enumerate(files(seen), start=1):
        try:
            paper.content()
            made += [(each, paper) for each in addresses]
        except (TypesettingUnavailable, NotKept) as error:
            absent |= dict.fromkeys(addresses, str(error))
        if number % 50 == 0:
            said(f"已备 {number} 个 PDF")
    for why in dict.fromkeys(absent.values()):
        left_out = [address for address, reason in absent.items() if reason == why]
        said(f"没有导出 {left_out[0]}{f' 等 {len(left_out)} 个 PDF' if len(left_out) > 1 else ''}：{why}")
    return made, absent


def _file(path: str) -> str:
    """Where a page is written: a folder's index; where search would be, the page that says that it is not here."""
    name = path.lstrip("/").removesuffix("offline/")
    return f"{name}index.html" if path.endswith("/") else name


def _say_so(page: Path, elsewhere: Path) -> None:
    """The page that says what is not here stands in the other places too that pages link to."""
    elsewhere.mkdir()
    shutil.copyfile(page / "index.html", elsewhere / "index.html")


def _put_in_place(new: Path, folder: Path) -> None:
    """Exchange the two folders in one step of the file system."""
    if not folder.exists():
        new.rename(folder)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if libc.renameat2(here, os.fsencode(new), here, os.fsencode(folder), exchange) != 0:
        raise NotExported(f"不能替换 {folder}（{os.strerror(ctypes.get_errno())}）；原来的文件没有动。")
