"""A map in, Argdown text out; and the JSON that Argdown's own tool makes of such a text (``argdown json``) in, a map out.

The motion and each claim are a statement ``[Title]: text``; the title is the text's beginning, made unique. A claim has its side as a
tag (``#for``) and, as data, its id and who says it where, in which words. Relations stand below their target, ``+`` for support and
``-`` for attack; so do the claims of each side below the motion. The mode is Argdown's loose one, its usual.

Left out: articles but for id and date (on reading, an article is laid out from its statements), spans and attributions; the kind,
affiliation and other names of actors; topics, concepts, languages; the rule, the confidence and the places of a relation, and
all but one of two relations of one kind between two claims; relevance and confidence; line breaks in texts.

Read from others' Argdown: statements and arguments are claims; entailment supports, contraries attack, contradictories attack each
other, an undercut attacks its argument; the premises of an argument that is laid out support it, and it supports its conclusion.
A statement's data may name its speakers (``speaker``, ``author`` or ``who``, a name or several). Without a motion as argmap writes
it, the one claim that all lead to is the motion, and the way to it tells the sides.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from argmap.errors import FormatError
from argmap.export.clean import brief, one_line, points, whole
from argmap.export.incoming import (
    Actors,
    article_of,
    claim_of,
    day,
    debate_of,
    derived_stances,
    finish,
    json_object,
    relations_of,
    root_of,
    sides_of,
    statement_of,
)
from argmap.graph import author_id, author_name, motion_id, speakers
from argmap.model import Article, DebateMap, RelationKind, Stance, Statement, stable_id

__all__ = ["dumps", "load"]

#: A title is a handle, not the text: so many characters.
LONGEST_TITLE = 60
#: What means something in a title, or could.
NOT_IN_TITLE = re.compile(r"[^\w\s.,;!?'’«»“”%€-]|_")
#: What may mean something in a text: all punctuation of ASCII but these, unless it stands first; a full stop before a sign is an arrow's.
MARKUP = re.compile(r"^[!-/:-@\[-`{-~]|[#*+/:<>@\[\\\]^_`{|}~]|\.(?=[^\w\s])")
#: What ends the data or means something to Argdown in it, though it stands in quotation marks.
NOT_IN_DATA = re.compile("[][{}#/*<>@\x7f-\x9f\u2028\u2029\ufeff]")
SIGNS: Mapping[RelationKind, str] = {"support": "+", "attack": "-"}
KINDS: Mapping[str, RelationKind] = {"support": "support", "entails": "support", "attack": "attack", "contrary": "attack",
                                     "contradictory": "attack", "undercut": "attack"}
MUTUAL = "contradictory"
SPEAKERS = ("who", "speaker", "author")
#: The voice of a statement that nobody else makes, in its data.
OWN = "author"
MOTION = "motion:"
RULE = "argdown"


def dumps(debate_map: DebateMap) -> str:
    """The map as Argdown."""
    motion_text = one_line(next(iter(debate_map.debate.motion.text.values()), "")) or debate_map.debate.id
    taken: set[str] = set()
    motion = _title(motion_text, motion_id(debate_map), taken)
    titles = {claim.id: _title(one_line(claim.text), claim.id, taken) for claim in debate_map.claims}
    lines = ["===", f"title: {_quoted(motion_text)}", "===", "",
             f"[{motion}]: {_escaped(motion_text)} {{id: {_quoted(motion_id(debate_map))}}}"]
    said = _said(debate_map)
    for claim in debate_map.claims:
        data = ", ".join((f"id: {_quoted(claim.id)}", *([f"said: [{', '.join(said[claim.id])}]"] if said[claim.id] else [])))
        lines += ["", f"[{titles[claim.id]}]: {_escaped(one_line(claim.text)) or titles[claim.id]} #{claim.stance} {{{data}}}"]
    onto: dict[str, dict[str, None]] = defaultdict(dict)
    sides: tuple[tuple[Stance, RelationKind], ...] = (("for", "support"), ("against", "attack"))
    for stance, kind in sides:
        onto[motion] |= {f"    {SIGNS[kind]} [{titles[claim.id]}]": None for claim in debate_map.claims if claim.stance == stance}
    for relation in debate_map.relations:
        onto[titles[relation.target]][f"    {SIGNS[relation.kind]} [{titles[relation.origin]}]"] = None
    for title in (motion, *titles.values()):
        if onto[title]:
            lines += ["", f"[{title}]", *onto[title]]
    return "\n".join(lines) + "\n"


def load(path: Path) -> DebateMap:
    """The map of the JSON that ``argdown json`` made.

    Raises:
        FormatError: it is no such JSON; the message names the file and the place.
    """
    raw = json_object(path)
    if not isinstance(raw.get("statements"), dict) and not isinstance(raw.get("arguments"), dict):
        raise FormatError(f"{path}: no JSON of Argdown: there is neither 'statements' nor 'arguments': make it with 'argdown json'")
    return _Reader(path, raw).map()


# writing

def _title(text: str, name: str, taken: set[str]) -> str:
    start = brief(" ".join(NOT_IN_TITLE.sub(" ", text).split()), LONGEST_TITLE).strip(" -.") or NOT_IN_TITLE.sub(" ", name).strip()
    title, number = start, 1
    while title in taken:
        number += 1
        title = f"{start} ({number})"
    taken.add(title)
    return title


def _escaped(text: str) -> str:
    return MARKUP.sub(lambda found: f"\\{found[0]}", text)


def _quoted(text: str) -> str:
    quoted = json.dumps(whole(text), ensure_ascii=False)[1:-1]
    return '"' + NOT_IN_DATA.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted) + '"'


def _said(debate_map: DebateMap) -> dict[str, list[str]]:
    """The statements of each claim, as data."""
    articles = {article.id: article for article in debate_map.articles}
    names = {actor.id: actor.name for actor in debate_map.actors}
    found: dict[str, list[str]] = defaultdict(list)
    for statement in debate_map.statements:
        article = articles[statement.article]
        who = [author_name(article) if name == author_id(article) else names.get(name, name) for name in speakers(statement, article)]
        fields = [f"id: {_quoted(statement.id)}", f"who: [{', '.join(map(_quoted, who))}]", f"article: {_quoted(article.id)}",
                  *([f"date: {_quoted(article.date)}"] if day(article.date) else []), f"words: {_quoted(statement.text)}",
                  *([f"voice: {OWN}"] if statement.voice == OWN else [])]
        found[statement.claim].append(f"{{{', '.join(fields)}}}")
    return found


# reading

class _Reader:
    """Argdown's statements and arguments by title; what both have under one title is told apart by kind."""

    def __init__(self, path: Path, raw: Mapping[str, Any]) -> None:
        self.path = path
        self.texts: dict[str, str] = {}
        self.data: dict[str, Mapping[str, Any]] = {}
        self.ids: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for kind, key in (("equivalence-class", "statements"), ("argument", "arguments")):
            for title, item in self._object(raw.get(key) or {}, key).items():
                item = self._object(item, f"{key}.{title}")
                told = item.get("data")
                data: Mapping[str, Any] = told if isinstance(told, dict) else {}
                name = str(data["id"]) if isinstance(data.get("id"), (str, int)) and data["id"] != "" else stable_id("c", kind, title)
                while name in taken:
                    name = stable_id("c", kind, title, name)
                taken.add(name)
                self.ids[kind, title] = name
                self.texts[name], self.data[name] = self._text(item) or title, data
        self.edges = list(self._edges(raw))

    def _object(self, raw: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            raise FormatError(f"{self.path}: {where[:60]} must be an object")
        return raw

    def _text(self, item: Mapping[str, Any]) -> str:
        """The text of the first member that has one, without the tags at its end."""
        for member in self._list(item, "members"):
            text = member.get("text")
            if not isinstance(text, str) or member.get("isReference") or not text.strip():
                continue
            tags = [each.get("start") for each in self._list(member, "ranges") if each.get("type") == "tag"]
            for start in sorted((tag for tag in tags if isinstance(tag, int)), reverse=True):
                at = points(text, max(start, 0))
                if re.fullmatch(r"#(\([^)]*\)|\S+)\s*", text[at:]):
                    text = text[:at]
            return text.strip()
        return ""

    def _list(self, item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        found = item.get(key) or []
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def _edges(self, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, RelationKind]]:
        """Origin, target and kind of each relation, drawn ones first."""
        for number, relation in enumerate(self._list(raw, "relations")):
            kind = KINDS.get(str(relation.get("relationType")))
            if kind is None:
                raise FormatError(f"{self.path}: relations[{number}]: relationType {str(relation.get('relationType'))[:40]!r} is none of "
                                  f"{', '.join(KINDS)}")
            ends = [self._end(relation, key) for key in ("from", "to")]
            if None in ends:
                raise FormatError(f"{self.path}: relations[{number}]: there is no {str(relation.get('from'))[:40]!r} or no "
                                  f"{str(relation.get('to'))[:40]!r} in the file")
            origin, target = str(ends[0]), str(ends[1])
            yield origin, target, kind
            if relation.get("relationType") == MUTUAL:
                yield target, origin, kind
        for title, item in self._object(raw.get("arguments") or {}, "arguments").items():
            argument = self.ids["argument", title]
            for step in self._list(item, "pcs"):
                name = self.ids.get(("equivalence-class", str(step.get("title"))))
                if name is not None and step.get("role") == "premise":
                    yield name, argument, "support"
                elif name is not None and step.get("role") == "main-conclusion":
                    yield argument, name, "support"

    def _end(self, relation: Mapping[str, Any], key: str) -> str | None:
        title = str(relation.get(key))
        kind = "equivalence-class" if relation.get(f"{key}Type") == "equivalence-class" else "argument"  # an inference is its argument's
        return self.ids.get((kind, title))

    def map(self) -> DebateMap:
        """The map of all claims but the motion."""
        motion = next((name for name in self.texts if name.startswith(MOTION)), None)
        claims = [name for name in self.texts if name != motion]
        actors = Actors()
        articles, statements = self._statements(claims, actors)
        members: dict[str, list[str]] = defaultdict(list)
        for statement in statements:
            members[statement.claim].append(statement.id)
        among = [(origin, target, kind) for origin, target, kind in self.edges if motion not in (origin, target) and origin != target]
        if motion is not None:
            debate = debate_of(motion.removeprefix(MOTION) or self.path.stem, self.texts[motion])
            sides = sides_of((origin, kind) for origin, target, kind in self.edges if target == motion)
        else:
            root = root_of(claims, among)
            debate = debate_of(self.path.stem, self.texts[root] if root else "")
            sides = {root: "for", **derived_stances(root, among)} if root else {}
        made = [claim_of(name, self.texts[name], members[name], stance=sides.get(name, "neutral")) for name in claims]
        relations = relations_of(((*edge, ()) for edge in among), {s.id: s for s in statements}, members, RULE)
        return finish(debate, articles, actors, statements, made, relations)

    def _statements(self, claims: list[str], actors: Actors) -> tuple[list[Article], list[Statement]]:
        """What the data says was said, and a statement of the file for each claim that nobody makes."""
        entries: dict[str, list[tuple[str, str, str, tuple[str, ...], bool]]] = defaultdict(list)
        about: dict[str, dict[str, str]] = defaultdict(dict)
        taken: set[str] = set()
        for claim in claims:
            data = self.data[claim]
            who = _names(data)
            for item in self._list(data, "said") or [{"who": who, "words": self.texts[claim], **({} if who else {"voice": OWN})}]:
                article, names, own = str(item.get("article") or self.path.stem), _names(item), item.get("voice") == OWN
                name = str(item.get("id") or "")
                while not name or name in taken:
                    name = stable_id("s", claim, len(taken), name)
                taken.add(name)
                if own and names:
                    about[article]["author"] = names[0]
                if date := day(str(item.get("date") or "")):
                    about[article]["date"] = date
                ids = () if own else tuple(dict.fromkeys(actors.add(each, "person") for each in names))
                entries[article].append((name, claim, str(item.get("words") or ""), ids, own))
        articles, statements = [], []
        for source, group in sorted(entries.items()):
            made, spans = article_of(source, [words for _, _, words, _, _ in group], **about[source])
            articles.append(made)
            statements += [statement_of(said, source, span, claim, actors=ids, own=own)
                           for (said, claim, _, ids, own), span in zip(group, spans)]
        return articles, statements


def _names(data: Mapping[str, Any]) -> list[str]:
    """The speakers that data names."""
    for key in SPEAKERS:
        found = data.get(key)
        if isinstance(found, str) and found.strip():
            return [found]
        if isinstance(found, list) and found:
            return [str(each) for each in found if str(each).strip()]
    return []
