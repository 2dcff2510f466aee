"""Faces for print (GB/T 9704-2012): what each kind of text is set in, and which installed face stands for it.

The office's own faces may not be redistributed, so they come first where they are installed; open faces stand in. A
face is asked of fontconfig, which also looks in `var/fonts`.
"""

import bisect
import functools
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from verbatim.fields import LAYOUT
from wenan_qts.env import BASE

FOLDER = BASE / "var" / "fonts"


Characters = tuple[range, ...]
"""The code points of a face: spans, in order, as fontconfig tells them. As a set they would take ten megabytes."""


class NoFaces(Exception):
    """PDFs cannot be set on this machine; the message is a sentence that says what is missing."""


class MissingGlyphs(Exception):
    """Characters that no face has; the message names them."""


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
    characters: Characters

    def has(self, character: str) -> bool:
        return _holds(self.characters, character)


def _characters(charset: str) -> Characters:
    """As fontconfig writes them: 20-7e a0 4e00-9fa5."""
    spans = (span.partition("-") for span in charset.split())
    return tuple(range(int(first, 16), int(last or first, 16) + 1) for first, _, last in spans)


def _holds(characters: Characters, character: str) -> bool:
    after = bisect.bisect(characters, ord(character), key=lambda span: span.start)
    return after > 0 and ord(character) in characters[after - 1]


@functools.cache
def installed() -> dict[str, str]:
    """Every installed family with its characters, as fontconfig writes them. Raises NoFaces."""
    _look_in_our_folder()
    try:
        said = subprocess.run(
            ["fc-list", "--format", "%{family}\t%{charset}\n"], capture_output=True, text=True, check=True, timeout=60
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise NoFaces("没有 fontconfig（fc-list），不能排 PDF。Debian：apt-get install fontconfig。") from error
    rows = (line.partition("\t") for line in said.splitlines())
    return {family.strip(): charset for families, _, charset in rows for family in families.split(",")}


def _look_in_our_folder() -> None:
    """Have fontconfig, here and in what we start, look beside the system's folders in the one of `deploy/fonts`."""
    settings = FOLDER / "fonts.conf"
    if settings.is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))


@functools.cache
def chosen() -> dict[str, Face]:
    """The face for each use. Raises NoFaces where not even the fallback is installed."""
    here = installed()
    if FALLBACK not in here:
        raise NoFaces(f"没有字体 {FALLBACK}，不能排 PDF。Debian：apt-get install fonts-noto-cjk。")
    faces = {}
    for use, wanted in WANTED.items():
        family = next((f for f in (*wanted.own, *wanted.open) if f in here), FALLBACK)
        is_fallback = family == FALLBACK and FALLBACK not in wanted.open
        faces[use] = Face(wanted, family, family in wanted.own, is_fallback, _characters(here[family]))
    return faces


def check(text: str) -> None:
    """Raises MissingGlyphs if a character stands neither in the fallback nor in every other face."""
    gone = sorted(character for character in set(text) - set(f"\n{LAYOUT}") if not _is_shown(character))
    if gone:
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in gone)
        raise MissingGlyphs(f"没有一种字体有这些字：{named}。请安装有它们的字体，或改用通行的字。")


@functools.cache
def _fallback() -> Characters:
    return _characters(installed()[FALLBACK])


@functools.lru_cache(maxsize=10_000)
def _is_shown(character: str) -> bool:
    """Whether it can be shown in whatever face is asked for."""
    return _holds(_fallback(), character) or all(face.has(character) for face in chosen().values())


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
