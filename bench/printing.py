"""The whole-list PDF in a warm process against a fresh process of typst that sets the same text on the same paper."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.clock import cpu

ROUNDS = 5

# Cover, contents, the registers as tables with merged cells and repeated heads, the regimes as text: what ours has.
SHEET = """
#set document(title: "清单")
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, inside: 28mm, outside: 26mm), numbering: "— 1 —",
  footer: context [#text(14pt, font: "FandolSong", counter(page).display("— 1 —")) #h(1fr)
    #text(9pt, font: "FandolSong", data.foot)])
#set text(font: ("FandolFang R", "Noto Serif CJK SC"), size: 15.75pt, lang: "zh", region: "cn")
#set par(leading: 13pt, justify: true, first-line-indent: (amount: 2em, all: true))
#let title(size, body) = align(center, text(size, font: "FandolSong", weight: "bold", body))
#show heading.where(level: 1): it => title(22pt, it.body)
#show heading.where(level: 2): it => title(18pt, it.body)
#show heading.where(level: 3): it => text(15.75pt, font: "FandolHei", weight: "regular", it.body)
#for line in data.cover { align(center, text(16pt, font: "FandolKai", line)) }
#pagebreak()
#outline(depth: 2)
#for part in data.parts [
  #set page(flipped: part.wide)
  #heading(level: 1, part.heading)
  #set text(size: 10.5pt)
  #set par(leading: 5pt, first-line-indent: 0pt)
  #for item in part.items { place(hide(heading(level: 2, item))) }
  #table(
    columns: part.widths.map(w => w * 1fr),
    align: horizon,
    table.header(..part.columns.map(c => text(font: "FandolHei", c))),
    ..part.cells.map(c => table.cell(rowspan: c.span, breakable: false, c.text)),
  )
  #for note in part.notes { par(note) }
]
#for regime in data.regimes {
  heading(level: 2, regime.title)
  for line in regime.lines { if line.head { heading(level: 3, line.text) } else { par(line.text) } }
}
"""

RUN = """
import json, sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], root=sys.argv[4])
"""


def text_of(register: Any) -> dict[str, Any]:
    """The same text as a form that typst reads."""
    tables, regimes = [], []
    for part in register.parts:
        frame, listed = register.frame(part.name), register.of(part.name)
        if sheet := register.sheet(part.name):
            tables.append(
                {
                    "heading": frame.numeral + frame.heading,
                    "items": [f"{each.serial} {each.document.title}" for each in listed],
                    "wide": sheet.table.wide,
                    "widths": sheet.widths,
                    "columns": sheet.titles,
                    "cells": [cell for item in register.form_items(part.name).values() for cell in _cells(item)],
                    "notes": list(frame.closing()),
                }
            )
            continue
        for each in listed:
            heads = {chapter.marker + chapter.title for chapter in each.document.chapters}
            title, *lines = each.document.lines(each.serial)
            regimes.append({"title": title, "lines": [{"head": line in heads, "text": line} for line in lines]})
    cover = list(register.cover.printed())
    return {"foot": "2017-12 版　摘要 36d6d2460c56", "cover": cover, "parts": tables, "regimes": regimes}


def _cells(item: Any) -> Iterator[dict[str, Any]]:
    yield from ({"span": len(item.rows), "text": text} for text in (item.serial, item.head.text))
    for row in item.rows:
        yield from ({"span": 1, "text": cell.text} for cell in row.cells)
        yield from ({"span": len(item.rows), "text": cell.text} for cell in row.beside)


def measure() -> None:
    """Prepares the same text for both, and times them in a process that does nothing else."""
    from editions.life.edition import Edition
    from paper import faces
    from portal.papers.printing import ListPaper, Scope

    edition = Edition.objects.get()
    html = ListPaper(edition, Scope()).html()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "list.html").write_text(html, encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(text_of(edition.register()), ensure_ascii=False), encoding="utf-8")
        (folder / "list.typ").write_text('#let data = json("data.json")\n' + SHEET, encoding="utf-8")
        faces.chosen()
        print("\nThe whole list as PDF (CPU time, turn by turn)", flush=True)
        subprocess.run([sys.executable, "-m", "bench.printing", place], check=True)


def highest_memory() -> int:
    """KB, of this process alone: what getrusage says begins with the memory of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def compare(folder: Path) -> None:
    import django

    django.setup()
    from paper import faces, typesetting

    html = (folder / "list.html").read_text(encoding="utf-8")
    typesetting.pdf(html)  # warm
    typst = [sys.executable, "-c", RUN, *map(str, (folder / "list.typ", folder / "list.pdf", faces.FOLDER, folder))]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(cpu(lambda: typesetting.pdf(html)))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(typst, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        theirs.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    a, b = statistics.median(ours), statistics.median(theirs)
    memory = highest_memory() / 1024
    print(f"  ours, warm, tagged      {a:7.0f} ms ({min(ours):.0f}–{max(ours):.0f}), {memory:.0f} MB at most")
    print(f"  a fresh typst process   {b:7.0f} ms ({min(theirs):.0f}–{max(theirs):.0f})")
    print(f"  ratio of the medians    {a / b:7.2f}")


if __name__ == "__main__":
    compare(Path(sys.argv[1]))
