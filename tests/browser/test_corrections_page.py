"""Corrections on the page, in a real browser: what people corrected is marked, what readers would correct comes out as a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from argmap.corrections import Reference, apply, dumps, load
from argmap.model import DebateMap
from argmap.render import render
from argmap.render.network import words
from tests.browser.conftest import wait_for
from tests.corrected import correction, of_claim, of_statement
from tests.maps import hostile, sample

pytestmark = pytest.mark.browser

#: What is written into a field by its name; other fields stay as they open.
SAID = {"text": "Worded by a reader", "newText": "Said by the others", "name": "Named by a reader", "affiliation": "Alder Institute",
        "speakers": "Ilse Brandner; Nobody Known", "quotation": "nobody left the room convinced", "note": 'Because "so"\\n',
        "stance": "neutral", "kind": "group", "topic": "safety", "relation": "attack"}


def elements(browser, selector):
    return browser.driver.find_elements("css selector", selector)


def suggest(browser, opener, action, other=""):
    """Open the form of a control, fill it in and collect what it says."""
    browser.driver.execute_script("arguments[0].click()", opener)
    form = wait_for(lambda: elements(browser, ".fix-form"))[0]
    Select(form.find_element("css selector", "[data-field=action]")).select_by_value(action)
    for field in form.find_elements("css selector", "[data-field]"):
        name = field.get_attribute("data-field")
        if name == "action" or not field.is_displayed():
            continue
        value = other if name in ("claim", "actor") else SAID.get(name)
        if value is None:
            continue
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        else:
            field.clear()
            field.send_keys(value)
    for box in form.find_elements("css selector", "input[type=checkbox]")[:1]:
        box.click()
    form.find_element("css selector", "button[type=submit]").click()
    wait_for(lambda: not elements(browser, ".fix-form"))


def downloaded(browser):
    """The corrections of the file that the page gives."""
    if browser.js("return document.getElementById('fixes').hidden"):
        browser.click("#fixes-button")
    path = browser.folder / "corrections.toml"
    path.unlink(missing_ok=True)
    browser.click("#fixes-download")
    wait_for(path.exists)
    wait_for(lambda: path.read_text(encoding="utf-8").endswith("\n"))
    return path


def forget(browser):
    browser.js("localStorage.clear()")


@pytest.fixture
def page(browser):
    """Opens a map's page with nothing collected."""
    def opened(source: DebateMap | str, **options):
        browser.open(source, **options)
        forget(browser)
        return browser.open(source, **options)

    yield opened
    forget(browser)


def options(browser, opener):
    """The actions that a control offers."""
    browser.driver.execute_script("arguments[0].click()", opener)
    found = [option.get_attribute("value") for option in Select(elements(browser, "[data-field=action]")[0]).options]
    browser.driver.find_element("css selector", ".fix-form [data-field=note]").send_keys(Keys.ESCAPE)
    wait_for(lambda: not elements(browser, ".fix-form"))
    return found


#: Where each kind of control is found, and what another claim or actor is called there.
PLACES = [("#view=outline&n=c01", "claims", "The concert moves to Sunday"), ("#view=outline&n=c01", "statements", "The concert moves to Sunday"),
          ("#view=outline&n=c01", "relations", ""), ("#view=actors&a=nadia-roth", "actors", "Ilse Brandner"), ("#view=sources", "articles", "")]


@pytest.mark.parametrize(("hash", "kind", "other"), PLACES, ids=[kind for _, kind, _ in PLACES])
def test_whatever_a_reader_suggests_applies_to_the_map(page, hash, kind, other):
    page = page(sample(), hash=hash)
    actions = options(page, elements(page, f"[data-fix={kind}]")[0])
    assert len(actions) == {"claims": 6, "statements": 4, "relations": 3, "actors": 6, "articles": 1}[kind]
    for action in actions:
        suggest(page, elements(page, f"[data-fix={kind}]")[0], action, other)
    entries = load(downloaded(page))
    assert {entry.action for entry in entries} - {"add-actor"} == set(actions)
    for entry in entries:
        needed = [one for one in entries if one.action == "add-actor"]
        assert apply(sample(), [*needed, entry]).left == (), entry
    assert all(entry.note == SAID["note"].strip() for entry in entries if entry.action != "add-actor")


