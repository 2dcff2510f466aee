"""What the public templates need: addresses in the edition that is read, and printed text with what it names."""

import functools
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from editions.comparison import FieldChange
from editions.register import Register
from laws import citations
from verbatim import fields
from verbatim.names import names_of, spans

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: Context, name: str, part: Any = None, code: str | None = None, kind: str | None = None) -> str:
    """The address of a page, in the edition that is being read."""
    where = {"part": getattr(part, "name", part), "code": code, "kind": kind}
    url: str = context["reading"].url(name, **{key: value for key, value in where.items() if value})
    return url


@register.filter
def paragraphs(cell: str) -> list[str]:
    return fields.paragraphs(cell)


@register.filter
def lines(cell: str) -> SafeString:
    """A printed cell on paper: its paragraphs apart by line breaks, and no element more than that takes."""
    return mark_safe("<br/>".join(map(escape, fields.paragraphs(cell))))  # noqa: S308 (escaped piece by piece)


MARKS = {
    "same": "{}",
    "gone": '<del><span class="hidden">〔删去：</span>{}<span class="hidden">〕</span></del>',
    "come": '<ins><span class="hidden">〔增加：</span>{}<span class="hidden">〕</span></ins>',
    "cut": '<span class="cut">……</span>',
}
LINE_END = '<span class="line-end">↵</span>\n'


@register.filter
def redline(field: FieldChange) -> SafeString:
    """What stayed, what went and what came, told apart by line and by word; an end of a line that changed shows."""
    shown = []
    for piece in field.excerpt:
        text = escape(piece.text)
        shown.append(MARKS[piece.mark].format(text if piece.mark == "same" else text.replace("\n", LINE_END)))
    return mark_safe("".join(shown))  # noqa: S308 (escaped piece by piece)


@register.filter
def tel(phone: str) -> str:
    """0316-5255905 as a telephone link: digits and nothing else."""
    return "tel:" + "".join(character for character in phone if character.isdigit())


@functools.lru_cache(maxsize=8)
def _offices(edition: Register) -> dict[str, Any]:
    return names_of(edition.documents("offices"))


@functools.lru_cache(maxsize=8)
def _law_numbers(edition: Register) -> dict[str, str]:
    return {law.code: law.number for law in edition.documents("laws")}


@register.simple_tag(takes_context=True)
def printed(context: Context, text: str) -> SafeString:
    """Printed text, character for character, with its citations marked."""
    return mark_safe(_cited(context, text))  # noqa: S308 (escaped piece by piece)


def _cited(context: Context, text: str) -> str:
    if "《" not in text:
        return escape(text)
    edition: Register = context["register"]
    pieces, done = [], 0
    for span in citations.find(text, edition.documents("citations")):
        number = _law_numbers(edition).get(span.citation.law, "")
        title = f' title="{escape(number)}"' if number else ""
        pieces += [escape(text[done : span.start]), f"<cite{title}>{escape(text[span.start : span.end])}</cite>"]
        done = span.end
    return "".join([*pieces, escape(text[done:])])


@register.simple_tag(takes_context=True)
def cell(context: Context, text: str) -> SafeString:
    """A printed cell: one <p> for each of its paragraphs."""
    lines = [f"<p>{_cited(context, line)}</p>" for line in fields.paragraphs(text)]
    return mark_safe("".join(lines))  # noqa: S308 (escaped piece by piece)


@register.simple_tag(takes_context=True)
def additions(context: Context, document: Any) -> list[tuple[str, Any]]:
    """What the bureau added to this document, or to what it points at: a line, and who added it."""
    edition: Register = context["register"]
    found = list(document.additions(edition))
    named = {edition.find(kind, code) for kind, code in document.references() if kind == "departments"}
    for listed in sorted((n for n in named if n), key=lambda n: str(n.document.code)):
        for took in listed.document.successions:
            found.append((f"{listed.document.name}的职责自 {took.since:%Y-%m-%d} 起由{took.successor}承接", took))
    for law in _laws(edition, document):
        for repeal in law.repeals:
            by = f"，由{repeal.replaced_by}代替" if repeal.replaced_by else ""
            found.append((f"《{law.title}》已于 {repeal.repealed_on:%Y-%m-%d} 废止{by}", repeal))
    return found


def _laws(edition: Register, document: Any) -> list[Any]:
    text = "\n".join(document.printed())
    cited = {span.citation.law for span in citations.find(text, edition.documents("citations"))}
    return [law for law in edition.documents("laws") if law.code in cited]


@register.simple_tag(takes_context=True)
def laws_cited(context: Context, document: Any) -> list[Any]:
    """The laws that the printed text of this document cites."""
    return _laws(context["register"], document)


@register.simple_tag(takes_context=True)
def phones_owned(context: Context, service: Any) -> list[tuple[str, Any]]:
    """Where a cell holds several phones: which office each belongs to, as far as the bureau has said."""
    phones = fields.paragraphs(service.phones)
    owners = {phone: office for office in context["register"].documents("offices") for phone in office.phones}
    return [(phone, owners[phone]) for phone in phones if phone in owners] if len(phones) > 1 else []


@register.simple_tag(takes_context=True)
def offices_named(context: Context, text: str) -> list[Any]:
    """The offices that this text names, each once, in order."""
    return list(dict.fromkeys(span.target for span in spans(text, _offices(context["register"]))))
