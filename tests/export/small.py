"""Small valid maps drawn at random, for round trips: whatever words, spans that hold, ids that lead somewhere."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import strategies as st

from argmap.model import (
    AUTHOR,
    Actor,
    Article,
    Claim,
    Concept,
    Debate,
    DebateMap,
    Evidence,
    Mention,
    Motion,
    Relation,
    Side,
    Span,
    Statement,
    Topic,
)

__all__ = ["maps"]

#: Characters that formats treat in ways of their own, more often than chance would bring them.
AWKWARD = "=+-@'\"|\\;,\t\n\r[]<>{}()#:*_/.&\x00\u2028\ufeff\U0001f600 è«»"
letters = st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=["Cs"]))
words = st.text(letters, max_size=12)
named = st.text(letters, min_size=1, max_size=12)
stances = st.sampled_from(["for", "against", "neutral"])
confidences = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def maps(draw: st.DrawFn) -> DebateMap:
    """Maps of up to two articles, three actors and five claims."""
    articles = tuple(Article(f"art-{number}", draw(st.text(letters, min_size=1, max_size=60)), draw(words), draw(words), draw(words),
                             draw(st.sampled_from(["", "2025-03-04", "1969-12-31"])), draw(words), draw(st.sampled_from(["", "it", "en"])))
                     for number in range(draw(st.integers(1, 2))))
    names = draw(st.lists(named.filter(str.strip), max_size=3, unique_by=lambda name: " ".join(name.split()).casefold()))
    actors = tuple(Actor(f"a-{number}", name, draw(st.sampled_from(["person", "organisation", "policy"])), draw(st.none() | named),
                         tuple(draw(st.lists(named, max_size=2, unique=True)))) for number, name in enumerate(names))
    members: dict[str, list[str]] = defaultdict(list)
    stance = {f"c-{number}": draw(stances) for number in range(draw(st.integers(0, 5)))}
    statements = []
    for number, claim in enumerate([*stance, *(draw(st.lists(st.sampled_from(list(stance)), max_size=3)) if stance else [])]):
        article = draw(st.sampled_from(articles))
        spans = tuple(sorted({draw(_spans(article)) for _ in range(draw(st.integers(1, 2)))}))
        own = draw(st.booleans())
        speakers = () if not actors else tuple(draw(st.lists(st.sampled_from([a.id for a in actors]), max_size=2, unique=True)))
        statements.append(Statement(
            f"s-{number}", article.id, "author" if own else "attributed", "author" if own else draw(st.sampled_from(["direct", "mixed"])),
            spans, source=draw(st.none() | _spans(article)), cue=draw(st.none() | _spans(article)),
            actors=(AUTHOR,) if own else speakers, claim=claim, stance=stance[claim], relevance=draw(confidences),
            confidence=draw(confidences), clause=draw(st.booleans())))
        members[claim].append(f"s-{number}")
    claims = tuple(Claim(name, draw(words), draw(st.sampled_from(["it", "en"])), side, draw(words),
                         f"k-{draw(st.integers(0, 2))}", draw(st.sampled_from([1, -1])), tuple(members[name]))
                   for name, side in stance.items())
    concepts = tuple(Concept(name, f"{number} {draw(words)}", tuple(c.id for c in claims if c.concept == name))
                     for number, name in enumerate(sorted({c.concept for c in claims})))
    relations = {}
    for _ in range(draw(st.integers(0, 4)) if len(claims) > 1 else 0):
        origin, target = draw(st.lists(st.sampled_from(claims), min_size=2, max_size=2, unique=True))
        kind = draw(st.sampled_from(["support", "attack"]))
        first, second = draw(st.sampled_from(origin.statements)), draw(st.sampled_from(target.statements))
        article = next(s.article for s in statements if s.id == first)
        signal = draw(st.none() | _spans(next(a for a in articles if a.id == article)))
        relations[origin.id, target.id] = Relation(origin.id, target.id, kind, draw(words), draw(confidences),
                                                   (Evidence(article, first, second, signal),))
    mentions = tuple(Mention(article.id, draw(st.sampled_from(actors)).id, draw(_spans(article)))
                     for article in articles if actors for _ in range(draw(st.integers(0, 1))))
    sides = tuple(Side(side, {"en": draw(words)}, {"en": (draw(words),)}, {}) for side in ("for", "against"))
    debate = Debate("debate", Motion({"en": draw(named)}), sides, (Topic("t", {"it": draw(words)}, {"it": (draw(words),)}),))
    return DebateMap(debate, articles, actors, statements=tuple(statements), claims=claims, concepts=concepts,
                     relations=tuple(relations.values()), mentions=mentions)


def _spans(article: Article):
    """Spans of an article that hold at least one character."""
    length = len(article.text)
    pairs = st.tuples(st.integers(0, length - 1), st.integers(1, 12)).map(lambda pair: (pair[0], min(length, pair[0] + pair[1])))
    return pairs.map(lambda pair: Span(*pair, article.text[slice(*pair)]))
