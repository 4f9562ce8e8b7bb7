"""Files of articles in, a `DebateMap` out: the stages in order.

::

    read -> annotate -> attribute -> resolve -> state -> link  |  identify -> judge -> merge -> assign -> weigh -> relations
            one article at a time: `extract`                   |  the whole corpus: `assemble`

An article that makes a stage fail is left out and reported, so that one bad file never costs a long run.
"""

from __future__ import annotations

import functools
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import argmap
from argmap import debate as debates
from argmap import encoding, head, keys
from argmap.claims import merge
from argmap.columns import Column, Holder, hold, take
from argmap.engine import Engine, serial
from argmap.errors import ArticleError, EngineError
from argmap.extract.actors import resolve
from argmap.extract.annotate import annotate, let_go
from argmap.extract.attribute import attribute
from argmap.extract.marked import with_clauses
from argmap.extract.statements import state
from argmap.gather import Gathered, Note, gather, gathered, with_store
from argmap.identify import identify, named, named_mention
from argmap.lexicon import load as load_lexicon
from argmap.memory import give_back
from argmap.model import Actor, Article, Attribution, Debate, DebateMap, Extraction, Link, Mention, Skipped, Statement
from argmap.read import read
from argmap.read.metadata import Metadata
from argmap.relate import link, relations, weigh
from argmap.settings import DEFAULTS, Settings
from argmap.stance import Chances, judgements, rows_of, settled
from argmap.store import Store
from argmap.topics import assign, induce
from argmap.vectors import Embedder, caching, sentence_embedder

__all__ = ["Progress", "assemble", "build", "complete", "extract"]

#: Sentence vectors that are kept in memory where a store has them all: 64 MB.
KEPT_VECTORS = 1 << 15

#: Called with a stage's name, the number of articles done and of all.
Progress = Callable[[str, int, int], None]


def build(
    paths: str | Path | Iterable[str | Path], *, debate: Debate | str | Path = debates.DEFAULT, models: str = "default",
    pipelines: Mapping[str, str] | None = None, metadata: Metadata | None = None, settings: Settings = DEFAULTS,
    progress: Progress | None = None, strict: bool = False, store: str | Path | None = None, engine: Engine = serial,
    note: Note | None = None,
) -> DebateMap:
    """The map of a debate from articles about it.

    Args:
        paths: a file or folder of articles, or several.
        debate: a debate, the id of a bundled one, or the path of a debate file.
        models: edition of the shipped pipelines, one of `argmap.models.EDITIONS`.
        pipelines: spaCy pipelines to use instead, installed packages or paths, by language code.
        metadata: what a table says about the articles, as of `argmap.read.metadata.load`.
        settings: the thresholds of all stages.
        progress: told how far each stage is.
        strict: raise what goes wrong with an article instead of leaving the article out.
        store: a file that keeps what was extracted, so that no article is parsed again that is as it was; made if it is not there.
        engine: what articles are read by: `argmap.engine.named` gives those of several processes and of a cluster. The map is the same.
        note: told of each event: articles read and left out, the store.

    Returns:
        The map; `skipped` names each file and article left out, and why.

    Raises:
        ArgmapError: no article could be read, the debate file is malformed, a pipeline is missing, or the store or the engine
            cannot be used.
    """
    report, tell = progress or _silent, note or _unheard
    chosen = debate if isinstance(debate, Debate) else debates.load(debate)
    places = [paths] if isinstance(paths, str | Path) else paths
    articles, skipped = read(map(Path, places), metadata=metadata, settings=settings,
                             progress=lambda done, total: report("read", done, total))
    for one in skipped:
        tell("skipped", path=one.path, reason=one.reason)
    known = keys.known_to_extraction(chosen)
    work = functools.partial(_read_article, version=keys.extractor_version(), debate=known, models=models, pipelines=pipelines,
                             settings=settings)
    key = keys.extraction_key(known, models=models, pipelines=pipelines, settings=settings)

    def made(kept: Store) -> DebateMap:
        def again() -> Gathered:
            return gather(articles, work, key, store=kept, engine=engine, strict=strict, progress=report, note=tell)

        found = again()
        left_out = [*skipped, *found.failed]
        if not found.keys:
            raise ArticleError(_nothing(left_out))
        report("assemble", len(articles), len(articles))
        name = f"{chosen.id} {models}"
        used = {"edition": models} | {language: (pipelines or {}).get(language) or load_lexicon(language).value(f"pipeline.{models}")
                                      for language in found.languages}
        whole = keys.digest(keys.assembler_version(), chosen, settings, used, found.keys, sorted(left_out, key=_where))
        ready = kept.map(name, whole) if kept.path else None
        if ready is not None:
            return ready
        encoder = encoding.load()
        embed = caching(encoding.remembered(encoder, kept), most=KEPT_VECTORS if encoder.version else None) if kept.path else None
        tell("assemble", articles=len(found.keys))
        own = {article.id: article for article in articles}  # of which no second copy is held
        extractions = (replace(one, article=own[one.article.id]) for one in gathered(kept, found, again))
        new = assemble(extractions, debate=chosen, models=used, skipped=left_out, settings=settings, embed=embed)
        if isinstance(new.statements, Column):  # what writes so large a map needs the room, too
            encoding.load.cache_clear()
            head.load.cache_clear()
        tell("assembled", statements=len(new.statements), claims=len(new.claims))
        if kept.path:
            kept.put_map(name, whole, new)
        return new

    return with_store(Path(store) if store else None, made, note=tell)


