"""Templates are laid out like code (what djade leaves alone is held here), and the pages they make are valid HTML."""

import re
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from django.test import Client
from tinyhtml5.parser import HTMLParser

from portal.models import ErrorReport
from services.models import Event
from tests.acting import make_hands, make_report, make_years
from tests.conftest import BASE, make_additions, signed_in
from tests.portal.test_in_a_browser import DESK, MISSING, PAGES
from wenan_qts.layout import put_together

TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
LONGEST = 120

TOKEN = re.compile(r"{#.*?#}|{%\s*(?P<tag>\w+).*?%}|{{.*?}}|<(?P<name>/?[a-z]\w*)(?:{%.*?%}|{{.*?}}|[^<>])*>", re.S)
BETWEEN = {"else", "elif", "empty"}
VOID = {"meta", "link", "input", "br", "img", "col"}
HEADINGS = {"h1", "h2", "h3", "h4"}
INLINE = {"a", "b", "br", "button", "cite", "code", "del", "em", "img", "input", "ins", "label", "mark", "select",
          "small", "span", "strong", "svg", "textarea", "time"}  # fmt: skip
TRANSPARENT = {"a", "del", "ins"}
TEXT = (INLINE - TRANSPARENT) | HEADINGS | {"p", "summary"}
"""What holds text and what stands in its lines, nothing that is a block."""
HOLDS = {"tbody": {"tr"}, "thead": {"tr"}, "tr": {"th", "td"}, "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"},
         "select": {"option", "optgroup"}} | {name: INLINE for name in TEXT - {"select"}}  # fmt: skip
HOLDS["summary"] = INLINE | HEADINGS


