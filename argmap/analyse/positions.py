"""A map comes in, a table of who agrees or disagrees with what, when and where goes out: the statements of discourse network analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args

from argmap.columns import each, sequence, take
from argmap.errors import ArgmapError
from argmap.graph import author_id, author_name, voices
from argmap.model import AUTHOR, ActorKind, Article, DebateMap, Stance, Statement, Voice, unique
from argmap.settings import DEFAULTS

__all__ = [
    "ACTING", "AUTHOR_KIND", "MOTION", "Duplicates", "Level", "Party", "Position", "Positions", "Window", "articles_in", "collapse",
    "counted_once", "day", "is_author", "select", "select_each", "windows",
]

Level = Literal["concept", "claim", "topic", "motion"]
Duplicates = Literal["include", "article", "week", "month", "year", "all"]
#: The kind of the node of an article's own voice.
AUTHOR_KIND = "author"
#: The one item of the level "motion".
MOTION = "motion"
#: Kinds that act as one; "critics" or "users" are other people in every article.
ACTING: tuple[ActorKind, ...] = ("person", "organisation", "government", "policy")


@dataclass(frozen=True, slots=True)
class Position:
    """One statement by one actor, as a coder of discourse networks would enter it.

    `item` is the concept, claim or topic that it is about, `agreement` whether the actor agrees with that; `date` is the
    article's, ISO 8601 or empty.
    """

    statement: str
    actor: str
    item: str
    agreement: bool
    article: str
    date: str = ""
    outlet: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a network: `kind` is a map actor's, or `AUTHOR_KIND`."""

    label: str
    kind: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions with what their ids stand for; `rows` are in a fixed order."""

    level: str
    rows: tuple[Position, ...]
    actors: Mapping[str, Party] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """The positions of the days from `start` to `end`, both included, ISO 8601."""

    start: str
    end: str
    positions: Positions


def day(text: str) -> date | None:
    """The day that an ISO 8601 date begins with; a year or a month alone stands for its first day.

    >>> day("2025-03-04T10:00"), day("2025-03"), day("soon")
    (datetime.date(2025, 3, 4), datetime.date(2025, 3, 1), None)
    """
    padded = text[:10] + "-01" * (2 - text[:10].count("-"))
    try:
        return date.fromisoformat(padded)
    except ValueError:
        return None


def is_author(actor: str) -> bool:
    """Whether an id is that of articles' own voice."""
    return actor.startswith(f"{AUTHOR}:")


def select(map: DebateMap, *, level: Level = "concept", by: Literal["actor", "organisation"] = "actor", relations: bool = False,
           kinds: Collection[str] = ACTING, authors: bool = False, outlets: Collection[str] = (), languages: Collection[str] = (),
           start: str = "", end: str = "", relevance: float = DEFAULTS.relevance) -> Positions:
    """Who agrees or disagrees with what.

    A statement's claim asserts its concept (polarity 1) or denies it (-1): an actor who makes the claim agrees or disagrees
    with the concept accordingly. On claims, the actor agrees with the claim made and with those that assert the same of its
    concept, and disagrees with those that assert the opposite. Words that are said again (a syndicated article, a quotation quoted once
    more) count once. Topics and the motion are for maps in which few concepts are
    shared: there a statement for the motion agrees, one against it disagrees, and neutral ones are left out.

    Args:
        map: the map.
        level: what actors are to agree on.
        by: "organisation" puts persons and documents under the organisation that they belong to, where that is known.
        relations: on claims only: who makes a claim that supports or attacks another agrees or disagrees with that one, too.
        kinds: kinds of actors taken in. Groups ("critics", "users") are not, unless asked for: they are not the same people in
            two articles.
        authors: whether articles' own voice counts as an actor.
        outlets, languages: only articles of these; none given means all.
        start, end: ISO 8601, only articles from and up to these days; an article without a date then drops out.
        relevance: in [0, 1]; statements that bear less than this on the motion are left out.

    Returns:
        The positions, sorted by date, article and statement, and the actors and items that occur in them.

    Raises:
        ArgmapError: `level`, `by` or a date is none of those that there are.

    References:
        Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. The Oxford Handbook of Political
        Networks, ch. 12.

    Examples:
        >>> from argmap.model import Actor, Claim, Debate, Motion
        >>> article = Article("a", "Roth says models should be open.", date="2025-03-04")
        >>> said = Statement("s", "a", "attributed", "indirect", (article.span(10, 31),), actors=("roth",), claim="c", stance="for",
        ...                  relevance=1)
        >>> claim = Claim("c", "Models should stay closed", "en", "against", "", "k", -1, ("s",))
        >>> table = select(DebateMap(Debate("open", Motion({}), ()), (article,), (Actor("roth", "Roth", "person"),),
        ...                          statements=(said,), claims=(claim,)))
        >>> [(row.actor, row.item, row.agreement, row.date) for row in table.rows]
        [('roth', 'k', False, '2025-03-04')]
    """
    return select_each(map, (level,), by=by, relations=relations, kinds=kinds, authors=authors, outlets=outlets, languages=languages,
                       start=start, end=end, relevance=relevance)[level]