def _read_article(article: Article, *, version: str, **options: Any) -> Extraction:
    """`extract`, on whatever machine; one that has another argmap must not take part."""
    if keys.extractor_version() != version:
        raise EngineError(f"{platform.node()} has other sources, word lists or libraries of argmap than this machine: install the same")
    try:
        return extract(article, **options)
    except ImportError as error:  # no fault of the article: others must not be left out for it
        raise EngineError(f"{platform.node()} lacks a library that argmap needs ({error}): install argmap there again") from error


def extract(
    article: Article, *, debate: Debate, models: str = "default", pipelines: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
) -> Extraction:
    """All that one article yields by itself; it depends on these arguments alone.

    Args:
        article: the article.
        debate: its actors known in advance help to resolve names.
        models: edition of the shipped pipelines.
        pipelines: spaCy pipelines to use instead, by language code.
        settings: the thresholds.

    Raises:
        ArgmapError: a stage cannot work on the article.
    """
    lexicon = load_lexicon(article.language)
    doc = next(annotate([article], models=models, overrides=pipelines))
    attributions, actors, mentions = resolve(doc, article, lexicon, debate, attribute(doc, article, lexicon, settings=settings),
                                             settings=settings)
    statements = state(doc, article, lexicon, attributions, debate, settings=settings)
    links = link(doc, article, lexicon, statements, settings=settings)
    return Extraction(article, attributions, statements, actors, mentions, links)


def complete(
    extractions: Iterable[Extraction], *, debate: Debate, models: str = "default", pipelines: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
) -> DebateMap:
    """The map of statements that are given, as people marked them: their links, stances, claims and relations are added.

    Args:
        extractions: articles with actors and statements.
        debate: motion, sides, topics and known actors.
        models: edition of the shipped pipelines.
        pipelines: spaCy pipelines to use instead, by language code.
        settings: the thresholds.
    """
    linked = []
    for one in extractions:
        lexicon = load_lexicon(one.article.language)
        doc = next(annotate([one.article], models=models, overrides=pipelines))
        statements = with_clauses(doc, one.statements, lexicon)
        linked.append(replace(one, statements=statements, links=link(doc, one.article, lexicon, statements, settings=settings)))
    return assemble(linked, debate=debate, settings=settings)


