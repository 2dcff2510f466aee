"""What is wrong with the cases that were put away: a file that is not what was bound, rows not as they were sealed."""

import itertools
from collections.abc import Iterator

from cases.archiving import sealing
from cases.attaching.folder import NotThere
from cases.rows.archive import Archive
from verbatim.documents import digest

CHUNK = 100
"""So many cases are looked at in one go: each table is asked once for all of them."""


def faults() -> Iterator[str]:
    """Each a sentence; nothing where all is well."""
    rows = Archive.objects.select_related("case").order_by("pk").iterator(CHUNK)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield from _faults_of(chunk)


def _faults_of(archives: list[Archive]) -> Iterator[str]:
    seals, named = {}, {}
    for archive in archives:
        named[archive.case_id] = archive.case.named
        try:
            archive.pdf()
        except NotThere:
            yield f"{archive.case.named}的案卷 PDF 不在了，或者和归档时的摘要 {archive.digest[:12]} 不符。"
        if digest(archive.seal) != archive.seal_digest:
            yield f"{archive.case.named}的封存文本和摘要 {archive.seal_digest[:12]} 不符。"
            continue
        try:
            seal = archive.sealed
        except ValueError:
            yield f"{archive.case.named}的封存文本读不出来。"
            continue
        if seal.pdf != archive.digest or seal.contents != digest(archive.contents):
            yield f"{archive.case.named}的卷内目录或者案卷 PDF 的摘要和封存时不同。"
        seals[archive.case_id] = seal
    for case, said in sealing.differences(seals):
        yield f"{named[case]}归档以后，{said}。"
