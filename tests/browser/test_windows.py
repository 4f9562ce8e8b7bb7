"""The page in windows of other widths, and where there is more than fits into one, as a reader sees it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from argmap.model import Claim, Debate, DebateMap, Motion, Relation
from argmap.render import render
from argmap.settings import Settings
from tests.browser.conftest import wait_for
from tests.browser.test_map_page import bundled, press, saved
from tests.maps import hostile, sample

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"

#: What a reader sees at the middle of an element: whether it is that element, or something else lies over it.
ON_TOP = """const r = document.querySelector(arguments[0]).getBoundingClientRect();
    return document.querySelector(arguments[0]).contains(document.elementFromPoint(r.left + r.width / 2, r.top + Math.min(r.height, innerHeight - r.top) / 2))"""


def shown(browser, selector):
    return browser.js("return document.querySelector(arguments[0]).offsetWidth > 0", selector)


def test_in_a_window_of_middle_width_the_map_has_it_all_until_something_is_chosen(browser):
    browser.open(sample(), width=1000)
    assert not shown(browser, "#details")
    assert browser.js("return document.getElementById('canvas').clientWidth") > 960
    browser.open(sample(), hash="#view=map&n=c05", width=1000)
    assert browser.text("#details h2") and browser.js(ON_TOP, "#details")
    browser.click("#details .close")
    assert not shown(browser, "#details")


def test_a_chosen_card_is_never_behind_the_panel(browser):
    """The card's outline, in the colour of what is chosen, is drawn to the left of the panel."""
    last = max((c for c in sample().claims if c.stance == "against"), key=lambda claim: claim.id)
    browser.open(sample(), hash=f"#view=map&n={last.id}", width=1000)
    left = browser.js("return document.getElementById('details').getBoundingClientRect().left")
    wait_for(lambda: browser.js("""const canvas = document.querySelector('#canvas canvas');
        const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const scale = width / canvas.clientWidth;
        let most = -1;
        for (let i = 0; i < data.length; i += 4) {
          if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2) most = Math.max(most, (i / 4) % width);
        }
        return most > 0 && most / scale < arguments[0];""", left))


@pytest.mark.parametrize("width", [1000, 400])
def test_the_legend_comes_when_asked_for_and_goes_again(browser, width):
    browser.open(sample(), width=width, reduced=True)
    browser.click("#help-button")
    assert browser.text("#details h2") == "How to read this map" and browser.js(ON_TOP, "#details h2")
    browser.click("#details .legend-close")
    assert not browser.js("return document.getElementById('details').classList.contains('over')")
    press(browser, "?")
    assert browser.js(ON_TOP, "#details h2")
    press(browser, Keys.ESCAPE)
    assert not browser.js("return document.getElementById('details').classList.contains('over')")


def test_the_head_of_a_long_table_stays_and_the_chosen_row_stands_out(browser):
    browser.open(bundled(), hash="#view=table")
    ground = browser.js("return getComputedStyle(document.querySelector('#table tbody td')).backgroundColor")
    browser.js("document.querySelector('#table .wide').scrollTop = 900")
    assert browser.js(ON_TOP, "#sort-claim")
    chosen = browser.js("""const top = document.querySelector('#table thead').getBoundingClientRect().bottom;
        const row = [...document.querySelectorAll('#table tbody tr')].find((tr) => tr.getBoundingClientRect().top > top);
        row.querySelector('button').click();
        return row.querySelector('button').textContent""")
    assert browser.text("#details h2") == chosen
    marked = browser.js("""return [...document.querySelectorAll('#table tbody tr')]
        .filter((tr) => getComputedStyle(tr.children[1]).backgroundColor !== arguments[0]).map((tr) => tr.querySelector('button').textContent)""", ground)
    assert marked == [chosen]


def test_the_table_has_its_own_button_for_csv(browser):
    browser.open(sample(), hash="#view=table")
    browser.click("#table-csv")
    wait_for(lambda: [path for path in browser.folder.iterdir() if path.suffix == ".csv" and path.stat().st_size])


def test_the_outline_of_a_large_map_unfolds_and_folds_at_once(browser):
    browser.open(bundled(), hash="#view=outline")
    folded = browser.js("return document.querySelectorAll('#outline .item').length")
    assert browser.text("#outline-fold") == "Unfold topics"
    browser.click("#outline-fold")
    assert browser.js("return document.querySelectorAll('#outline .item').length") > 3 * folded
    browser.click("#outline-fold")
    assert browser.js("return document.querySelectorAll('#outline .item').length") == folded


def test_whole_articles_are_in_the_page_where_asked_for(browser):
    sentence = "nobody left the room convinced"
    browser.open(render(sample(), full_text=True), hash="#view=sources")
    assert sentence in browser.text("#sources")
    browser.open(sample(), hash="#view=sources")
    assert sentence not in browser.text("#sources")


