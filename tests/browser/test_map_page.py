"""The page as a reader uses it, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from argmap.analyse.coalitions import coalitions
from argmap.export import load
from argmap.model import Actor, Claim, Debate, DebateMap, Motion, Relation
from argmap.render import build_network, render
from argmap.render.layout import lay_out
from argmap.render.notebook import mimebundle
from argmap.settings import Settings
from tests.browser.conftest import wait_for
from tests.maps import hostile, large, sample

pytestmark = pytest.mark.browser

VIEWS = ("map", "outline", "actors", "timeline", "table", "sources")
#: As in canvas.js: the margin around the map at fit-width, in pixels, and the largest scale.
MARGIN, MAX_SCALE = 22, 1.25
#: Milliseconds in which a map opens even on a machine that is busy with other work; an idle one takes a fifth of it.
PATIENCE = 6000


@cache
def bundled() -> DebateMap:
    """The map of the bundled corpus, as it is committed."""
    return load(Path(__file__).parents[2] / "output" / "map.json")


def click_card(browser, debate_map, claim, at=0.5):
    """Click on a claim's card on the canvas, where the layout says that it stands; `at` is how far down the card."""
    layout = lay_out(debate_map)
    row = next(row for row in layout.rows if row.id == claim)
    frame = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.width]")
    scale = min(MAX_SCALE, (frame[2] - 2 * MARGIN) / layout.width)
    x = frame[0] + frame[2] / 2 + (row.x + row.width * at - layout.width / 2) * scale
    y = frame[1] + MARGIN + (row.y + row.height * at) * scale
    for kind in ("mousePressed", "mouseReleased"):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})


def press(browser, *keys):
    ActionChains(browser.driver).send_keys(*keys).perform()


def count(browser):
    return browser.text("#count").split(" · ")[0]


def test_a_click_on_a_card_shows_the_quotation_marked_in_its_paragraph(browser):
    browser.open(sample())
    click_card(browser, sample(), "c05")
    wait_for(lambda: browser.js("return document.querySelector('#details mark')"))
    assert browser.text("#details h2") == "Open weights give attackers the same tools as defenders"
    assert browser.text("#details mark") == "open weights give attackers the same tools as defenders"
    quotation = browser.text("#details blockquote")
    assert quotation.startswith("Security officials are split.")
    assert browser.text("#details .cue") == "warned"
    details = browser.text("#details")
    for seen in ("Federal Office for Network Security", "The Northern Ledger", "March 4, 2025", "attributed by “warned”", "Davide Morosini",
                 "Gazzetta del Lago"):
        assert seen in details
    assert len(browser.driver.find_elements("css selector", "#details blockquote")) == 2


def test_a_card_can_be_clicked_anywhere_and_the_ground_between_cards_clears(browser):
    browser.open(sample())
    for at in (0.03, 0.97):
        click_card(browser, sample(), "c05", at)
        wait_for(lambda: browser.text("#details h2").startswith("Open weights give attackers"))
        click_card(browser, sample(), "c05", 1.04)
        wait_for(lambda: browser.text("#details h2") == "How to read this map")


def test_dragging_the_map_selects_nothing(browser):
    browser.open(sample())
    click_card(browser, sample(), "c05")
    wait_for(lambda: browser.text("#details h2").startswith("Open weights give attackers"))
    frame = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top]")
    for kind, y in (("mousePressed", 400), ("mouseMoved", 370), ("mouseMoved", 300), ("mouseReleased", 300)):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
            "type": kind, "x": frame[0] + 200, "y": frame[1] + y, "button": "left", "buttons": 1, "clickCount": 1})
    time.sleep(0.1)
    assert browser.text("#details h2").startswith("Open weights give attackers")


def test_the_wheel_scrolls_and_with_ctrl_zooms_and_a_click_still_hits(browser):
    browser.open(sample())
    frame = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.width, r.height]")
    wheel = {"type": "mouseWheel", "x": frame[0] + frame[2] / 2, "y": frame[1] + 300, "deltaX": 0}
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {**wheel, "deltaY": 5000})
    layout = lay_out(sample())
    last = max((row for row in layout.rows if row.kind == "claim"), key=lambda row: row.y)
    scale = min(MAX_SCALE, (frame[2] - 2 * MARGIN) / layout.width)
    x = frame[0] + MARGIN + (last.x + last.width / 2) * scale
    y = frame[1] + frame[3] - MARGIN - (layout.height - last.y - last.height / 2) * scale
    for kind in ("mousePressed", "mouseReleased"):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})
    wait_for(lambda: browser.text("#details h2") == next(claim.text for claim in sample().claims if claim.id == last.id))
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {**wheel, "deltaY": -200, "modifiers": 2})
    browser.click("#zoom-fit")
    press(browser, Keys.ESCAPE)
    wait_for(lambda: browser.text("#details h2") == "How to read this map")


def test_supports_and_attacks_are_buttons_with_rule_signal_and_confidence(browser):
    browser.open(sample(), hash="#n=c05")
    details = browser.text("#details").upper()
    assert "SUPPORTED BY (1)" in details and "ATTACKED BY (2)" in details
    assert "a concession (although, even if) · “but” · confidence: 83%" in browser.text("#details")
    browser.click("#details .reply.for")
    assert browser.text("#details h2") == "Attackers already rent closed models through stolen accounts"
    assert "ATTACKS (1)" in browser.text("#details").upper()


def test_without_a_selection_the_panel_is_the_legend_and_escape_brings_it_back(browser):
    browser.open(sample())
    assert browser.text("#details h2") == "How to read this map"
    assert "Made by a program" in browser.text("#notice")
    click_card(browser, sample(), "c01")
    wait_for(lambda: browser.text("#details h2") != "How to read this map")
    press(browser, Keys.ESCAPE)
    assert browser.text("#details h2") == "How to read this map"


