"""python -m bench.fuzzing [CASES]: whatever is sent (paths, headers, forms, files), a page of ours answers, and no
fault."""

import logging
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

BASE = Path(__file__).resolve().parent.parent
os.environ["VAR"] = str(BASE / "var" / "stress")
os.environ["DJANGO_SETTINGS_MODULE"] = "wenan_qts.settings"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PRODUCTION", "URL_PREFIX"):
    os.environ.pop(name, None)

WORDS = ["duties", "boundaries", "services", "supervision", "editions", "2017-12", "zz-01", "jg-06", "offices", "gs-02",
         "laws", "fl-01", "elder", "search", "on", "2018-01-15", "history", "changes", "list.pdf", "list.json", "feeds",
         "data", "events", "admin", "preview", "working", "draft-1", "edition-1", "checkup", "compile", "1", "change",
         "import", "export", "add", "..", "%2e%2e", "%00", "static", "healthz", "second-factor"]  # fmt: skip
FORMS = ["services/service/5/change/", "services/service/add/", "duties/duty/5/change/", "editions/edition/compile/",
         "editions/edition/checkup/add/", "accounts/account/add/", "password_change/", "login/", "second-factor/setup/",
         "laws/term/add/", "supervision/clause/1/change/", "annual/"]  # fmt: skip
FIELDS = ["code", "serial", "position", "title", "content", "offices", "phones", "change_reason", "base", "label",
          "kind", "effective_on", "change_note", "picks", "text", "sentence", "username", "password", "password1",
          "password2", "next", "wrong", "right", "year", "retired_on", "_save", "works-TOTAL_FORMS",
          "works-INITIAL_FORMS", "parent", "marker"]  # fmt: skip
TABLES = ["services/service", "duties/workitem", "supervision/clause", "laws/knownlaw", "offices/office"]


def main(cases: int) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction
    from django.test import Client
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from accounts.requests import make_on_the_server
    from bench.stress import prepared

    prepared()
    people = []
    for number, role in enumerate(("编辑", "系统管理", "局领导")):
        account = make_on_the_server(f"fuzzer{number}", role, "", reason="bench")
        client = Client(raise_request_exception=False)
        client.force_login(account)
        people.append(client)
    people.append(Client(raise_request_exception=False))
    statuses: dict[int, int] = {}

    def answered(send: Any) -> None:
        with transaction.atomic():
            status = send().status_code
            transaction.set_rollback(True)
        statuses[status] = statuses.get(status, 0) + 1
        assert status < 500, status

    rule = settings(max_examples=cases // 4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    text = st.text(max_size=60)
    step = st.sampled_from(WORDS) | text
    who = st.sampled_from(people)
    asked = st.dictionaries(
        st.sampled_from(["q", "page", "level", "next", "again", "part", "all", "edition"]), text, max_size=3
    )

    @rule
    @given(who, st.lists(step, max_size=5), asked, st.sampled_from(["get", "post", "head", "put", "options"]))
    def paths(client: Any, steps: list[str], query: dict[str, str], method: str) -> None:
        path = "/" + "/".join(steps) + ("/" if len(steps) % 2 else "")
        sent = {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": urlencode(query)}
        answered(lambda: client.generic(method.upper(), "/", **sent))

    header = st.sampled_from(["HTTP_HOST", "HTTP_COOKIE", "HTTP_REFERER", "HTTP_IF_NONE_MATCH", "HTTP_X_FORWARDED_FOR",
                              "HTTP_ACCEPT_ENCODING", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "CONTENT_TYPE",
                              "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT", "CONTENT_LENGTH"])  # fmt: skip

    sent_as = st.text(st.characters(max_codepoint=255), max_size=80)  # what a server hands on of a header

    @rule
    @given(who, st.sampled_from(["/", "/duties/zz-01/", "/search/?q=计量", "/list.pdf", "/admin/login/", "/admin/"]),
           st.dictionaries(header, sent_as, max_size=4))  # fmt: skip
    def headers(client: Any, path: str, sent: dict[str, str]) -> None:
        answered(lambda: client.get(path, **sent))

    names = st.sampled_from(FIELDS)

    @rule
    @given(
        who, st.sampled_from(FORMS), st.dictionaries(names, st.text(max_size=200) | st.integers().map(str), max_size=12)
    )
    def forms(client: Any, page: str, fields: dict[str, str]) -> None:
        answered(lambda: client.post(f"/admin/{page}", fields))

    content = st.binary(max_size=400) | st.text(max_size=400).map(str.encode) | st.just(b"PK\x03\x04" + b"\x00" * 60)

    @rule
    @given(who, st.sampled_from(TABLES), content, st.sampled_from(["0", "1", "2", "x"]), text)
    def files(client: Any, table: str, sent: bytes, form: str, name: str) -> None:
        upload = SimpleUploadedFile(name.replace("/", "").strip(". \x00") or "表.csv", sent)
        fields = {"import_file": upload, "format": form, "resource": "0", "change_reason": "测"}
        answered(lambda: client.post(f"/admin/{table}/import/", fields))

    for each in (paths, headers, forms, files):
        before = sum(statuses.values())
        each()
        print(f"  {each.__name__:8} {sum(statuses.values()) - before:6d} cases", flush=True)
    said = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    print(f"Fuzzed: {sum(statuses.values())} cases, no fault ({said})")


if __name__ == "__main__":
    from wenan_qts import embedded

    with embedded.running(embedded.FOLDER):
        import django

        django.setup()
        from django.test.utils import setup_test_environment

        setup_test_environment()
        logging.disable(logging.ERROR)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
