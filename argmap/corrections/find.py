"""What a correction refers to in, the id that it has in a map now out: by id, by quoted words, by name.

Ids are content hashes: they change when the rules come to cut a sentence elsewhere, or when the article is edited. Then words are
looked for, whatever their quotation marks and spaces, and at last what they were taken from: the place in the article.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from argmap.corrections.entries import Reference
from argmap.corrections.state import Rejected, State, Unapplied
from argmap.gold import fold, word_spans
from argmap.model import AUTHOR, Actor, Article, Span, Statement

__all__ = ["actor", "actors", "article", "claim", "spans", "statement"]

#: Where a quotation leaves words out.
_GAP = re.compile(r"\[…\]|\[\.\.\.\]|…|\.\.\.")


def actor(state: State, asked: Reference, *, sure: bool = False) -> str:
    """The id of an actor: by id if a word of its names is the same, by name, by alias.

    Args:
        state: the map.
        asked: what a correction says of the actor.
        sure: an alias will not do: one that is rejected may be gone already, and must not take another of that alias with it.

    Raises:
        Unapplied: there is none, or several have the name.
    """
    name = state.follow(asked.id)
    wanted = _form(asked.name)
    if name in state.actors and (not wanted or not set(wanted.split()).isdisjoint(" ".join(_forms(state.actors[name])).split())):
        return name
    if not wanted:
        raise Unapplied(f"there is no actor {asked.id!r}")
    for told in (lambda one: [_form(one.name)], _forms)[:1 if sure else None]:
        found = sorted(one.id for one in state.actors.values() if wanted in told(one))
        if len(found) == 1:
            return found[0]
        if found:
            raise Unapplied(f"{len(found)} actors are called {asked.name!r} ({', '.join(found)}): give the id of one")
    raise Unapplied(f"no actor is called {asked.name!r}")


def actors(state: State, asked: Iterable[Reference]) -> tuple[str, ...]:
    """The ids of several actors; ``author`` is the article's own voice.

    Raises:
        Unapplied: one is not there.
    """
    return tuple(dict.fromkeys(AUTHOR if one.id == AUTHOR and AUTHOR not in state.actors else actor(state, one) for one in asked))


def _forms(one: Actor) -> list[str]:
    return [_form(form) for form in (one.name, *one.aliases)]


def _form(name: str) -> str:
    return fold(name) or name.casefold()


def statement(state: State, asked: Reference, *, sure: bool = False) -> str:
    """The id of a statement: by id if its words are those quoted, by its words, by its place in the article.

    Args:
        state: the map.
        asked: what a correction says of the statement.
        sure: at another place only a statement of nearly these words will do: one that is rejected must not be its neighbour.

    Raises:
        Unapplied: there is none, or several could be meant.
    """
    wanted = tuple(fold(asked.quotation).split())
    known = state.statements.get(asked.id)
    if known is not None and (not wanted or _same(wanted, tuple(fold(known.text).split()), state.settings.correction_likeness)):
        return known.id
    if asked.id in state.dropped or any(one.article == asked.article and tuple(fold(one.text).split()) == wanted
                                        for one in state.dropped.values()) and not state.with_words(asked.article, wanted):
        raise Rejected("another correction rejects this statement")
    if not wanted:
        raise Unapplied(f"there is no statement {asked.id!r}" if asked.id else "no statement is named")
    if asked.article not in state.articles:
        found = state.with_words(None, wanted)
        if len(found) == 1:
            return found[0].id
        raise Unapplied(f"there is no article {asked.article!r}" if asked.article else _several(asked, found) if found
                        else "no statement has these words: give the article")
    found = state.with_words(asked.article, wanted)
    if len(found) > 1 and asked.start is None:
        raise Unapplied(_several(asked, found))
    if found:
        return min(found, key=lambda one: (abs(_start(one) - (asked.start or 0)), one.id)).id
    return _by_place(state, asked, wanted, state.settings.correction_likeness if sure else state.settings.correction_overlap)


def _same(wanted: Sequence[str], words: Sequence[str], least: float) -> bool:
    """Whether words are those quoted, or the one holds the other, or they differ in a few."""
    shorter, longer = sorted((" ".join(wanted), " ".join(words)), key=len)
    return f" {shorter} " in f" {longer} " or _likeness(wanted, words) >= least


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _start(one: Statement) -> int:
    return one.content[0].start if one.content else 0


def _several(asked: Reference, found: Sequence[Statement]) -> str:
    return f"{len(found)} statements{f' of {asked.article}' if asked.article else ''} have these words: give the place of one (start)"


def _by_place(state: State, asked: Reference, wanted: Sequence[str], least: float) -> str:
    """The statement that covers much of the quoted place, or whose words are nearly those quoted."""
    there = state.of_article(asked.article)
    places = spans(state.articles[asked.article], asked.quotation, start=asked.start)
    shared = sorted(((-_overlap(one.content, places), one.id) for one in there if places), key=lambda pair: pair)
    if shared and -shared[0][0] >= least:
        return _instead(state, shared[0][1])
    alike = sorted((-_likeness(wanted, fold(one.text).split()), one.id) for one in there if not places)
    if alike and -alike[0][0] >= state.settings.correction_likeness and (len(alike) == 1 or alike[1][0] > alike[0][0]):
        return _instead(state, alike[0][1])
    raise Unapplied(f"no statement is made of these words of article {asked.article!r} any more" if places
                    else f"these words are not in article {asked.article!r} any more")


def _instead(state: State, name: str) -> str:
    state.instead[state.statements[name].text] = None
    return name


def _overlap(content: Iterable[Span], places: Iterable[Span]) -> float:
    """The share of the characters of two lists of spans that both have."""
    one, other = ({at for span in found for at in range(span.start, span.end)} for found in (content, places))
    return len(one & other) / (len(one | other) or 1)


def spans(article: Article, quotation: str, *, start: int | None = None) -> tuple[Span, ...]:
    """Where quoted words stand in an article, a span for each piece between dots that leave words out; none where they do not.

    Args:
        article: the article.
        quotation: its words; case, spaces and marks may differ.
        start: of places where the words stand, the one nearest to this character is meant; the first, unless given.

    >>> spans(Article("a", "He said: “Open  models help.”"), "open models help")
    (Span(start=10, end=27, text='Open  models help'),)
    """
    if literal := [match.start() for match in re.finditer(re.escape(quotation), article.text)] if quotation.strip() else []:
        at = literal[0] if start is None else min(literal, key=lambda place: abs(place - (start or 0)))
        return (article.span(at, at + len(quotation)),)
    places = word_spans(article.text)
    words = [article.text[first:last].casefold() for first, last in places]
    found: list[Span] = []
    at = 0
    for piece in _GAP.split(quotation):
        wanted = fold(piece).split()
        if not wanted:
            continue
        hits = [i for i in range(at, len(words) - len(wanted) + 1) if words[i] == wanted[0] and words[i:i + len(wanted)] == wanted]
        if not hits:
            return ()
        hit = hits[0] if found or start is None else min(hits, key=lambda i: abs(places[i][0] - (start or 0)))
        at = hit + len(wanted)
        found.append(article.span(places[hit][0], places[at - 1][1]))
    return tuple(found)


def article(state: State, name: str, quotation: str, *, start: int | None) -> tuple[str, tuple[Span, ...]]:
    """The article that quoted words stand in, and where: the one named, or the only one that has them.

    Raises:
        Unapplied: none has them.
    """
    if name in state.articles:
        places = spans(state.articles[name], quotation, start=start)
        if not places:
            raise Unapplied(f"these words are not in article {name!r}")
        return name, places
    found = [(one.id, places) for one in state.articles.values() if (places := spans(one, quotation))]
    if len(found) != 1:
        raise Unapplied(f"there is no article {name!r}" + (f", and {len(found)} others have these words" if found else ""))
    return found[0]


def claim(state: State, asked: Reference) -> str:
    """The id of a claim: by id if the quoted statement makes it or its text is the one given, by that statement, by its text.

    Raises:
        Unapplied: there is none, or several could be meant.
    """
    reason, made = "", None
    name = state.follow(asked.id)
    if name in state.claims and asked.quotation:  # the same words may stand in the article twice, in two claims
        said = state.with_words(asked.article, tuple(fold(asked.quotation).split()))
        if any(one.claim in (asked.id, name) or state.owner.get(one.id) == asked.id for one in said):
            return name
    if asked.quotation:
        try:
            made = state.statements[statement(state, asked_statement(asked, state))]
        except Unapplied as error:
            reason = str(error)
    if name in state.claims:
        if made is None:
            sure = not asked.quotation or _reads(state, name, asked.text)
        else:
            sure = made.claim in (asked.id, name) or state.owner.get(made.id) == asked.id
        if sure:
            return name
    if made is not None:
        return state.follow(made.claim)
    wanted = fold(asked.text)
    found = sorted(one.id for one in state.claims.values() if wanted and fold(one.text) == wanted)
    if len(found) == 1:
        return found[0]
    if found:
        raise Unapplied(f"{len(found)} claims read {asked.text!r}: give the words of a statement that makes it")
    raise Unapplied(reason or (f"no claim reads {asked.text!r}" if asked.text else f"there is no claim {asked.id!r}"))


def asked_statement(asked: Reference, state: State) -> Reference:
    """The statement that a claim is told by: the id, which is the claim's, is left out."""
    return Reference(article=asked.article, quotation=asked.quotation, start=asked.start)


def _reads(state: State, name: str, text: str) -> bool:
    return bool(text) and _likeness(fold(state.claims[name].text).split(), fold(text).split()) >= state.settings.correction_likeness
