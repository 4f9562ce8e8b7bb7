"""PDF, Word documents, feeds and archives, each made here by hand or by the library of its kind."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read import read
from argmap.read.archive import members
from argmap.read.docx import read_docx
from argmap.read.feed import read_feed
from argmap.read.pdf import read_pdf
from argmap.settings import DEFAULTS
from tests.pdf import pdf

ENGLISH = "The government said that open models help research."


def test_a_pdf_s_paragraphs_are_whole_again_and_running_heads_are_gone():
    first = [(800, "The Gazette, 1"), (740, "A ministry changes its mind"),
             (700, "The ministry published eleven docu-"), (686, "ments about open models yesterday."),
             (640, "Its spokesman said that the licence, which had been"), (626, "drawn up in a hurry, would be"), (40, "page 1 of 2")]
    second = [(800, "The Gazette, 2"), (740, "withdrawn before the summer."), (40, "page 2 of 2")]
    (article,) = read_pdf(pdf(first, second), name="a", settings=DEFAULTS)
    assert article.title == "A ministry changes its mind"
    assert article.text.split("\n\n") == [
        "A ministry changes its mind", "The ministry published eleven documents about open models yesterday.",
        "Its spokesman said that the licence, which had been drawn up in a hurry, would be withdrawn before the summer."]


@pytest.mark.parametrize(("data", "message"), [(b"%PDF-1.7 and no more", "damaged"), (b"no PDF", "damaged"), (pdf([]), "no text")])
def test_a_pdf_that_cannot_be_read_says_why(data, message):
    with pytest.raises(ArticleError, match=message):
        read_pdf(data, name="a", settings=DEFAULTS)


def test_a_word_document_s_paragraphs_and_tables_are_read_in_order():
    document = Document()
    document.core_properties.author = "Ada"
    document.add_heading("Open or closed?")
    document.add_paragraph(ENGLISH)
    document.add_table(1, 2).rows[0].cells[1].text = "In a cell."
    document.add_paragraph("  The   end. ")
    data = io.BytesIO()
    document.save(data)
    (article,) = read_docx(data.getvalue(), name="a", settings=DEFAULTS)
    assert article == Article("a", f"Open or closed?\n\n{ENGLISH}\n\nIn a cell.\n\nThe end.", title="Open or closed?", author="Ada")


@pytest.mark.parametrize("data", [b"", b"PK", b"no document", b"PK\x03\x04" + bytes(100)])
def test_a_word_document_that_is_none_says_so(data):
    with pytest.raises(ArticleError, match="damaged|no Word"):
        read_docx(data, name="a", settings=DEFAULTS)


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Gazette</title>
<item><title>One</title><link>https://example.org/1</link><pubDate>Mon, 08 Sep 2025 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The government <b>said</b> so.</p><script>alert(1)</script><p>Nobody &amp; nothing agreed.</p>]]></content:encoded></item>
<item><title>Two</title><guid>x</guid></item></channel></rss>"""


def test_a_feed_s_entries_are_articles_with_their_whole_content(tmp_path):
    (tmp_path / "news.rss").write_text(RSS)
    (article,), skipped = read([tmp_path])
    assert article.text == "The government said so.\n\nNobody & nothing agreed."
    assert (article.title, article.outlet, article.date, article.url) == ("One", "The Gazette", "2025-09-08", "https://example.org/1")
    assert [(item.path, item.reason) for item in skipped] == [("news.rss#entry 2", "empty")]


def test_an_entry_keeps_its_id_when_the_feed_moves_on():
    moved = RSS.replace("<item><title>One", "<item><title>New</title><description>Something new.</description></item><item><title>One")
    first = [item.id for item in read_feed(RSS.encode(), name="n", settings=DEFAULTS) if isinstance(item, Article)]
    later = [item.id for item in read_feed(moved.encode(), name="n", settings=DEFAULTS) if isinstance(item, Article)]
    assert set(first) < set(later)


@pytest.mark.parametrize(("data", "message"), [
    ("<urlset><url><loc>https://example.org</loc></url></urlset>", "argmap fetch"),
    ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel/></rss>', "entities")])
def test_xml_that_is_no_feed_says_so(data, message):
    with pytest.raises(ArticleError, match=message):
        list(read_feed(data.encode(), name="n", settings=DEFAULTS))


def archive(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def test_an_archive_is_read_as_the_folder_that_it_holds(tmp_path):
    inner = archive({"deep.txt": ENGLISH})
    (tmp_path / "press.zip").write_bytes(archive({
        "a.txt": ENGLISH, "sub/b.md": f"---\noutlet: O\n---\n{ENGLISH}", "README.md": ENGLISH, "__MACOSX/a.txt": "x", ".hidden.txt": "x",
        "c.png": "x", "more.zip": inner, "empty.txt": "", "list.jsonl": '{"text": "Il governo ha detto di no."}\n{bad'}))
    found, skipped = read([tmp_path])
    assert [article.id for article in found] == ["a", "b", "list#1"]
    assert sorted(item.path for item in skipped) == [f"press.zip#{name}" for name in ("c.png", "empty.txt", "list.jsonl#line 2", "more.zip")]


def test_names_that_lead_out_of_an_archive_are_refused():
    data = archive({"../../etc/passwd.txt": "x", "/abs.txt": "x", "C:\\win.txt": "x", "ok.txt": "x"})
    found = list(members(data, settings=DEFAULTS))
    assert [item for item in found if not isinstance(item, Skipped)] == [("ok.txt", b"x")]
    assert len([item for item in found if isinstance(item, Skipped) and "leads out" in item.reason]) == 3


def test_an_archive_that_grows_beyond_measure_is_refused_unopened(tmp_path):
    (tmp_path / "bomb.zip").write_bytes(archive({"a.txt": bytes(30_000_000)}))
    found, skipped = read([tmp_path])
    assert not found and "unpacks to 30,000,000 bytes" in skipped[0].reason
    with pytest.raises(ArticleError, match="unpacks"):
        list(members(archive({"a.txt": "x" * 200}), settings=replace(DEFAULTS, largest_archive=100)))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"])
def test_a_damaged_archive_says_so(data):
    with pytest.raises(ArticleError, match="damaged"):
        list(members(data, settings=DEFAULTS))


def test_a_damaged_file_in_an_archive_leaves_the_others():
    data = bytearray(archive({"a.txt": ENGLISH, "b.txt": ENGLISH * 2}, zipfile.ZIP_STORED))
    at = bytes(data).index(ENGLISH.encode())
    data[at:at + 3] = b"XXX"
    found = list(members(bytes(data), settings=DEFAULTS))
    assert isinstance(found[0], Skipped) and "damaged" in found[0].reason
    assert found[1] == ("b.txt", (ENGLISH * 2).encode())
