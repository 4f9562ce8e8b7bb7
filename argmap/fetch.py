"""Web addresses in, articles saved as text with front matter out: politely, one at a time, and never the same twice.

Sites' robots.txt is obeyed (RFC 9309), requests to one host keep their distance, and what is too large, too slow or no
article is left out with its reason. Sitemaps (sitemaps.org) and feeds give the addresses that they list.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import argmap
from argmap.errors import ArgmapError, ArticleError
from argmap.model import Article, Skipped
from argmap.read import read_bytes
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

__all__ = ["AGENT", "Fetched", "Manners", "addresses", "fetch"]

#: What argmap calls itself to servers.
AGENT = f"argmap/{argmap.__version__} (reads articles for an argument map)"
HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
#: Suffix of the reader for each media type.
MEDIA = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md", "application/pdf": ".pdf"}
#: Media types of feeds and sitemaps.
LISTS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
REDIRECTS = 5
#: Bytes read at a time; of a robots.txt, RFC 9309 asks for no more than 500 KiB.
CHUNK, ROBOTS = 65_536, 512_000
#: Characters of the readable part of a file's name.
SLUG = 60
#: Words that an article has at least; menus, walls of consent and error pages have fewer.
LEAST_WORDS = 30
#: Statuses that pass: too many requests, and servers that are down or slow.
PASSING = (429, 502, 503, 504)
FIELDS = ("title", "author", "outlet", "date", "url", "language")


@dataclass(frozen=True, slots=True)
class Manners:
    """How requests behave.

    Attributes:
        delay: seconds between two requests to one host; a longer Crawl-delay of its robots.txt is kept.
        timeout: seconds to connect, and between two pieces of an answer.
        patience: seconds that one answer may take in all.
        largest: bytes of an answer, unpacked.
        tries: requests for one address when the server is busy.
        limit: addresses asked for in all, those that sitemaps and feeds list included.
        robots: whether robots.txt is obeyed; only for one's own site should it not be.
    """

    delay: float = 1.0
    timeout: float = 20.0
    patience: float = 60.0
    largest: int = 20_000_000
    tries: int = 3
    limit: int = 1000
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of an address: the file that it was saved in (new or from an earlier run), or why not."""

    url: str
    path: Path | None = None
    reason: str = ""
    new: bool = True


class _RefusedError(Exception):
    """An address that gives no article; the message says why."""


