"""Corrections of a map drawn at random, for the tests of `argmap.corrections`: references by id, by words, by both, and wrong ones."""

from __future__ import annotations

from hypothesis import strategies as st

from argmap.corrections import Correction, Reference, refer
from argmap.corrections.entries import plain, read_entry

__all__ = ["correction", "corrections", "of_actor", "of_claim", "of_statement"]


def of_actor(actor):
    """What a correction says of an actor."""
    return refer(actor)


def of_statement(statement):
    """What a correction says of a statement."""
    return refer(statement)


def of_claim(debate_map, claim):
    """What a correction says of a claim."""
    return refer(claim, {statement.id: statement for statement in debate_map.statements})


def correction(action, **values):
    """A correction, through the checks that a file's entries go through."""
    return read_entry(plain(Correction(action, values)))


@st.composite
def corrections(draw: st.DrawFn, debate_map):
    """Corrections of a map, some of which do not apply."""
    claims, statements, actors = debate_map.claims, debate_map.statements, debate_map.actors
    said = st.text("ab ", min_size=1, max_size=6).map(lambda text: text.strip() or "a")
    stances, kinds = st.sampled_from(["for", "against", "neutral"]), st.sampled_from(["support", "attack"])

    def told(full):
        """A reference by all that there is to tell by, by its id alone, or by all else."""
        way = draw(st.integers(0, 5))
        if way == 0 and full.id:
            return Reference(full.id)
        if way == 1 and (full.quotation or full.name or full.text):
            return Reference("", full.name, full.text, full.article, full.quotation, full.start)
        return full

    def claim():
        return told(of_claim(debate_map, draw(st.sampled_from(claims)))) if claims and draw(st.integers(0, 9)) else Reference("c-none")

    def statement():
        return told(of_statement(draw(st.sampled_from(statements)))) if statements and draw(st.integers(0, 9)) else Reference("s-none")

    def actor():
        return told(of_actor(draw(st.sampled_from(actors)))) if actors and draw(st.integers(0, 9)) else Reference("a-none")

    def some(one):
        return tuple(one() for _ in range(draw(st.integers(1, 2))))

    def quoted():
        article = draw(st.sampled_from(debate_map.articles))
        start = draw(st.integers(0, max(0, len(article.text) - 1)))
        return {"article": article.id, "quotation": article.text[start:start + 12].strip() or "none", "start": start}

    forms = {
        "add-actor": lambda: {"name": draw(said), "kind": draw(st.sampled_from(["person", "group"]))},
        "merge-actors": lambda: {"actor": actor(), "into": actor()},
        "split-actor": lambda: {"actor": actor(), "name": draw(said), "statements": some(statement),
                                "articles": (draw(st.sampled_from(debate_map.articles)).id,)},
        "rename-actor": lambda: {"actor": actor(), "name": draw(said)},
        "set-kind": lambda: {"actor": actor(), "kind": draw(st.sampled_from(["person", "policy"]))},
        "set-affiliation": lambda: {"actor": actor(), "affiliation": draw(st.sampled_from(["", "A"]))},
        "set-aliases": lambda: {"actor": actor(), "aliases": draw(st.lists(said, max_size=2).map(tuple))},
        "reject-actor": lambda: {"actor": actor()},
        "add-statement": lambda: {**quoted(), "actors": some(actor), "stance": draw(stances), **draw(st.sampled_from([{}, {"text": "New"}])),
                                  **({"claim": claim()} if draw(st.booleans()) else {})},
        "set-speakers": lambda: {"statement": statement(), "actors": draw(st.sampled_from([(), (Reference("author"),), some(actor)]))},
        "merge-claims": lambda: {"claim": claim(), "into": claim()},
        "move-statement": lambda: {"statement": statement(), "claim": claim()},
        "split-claim": lambda: {"statements": some(statement), "text": draw(said)},
        "edit-claim": lambda: {"claim": claim(), "text": draw(said)},
        "set-topic": lambda: {"claim": claim(), "topic": draw(st.sampled_from(["", "t", "none"]))},
        "set-stance": lambda: {**({"claim": claim()} if draw(st.booleans()) else {"statement": statement()}), "stance": draw(stances)},
        "reject-statement": lambda: {"statement": statement()},
        "reject-relation": lambda: {"origin": claim(), "target": claim()},
        "reverse-relation": lambda: {"origin": claim(), "target": claim()},
        "flip-relation": lambda: {"origin": claim(), "target": claim(), "kind": draw(kinds)},
        "add-relation": lambda: {"origin": claim(), "target": claim(), "kind": draw(kinds)},
    }
    actions = draw(st.lists(st.sampled_from(sorted(forms)), max_size=8))
    return tuple(correction(action, **forms[action]()) for action in actions)
