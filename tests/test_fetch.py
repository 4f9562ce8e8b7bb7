"""Fetching from a real server on this machine: what is saved, what is refused, how politely it is asked for."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap import fetch as web
from argmap.cli import main
from argmap.errors import ArgmapError, ArticleError
from argmap.fetch import Manners, addresses, fetch, name_of
from argmap.read import read

SAID = "The government said on Monday that open models help research, and that it would pay for them from the spring. "
QUICK = Manners(delay=0, timeout=1, patience=2, largest=200_000, tries=2)


def page(title: str = "Open models win", text: str = SAID * 3) -> bytes:
    return (f"<html><head><title>{title}</title><meta property='og:site_name' content='The Gazette'>"
            f"<meta property='article:published_time' content='2025-09-08T10:00:00Z'></head><body><article><h1>{title}</h1><p>{text}</p>"
            f"<p>{text}</p></article></body></html>").encode()


class Site:
    """A web site: what it answers by path, and what it was asked for and when."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[tuple[str, float]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, time.monotonic()))
                answer = site.answers.get(self.path, (404, {}, b""))
                status, headers, body = answer(self) if callable(answer) else answer  # type: ignore[misc]
                if not status:
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def html(self, path: str, body: bytes | None = None, **headers: str) -> str:
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8"} | headers, page() if body is None else body)
        return self.url + path

    def answer(self, path: str, status: int = 200, body: bytes = b"", **headers: str) -> str:
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url + path

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


def reasons(folder: Path, *urls: str, manners: Manners = QUICK) -> list[str]:
    return [done.reason for done in fetch(urls, folder, manners=manners)]


def test_a_page_is_saved_as_an_article_that_argmap_reads(site, tmp_path):
    url = site.html("/2025/open-models-win.html")
    (done,) = fetch([url], tmp_path, manners=QUICK)
    assert done.path is not None and done.path.name.startswith("127-0-0-1-open-models-win-")
    (article,), skipped = read([tmp_path])
    assert (article.title, article.outlet, article.date, article.url, article.language) == (
        "Open models win", "The Gazette", "2025-09-08", url, "en")
    assert article.text.count("open models help research") == 3 and not skipped


def test_an_address_is_asked_for_once_and_a_stopped_run_goes_on(site, tmp_path):
    one, other = site.html("/one"), site.html("/two", page("Another", SAID * 4))
    assert [done.new for done in fetch([one, f"{one}#part", one], tmp_path, manners=QUICK)] == [True]
    assert [done.new for done in fetch([one, other], tmp_path, manners=QUICK)] == [False, True]
    assert site.times("/one") == 1
    list(fetch([one], tmp_path, manners=QUICK, again=True))
    assert site.times("/one") == 2


def test_robots_txt_is_obeyed_and_asked_for_once(site, tmp_path):
    site.answer("/robots.txt", body=b"User-agent: *\nDisallow: /private/\n\nUser-agent: argmap\nDisallow: /no\n")
    kept, barred = site.html("/private/a"), site.html("/no/b")
    found = list(fetch([kept, barred], tmp_path, manners=QUICK))
    assert found[0].path and "robots.txt asks" in found[1].reason  # a rule for argmap itself goes before that for all
    assert site.times("/robots.txt") == 1 and site.times("/no/b") == 0
    assert next(fetch([barred], tmp_path, manners=Manners(delay=0, robots=False))).path


def test_a_site_whose_robots_txt_fails_is_left_alone(site, tmp_path):
    site.answer("/robots.txt", 500)
    assert "may not want visits" in reasons(tmp_path, site.html("/a"))[0]
    assert site.times("/a") == 0


def test_requests_to_a_host_keep_their_distance(site, tmp_path):
    site.answer("/robots.txt", body=b"User-agent: *\nCrawl-delay: 7\n")
    pauses: list[float] = []
    list(fetch([site.html("/a"), site.html("/b", page("Two", SAID * 4))], tmp_path, manners=Manners(delay=2, timeout=1), sleep=pauses.append))
    assert len(pauses) == 2 and all(6 < pause <= 7 for pause in pauses)


