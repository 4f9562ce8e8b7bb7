"""The page as text: one file, nothing from elsewhere, nothing of the corpus that could run."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources

import pytest

from argmap.relate import RULES
from argmap.relate.implicit import IMPLICIT
from argmap.render import LANGUAGES, build_network, render
from argmap.render.network import SCRIPTS, MapNetwork, words
from tests.maps import hostile, sample

#: MiniSearch 7.2.0, dist/umd/index.js.
MINISEARCH = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
#: vis-network 10.1.5, dist/vis-network.min.js as published on npm.
VIS_NETWORK = "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5"


class Page(HTMLParser):
    """Elements of a page with their text, as an HTML parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        self._open = True

    def handle_endtag(self, tag):
        self._open = False

    def handle_data(self, data):
        if self._open:
            self.elements[-1][2].append(data)

    def all(self, tag):
        return [(attrs, "".join(text)) for name, attrs, text in self.elements if name == tag]


@pytest.fixture(scope="module")
def page():
    return Page(render(sample()))


@pytest.fixture(scope="module")
def bad_page():
    return Page(render(hostile()))


def test_the_vendored_scripts_are_the_published_ones():
    vendor = resources.files("argmap.render") / "vendor"
    assert hashlib.sha256((vendor / "vis-network.min.js").read_bytes()).hexdigest() == VIS_NETWORK
    assert hashlib.sha256((vendor / "minisearch.js").read_bytes()).hexdigest() == MINISEARCH
    assert "Permission is hereby granted" in (vendor / "minisearch.LICENSE-MIT.txt").read_text(encoding="utf-8")
    assert "MIT" in (vendor / "vis-network.LICENSE-MIT.txt").read_text(encoding="utf-8")
    assert "Apache" in (vendor / "vis-network.LICENSE-APACHE-2.0.txt").read_text(encoding="utf-8")


def test_the_policy_is_first_and_names_each_script_and_style_by_its_hash(page):
    metas = [attrs for attrs, _ in page.all("meta")]
    assert metas[0] == {"charset": "utf-8"}
    assert metas[1]["http-equiv"] == "Content-Security-Policy"
    policy = metas[1]["content"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy
    for tag in ("script", "style"):
        for attrs, text in page.all(tag):
            if attrs.get("type") != "application/json":
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_elsewhere(page):
    for tag, attrs, _ in page.elements:
        assert not attrs.get("src")
        assert tag != "link" or attrs.get("href") == "data:,"
        assert not any(name.startswith("on") or name == "style" for name in attrs)


def test_hostile_text_adds_no_element(page, bad_page):
    assert [tag for tag, *_ in bad_page.elements] == [tag for tag, *_ in page.elements]


def data_of(page):
    return {attrs["id"]: json.loads(text) for attrs, text in page.all("script") if attrs.get("type") == "application/json"}


@pytest.mark.parametrize("make", [sample, hostile])
def test_the_data_survive_the_page(make):
    data = data_of(Page(render(make())))
    assert data["page-data"]["claims"]["text"] == [claim.text for claim in make().claims]
    assert data["source-data"]["articles"]["url"] == [article.url for article in make().articles]


def test_data_scripts_hold_no_character_that_html_or_javascript_reads_as_its_own():
    html = render(hostile())
    for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL):
        assert not re.search("[<>&\u2028\u2029\x00-\x1f\ud800-\udfff]", block)


def test_the_same_map_gives_the_same_bytes():
    assert render(sample()) == render(sample())


def test_the_page_is_utf8_with_line_feeds(tmp_path):
    network = build_network(hostile())
    network.write_html(str(tmp_path / "map.html"))
    raw = (tmp_path / "map.html").read_bytes()
    assert b"\r" not in raw
    assert raw.decode("utf-8") == network.generate_html()
    assert list(tmp_path.iterdir()) == [tmp_path / "map.html"]


def test_title_theme_and_language_can_be_set_and_are_checked():
    html = render(sample(), title="My <map>", theme="dark", language="it")
    assert "<title>My &lt;map&gt;</title>" in html
    assert 'data-theme="dark" data-language="it"' in html
    with pytest.raises(ValueError, match="theme"):
        render(sample(), theme="blue")
    with pytest.raises(ValueError, match="language"):
        render(sample(), language="tlh")
    assert 'data-view="actors"' in render(sample(), view="actors")
    with pytest.raises(ValueError, match="view"):
        render(sample(), view="globe")


def test_the_page_describes_itself_to_search_engines_and_to_those_who_share_it():
    metas = {attrs.get("name") or attrs.get("property"): attrs.get("content") for attrs, _ in Page(render(sample(), date="2025-10-01")).all("meta")}
    assert metas["og:title"] == metas["citation_title"] == "Powerful AI models should be open"
    assert metas["description"] == metas["og:description"]
    assert metas["description"].startswith("Argument map of 22 claims from 5 articles")
    assert metas["date"] == "2025-10-01" and metas["generator"] == "argmap 0.1.0"


def test_a_node_that_is_moved_or_hidden_in_the_network_is_so_on_the_page():
    network = build_network(sample())
    assert data_of(Page(network.generate_html()))["graph-data"] == {"moved": {}, "hidden": []}
    network.get_node("c05")["x"] += 30
    network.get_node("c07")["hidden"] = True
    assert data_of(Page(network.generate_html()))["graph-data"] == {"moved": {"c05": [30, 0]}, "hidden": ["c07"]}


def test_render_is_argmaps_own_function_and_its_package():
    import argmap
    import argmap.render.layout
    from argmap.render import render as function
    assert argmap.render is function
    assert argmap.render(sample()).startswith("<!doctype html>")


def test_pyvis_nodes_have_places_and_edges_know_their_kind():
    network = build_network(sample())
    assert isinstance(network, MapNetwork)
    assert {claim.id for claim in sample().claims} < set(network.get_nodes())
    assert all(node["physics"] is False and "x" in node and "y" in node for node in network.nodes)
    assert sum(edge["kind"] in ("support", "attack") for edge in network.edges) == len(sample().relations)


def test_excerpts_not_articles_are_in_the_page_unless_asked():
    sentence = "nobody left the room convinced"
    assert sentence not in render(sample())
    assert sentence in render(sample(), full_text=True)


def test_every_word_of_the_interface_exists_in_each_language():
    keys = {language: set(words(language)) for language in LANGUAGES}
    assert all(found == keys["en"] for found in keys.values())
    for key in keys["en"]:
        placeholders = {language: set(re.findall(r"\{\w+\}", words(language)[key])) for language in LANGUAGES}
        assert len({frozenset(found) for found in placeholders.values()}) == 1, key


def test_every_word_that_the_script_asks_for_exists():
    script = "".join((resources.files("argmap.render") / name).read_text(encoding="utf-8") for name in SCRIPTS)
    asked = set(re.findall(r'\bt\("([\w.]+)"', script))
    assert asked and asked <= set(words("en"))


def test_every_rule_has_its_words():
    for rule in (*RULES, IMPLICIT):
        assert f"rule.{rule}" in words("en")


def test_no_markup_is_ever_built_from_text():
    script = "".join((resources.files("argmap.render") / name).read_text(encoding="utf-8") for name in SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)
