"""The articles that come with argmap keep the form that `corpus/README.md` describes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from argmap.model import Article
from argmap.read import read_file

CORPUS = Path(__file__).parent.parent / "corpus"
PATHS = sorted((CORPUS / "articles").glob("*.md"))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> Article:
    (only,) = read_file(request.param)
    return only


def test_there_are_six_articles_or_more_in_each_language() -> None:
    languages = [path.stem.partition("-")[0] for path in PATHS]
    assert languages.count("it") >= 6
    assert languages.count("en") >= 6


def test_nothing_but_articles_lies_in_the_folder() -> None:
    assert sorted((CORPUS / "articles").iterdir()) == PATHS


def test_front_matter_is_complete(article: Article) -> None:
    assert article.title and article.author and article.outlet
    assert date.fromisoformat(article.date) >= date(2023, 1, 1)


def test_the_language_is_that_of_the_file_name(article: Article) -> None:
    assert article.language == article.id.partition("-")[0]


def test_the_language_found_by_itself_is_the_one_given(article: Article) -> None:
    from argmap.read.language import detect_language
    from argmap.settings import DEFAULTS
    assert detect_language(article.text, settings=DEFAULTS) == article.language


def test_outlets_and_authors_are_the_project_s_own(article: Article) -> None:
    assert article.outlet.startswith("argmap ")
    assert article.author in {"argmap", "Redazione argmap", "argmap newsdesk"}


def test_articles_have_300_to_600_words(article: Article) -> None:
    assert 300 <= len(article.text.split()) <= 600


def test_articles_name_no_address(article: Article) -> None:
    assert not article.url
    assert not re.search(r"https?://|www\.", article.text)


def test_quotation_marks_stand_round_titles_and_terms_only(article: Article) -> None:
    """No real person's words are quoted, so that none can be invented."""
    quoted = re.findall(r"“[^”]*”|«[^»]*»|\"[^\"]*\"", article.text)
    assert all(len(text.split()) <= 8 and not text.rstrip("”»\"").endswith((".", ",")) for text in quoted)


def test_titles_and_texts_stand_once() -> None:
    articles = [read_file(path)[0] for path in PATHS]
    assert len({article.title for article in articles}) == len(articles)
    paragraphs = [line for article in articles for line in article.text.splitlines() if line.strip()]
    assert len(set(paragraphs)) == len(paragraphs)
