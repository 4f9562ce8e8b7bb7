"""Every domain type: values in, values out; nothing here reads, parses or draws.

Offsets are characters into `Article.text`, half-open. Confidence and relevance lie in [0, 1]. Dates are ISO 8601. `human` names what
a person has corrected (`argmap.corrections`): fields, or ``added``, ``merged``, ``split``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from argmap.conveniences import Conveniences

__all__ = [
    "AUTHOR", "Actor", "ActorKind", "Article", "Attribution", "AttributionType", "Claim", "Concept", "Debate", "DebateMap",
    "Evidence", "Extraction", "KnownActor", "Link", "Mention", "Merge", "Motion", "Relation", "RelationKind", "Side", "Skipped",
    "Span", "Stance", "Statement", "StatementType", "Topic", "Voice", "stable_id",
]

ActorKind = Literal["person", "organisation", "government", "policy", "group"]
AttributionType = Literal["direct", "indirect", "mixed"]
StatementType = Literal["direct", "indirect", "mixed", "author"]
Voice = Literal["attributed", "author"]
Stance = Literal["for", "against", "neutral"]
RelationKind = Literal["support", "attack"]

#: The actor of a statement in the article's own voice.
AUTHOR = "author"


def stable_id(prefix: str, *parts: object) -> str:
    """An id that depends on its parts alone, so that it is the same in every run.

    It has 64 bits: of the 20 million statements of a million articles, two get one id once in a hundred thousand maps.

    >>> stable_id("s", "it00", 10, 42)
    's-e63614d907c6ff72'
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article: ``article.text[start:end] == text``, always."""

    start: int
    end: int
    text: str = field(compare=False)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the debate, kept verbatim.

    `id` is the file's stem; `language` an ISO 639-1 code; `date` ISO 8601 or empty.
    """

    id: str
    text: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    date: str = ""
    url: str = ""
    language: str = ""

    def span(self, start: int, end: int) -> Span:
        """The span at these offsets, without white space at its ends.

        >>> Article("a", "He said  yes .").span(7, 13)
        Span(start=9, end=12, text='yes')
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of an article that refer to an actor."""

    article: str
    actor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, government, policy document or group, with the forms that name it.

    `affiliation` is the name of the organisation that a person or document belongs to. `known` is the id of the
    debate file's actor that this one is, where it is one of those.
    """

    id: str
    name: str
    kind: ActorKind
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    known: str | None = None
    human: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Why an article's actor is one with an actor of the corpus.

    `actor` is the corpus actor's id, `article` where the joined one was found, under `name`. `rule` is one of `known`
    (the debate file names it), `state` (a state or international body of that name in some language), `name` (the same
    full name), `alias` (a short name or acronym that only one actor has), `surname` (the only person of that surname),
    `group` (the same words for a group), `human` (a person said so); `evidence` is the form that both have.
    """

    actor: str
    article: str
    name: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with all that it introduces (PARC 3.0, PolNeAR): who is cited, by which word, for which text.

    `content` holds the attributed words in order, several spans where a reporting clause splits them; `source` and
    `cue` may be absent; `parent` is the attribution that this one is nested in; `rule` names the construction that
    found it, and `confidence` is that rule's measured precision.
    """

    id: str
    article: str
    type: AttributionType
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    actors: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition put forward in one article, by actors or in the article's own voice.

    `clause` is false where its content has no finite verb, so that the cue is needed to understand it: "opposes [the new
    toll]", "refuses [to publish the report]". `repeats` is the id of the first statement whose words these are once more: a
    syndicated article, or a quotation quoted again. Such a statement stands in its article but is counted once.
    """

    id: str
    article: str
    voice: Voice
    type: StatementType
    content: tuple[Span, ...]
    attribution: str | None = None
    source: Span | None = None
    cue: Span | None = None
    actors: tuple[str, ...] = ()
    claim: str = ""
    stance: Stance = "neutral"
    relevance: float = 0.0
    confidence: float = 1.0
    clause: bool = True
    repeats: str | None = None
    human: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The content's words, its pieces joined by a space."""
        return " ".join(span.text for span in self.content)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two statements of one article, before statements are merged into claims."""

    origin: str
    target: str
    kind: RelationKind
    rule: str
    confidence: float
    signal: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article yields by itself: what the per-article stages hand to the corpus stage."""

    article: Article
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A distinct proposition, merged from the statements that make it (an I-node in AIF).

    `polarity` is 1 where the claim asserts its concept, -1 where it denies it.
    """

    id: str
    text: str
    language: str
    stance: Stance
    topic: str
    concept: str
    polarity: Literal[1, -1]
    statements: tuple[str, ...]
    human: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """The point that claims assert or deny: opposed claims share one (DNA), each with its `Claim.polarity`."""

    id: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The two statements, and the word if there is one, that a relation was read from."""

    article: str
    origin_statement: str
    target_statement: str
    signal: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Support or attack, from the reason or objection (`origin`) to what it backs or attacks (`target`)."""

    origin: str
    target: str
    kind: RelationKind
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]
    human: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """The proposition under debate, a text per language code."""

    text: dict[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the debate.

    `label` and `examples` are keyed by language code; `terms` are the words that name what the side favours
    ("open weights"), lower-case, keyed by language code too.
    """

    stance: Stance
    label: dict[str, str]
    examples: dict[str, tuple[str, ...]]
    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the debate with the words that point to it, all keyed by language code."""

    id: str
    label: dict[str, str]
    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that the debate file names in advance."""

    id: str
    name: str
    kind: ActorKind
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Debate:
    """The definition of a debate, read from TOML by `argmap.debate.load`.

    `keywords` and `neutral` are keyed by language code; `neutral` holds example statements that take neither side.
    """

    id: str
    motion: Motion
    sides: tuple[Side, ...]
    topics: tuple[Topic, ...] = ()
    actors: tuple[KnownActor, ...] = ()
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    neutral: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DebateMap(Conveniences):
    """Everything extracted from a folder of articles, saved as JSON and loaded in notebooks; its methods are `Conveniences`.

    `left_out` counts by kind what was found but is too doubtful for the map: ``relations`` inside articles. `corrections` holds
    for each correction, by its key, ``applied`` or why it no longer applies. `origin` is empty, or of an imported map the
    ``format`` and name of its ``file``, and the ``program`` that format belongs to: the file's makers said what it says.

    What a large corpus has most of stands in `argmap.columns.Column` instead of in tuples: sequences that make an item when it is
    asked for.
    """

    debate: Debate
    articles: tuple[Article, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: Sequence[Attribution] = ()
    statements: Sequence[Statement] = ()
    claims: Sequence[Claim] = ()
    concepts: Sequence[Concept] = ()
    relations: Sequence[Relation] = ()
    mentions: Sequence[Mention] = ()
    merges: Sequence[Merge] = ()
    skipped: tuple[Skipped, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    version: str = ""
    corrections: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of the map with the id of its article."""
        items: Sequence[Attribution] | Sequence[Statement]
        for items in (self.attributions, self.statements):
            for item in items:
                yield from ((item.article, span) for span in (item.source, item.cue, *item.content) if span is not None)
        yield from ((mention.article, mention.span) for mention in self.mentions)
        for relation in self.relations:
            yield from ((evidence.article, evidence.signal) for evidence in relation.evidence if evidence.signal is not None)


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """The items in order, each once.

    >>> unique(["b", "a", "b"])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(items))
