"""No template and no module leads to a page, or takes a template, of a higher floor by its name. Where a page shows
a way up, the floor above has said so (editions.public.addresses, editions.desk.view_links)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib.admin import AdminSite
from django.template import engines
from django.template.base import Node, NodeList
from django.template.defaulttags import URLNode
from django.template.library import SimpleNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import BASE
from tests.portal.test_the_architecture import layers

TEMPLATES = BASE / "templates"
HEIGHT = {
    app: height for height, floor in enumerate(reversed(layers("Imports go down the floors only"))) for app in floor
}
TOP = max(HEIGHT.values())
LEADS = {"reverse", "reverse_lazy", "redirect", "resolve_url", "url", "url_in", "permanent_url"}
OF_DJANGO = {pattern.name for pattern in AdminSite().get_urls() if isinstance(pattern, URLPattern)}
"""The desk's first page, log-in and the like: every floor may lead there, the library has them."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in HEIGHT:
        for path in sorted((BASE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(BASE)), ast.parse(path.read_text(encoding="utf-8"))


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


@cache
def heights_of_pages() -> dict[str, int]:
    """By the name of a page, without its namespaces, the floor that has it."""
    found: dict[str, int] = {}
    for pattern in patterns(get_resolver()):
        name, view = pattern.name, pattern.callback
        app = getattr(getattr(view, "of", view), "__module__", "").split(".")[0]
        of_model = next((app for app in HEIGHT if name and name.startswith(f"{app}_")), "")
        if name and name not in OF_DJANGO and (of_model or app in HEIGHT):
            found[name] = min(HEIGHT[of_model or app], found.get(name, TOP))
    return found


def nodes(of: NodeList) -> Iterator[Node]:
    for node in of:
        yield node
        for inner in node.child_nodelists:
            yield from nodes(getattr(node, inner, None) or NodeList())


def named_in_template(name: str) -> tuple[set[str], set[str]]:
    """The pages that a template leads to, and the templates that it takes."""
    pages, templates = set(), set()
    for node in nodes(engines["django"].get_template(name).template.nodelist):
        if isinstance(node, URLNode):
            pages.add(str(node.view_name.var))
        elif isinstance(node, SimpleNode) and node.func.__name__ == "page_url":
            pages.add(str(node.args[0].var))
        elif isinstance(node, ExtendsNode):
            templates.add(str(node.parent_name.var))
        elif isinstance(node, IncludeNode):
            templates.add(str(node.template.var))
    return pages, {each for each in templates if Path(f"{TEMPLATES}/{each}").exists()}


def is_of_library(name: str) -> bool:
    """base_site.html of Django's admin: ours stands in its place."""
    return any((Path(config.path) / "templates" / name).exists() for config in apps.get_app_configs())


@cache
def templates() -> dict[str, tuple[set[str], set[str]]]:
    names = [str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html"))]
    return {name: named_in_template(name) for name in names}


def height_of(module: str) -> int:
    return HEIGHT[module.split("/")[0]]


def named_in_code() -> Iterator[tuple[str, str]]:
    """Modules, and the templates that they name."""
    for module, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in templates():
                yield module, node.value


@cache
def heights_of_templates() -> dict[str, int]:
    """The floor whose folder a template stands in; of one that stands in none, the lowest that takes it. What
    stands in the place of a library's own template may be taken by all, as the library's."""
    found = {}
    for name in templates():
        if is_of_library(name):
            found[name] = 0
            continue
        parts = [part for part in Path(name).parts[:-1] if part in HEIGHT]
        found[name] = HEIGHT[parts[0]] if parts else TOP
    shared = {name for name in found if found[name] == TOP}
    for module, name in named_in_code():
        if name in shared:
            found[name] = min(found[name], height_of(module))
    for _ in shared:  # what a shared template takes is taken by whoever takes it
        for name, (_pages, taken) in templates().items():
            for each in taken & shared:
                found[each] = min(found[each], found[name])
    return found


def above(height: int, pages: set[str]) -> list[str]:
    bare = {page: page.rpartition(":")[2] for page in pages}
    return sorted(page for page, name in bare.items() if heights_of_pages().get(name, 0) > height)


def test_templates_lead_to_no_page_above_their_floor() -> None:
    ours = {name: height for name, height in heights_of_templates().items() if not is_of_library(name)}
    assert {name: up for name in ours if (up := above(ours[name], templates()[name][0]))} == {}


def test_templates_take_no_template_from_above_their_floor() -> None:
    heights = heights_of_templates()
    up = {name: sorted(t for t in taken if heights[t] > heights[name]) for name, (_, taken) in templates().items()}
    assert {name: found for name, found in up.items() if found and not is_of_library(name)} == {}


def test_templates_load_no_tags_from_above_their_floor() -> None:
    found = []
    for name, height in heights_of_templates().items():
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        for library in {each for said in re.findall(r"{% load ([^%]+) %}", text) for each in said.split()}:
            app = engines["django"].engine.libraries.get(library, "").split(".")[0]
            if HEIGHT.get(app, 0) > height and not is_of_library(name):
                found.append((name, library))
    assert found == []


def ways_named_in_code() -> Iterator[tuple[str, set[str]]]:
    """Modules, and the pages that a call there leads to."""
    for module, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                named = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                if called in LEADS:
                    yield module, {page for page in named if isinstance(page, str)}


def test_code_leads_to_no_page_above_its_floor() -> None:
    assert [(module, up) for module, pages in ways_named_in_code() if (up := above(height_of(module), pages))] == []


def test_code_takes_no_template_from_above_its_floor() -> None:
    heights = heights_of_templates()
    assert [found for found in named_in_code() if heights[found[1]] > height_of(found[0])] == []