def test_search_finds_claims_speakers_and_sources_and_enter_opens_the_first(browser):
    browser.open(sample())
    box = browser.driver.find_element("id", "query")
    press(browser, "/")
    assert browser.js("return document.activeElement.id") == "query"
    for words, found in (("weights", "3 of 21 claims"), ("chiara valenti", "3 of 21 claims"), ("harbour courier", "5 of 21 claims"),
                         ("puo CORREGGERLO", "1 of 21 claims"), ("nothing says this", "0 of 21 claims")):
        box.clear()
        box.send_keys(words)
        wait_for(lambda found=found: count(browser) == found)
    box.clear()
    box.send_keys("stolen accounts", Keys.ENTER)
    assert browser.text("#details h2") == "Attackers already rent closed models through stolen accounts"
    browser.click("#chips button")
    assert count(browser) == "21 of 21 claims"


def test_filters_count_combine_and_can_be_taken_back(browser):
    browser.open(sample())
    browser.click("#filters-button")
    labels = dict(label.rsplit("\n", 1) for label in browser.js(
        "return [...document.querySelectorAll('#filters label')].filter(l => l.querySelector('.n')).map(l => l.innerText)"))
    assert labels["For"] == "12" and labels["Against"] == "6" and labels["Neutral"] == "3"
    assert labels["Nadia Roth"] == "4"
    assert labels["attacks another claim"] == "9"

    def tick(name):
        browser.js("[...document.querySelectorAll('#filters label')].find(l => l.querySelector('bdi')?.innerText === arguments[0])"
                   ".querySelector('input').click()", name)

    tick("For")
    assert count(browser) == "12 of 21 claims"
    tick("attacks another claim")
    assert count(browser) == "6 of 21 claims"
    tick("Nadia Roth")
    assert count(browser) == "3 of 21 claims"
    assert [chip for chip in browser.text("#chips").split("\n") if "×" in chip] == [
        "Relation: attacks another claim ×", "Side: For ×", "Who says it: Nadia Roth ×"]
    browser.js("[...document.querySelectorAll('#chips button')].pop().click()")
    assert count(browser) == "21 of 21 claims"


def test_what_hardly_bears_on_the_motion_is_counted_and_one_click_away(browser):
    browser.open(sample(), hash="#view=outline")
    assert "The concert" not in browser.text("#outline")
    browser.click("#irrelevant")
    assert "The concert moves to Sunday" in browser.text("#outline")
    assert count(browser) == "22 of 22 claims"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1400, 400])
def test_every_view_opens_by_its_tab_and_fits_the_window(browser, view, width):
    browser.open(sample(), width=width)
    browser.click(f"#views [data-view={view}]")
    assert browser.js("return [...document.querySelectorAll('main > section')].filter(s => !s.hidden).map(s => s.id)") == [view]
    assert browser.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert view == "map" or len(browser.text(f"#{view}")) > 200


def test_outline_and_table_hold_every_claim_that_the_map_shows(browser):
    claims = {claim.text for claim in sample().claims if claim.id != "c25"}
    for view in ("outline", "table"):
        browser.open(sample(), hash=f"#view={view}")
        shown = browser.js(f"return [...document.querySelectorAll('#{view} [data-claim] bdi[lang]')].map(e => e.innerText)")
        assert set(shown) == claims and len(shown) == len(claims)
    outline = browser.open(sample(), hash="#view=outline").text("#outline")
    assert "− attacks Attackers already rent closed models through stolen accounts" in outline
    assert "also attacks “Open models let start-ups compete" in outline


def test_the_table_sorts_by_any_heading(browser):
    browser.open(sample(), hash="#view=table")
    browser.js("[...document.querySelectorAll('th button')].find(b => b.innerText.startsWith('First seen')).click()")
    dates = browser.js("return [...document.querySelectorAll('tbody tr')].map(r => r.children[5].innerText)")
    assert dates == sorted(dates)
    assert browser.js("return document.querySelector('th[aria-sort]').innerText").startswith("First seen")


def test_sources_mark_every_statement_where_it_stands(browser):
    browser.open(sample(), hash="#view=sources")
    marks = browser.js("return [...document.querySelectorAll('#sources mark')].map(m => m.innerText.replace(/\\s+/g, ' '))")
    shown = [s for s in sample().statements if s.id != "s25"]
    assert sorted(marks) == sorted(" ".join(span.text.split()) for s in shown for span in s.content)
    browser.click("#sources mark")
    assert browser.text("#details h2") == "Anyone can inspect an open model and find what its maker missed"


