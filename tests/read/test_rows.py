"""Tables and lists of records: one article a row, rows that are none reported, metadata tables laid over texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read import read
from argmap.read.metadata import load
from argmap.read.rows import read_csv, read_jsonl
from argmap.settings import DEFAULTS

ENGLISH = "The government said that open models help research."
ITALIAN = "Il governo ha detto che i modelli aperti aiutano la ricerca."


def articles(path):
    found, skipped = read([path])
    return found, {item.path: item.reason for item in skipped}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_an_article_whatever_parts_the_columns(tmp_path, delimiter):
    path = tmp_path / "press.csv"
    path.write_text(delimiter.join(["id", "Headline", "body", "Source", "publish-date", "colour"]) + "\n"
                    + delimiter.join(["x1", "T", f'"{ENGLISH}"', "The Gazette", "8 September 2025", "red"]) + "\n")
    (article,), skipped = articles(path)
    assert article == Article("press#x1", ENGLISH, title="T", outlet="The Gazette", date="2025-09-08", language="en")
    assert not skipped


def test_a_row_without_text_is_reported_and_the_others_are_read(tmp_path):
    path = tmp_path / "press.csv"
    path.write_text(f"text,outlet\n{ENGLISH},A\n,B\n{ITALIAN},C\nBonjour à tous et merci de votre accueil chaleureux,D\n")
    found, skipped = articles(path)
    assert [(article.id, article.language) for article in found] == [("press#2", "en"), ("press#4", "it")]
    assert skipped["press.csv#row 3"] == "empty" and "'fr'" in skipped["press.csv#5"]


@pytest.mark.parametrize(("content", "message"), [
    ("", "empty"), ("\n\n", "empty"), ("a,b\n1,2\n", "no column of texts"), ("\x00\x01\x02" * 50, "binary")])
def test_a_table_that_is_none_says_why(content, message):
    with pytest.raises(ArticleError, match=message):
        list(read_csv(content.encode(), name="t", settings=DEFAULTS))


def test_an_article_longer_than_a_cell_of_the_csv_module_is_read():
    text = "word " * 100_000
    (article,) = read_csv(f"text\n{text}\n".encode(), name="t", settings=DEFAULTS)
    assert isinstance(article, Article) and article.text.split() == text.split()


def test_each_line_of_json_is_an_article_and_a_broken_one_is_reported(tmp_path):
    path = tmp_path / "crawl.jsonl"
    lines = [json.dumps({"id": 7, "maintext": ENGLISH, "authors": ["A", "B"], "lang": "en"}), "{broken", json.dumps({"title": "no text"}),
             json.dumps([1]), json.dumps({"text": ITALIAN})]
    path.write_text("\n".join(lines))
    found, skipped = articles(path)
    assert [(article.id, article.author) for article in found] == [("crawl#5", ""), ("crawl#7", "A, B")]
    assert sorted(skipped) == ["crawl.jsonl#line 2", "crawl.jsonl#line 3", "crawl.jsonl#line 4"]


def test_a_json_list_is_read_like_lines(tmp_path):
    (article,) = read_jsonl(json.dumps([{"text": ENGLISH}]).encode(), name="t", settings=DEFAULTS)
    assert isinstance(article, Article) and article.id == "t#1"


def test_a_file_of_other_json_is_one_message_and_not_one_a_line():
    with pytest.raises(ArticleError, match="line 1"):
        list(read_jsonl(json.dumps({"a": {"b": 1}}, indent=1).encode(), name="t", settings=DEFAULTS))


@given(st.lists(st.dictionaries(st.sampled_from(["text", "title", "date", "id", "junk"]), st.text(max_size=40)), min_size=1, max_size=5))
def test_any_records_give_articles_or_reasons(records):
    data = "\n".join(map(json.dumps, records)).encode()
    items = list(read_jsonl(data, name="t", settings=DEFAULTS))
    assert len(items) == len(records) and all(isinstance(item, (Article, Skipped)) for item in items)


def test_a_metadata_table_fills_what_it_knows_and_names_rows_without_article(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.md").write_text(f"---\noutlet: Old\ntitle: Kept\n---\n{ITALIAN}")
    table = tmp_path / "meta.csv"
    table.write_text("file,outlet,date,title,language\na,The Gazette,2025-09-08,T,\nsub/b.md,New,,,it\nc.txt,X,,,\n")
    found, skipped = read([tmp_path], metadata=load(table))
    assert [(a.id, a.outlet, a.date, a.title) for a in found] == [("a", "The Gazette", "2025-09-08", "T"), ("b", "New", "", "Kept")]
    assert [item.path for item in skipped] == ["c.txt"]


@pytest.mark.parametrize(("content", "message"), [
    ("a,b\n1,2\n", "first line must name"), ("file\nx\n", "first line must name"), ("file,outlet\n,x\n", "names no file"),
    ("file,outlet\na,x\na,y\n", "second about 'a'"), ("", "empty")])
def test_a_metadata_table_that_is_none_says_why(tmp_path, content, message):
    path = tmp_path / "meta.csv"
    path.write_text(content)
    with pytest.raises(ArticleError, match=message):
        load(path)


def test_a_date_in_the_metadata_that_is_none_leaves_its_article_out_and_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    table = tmp_path / "meta.csv"
    table.write_text("file,date\na,soon\n")
    found, skipped = read([tmp_path], metadata=load(table))
    assert not found and "'soon' is no date" in skipped[0].reason
