"""Ways through the page that a reader takes with pointer and keys, from the overview to a claim and on, as a reader sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from argmap.model import DebateMap
from argmap.render import render
from argmap.render.layout import Layout, Row, lay_out
from tests.browser.conftest import wait_for
from tests.browser.test_map_page import MARGIN, MAX_SCALE, bundled, count, press
from tests.maps import sample

pytestmark = pytest.mark.browser

PICTURE = "return document.querySelector('#canvas canvas').toDataURL()"


def click_at(browser, layout, x, y):
    """Click on the canvas at a point of a layout, as it stands when the page is opened."""
    left, top, wide = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.width]")
    scale = min(MAX_SCALE, (wide - 2 * MARGIN) / layout.width)
    for kind in ("mousePressed", "mouseReleased"):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
            "type": kind, "x": left + wide / 2 + (x - layout.width / 2) * scale, "y": top + MARGIN + y * scale, "button": "left", "clickCount": 1})


def topics_with_first_claims(layout, lane="for"):
    """The topics that a folded lane shows, each with the first claim below it."""
    found = []
    for row in layout.rows:
        if row.lane != lane or row.hidden:
            continue
        if row.kind == "topic":
            found.append([row, None])
        elif found[-1][1] is None:
            found[-1][1] = row
    return found


def text_of(claim):
    return next(other.text for other in bundled().claims if other.id == claim)


def test_a_topic_of_the_overview_opens_in_its_place_by_a_click_and_closes_again(browser):
    layout = lay_out(bundled())
    topic, claim = topics_with_first_claims(layout)[0]
    browser.open(bundled())
    assert browser.text("#details h2") == "How to read this map"
    overview = browser.js(PICTURE)
    click_at(browser, layout, topic.x + 60, topic.y + 20)
    wait_for(lambda: browser.js(PICTURE) != overview)
    click_at(browser, layout, claim.x + 60, topic.y + topic.height + claim.gap + claim.height / 2)
    wait_for(lambda: browser.text("#details h2") == text_of(claim.id))
    press(browser, Keys.ESCAPE)
    click_at(browser, layout, topic.x + 60, topic.y + topic.height / 2)
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 5, "y": 5})
    wait_for(lambda: browser.js("document.activeElement.blur();" + PICTURE) == overview)


def test_all_topics_open_and_close_at_once(browser):
    layout = lay_out(bundled())
    topic, claim = topics_with_first_claims(layout)[0]
    browser.open(bundled())
    overview = browser.js(PICTURE)
    assert browser.text("#fold") == "Unfold topics"
    browser.click("#fold")
    assert browser.text("#fold") == "Fold topics"
    click_at(browser, layout, claim.x + 60, topic.y + topic.height + claim.gap + claim.height / 2)
    wait_for(lambda: browser.text("#details h2") == text_of(claim.id))
    press(browser, Keys.ESCAPE)
    browser.click("#fold")
    assert browser.text("#fold") == "Unfold topics"
    wait_for(lambda: browser.js(PICTURE) == overview)


def test_the_keyboard_walks_the_overview_into_a_topic_and_out_of_it(browser):
    (first, _), (second, claim) = topics_with_first_claims(lay_out(bundled()))[:2]
    names = {topic.id: topic.label["en"] for topic in bundled().debate.topics}
    browser.open(bundled())
    browser.js("document.getElementById('canvas').focus()")
    said = lambda: browser.js("return document.getElementById('live').textContent")  # noqa: E731
    before = browser.js(PICTURE)
    press(browser, Keys.ARROW_DOWN)
    assert said() == f"For: {names[first.topic]}, {first.size} claims. Folded: Enter or the down arrow opens it."
    assert browser.js(PICTURE) != before  # a ring shows where the keyboard is
    press(browser, Keys.ARROW_RIGHT)
    assert said().startswith(f"For: {names[second.topic]}, {second.size} claims. Folded")
    press(browser, Keys.ARROW_DOWN)
    assert browser.text("#details h2") == text_of(claim.id)
    press(browser, Keys.ARROW_UP)
    assert browser.text("#details h2") == "How to read this map"
    assert said() == f"For: {names[second.topic]}, {second.size} claims. Enter folds it, the down arrow goes to its claims."
    press(browser, Keys.ENTER)
    assert "Folded" in said()
    press(browser, Keys.ENTER, Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.js("return document.activeElement.id") == "details" and browser.text("#details h2") == text_of(claim.id)


def test_tab_enters_the_map_once(browser):
    browser.open(sample())
    browser.js("document.getElementById('canvas').focus()")
    press(browser, Keys.TAB)
    assert browser.js("return document.activeElement.id") == "fold"
    ActionChains(browser.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    assert browser.js("return document.activeElement.id") == "canvas"


def test_the_link_that_skips_to_the_details_keeps_what_is_chosen(browser):
    browser.open(sample(), hash="#view=table&n=c07&side=for")
    press(browser, Keys.TAB)
    assert browser.js("return document.activeElement.className") == "skip"
    press(browser, Keys.ENTER)
    assert browser.js("return document.activeElement.id") == "details"
    assert browser.text("#details h2").startswith("Open models let start-ups compete") and count(browser) == "12 of 21 claims"
    assert "n=c07" in browser.js("return location.hash")


def test_the_map_is_dragged_and_zoomed_and_fits_again(browser):
    browser.open(sample())
    fitted = browser.js(PICTURE)
    left, top, wide = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top, r.width]")
    pictures = {fitted}

    def changed():
        return wait_for(lambda: (shown := browser.js(PICTURE)) not in pictures and not pictures.add(shown))

    browser.click("#zoom-in")
    assert changed()
    browser.click("#zoom-out")
    browser.click("#zoom-out")
    assert changed()
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
        "type": "mouseWheel", "x": left + wide / 2, "y": top + 200, "deltaX": 0, "deltaY": -240, "modifiers": 2})
    assert changed()
    for kind, y in (("mousePressed", 400), ("mouseMoved", 350), ("mouseMoved", 300), ("mouseReleased", 300)):
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
            "type": kind, "x": left + wide / 2, "y": top + y, "button": "left", "buttons": 1, "clickCount": 1})
    assert changed()
    browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 5, "y": 5})
    browser.click("#zoom-fit")
    browser.js("document.activeElement.blur()")
    wait_for(lambda: browser.js(PICTURE) == fitted)


@pytest.mark.parametrize("width", [400, 720])
def test_the_motion_is_whole_in_a_window_that_shows_some_of_the_lanes(browser, width):
    browser.open(bundled(), hash="#view=map", width=width)
    most, wide = browser.js("""const canvas = document.querySelector('#canvas canvas');
        const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, 120);
        const of = (i) => (i / 4) % width;
        const dark = [];
        for (let i = 0; i < data.length; i += 4) if (data[i] === 0x22 && data[i + 1] === 0x26 && data[i + 2] === 0x2b) dark.push(of(i));
        return [[dark.reduce((a, b) => Math.min(a, b)), dark.reduce((a, b) => Math.max(a, b))], width]""")
    assert 4 < most[0] < most[1] < wide - 4


def test_the_link_to_the_view_opens_the_view_elsewhere(browser):
    browser.open(sample())
    browser.click("#export-button")
    browser.click("#export-link")
    link = browser.js("return document.getElementById('link').value")
    browser.open(sample(), hash=link[link.index("#"):], width=400)  # where the outline would open first
    assert browser.js("return !document.getElementById('map').hidden")


def test_a_chosen_claim_is_in_sight_in_the_next_view(browser):
    browser.open(bundled(), hash="#view=sources")
    browser.js("[...document.querySelectorAll('#sources mark')].at(-1).click()")
    for view in ("table", "timeline", "sources"):
        browser.click(f"#views [data-view={view}]")
        chosen = "return document.querySelector('.sheet:not([hidden]) [aria-current=true]')"
        assert view != "sources" or browser.js(chosen)
        if browser.js(chosen):  # long lists are drawn in parts
            assert browser.js("""const r = document.querySelector('.sheet:not([hidden]) [aria-current=true]').getBoundingClientRect();
                return r.top > 0 && r.bottom < innerHeight""")


def test_an_actors_claims_alone_are_shown_on_the_map(browser):
    browser.open(sample(), hash="#view=actors&a=jonas-wedel")
    browser.js("[...document.querySelectorAll('#details button')].find(b => b.innerText === 'Show only these claims on the map').click()")
    assert browser.js("return !document.getElementById('map').hidden") and count(browser) == "2 of 21 claims"
    assert browser.text("#chips") == "Who says it: Jonas Wedel ×"


def test_actors_beyond_those_that_are_drawn_are_listed_when_asked_for_and_open(browser):
    browser.open(bundled(), hash="#view=actors")
    listed = "return document.querySelectorAll('#actors li [data-actor]').length"
    before, drawn = browser.js(listed), browser.js("return document.querySelectorAll('#actors svg [data-actor]').length")
    assert before == drawn
    browser.click("#actors .more")
    assert browser.js(listed) > before
    last = browser.js("const b = [...document.querySelectorAll('#actors li [data-actor]')].at(-1); b.click(); return b.querySelector('bdi').textContent")
    assert browser.text("#details h2") == last


def test_the_whole_paragraph_is_shown_when_asked_for(browser):
    longest = max(bundled().articles, key=lambda article: max(map(len, article.text.split("\n"))))
    once = {claim.id for claim in bundled().claims if len(claim.statements) == 1}
    claim = next(s.claim for s in bundled().statements if s.article == longest.id and s.claim in once and len(paragraph(longest.text, s)) > 600)
    browser.open(bundled(), hash=f"#n={claim}")
    before = browser.text("#details blockquote")
    browser.click("#details .more-text")
    after = browser.text("#details blockquote")
    assert len(after) > len(before) and browser.text("#details blockquote mark")
    assert before.strip("… ") in after


def paragraph(text, statement):
    start, end = statement.content[0].start, statement.content[-1].end
    return text[text.rfind("\n", 0, start) + 1:text.find("\n", end) if "\n" in text[end:] else len(text)]


def test_all_of_a_filters_choices_are_listed_when_asked_for_and_each_counts(browser):
    browser.open(sample())
    browser.click("#filters-button")
    fieldset = "[...document.querySelectorAll('#filters fieldset')].find(f => f.querySelector('legend').innerText === 'Who says it')"
    names = f"return [...{fieldset}.querySelectorAll('bdi')].map(b => b.innerText)"
    assert len(browser.js(names)) == 8
    browser.js(f"{fieldset}.querySelector('.link').click()")
    assert {"Ilse Brandner", "Osservatore del Porto"} <= set(browser.js(names))


@pytest.mark.parametrize("view", ["actors", "table"])
def test_a_page_opens_first_in_the_view_language_and_theme_that_it_was_made_with(browser, view):
    browser.open(render(sample(), view=view, language="it", theme="dark", title="Aperti o chiusi?"))
    assert browser.js(f"return !document.getElementById('{view}').hidden")
    assert browser.text("#title") == "Aperti o chiusi?" and browser.text("#filters-button") == "Filtri"
    assert browser.js("return getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"


def one_article(name: str = "it-intervista-delangue") -> DebateMap:
    """The part of the bundled map that one article makes, an interview unless another is named."""
    whole = bundled()
    article = next(a for a in whole.articles if a.id == name)
    statements = tuple(s for s in whole.statements if s.article == article.id)
    names = {s.id for s in statements}
    claims = tuple(replace(c, statements=tuple(n for n in c.statements if n in names)) for c in whole.claims if names & set(c.statements))
    kept = {c.id for c in claims}
    return DebateMap(whole.debate, (article,), whole.actors, statements=statements, claims=claims,
                     relations=tuple(r for r in whole.relations if {r.origin, r.target} <= kept))


def test_at_first_sight_the_page_of_one_article_shows_who_says_what_and_what_attacks_what(browser):
    debate_map = one_article()
    layout = lay_out(debate_map)
    browser.open(debate_map)
    wide, high = browser.js("const r = document.getElementById('canvas').getBoundingClientRect(); return [r.width, r.height]")
    scale = min(MAX_SCALE, (wide - 2 * MARGIN) / layout.width)
    assert scale * 13 > 11  # pixels of a claim's text

    def at_first_sight(laid: Layout) -> list[Row]:
        fit = min(MAX_SCALE, (wide - 2 * MARGIN) / laid.width)
        return [row for row in laid.rows if not row.hidden and (row.y + row.height + MARGIN) * fit < high]

    seen = at_first_sight(layout)
    unnamed = [row for row in seen if row.kind == "claim" and not row.byline]  # "it may be objected that…"
    assert sum(row.kind == "claim" for row in seen) >= 10 and len(unnamed) <= 1
    # Of some articles the claims that come first are attacked by none that come so early.
    pages = [one_article(article.id) for article in bundled().articles]
    attacked = [any(r.kind == "attack" and {r.origin, r.target} <= {row.id for row in at_first_sight(lay_out(page))} for r in page.relations)
                for page in pages]
    assert sum(attacked) >= 0.8 * len(pages)
    boxes = [(row.x, row.y, row.x + row.width, row.y + row.height) for row in layout.rows if not row.hidden]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    longest = browser.js("""const ctx = document.createElement('canvas').getContext('2d');
        ctx.font = `13px ${getComputedStyle(document.documentElement).getPropertyValue('--font')}`;
        return arguments[0].map(([text, room]) => ctx.measureText(text).width - room)""", [[line, row.width - 24] for row in seen for line in row.lines])
    assert max(longest) <= 0.5  # no line is wider than its card
