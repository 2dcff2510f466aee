"""Debian's Chromium, as the browser tests drive it."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Locator, Page, sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """To be started after the database: Playwright keeps an event loop in this thread, and Django's connections are not
    for that."""
    program = shutil.which("chromium")
    assert program, "没有找到 chromium：make test 会安装它（Debian：apt-get install chromium）"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield started
        started.close()


def follow(link: Locator) -> None:
    """Click what leads to another page, and wait until that one is there whole."""
    with link.page.expect_navigation(wait_until="load"):
        link.click()


class Watched:
    """A page that remembers what its console and its network said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.said = page, address, []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self._own(request.url))

    def _hear(self, kind: str, said: str) -> None:
        """Complaints; what Chromium advises whoever develops is none."""
        if kind in ("error", "warning"):
            self.said.append(said)

    def _own(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.said.append(f"third party: {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page
