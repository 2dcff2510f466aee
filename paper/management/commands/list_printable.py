"""manage.py list_printable: writes verbatim/printable.txt, the characters that may stand in an edition."""

import textwrap
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paper import faces
from verbatim.characters import LISTED, unseen

HEAD = """\
# Characters that may stand in an edition: those of {face}, the open face without which no PDF is set,
# but for what nobody sees. Code points, as fontconfig writes them. Written by: manage.py list_printable
"""


class Command(BaseCommand):
    help = "照兜底字体重写 verbatim/printable.txt：哪些字符印得出来，可以写进清单。换了兜底字体以后用。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            held = [code for span in faces.fallback() for code in span if code >= 0x20 and not unseen(chr(code))]
        except faces.TypesettingUnavailable as error:
            raise CommandError(str(error)) from None
        lines = textwrap.wrap(" ".join(_spans(held)), 118)
        LISTED.write_text(HEAD.format(face=faces.FALLBACK) + "\n".join(lines) + "\n", encoding="ascii")
        self.stdout.write(f"已写入 {LISTED}：{len(held)} 个字符。")


def _spans(codes: list[int]) -> list[str]:
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][-1] + 1:
            spans[-1][1:] = [code]
        else:
            spans.append([code])
    return ["-".join(f"{code:x}" for code in span) for span in spans]
