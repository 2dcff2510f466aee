"""People at the desk of a portal that is served: forms are asked for and sent back as browsers do it."""

import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


class Form(HTMLParser):
    """What the first form of a page that is no log-out would send unchanged."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._inside = self._done = False
        self._textarea = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes)
        name = given.get("name", "")
        if tag == "form" and given.get("method") == "post" and given.get("id") != "logout-form":
            self._inside = not self._done
        elif not self._inside:
            return
        elif tag == "input" and given.get("type") not in ("submit", "file", "checkbox", "radio"):
            self.fields[name] = given.get("value", "")
        elif tag == "input" and "checked" in given:
            self.fields.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "textarea":
            self._textarea, self.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.fields or "selected" in given):
            self.fields[self._select] = given["value"]

    def handle_data(self, text: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self.fields[self._textarea] = self.fields[self._textarea].removeprefix("\n")
            self._textarea = ""
        elif tag == "form" and self._inside:
            self._inside, self._done = False, True


class Person:
    """Somebody who has logged in; `url` is where the last page was."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self.address, self.url = address, ""
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = self.send("/admin/login/?next=/admin/", {"username": username, "password": password})
        assert "工作台" in page, page

    def look(self, path: str) -> str:
        return self._answer(urllib.request.Request(urllib.parse.urljoin(self.address, path)))

    def send(self, path: str, values: dict[str, Any]) -> str:
        """The form of that page with these values in it. What comes after it."""
        form = Form(self.look(path)).fields
        unknown = [name for name in values if name not in form and name not in ("picks", "file")]
        assert not unknown, f"{path} asks for no {unknown}"
        request = urllib.request.Request(self.url, encode_multipart(BOUNDARY, form | values))
        request.add_header("Content-Type", MULTIPART_CONTENT)
        return self._answer(request)

    def _answer(self, request: urllib.request.Request) -> str:
        with self._opener.open(request, timeout=60) as response:
            self.url = response.url
            return str(response.read().decode())
