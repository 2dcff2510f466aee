"""Every page of the desk is Chinese: no sentence of a library is left in English."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Account
from history.guards import working_models
from tests.conftest import BASE, make_additions, signed_in

KNOWN = {"CSV", "XLSX", "xlsx", "JSON", "Ctrl", "admin", "root", "true", "false", "rsaquo"}
DATA = {"editions"}  # what a seal or a version says is data


def english(response: Any) -> set[str]:
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    page = re.sub(r"<input[^>]*csrfmiddlewaretoken[^>]*>", " ", page)
    said = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', page)
    said += re.findall(r'<input type="submit"[^>]*value="([^"]*)"', page)
    text = " ".join([re.sub(r"<[^>]+>", " ", page), *said])
    return {word for word in re.findall(r"[A-Za-z]{4,}", text) if word not in KNOWN}


@pytest.fixture
def everything(db: None) -> list[str]:
    make_additions()
    pages = [reverse("admin:index"), reverse("admin:password_change"), "/admin/nowhere/"]
    for model in admin.site._registry:
        if model._meta.app_label in DATA and model._meta.model_name in ("edition", "version", "entry"):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        if model in working_models():
            row = model.objects.first()
            pages += [reverse(f"{name}_{act}") for act in ("add", "import", "export")]
            pages += [reverse(f"{name}_{act}", args=[row.pk]) for act in ("change", "history")]
            pages.append(reverse(f"{name}_simple_history", args=[row.pk, row.history.first().pk]))
    return [*pages, reverse("admin:accounts_account_add")]


def test_no_page_of_the_desk_speaks_english(everything: list[str]) -> None:
    root = Account.objects.create(username="root", is_staff=True, is_superuser=True, last_name="周", first_name="急")
    client = signed_in(root)
    left = {path: words for path in everything if (words := english(client.get(path)))}
    # Names that the form itself uses for a part: duties …
    left = {path: words - {"duties", "boundaries", "services", "supervision"} for path, words in left.items()}
    assert {path: words for path, words in left.items() if words} == {}


def test_what_is_compiled_is_what_is_written() -> None:
    import gettext

    folder = BASE / "wenan_qts" / "locale" / "zh_Hans" / "LC_MESSAGES"
    with open(folder / "django.mo", "rb") as compiled:
        said = gettext.GNUTranslations(compiled)
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"', (folder / "django.po").read_text(encoding="utf-8"), re.M)
    assert len(written) > 8
    for original, chinese in written:
        assert said.gettext(original) == chinese
