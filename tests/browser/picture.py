"""The picture of the README: a page in a headless Chromium, without network, as a small PNG.

    python -m tests.browser.picture output/map.html output/map.png
"""

from __future__ import annotations

import argparse
import base64
import struct
import zlib
from pathlib import Path

import numpy as np
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import CHROMEDRIVER, CHROMIUM, FLAGS

#: Pixels of the window.
WIDTH, HEIGHT = 1280, 760
#: Colours kept: those of most pixels; text smoothed to its background looks the same with so many.
COLOURS = 48


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    args = parser.parse_args()
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, "--lang=en", "--hide-scrollbars"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    try:
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                               {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument",
                               {"source": "addEventListener('argmap-drawn', () => { window.drawn = true; })"})
        driver.get(args.page.resolve().as_uri())
        WebDriverWait(driver, 30).until(lambda d: d.execute_script("return window.drawn"))
        pixels = pixels_of(driver.execute_async_script("""
            const [png, done] = arguments;
            const image = new Image();
            image.onload = () => {
                const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
                const ctx = canvas.getContext('2d');
                ctx.drawImage(image, 0, 0);
                const { data } = ctx.getImageData(0, 0, image.width, image.height);
                let text = '';
                for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i], data[i + 1], data[i + 2]);
                done(btoa(text));
            };
            image.src = `data:image/png;base64,${png}`;""", driver.get_screenshot_as_base64()))
    finally:
        driver.quit()
    args.picture.write_bytes(small_png(pixels))


def pixels_of(text: str) -> np.ndarray:
    """The pixels of base64 text, rows of red, green and blue."""
    return np.frombuffer(base64.b64decode(text), dtype=np.uint8).reshape(HEIGHT, WIDTH, 3)


def small_png(pixels: np.ndarray) -> bytes:
    """A PNG with a palette: the colours of most pixels, every other pixel the nearest of them."""
    flat = pixels.reshape(-1, 3)
    found, inverse, counts = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    palette = found[np.argsort(-counts, kind="stable")[:COLOURS]].astype(int)
    nearest = np.array([((palette - colour) ** 2).sum(axis=1).argmin() for colour in found.astype(int)], dtype=np.uint8)
    rows = nearest[inverse.reshape(-1)].reshape(pixels.shape[:2])
    raw = b"".join(b"\0" + row.tobytes() for row in rows)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"PLTE", palette.astype(np.uint8).tobytes()) \
        + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    main()