def test_actors_are_grouped_by_side_and_open_with_those_they_oppose(browser):
    browser.open(sample(), hash="#view=actors")
    assert "Leaning for" in browser.text("#actors") and "Leaning against" in browser.text("#actors")
    browser.js("document.querySelector('#actors g[data-actor=nadia-roth]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    details = browser.text("#details")
    assert browser.text("#details h2") == "Nadia Roth"
    assert "Alder Institute" in details and "For 4" in details and "ALL STATEMENTS (4)" in details.upper()
    assert "Jonas Wedel" in details[details.upper().index("OPPOSED TO"):]


def test_the_timeline_lists_months_in_order(browser):
    browser.open(sample(), hash="#view=timeline")
    assert browser.js("return [...document.querySelectorAll('#timeline h3')].map(e => e.innerText)") == [
        "March 2025", "April 2025", "May 2025", "June 2025", "September 2025"]


def test_a_deep_link_restores_view_selection_and_search(browser):
    browser.open(sample(), hash="#view=table&n=c07&q=open+models")
    assert browser.js("return document.getElementById('query').value") == "open models"
    assert not browser.js("return document.getElementById('table').hidden")
    assert browser.text("#details h2") == "Open models let start-ups compete without paying rent to three companies"
    browser.click("#views [data-view=sources]")
    assert "view=sources" in browser.js("return location.hash") and "n=c07" in browser.js("return location.hash")


def test_a_deep_link_to_an_actor_opens_what_he_says(browser):
    browser.open(sample(), hash="#view=actors&a=jonas-wedel")
    assert browser.text("#details h2") == "Jonas Wedel"


def test_the_colours_can_be_green_and_red(browser):
    browser.open(sample())
    before = browser.js("return getComputedStyle(document.documentElement).getPropertyValue('--for')")
    browser.click("#scheme")
    assert browser.js("return document.documentElement.dataset.scheme") == "classic"
    assert browser.js("return getComputedStyle(document.documentElement).getPropertyValue('--for')") != before
    assert axe_violations(browser) == []


def test_a_page_can_be_published_in_green_and_red_and_its_pictures_have_these_colours(browser):
    browser.open(render(sample(), colours="classic"))
    green = str(browser.js("return getComputedStyle(document.documentElement).getPropertyValue('--support')")).strip()
    assert green == "#1a7f37"
    assert f'stroke="{green}"' in saved(browser, "svg").read_text(encoding="utf-8")
    browser.click("#scheme")
    assert browser.js("return document.documentElement.dataset.scheme") == "safe"


def test_the_keyboard_walks_the_reply_trees(browser):
    browser.open(sample())
    browser.js("document.getElementById('canvas').focus()")
    heading = lambda: browser.text("#details h2")  # noqa: E731
    press(browser, Keys.ARROW_DOWN)
    assert heading().startswith("Anyone can inspect")
    press(browser, Keys.ARROW_DOWN)
    first = heading()
    press(browser, Keys.ARROW_RIGHT)
    assert heading() != first
    press(browser, Keys.ARROW_LEFT)
    assert heading() == first
    press(browser, Keys.ARROW_UP)
    assert heading().startswith("Anyone can inspect")
    press(browser, Keys.ENTER)
    assert browser.js("return document.activeElement.id") == "details"
    browser.js("document.getElementById('canvas').focus()")
    press(browser, "+", "-", "0", Keys.HOME)
    assert heading() == "How to read this map"


def test_the_interface_speaks_italian_and_switches(browser):
    browser.open(render(sample(), language="it"))
    assert browser.js("return document.documentElement.lang") == "it"
    assert browser.text("#title") == "I modelli di IA più potenti devono essere aperti"
    assert browser.text("#details h2") == "Come leggere la mappa"
    browser.click("#language-button")
    assert browser.text("#details h2") == "How to read this map"
    assert browser.text("#title") == "Powerful AI models should be open"


def test_the_theme_follows_the_system_and_switches(browser):
    browser.open(sample(), dark=True)
    assert browser.js("return document.documentElement.dataset.shade") == "dark"
    browser.click("#theme-button")
    assert browser.js("return document.documentElement.dataset.shade") == "light"


def test_a_narrow_screen_starts_in_the_outline(browser):
    browser.open(sample(), width=400)
    assert not browser.js("return document.getElementById('outline').hidden")
    browser.click("#outline .item")
    assert browser.text("#details mark") == "anyone can inspect an open model and find what its maker missed"
    browser.click("#details .close")
    assert browser.text("#details h2") == "How to read this map"


def test_a_frame_that_gets_its_width_late_shows_the_map(browser):
    browser.open(f'<iframe width=1000 height=700 style="display: none" srcdoc="{escape(render(sample()))}"></iframe>')
    browser.driver.switch_to.frame(0)
    try:
        wait_for(lambda: not browser.js("return document.getElementById('outline').hidden"))
        browser.js("frameElement.style.display = 'block'")
        wait_for(lambda: browser.js("return document.querySelector('#map canvas') && !document.getElementById('map').hidden"))
    finally:
        browser.driver.switch_to.default_content()


def test_a_reader_who_has_begun_keeps_the_view_when_the_window_widens(browser):
    browser.open(sample(), width=400)
    browser.driver.find_element("css selector", "body").send_keys(Keys.PAGE_DOWN)
    resize(browser, 1400)
    assert not browser.js("return document.getElementById('outline').hidden")


def resize(browser, width) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    wait_for(lambda: browser.js("return innerWidth") == width)
    browser.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")  # it has been told


def saved(browser, name) -> Path:
    browser.click("#export-button")
    browser.click(f"#export-{name}")
    return wait_for(lambda: next((p for p in browser.folder.iterdir() if p.suffix == f".{name}" and p.stat().st_size), None), seconds=15)


def test_the_table_is_saved_as_csv(browser):
    browser.open(sample())
    rows = list(csv.reader(io.StringIO(saved(browser, "csv").read_text(encoding="utf-8-sig"))))
    assert rows[0][0] == "Claim"
    assert len(rows) == 22


def test_the_drawing_is_saved_as_svg_with_every_card(browser):
    browser.open(sample())
    tree = ET.parse(saved(browser, "svg"))
    text = " ".join(element.text or "" for element in tree.iter("{http://www.w3.org/2000/svg}text"))
    for row in lay_out(sample()).rows:
        if row.kind == "claim" and not row.hidden:
            assert all(line in text for line in row.lines)


def test_the_picture_is_twice_as_large_as_the_map(browser):
    browser.open(sample())
    raw = saved(browser, "png").read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
    layout = lay_out(sample())
    assert (width, height) == (2 * (layout.width + 2 * MARGIN), 2 * (layout.height + 2 * MARGIN))


def test_the_data_are_saved_as_json(browser):
    browser.open(sample())
    data = json.loads(saved(browser, "json").read_text(encoding="utf-8"))
    assert len(data["claims"]) == 22 and len(data["relations"]) == len(sample().relations)
    found = coalitions(sample(), relevance=Settings().relevance)
    assert [group["members"] for group in data["coalitions"]["groups"]] == [list(group.members) for group in found.groups]
    assert {s["id"]: s["confidence"] for s in data["statements"]} == {s.id: round(s.confidence, 2) for s in sample().statements}
    assert {c["id"]: (c["concept"], c["polarity"], c["relevance"]) for c in data["claims"]}["c01"] == ("k01", 1, 0.9)


def test_the_data_say_what_people_corrected(browser):
    plain = sample()
    browser.open(replace(plain, claims=(replace(plain.claims[0], human=("text",)), *plain.claims[1:])))
    data = json.loads(saved(browser, "json").read_text(encoding="utf-8"))
    assert [(claim["id"], claim["human"]) for claim in data["claims"] if "human" in claim] == [(plain.claims[0].id, ["text"])]


def test_cells_that_a_spreadsheet_would_run_are_made_text(browser):
    plain = sample()
    browser.open(replace(plain, claims=(replace(plain.claims[0], text="=HYPERLINK(1)"), *plain.claims[1:])))
    assert "\"'=HYPERLINK(1)\"" in saved(browser, "csv").read_text(encoding="utf-8-sig")


def test_printing_gives_the_outline(browser):
    browser.open(sample())
    browser.js("dispatchEvent(new Event('beforeprint'))")
    assert "Open weights give attackers" in browser.text("#outline")
    browser.js("dispatchEvent(new Event('afterprint'))")
    assert browser.js("return document.getElementById('outline').hidden")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_of_a_hostile_corpus_runs(browser, view):
    for width in (1400, 400):
        browser.open(hostile(), hash=f"#view={view}&n=c01", width=width)
        browser.js("document.getElementById('irrelevant').click(); document.getElementById('filters-button').click()")
        if view == "map":
            for claim in hostile().claims:
                browser.js("location.hash = arguments[0]", f"#view=map&n={claim.id}")
        assert browser.js("return window.pwned") is None
        assert browser.js("return document.querySelectorAll('img, iframe, object').length") == 0
        assert not browser.js("return [...document.links].filter(a => !/^https?:/.test(a.href) && a.className !== 'skip').length")
        assert browser.js("return document.documentElement.scrollWidth") <= width
        assert browser.js("return [...document.querySelectorAll('#details, #filters')].every(e => e.scrollWidth <= e.clientWidth)")
        assert browser.violations() == []


def test_a_hostile_corpus_is_exported_unharmed(browser):
    browser.open(hostile())
    ET.parse(saved(browser, "svg"))
    assert len(list(csv.reader(io.StringIO(saved(browser, "csv").read_text(encoding="utf-8-sig"))))) == 22


def test_an_empty_map_opens_in_every_view(browser):
    empty = DebateMap(Debate("d", Motion({"en": "Open?"}), ()))
    for view in VIEWS:
        browser.open(empty, hash=f"#view={view}")
        assert browser.text("#title") == "Open?"
        assert count(browser) == "0 of 0 claims"


def test_the_page_works_in_a_notebooks_sandboxed_frame(browser):
    browser.open(f"<!doctype html><meta charset=utf-8><title>notebook</title>{mimebundle(sample())['text/html']}")
    assert "22" in browser.text("table")
    browser.driver.switch_to.frame(0)
    try:
        wait_for(lambda: browser.js("return document.querySelector('#details h2')"))
        browser.click("#views [data-view=outline]")
        browser.click("#outline .item")
        assert browser.text("#details mark").startswith("anyone can inspect")
    finally:
        browser.driver.switch_to.default_content()


@pytest.mark.parametrize("claims", [200, 5000])
def test_large_maps_open_within_seconds_and_unfold(browser, claims):
    started = time.monotonic()
    browser.open(large(claims))
    wait_for(lambda: browser.js("return document.querySelector('#count').textContent"))
    opened = browser.js("return performance.now()")
    assert opened < PATIENCE, f"{opened} ms after the start of loading ({time.monotonic() - started:.1f} s with rendering)"
    browser.js("location.hash = '#view=map&n=c05-1'")
    wait_for(lambda: browser.text("#details h2").startswith("Open weights give attackers"))
    assert browser.text("#details h2").endswith("(1)")


def test_a_chain_of_a_thousand_replies_opens_in_map_and_outline(browser):
    names = [f"c{i:04}" for i in range(1000)]
    claims = tuple(Claim(name, f"Reply {name}", "en", "for", "", "", 1, ()) for name in names)
    relations = tuple(Relation(b, a, "support", "implicit", 0.9, ()) for a, b in pairwise(names))
    page = render(DebateMap(Debate("d", Motion({"en": "Open?"}), ()), claims=claims, relations=relations),
                  settings=Settings(relevance=0, overview_claims=2000))
    browser.open(page, hash="#view=map&n=c0999")
    assert browser.text("#details h2") == "Reply c0999"
    browser.click("#views [data-view=outline]")
    shown = browser.js("return [...document.querySelectorAll('#outline .item bdi[lang]')].map(e => e.textContent)")
    assert shown == [claim.text for claim in claims]


def test_folded_topics_unfold_by_click_and_by_filter(browser):
    debate_map = large(300)
    browser.open(debate_map)
    box = browser.driver.find_element("id", "query")
    box.send_keys("stolen accounts (3)")
    wait_for(lambda: count(browser) == "1 of 286 claims" or "1 of" in count(browser))
    box.send_keys(Keys.ENTER)
    assert browser.text("#details h2") == "Attackers already rent closed models through stolen accounts (3)"


def test_positions_of_the_script_are_those_of_the_layout(browser):
    """The drawing saved as SVG has every line of text where Python put it."""
    browser.open(sample())
    tree = ET.parse(saved(browser, "svg"))
    found = {(element.text, round(float(element.get("x")))) for element in tree.iter("{http://www.w3.org/2000/svg}text")}
    layout = lay_out(sample())
    for row in layout.rows:
        if row.kind == "claim" and not row.hidden:
            assert (row.lines[0], row.x + 12) in found


def axe_violations(browser):
    axe = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    browser.click("#filters-button")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    return browser.driver.execute_async_script("""const done = arguments[arguments.length - 1];
        const told = (v) => [v.id, v.nodes.length, v.nodes[0].target.join(' '), v.nodes[0].failureSummary];
        axe.run().then((r) => done(r.violations.map(told)))""")


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (400, True)])
def test_axe_finds_no_accessibility_violation_in_any_view(browser, width, dark):
    for view in VIEWS:
        browser.open(sample(), hash=f"#view={view}&n=c05", width=width, dark=dark, reduced=True)
        assert axe_violations(browser) == [], view
    assert axe_violations(browser.open(sample(), width=width, dark=dark, reduced=True)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_accessibility_violation_in_a_hostile_corpus(browser, view):
    assert axe_violations(browser.open(hostile(), hash=f"#view={view}&n=c01", width=400, reduced=True)) == []


def test_the_keyboard_keeps_its_place_when_the_page_is_drawn_anew(browser):
    browser.open(sample(), hash="#view=outline")
    browser.js("document.querySelector('[data-claim=c06]').focus()")
    press(browser, Keys.ENTER)
    assert browser.js("return document.activeElement.dataset.claim") == "c06"
    browser.js("document.getElementById('irrelevant').focus()")
    press(browser, Keys.ENTER)
    assert browser.js("return document.activeElement.id") == "irrelevant"


def type_search(browser, words):
    box = browser.driver.find_element("id", "query")
    box.clear()
    box.send_keys(words)
    wait_for(lambda: browser.js("return !document.getElementById('hits').hidden && !document.getElementById('query').ariaBusy"))


def test_a_step_taken_while_words_are_still_being_typed_goes_to_the_hits_of_all_of_them(browser):
    browser.open(sample())
    type_search(browser, "w")
    browser.js("const q = document.getElementById('query'); q.value = 'weights attackers'; q.dispatchEvent(new Event('input'));"
               "document.getElementById('step-on').click()")
    assert browser.text("#steps .n") == "1/1"
    assert browser.text("#details h2") == "Open weights give attackers the same tools as defenders"
    assert browser.js("return document.getElementById('hits').hidden")


def test_a_hit_list_shows_the_best_hits_and_a_choice_opens_the_claim(browser):
    browser.open(sample())
    type_search(browser, "attack")
    hits = browser.js("return [...document.querySelectorAll('#hits .hit bdi[lang]')].map(e => e.innerText)")
    assert hits[0] == "No attack on record needed the weights of a model"
    assert "Open weights give attackers the same tools as defenders" in hits  # a word's beginning is enough
    browser.click(f"#hits li:nth-child({hits.index('Open weights give attackers the same tools as defenders') + 1}) button")
    assert browser.text("#details h2") == "Open weights give attackers the same tools as defenders"
    assert browser.js("return document.getElementById('hits').hidden")


def test_accents_are_folded_and_quotations_are_searched_in_their_language(browser):
    browser.open(sample())
    type_search(browser, "universita addestrare")
    assert browser.js("return [...document.querySelectorAll('#hits .hit bdi[lang]')].map(e => e.innerText)") == [
        "Il costo di addestrare un modello resta fuori dalla portata di una università"]


def test_steps_go_from_hit_to_hit_and_round(browser):
    browser.open(sample())
    type_search(browser, "weights")
    total = int(browser.text("#steps .n").split()[0])
    assert total == 3
    seen = []
    for n in range(total):
        browser.click("#step-on")
        assert browser.text("#steps .n") == f"{n + 1}/{total}"
        seen.append(browser.text("#details h2"))
    assert len(set(seen)) == total
    browser.js("document.getElementById('main').focus()")
    press(browser, "n")
    assert browser.text("#details h2") == seen[0]
    press(browser, "N")
    assert browser.text("#details h2") == seen[-1]
    browser.click("#step-back")
    assert browser.text("#details h2") == seen[-2]


def test_the_hit_list_is_walked_by_keyboard_and_escape_closes_it(browser):
    browser.open(sample())
    type_search(browser, "valenti")
    press(browser, Keys.ARROW_DOWN)
    first = browser.js("return document.activeElement.querySelector('bdi').innerText")
    press(browser, Keys.ENTER)
    assert browser.text("#details h2") == first
    type_search(browser, "valenti")
    press(browser, Keys.ESCAPE)
    assert browser.js("return document.getElementById('hits').hidden")


def test_a_claims_neighbours_are_buttons(browser):
    rows = lay_out(sample()).rows
    first, second = [row.id for row in rows if row.relation >= 0 and sample().relations[row.relation].target == "c05"][:2]
    texts = {claim.id: claim.text for claim in sample().claims}
    browser.open(sample(), hash=f"#n={first}")
    browser.click("#way-next")
    assert browser.text("#details h2") == texts[second]
    browser.click("#way-back")
    assert browser.text("#details h2") == texts[first]
    browser.click("#way-parent")
    assert browser.text("#details h2").startswith("Open weights give attackers")


def test_buttons_lead_down_to_those_who_answer_a_claim(browser):
    browser.open(sample(), hash="#n=c01", height=500)
    for kind, title in (("support", "supportedBy"), ("attack", "attackedBy")):
        if not browser.driver.find_elements("id", f"way-{kind}"):
            continue
        browser.click(f"#way-{kind}")
        assert browser.js("const r = document.getElementById(arguments[0]).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight", f"list-{title}")
        assert browser.js("return document.activeElement.classList.contains('reply')")
        browser.js("document.getElementById('details').scrollTop = 0")
    assert browser.driver.find_elements("css selector", "#way-support, #way-attack")


def test_the_map_narrows_to_what_is_tied_to_a_claim_and_widens_again(browser):
    browser.open(sample(), hash="#view=outline&n=c17")
    browser.click("#around")
    assert count(browser) == "3 of 21 claims"
    assert "settanta per cento" in browser.text("#outline") and "Anyone can inspect" not in browser.text("#outline")
    assert "Around “I modelli aperti liberano" in browser.text("#chips")
    link = browser.js("return location.hash")
    browser.open(sample(), hash=link)
    assert count(browser) == "3 of 21 claims"
    browser.click("#around-end")
    assert count(browser) == "21 of 21 claims"


def test_why_a_relation_is_there_opens_to_the_words_with_the_signal_marked(browser):
    browser.open(sample(), hash="#n=c05")
    browser.js("[...document.querySelectorAll('#details details.why')].find(d => d.innerText.includes('“but”')).querySelector('summary').click()")
    wait_for(lambda: browser.js("return document.querySelector('#details details[open] blockquote')"))
    marked = browser.js("""return Object.fromEntries(['.signal', 'mark.origin', 'mark.target'].map(
        s => [s, document.querySelector('#details details[open] ' + s)?.innerText]))""")
    assert marked == {".signal": "but", "mark.origin": "attackers already rent closed models through stolen accounts",
                      "mark.target": "open weights give attackers the same tools as defenders"}
    assert "The Northern Ledger" not in marked and "Who should hold the keys" in browser.text("#details details[open]")
    assert "(high)" in browser.text("#details details[open]")


def test_a_statement_is_shown_in_its_article_and_a_mark_there_opens_its_claim(browser):
    browser.open(sample(), hash="#n=c05")
    browser.js("[...document.querySelectorAll('#details .said button')].find(b => b.innerText === 'show in the article').click()")
    assert not browser.js("return document.getElementById('sources').hidden")
    shown = browser.js("const m = document.activeElement; const r = m.getBoundingClientRect(); return [m.innerText, r.top > 0 && r.bottom < innerHeight]")
    assert shown == ["open weights give attackers the same tools as defenders", True]
    browser.js("[...document.querySelectorAll('#sources mark')].find(m => m.innerText.startsWith('three serious flaws')).click()")
    assert browser.text("#details h2").startswith("Three serious flaws")
    assert browser.js("return document.querySelector('#sources mark[aria-current]').innerText").startswith("three serious flaws")


def test_of_a_hundred_who_make_a_claim_a_few_are_named_and_sixty_cited_until_more_are_asked_for(browser):
    plain = sample()
    first = plain.claims[0]
    said = next(one for one in plain.statements if one.id == first.statements[0])
    actors = tuple(Actor(f"many-{number}", f"Speaker {number}", "person") for number in range(100))
    more = tuple(replace(said, id=f"{said.id}-{actor.id}", actors=(actor.id,)) for actor in actors)
    browser.open(replace(plain, actors=(*plain.actors, *actors), statements=(*plain.statements, *more),
                         claims=(replace(first, statements=tuple(one.id for one in more)), *plain.claims[1:])), hash=f"#view=outline&n={first.id}")
    item = browser.text(f"#outline .item[data-claim={first.id}] .by")
    assert item.startswith("Speaker 0, Speaker 1, ") and "Speaker 11 +88 ·" in item and "Speaker 12" not in item
    cited = "return document.querySelectorAll('#details .said').length"
    assert browser.js(cited) == 60
    browser.js("[...document.querySelectorAll('#details button.more')].find(b => b.innerText === '40 more').click()")
    assert browser.js(cited) == 100


def test_an_actors_page_has_all_statements_and_the_stance_over_time(browser):
    browser.open(sample(), hash="#view=actors")
    browser.click("#actors li [data-actor=jonas-wedel]")
    details = browser.text("#details")
    assert browser.text("#details h2") == "Jonas Wedel" and "ALL STATEMENTS (3)" in details.upper()
    assert browser.js("return [...document.querySelectorAll('#details .said mark')].map(m => m.innerText)") == [
        "Once the weights are out, no one can take them back", "safety training can be stripped from a published model for a few hundred dollars",
        "A published model cannot be recalled, so the audit must come first"]
    chart = browser.js("const c = document.querySelector('#details svg.small'); return [c.getAttribute('aria-label'), [...c.querySelectorAll('text')].map(t => t.textContent)]")
    assert chart[0].startswith("Statements by side from March 4, 2025 to September 2, 2025")
    assert chart[1] == ["Against", "Mar 2025", "Sep 2025"]
    browser.click("#details .said .item")
    assert browser.text("#details h2") == "Once the weights are out, no one can take them back"


def agreeing():
    """The sample where two of a side make each other's point."""
    plain = sample()
    made = {"s7": ("small-labs-union", "chiara-valenti"), "s1": ("nadia-roth", "chiara-valenti")}
    return replace(plain, statements=tuple(replace(s, actors=made.get(s.id, s.actors)) for s in plain.statements))


BOXED = """return [...document.querySelectorAll('#actors svg rect[rx="10"]')].map((rect) => {
    const box = rect.getBoundingClientRect();
    return [rect.nextElementSibling.textContent, [...document.querySelectorAll('#actors g[data-actor]')].filter((mark) => {
        const { top, bottom, right, left } = mark.querySelector('text').getBoundingClientRect();
        return top > box.top && bottom < box.bottom && left > box.left && right < box.right;
    }).map((mark) => mark.dataset.actor)];
})"""


@pytest.mark.parametrize("make", [sample, agreeing, bundled], ids=["sample", "agreeing", "bundled"])
def test_the_coalitions_are_those_that_the_analysis_reports(browser, make):
    debate_map = make()
    found = coalitions(debate_map, relevance=Settings().relevance)
    browser.open(debate_map, hash="#view=actors")
    boxed = {int(label.split()[1]): (label, set(actors)) for label, actors in browser.js(BOXED)}
    assert len(found.groups) >= 2
    for group in found.groups:
        label, actors = boxed.pop(group.number)
        assert f"· {len(group.members)} actors" in label
        assert actors <= set(group.members)
        assert actors == set(group.members) or f"({len(actors)} shown)" in label
    assert boxed == {}


def test_filters_hide_actors_of_a_coalition_and_form_no_other(browser):
    group = coalitions(sample(), relevance=Settings().relevance).groups[0]
    browser.open(sample(), hash=f"#view=actors&actor={group.members[0]}")
    label, actors = browser.js(BOXED)[0]
    assert group.members[0] in actors and set(actors) < set(group.members)
    assert label == f"Coalition 1 · {len(group.members)} actors ({len(actors)} shown)"
    browser.click("#actors details.why summary")
    assert "those that argmap analyse reports for the whole map" in browser.text("#actors details.why")


def drag(browser, selector, start, end, height=0.3):
    frame = browser.js("const r = document.querySelector(arguments[0]).getBoundingClientRect(); return [r.left, r.top, r.width, r.height]", selector)
    y = frame[1] + frame[3] * height
    for kind, at in (("mousePressed", start), ("mouseMoved", (start + end) / 2), ("mouseMoved", end), ("mouseReleased", end)):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
            "type": kind, "x": frame[0] + frame[2] * at, "y": y, "button": "left", "buttons": 1, "clickCount": 1})


