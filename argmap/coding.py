"""A map that people coded by hand and one that argmap made come in; which documents, and which statements, are the same goes out.

A coded document is an article of the map by the first of these rules that fits exactly one article left:

- ``id``: the same id (argmap's own exports keep it), and title, text or statements in common;
- ``text``: the one's beginning stands in the other, compared word by word;
- ``title``: the same title, and the same date where both have one;
- ``statements``: at least half of the document's coded statements stand in the article, word by word.

What fits none, or several at once, is named with the reason and left out of all figures.

A coded statement is laid onto the article's words (a file may have no text but that of the statements, or another edition of it).
One whose words are not there is counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from argmap.gold import BEGINNING, Speaker, align_words, fold, word_spans, words_in
from argmap.graph import author_name
from argmap.model import AUTHOR, Article, DebateMap, Stance, Statement

__all__ = ["Documents", "Unit", "Unmatched", "match_documents", "units"]

#: Part of a document's coded statements that an article has to hold to be that document, and of a statement's words to hold it.
HELD = 0.5
Fits = Callable[[Article, Article], bool]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A coded document that is no article of the map, and why."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Which coded document is which article, by their ids, and by which rule; and which is none."""

    articles: Mapping[str, str]
    rules: Mapping[str, str]
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement as the numbers of its article's words; `speakers` are empty where nobody is named.

    `organisations` are the folded names of organisations that speak or that a speaker belongs to. `concept` and `agrees` are what DNA
    codes, `code` is the concept's text, folded; `claim`, `topic` and `stance` are argmap's.
    """

    id: str
    words: frozenset[int]
    speakers: tuple[Speaker, ...]
    organisations: frozenset[str]
    stance: Stance
    claim: str
    concept: str
    code: str
    agrees: bool
    topic: str


def match_documents(coded: DebateMap, debate_map: DebateMap) -> Documents:
    """Which documents of the coding are which articles of the map; by rules, see above.

    Args:
        coded: the coding.
        debate_map: the map that is to be measured.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for statement in coded.statements:
        said[statement.article].append(f" {fold(statement.text)} ")
    folded = {id(article): f" {fold(article.text)} " for article in (*coded.articles, *debate_map.articles)}

    def begins(one: Article, other: Article) -> bool:
        mine, theirs = folded[id(one)], folded[id(other)]
        return len(mine) > BEGINNING < len(theirs) and (mine[:BEGINNING] in theirs or theirs[:BEGINNING] in mine)

    def titled(one: Article, other: Article) -> bool:
        same = bool(fold(one.title)) and fold(one.title) == fold(other.title)
        return same and (not one.date or not other.date or one.date == other.date)

    def held(one: Article, other: Article) -> bool:
        words = said[one.id]
        return bool(words) and sum(part in folded[id(other)] for part in words) >= HELD * len(words)

    def same(one: Article, other: Article) -> bool:
        return one.id == other.id and (fold(one.title) == fold(other.title) != "" or begins(one, other) or held(one, other))

    rules: Mapping[str, Fits] = {"id": same, "text": begins, "title": titled, "statements": held}
    left = {document.id: document for document in coded.articles}
    free = {article.id: article for article in debate_map.articles}
    found: dict[str, str] = {}
    by_rule: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for rule, fits in rules.items():
        candidates = {name: [other for other, article in free.items() if fits(document, article)] for name, document in left.items()}
        wanted = defaultdict(list)
        for name, names in candidates.items():
            for other in names:
                wanted[other].append(name)
        for name, names in candidates.items():
            if len(names) == 1 and len(wanted[names[0]]) == 1:
                found[name], by_rule[name] = names[0], rule
            elif names:
                several[name] = names
        left = {name: document for name, document in left.items() if name not in found}
        free = {name: article for name, article in free.items() if name not in found.values()}
    return Documents(found, by_rule, tuple(
        Unmatched(name, document.title, f"could be any of {', '.join(several[name])}, or shares it with another document"
                  if name in several else "no article of that title and date, or with these words") for name, document in left.items()))


def units(debate_map: DebateMap, articles: Mapping[str, str], texts: Mapping[str, str], *, relevance: float = 0.0) -> \
        dict[str, tuple[Unit, ...]]:
    """The statements of a map in terms of the words of its counterparts' articles; those said again are left out.

    Args:
        debate_map: the coding, or the map.
        articles: for each of its articles that counts, the id under which the words are numbered.
        texts: the texts of these.
        relevance: statements that bear less on the motion are left out.

    Returns:
        By the id in `texts`; a statement whose words are not in that text has no words.
    """
    speakers = _Speakers(debate_map)
    claims = {claim.id: claim for claim in debate_map.claims}
    codes = {concept.id: fold(concept.text) for concept in debate_map.concepts}
    own = {article.id: article.text for article in debate_map.articles}
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in debate_map.statements:
        if statement.article in articles and statement.relevance >= relevance and statement.repeats is None:
            said[statement.article].append(statement)
    found = {}
    for name, target in articles.items():
        spans, number = word_spans(own[name]), align_words(own[name], texts[target])
        order = [fold(texts[target][start:end]) for start, end in word_spans(texts[target])]
        made = []
        for statement in said[name]:
            words = words_in(spans, [(span.start, span.end) for span in statement.content])
            there = frozenset(number[word] for word in words if word in number)
            if len(there) < HELD * len(words):
                there = _looked_for(fold(statement.text).split(), order)
            claim = claims.get(statement.claim)
            made.append(Unit(
                statement.id, there, *speakers.of(statement), statement.stance, statement.claim, claim.concept if claim else "",
                codes.get(claim.concept, "") if claim else "", claim.polarity == 1 if claim else True, claim.topic if claim else ""))
        found[target] = tuple(made)
    return found


def _looked_for(words: list[str], order: list[str]) -> frozenset[int]:
    """The numbers of words that stand together in a text, where they first do."""
    size = len(words)
    at = next((start for start in range(len(order) - size + 1) if order[start:start + size] == words), None) if size else None
    return frozenset() if at is None else frozenset(range(at, at + size))


class _Speakers:
    """Who speaks in a map's statements, under all their names."""

    def __init__(self, debate_map: DebateMap) -> None:
        self.actors = {actor.id: actor for actor in debate_map.actors}
        self.articles = {article.id: article for article in debate_map.articles}

    def of(self, statement: Statement) -> tuple[tuple[Speaker, ...], frozenset[str]]:
        """The speakers, and the organisations behind them."""
        found, organisations = [], set()
        for name in statement.actors:
            actor = self.actors.get(name)
            if name == AUTHOR or actor is None:
                found.append(_author(self.articles[statement.article]))
                continue
            names = _names((actor.name, *actor.aliases), person=actor.kind == "person")
            found.append(Speaker(actor.id, names[0], frozenset(names), actor.kind == "person"))
            organisations |= {fold(actor.affiliation or "")} if actor.kind == "person" else set(names)
        return tuple(found), frozenset(organisations - {""})


def _author(article: Article) -> Speaker:
    """The article's own voice: its author, or its outlet."""
    names = _names(filter(None, (article.author, article.outlet)), person=True) or (fold(author_name(article)),)
    return Speaker(AUTHOR, names[0], frozenset(names), bool(article.author))


def _names(names: Iterable[str], *, person: bool) -> tuple[str, ...]:
    """The names, folded; of persons also those that lists turn round ("Roth, Nadia")."""
    found: list[str] = []
    for name in names:
        family, comma, first = name.partition(",")
        if person and comma and "," not in first:
            found.append(fold(f"{first} {family}"))
        found.append(fold(name))
    return tuple(dict.fromkeys(filter(None, found)))