def test_the_file_is_as_the_program_writes_it_and_names_who_made_it(page):
    page = page(sample(), hash="#view=outline&n=c01")
    for kind, action in (("claims", "merge-claims"), ("claims", "split-claim"), ("statements", "set-speakers"), ("relations", "flip-relation")):
        suggest(page, elements(page, f"[data-fix={kind}]")[0], action, "The concert moves to Sunday")
    page.click("#fixes-button")
    page.driver.find_element("css selector", "#fixes [data-field=by]").send_keys("Ann “B”")
    path = downloaded(page)
    entries = load(path)
    assert len(entries) == 5 and {entry.by for entry in entries} == {"Ann “B”"}
    assert path.read_text(encoding="utf-8") == dumps(entries)


def test_hostile_words_come_out_as_they_are(page):
    the_map = hostile()
    claims = {claim.id: claim for claim in the_map.claims}
    page = page(the_map, hash="#view=outline&n=c01")
    suggest(page, elements(page, "[data-fix=claims]")[0], "set-stance")
    for opener in elements(page, "[data-fix=statements]"):
        suggest(page, opener, "reject-statement")
    entries = load(downloaded(page))
    assert len(entries) == 1 + len(claims["c01"].statements)
    assert apply(the_map, entries).left == ()


def test_what_is_collected_is_counted_listed_taken_back_and_kept_in_the_browser(page):
    browser = page
    page = browser(sample(), hash="#view=outline&n=c01")
    assert page.js("return document.getElementById('fixes-button').hidden")
    suggest(page, elements(page, "[data-fix=claims]")[0], "set-stance")
    suggest(page, elements(page, "[data-fix=claims]")[0], "set-stance")  # the same once more
    assert page.text("#fixes-button") == "1 correction" and page.text("#live") == "Collected. One correction so far."
    suggest(page, elements(page, "[data-fix=relations]")[0], "reject-relation")
    page.driver.refresh()
    wait_for(lambda: page.text("#fixes-button") == "2 corrections")
    page.click("#fixes-button")
    assert "It takes another side: Anyone can inspect" in page.text("#fixes ol").replace("\n", " ")
    page.click("#fixes li button")
    wait_for(lambda: page.text("#fixes-button") == "1 correction")
    page.click("#fixes-clear")
    assert page.js("return document.getElementById('fixes-button').hidden && document.getElementById('fixes').hidden")


def test_a_form_wants_what_it_needs(page):
    page = page(sample(), hash="#view=outline&n=c01")
    opener = elements(page, "[data-fix=claims]")[0]
    page.driver.execute_script("arguments[0].click()", opener)
    form = elements(page, ".fix-form")[0]
    Select(form.find_element("css selector", "[data-field=action]")).select_by_value("merge-claims")
    form.find_element("css selector", "[data-field=claim]").send_keys("no claim reads so")
    form.find_element("css selector", "button[type=submit]").click()
    assert elements(page, ".fix-form") and page.js("return document.querySelector('[data-field=claim]').validationMessage") == "Choose from the list."
    assert page.js("return document.getElementById('fixes-button').hidden")


def test_the_keyboard_stays_in_the_form_and_escape_gives_it_back(page):
    page = page(sample(), hash="#view=outline&n=c01")
    opener = elements(page, "[data-fix=claims]")[0]
    opener.send_keys(Keys.ENTER)
    assert page.js("return document.activeElement.dataset.field") == "action"
    field = elements(page, ".fix-form [data-field=note]")[0]
    field.send_keys("n/?")
    assert page.js("return document.activeElement.dataset.field") == "note" and field.get_attribute("value") == "n/?"
    field.send_keys(Keys.ESCAPE)
    assert not elements(page, ".fix-form") and page.js("return document.activeElement.dataset.fix") == "claims"
    assert "n=c01" in page.driver.current_url
    suggest(page, elements(page, "[data-fix=claims]")[0], "set-stance")
    page.click("#fixes-button")
    elements(page, "#fixes-download")[0].send_keys(Keys.ESCAPE)
    assert page.js("return document.getElementById('fixes').hidden && document.activeElement.id") == "fixes-button"


