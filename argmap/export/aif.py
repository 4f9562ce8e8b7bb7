"""A map in, AIF or xAIF JSON out (the argument web's formats: AIFdb, OVA, xAIF tools, arguebuf), and back.

A claim is an I-node, a statement an L-node with the text "Actor: words" that asserts it (L, YA "Asserting", I), a relation an RA or
CA between claims; the places that a relation was read from are TA-nodes from the statement that is answered to the one that answers,
with a YA "Arguing" or "Disagreeing" to the RA or CA. The motion is an I-node whose id begins with ``motion:``, and RA and CA lead to
it from the claims that take a side. Actors are participants (a person's first name apart; others have a surname only), and each
locution has its speakers, its article as ``source``, its date and its offsets in the article.

Left out: the articles' text, title, outlet and the like (on reading, an article is laid out from its statements); spans of source and
cue, attributions; whether an actor that is no person is a government, a group …; affiliations and other names; that a statement is
the article's own voice (its author speaks it); topics, concepts and polarity; rule, signal and confidence; relevance.

Read from other tools' files: premises of one RA each support alone; an attack on an inference is one on its conclusion; rephrases
(MA) and preferences (PA) are left out; who asks or challenges asserts nothing; what no locution asserts is said by the file. Without
a motion's node, the one claim that all lead to is the motion, and the way to it tells the sides.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from argmap.errors import FormatError
from argmap.export.clean import whole
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
from argmap.graph import author_name, motion_id
from argmap.model import Actor, Article, DebateMap, RelationKind, Stance, Statement, stable_id

__all__ = ["dumps", "dumps_xaif", "load"]

SCHEMES: Mapping[str, RelationKind] = {"RA": "support", "CA": "attack"}
TEXTS = {"support": ("RA", "Default Inference", "Arguing"), "attack": ("CA", "Default Conflict", "Disagreeing")}
SIDES: Mapping[Stance, RelationKind] = {"for": "support", "against": "attack"}
ASSERTING, TRANSITION = "Asserting", "Default Transition"
#: What precedes a debate's id in the id of the motion's node.
MOTION = "motion:"
#: Empty, but expected.
OTHER_LISTS = ("schemefulfillments", "descriptorfulfillments", "cqdescriptorfulfillments")
#: Distance of nodes in OVA's drawing, in pixels, and how many stand in a row.
APART, ROW = 120, 20
RULE = "aif"
#: Illocutions that commit nobody to what they are about ("Pure Questioning", "Assertive Questioning", "Challenging").
ASKING = re.compile("questioning|challenging", re.IGNORECASE)


def dumps(debate_map: DebateMap) -> str:
    """The map as AIF JSON."""
    return _json(_aif(debate_map))


def dumps_xaif(debate_map: DebateMap) -> str:
    """The map as xAIF JSON, with the articles' text, as OVA saves and opens it."""
    aif = _aif(debate_map)
    nodes = [{"nodeID": node["nodeID"], "visible": True, "x": number % ROW * APART, "y": number // ROW * APART,
              "timestamp": node["timestamp"]} for number, node in enumerate(aif["nodes"])]
    edges = [{"fromID": edge["fromID"], "toID": edge["toID"], "visible": True} for edge in aif["edges"]]
    text = "\n\n".join("\n\n".join(filter(None, (article.title, article.text))) for article in debate_map.articles)
    return _json({"AIF": aif, "text": text, "dialog": True, "OVA": {"firstname": "", "surname": "", "url": "", "nodes": nodes,
                                                                    "edges": edges}})


def load(path: Path) -> DebateMap:
    """The map of a file in AIF or xAIF.

    Raises:
        FormatError: it is neither, or a node or edge lacks what it must have; the message names the file and the place.
    """
    raw = json_object(path)
    found = raw.get("AIF", raw)
    if not isinstance(found, dict) or "nodes" not in found:
        raise FormatError(f"{path}: no AIF: there is no list 'nodes', neither on top nor under 'AIF'")
    return _Reader(path, found).map()


