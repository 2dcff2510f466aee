"""What the docs and docstrings name exists: every path, every command, what is raised."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.conftest import BASE

DOCS = [BASE / "README.md", *sorted((BASE / "docs").rglob("*.md"))]
TREE = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*|[\w-]+\.(?:py|toml|lock|md))`|\]\(([^)#:]+)\)")

IN_EVERY_PART = ("models.py", "documents.py", "columns.py", "rules.py", "admin.py", "resources.py", "apps.py")


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(BASE)))
def test_every_path_exists(doc: Path) -> None:
    for coded, linked in TREE.findall(doc.read_text(encoding="utf-8")):
        path = coded or linked
        if path.startswith("var/") or path in IN_EVERY_PART:
            continue
        base = doc.parent if linked else BASE
        assert list(base.glob(path.rstrip("/"))), f"{doc.name} names {path}"


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(BASE)))
def test_every_command_exists(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands(), f"{doc.name} names manage.py {command}"
    targets = set(re.findall(r"^([a-z]+):", (BASE / "Makefile").read_text(), re.M))
    for target in re.findall(r"(?:`|^    )make ([a-z]+)", text, re.M):
        assert target in targets, f"{doc.name} names make {target}"


def test_nothing_names_a_registry_or_a_machine() -> None:
    for path in [*DOCS, *BASE.glob("*.lock"), BASE / "pyproject.toml", BASE / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"index-url|/work/|/root/|/home/\w", text), path


RAISES = re.compile(r"\b[Rr]aises((?:,? (?:or |and )?(?:a |an )?[A-Z]\w+)+)")
SOURCES = [path for path in BASE.glob("*/**/*.py") if not path.relative_to(BASE).parts[0].startswith((".", "var"))]


def docstrings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield re.sub(r"\s+", " ", node.value.value)


def test_what_docstrings_say_is_raised_exists() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    known = {node.name for node in nodes if isinstance(node, (ast.ClassDef, ast.alias))} | set(dir(builtins))
    for path, tree in trees.items():
        for text in docstrings(tree):
            for said in RAISES.findall(text):
                assert set(re.findall(r"[A-Z]\w+", said)) <= known, f"{path.relative_to(BASE)}: {text}"
