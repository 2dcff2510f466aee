"""What the public templates need: addresses in the edition that is read, and printed text with what it names."""

import datetime
import functools
import itertools
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from editions.form import parts
from editions.form.columns import FormCell
from editions.life.edition import Edition
from editions.public import addresses
from editions.public.changes import Changes, counted
from editions.public.reading import Reading, address
from editions.register.comparison import Change, FieldChange
from editions.register.register import Listed, Register
from laws import citations
from verbatim import fields
from verbatim.codes import numbers_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_url(
    context: Context,
    name: str,
    part: Any = None,
    code: str | None = None,
    kind: str | None = None,
    other: str | None = None,
    number: int | None = None,
    edition: Edition | None = None,
) -> str:
    """The address of a page, in the edition that is being read or in the one that is given."""
    reading: Reading = context["reading"]
    given = {"part": getattr(part, "name", part), "code": code, "kind": kind, "other": other, "number": number}
    where = {key: value for key, value in given.items() if value}
    return reading.url_in(edition, name, **where) if edition else reading.url(name, **where)


@register.simple_tag(takes_context=True)
def pdf_of(context: Context, name: str, **where: Any) -> str:
    """The address of the PDF of a page; empty where it has none."""
    paper = addresses.pdf_of_page(name)
    return page_url(context, paper, **where) if paper else ""


@register.simple_tag(takes_context=True)
def link_to(context: Context, kind: str, code: str, text: str) -> SafeString:
    """The text as a link to the page of that document; the text alone where its kind has no pages."""
    pages = addresses.pages_of_kind(kind)
    if pages is None:
        return escape(text)
    return format_html('<a href="{}">{}</a>', page_url(context, pages.one, kind=kind, code=code), text)


@register.simple_tag
def pages_of_kinds() -> Iterable[addresses.PagesOfKind]:
    return addresses.pages_of_kinds()


@register.simple_tag(takes_context=True)
def all_of_kind(context: Context, kind: str) -> str:
    """The address of the page of all documents of a kind; empty where there is none."""
    pages = addresses.pages_of_kind(kind)
    return page_url(context, pages.all, kind=kind) if pages else ""


@register.simple_tag(takes_context=True)
def single_page(context: Context, purpose: str) -> str:
    """The address of the page that serves that purpose; empty where there is none."""
    name = addresses.single_page(purpose)
    return page_url(context, name) if name else ""


@register.simple_tag(takes_context=True)
def pages_beside(context: Context, part: str, code: str) -> list[tuple[str, str]]:
    """Address and label of each page to which an item leads."""
    return [
        (page_url(context, page.name), page.label)
        for page in addresses.pages_beside(part, code, context["reading"].catalogue)
    ]


@register.simple_tag(takes_context=True)
def find_item(context: Context, part: str, code: str) -> Any:
    """The item in the edition that is being read; None where it has none."""
    return context["reading"].register.find(part, code)


@register.simple_tag(takes_context=True)
def pages_at_the_foot(context: Context) -> list[tuple[str, str]]:
    """Address and label of each."""
    return [
        (page_url(context, page.name), page.label) for page in addresses.pages_at_the_foot(context["reading"].catalogue)
    ]


@register.simple_tag(takes_context=True)
def page_of(context: Context, listed: Listed | None, change: Change, edition: Edition) -> str:
    """The address of what changed, as that edition lists it; empty where it does not, or where it has no page."""
    if listed is None:
        return ""
    match change.kind:
        case parts.Part(name=name):
            return page_url(context, "item", part=name, code=change.code, edition=edition)
        case parts.Kind(name="frames"):
            return page_url(context, "part", part=change.code, edition=edition)
        case parts.Kind(single=True):
            return page_url(context, "contents", edition=edition)
    pages = addresses.pages_of_kind(change.kind.name)
    return page_url(context, pages.one, kind=change.kind.name, code=change.code, edition=edition) if pages else ""


@register.filter
def paragraphs(cell: str) -> list[str]:
    return fields.paragraphs(cell)


@register.filter
def lines(cell: str) -> SafeString:
    """A printed cell on paper: its paragraphs apart by line breaks, and no element more than that takes."""
    return mark_safe("<br/>".join(map(escape, fields.paragraphs(cell))))  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def reasons_of(changes: Changes, change: Change) -> list[tuple[str, str]]:
    """Why it changed: the label of the edition that says so, where there are several, and the reason."""
    return changes.reasons_of(change)


@register.simple_tag
def retired_on(changes: Changes, change: Change) -> datetime.date | None:
    return changes.retired_on(change)


register.filter("counted", counted)


@register.simple_tag(takes_context=True)
def periods_of(context: Context, edition: Edition) -> str:
    """When it was in force, from the first day to the last."""
    spells = context["reading"].catalogue.periods_of(edition)
    said = [f"{each.first:%Y-%m-%d} 至{f' {each.last:%Y-%m-%d}' if each.last else '今'}" for each in spells]
    return "、".join(said) or "没有施行过"