# writing

def _json(raw: Any) -> str:
    return whole(json.dumps(raw, ensure_ascii=False, indent=1)) + "\n"


def _aif(debate_map: DebateMap) -> dict[str, Any]:
    return _Writer(debate_map).raw


class _Writer:
    """Collects nodes and edges; ids are the map's own, where AIF has a node for them."""

    def __init__(self, debate_map: DebateMap) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.taken: set[str] = set()
        articles = {article.id: article for article in debate_map.articles}
        persons, people = self._persons(debate_map, articles)
        dates = {s.id: _timestamp(articles[s.article]) for s in debate_map.statements}
        motion = self._node(motion_id(debate_map), "I", next(iter(debate_map.debate.motion.text.values()), ""))
        claims = {claim.id: self._node(claim.id, "I", claim.text, min((dates[s] for s in claim.statements if s in dates), default=""))
                  for claim in debate_map.claims}
        locutions, said = [], {}
        for statement in debate_map.statements:
            speakers = _speakers(statement, articles[statement.article], people)
            text = f"{', '.join(speakers)}: {statement.text}" if speakers else statement.text
            said[statement.id] = self._node(statement.id, "L", text, dates[statement.id])
            self._chain(said[statement.id], ("YA", ASSERTING), claims.get(statement.claim))
            locutions += [{"nodeID": said[statement.id], "personID": persons.get(name), "timestamp": dates[statement.id],
                           "start": min((s.start for s in statement.content), default=None),
                           "end": max((s.end for s in statement.content), default=None), "source": statement.article}
                          for name in speakers or ("",)]
        for claim in debate_map.claims:
            if claim.stance in SIDES:
                self._chain(claims[claim.id], TEXTS[SIDES[claim.stance]][:2], motion)
        for relation in debate_map.relations:
            scheme, text, illocution = TEXTS[relation.kind]
            node = self._chain(claims[relation.origin], (scheme, text), claims[relation.target])
            for evidence in relation.evidence:
                turn = self._chain(said[evidence.target_statement], ("TA", TRANSITION), said[evidence.origin_statement])
                self._chain(turn, ("YA", illocution), node)
        self.raw = {"nodes": self.nodes, "edges": self.edges, "locutions": locutions,
                    "participants": [{"participantID": number, **_named(name, people.get(name))} for name, number in persons.items()],
                    **{name: [] for name in OTHER_LISTS}}

    def _persons(self, debate_map: DebateMap, articles: Mapping[str, Article]) -> tuple[dict[str, int], dict[str, Actor]]:
        """The number of each speaker's name, and the actor of each id and name."""
        people = {actor.id: actor for actor in debate_map.actors}
        names = dict.fromkeys(name for s in debate_map.statements for name in _speakers(s, articles[s.article], people))
        return ({name: number for number, name in enumerate(names, 1)},
                {**{actor.name: actor for actor in debate_map.actors}, **people})

    def _node(self, name: str, kind: str, text: str, timestamp: str = "") -> str:
        while name in self.taken:
            name += "'"
        self.taken.add(name)
        self.nodes.append({"nodeID": name, "text": text, "type": kind, "timestamp": timestamp})
        return name

    def _chain(self, origin: str, middle: tuple[str, str], target: str | None) -> str:
        """A node between two, with its edges; its id depends on them alone."""
        kind, text = middle
        node = self._node(stable_id(kind.lower(), origin, target, text), kind, text)
        for start, end in ((origin, node), (node, target)):
            if end is not None:
                self.edges.append({"edgeID": f"e-{len(self.edges) + 1}", "fromID": start, "toID": end, "formEdgeID": None})
        return node


def _timestamp(article: Article) -> str:
    return f"{article.date} 00:00:00" if day(article.date) else ""


def _speakers(statement: Statement, article: Article, people: Mapping[str, Actor]) -> tuple[str, ...]:
    if statement.voice == "author":
        return (author_name(article),)
    return tuple(dict.fromkeys(people[name].name if name in people else author_name(article) for name in statement.actors))


