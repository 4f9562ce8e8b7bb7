"""What a page costs the reader's browser: argmap's against pyvis as it comes, on the same graphs, and large maps against small ones.

    python tests/benchmarks/page.py

Opens each page in a headless Chromium that draws in software and has no network, and prints CPU-seconds of the renderer
process from navigation to the first drawn map, their ratios, and the frames per second while the overview of a large map is
panned. Ratios compare across machines, seconds do not. pyvis with 1,000 nodes is stopped after a minute.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pyvis.network import Network
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(Path(__file__).parents[2]))  # for the tests' browser and maps

from argmap.graph import to_networkx
from argmap.model import DebateMap
from argmap.render import render
from tests.browser.conftest import CHROMEDRIVER, CHROMIUM, FLAGS
from tests.maps import large

#: Seconds after which a page that has drawn nothing is stopped; a graph that both draw may take longer on a busy machine.
PATIENCE, LONG_PATIENCE = 60, 300
#: Rounds; the median of each counts.
ROUNDS = 5
SMALL, LARGE, STATEMENTS = 50, 5_000, 20_000
#: Sizes at which both are opened; at the last pyvis does not get to a drawn map.
SIZES = (50, 200, 1_000)
#: Seconds of panning, and pixels a frame.
PAN, STEP = 3.0, 12

#: Runs before a page's own scripts: notes when pyvis's network is drawn first, after it has settled as it comes.
WATCH = """
window.drawnAt = null;
addEventListener('argmap-drawn', () => { window.drawnAt = performance.now(); }, { once: true });
const wait = () => {
  if (typeof network === 'undefined' || !network || !network.once) { setTimeout(wait, 5); return; }
  network.once('stabilizationIterationsDone', () => network.once('afterDrawing', () => { window.drawnAt = performance.now(); }));
};
addEventListener('DOMContentLoaded', wait, { once: true });
"""
FRAMES = """
const [seconds, step, done] = arguments;
const canvas = document.getElementById('canvas');
const { left, top, width, height } = canvas.getBoundingClientRect();
let [start, frames, y, down] = [performance.now(), 0, 0, true];
const frame = (now) => {
  frames += 1;
  y += 1;
  if (y % 60 === 0) down = !down;
  canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: down ? step : -step, clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true }));
  if (now - start < 1000 * seconds) requestAnimationFrame(frame);
  else done([frames / ((now - start) / 1000), window.drawnAt]);
};
requestAnimationFrame(frame);
"""


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """A Chromium of its own, so that no page pays for another's garbage."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    profile = tempfile.mkdtemp()
    for flag in (*FLAGS, "--window-size=1400,900", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    driver.set_script_timeout(LONG_PATIENCE)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions",
                           {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


def cpu_seconds(driver: webdriver.Chrome) -> float:
    """The CPU-seconds that the browser's renderer processes have used so far."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "ProcessTime"))


def opening(page: Path, patience: int = LONG_PATIENCE) -> float | None:
    """CPU-seconds of the renderer from navigation to the first drawn map; nothing when it is not drawn in time."""
    with browser() as driver:
        driver.get("about:blank")
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        driver.set_page_load_timeout(patience)
        before = cpu_seconds(driver)
        end = time.monotonic() + patience
        try:
            driver.get(page.as_uri())
            while time.monotonic() < end:
                if driver.execute_script("return window.drawnAt") is not None:
                    return cpu_seconds(driver) - before
                time.sleep(0.02)
        except Exception as error:  # a renderer that is busy for a minute answers nothing
            if time.monotonic() < end - 1:
                raise
            print(f"  ({type(error).__name__} after {patience} s)")
        return None


def medians(pages: Sequence[Path], rounds: int, patience: int = LONG_PATIENCE) -> list[float | None]:
    """The median of several openings of each page; nothing for one that is not drawn in time.

    The pages take turns, so that a machine that grows busier meanwhile is unfair to none of them.
    """
    values: dict[Path, list[float | None]] = {page: [] for page in pages}
    for _ in range(rounds):
        for page, found in values.items():
            if None not in found:
                found.append(opening(page, patience))
    return [None if None in found else statistics.median(value for value in found if value is not None) for found in values.values()]


def sized(nodes: int) -> DebateMap:
    """A map whose graph of motion, actors and claims has so many nodes."""
    debate_map = large(nodes)
    others = to_networkx(debate_map).number_of_nodes() - len(debate_map.claims)
    claims = debate_map.claims[:nodes - others]
    kept = {claim.id for claim in claims}
    return replace(debate_map, claims=claims, statements=tuple(s for s in debate_map.statements if s.claim in kept),
                   relations=tuple(r for r in debate_map.relations if {r.origin, r.target} <= kept))


def as_it_comes(debate_map: DebateMap, path: Path) -> int:
    """The map's graph as pyvis shows it without being told anything; the number of nodes."""
    graph = to_networkx(debate_map)
    network = Network(cdn_resources="in_line", directed=True)
    network.from_nx(graph)
    path.write_text(network.generate_html(), encoding="utf-8")
    return int(graph.number_of_nodes())


def pan(page: Path) -> float:
    """Frames per second while the map is scrolled up and down."""
    with browser() as driver:
        driver.get(page.as_uri())
        while driver.execute_script("return window.drawnAt") is None:
            time.sleep(0.05)
        return float(driver.execute_async_script(FRAMES, PAN, STEP)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--ours", action="store_true", help="leave pyvis out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "argmap.html", Path(folder) / "pyvis.html"
        for size in () if args.ours else SIZES:
            debate_map = sized(size)
            ours.write_text(render(debate_map), encoding="utf-8")
            nodes = as_it_comes(debate_map, theirs)
            if size < SIZES[-1]:
                mine, other = medians((ours, theirs), args.rounds)
            else:
                (mine,), (other,) = medians((ours,), args.rounds), medians((theirs,), 1, PATIENCE)
            assert mine is not None
            if other is None:
                print(f"{nodes} nodes: pyvis has drawn nothing after {PATIENCE} s, argmap {mine:.2f} s of CPU")
            else:
                print(f"{nodes} nodes: pyvis {other:.2f} s of CPU, argmap {mine:.2f}, ratio {other / mine:.1f}")
        small = Path(folder) / "small.html"
        small.write_text(render(large(SMALL)), encoding="utf-8")
        ours.write_text(render(large(LARGE, statements=STATEMENTS)), encoding="utf-8")
        costs = medians((small, ours), 2 * args.rounds + 1)
        for claims, page, cost in zip((SMALL, LARGE), (small, ours), costs, strict=True):
            print(f"argmap, {claims} claims: {cost:.2f} s of CPU, {page.stat().st_size / 1e6:.1f} MB")
        assert costs[0] is not None and costs[1] is not None
        print(f"{LARGE} claims against {SMALL}: ratio {costs[1] / costs[0]:.2f}")
        print(f"panning the overview of {LARGE} claims: {pan(ours):.0f} frames a second")


if __name__ == "__main__":
    main()