def select_each(map: DebateMap, levels: Iterable[Level], *, by: Literal["actor", "organisation"] = "actor", relations: bool = False,
                kinds: Collection[str] = ACTING, authors: bool = False, outlets: Collection[str] = (), languages: Collection[str] = (),
                start: str = "", end: str = "", relevance: float = DEFAULTS.relevance) -> dict[Level, Positions]:
    """What `select` gives on several levels, for which the statements are gone through once."""
    levels = tuple(levels)
    for level in levels:
        if level not in get_args(Level):
            raise ArgmapError(f"{level!r}: positions are on one of {', '.join(get_args(Level))}")
    if by not in ("actor", "organisation"):
        raise ArgmapError(f"{by!r}: positions are by actor or organisation")
    taken = {*kinds, AUTHOR_KIND} if authors else {*kinds}
    inside = {article.id for article in articles_in(map, outlets=outlets, languages=languages, start=start, end=end)}
    parties = _parties(map)
    merged = _organisations(map, parties) if by == "organisation" else {}
    views = {level: _Views(map, level, relations=relations) for level in levels}
    claims = {} if set(levels) == {"motion"} else {claim.id: claim for claim in _about(map)}
    articles = {article.id: article for article in map.articles}
    rows: dict[Level, list[Position]] = {level: [] for level in levels}
    for statement in _in_order(map.statements, articles, inside, relevance, authors=AUTHOR_KIND in taken):
        article = articles[statement.article]
        actors = [actor for actor in voices(statement.voice, statement.actors, article)
                  if (parties[actor].kind if actor in parties else "") in taken]
        acting = unique(merged.get(actor, actor) for actor in actors)
        for level, view in views.items() if acting else ():
            about = dict.fromkeys(view(statement, claims.get(statement.claim)))
            rows[level] += [Position(statement.id, actor, item, agreement, article.id, article.date, article.outlet, article.language)
                            for actor in acting for item, agreement in about]
    everybody = {**parties, **_added(merged, parties)}
    return {level: _named(level, found, everybody, _labels(map, level)) for level, found in rows.items()}


class _Said(NamedTuple):
    """What positions need of a statement."""

    id: str
    article: str
    voice: Voice
    actors: tuple[str, ...]
    claim: str
    stance: Stance
    content: tuple[tuple[Any, ...], ...]


class _About(NamedTuple):
    """What positions need of a claim."""

    id: str
    topic: str
    concept: str
    polarity: int


def _about(map: DebateMap) -> Iterator[_About]:
    return (_About(*values) for values in each(map.claims, *_About._fields))


