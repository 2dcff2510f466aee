"""Debian's Chromium, as the browser tests drive it."""

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Locator, Page, sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BY_COLOUR, BY_SIZE = ["link-in-text-block"], ["target-size", "scrollable-region-focusable"]
"""The rules of those that look at what a style sheet changes with the scheme and with the width; the others read the
document, which is the same."""
STILL = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
  document.adoptedStyleSheets.push(still);
}"""  # colours fade into each other
AXE = """([rules, among]) => axe.run(among, {runOnly: rules, resultTypes: ['violations']}).then(
  found => found.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 120))]))"""
# One text of each colour, size and weight on each ground: axe looks at every pixel behind a text, which takes long.
UNLIKE = """() => {
  const ground = element => {
    const layers = [];
    for (; element; element = element.parentElement) {
      const {backgroundImage, backgroundColor, opacity} = getComputedStyle(element);
      layers.push(backgroundImage, backgroundColor, opacity);
    }
    return layers.filter(layer => !['none', 'rgba(0, 0, 0, 0)', '1'].includes(layer));
  };
  const seen = new Map();
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element), text = element.value || element.placeholder
      || [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!text || !element.getClientRects().length) continue;
    const look = [style.color, style.fontSize, style.fontWeight, ...ground(element)].join();
    if (!seen.has(look)) seen.set(look, element);
  }
  return [...seen.values()];
}"""
WIDTHS = (1440, 360)


def barriers(page: Page) -> list[Any]:
    """What keeps somebody from reading this page: all that axe knows on a desk by day, what may differ at night and on
    a phone, and where something is lost to the side."""
    found = barriers_here(page)
    page.emulate_media(color_scheme="dark")
    found += _axe(page, _rules(BY_COLOUR)) + _contrast(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[1], "height": 800})
    found += _axe(page, _rules(BY_COLOUR + BY_SIZE)) + _contrast(page) + _lost(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return found


def barriers_here(page: Page) -> list[Any]:
    """All that axe knows of this page as it is shown now, and where something is lost to the side."""
    page.evaluate(Axe().axe_script)
    page.evaluate(STILL)
    return _axe(page, WCAG) + _lost(page)


def _rules(names: list[str]) -> dict[str, Any]:
    return {"type": "rule", "values": names}


def _contrast(page: Page) -> list[Any]:
    return _axe(page, _rules(["color-contrast"]), page.evaluate_handle(UNLIKE))


def _axe(page: Page, rules: dict[str, Any], among: Any = None) -> list[Any]:
    among = among or page.evaluate_handle("document")
    scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    return [[page.viewport_size["width"], scheme, *fault] for fault in page.evaluate(AXE, [rules, among])]  # type: ignore[index]


def _lost(page: Page) -> list[Any]:
    width, needed = page.evaluate("[window.innerWidth, document.documentElement.scrollWidth]")
    return [[width, f"{needed} px wide"]] if needed > width else []


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """To be started after the database: Playwright keeps an event loop in this thread, and Django's connections are not
    for that."""
    with sync_playwright() as playwright:
        started = launched(playwright.chromium)
        yield started
        started.close()


def launched(kind: BrowserType, *settings: str) -> Browser:
    program = shutil.which("chromium")
    assert program, "没有找到 chromium：make test 会安装它（Debian：apt-get install chromium）"
    return kind.launch(executable_path=program, args=[*QUIET, *settings])


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