MARKS = {
    "same": "{}",
    "gone": '<del><span class="hidden">〔删去：</span>{}<span class="hidden">〕</span></del>',
    "come": '<ins><span class="hidden">〔增加：</span>{}<span class="hidden">〕</span></ins>',
    "cut": '<span class="cut">……</span>',
}
ON_PAPER = {"same": "{}", "gone": "<del>{}</del>", "come": "<ins>{}</ins>"}
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
def text_before(field: FieldChange) -> SafeString:
    """The whole text as it was, on paper: what went is marked."""
    return _on_paper(field, without="come")


@register.filter
def text_after(field: FieldChange) -> SafeString:
    """The whole text as it is, on paper: what came is marked."""
    return _on_paper(field, without="gone")


def _on_paper(field: FieldChange, *, without: str) -> SafeString:
    shown = (
        ON_PAPER[piece.mark].format(escape(piece.text).replace("\n", "<br/>"))
        for piece in field.pieces
        if piece.mark != without
    )
    return mark_safe("".join(shown))  # noqa: S308 (escaped piece by piece)


@register.filter
def tel(phone: str) -> str:
    """0316-5255905 as a telephone link: digits and nothing else."""
    return "tel:" + "".join(character for character in phone if character.isdigit())


@functools.lru_cache(maxsize=8)
def _law_numbers(edition: Register) -> dict[str, str]:
    return {law.code: law.number for law in edition.documents("laws")}


@register.simple_tag(takes_context=True)
def printed(context: Context, text: str) -> SafeString:
    """Printed text, character for character, with its citations marked."""
    return mark_safe(_cited(context, text))  # noqa: S308 (escaped piece by piece)


@register.simple_tag(takes_context=True)
def heading(context: Context, text: str) -> SafeString:
    """Printed text in a heading, which holds no paragraph: a line for each."""
    lines = [f'<span class="line">{_cited(context, line)}</span>' for line in fields.paragraphs(text)]
    return mark_safe("".join(lines))  # noqa: S308 (escaped piece by piece)


def _cited(context: Context, text: str) -> str:
    if "《" not in text:
        return escape(text)
    edition: Register = context["register"]
    pieces, done = [], 0
    for span in citations.find(text, edition.names("citations")):
        number = _law_numbers(edition).get(span.citation.law, "")
        title = f' title="{escape(number)}"' if number else ""
        pieces += [escape(text[done : span.start]), f"<cite{title}>{escape(text[span.start : span.end])}</cite>"]
        done = span.end
    return "".join([*pieces, escape(text[done:])])


@register.simple_tag(takes_context=True)
def as_printed(context: Context, kind: str, code: str, anchor: str = "") -> SafeString:
    """The marks 原文如此 beside the text of one place; nothing where the staff said so of nothing there."""
    reading: Reading = context["reading"]
    here = (kind, code, anchor.lower())
    marks = [m for m in reading.catalogue.beside.get("as_printed", ()) if (m.kind, m.code, m.anchor) == here]
    listed = reading.register.find(kind, code) if marks else None
    said = [m.text for m in marks if listed and m.stands_in(listed.document)]
    return format_html_join("", ' <span class="sic">“{}”原文如此</span>', ((text,) for text in said))


@register.simple_tag(takes_context=True, name="cell")
def in_paragraphs(context: Context, text: str) -> SafeString:
    """A printed cell: one <p> for each of its paragraphs."""
    lines = [f"<p>{_cited(context, line)}</p>" for line in fields.paragraphs(text)]
    return mark_safe("".join(lines))  # noqa: S308 (escaped piece by piece)


UNSAID = mark_safe('<p class="none">未写明</p>')
"""In the place of an office or a phone that the list does not print."""
TWICE = mark_safe('<span class="sic">原件印了两次</span>')


@register.simple_tag(takes_context=True)
def cell_html(context: Context, cell: FormCell) -> SafeString:
    """What stands in a cell of a form, as a page shows it."""
    if cell.holds_phones:
        links = ((tel(phone), phone) for phone in fields.paragraphs(cell.text))
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or UNSAID
    if cell.names_offices:
        return _linked_offices(context, cell.text) or UNSAID
    return escape(cell.text) if cell.is_line else in_paragraphs(context, cell.text)