def test_a_stretch_of_time_brushed_over_the_timeline_filters_every_view(browser):
    browser.open(sample(), hash="#view=timeline")
    drag(browser, "#timeline svg", 0.2, 0.35)  # the first two of seven months
    wait_for(lambda: count(browser) == "11 of 21 claims")
    assert browser.js("return [...document.querySelectorAll('#timeline h3')].map(e => e.innerText)") == ["March 2025", "April 2025"]
    assert [chip for chip in browser.text("#chips").split("\n") if "×" in chip] == ["from March 1, 2025 ×", "to April 30, 2025 ×"]
    browser.click("#views [data-view=sources]")
    assert browser.text("#sources h2") == "2 articles"
    browser.click("#views [data-view=timeline]")
    browser.click("#t-all")
    assert count(browser) == "21 of 21 claims"


def test_the_timeline_has_a_row_for_each_of_the_busiest_actors(browser):
    browser.open(sample(), hash="#view=timeline")
    rows = browser.js("return [...document.querySelectorAll('#timeline svg g[data-actor]')].map(g => g.textContent)")
    assert rows[:2] == ["Nadia Roth", "Chiara Valenti"]
    browser.js("document.querySelector('#timeline svg g[data-actor=nadia-roth]').focus()")
    press(browser, Keys.ENTER)
    assert browser.text("#details h2") == "Nadia Roth"


