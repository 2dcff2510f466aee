"""How characters sound, without their tones: speech input writes what it hears."""

import functools
import os

# Words of several characters are not looked up: their dictionary takes 45 MB in each worker.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import lazy_pinyin


@functools.cache
def sound_of(character: str) -> str:
    """zhong of 中; what is no Chinese character sounds as it is written."""
    return lazy_pinyin(character)[0]


def sounds_of(text: str) -> tuple[str, ...]:
    return tuple(map(sound_of, text))