def _in_order(statements: Sequence[Statement], articles: Mapping[str, Article], inside: Collection[str],
              relevance: float, *, authors: bool) -> Iterator[_Said]:
    """The statements of these articles that bear so much on the motion, each wording once, by date, article and place.

    Without `authors`, those in an article's own voice are left out.
    """
    scope, words = [], []
    for at, (article, voice, much, name, repeated) in enumerate(each(statements, "article", "voice", "relevance", "id", "repeats")):
        if much >= relevance and article in inside:
            scope.append((at, article, voice))
            words.append((name, repeated))
    kept = [scope[number] for number in _once(words)]
    order = sorted((articles[article].date, article, at) for at, article, voice in kept if authors or voice != "author")
    chosen = take(statements, [at for _, _, at in order])
    for _, said in groupby(map(_Said._make, each(chosen, *_Said._fields)), key=attrgetter("article")):
        yield from sorted(said, key=lambda s: ([span[:2] for span in s.content], s.id))


def articles_in(map: DebateMap, *, outlets: Collection[str] = (), languages: Collection[str] = (), start: str = "",
                end: str = "") -> tuple[Article, ...]:
    """The articles of these outlets and languages (none given means all), from and up to these days.

    Raises:
        ArgmapError: a day is none.
    """
    first, last = _bound(start), _bound(end)

    def timely(article: Article) -> bool:
        on = day(article.date)
        return (first is None and last is None) or (on is not None and (first is None or first <= on) and (last is None or on <= last))

    return tuple(article for article in map.articles if (not outlets or article.outlet in outlets)
                 and (not languages or article.language in languages) and timely(article))


def counted_once(statements: Iterable[Statement]) -> list[Statement]:
    """The statements without those whose words another of them has said before; where the first is not among them, one copy stays."""
    known = sequence(statements)
    return list(take(known, _once(list(each(known, "id", "repeats")))))


def _once(words: Sequence[tuple[str, str | None]]) -> list[int]:
    """The places of those that `counted_once` keeps, by their ids and those of whom they repeat."""
    said = {name for name, repeated in words if repeated is None}
    kept = []
    for at, (_, repeated) in enumerate(words):
        if repeated is None or repeated not in said:
            kept.append(at)
            if repeated is not None:
                said.add(repeated)
    return kept


def collapse(positions: Positions, *, per: Duplicates) -> Positions:
    """The positions without repetitions: the same actor, item and agreement once an article, calendar week, month, year, or once
    in all.

    Args:
        positions: the table.
        per: "include" leaves it as it is. An article without a date is a week, month or year of its own.

    Raises:
        ArgmapError: there is no such `per`.

    References:
        The options of the same meaning in Discourse Network Analyzer (Leifeld): include all, per document, per calendar week,
        per month, per year, across date range.
    """
    if per not in get_args(Duplicates):
        raise ArgmapError(f"{per!r}: duplicates are collapsed per one of {', '.join(get_args(Duplicates))}")
    if per == "include":
        return positions
    first: dict[tuple[str, str, bool, object], Position] = {}
    for row in positions.rows:
        first.setdefault((row.actor, row.item, row.agreement, _period(row, per)), row)
    return replace(positions, rows=tuple(first.values()))


def windows(positions: Positions, *, days: int, step: int | None = None) -> Iterator[Window]:
    """Cut a table into windows of time; articles without a date are in none.

    Args:
        positions: the table.
        days: how long a window is.
        step: days from the start of one window to that of the next. By default a window begins where the last one ends
            (fixed windows); a smaller step moves a window over the time, as Discourse Network Analyzer's moving windows do.

    Yields:
        The windows from the first dated position to the last, in order, empty ones too.

    Raises:
        ArgmapError: `days` or `step` is below 1.

    >>> rows = [Position("s", "a", "k", True, "x", date) for date in ("2025-01-01", "2025-01-03", "2025-01-04")]
    >>> [(window.start, window.end, len(window.positions.rows)) for window in windows(Positions("concept", tuple(rows)), days=3)]
    [('2025-01-01', '2025-01-03', 2), ('2025-01-04', '2025-01-06', 1)]
    """
    length, stride = days, days if step is None else step
    if length < 1 or stride < 1:
        raise ArgmapError(f"windows of {days} days every {stride}: both are 1 or more")
    dated = [(on, row) for row in positions.rows if (on := day(row.date))]
    if not dated:
        return
    start, last = min(on for on, _ in dated), max(on for on, _ in dated)
    while True:
        end = start + timedelta(days=length - 1)
        yield Window(start.isoformat(), end.isoformat(),
                     replace(positions, rows=tuple(row for on, row in dated if start <= on <= end)))
        if end >= last:
            return
        start += timedelta(days=stride)