@dataclass(slots=True)
class _Web:
    """Requests with manners."""

    manners: Manners
    sleep: Callable[[float], None]
    pool: PoolManager
    last: dict[str, float] = field(default_factory=dict)
    rules: dict[str, RobotFileParser | None] = field(default_factory=dict)

    def get(self, url: str) -> tuple[str, str, bytes]:
        """The last address of the redirects from an address, its media type and its content."""
        for _ in range(REDIRECTS + 1):
            self._check(url)
            response, data = self._ask(url, self.manners.largest)
            if response.status in (301, 302, 303, 307, 308) and "location" in response.headers:
                url = _whole(url, response.headers["location"])
                continue
            if response.status != 200:
                raise _RefusedError(f"the server answered {response.status} {response.reason or ''}".rstrip())
            return url, response.headers.get("content-type", "").partition(";")[0].strip().lower(), data
        raise _RefusedError(f"more than {REDIRECTS} redirects")

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise _RefusedError(f"malformed address ({error})") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _RefusedError("no address of the web (http or https)")
        if not self.manners.robots:
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = self._robots(site)
        rules = self.rules[site]
        if rules is None:
            raise _RefusedError("its site's robots.txt cannot be had: the site may not want visits now")
        if not rules.can_fetch(AGENT, url):
            raise _RefusedError("its site's robots.txt asks programs to stay away")

    def _robots(self, site: str) -> RobotFileParser | None:
        """The rules of a site: all is allowed where it has none, nothing where the server fails (RFC 9309, 2.3.1)."""
        rules = RobotFileParser()
        try:
            url = f"{site}/robots.txt"
            for _ in range(REDIRECTS + 1):
                response, data = self._ask(url, ROBOTS, cut=True)
                if response.status not in (301, 302, 303, 307, 308) or "location" not in response.headers:
                    break
                url = _whole(url, response.headers["location"])
        except _RefusedError:
            return None
        if response.status >= 500:  # the server's fault
            return None
        rules.parse(data.decode("utf-8", "replace").splitlines() if response.status == 200 else [])
        return rules

    def _ask(self, url: str, largest: int, *, cut: bool = False) -> tuple[BaseHTTPResponse, bytes]:
        """One answer, whole, after a decent pause; asked for again while the server is busy."""
        from urllib3.exceptions import HTTPError

        host = urlsplit(url).netloc
        for trial in range(1, self.manners.tries + 1):
            self._pause(host)
            try:
                response = self.pool.request("GET", url, preload_content=False, redirect=False, retries=False, headers=HEADERS,
                                             timeout=self.manners.timeout)
                try:
                    if response.status in PASSING and trial < self.manners.tries:
                        self.sleep(self._wait(response, trial))
                        continue
                    return response, self._body(response, largest, cut=cut)
                finally:
                    response.close()
            except (HTTPError, OSError, ValueError) as error:
                if trial == self.manners.tries:
                    raise _RefusedError(f"cannot be reached ({_plain(error)})") from error
        raise AssertionError("the last try returns or raises")

    def _body(self, response: BaseHTTPResponse, largest: int, *, cut: bool) -> bytes:
        began, data = time.monotonic(), bytearray()
        for piece in response.stream(CHUNK, decode_content=True):
            data += piece
            if len(data) > largest:
                if cut:
                    break
                raise _RefusedError(f"larger than {largest:,} bytes")
            if time.monotonic() - began > self.manners.patience:
                raise _RefusedError(f"took longer than {self.manners.patience:g} seconds")
        return bytes(data)

    def _pause(self, host: str) -> None:
        rules = next((rules for site, rules in self.rules.items() if urlsplit(site).netloc == host), None)
        wanted = max(self.manners.delay, float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0)
        since = time.monotonic() - self.last.get(host, float("-inf"))
        if since < wanted:
            self.sleep(wanted - since)
        self.last[host] = time.monotonic()

    def _wait(self, response: BaseHTTPResponse, trial: int) -> float:
        """Seconds until the next try: what the server says, within reason, or twice as long each time."""
        asked = response.headers.get("retry-after", "")
        return min(float(asked) if asked.isdigit() else self.manners.delay * 2**trial, self.manners.patience)


def fetch(urls: Iterable[str], folder: Path, *, manners: Manners | None = None, again: bool = False, settings: Settings = DEFAULTS,
          sleep: Callable[[float], None] = time.sleep) -> Iterator[Fetched]:
    """Save the articles at web addresses, one Markdown file with front matter each, as they come.

    A file's name is made of its address, so that an address that was saved before is not asked for again, and a run that
    was stopped goes on where it was.

    Args:
        urls: addresses of articles (web pages, PDFs, plain texts), of sitemaps and of feeds.
        folder: where to save; it is made if need be.
        manners: pauses and limits.
        again: ask for addresses again that were saved before.
        settings: thresholds of title and language, and what is too large.
        sleep: how to pause, in seconds.

    Yields:
        What became of each address, in order; those that a list gives follow the list.

    Raises:
        ArgmapError: the folder cannot be written to.
    """
    from urllib3 import PoolManager

    kept = manners or Manners()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{folder}: cannot be made ({error.strerror})") from error
    waiting, seen = deque(_whole("", url.strip()) for url in urls), set[str]()
    with PoolManager() as pool:
        web = _Web(kept, sleep, pool)
        while waiting:
            url = waiting.popleft()
            if not url or url in seen:
                continue
            if len(seen) >= kept.limit:
                yield Fetched(url, reason=f"beyond the limit of {kept.limit} addresses")
                return
            seen.add(url)
            path = folder / name_of(url)
            if path.exists() and not again:
                yield Fetched(url, path, new=False)
                continue
            try:
                final, media, data = web.get(url)
                listed = _listed(data, media, final)
                if listed is not None:
                    fresh = [other for other in listed if other not in seen]
                    waiting.extendleft(reversed(fresh))
                    yield Fetched(url, reason=f"a list of {len(listed)} addresses", new=False)
                    continue
                article = _article(data, media, final, settings)
                _save(article, path)
                yield Fetched(url, path)
            except (_RefusedError, ArticleError) as error:
                yield Fetched(url, reason=str(error))


