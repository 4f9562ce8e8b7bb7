"""``argmap fetch``: web addresses in, articles as text files out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

__all__ = ["fetch"]


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("-d", "--directory", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("corpus"), show_default=True,
              metavar="FOLDER", help="Where to save the articles.")
@click.option("--delay", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between two requests to one host.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20.0, show_default=True, help="Seconds to wait for a server.")
@click.option("--limit", type=click.IntRange(min=1), default=1000, show_default=True,
              help="Addresses to ask for in all; a sitemap may list all that a paper ever printed.")
@click.option("--again", is_flag=True, help="Ask again for addresses that were saved before.")
@click.option("--ignore-robots", is_flag=True, help="Do not obey robots.txt. For your own site only.")
@click.option("-q", "--quiet", is_flag=True, help="Errors only.")
def fetch(places: tuple[str, ...], folder: Path, delay: float, timeout: float, limit: int, again: bool, ignore_robots: bool,
          quiet: bool) -> None:
    """Save articles from the web as text files with what is known of them, to build a map from.

    Each URL is an article's page or PDF, a sitemap or a feed; a FILE lists addresses one a line, or is a saved sitemap or
    feed. Sites' robots.txt is obeyed. Addresses saved before are not asked for again, so that a stopped run goes on where
    it was. Articles are other people's: what you may do with them depends on their terms and your law.

    \b
    Examples:
      argmap fetch https://example.org/2025/open-models.html -d press
      argmap fetch https://example.org/sitemap.xml --limit 200 -d press
      argmap fetch addresses.txt -d press && argmap build press
    """
    from argmap import fetch as web
    from argmap.errors import ArticleError
    urls = [url for place in places for url in ([place] if "://" in place else web.addresses(Path(place)))]
    manners = web.Manners(delay=delay, timeout=timeout, limit=limit, robots=not ignore_robots)
    counts: Counter[str] = Counter()
    for done in web.fetch(urls, folder, manners=manners, again=again):
        kind = "left out" if done.path is None and done.new else "list" if done.path is None else "saved" if done.new else "there before"
        counts[kind] += 1
        if kind == "left out" or not quiet:
            click.echo(f"{done.url}: {done.reason or ('saved as ' if done.new else 'there before: ') + str(done.path)}", err=True)
    if not quiet:
        click.echo(f"argmap: {counts['saved']} saved, {counts['there before']} there before, {counts['left out']} left out", err=True)
    if not counts["saved"] and not counts["there before"]:
        raise ArticleError("no article was saved")