def _bound(text: str) -> date | None:
    found = day(text)
    if text and found is None:
        raise ArgmapError(f"{text!r}: no date; write it as 2025-03-04")
    return found


def _period(row: Position, per: Duplicates) -> object:
    if per == "all":
        return ""
    on = day(row.date)
    if per == "article" or on is None:
        return row.article
    return {"week": tuple(on.isocalendar())[:2], "month": (on.year, on.month), "year": on.year}[per]


def _parties(map: DebateMap) -> dict[str, Party]:
    parties = {actor.id: Party(actor.name, actor.kind, actor.affiliation or "") for actor in map.actors}
    return {**parties, **{author_id(article): Party(author_name(article), AUTHOR_KIND) for article in map.articles}}


def _organisations(map: DebateMap, parties: Mapping[str, Party]) -> dict[str, str]:
    """The organisation of each person and document that has one: the map's actor of that name, or a new one."""
    named: dict[str, str] = {}
    for actor in map.actors:
        if actor.kind in ("organisation", "government"):
            for name in (actor.name, *actor.aliases):
                named.setdefault(name.casefold(), actor.id)
    return {name: named.get(party.affiliation.casefold(), f"organisation:{party.affiliation}")
            for name, party in parties.items() if party.affiliation and party.kind in ("person", "policy")}


def _added(merged: Mapping[str, str], parties: Mapping[str, Party]) -> dict[str, Party]:
    return {target: Party(parties[actor].affiliation, "organisation") for actor, target in merged.items() if target not in parties}


class _Views:
    """What a statement agrees and disagrees with, on one level."""

    def __init__(self, map: DebateMap, level: Level, *, relations: bool) -> None:
        self.level = level
        self.concepts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for claim in _about(map) if level == "claim" else ():
            self.concepts[claim.concept].append((claim.id, claim.polarity))
        self.relations: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for relation in map.relations if relations else ():
            self.relations[relation.origin].append((relation.target, relation.kind == "support"))

    def __call__(self, statement: _Said, claim: _About | None) -> Iterable[tuple[str, bool]]:
        if self.level == "motion":
            return [] if statement.stance == "neutral" else [(MOTION, statement.stance == "for")]
        if claim is None:
            return []
        if self.level == "topic":
            return [] if statement.stance == "neutral" or not claim.topic else [(claim.topic, statement.stance == "for")]
        if self.level == "concept":
            return [(claim.concept, claim.polarity > 0)] if claim.concept else []
        shared = self.concepts[claim.concept] if claim.concept else []
        about = dict(self.relations[claim.id])
        about.update((other, polarity == claim.polarity) for other, polarity in shared)
        return {**about, claim.id: True}.items()


def _labels(map: DebateMap, level: Level) -> dict[str, str]:
    def english(texts: Mapping[str, str]) -> str:
        return texts.get("en") or next(iter(texts.values()), "")

    if level == "motion":
        return {MOTION: english(map.debate.motion.text)}
    if level == "topic":
        return {topic.id: english(topic.label) for topic in map.debate.topics}
    items: Sequence[Any] = map.claims if level == "claim" else map.concepts
    return dict(each(items, "id", "text"))


def _named(level: Level, rows: Iterable[Position], parties: Mapping[str, Party], labels: Mapping[str, str]) -> Positions:
    table = tuple(rows)
    return Positions(level, table, {name: parties[name] for name in sorted({row.actor for row in table})},
                     {name: labels.get(name, name) for name in sorted({row.item for row in table})})
