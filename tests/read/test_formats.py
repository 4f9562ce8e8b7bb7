"""The readers of text, Markdown and HTML, and the dates and languages that they leave to the rest."""

import pytest

from argmap.errors import ArticleError
from argmap.read.dates import iso_date
from argmap.read.html import read_html
from argmap.read.language import check_language, detect_language
from argmap.read.markdown import read_markdown
from argmap.read.plain import headline, read_plain
from argmap.settings import DEFAULTS


def one(reader, text):
    (article,) = reader(text.encode() if isinstance(text, str) else text, name="it", settings=DEFAULTS)
    return article


class TestPlain:
    def test_the_text_is_verbatim_and_holds_its_title(self):
        text = "  Open models win\n\nThe ministry said so.\n"
        article = one(read_plain, text)
        assert (article.text, article.title) == (text, "Open models win")

    @pytest.mark.parametrize("text", [
        "The ministry said so.\n\nNobody agreed.",      # a sentence
        "Open models win\nThe ministry said so.",       # no empty line
        "Open models win\n\n",                          # nothing below
        f"{'A long first line ' * 20}\n\nText.",
        "",
    ])
    def test_a_first_line_that_is_no_headline_is_no_title(self, text):
        assert headline(text, longest=160) == ""


FRONT = """---
title: "Pesi aperti: chi decide?"
author: [Anna Rossi, Luca Neri]
outlet: Gazzetta
date: 2025-09-08
url: https://example.org/a?b=c#d
language: it-IT
tags: {any: thing}
draft: no
---

Il governo ha detto **no**.
"""


class TestMarkdown:
    def test_front_matter_fills_the_fields_and_the_body_is_verbatim(self):
        article = one(read_markdown, FRONT)
        assert article.text == "Il governo ha detto **no**.\n"
        assert article.title == "Pesi aperti: chi decide?"
        assert article.author == "Anna Rossi, Luca Neri"
        assert (article.outlet, article.date, article.language) == ("Gazzetta", "2025-09-08", "it-IT")
        assert article.url == "https://example.org/a?b=c#d"

    def test_windows_newlines_give_the_same_article(self):
        assert one(read_markdown, FRONT.replace("\n", "\r\n")) == one(read_markdown, FRONT)

    def test_without_front_matter_a_heading_is_the_title(self):
        article = one(read_markdown, "# Open models win\n\nThe ministry said so.")
        assert (article.title, article.text) == ("Open models win", "# Open models win\n\nThe ministry said so.")

    def test_a_rule_in_the_text_is_no_front_matter(self):
        text = "One.\n\n---\n\ntitle: two\n"
        assert one(read_markdown, text).text == text

    def test_a_rule_on_top_is_no_front_matter(self):
        text = "---\n\nOne.\n"
        assert one(read_markdown, text).text == text

    def test_empty_front_matter_is_fine(self):
        assert one(read_markdown, "---\n---\nText here.").text == "Text here."

    @pytest.mark.parametrize("value", ["no", "1e3", "0x1F", "12:30:00", "null", "~"])
    def test_values_stay_the_text_that_they_are(self, value):
        assert one(read_markdown, f"---\ntitle: {value}\n---\nText.").title == value

    @pytest.mark.parametrize(("text", "message"), [
        ("---\ntitle: A: b\n---\nText.", "line 2"),
        ("---\ntitle: 'open\n---\nText.", "front matter"),
        ("---\n- a\n- b\n---\nText.", "key: value"),
        ("---\ntitle: {a: b}\n---\nText.", "title must be a text"),
        ("---\ntitle: A\nText without an end.", "not closed"),
    ])
    def test_malformed_front_matter_says_what_is_wrong(self, text, message):
        with pytest.raises(ArticleError, match=message):
            one(read_markdown, text)

    def test_yaml_tags_build_nothing(self):
        assert one(read_markdown, "---\ntitle: !!python/object/apply:os.system [echo]\n---\nText.").title == "echo"


PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Modelli aperti - Gazzetta</title>
<meta property="og:title" content="Modelli aperti"><meta property="og:site_name" content="Gazzetta del Lago">
<meta name="author" content="Anna Rossi"><meta property="article:published_time" content="2025-09-08T10:00:00+02:00">
<link rel="canonical" href="https://example.org/modelli"></head><body><nav><a href="/">Prima pagina</a></nav>
<article><h1>Modelli aperti</h1><p>Il governo ha detto che i modelli aperti aiutano la ricerca, e lo ha ripetuto più volte.</p>
<p>«Sono <em>utili</em>», ha detto <a href="/r">Rossi</a>, «a tutti&nbsp;noi».</p><script>alert(1)</script></article>
<footer>Copyright</footer></body></html>"""


class TestHtml:
    @pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
    def test_text_and_metadata_are_the_pages(self, charset):
        article = one(read_html, PAGE.format(charset=charset).encode(charset))
        assert "«Sono utili», ha detto Rossi, «a tutti noi»." in article.text.split("\n\n")
        assert (article.title, article.author, article.outlet) == ("Modelli aperti", "Anna Rossi", "Gazzetta del Lago")
        assert (article.date, article.url) == ("2025-09-08", "https://example.org/modelli")
        assert "Prima pagina" not in article.text and "alert" not in article.text

    def test_the_template_s_language_is_not_believed(self):
        assert one(read_html, PAGE).language == ""

    def test_a_date_that_the_text_speaks_of_is_not_the_page_s(self):
        page = PAGE.replace("2025-09-08T10:00:00+02:00", "").replace("ha detto che", "ha detto il 12 marzo 2019 che")
        assert "2019" in one(read_html, page).text
        assert one(read_html, page).date == ""

    @pytest.mark.parametrize("text", ["<html><body></body></html>", "", "<<<>>>", "<p></p>" * 1000])
    def test_a_page_without_text_is_refused(self, text):
        with pytest.raises(ArticleError):
            one(read_html, text)


@pytest.mark.parametrize(("written", "language", "date"), [
    ("2025-09-08", "", "2025-09-08"),
    ("2025-09-08T10:00:00Z", "", "2025-09-08"),
    ("8 settembre 2025", "it", "2025-09-08"),
    ("Lunedì 8 Settembre 2025", "it", "2025-09-08"),
    ("September 8, 2025", "en", "2025-09-08"),
    ("8/9/2025", "it", "2025-09-08"),
    ("2025-09", "", "2025-09"),
    ("2025", "", "2025"),
    ("2025-02-30", "", ""),
    ("ieri", "it", ""),
    ("yesterday at 5", "en", ""),
    ("nonsense", "", ""),
    ("", "", ""),
    ("9" * 400, "", ""),
])
def test_dates_become_iso_or_empty(written, language, date):
    assert iso_date(written, language=language) == date


@pytest.mark.parametrize(("text", "language"), [
    ("Il governo ha detto che i modelli aperti aiutano la ricerca.", "it"),
    ("The government said that open models help research.", "en"),
    ("Mistral AI, OpenAI, Meta, Google DeepMind", "en"),
])
def test_a_language_is_told_from_the_text(text, language):
    assert detect_language(text, settings=DEFAULTS) == language


@pytest.mark.parametrize("text", ["Le gouvernement français a annoncé une loi sur les modèles ouverts.",
                                  "Die Regierung will offene Modelle fördern, sagte der Minister am Montag."])
def test_a_text_in_a_language_without_lexicon_is_refused(text):
    with pytest.raises(ArticleError, match="argmap reads en, it"):
        detect_language(text, settings=DEFAULTS)


@pytest.mark.parametrize(("code", "language"), [("it", "it"), ("it-IT", "it"), ("EN_us", "en")])
def test_language_codes_are_understood(code, language):
    assert check_language(code) == language


def test_an_unknown_language_code_is_refused_by_name():
    with pytest.raises(ArticleError, match="'fr'"):
        check_language("fr")
