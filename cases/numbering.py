"""The numbers of cases and decisions, held against what used them: how far a series has come is how often it was asked.
(Those of papers: cases.papers.faults.)"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear

from cases.case import CaseAct
from cases.papers.faults import SERIES as PAPERS
from cases.rows.decision import SpotPenalty
from cases.rows.numbers import Series

OF_ACTS = {"registered": "线索和案件", "decided": "处罚决定", "outcome_approved": "案审委的其他决定"}
"""Each of these acts takes one number, of the year in which it is done."""
ON_THE_SPOT = "当场处罚"
OF_SERIES = {"case": OF_ACTS["registered"], "decision": OF_ACTS["decided"], "spot_decision": ON_THE_SPOT}


def faults() -> Iterator[str]:
    """Each a sentence; nothing where all is well."""
    given: Counter[tuple[str, int]] = Counter()
    for series in Series.objects.exclude(form__startswith=PAPERS):
        given[OF_SERIES.get(series.form, OF_ACTS["outcome_approved"]), series.year] += series.last
    used = _used()
    for what, year in sorted({*given, *used}):
        if given[what, year] != used[what, year]:
            yield f"{what}的编号 {year} 年发到 {given[what, year]} 号，用了 {used[what, year]} 个。"


def _used() -> Counter[tuple[str, int]]:
    acts = CaseAct.objects.filter(verb__in=OF_ACTS).annotate(year=ExtractYear("at"))
    spot = SpotPenalty.objects.annotate(year=ExtractYear("handed_over_on"))
    used = Counter({(ON_THE_SPOT, year): count for year, count in _counted(spot, "year")})
    for verb, year, count in _counted(acts, "verb", "year"):
        used[OF_ACTS[verb], year] += count
    return used


def _counted(rows: Any, *by: str) -> Any:
    return rows.order_by().values_list(*by).annotate(count=Count("pk"))
