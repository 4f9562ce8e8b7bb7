"""What each format holds of a map: what must be equal after it was written and read again."""

from __future__ import annotations

from dataclasses import replace

from argmap.export.clean import one_line, whole
from argmap.export.dna_events import events_of
from argmap.graph import author_name
from argmap.model import AUTHOR

__all__ = ["aif", "argdown", "dna", "kialo", "reached", "tables"]


def tables(debate_map):
    """What the tables hold of a map."""
    debate = replace(debate_map.debate, actors=(), keywords={}, neutral={})
    aliased = tuple(replace(actor, aliases=tuple(filter(None, actor.aliases))) for actor in debate_map.actors)
    return replace(debate_map, debate=debate, actors=aliased, merges=(), skipped=(), left_out={}, corrections={},
                   claims=tuple(replace(claim, statements=tuple(sorted(claim.statements))) for claim in debate_map.claims),
                   concepts=tuple(sorted((replace(concept, claims=tuple(sorted(concept.claims))) for concept in debate_map.concepts),
                                         key=lambda concept: concept.id)))


def aif(debate_map):
    """What AIF holds of a map."""
    names = {actor.id: actor.name for actor in debate_map.actors}
    articles = {article.id: article for article in debate_map.articles}

    def speakers(statement):
        author = author_name(articles[statement.article])
        return tuple(dict.fromkeys(author if name == AUTHOR else names[name] for name in statement.actors))

    return {
        "motion": next(iter(debate_map.debate.motion.text.values())),
        "claims": {claim.id: (claim.text, claim.stance, set(claim.statements)) for claim in debate_map.claims},
        "statements": {s.id: (s.text, s.article, articles[s.article].date, speakers(s)) for s in debate_map.statements},
        "persons": {name for s in debate_map.statements for actor in debate_map.actors for name in [actor.name]
                    if actor.kind == "person" and actor.id in s.actors},
        "relations": {(r.origin, r.target, r.kind): {(e.origin_statement, e.target_statement) for e in r.evidence}
                      for r in debate_map.relations},
    }


def argdown(debate_map):
    """What Argdown holds of a map."""
    names = {actor.id: actor.name for actor in debate_map.actors}
    articles = {article.id: article for article in debate_map.articles}

    def speakers(statement):
        author = author_name(articles[statement.article])
        return tuple(dict.fromkeys(whole(author if name == AUTHOR else names[name]) for name in statement.actors))

    return {
        "motion": one_line(next(iter(debate_map.debate.motion.text.values()))) or debate_map.debate.id,
        "claims": {c.id: (one_line(c.text), c.stance, set(c.statements)) for c in debate_map.claims if one_line(c.text)},
        "statements": {s.id: (s.text, s.article, speakers(s), s.voice) for s in debate_map.statements},
        "relations": {(r.origin, r.target, r.kind) for r in debate_map.relations},
    }


def dna(debate_map, *, texts=True):
    """What DNA holds of a map: the events, and their articles with or without text."""
    articles = [(a.id, a.title or a.id, a.author, a.outlet, a.date, a.text if texts else "") for a in debate_map.articles]
    said = {article.id for article in debate_map.articles} if texts else {s.article for s in debate_map.statements}
    return {(e.start, e.stop, e.text, e.person, e.organization, e.concept, e.agreement, articles[int(e.document) - 1])
            for e in events_of(debate_map)}, {article for article in articles if article[0] in said}


def kialo(debate_map, claims=None):
    """What the text holds of a map: how often each text, side, and signed relation of texts is there."""
    texts = {claim.id: one_line(claim.text) for claim in debate_map.claims}
    claims = set(texts) if claims is None else claims
    return (sorted(texts[name] for name in claims),
            sorted((texts[c.id], c.stance) for c in debate_map.claims if c.id in claims),
            sorted({(r.origin, r.kind, r.target): (texts[r.origin], r.kind, texts[r.target])
                    for r in debate_map.relations if {r.origin, r.target} <= claims and r.origin != r.target}.values()))


def reached(debate_map):
    """The claims that have a side, and those that lead to one."""
    found = {claim.id for claim in debate_map.claims if claim.stance != "neutral"}
    while True:
        more = {relation.origin for relation in debate_map.relations if relation.target in found} - found
        if not more:
            return found
        found |= more