def test_dates_confidence_outlet_and_language_filter(browser):
    browser.open(sample())
    browser.click("#filters-button")
    for name, found in (("Harbour Courier", "5 of 21 claims"), ("Italian", "9 of 21 claims")):
        choose = ("[...document.querySelectorAll('#filters label')].find(l => l.querySelector('bdi')?.innerText === arguments[0])"
                  ".querySelector('input').click()")
        browser.js(choose, name)
        assert count(browser) == found
        browser.js(choose, name)
    for field, value, found in (("from", "2025-06-01", None), ("to", "2025-06-30", "4 of 21 claims")):
        browser.js("const f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('change'))", f"f-{field}", value)
        assert found is None or count(browser) == found
    browser.js("[...document.querySelectorAll('#chips button')].pop().click()")
    browser.js("const f = document.getElementById('f-sure'); f.value = 90; f.dispatchEvent(new Event('change'))")
    assert 0 < int(count(browser).split()[0]) < 10 and "Confidence ≥ 90%" in browser.text("#chips")


def test_a_deep_link_restores_filters_and_sorting(browser):
    browser.open(sample(), hash="#view=table&side=for&topic=transparency&sort=first&from=2025-04-01&sure=0.5")
    assert [chip for chip in browser.text("#chips").split("\n") if "×" in chip] == [
        "Side: For ×", "Topic: Transparency and research ×", "from April 1, 2025 ×", "Confidence ≥ 50% ×"]
    assert browser.js("return document.querySelector('th[aria-sort]').innerText") == "First seen ↑"
    for part in ("side=for", "topic=transparency", "from=2025-04-01", "sure=0.5"):
        browser.click("#views [data-view=outline]")
        assert part in browser.js("return location.hash")