def _linked_offices(context: Context, text: str) -> SafeString:
    """The paragraphs of a cell, each office that it names as a link to its page; one that is printed twice is said to
    be."""
    edition: Register = context["register"]
    spans = edition.names("offices").in_cell(text).spans
    made, seen, start = [], set[str](), 0
    for line in fields.paragraphs(text):
        pieces, done = [], start
        for span in spans:
            if start <= span.start < start + len(line):
                named = link_to(context, "offices", span.target.code, text[span.start : span.end])
                pieces += [escape(text[done : span.start]), named]
                done = span.end
        pieces.append(escape(text[done : start + len(line)]))
        made.append(format_html("<p>{}{}</p>", mark_safe("".join(pieces)), TWICE if line in seen else ""))  # noqa: S308
        seen.add(line)
        start += len(line) + 1
    return mark_safe("".join(made))  # noqa: S308 (all of it is)


@register.simple_tag(takes_context=True)
def number(context: Context, kind: str, code: str, anchor: str = "", called: str = "") -> SafeString:
    """The number of an item, or of something inside it, as a link to its address for good; beside it what somebody who
    cites it copies. `called` is its number as the list itself prints it, where it has no code of its own."""
    reading: Reading = context["reading"]
    place = f"#{anchor}" if anchor else ""
    shown = anchor.upper() if anchor.upper().startswith(code) else called.rstrip("、") or anchor.upper() or code
    if reading.preview:
        return format_html('<a class="number" href="{}">{}</a>', place or "#main", shown)
    url = address(reading.permanent_url("item", part=kind, code=code) + place)
    return format_html(
        '<a class="number" href="{}">{}</a><details class="cite"><summary>引用本条</summary><p>{}</p></details>',
        url,
        shown,
        reading.citation(shown if shown.startswith(code) else f"{code} {shown}", url),
    )


@register.simple_tag(takes_context=True)
def register_cells(
    context: Context, cells: Iterable[FormCell], rows: int = 0, numbered: str = "", blank: str = ""
) -> SafeString:
    """Cells of a register, each of so many rows, with the number of the row in the first, or `blank` where there is no
    row; a template of its own for each would take twice the time."""
    number_of_row = format_html('<div class="numbered">{}</div>', numbered) if numbered else ""
    without_row = format_html('<p class="none">{}</p>', blank) if blank else ""
    beside = itertools.chain([number_of_row or without_row], itertools.repeat(""))
    made = [
        f"{_opening(cell.column.look, cell.short, rows)}{cell_html(context, cell)}{more}</td>"
        for cell, more in zip(cells, beside, strict=False)
    ]
    return mark_safe("".join(made))  # noqa: S308 (all of it is)


@register.simple_tag(takes_context=True)
def form_facts(context: Context, cells: Iterable[FormCell]) -> SafeString:
    """What stands in these columns of a form, each under its title."""
    made = []
    for cell in cells:
        look = attributes(**{"class": "phone" if cell.holds_phones else ""})
        made.append(f"<div><dt>{escape(cell.title)}</dt><dd{look}>{cell_html(context, cell)}</dd></div>")
    return mark_safe("".join(made))  # noqa: S308 (all of it is)


@functools.lru_cache(maxsize=256)
def _opening(look: str, short: str, rows: int) -> SafeString:
    return format_html("<td{}>", attributes(**{"class": look, "data_label": short, "rowspan": rows}))


@register.filter
def cell_print_html(cell: FormCell) -> SafeString:
    """The same on paper, where things of their own stand one under the other."""
    if not cell.is_series:
        return lines(cell.text)
    return format_html_join("", "<p>{}</p>", ((text,) for _, text in cell.texts))


@register.simple_tag
def attributes(**given: Any) -> SafeString:
    """Those that have a value: data_label is written data-label."""
    said = ((name.replace("_", "-"), value) for name, value in given.items() if value)
    return format_html_join("", ' {}="{}"', said)


@register.simple_tag(takes_context=True)
def additions(context: Context, document: Any) -> list[tuple[str, Any]]:
    """What the bureau added to this document, or to what it points at: a line, and who added it."""
    edition: Register = context["register"]
    found = list(document.additions(edition))
    named = {edition.find(kind, code) for kind, code in document.references() if kind == "departments"}
    for listed in sorted((n for n in named if n), key=lambda n: numbers_of(n.document.code)):
        for took in listed.document.successions:
            found.append((f"{listed.document.name}的职责自 {took.since:%Y-%m-%d} 起由{took.successor}承接", took))
    for law in _laws(edition, document):
        for repeal in law.repeals:
            by = f"，由{repeal.replaced_by}代替" if repeal.replaced_by else ""
            found.append((f"《{law.title}》已于 {repeal.repealed_on:%Y-%m-%d} 废止{by}", repeal))
    return found


def _laws(edition: Register, document: Any) -> list[Any]:
    text = "\n".join(document.printed())
    cited = {span.citation.law for span in citations.find(text, edition.names("citations"))}
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
    """The offices that this office cell names, each once, in order."""
    read = context["register"].names("offices").in_cell(text)
    return list(dict.fromkeys(span.target for span in read.spans))