def assemble(
    extractions: Iterable[Extraction], *, debate: Debate, models: Mapping[str, str] | None = None, skipped: Iterable[Skipped] = (),
    settings: Settings = DEFAULTS, embed: Embedder | None = None,
) -> DebateMap:
    """The map of a whole corpus from what its articles yielded.

    Args:
        extractions: one an article, in any order.
        debate: motion, sides, topics and known actors.
        models: what parsed the articles, for the map's record: the edition, and the pipeline by language code.
        skipped: what was left out so far.
        settings: the thresholds.
        embed: sentence vectors; the shipped ones unless given.
    """
    corpus = _collected(extractions)
    articles, texts, signalled = corpus.articles, corpus.texts, corpus.links
    actors, merges, ids = identify(corpus.actors, debate)
    attributions = hold(Attribution, (named(one, ids) for one in corpus.attributions), texts)
    mentions = hold(Mention, (named_mention(one, ids) for one in corpus.mentions), texts)
    stated = hold(Statement, (named(one, ids) for one in corpus.statements), texts)
    del corpus, ids  # a corpus is held once, as far as it goes: a stage's statements take the place of those before
    large = isinstance(stated, Column)
    if large:  # so large a corpus needs the room of models that have done their work
        let_go()
    give_back(collect=large)
    embed = embed or caching(sentence_embedder())
    opinions = judgements(stated, articles, debate, links=signalled, actors=actors, embed=embed, settings=settings)
    chances = rows_of(opinions)
    stated = hold(Statement, settled(stated, opinions), texts)
    del opinions
    give_back(collect=large)
    merged = merge(stated, articles, debate, actors=actors, embed=embed, settings=settings)
    del stated
    give_back(collect=large)
    charted = induce(merged.claims, debate, embed=embed, settings=settings)
    claims = assign(merged.claims, charted, embed=embed, settings=settings)
    stated, concepts = merged.statements, merged.concepts
    del merged
    give_back(collect=large)
    sides = Chances(stated, chances)
    links, doubtful = weigh(stated, signalled, articles, embed=embed, sides=sides, settings=settings)
    del sides, chances, signalled
    give_back(collect=large)
    return DebateMap(
        debate=charted,
        articles=articles,
        actors=actors,
        attributions=attributions,
        statements=stated,
        claims=claims,
        concepts=concepts,
        relations=relations(claims, stated, links, articles, embed=embed, settings=settings),
        mentions=mentions,
        merges=merges,
        skipped=tuple(sorted(skipped, key=_where)),
        left_out={"relations": doubtful},
        models=dict(models or {}),
        version=argmap.__version__,
    )


class _Collected(NamedTuple):
    """What the articles of a corpus yielded, by the articles' ids, their actors as each names them."""

    articles: tuple[Article, ...]
    texts: Mapping[str, str]
    actors: tuple[tuple[Article, tuple[Actor, ...]], ...]
    attributions: Sequence[Attribution]
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    links: Sequence[Link]


def _collected(extractions: Iterable[Extraction]) -> _Collected:
    """The extractions taken in one by one, so that no two are held but as columns; they may come in any order."""
    texts: dict[str, str] = {}
    kinds = {"attributions": Attribution, "statements": Statement, "mentions": Mention, "links": Link}
    holders = {name: Holder[Any](kind, texts) for name, kind in kinds.items()}
    actors: list[tuple[Article, tuple[Actor, ...]]] = []
    sizes: dict[str, list[int]] = {name: [] for name in kinds}
    for one in extractions:
        texts[one.article.id] = one.article.text
        actors.append((one.article, one.actors))
        for name, holder in holders.items():
            items = getattr(one, name)
            holder.extend(items)
            sizes[name].append(len(items))
    order = sorted(range(len(actors)), key=lambda at: actors[at][0].id)
    found = {name: holder.done() for name, holder in holders.items()}
    if order != list(range(len(order))):
        for name, items in found.items():
            starts = [0, *accumulate(sizes[name])]
            found[name] = take(items, [place for at in order for place in range(starts[at], starts[at + 1])])
    ordered = tuple(actors[at] for at in order)
    return _Collected(tuple(article for article, _ in ordered), texts, ordered, **found)


def _silent(stage: str, done: int, total: int) -> None:
    """No progress wanted."""


def _unheard(event: str, **about: object) -> None:
    """Nobody takes note."""


def _where(skipped: Skipped) -> tuple[str, str]:
    return skipped.path, skipped.reason


def _nothing(skipped: list[Skipped]) -> str:
    if not skipped:
        return "no article found: give files or folders with .txt, .md or .html articles"
    first = skipped[0]
    return f"none of {len(skipped)} files could be used; the first: {first.path}: {first.reason}"