def test_the_notice_names_version_and_models_explains_confidence_and_can_be_put_away(browser):
    browser.open(replace(sample(), models={"edition": "default", "en": "en_x"}))
    browser.js("localStorage.clear()")
    browser.open(render(replace(sample(), models={"edition": "default", "en": "en_x"}), date="2025-10-01", contact="maps@example.org"))
    notice = browser.text("#notice")
    assert "Made by a program (argmap 0.1.0, default models, October 1, 2025) from 5 articles" in notice and "can misread" in notice
    browser.click("#notice-how")
    help_text = browser.text("#details")
    assert "Confidence says how sure the program is" in help_text and "en: en_x" in help_text
    assert browser.js("return document.querySelector('#details a[href=\"mailto:maps@example.org\"]').innerText") == "maps@example.org"
    assert "Cite as: “Powerful AI models should be open”, argument map made with argmap 0.1.0, October 1, 2025" in help_text
    browser.click("#notice-away")
    assert browser.js("return document.getElementById('notice').hidden") and count(browser) == "21 of 21 claims"
    browser.open(sample())
    assert browser.js("return document.getElementById('notice').hidden")  # remembered
    browser.js("localStorage.clear()")


def test_a_page_of_a_huge_map_holds_what_is_said_most_and_says_how_much_there_is(browser):
    debate_map = sample()
    browser.open(render(debate_map, settings=Settings(page_claims=9, relevance=0)))
    browser.js("localStorage.clear()")
    browser.open(render(debate_map, settings=Settings(page_claims=9, relevance=0)))
    assert f"This page holds the 9 claims with the most statements and relations, of {len(debate_map.claims)}" in browser.text("#notice")
    assert count(browser) == "9 of 9 claims"
    browser.open(debate_map)
    assert "This page holds" not in browser.text("#notice")


