"""The executed notebook as nbconvert writes it, in a real browser without network."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Browser, wait_for
from tests.explored import explored

pytestmark = pytest.mark.browser

#: nbconvert's page asks for these two, of which nothing here has need; the map asks for nothing.
ASKED_BY_NBCONVERT = ("/require.js/", "/mathjax/")


@pytest.fixture(scope="module")
def page():
    exporters = pytest.importorskip("nbconvert.exporters")
    return exporters.HTMLExporter().from_notebook_node(explored())[0]


def test_the_map_is_drawn_and_answers_and_the_plots_have_pixels(chromium, tmp_path, page):
    browser = Browser(chromium, tmp_path).open(page, width=1200)
    assert all(any(name in url for name in ASKED_BY_NBCONVERT) for url in browser.requests())
    browser.log()
    pixels = browser.js("""return [...document.querySelectorAll('.jp-OutputArea-output img')].map((image) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
        const ctx = canvas.getContext('2d');
        ctx.drawImage(image, 0, 0);
        const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set();
        for (let i = 0; i < data.length; i += 4) colours.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
        return [image.clientWidth > 300, colours.has('0 114 178'), colours.has('213 94 0')];
    })""")
    assert pixels == [[True, True, True]] * 2  # the plot, and the picture of the network
    frames = browser.driver.find_elements("css selector", ".jp-OutputArea-output iframe")
    assert len(frames) == 1 and frames[0].size["width"] > 900

    def drawn() -> object:
        """Enter the frame anew each time: its empty first document, in which one may still stand, is replaced by the map's.

        A frame out of sight need not draw, and the notebook moves while it is still laid out.
        """
        browser.driver.switch_to.default_content()
        browser.js("arguments[0].scrollIntoView()", frames[0])
        browser.driver.switch_to.frame(frames[0])
        return browser.js("return document.querySelector('#canvas canvas')")

    try:
        wait_for(drawn)
        # The fills of the two sides' heads: lines are thin, and where they lie between pixels no pixel has their colour.
        wait_for(lambda: browser.js("""const canvas = document.querySelector('#canvas canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const colours = new Set();
            for (let i = 0; i < data.length; i += 4) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
            return colours.has(0x0072b2) && colours.has(0xa64800) && colours.size > 50;"""))
        assert re.match(r"\d{3} of \d{3} claims", browser.text("#count"))
        browser.click("#views [data-view=outline]")
        browser.click("#outline .item")
        assert browser.text("#details mark")
    finally:
        browser.driver.switch_to.default_content()
    assert browser.log() == []
