"""The whole-list PDF in a warm process against a fresh process of typst that sets the same text on the same paper."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
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
    widths = {"duties": [7, 32, 33, 19, 9], "boundaries": [5, 9, 11, 33, 17, 25], "services": [7, 22, 35, 19, 17]}
    tables, regimes = [], []
    for part in register.parts:
        frame, cells = register.frame(part.name), []
        for listed in register.of(part.name):
            document = listed.document
            if part.name == "duties":
                for index, row in enumerate(document.rows):
                    if index == 0:
                        cells += [(len(document.rows), listed.serial), (len(document.rows), document.text)]
                    cells += [(1, row.text), (1, row.offices), (1, row.note)]
            elif part.name == "boundaries":
                for index, share in enumerate(document.shares):
                    span = len(document.shares)
                    if index == 0:
                        cells += [(span, listed.serial), (span, document.title)]
                    cells += [(1, share.name), (1, share.text)]
                    if index == 0:
                        cells += [(span, "\n".join(b.text for b in document.bases)), (span, document.case)]
            elif part.name == "services":
                row = (listed.serial, document.title, document.content, document.offices, document.phones)
                cells += [(1, text) for text in row]
            else:
                heads = {chapter.marker + chapter.title for chapter in document.chapters}
                title, *lines = document.lines(listed.serial)
                regimes.append({"title": title, "lines": [{"head": line in heads, "text": line} for line in lines]})
        if cells:
            tables.append(
                {
                    "heading": frame.numeral + frame.heading,
                    "items": [f"{listed.serial} {listed.document.title}" for listed in register.of(part.name)],
                    "wide": part.name == "boundaries",
                    "widths": widths[part.name],
                    "columns": frame.columns.split("\n"),
                    "cells": [{"span": span, "text": text} for span, text in cells],
                    "notes": list(frame.closing()),
                }
            )
    cover = list(register.cover.printed())
    return {"foot": "2017-12 版　摘要 36d6d2460c56", "cover": cover, "parts": tables, "regimes": regimes}


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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  ours, warm, tagged      {a:7.0f} ms ({min(ours):.0f}–{max(ours):.0f}), {memory:.0f} MB at most")
    print(f"  a fresh typst process   {b:7.0f} ms ({min(theirs):.0f}–{max(theirs):.0f})")
    print(f"  ratio of the medians    {a / b:7.2f}")


if __name__ == "__main__":
    compare(Path(sys.argv[1]))