def test_the_link_to_the_view_is_offered_to_copy(browser):
    browser.open(sample(), hash="#view=actors&a=nadia-roth")
    browser.click("#export-button")
    browser.click("#export-link")
    assert browser.js("return document.getElementById('link').value") == browser.js("return location.href")
    press(browser, Keys.ESCAPE)
    assert browser.js("return document.getElementById('exports').hidden")


def touch(browser, *steps):
    for kind, points in steps:
        browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]})
        time.sleep(0.05)


def test_a_finger_moves_the_map_two_zoom_it_and_a_tap_opens_a_claim(browser):
    browser.open(sample(), width=400, hash="#view=map")
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    try:
        browser.open(sample(), width=400, hash="#view=map")
        picture = "return document.querySelector('#canvas canvas').toDataURL()"
        left, top = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top]")
        before = browser.js(picture)
        touch(browser, ("touchStart", [(200, top + 300)]), ("touchMove", [(150, top + 250)]), ("touchMove", [(100, top + 200)]), ("touchEnd", []))
        wait_for(lambda: browser.js(picture) != before)
        moved = browser.js(picture)
        touch(browser, ("touchStart", [(150, top + 200), (250, top + 200)]), ("touchMove", [(120, top + 200), (280, top + 200)]),
              ("touchMove", [(80, top + 200), (320, top + 200)]), ("touchEnd", []))
        wait_for(lambda: browser.js(picture) != moved)
        browser.click("#zoom-fit")
        row = next(row for row in lay_out(sample()).rows if row.kind == "claim")
        x, y = 11 + (row.x + 60) * 0.9 + left, top + MARGIN + (row.y + 20) * 0.9
        browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        wait_for(lambda: browser.text("#details h2") == next(claim.text for claim in sample().claims if claim.id == row.id))
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_hovering_a_card_brings_out_its_relations(browser):
    browser.open(sample())
    picture = "return document.querySelector('#canvas canvas').toDataURL()"
    before = browser.js(picture)
    row = next(row for row in lay_out(sample()).rows if row.id == "c09")
    frame = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.width]")
    layout = lay_out(sample())
    scale = min(MAX_SCALE, (frame[2] - 2 * MARGIN) / layout.width)
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": frame[0] + MARGIN + (row.x + 40) * scale, "y": frame[1] + MARGIN + (row.y + 20) * scale})
    wait_for(lambda: browser.js(picture) != before)
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 5, "y": 5})
    wait_for(lambda: browser.js(picture) == before)


