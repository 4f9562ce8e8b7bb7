"""The articles that come with argmap keep the form that `corpus/README.md` describes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from argmap.model import Article
from argmap.read import read_file

CORPUS = Path(__file__).parent.parent / "corpus"
FOLDERS = ("articles", "nuclear")
PATHS = [path for folder in FOLDERS for path in sorted((CORPUS / folder).glob("*.md"))]


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> Article:
    (only,) = read_file(request.param)
    return only


@pytest.mark.parametrize(("folder", "least"), [("articles", 6), ("nuclear", 3)])
def test_there_are_enough_articles_in_each_language(folder: str, least: int) -> None:
    languages = [path.stem.partition("-")[0] for path in PATHS if path.parent.name == folder]
    assert languages.count("it") >= least
    assert languages.count("en") >= least


def test_nothing_but_articles_lies_in_the_folders() -> None:
    assert sorted(path for folder in FOLDERS for path in (CORPUS / folder).iterdir()) == sorted(PATHS)


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


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_articles_have_300_to_600_words_and_those_on_nuclear_energy_1200_to_2000_characters(path: Path) -> None:
    (article,) = read_file(path)
    if path.parent.name == "nuclear":
        assert 1200 <= len(article.text) <= 2000
    else:
        assert 300 <= len(article.text.split()) <= 600


def test_articles_name_no_address(article: Article) -> None:
    assert not article.url
    assert not re.search(r"https?://|www\.", article.text)


def test_quotation_marks_stand_round_titles_and_terms_only(article: Article) -> None:
    """No real person's words are quoted, so that none can be invented."""
    quoted = re.findall(r"“[^”]*”|«[^»]*»|\"[^\"]*\"", article.text)
    assert all(len(text.split()) <= 8 and not text.rstrip("”»\"").endswith((".", ",")) for text in quoted)


def test_titles_and_texts_stand_once() -> None:
    articles = [next(iter(read_file(path))) for path in PATHS]
    assert len({article.title for article in articles}) == len(articles)
    paragraphs = [line for article in articles for line in article.text.splitlines() if line.strip()]
    assert len(set(paragraphs)) == len(paragraphs)
