"""Folders to articles: what is found, what is skipped and why, which ids are given."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from argmap.errors import ArticleError
from argmap.read import READERS, STDIN, read
from argmap.settings import DEFAULTS

ENGLISH = "The government said that open models help research."
ITALIAN = "Il governo ha detto che i modelli aperti aiutano la ricerca."


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def ids(articles):
    return [article.id for article in articles]


def reasons(skipped):
    return {item.path: item.reason for item in skipped}


def test_a_folder_is_read_at_any_depth_in_the_order_of_ids(tmp_path):
    write(tmp_path, {"z.txt": ENGLISH, "a/b/c.md": ITALIAN, "m.TXT": ENGLISH + " Yes."})
    articles, skipped = read([tmp_path])
    assert ids(articles) == ["c", "m", "z"] and not skipped
    assert [article.language for article in articles] == ["it", "en", "en"]


def test_hidden_files_and_the_folder_s_documentation_are_passed_over(tmp_path):
    write(tmp_path, {"a.txt": ENGLISH, ".hidden.txt": ENGLISH, ".git/b.txt": ENGLISH, "README.md": ENGLISH, "sub/readme.txt": ENGLISH,
                     "LICENSE": ENGLISH})
    articles, skipped = read([tmp_path])
    assert ids(articles) == ["a"] and not skipped


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path):
    write(tmp_path, {"README.md": ENGLISH})
    articles, _ = read([tmp_path / "README.md"])
    assert ids(articles) == ["README"]


def test_what_cannot_be_read_is_reported_with_its_reason(tmp_path):
    write(tmp_path, {"good.txt": ENGLISH, "empty.txt": " \n", "binary.txt": bytes(range(256)), "image.png": b"\x89PNG", "noise": "x",
                     "bad.md": "---\ntitle: a: b\n---\n" + ENGLISH, "fr.md": "---\nlanguage: fr\n---\nBonjour.",
                     "page.html": "<html></html>"})
    (tmp_path / "broken.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    articles, skipped = read([tmp_path])
    why = reasons(skipped)
    assert ids(articles) == ["good"]
    assert sorted(why) == ["bad.md", "binary.txt", "broken.txt", "empty.txt", "fr.md", "image.png", "noise", "page.html", "pipe.txt"]
    assert why["empty.txt"] == "empty"
    assert "binary" in why["binary.txt"]
    assert "no reader for .png" in why["image.png"] and ".html" in why["image.png"]
    assert "'fr'" in why["fr.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(tmp_path):
    write(tmp_path, {"a.txt": ENGLISH, "b.txt": ENGLISH})
    (tmp_path / "b.txt").chmod(0)
    _, skipped = read([tmp_path])
    assert "cannot be read" in reasons(skipped)["b.txt"]


def test_a_file_that_fails_to_open_is_reported(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": ENGLISH, "b.txt": ENGLISH})
    original = Path.open

    def failing(path, *args, **kwargs):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return original(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", failing)
    articles, skipped = read([tmp_path])
    assert ids(articles) == ["a"]
    assert reasons(skipped) == {"b.txt": "cannot be read (Permission denied)"}


def test_links_that_loop_end(tmp_path):
    write(tmp_path, {"a/b/x.txt": ENGLISH})
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(".", target_is_directory=True)
    articles, skipped = read([tmp_path])
    assert ids(articles) == ["x"] and not skipped


def test_a_file_reached_twice_is_one_article(tmp_path):
    write(tmp_path, {"x.txt": ENGLISH})
    (tmp_path / "link.txt").symlink_to("x.txt")
    articles, _ = read([tmp_path, tmp_path / "x.txt", tmp_path])
    assert len(articles) == 1


def test_stems_that_meet_get_a_hash_whatever_the_order(tmp_path):
    write(tmp_path, {"a/x.txt": ENGLISH, "b/x.txt": ITALIAN})
    one, _ = read([tmp_path / "a", tmp_path / "b"])
    other, _ = read([tmp_path / "b", tmp_path / "a"])
    assert one == other
    assert len(set(ids(one))) == 2 and all(article.id.startswith("x-") and len(article.id) == 10 for article in one)


def test_the_same_name_and_text_twice_is_one_article_and_a_report(tmp_path):
    write(tmp_path, {"a/x.txt": ENGLISH, "b/x.txt": ENGLISH})
    articles, skipped = read([tmp_path])
    assert len(articles) == 1 and "same text" in reasons(skipped)["b/x.txt"]


def test_names_of_skipped_files_do_not_depend_on_where_the_folder_lies(tmp_path, monkeypatch):
    write(tmp_path, {"here/a/e.txt": "", "there/a/e.txt": ""})
    assert read([tmp_path / "here"]) == read([tmp_path / "there"])
    monkeypatch.chdir(tmp_path / "here")
    assert read([Path()]) == read([tmp_path / "there"])


def test_a_missing_path_is_an_error(tmp_path):
    with pytest.raises(ArticleError, match="no such file"):
        read([tmp_path / "missing"])


def test_a_name_that_is_no_utf8_can_be_saved(tmp_path):
    name = os.fsdecode(b"caff\xe8.txt")
    try:
        (tmp_path / name).write_text(ENGLISH)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    articles, _ = read([tmp_path])
    assert articles[0].id.encode("utf-8")


def test_dates_and_languages_are_normalised(tmp_path):
    write(tmp_path, {"a.md": f"---\ndate: 8 settembre 2025\nlanguage: IT_it\n---\n{ITALIAN}", "b.md": f"---\ndate: soon\n---\n{ENGLISH}"})
    articles, _ = read([tmp_path])
    assert [(article.date, article.language) for article in articles] == [("2025-09-08", "it"), ("", "en")]


def test_windows_newlines_give_the_same_article(tmp_path):
    write(tmp_path, {"a/x.txt": f"Title\n\n{ENGLISH}\n", "b/x.txt": f"Title\r\n\r\n{ENGLISH}\r\n"})
    one, other = (read([tmp_path / name])[0][0] for name in "ab")
    assert one == other


def test_progress_is_told_for_each_file(tmp_path):
    write(tmp_path, {"a.txt": ENGLISH, "b.txt": ITALIAN})
    seen = []
    read([tmp_path], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2)]


@pytest.mark.parametrize(("suffix", "content"), [
    (".txt", ENGLISH), (".md", ENGLISH), (".markdown", ENGLISH), *((suffix, f"<html><body><article><p>{ENGLISH * 5}</p></article></body></html>")
                                                                  for suffix in (".htm", ".html"))])
def test_a_reader_of_single_articles_gives_the_id_it_is_told(suffix, content):
    (article,) = READERS[suffix](content.encode(), name="given", settings=DEFAULTS)
    assert article.id == "given" and replace(article, id="") != article


def test_one_text_under_two_names_is_one_article_unless_two_papers_print_it(tmp_path):
    write(tmp_path, {"a.txt": ENGLISH, "b.txt": ENGLISH, "c.md": f"---\noutlet: The Gazette\n---\n{ENGLISH}"})
    articles, skipped = read([tmp_path])
    assert ids(articles) == ["a", "c"]
    assert reasons(skipped) == {"b.txt": "same text as article 'a'"}


def test_a_file_beyond_all_measure_is_refused(tmp_path):
    write(tmp_path, {"a.txt": ENGLISH * 10, "b.txt": ENGLISH})
    _, skipped = read([tmp_path], settings=replace(DEFAULTS, largest_file=len(ENGLISH)))
    assert "larger than" in reasons(skipped)["a.txt"]
    _, skipped = read([tmp_path], settings=replace(DEFAULTS, longest_article=len(ENGLISH)))
    assert "longer than" in reasons(skipped)["a.txt"]


@pytest.mark.parametrize(("data", "title"), [
    (ENGLISH.encode(), ""), (f"---\ntitle: T\n---\n{ENGLISH}".encode(), "T"), (json.dumps({"text": ENGLISH, "title": "T"}).encode(), "T")])
def test_standard_input_is_an_article_whose_format_shows(monkeypatch, data, title):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    (article,), skipped = read([STDIN])
    assert article.id.startswith("stdin") and article.text == ENGLISH and article.title == title and not skipped