def test_a_node_moved_or_hidden_in_the_pyvis_network_is_so_on_the_map(browser):
    network = build_network(sample())
    network.get_node("c01")["y"] += 17
    network.get_node("c25")["hidden"] = True
    network.get_node("c07")["hidden"] = True
    browser.open(network.generate_html())
    assert count(browser) == "20 of 20 claims"
    tree = ET.parse(saved(browser, "svg"))
    rows = {row.id: row for row in lay_out(sample()).rows}
    first = next(e for e in tree.iter("{http://www.w3.org/2000/svg}text") if e.text == rows["c01"].lines[0])
    assert float(first.get("y")) - rows["c01"].y > 17


def test_large_pages_are_fluid_in_every_view(browser):
    browser.open(large(5000, statements=20_000))
    assert count(browser) == "4788 of 4788 claims"
    for view in VIEWS:
        spent = browser.js("""const start = performance.now(); document.querySelector(`#views [data-view=${arguments[0]}]`).click();
            document.body.offsetHeight; return performance.now() - start""", view)
        assert spent < PATIENCE / 3, f"{view}: {spent:.0f} ms"
    browser.click("#views [data-view=map]")
    spent = browser.js("""const start = performance.now(); const q = document.getElementById('query'); q.value = 'stolen accounts';
        q.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })); return performance.now() - start""")
    assert spent < PATIENCE and browser.text("#details h2").startswith("Attackers already rent closed models")
    again = browser.js("""const start = performance.now(); document.getElementById('step-on').click(); return performance.now() - start""")
    assert again < PATIENCE / 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1400, 400])
def test_axe_finds_no_accessibility_violation_on_the_bundled_corpus(browser, width, dark):
    page = render(bundled())
    most = max(bundled().claims, key=lambda claim: (sum(relation.target == claim.id for relation in bundled().relations), claim.id)).id
    for view in VIEWS:
        browser.open(page, hash=f"#view={view}&n={most}", width=width, dark=dark, reduced=True)
        assert browser.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"), view
        assert axe_violations(browser) == [], view


def test_axe_finds_no_accessibility_violation_on_an_actors_page_among_hits_and_in_a_large_map(browser):
    browser.open(sample(), hash="#view=actors&a=nadia-roth", reduced=True)
    assert axe_violations(browser) == []
    browser.open(sample(), hash="#n=c05", reduced=True)
    browser.js("document.querySelectorAll('#details details.why summary').forEach(s => s.click())")
    type_search(browser, "weights")
    assert axe_violations(browser) == []
    page = render(large(5000))
    for view in ("map", "outline"):
        browser.open(page, hash=f"#view={view}", reduced=True)
        assert axe_violations(browser) == [], view


def test_at_first_sight_motion_sides_claims_and_their_speakers_can_be_read(browser):
    """In the first window of the bundled map, at the size at which it opens, no text is clipped or covered."""
    browser.open(bundled())
    tree = ET.parse(saved(browser, "svg"))
    frame = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.width, r.height]")
    layout = lay_out(bundled())
    scale = min(MAX_SCALE, (frame[0] - 2 * MARGIN) / layout.width)
    assert scale * 13 > 10  # pixels of a claim's text
    texts = [(float(e.get("x")), float(e.get("y")), e.text) for e in tree.iter("{http://www.w3.org/2000/svg}text")]
    seen = [text for _, y, text in texts if (y + MARGIN) * scale < frame[1]]
    motion = " ".join(bundled().debate.motion.text["en"].split())
    assert all(word in " ".join(seen) for word in motion.split())
    for side in bundled().debate.sides:
        assert side.label["en"] in seen
    attacks = [text for text in seen if text.startswith("+ ") or "attack" in text]
    assert attacks and sum(text.startswith("“") for text in seen) >= 6
    assert not [e.text for e in tree.iter("{http://www.w3.org/2000/svg}text") if e.get("textLength")]


def test_paper_shows_every_claim_of_a_folded_map_in_light_colours_and_the_notice(browser):
    browser.open(large(300), dark=True)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.js("dispatchEvent(new Event('beforeprint'))")
    try:
        assert browser.js("return document.querySelectorAll('#outline .item').length") == int(count(browser).split()[0])
        assert browser.js("return document.documentElement.dataset.shade") == "light"
        assert "Made by a program" in browser.text("#notice")
        assert browser.text("#outline .cite").startswith("Cite as: “")
        assert browser.js("return ['#filters', '#details', '#views', '#map'].every(s => !document.querySelector(s).offsetHeight)")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.js("dispatchEvent(new Event('afterprint'))")
    assert browser.js("return document.documentElement.dataset.shade") in ("dark", "light")


@pytest.mark.parametrize("reduced", [True, False])
def test_nothing_moves_for_readers_who_asked_for_that(browser, reduced):
    browser.open(sample(), width=400, reduced=reduced, hash="#n=c05")
    assert (browser.js("return getComputedStyle(document.getElementById('details')).animationName") == "none") is reduced


def test_the_page_works_in_another_sites_frame(browser):
    frame = f'<iframe title=map width=1000 height=700 srcdoc="{escape(render(sample()))}"></iframe>'
    browser.open(f"<!doctype html><meta charset=utf-8><title>press</title>{frame}")
    browser.driver.switch_to.frame(0)
    try:
        wait_for(lambda: browser.js("return document.querySelector('#details h2')"))
        browser.click("#views [data-view=table]")
        browser.click("#table tbody .link")
        assert browser.js("return document.querySelector('#details mark')")
    finally:
        browser.driver.switch_to.default_content()