def _named(name: str, actor: Actor | None) -> dict[str, str]:
    """A person's first name and surname; a person of one name has it as the first; what is no person has a surname only."""
    if actor is not None and actor.kind != "person":
        return {"firstname": "", "surname": name}
    first, _, last = name.partition(" ")
    return {"firstname": first, "surname": last} if first and last else {"firstname": name, "surname": ""}


# reading

class _Reader:
    """An AIF graph, its nodes by kind and its edges both ways."""

    def __init__(self, path: Path, raw: Mapping[str, Any]) -> None:
        self.path = path
        self.kinds: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.dates: dict[str, str] = {}
        self.out: dict[str, list[str]] = defaultdict(list)
        self.into: dict[str, list[str]] = defaultdict(list)
        for number, node in self._items(raw, "nodes"):
            name = self._id(node, "nodeID", f"nodes[{number}]")
            if name in self.kinds:
                raise FormatError(f"{path}: nodes[{number}]: id {name[:40]!r} is used twice")
            self.kinds[name], self.texts[name] = str(node.get("type", "")), str(node.get("text") or "")
            self.dates[name] = day(str(node.get("timestamp") or ""))
        for number, edge in self._items(raw, "edges"):
            ends = [self._id(edge, key, f"edges[{number}]") for key in ("fromID", "toID")]
            if missing := [end for end in ends if end not in self.kinds]:
                raise FormatError(f"{path}: edges[{number}]: there is no node {missing[0][:40]!r}")
            self.out[ends[0]].append(ends[1])
            self.into[ends[1]].append(ends[0])
        self.people = {self._id(item, "participantID", f"participants[{number}]"): item
                       for number, item in self._items(raw, "participants")}
        self.locutions: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for number, item in self._items(raw, "locutions"):
            self.locutions[self._id(item, "nodeID", f"locutions[{number}]")].append(item)

    def _items(self, raw: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        found = raw.get(key) or []
        if not isinstance(found, list):
            raise FormatError(f"{self.path}: {key!r} must be a list")
        for number, item in enumerate(found):
            if not isinstance(item, dict):
                raise FormatError(f"{self.path}: {key}[{number}] must be an object")
            yield number, item

    def _id(self, item: Mapping[str, Any], key: str, where: str) -> str:
        found = item.get(key)
        if not isinstance(found, (str, int)) or isinstance(found, bool) or found == "":
            raise FormatError(f"{self.path}: {where}: {key!r} must be a text or a number")
        return str(found)

    def map(self) -> DebateMap:
        """The map of the graph."""
        motion = next((name for name, kind in self.kinds.items() if kind == "I" and name.startswith(MOTION)), None)
        claims = [name for name, kind in self.kinds.items() if kind == "I" and name != motion]
        actors = Actors()
        articles, statements = self._statements(claims, actors)
        members: dict[str, list[str]] = defaultdict(list)
        for statement in statements:
            members[statement.claim].append(statement.id)
        edges = list(self._edges())
        among = [edge for edge in edges if motion not in edge[:2]]
        if motion is not None:
            sides = sides_of((origin, kind) for origin, target, kind, _ in edges if target == motion)
            debate = debate_of(motion.removeprefix(MOTION) or self.path.stem, self.texts[motion])
        else:
            debate, sides = debate_of(self.path.stem), {}
            root = root_of(claims, [edge[:3] for edge in among])
            if root is not None:
                debate = debate_of(self.path.stem, self.texts[root])
                sides = {root: "for", **derived_stances(root, [edge[:3] for edge in among])}
        made = [claim_of(name, self.texts[name], members[name], stance=sides.get(name, "neutral")) for name in claims]
        relations = relations_of(among, {statement.id: statement for statement in statements}, members, RULE)
        return finish(debate, articles, actors, statements, made, relations)

    def _statements(self, claims: Iterable[str], actors: Actors) -> tuple[list[Article], list[Statement]]:
        """A statement for each locution that asserts a claim, and one of the file for each claim that none asserts."""
        said = [(name, claim) for name, kind in self.kinds.items() if kind == "L" for claim in self._asserted(name)]
        silent = set(claims) - {claim for _, claim in said}
        entries: dict[str, list[tuple[str, str, str, tuple[str, ...] | None]]] = defaultdict(list)
        dates: dict[str, str] = {}
        for name, claim in said:
            words, speakers = self._words(name, actors)
            source = next((str(item["source"]) for item in self.locutions[name] if item.get("source")), self.path.stem)
            when = self.dates[name], *(day(str(item.get("timestamp") or "")) for item in self.locutions[name])
            dates[source] = min(filter(None, (dates.get(source), *when)), default="")
            entries[source].append((name, claim, words, speakers))
        for claim in claims:
            if claim in silent:
                entries[self.path.stem].append((stable_id("s", claim), claim, self.texts[claim], None))
        articles, statements = [], []
        taken: set[str] = set()
        for source, group in entries.items():
            article, spans = article_of(source, [words for _, _, words, _ in group], date=dates.get(source, ""))
            articles.append(article)
            for (name, claim, _, who), span in zip(group, spans):
                name = name if name not in taken else stable_id("s", name, claim)
                taken.add(name)
                statements.append(statement_of(name, source, span, claim, actors=who or (), own=who is None))
        order = {name: number for number, name in enumerate(self.kinds)}
        return sorted(articles, key=lambda article: article.id), sorted(statements, key=lambda s: order.get(s.id, len(order)))

    def _asserted(self, locution: str) -> list[str]:
        """The claims that a locution leads to through an illocution, unless that is a question."""
        return list(dict.fromkeys(claim for node in self.out[locution] if self.kinds[node] == "YA" and not ASKING.search(self.texts[node])
                                  for claim in self.out[node] if self.kinds[claim] == "I" and not claim.startswith(MOTION)))

    def _words(self, locution: str, actors: Actors) -> tuple[str, tuple[str, ...]]:
        """What a locution says, and who says it."""
        text, names, speakers = self.texts[locution], [], []
        for item in self.locutions[locution]:
            person = self.people.get(str(item.get("personID")))
            if person is not None:
                first, last = (str(person.get(key) or "") for key in ("firstname", "surname"))
                names.append(f"{first} {last}" if first and last else first or last)
                speakers.append(actors.add(names[-1], "person" if first else "organisation"))
        for prefix in (f"{', '.join(names)}: ", f"{', '.join(names)} : ") if names else ():
            if text.startswith(prefix):
                text = text.removeprefix(prefix)
                break
        return text, tuple(dict.fromkeys(speakers))

    def _edges(self) -> Iterator[tuple[str, str, RelationKind, list[tuple[str, str]]]]:
        """Origin and target claim of each RA and CA, with the statements of the transitions that it is anchored in."""
        for node, kind in self.kinds.items():
            if kind not in SCHEMES:
                continue
            turns = [turn for illocution in self.into[node] if self.kinds[illocution] == "YA"
                     for turn in self.into[illocution] if self.kinds[turn] == "TA"]
            places = [(later, earlier) for turn in turns for later in self.out[turn] for earlier in self.into[turn]
                      if self.kinds[later] == self.kinds[earlier] == "L"]
            for origin in self.into[node]:
                if self.kinds[origin] == "I":
                    for target in self._conclusions(node):
                        if target != origin:
                            yield origin, target, SCHEMES[kind], places

    def _conclusions(self, scheme: str) -> list[str]:
        """The claims that a scheme leads to, through others if it attacks an inference."""
        found, queue, seen = [], [scheme], {scheme}
        while queue:
            for node in self.out[queue.pop()]:
                if self.kinds[node] == "I":
                    found.append(node)
                elif self.kinds[node] in SCHEMES and node not in seen:
                    seen.add(node)
                    queue.append(node)
        return list(dict.fromkeys(found))