def test_redirects_are_followed_to_the_article_and_no_further_than_is_decent(site, tmp_path):
    site.html("/end")
    start = site.answer("/start", 302, Location="/end")
    loop = site.answer("/loop", 301, Location="/loop")
    away = site.answer("/away", 302, Location="file:///etc/passwd")
    found = list(fetch([start, loop, away], tmp_path, manners=QUICK))
    assert found[0].path and found[0].path.read_text().count("url: " + site.url + "/end") == 1
    assert "redirects" in found[1].reason and "no address of the web" in found[2].reason


def test_a_redirect_into_what_robots_txt_bars_is_not_followed(site, tmp_path):
    site.answer("/robots.txt", body=b"User-agent: *\nDisallow: /private\n")
    site.html("/private")
    assert "robots.txt" in reasons(tmp_path, site.answer("/a", 302, Location="/private"))[0]
    assert site.times("/private") == 0


def test_a_busy_server_is_asked_again_after_the_time_it_names(site, tmp_path):
    answers = iter([(503, {"Retry-After": "1"}, b""), (200, {"Content-Type": "text/html"}, page())])
    site.answers["/a"] = lambda _: next(answers)
    pauses: list[float] = []
    (done,) = fetch([f"{site.url}/a"], tmp_path, manners=QUICK, sleep=pauses.append)
    assert done.path and pauses == [1.0]


def drip(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b"<p>" + b"x" * web.CHUNK)
            time.sleep(0.2)
    except OSError:
        pass
    return 0, {}, b""