@pytest.mark.parametrize("width", [400, 760])
def test_hits_and_map_stay_within_a_narrow_window_and_can_be_read(browser, width):
    browser.open(bundled(), hash="#view=map&q=model", width=width)
    browser.driver.find_element("id", "query").send_keys("s")
    wait_for(lambda: browser.js("return document.querySelectorAll('#hits .hit').length > 3"))
    assert browser.js("""const { left, right } = document.getElementById('hits').getBoundingClientRect();
        return left >= 0 && right <= document.documentElement.clientWidth""")
    assert browser.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_lane_without_trees_of_its_own_says_where_its_claims_are(browser):
    claims = (Claim("a", "Models should be open", "en", "for", "", "k", 1, ()),
              *(Claim(name, f"Objection {name}", "en", "against", "", name, 1, ()) for name in "bc"))
    relations = tuple(Relation(name, "a", "attack", "contrast", 0.9, ()) for name in "bc")
    debate_map = DebateMap(Debate("d", Motion({"en": "Open?"}), ()), claims=claims, relations=relations)
    browser.open(render(debate_map, settings=Settings(relevance=0)), hash="#view=outline")
    assert browser.text("#outline .empty") == "2 claims on this side answer claims on other sides and stand below them."
    browser.click("#views [data-view=map]")
    drawn = saved(browser, "svg").read_text(encoding="utf-8")
    assert "2 claims on this side answer" in drawn


@pytest.mark.parametrize("view", ["outline", "table", "sources"])
def test_the_map_is_saved_as_a_picture_from_views_of_text_too_as_they_are_filtered(browser, view):
    browser.open(sample(), hash=f"#view={view}&side=against", width=400)
    tree = ET.parse(saved(browser, "svg"))
    texts = {element.text for element in tree.iter(f"{SVG}text")}
    assert "Jonas Wedel" in texts and "Nadia Roth" not in texts
    assert saved(browser, "png").name == "map.png"


@pytest.mark.parametrize(("view", "make"), [("actors", sample), ("actors", hostile), ("timeline", sample)])
def test_drawings_of_actors_and_time_are_saved_as_pictures_of_their_own(browser, view, make):
    browser.open(make(), hash=f"#view={view}")
    path = saved(browser, "svg")
    assert path.name == f"{view}.svg"
    drawn = path.read_text(encoding="utf-8")
    assert "var(" not in drawn and "<script" not in drawn
    tree = ET.fromstring(drawn)
    assert all(element.get("fill") for element in tree.iter(f"{SVG}text"))
    if make is sample:
        assert {"Nadia Roth", "Jonas Wedel"} <= {element.text for element in tree.iter(f"{SVG}text")}
    raw = saved(browser, "png").read_bytes()
    assert int.from_bytes(raw[16:20], "big") == 2 * int(float(tree.get("width")))


def test_long_lists_are_drawn_in_parts_and_what_was_asked_for_stays(browser):
    browser.open(bundled(), hash="#view=table")
    rows = "return document.querySelectorAll('#table tbody tr').length"
    assert browser.js(rows) == 300
    browser.click("#table .more")
    everything = browser.js(rows)
    assert everything == int(browser.text("#count").split()[0])
    browser.js("[...document.querySelectorAll('#table tbody button')].at(-1).click()")
    assert browser.js(rows) == everything and browser.js("return [...document.querySelectorAll('#table tbody button')].at(-1).getAttribute('aria-current')") == "true"


def test_a_corpus_of_many_articles_opens_part_by_part_and_a_chosen_claims_source_is_there(browser):
    """Sixty copies of the sample's articles, each with statements of its own."""
    plain = sample()
    copies = [(f"{article.id}-{n}", replace(article, id=f"{article.id}-{n}", date=f"20{20 + n // 12:02}-{n % 12 + 1:02}-{i + 1:02}"))
              for n in range(60) for i, article in enumerate(plain.articles)]
    statements = tuple(replace(s, id=f"{s.id}-{n}", article=f"{s.article}-{n}", claim=f"{s.claim}-{n}") for n in range(60) for s in plain.statements)
    claims = tuple(replace(c, id=f"{c.id}-{n}", statements=tuple(f"{name}-{n}" for name in c.statements)) for n in range(60) for c in plain.claims)
    browser.open(DebateMap(plain.debate, tuple(article for _, article in copies), plain.actors, statements=statements, claims=claims),
                 hash="#view=sources&n=c05-59")
    assert browser.text("#sources h2") == "300 articles"
    drawn = "return document.querySelectorAll('#sources article').length"
    assert browser.js(drawn) == 40 and browser.text("#sources .more") == "260 more"
    assert browser.js("""const { top, bottom } = document.querySelector('#sources article mark[aria-current=true]').getBoundingClientRect();
        return top > 0 && bottom < innerHeight""")
    browser.click("#sources .more")
    assert browser.js(drawn) == 80 and browser.text("#sources .more") == "220 more"
    browser.click("#views [data-view=timeline]")
    assert browser.js("return document.querySelectorAll('#timeline section').length") == 60
    assert browser.text("#timeline h3") == "January 2020"