def width(line: str) -> int:
    """As ruff measures: a Chinese character takes two columns."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def steps_in(source: str) -> dict[int, int]:
    """How much deeper each line of a template stands: two blanks for each element and each tag of Django's that is open
    where it begins, and for the attributes of a tag that goes on; the outermost {% block %} counts for nothing."""
    pairs = set(re.findall(r"{% end(\w+)", source))
    starts = [match.start() for match in re.finditer(r"^", source, re.M)]
    depth, found = 0, {}
    changes: list[tuple[int, int]] = []  # where, how many steps
    for token in TOKEN.finditer(source):
        tag, name = token["tag"] or "", token["name"] or ""
        change = 0
        if tag in pairs and (tag != "block" or depth):
            change = 1
        elif tag.startswith("end"):
            change = -1 if depth else 0
        elif tag in BETWEEN:
            changes += [(token.start(), -1), (token.start() + 1, 1)]
        elif name.startswith("/"):
            change = -1
        elif name and name not in VOID:
            change = 1
        if name and "\n" in token[0]:
            changes += [(token.start() + 1, 1), (token.end() - 1, -1)]
        depth += change
        changes.append((token.start() if change < 0 else token.end(), change))
    for number, start in enumerate(starts, 1):
        first = start + len(source[start:]) - len(source[start:].lstrip(" "))
        found[number] = sum(change for place, change in changes if place <= first)
    return found


def faults_of_layout(source: str) -> list[str]:
    faults, steps = [], steps_in(source)
    for number, line in enumerate(source.split("\n"), 1):
        html = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", lambda found: "·" * len(found[0]), line)
        if width(line) > LONGEST:
            faults.append(f"{number}: longer than {LONGEST}")
        if line and len(line) - len(line.lstrip(" ")) != 2 * steps[number]:
            faults.append(f"{number}: stands {2 * steps[number]} deep")
        for tag in re.finditer(r"<(/?)([a-z]\w*)", html):
            before, after = html[: tag.start()].strip(), html[tag.start() :].partition(">")[2]
            if tag[2] not in INLINE and ((not tag[1] and before) or (tag[1] and after)):
                faults.append(f"{number}: <{tag[1]}{tag[2]}> shares its line")
    return faults


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE / "templates")))
def test_a_template_is_laid_out_like_code(path: Path) -> None:
    assert faults_of_layout(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<ul>\n  <li>一</li><li>二</li>\n</ul>\n", "2: </li> shares its line"),
        ("{% if a %}<p>一</p>{% endif %}\n", "1: <p> shares its line"),
        ("<div>\n<p>一</p>\n</div>\n", "2: stands 2 deep"),
        ("{% if a %}\n  <p>一</p>\n  {% else %}\n  <p>二</p>\n{% endif %}\n", "3: stands 0 deep"),
        ('<a\n  href="/"\n  >一</a>\n', "3: stands 0 deep"),
        ("<p>\n  " + "一" * 60 + "\n</p>\n", "2: longer than 120"),
    ],
)
def test_what_is_not_laid_out_like_code_is_found(source: str, fault: str) -> None:
    assert fault in faults_of_layout(source)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<p>\n  一句话，\n  <b>一</b>\n  完\n</p>\n", "<p>一句话，<b>一</b>完</p>"),
        ('<a\n  href="{{ a }}"\n  {% if b > c %}class="x"{% endif %}\n>\n  一\n</a>', None),
        ('{{ a }}{{ " " }}\n{{ b }}', '{{ a }}{{ " " }}{{ b }}'),
        ("<p>\n  一\n  　二 三\n</p>", "<p>一　二 三</p>"),
    ],
)
def test_a_line_break_is_no_text(source: str, read: str | None) -> None:
    assert put_together(source) == (read or '<a href="{{ a }}" {% if b > c %}class="x"{% endif %}>一</a>')


STYLES = sorted((BASE / "static").rglob("*.css"))
BY_PLACE = re.compile(r"([^{}]*:(?:nth|first|last|only)-[^{}]*){")
RUNNING_TEXT = re.compile(r"p:(?:first-of-type|last-child)")
"""The first paragraph stands beside its label, the last ends the text: no more is known of a paragraph."""


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_knows_a_thing_by_what_it_is(path: Path) -> None:
    lists = [each.strip() for found in BY_PLACE.findall(path.read_text(encoding="utf-8")) for each in found.split(", ")]
    by_place = [each for each in lists if re.search(":(?:nth|first|last|only)-", RUNNING_TEXT.sub("", each))]
    assert by_place == []


def misplaced(element: Any, within: str = "body") -> list[str]:
    """Where an element stands that may not stand there: a paragraph in a heading, a list item in no list."""
    found = []
    for child in (each for each in element if isinstance(each.tag, str)):  # a comment has no name
        name = child.tag.partition("}")[2]
        if name not in HOLDS.get(within, {name}):
            found.append(f"<{name}> in <{within}>")
        if name != "svg":
            found += misplaced(child, within if name in TRANSPARENT else name)
    return found


def faults_of_page(page: bytes) -> list[str]:
    parser = HTMLParser()
    root = parser.parse(page.decode())
    names = [element.get("id") for element in root.iter() if element.get("id")]
    twice = sorted({name for name in names if names.count(name) > 1})
    said = [f"{code} {values}" for _, code, values in parser.errors]
    return [*said, *misplaced(root[1]), *(f"id {name} twice" for name in twice)]


MORE = [
    "/admin/editions/edition/checkup/",
    "/admin/editions/edition/checkup/add/",
    "/admin/editions/edition/compile/",
    "/admin/editions/edition/restore/services/FW-05/",
    "/admin/annual/",
    "/admin/manual/",
    "/admin/second-factor/setup/",
]


@pytest.fixture
def years(db: None) -> Any:
    make_additions()
    hands = make_hands()
    make_years(hands)
    make_report(by=hands.editor)
    return hands


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_public_pages_are_valid(years: Any, citizen: Client, dress: str) -> None:
    pages = {path: citizen.get(dress + path).content for path in [*PAGES, *MISSING]}
    assert {path: faults for path, page in pages.items() if (faults := faults_of_page(page))} == {}


def test_pages_of_the_desk_are_valid(years: Any) -> None:
    client, event, report = signed_in(years.editor), Event.objects.get(), ErrorReport.objects.get()
    paths = [path.replace("event/1/", f"event/{event.pk}/") for path in [*DESK, *MORE]]
    paths = [path.replace("errorreport/1/", f"errorreport/{report.pk}/") for path in paths]
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    pages = {path: answer.content for path, answer in answers.items()}
    assert {path: faults for path, page in pages.items() if (faults := faults_of_page(page))} == {}


def test_what_is_not_valid_is_found() -> None:
    page = '<!doctype html><title>x</title><h1><p id="a">x</p></h1><ul><p id="a">x</p></ul><div></span></div>'
    assert faults_of_page(page.encode()) == [
        "unexpected-end-tag {'name': 'span'}",
        "<p> in <h1>",
        "<p> in <ul>",
        "id a twice",
    ]