def silent(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    time.sleep(1.5)
    return 0, {}, b""


@pytest.mark.parametrize(("answer", "manners", "reason"), [
    ((404, {}, b"gone"), QUICK, "404"),
    ((410, {}, b""), QUICK, "410"),
    ((500, {}, b""), QUICK, "500"),
    ((200, {"Content-Type": "image/png"}, b"\x89PNG"), QUICK, "image/png"),
    ((200, {"Content-Type": "text/html"}, b""), QUICK, "no article text"),
    ((200, {"Content-Type": "text/html"}, b"<html><body><nav>Home</nav></body></html>"), QUICK, "no article text"),
    ((200, {"Content-Type": "text/html"}, b"x" * 300_000), QUICK, "larger than"),
    ((200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"x" * 3_000_000)), QUICK, "larger than"),
    ((200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip"), QUICK, "cannot be reached"),
    ((200, {"Content-Type": "text/plain"}, "Bonjour à tous et merci de votre accueil chaleureux.".encode()), QUICK, "'fr'"),
    ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"), QUICK, "damaged"),
    ((200, {"Content-Type": "application/xml"}, b"<other/>"), QUICK, "application/xml"),
    (silent, Manners(delay=0, timeout=0.3, tries=1), "cannot be reached"),
    (drip, Manners(delay=0, timeout=1, patience=0.5, tries=1), "took longer"),
])
def test_what_is_no_article_or_no_decent_answer_is_left_out_with_its_reason(site, tmp_path, answer, manners, reason):
    site.answers["/a"] = answer
    assert reason in reasons(tmp_path, f"{site.url}/a", manners=manners)[0]
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_is_not_there_is_left_out_without_object_names(tmp_path):
    (reason,) = reasons(tmp_path, "http://127.0.0.1:9/a", manners=Manners(delay=0, timeout=1, tries=1, robots=False))
    assert "cannot be reached" in reason and "object at" not in reason


@pytest.mark.parametrize("url", ["ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://", "no address", "http://[broken"])
def test_what_is_no_address_of_the_web_is_left_out(tmp_path, url):
    assert "address" in reasons(tmp_path, url)[0]


def test_a_sitemap_of_sitemaps_gives_the_articles_of_all(site, tmp_path):
    for name in "ab":
        site.html(f"/{name}.html", page(f"Title {name}", SAID * (3 + ord(name))))
    site.answer("/map1.xml", body=f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{site.url}/a.html</loc></url>"
                f"<url><loc> {site.url}/b.html </loc></url></urlset>".encode(), Content_Type="application/xml")
    index = site.answer("/map.xml", body=f"<?xml version='1.0'?><sitemapindex><sitemap><loc>{site.url}/map1.xml</loc></sitemap></sitemapindex>"
                        .encode(), Content_Type="text/plain")
    found = list(fetch([index], tmp_path, manners=QUICK))
    assert [bool(done.path) for done in found] == [False, False, True, True]
    assert "list of 2 addresses" in found[1].reason


@pytest.mark.parametrize("feed", [
    "<rss><channel><item><link>{0}/a.html</link></item></channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a.html'/><link rel='self' href='/x'/></entry></feed>"])
def test_a_feed_gives_the_pages_that_it_links_to(site, tmp_path, feed):
    site.html("/a.html")
    url = site.answer("/feed", body=feed.format(site.url).encode(), Content_Type="application/rss+xml")
    assert [bool(done.path) for done in fetch([url], tmp_path, manners=QUICK)] == [False, True]


def test_the_limit_ends_a_run_and_says_so(site, tmp_path):
    urls = [site.html(f"/{n}", page(f"T{n}", SAID * (n + 3))) for n in range(3)]
    found = list(fetch(urls, tmp_path, manners=Manners(delay=0, limit=2)))
    assert [bool(done.path) for done in found] == [True, True, False] and "limit of 2" in found[2].reason


def test_a_name_and_password_in_an_address_are_not_saved(site, tmp_path):
    url = site.html("/a").replace("http://", "http://ada:secret@")
    (done,) = fetch([url], tmp_path, manners=QUICK)
    assert done.path and "secret" not in done.path.read_text() + done.path.name


def test_a_run_that_is_stopped_leaves_no_half_file(site, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(fetch([site.html("/a")], tmp_path, manners=QUICK))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArgmapError, match="cannot be made"):
        list(fetch([], tmp_path / "file" / "sub"))


def test_names_of_files_tell_addresses_apart_and_lead_nowhere():
    urls = ["https://example.org/../../etc/passwd", "https://example.org/?p=1", "https://example.org/?p=2", "https://пример.рф/статья",
            "https://example.org/" + "x" * 500]
    names = [name_of(url) for url in urls]
    assert len(set(names)) == len(urls) and all(len(name) < 80 and "/" not in name and not name.startswith(".") for name in names)


def test_a_file_lists_addresses_one_a_line_or_is_a_sitemap(tmp_path):
    (tmp_path / "list.txt").write_text("\ufeff# ours\nhttps://example.org/a\n\n https://example.org/b \n")
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://example.org/c</loc></url></urlset>")
    assert addresses(tmp_path / "list.txt") == ["https://example.org/a", "https://example.org/b"]
    assert addresses(tmp_path / "map.xml") == ["https://example.org/c"]
    (tmp_path / "none.txt").write_text("# none\n")
    for name, message in (("none.txt", "lists no address"), ("missing.txt", "cannot be read")):
        with pytest.raises(ArticleError, match=message):
            addresses(tmp_path / name)


def test_the_command_saves_reports_and_ends_with_1_when_nothing_came(site, tmp_path):
    run = CliRunner()
    good = run.invoke(main, ["fetch", site.html("/a"), site.url + "/gone", "-d", str(tmp_path / "press"), "--delay", "0"])
    assert good.exit_code == 0 and "1 saved, 0 there before, 1 left out" in good.stderr and "404" in good.stderr
    bad = run.invoke(main, ["fetch", site.url + "/gone", "-d", str(tmp_path / "press"), "--delay", "0", "-q"], standalone_mode=True)
    assert bad.exit_code == 1 and "no article was saved" in bad.stderr
