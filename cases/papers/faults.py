"""What is wrong with the papers of all cases: files that are not what was issued, numbers that are missing."""

from collections.abc import Iterator

from django.db.models import Count, Max

from cases.rows.numbers import Series
from cases.rows.paper import FILES, Paper

SERIES = "paper-"
CHUNK = 50
"""So many papers are in memory at a time."""


def faults() -> Iterator[str]:
    """Each a sentence; nothing where all is well."""
    for paper in Paper.objects.select_related("case", "void").order_by("pk").iterator(CHUNK):
        for kind in FILES:
            if not paper.is_as_issued(kind):
                yield f"{paper.case.named}的文书{paper}（{paper.pk}）：{kind.upper()} 和制作时的摘要不符。"
    taken = {(row.form, row.year): row.last for row in Series.objects.filter(form__startswith=SERIES)}
    for form, year, count, last in (
        Paper.objects.exclude(number=None).values_list("form", "year").annotate(Count("pk"), Max("number")).order_by()
    ):
        known = taken.pop((f"{SERIES}{form}", year), 0)
        if not count == last == known:
            yield f"文书目录第 {form} 种 {year} 年的编号不连续：发到 {known} 号，最大 {last} 号，实有 {count} 份。"
    for (series, year), last in sorted(taken.items()):
        if last:
            yield f"文书编号 {series} {year} 年发到 {last} 号，却没有文书。"
