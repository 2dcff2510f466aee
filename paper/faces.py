"""Faces for print (GB/T 9704-2012): what each kind of text is set in, and which installed face stands for it.

The office's own faces may not be redistributed, so they come first where they are installed; open faces stand in. A
face is asked of fontconfig, which also looks in `var/fonts`.
"""

import functools
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from verbatim.characters import Spans, holds, is_printable, spans_of

FOLDER = settings.BASE / "var" / "fonts"


class TypesettingUnavailable(Exception):
    """PDFs cannot be set on this machine; the message is a sentence that says what is missing."""


@dataclass(frozen=True)
class Wanted:
    """What the standard asks for, the office's own faces that are it, and open faces that stand in for it."""

    name: str
    own: tuple[str, ...]
    open: tuple[str, ...]


WANTED = {
    "title": Wanted("小标宋", ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK"), ("FandolSong Bold",)),
    "body": Wanted("仿宋", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"), ("FandolFang",)),
    "second": Wanted("楷体", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"), ("FandolKai", "AR PL KaitiM GB")),
    "first": Wanted("黑体", ("黑体", "SimHei"), ("FandolHei", "Noto Sans CJK SC")),
    "number": Wanted("宋体", ("宋体", "SimSun"), ("FandolSong",)),
}
FALLBACK = "Noto Serif CJK SC"
"""What has the characters that the others lack (镕, 喆)."""


@dataclass(frozen=True)
class Face:
    """The face that is used for something."""

    wanted: Wanted
    family: str
    is_own: bool
    is_fallback: bool
    characters: Spans

    def has(self, character: str) -> bool:
        return holds(self.characters, character)


@functools.cache
def installed() -> dict[str, str]:
    """Every installed family with its characters, as fontconfig writes them. Raises TypesettingUnavailable."""
    _look_in_our_folder()
    try:
        said = subprocess.run(
            ["fc-list", "--format", "%{family}\t%{charset}\n"], capture_output=True, text=True, check=True, timeout=60
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        said = "没有 fontconfig（fc-list），不能排 PDF。Debian：apt-get install fontconfig。"
        raise TypesettingUnavailable(said) from error
    rows = (line.partition("\t") for line in said.splitlines())
    return {family.strip(): charset for families, _, charset in rows for family in families.split(",")}


def _look_in_our_folder() -> None:
    """Have fontconfig, here and in what we start, look beside the system's folders in the one of `deploy/fonts`."""
    settings = FOLDER / "fonts.conf"
    if settings.is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))


@functools.cache
def chosen() -> dict[str, Face]:
    """The face for each use. Raises TypesettingUnavailable where not even the fallback is installed."""
    here = installed()
    if FALLBACK not in here:
        raise TypesettingUnavailable(f"没有字体 {FALLBACK}，不能排 PDF。Debian：apt-get install fonts-noto-cjk。")
    faces = {}
    for use, wanted in WANTED.items():
        family = next((f for f in (*wanted.own, *wanted.open) if f in here), FALLBACK)
        is_fallback = family == FALLBACK and FALLBACK not in wanted.open
        faces[use] = Face(wanted, family, family in wanted.own, is_fallback, spans_of(here[family]))
    return faces


@functools.cache
def fallback() -> Spans:
    """What the face has without which no PDF is set. Raises TypesettingUnavailable."""
    chosen()
    return spans_of(installed()[FALLBACK])


def missing(text: str) -> list[str]:
    """The characters of a text that are not printed, each once: those that may not stand in an edition, and those that
    the fallback of this machine lacks. Raises TypesettingUnavailable."""
    return sorted(each for each in set(text) if not (is_printable(each) and _is_shown(each)))


@functools.lru_cache(maxsize=10_000)
def _is_shown(character: str) -> bool:
    return character.isspace() or holds(fallback(), character)


def kinds_without_a_match() -> list[str]:
    """The kinds of face for which this machine has neither the office's own nor an open one that is like it."""
    return [face.wanted.name for face in chosen().values() if face.is_fallback]


def shortfall() -> str:
    """What PDFs lack on this machine, in a sentence; empty where each face is the office's own or like it."""
    try:
        names = kinds_without_a_match()
    except TypesettingUnavailable as error:
        return str(error)
    return f"本机没有公文用的{'、'.join(names)}，PDF 里用 {FALLBACK} 代替。请管理员运行 deploy/fonts。" if names else ""


def report() -> Iterator[str]:
    """What stands in for what, a line for each use."""
    for face in chosen().values():
        if face.is_own:
            said = f"用本机的 {face.family}"
        elif face.is_fallback:
            said = f"没有，用 {face.family} 代替"
        else:
            said = f"用开放字体 {face.family} 代替"
        yield f"{face.wanted.name}：{said}"
