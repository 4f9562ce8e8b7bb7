"""A map comes in, its tables go out as pandas DataFrames; pandas is an extra: ``pip install 'argmap[notebook]'``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from argmap.errors import ArgmapError
from argmap.graph import author_id, author_name, speakers

if TYPE_CHECKING:
    import pandas as pd

    from argmap.analyse.positions import Positions
    from argmap.model import DebateMap

__all__ = ["actors_frame", "articles_frame", "claims_frame", "positions_frame", "relations_frame", "statements_frame"]


def articles_frame(map: DebateMap) -> pd.DataFrame:
    """One row an article, by id: `title`, `author`, `outlet`, `date` (missing where there is none), `language`, `url`, `words`,
    `statements`."""
    counts = Counter(statement.article for statement in map.statements)
    return _frame({
        article.id: {"title": article.title, "author": article.author, "outlet": article.outlet, "date": article.date,
                     "language": article.language, "url": article.url, "words": len(article.text.split()), "statements": counts[article.id]}
        for article in map.articles}, ("title", "author", "outlet", "date", "language", "url", "words", "statements"))


def actors_frame(map: DebateMap) -> pd.DataFrame:
    """One row an actor, by id: `name`, `kind`, `affiliation`, `statements`, and how many of these are `favour` (for the motion),
    `against` and `neutral`; `human`, what of it people corrected (a tuple). Articles' own voice is of the kind "author"."""
    articles = {article.id: article for article in map.articles}
    stances: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in map.statements:
        for actor in speakers(statement, articles[statement.article]):
            stances[actor][statement.stance] += 1
    human = {actor.id: actor.human for actor in map.actors}
    known = {**{actor.id: (actor.name, actor.kind, actor.affiliation or "") for actor in map.actors},
             **{author_id(article): (author_name(article), "author", "") for article in map.articles if stances[author_id(article)]}}
    return _frame({
        name: {"name": label, "kind": kind, "affiliation": affiliation, "statements": stances[name].total(), "favour": stances[name]["for"],
               "against": stances[name]["against"], "neutral": stances[name]["neutral"], "human": human.get(name, ())}
        for name, (label, kind, affiliation) in known.items()},
        ("name", "kind", "affiliation", "statements", "favour", "against", "neutral", "human"))


def statements_frame(map: DebateMap) -> pd.DataFrame:
    """One row a statement, by id: `text`, `actors` and `actor_ids` (tuples), `stance`, `topic`, `claim`, `article`, `date`, `outlet`,
    `language`, `voice`, `type`, `start` and `end` (characters into the article), `relevance`, `confidence`, `human` (what of it
    people corrected, a tuple)."""
    articles = {article.id: article for article in map.articles}
    topics = {claim.id: claim.topic for claim in map.claims}
    names = {**{actor.id: actor.name for actor in map.actors}, **{author_id(article): author_name(article) for article in map.articles}}
    rows = {}
    for statement in map.statements:
        article = articles[statement.article]
        voices = speakers(statement, article)
        rows[statement.id] = {
            "text": statement.text, "actors": tuple(names.get(voice, voice) for voice in voices), "actor_ids": voices,
            "stance": statement.stance, "topic": topics.get(statement.claim, ""), "claim": statement.claim, "article": article.id,
            "date": article.date, "outlet": article.outlet, "language": article.language, "voice": statement.voice, "type": statement.type,
            "start": min((span.start for span in statement.content), default=0),
            "end": max((span.end for span in statement.content), default=0),
            "relevance": statement.relevance, "confidence": statement.confidence, "human": statement.human}
    return _frame(rows, ("text", "actors", "actor_ids", "stance", "topic", "claim", "article", "date", "outlet", "language", "voice",
                         "type", "start", "end", "relevance", "confidence", "human"))


def claims_frame(map: DebateMap) -> pd.DataFrame:
    """One row a claim, by id: `text`, `language`, `stance`, `topic`, `concept`, `polarity`, `statements`, and how many relations
    `supports` and `attacks` come in; `human`, what of it people corrected (a tuple)."""
    incoming = Counter((relation.target, relation.kind) for relation in map.relations)
    return _frame({
        claim.id: {"text": claim.text, "language": claim.language, "stance": claim.stance, "topic": claim.topic, "concept": claim.concept,
                   "polarity": claim.polarity, "statements": len(claim.statements), "supports": incoming[claim.id, "support"],
                   "attacks": incoming[claim.id, "attack"], "human": claim.human}
        for claim in map.claims},
        ("text", "language", "stance", "topic", "concept", "polarity", "statements", "supports", "attacks", "human"))


def relations_frame(map: DebateMap) -> pd.DataFrame:
    """One row a relation: `origin` and `target` with their texts, `kind`, `rule`, `confidence`, `signal` (the first signal word), `human`
    (what of it people corrected, a tuple)."""
    texts = {claim.id: claim.text for claim in map.claims}
    return _frame({
        i: {"origin": relation.origin, "origin_text": texts.get(relation.origin, ""), "kind": relation.kind, "target": relation.target,
            "target_text": texts.get(relation.target, ""), "rule": relation.rule, "confidence": relation.confidence,
            "signal": next((evidence.signal.text for evidence in relation.evidence if evidence.signal), ""), "human": relation.human}
        for i, relation in enumerate(map.relations)},
        ("origin", "origin_text", "kind", "target", "target_text", "rule", "confidence", "signal", "human"))


def positions_frame(positions: Positions) -> pd.DataFrame:
    """One row a position, as `argmap.analyse.positions.select` gives them: `actor`, `item`, `agreement`, `date`, `article`, `outlet`,
    `language`, `statement`; actors and items by their labels."""
    return _frame({
        i: {"actor": positions.actors[row.actor].label if row.actor in positions.actors else row.actor,
            "item": positions.items.get(row.item, row.item), "agreement": row.agreement, "date": row.date, "article": row.article,
            "outlet": row.outlet, "language": row.language, "statement": row.statement}
        for i, row in enumerate(positions.rows)}, ("actor", "item", "agreement", "date", "article", "outlet", "language", "statement"))


def _frame(rows: Mapping[Any, Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise ArgmapError("tables need pandas, which is not installed: pip install 'argmap[notebook]'") from error
    frame = pd.DataFrame(list(rows.values()), columns=list(columns), index=pd.Index(list(rows), name="id"))
    if "date" in columns:
        frame["date"] = pd.to_datetime(frame["date"], errors="coerce", format="ISO8601")
    return frame