def a_corrected_map():
    the_map = sample()
    items = {item.id: item for items in (the_map.statements, the_map.claims) for item in items}
    return apply(the_map, [
        correction("set-stance", statement=of_statement(items["s2"]), stance="against"),
        correction("edit-claim", claim=of_claim(the_map, items["c01"]), text="Everyone can inspect an open model"),
        correction("flip-relation", origin=of_claim(the_map, items["c02"]), target=of_claim(the_map, items["c01"]), kind="attack"),
        correction("rename-actor", actor=Reference("nadia-roth"), name="N. Roth")]).map


def test_what_people_corrected_is_marked(page):
    page = page(a_corrected_map(), hash="#view=outline&n=c01")
    assert "corrected by people in part (corrections: 4)" in page.text("#notice")
    marks = [element.text for element in elements(page, "#details .human")]
    assert marks == ["corrected by a person (wording)", "corrected by a person (kind)"]
    assert "read from: a person" in page.text("#details")
    ticked = [element.get_attribute("data-claim") for element in elements(page, "#outline .item") if "✓ corrected by a person" in element.text]
    assert sorted(ticked) == ["c01", "c02"]
    page.open(a_corrected_map(), hash="#view=outline&n=c02")
    assert [element.text for element in elements(page, "#details .human")][:2] == ["corrected by a person (side)"] * 2
    page.open(a_corrected_map(), hash="#view=actors&a=nadia-roth")
    assert page.text("#details h2") == "N. Roth" and page.text("#details .human") == "corrected by a person (name)"
    page.open(a_corrected_map())
    assert "People made 4 corrections" in page.text("#details")


def test_a_map_that_nobody_corrected_says_so(page):
    page = page(sample(), hash="#view=outline")
    assert "Nobody corrected the result." in page.text("#details") and "not checked by a person" in page.text("#notice")
    assert elements(page, ".human") == [] and "✓" not in page.text("#outline")


def test_each_action_and_each_field_has_its_words():
    script = (Path(__file__).parent.parent.parent / "argmap" / "render" / "js" / "correct.js").read_text(encoding="utf-8")
    actions = set(re.findall(r'^    "([a-z-]+)":', script, re.MULTILINE)) | {"add-actor"}
    fields = set(re.findall(r'(?:textField|choiceField|pickField|labelled)\("(\w+)"', script))
    named = set(words("en"))
    assert actions - {"flip-relation"} <= {name.removeprefix("fix.") for name in named}
    assert {f"fix.field.{field}" for field in fields} <= named
    assert {f"human.{mark}" for mark in ("added", "merged", "split", "name", "kind", "affiliation", "aliases", "actors", "stance", "claim", "text",
                                         "topic", "direction")} <= named


@pytest.mark.parametrize(("width", "dark", "language"), [(1400, False, "en"), (1400, True, "it"), (400, False, "it"), (400, True, "en")])
def test_axe_finds_no_accessibility_violation_in_forms_and_list(page, width, dark, language):
    html = render(a_corrected_map(), language=language)
    for place, kind in (("#view=outline&n=c01", "claims"), ("#view=outline&n=c01", "statements"), ("#view=actors&a=nadia-roth", "actors"),
                        ("#view=sources", "articles")):
        opened = page(html, hash=place, width=width, dark=dark, reduced=True)
        opener = elements(opened, f"[data-fix={kind}]")[0]
        opened.driver.execute_script("arguments[0].click()", opener)
        assert axe_violations(opened) == [], kind
        assert opened.js("return document.documentElement.scrollWidth <= innerWidth"), kind
    opened = page(html, hash="#view=outline&n=c01", width=width, dark=dark, reduced=True)
    suggest(opened, elements(opened, "[data-fix=claims]")[0], "set-stance")
    opened.js("document.getElementById('fixes-button').click()")
    assert axe_violations(opened) == []


def axe_violations(browser):
    axe = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    return browser.driver.execute_async_script("""
        const done = arguments[arguments.length - 1];
        axe.run().then((r) => done(r.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))])))""")
