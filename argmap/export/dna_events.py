"""A map in, the statement events of the Discourse Network Analyzer out, and back: what its CSV list and its database share.

An event is one statement of one speaker: a stretch of a document, a person, an organization, a concept, and whether the speaker
agrees with it. A statement of several speakers becomes an event each, and events of one stretch, concept and agreement one statement
of several speakers; what nobody is named for stands apart. A concept is argmap's concept, agreement the polarity of the claim. DNA
counts characters in UTF-16, as Java does; argmap in code points; offsets are converted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from argmap.export.clean import brief, points, units, whole
from argmap.export.incoming import Actors, claim_of, day, debate_of, finish, place, statement_of
from argmap.graph import author_name
from argmap.model import AUTHOR, Actor, ActorKind, Article, DebateMap, Skipped, Span, Statement, stable_id

__all__ = ["LONGEST", "Document", "Event", "documents_of", "events_of", "map_of"]

#: DNA's titles and values have at most so many characters.
LONGEST = 190
#: Marks the claim of those who disagree with a concept.
NOT = "¬ "


@dataclass(frozen=True, slots=True)
class Document:
    """A document of DNA. `text` is None where the file does not hold it; `section` holds argmap's id of the article."""

    id: str
    title: str
    text: str | None
    author: str = ""
    source: str = ""
    section: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A statement of DNA; offsets are in UTF-16, `agreement` is whether the speaker affirms the concept."""

    document: str
    start: int
    stop: int
    text: str
    person: str
    organization: str
    concept: str
    agreement: bool


def documents_of(debate_map: DebateMap) -> list[Document]:
    """The articles as documents, numbered from 1."""
    return [Document(str(number), _value(article.title or article.id), whole(article.text), _value(article.author),
                     _value(article.outlet), _value(article.id), day(article.date))
            for number, article in enumerate(debate_map.articles, 1)]


def events_of(debate_map: DebateMap) -> list[Event]:
    """The statements as events, in the order of their documents and offsets; those of no character are left out."""
    articles = {article.id: (str(number), article) for number, article in enumerate(debate_map.articles, 1)}
    actors = {actor.id: actor for actor in debate_map.actors}
    claims = {claim.id: claim for claim in debate_map.claims}
    concepts = {concept.id: concept.text for concept in debate_map.concepts}
    found: dict[Event, None] = {}
    for statement in debate_map.statements:
        number, article = articles[statement.article]
        start, end = min((s.start for s in statement.content), default=0), max((s.end for s in statement.content), default=0)
        claim = claims.get(statement.claim)
        if start == end or claim is None:
            continue
        concept = _value(concepts.get(claim.concept) or claim.text or claim.id)
        text = whole(article.text)
        for person, organization in _speakers(statement, article, actors):
            found[Event(number, units(text, start), units(text, end), text[start:end], person, organization, concept,
                        claim.polarity == 1)] = None
    return sorted(found, key=lambda event: (int(event.document), event.start, event.stop, event.concept))


def _speakers(statement: Statement, article: Article, actors: Mapping[str, Actor]) -> list[tuple[str, str]]:
    """Person and organization of each speaker; neither, where none was found."""
    own = (_value(article.author), _value(article.outlet)) if article.author.strip() else ("", _value(author_name(article)))
    if statement.voice == "author":
        return [own]
    found = []
    for name in statement.actors:
        actor = actors.get(name)
        if name == AUTHOR or actor is None:
            found.append(own)
        elif actor.kind == "person":
            found.append((_value(actor.name), _value(actor.affiliation or "")))
        else:
            found.append(("", _value(actor.name)))
    return found or [("", "")]


def _value(text: str) -> str:
    return brief(whole(text), LONGEST)


def map_of(name: str, documents: Sequence[Document], events: Iterable[Event], *,
           kinds: Mapping[str, tuple[ActorKind | None, Sequence[str]]] | None = None, skipped: Sequence[Skipped] = ()) -> DebateMap:
    """The map of documents and their events.

    Args:
        name: what the debate is called; the files name no motion.
        documents: those that the events refer to.
        events: in any order.
        kinds: the kind and the other names of speakers, where the file tells them.
        skipped: what of the file could not be used.
    """
    groups: dict[str, dict[tuple[int, int, str, bool, bool], list[Event]]] = {document.id: {} for document in documents}
    for event in events:
        key = event.start, event.stop, event.concept or event.text, event.agreement, not event.person and not event.organization
        groups[event.document].setdefault(key, []).append(event)
    actors, statements, articles = Actors(), [], []
    members: dict[tuple[str, bool], list[str]] = defaultdict(list)
    ids = _article_ids(documents)
    for document in documents:
        group = groups[document.id]
        article, spans = _article(document, ids[document.id], [same[0] for same in group.values()])
        articles.append(article)
        for ((start, stop, concept, agreement, nobody), same), span in zip(group.items(), spans):
            statement = stable_id("s", article.id, start, stop, concept, agreement, nobody)
            speakers = [_speaker(event, document, actors, kinds or {}) for event in same]
            statements.append(statement_of(
                statement, article.id, span, stable_id("c", concept, agreement), own=set(speakers) == {AUTHOR},
                actors=tuple(dict.fromkeys(filter(None, speakers)))))
            members[concept, agreement].append(statement)
    claims = [claim_of(stable_id("c", concept, agreement), concept if agreement else NOT + concept, said, agrees=agreement,
                       concept=stable_id("k", concept)) for (concept, agreement), said in members.items()]
    concepts = {stable_id("k", concept): concept for concept, _ in members}
    return finish(debate_of(name), articles, actors, statements, claims, concepts=concepts, skipped=skipped)


def _article_ids(documents: Sequence[Document]) -> dict[str, str]:
    """The id of each document's article: argmap's own, where all have one in their section."""
    sections = [document.section for document in documents]
    if all(sections) and len(set(sections)) == len(sections):
        return {document.id: document.section for document in documents}
    return {document.id: f"document-{document.id}" for document in documents}


def _article(document: Document, name: str, events: Sequence[Event]) -> tuple[Article, tuple[Span, ...]]:
    """The article of a document and the span of each event in it."""
    about = {"title": document.title, "author": document.author, "outlet": document.source, "date": document.date}
    if document.text is None:
        return place(name, [(event.start, event.text) for event in events], **about)
    spans = []
    for event in events:
        start, end = points(document.text, event.start), points(document.text, event.stop)
        spans.append(Span(start, end, document.text[start:end]))
    return Article(name, document.text, **about), tuple(spans)


def _speaker(event: Event, document: Document, actors: Actors, kinds: Mapping[str, tuple[ActorKind | None, Sequence[str]]]) -> str:
    """The id of who speaks: the article's author or outlet in its own voice, an actor, or nobody."""
    person, organization = event.person.strip(), event.organization.strip()
    if person and person == document.author.strip() or not person and organization and organization == document.source.strip():
        return AUTHOR
    if not person and not organization:
        return ""
    kind, aliases = kinds.get(event.person if person else event.organization, (None, ()))
    if person:
        return actors.add(event.person, kind or "person", event.organization, aliases)
    return actors.add(event.organization, kind or "organisation", None, aliases)
