"""Every page of the desk is Chinese: no sentence of a library is left in English."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Account
from editions.desk.drafts import Draft
from editions.desk.edition_page import FORMS
from editions.life.timeline import Remark
from portal.models import AnnualCheck
from tests.acting import change_a_phone, first_day, make_at, make_hands, make_submitted
from tests.conftest import BASE, edited_models, make_additions, make_root, signed_in

KNOWN = {"CSV", "XLSX", "xlsx", "JSON", "Ctrl", "admin", "root", "true", "false", "rsaquo", "TOTP"}
DATA = {"editions"}  # what a seal or a version says is data


def english(response: Any) -> set[str]:
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    page = re.sub(r"<input[^>]*csrfmiddlewaretoken[^>]*>", " ", page)
    page = re.sub(r'<dd class="digest">.*?</dd>|<code class="secret">.*?</code>', " ", page)
    said = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', page)
    said += re.findall(r'<input type="submit"[^>]*value="([^"]*)"', page)
    text = " ".join([re.sub(r"<[^>]+>", " ", page), *said])
    return {word for word in re.findall(r"[A-Za-z]{4,}", text) if word not in KNOWN}


@pytest.fixture
def everything(own_database: Any) -> list[str]:
    own_database()
    make_root()
    make_additions()
    pages = [reverse("admin:index"), reverse("admin:password_change"), "/admin/nowhere/"]
    for model in admin.site._registry:
        if model._meta.app_label in DATA and model._meta.model_name in ("edition", "version", "entry"):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        if model in edited_models():
            row = model.objects.first()
            pages += [reverse(f"{name}_{act}") for act in ("add", "import", "export")]
            pages += [reverse(f"{name}_{act}", args=[row.pk]) for act in ("change", "history")]
            pages.append(reverse(f"{name}_simple_history", args=[row.pk, row.history.first().pk]))
    return [*pages, *of_editions(), *of_accounts()]


def of_accounts() -> list[str]:
    """Every page of what is asked for accounts."""
    account = Account.objects.get(username="wangfang2")
    asked = account.requests.get()
    return [
        reverse("admin:accounts_account_add"),
        *(reverse(f"admin:accounts_account_{page}", args=[account.pk]) for page in ("change", "password")),
        reverse("admin:accounts_account_second_factor", args=[account.pk]),
        reverse("admin:accounts_accountrequest_change", args=[asked.pk]),
    ]


def of_editions() -> list[str]:
    """Every page of the life of an edition, with something on it."""
    hands = make_hands()
    change_a_phone("0316-5250001", "FW-06")
    signed = make_at("signed", hands)
    signed.remark(Remark(source="county", kind="services", code="FW-05", text="请核实"), by=hands.clerk)
    returned = make_submitted(hands, ("services", "FW-06"), label="2031-01")
    returned.send_back(by=hands.reviewer, reason="电话有误")
    root = Account.objects.get(username="root")
    draft = Draft.objects.create(by=root, label="2031-02", effective_on=first_day(), picks=[["services", "FW-06"]])
    AnnualCheck.objects.create(year=2026, by=root, by_name="周急")
    act = "admin:editions_edition_act"
    return [
        reverse("admin:editions_edition_compile"),
        *(reverse(f"admin:editions_edition_{name}", args=[draft.pk]) for name in ("draft", "submit", "discard")),
        *(reverse("admin:editions_edition_change", args=[each.pk]) for each in (signed, returned)),
        *(reverse(act, args=[signed.pk, verb]) for verb in FORMS),
        reverse("admin:editions_edition_restore", args=["services", "FW-06"]),
        *(reverse(f"admin:editions_checkup{page}") for page in ("", "_add")),
        reverse("admin:editions_checkup_kept", args=[signed.pk]),
        *(reverse("admin:second-factor"), reverse("admin:second-factor-setup")),
        *(reverse("admin:annual", args=()), reverse("admin:annual-check", args=[2026])),
        *(reverse("admin:annual-office", args=[2026, code]) for code in ("gs-02", "none")),
        *(f"/admin/preview/{what}/" for what in ("working", f"edition-{signed.pk}", f"draft-{draft.pk}")),
    ]


def test_no_page_of_the_desk_speaks_english(everything: list[str]) -> None:
    client = signed_in(Account.objects.get(username="root"))
    left = {path: words for path in everything if (words := english(client.get(path)))}
    # Names that the form itself uses for a part: duties …
    left = {path: words - {"duties", "boundaries", "services", "supervision"} for path, words in left.items()}
    names = {name.strip("0123456789") for name in Account.objects.values_list("username", flat=True)}
    assert {path: words - names for path, words in left.items() if words - names} == {}


def test_what_is_compiled_is_what_is_written() -> None:
    import gettext

    folder = BASE / "wenan_qts" / "locale" / "zh_Hans" / "LC_MESSAGES"
    with open(folder / "django.mo", "rb") as compiled:
        said = gettext.GNUTranslations(compiled)
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"', (folder / "django.po").read_text(encoding="utf-8"), re.M)
    assert len(written) > 8
    for original, chinese in written:
        assert said.gettext(original) == chinese


def test_the_desk_has_one_name_in_every_way_back_to_it(wang: Any) -> None:
    client = signed_in(wang)
    for page in ("duties/duty/", "duties/duty/5/change/", "duties/duty/5/history/", "duties/duty/import/", "auth/"):
        ways = re.findall(r'<a href="/admin/">([^<]+)</a>', client.get(f"/admin/{page}").content.decode())
        assert set(ways) <= {"工作台", "责任清单管理"}, page
