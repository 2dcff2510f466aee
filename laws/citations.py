"""Citations in printed text: where they stand, what they mean, and which articles they name."""

import re
from dataclasses import dataclass

from laws.documents import CitationDocument
from verbatim.names import Names

ARTICLES = re.compile(r"第[零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?(?:[、和](?=第))?")


@dataclass(frozen=True)
class CitationSpan:
    """Characters `start` up to `end` of a text cite `citation`; `articles` as printed right after it (第二十条)."""

    start: int
    end: int
    citation: CitationDocument
    articles: tuple[str, ...]


def find(text: str, citations: Names[CitationDocument]) -> list[CitationSpan]:
    """Every citation in the text, in order."""
    found = []
    for span in citations.in_text(text):
        end, articles = span.end, []
        while match := ARTICLES.match(text, end):
            articles.append(match.group().rstrip("、和"))
            end = match.end()
        found.append(CitationSpan(span.start, span.end, span.target, tuple(articles)))
    return found
