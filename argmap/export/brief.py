"""A map in, a brief in Markdown out: per side the strongest claims with who says them, where, and what attacks them; written only.

A claim is the stronger the more speakers make it, then the more articles, then the more claims back it, then the surer it was read.
Claims below the threshold of relevance, which the page hides too, are passed over.

Left out: all claims but the strongest of each side, and all that is not said above.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.export.clean import one_line
from argmap.graph import author_id, author_name, speakers
from argmap.model import AUTHOR, Claim, DebateMap, Relation, Stance, Statement, unique
from argmap.settings import DEFAULTS

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["dumps"]

TEMPLATE = Path(__file__).with_name("brief.md.j2")
#: Claims of each side: about two pages, what a reader takes in at once.
STRONGEST = 10
#: What a map's `corrections` say of one that holds.
APPLIED = "applied"
SIDES: tuple[Stance, ...] = ("for", "against", "neutral")
#: What Markdown could take for markup, wherever it stands in a line.
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
#: What it takes for a list at the beginning of a text.
LIST = re.compile(r"^(\d+)([.)])|^([-+=])")


@dataclass(frozen=True, slots=True)
class Place:
    """One statement of a claim: who, where, in which words."""

    who: str
    title: str
    outlet: str
    date: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its places and the claims that bear on it, as text with who says each."""

    text: str
    places: tuple[Place, ...]
    backed: tuple[tuple[str, str], ...]
    attacked: tuple[tuple[str, str], ...]


def dumps(debate_map: DebateMap) -> str:
    """The brief as Markdown, in English, its quotations in the languages of the articles."""
    view = _View(debate_map)
    labels: dict[Stance, str] = {side.stance: next(iter(side.label.values()), "") for side in debate_map.debate.sides}
    sides = [{"label": labels.get(stance) or stance, "claims": claims, "shown": [view.entry(claim) for claim in claims[:STRONGEST]]}
             for stance in SIDES if (claims := view.strongest(stance))]
    dates = sorted(filter(None, (article.date for article in debate_map.articles)))
    return _template().render(motion=next(iter(debate_map.debate.motion.text.values()), debate_map.debate.id), sides=sides,
                              origin=debate_map.origin, corrected=list(debate_map.corrections.values()).count(APPLIED),
                              articles=debate_map.articles, outlets={article.outlet for article in debate_map.articles} - {""},
                              first=dates[0] if dates else "", last=dates[-1] if dates else "").strip() + "\n"


class _View:
    """A map with what the brief looks up in it."""

    def __init__(self, debate_map: DebateMap) -> None:
        self.articles = {article.id: article for article in debate_map.articles}
        self.names = {actor.id: actor.name for actor in debate_map.actors}
        self.names |= {author_id(article): author_name(article) for article in debate_map.articles}
        self.affiliations = {actor.id: actor.affiliation for actor in debate_map.actors if actor.affiliation}
        self.claims = {claim.id: claim for claim in debate_map.claims}
        statements = {statement.id: statement for statement in debate_map.statements}
        self.again = {statement.id for statement in debate_map.statements if statement.repeats}
        self.statements = {claim.id: [statements[name] for name in claim.statements if name in statements] for claim in debate_map.claims}
        self.onto: dict[str, list[Relation]] = defaultdict(list)
        for relation in debate_map.relations:
            self.onto[relation.target].append(relation)

    def strongest(self, stance: Stance) -> list[Claim]:
        """The claims of a side, strongest first."""
        claims = [claim for claim in self.claims.values() if claim.stance == stance
                  and any(statement.relevance >= DEFAULTS.relevance for statement in self.statements[claim.id])]
        return sorted(claims, key=lambda claim: (*(-value for value in self.strength(claim.id)), claim.id))

    def strength(self, claim: str) -> tuple[float, ...]:
        """How many speakers, articles and claims back a claim, and how sure it is."""
        said = [statement for statement in self.statements[claim] if statement.id not in self.again]
        return (len({name for statement in said for name in self.who(statement)}), len({statement.article for statement in said}),
                sum(relation.kind == "support" for relation in self.onto[claim]), max((s.confidence for s in said), default=0.0))

    def who(self, statement: Statement) -> tuple[str, ...]:
        """The ids of a statement's speakers."""
        return speakers(statement, self.articles[statement.article])

    def named(self, ids: tuple[str, ...]) -> str:
        """The speakers' names, with where each belongs."""
        return "; ".join(f"{self.names[name]} ({self.affiliations[name]})" if name in self.affiliations else self.names[name]
                         for name in ids if name in self.names and name != AUTHOR)

    def entry(self, claim: Claim) -> Entry:
        """A claim as the brief shows it."""
        return Entry(claim.text, tuple(map(self.place, self.statements[claim.id])), self.bearing(claim.id, "support"),
                     self.bearing(claim.id, "attack"))

    def place(self, statement: Statement) -> Place:
        """A statement as the brief shows it."""
        article = self.articles[statement.article]
        return Place(self.named(self.who(statement)), article.title or article.id, article.outlet, article.date, article.url,
                     " […] ".join(span.text for span in statement.content))

    def bearing(self, target: str, kind: str) -> tuple[tuple[str, str], ...]:
        """The claims that bear on one, strongest first, with who makes each."""
        origins = unique(relation.origin for relation in self.onto[target] if relation.kind == kind)
        ranked = sorted(origins, key=lambda claim: (*(-value for value in self.strength(claim)), claim))
        return tuple((self.claims[claim].text, self.named(unique(name for statement in self.statements[claim]
                                                                  for name in self.who(statement)))) for claim in ranked)


@cache
def _template() -> Template:
    import jinja2
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False, undefined=jinja2.StrictUndefined,  # noqa: S701  # no HTML
                                     finalize=_plain, keep_trailing_newline=True)
    environment.filters["address"] = _address
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """A text on one line that Markdown shows as it is; other values unchanged."""
    if not isinstance(value, str) or isinstance(value, _Written):
        return value
    text = MARKUP.sub(r"\\\1", one_line(value))
    return LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


class _Written(str):
    """Markdown that is not to be escaped once more."""

    __slots__ = ()


def _address(text: str) -> str:
    """An address of the web as the target of a link; nothing for any other."""
    return _Written("".join(f"%{ord(letter):02X}" if letter in " ()<>\\" else letter for letter in one_line(text))) \
        if text.startswith(("http://", "https://")) else _Written("")
