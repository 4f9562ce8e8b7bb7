"""A real Chromium for the tests of the page; they are skipped where none is installed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from argmap.model import DebateMap
from argmap.render import render

selenium = pytest.importorskip("selenium", reason="selenium is not installed (pip install selenium)")

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-default-apps")
#: Runs before the page's own scripts: counts what the policy refuses.
WATCH = "window.violations = []; addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective));"

#: Whether an element stands where it stood two frames ago (counted in time: a frame out of sight draws none).
STILL = """
const [selector, done] = arguments;
const box = () => JSON.stringify(document.querySelector(selector)?.getBoundingClientRect());
const before = box();
setTimeout(() => done(before !== undefined && before === box()), 35);
"""


class Browser:
    """A page in a window, and what happened in it."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        self.driver, self.folder = driver, folder

    def open(self, source: DebateMap | str, *, hash: str = "", width: int = 1400, height: int = 900, dark: bool = False,
             reduced: bool = False) -> Browser:
        """Open a map's page, written to a file as a reader would have it."""
        html = source if isinstance(source, str) else render(source)
        path = self.folder / "map.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced else "no-preference"}]})
        self.driver.get("about:blank")
        self.log(), self.requests()
        self.driver.get(path.as_uri() + hash)
        return self

    def js(self, script: str, *arguments: object) -> object:
        """The value of a script's `return`."""
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """The text that a reader sees in an element."""
        return str(self.js("return document.querySelector(arguments[0]).innerText", selector))

    def click(self, selector: str) -> None:
        """Click on an element, once it stands still: a page still laying itself out moves it from under the pointer."""
        wait_for(lambda: self.driver.execute_async_script(STILL, selector))
        self.driver.find_element("css selector", selector).click()

    def log(self) -> list[str]:
        """Messages of the console since the last call, warnings and errors only."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("WARNING", "SEVERE")]

    def requests(self) -> list[str]:
        """Addresses asked for since the last call, other than the page itself and what stands in it."""
        sent = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                sent.append(message["params"]["request"]["url"])
        return [url for url in sent if not url.startswith(("data:", "blob:", "about:", self.folder.as_uri()))]

    def violations(self) -> object:
        """What the page's policy refused."""
        return self.js("return window.violations")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if not CHROMIUM or not CHROMEDRIVER:
        pytest.skip("no Chromium with its driver (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, "--lang=en", f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option("prefs", {"intl.accept_languages": "en"})
    fonts = {**os.environ, "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER, env=fonts))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions",
                           {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, tmp_path: Path) -> Iterator[Browser]:
    """A browser without network; a test fails if its page logged an error, asked for anything or broke its policy.

    Files that the page saves land in `browser.folder`.
    """
    chromium.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    found = Browser(chromium, tmp_path)
    yield found
    assert found.violations() == []
    assert found.requests() == []
    assert found.log() == []


def wait_for(condition: Callable[[], object], seconds: float = 30) -> object:
    """What a condition gives once it holds; an assertion fails if it does not in time."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.03)
    return value