def addresses(path: Path) -> list[str]:
    """The addresses in a file: one a line (``#`` begins a comment), or a saved sitemap or feed.

    Raises:
        ArticleError: it cannot be read, or lists none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror})") from error
    listed = _listed(data, "text/xml" if data.lstrip()[:1] == b"<" else "", "")
    found = listed if listed is not None else [
        line.strip() for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not found:
        raise ArticleError(f"{path}: lists no address")
    return found


def name_of(url: str) -> str:
    """The name of the file that an address is saved in: its host and last part, and a hash of all of it.

    >>> name_of("https://www.example.org/2025/open-models-win.html?x=1")
    'example-org-open-models-win-8e6a5077.md'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[broken"
        parts = urlsplit("")
    last = next((part for part in reversed(parts.path.split("/")) if part), "")
    words = unicodedata.normalize("NFKD", f"{(parts.hostname or '').removeprefix('www.')} {last.rpartition('.')[0] or last}")
    slug = re.sub(r"[^a-z0-9]+", "-", words.encode("ascii", "ignore").decode().lower()).strip("-")[:SLUG].strip("-")
    return f"{slug}-{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.md"


def _listed(data: bytes, media: str, base: str) -> list[str] | None:
    """The addresses that a sitemap or feed lists, or nothing where the data is neither."""
    if media not in LISTS and data.lstrip()[:5] != b"<?xml":
        return None
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    found: list[str] = []
    match str(root.tag).rpartition("}")[2]:
        case "urlset" | "sitemapindex":
            found = [element.text or "" for element in root.iter("{*}loc")]
        case "rss" | "RDF":
            found = [element.text or "" for item in root.iter("{*}item") for element in item.findall("{*}link")]
        case "feed":
            found = [link.get("href", "") for entry in root.iter("{*}entry") for link in entry.findall("{*}link")
                     if link.get("rel", "alternate") == "alternate"]
        case _:
            return None
    return list(dict.fromkeys(whole for url in found if url.strip() and (whole := _whole(base, url.strip()))))


def _whole(base: str, url: str) -> str:
    """An address as seen from another, without the part after "#"; itself where it is malformed."""
    try:
        return urldefrag(urljoin(base, url)).url
    except ValueError:  # "http://[broken"
        return url


def _article(data: bytes, media: str, url: str, settings: Settings) -> Article:
    suffix = MEDIA.get(media) or (".pdf" if data.startswith(b"%PDF-") else ".html" if not media else "")
    if not suffix:
        raise _RefusedError(f"{media}: no page, text or PDF")
    found = next(iter(read_bytes(data, suffix, name="page", settings=settings)))
    if isinstance(found, Skipped):
        raise _RefusedError(found.reason)
    if len(found.text.split()) < LEAST_WORDS:
        raise _RefusedError(f"no article text found: fewer than {LEAST_WORDS} words")
    parts = urlsplit(url)
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()  # without a name and password
    values = {name: getattr(found, name) for name in FIELDS} | {"url": shown, "outlet": found.outlet or (parts.hostname or "")}
    return Article(found.id, found.text, **values)


def _save(article: Article, path: Path) -> None:
    """Write the whole file or none of it."""
    import yaml

    front = yaml.safe_dump({name: getattr(article, name) for name in FIELDS if getattr(article, name)}, allow_unicode=True, sort_keys=False,
                           width=10**6)
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".fetch-", suffix=".md")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(f"---\n{front}---\n\n{article.text}\n")
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be written ({error.strerror})") from error


def _plain(error: Exception) -> str:
    """The cause of a failed request in few words, without urllib3's object names."""
    text = re.sub(r"<[^>]*>:?\s*|HTTPS?Connection(?:Pool)?\([^)]*\):?\s*", "", str(error)).strip()
    return text or type(error).__name__
