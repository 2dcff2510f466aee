"""What happens to a dossier and a note in a portal where the list of 2017-12 is public: told as JSON, one line."""

import json
import sys
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402 (after the apps are loaded)
from django.conf import settings  # noqa: E402
from django.db import Error, connection, transaction  # noqa: E402

from accounts.models import Account  # noqa: E402
from acts.errors import Refused  # noqa: E402
from editions.life import seal  # noqa: E402
from services.models import Service  # noqa: E402
from tests.dossiers.models import Dossier, DossierAct, Note  # noqa: E402

told: dict[str, Any] = {}


def said(run: Any) -> str:
    """Why it was refused; empty where it was done."""
    try:
        with transaction.atomic():
            run()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (Refused, Error) as error:
        return str(error).splitlines()[0]
    return ""


def raw(statement: str) -> str:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return said(run)


wang, zhou = Account.objects.get(username="wang"), Account.objects.get(username="zhou")
wang.is_superuser = zhou.is_superuser = True  # in this process alone: no group of the portal decides of dossiers

# A row with a trail
note = Note(text="甲")
note.save(reason="记下")
note.put(reason="改字", text="乙")
told["trail"] = [(each.text, each.history_change_reason) for each in Note.history.order_by("history_id")]
told["sealed"] = [model._meta.db_table for model in seal.sealed_models()]
with psycopg.connect(settings.SERVING_URL, autocommit=True) as somebody:  # an edition is being sealed meanwhile
    somebody.execute("SELECT pg_advisory_lock(%s)", [seal.SEALING])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '500ms'")
    told["note waits"] = said(lambda: note.put(reason="再改", text="丙"))
    told["service waits"] = said(lambda: Service.objects.get(code="FW-01").put(reason="改", phones="0316-5255901"))

# A thing that people act on
dossier = Dossier(number="1", state="open")
dossier.sign_with("opened", wang)
with transaction.atomic():
    dossier.save(force_insert=True)
    dossier.note("opened", wang, "")
told["own hand"] = said(lambda: dossier.decide(by=wang, reason="属实"))
told["no reason"] = said(lambda: dossier.decide(by=zhou))
told["stranger"] = said(lambda: dossier.decide(by=Account.objects.get(username="sun"), reason="属实"))
told["state alone"] = raw("UPDATE dossiers_dossier SET state = 'decided'")
told["another column"] = raw("UPDATE dossiers_dossier SET number = '2'")
told["no line"] = raw(
    f"UPDATE dossiers_dossier SET state = 'decided', grounds = 'x', decided_at = now(), decided_by_id = {zhou.pk},"
    " decided_by_name = '周'"
)
told["born decided"] = raw("INSERT INTO dossiers_dossier (number, state, opened_by_name, decided_by_name, grounds)"
                           " VALUES ('3', 'decided', '', '', '')")  # fmt: skip
told["decided"] = said(lambda: dossier.decide(by=zhou, reason="属实"))
told["again"] = said(lambda: dossier.decide(by=zhou, reason="属实"))
told["just now"] = dossier.did_it_just_now(dossier.steps["decided"], zhou)
told["timeline"] = [(act.verb, act.by_name, act.reason) for act in dossier.timeline.order_by("number")]
told["grounds"] = dossier.grounds
told["line rewritten"] = said(lambda: DossierAct.objects.update(reason="另一个理由"))
sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
