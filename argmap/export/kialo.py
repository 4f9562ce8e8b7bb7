"""A map in, Kialo's indented text out (as Kialo exports and imports a discussion), and back.

The motion is the thesis; the claims of each side stand below it as Pro and Con, those that back or attack another claim below that. A
claim that belongs in several places is written once and referred to from the others (``-> See 1.2.``).

Left out: actors, articles and statements (on reading, all is said by the file); neutral claims that bear on no claim with a side, and
that a claim is neutral: below another, it takes the side that its place says; all but text and place of a claim; the rule,
confidence and places of relations; line breaks in texts.

Read from Kialo: lines that do not begin with a number go on with the text above; of what precedes the thesis only the title of the
discussion is taken, where the thesis is empty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from argmap.errors import FormatError
from argmap.export.clean import one_line
from argmap.export.incoming import (
    Actors,
    article_of,
    claim_of,
    debate_of,
    derived_stances,
    finish,
    read,
    relations_of,
    sides_of,
    statement_of,
)
from argmap.model import DebateMap, RelationKind, Stance, stable_id

__all__ = ["dumps", "load"]

WORDS: dict[RelationKind, str] = {"support": "Pro", "attack": "Con"}
KINDS: dict[str, RelationKind] = {"pro": "support", "con": "attack"}
TITLE = "Discussion Title:"
#: "1.2. Con: text", "1. thesis"
LINE = re.compile(r"(\d[\d.]*)\.[ \t]+(?:(Pro|Con):[ \t]*)?(.*)", re.IGNORECASE)
SEE = re.compile(r"->[ \t]*See[ \t]+(\d[\d.]*?)\.?", re.IGNORECASE)
#: A text that would be read as a reference or as another line's beginning.
LOOKS_LIKE = re.compile(r"(->|(?:Pro|Con):)", re.IGNORECASE)
ROOT = "1"
RULE = "kialo"


def dumps(debate_map: DebateMap) -> str:
    """The map as Kialo's text."""
    motion = one_line(next(iter(debate_map.debate.motion.text.values()), "")) or debate_map.debate.id
    onto = _below(debate_map)
    texts = {claim.id: one_line(claim.text) for claim in debate_map.claims}
    places: dict[str, str] = {}
    lines = [f"{TITLE} {motion}", "", f"{ROOT}. {_guarded(motion)}"]
    waiting: list[tuple[str, RelationKind, str]] = []
    waiting += [(claim, kind, f"{ROOT}.{number}") for number, (claim, kind) in reversed(list(enumerate(onto[""], 1)))]
    while waiting:
        claim, kind, place = waiting.pop()
        if claim in places:
            lines.append(f"{place}. {WORDS[kind]}: -> See {places[claim]}.")
            continue
        places[claim] = place
        lines.append(f"{place}. {WORDS[kind]}: {_guarded(texts[claim])}")
        waiting += [(child, kind, f"{place}.{number}") for number, (child, kind) in reversed(list(enumerate(onto[claim], 1)))]
    return "\n".join(lines) + "\n"


def load(path: Path) -> DebateMap:
    """The map of a discussion.

    Raises:
        FormatError: it is none, or a line has no place in it; the message names the line.
    """
    texts, edges, title = _lines(path)
    thesis = texts.pop(ROOT)
    ids = {place: stable_id("c", place, text) for place, text in texts.items()}
    named = {ROOT: "", **ids}
    among = [(named[origin], named[target], kind) for origin, target, kind in edges if target != ROOT and origin != target]
    sides: dict[str, Stance] = {**derived_stances("", [(named[one], named[other], kind) for one, other, kind in edges]),
                                **sides_of((named[origin], kind) for origin, target, kind in edges if target == ROOT)}
    article, spans = article_of(path.stem, list(texts.values()), title=title)
    said = {ids[place]: statement_of(stable_id("s", ids[place]), article.id, span, ids[place], own=True)
            for place, span in zip(texts, spans)}
    claims = [claim_of(ids[place], text, [said[ids[place]].id], stance=sides.get(ids[place], "neutral")) for place, text in texts.items()]
    relations = relations_of(((*edge, ()) for edge in among), {statement.id: statement for statement in said.values()},
                             {claim: [statement.id] for claim, statement in said.items()}, RULE)
    return finish(debate_of(path.stem, thesis or title), [article], Actors(), said.values(), claims, relations)


# writing

def _below(debate_map: DebateMap) -> dict[str, list[tuple[str, RelationKind]]]:
    """What stands below each claim, and below the motion ("").

    Below the motion stand the claims with a side that bear on no other claim, then those whose place below others would tell
    another side, or none.
    """
    onto: dict[str, list[tuple[str, RelationKind]]] = defaultdict(list)
    for relation in debate_map.relations:
        if relation.origin != relation.target and (relation.origin, relation.kind) not in onto[relation.target]:
            onto[relation.target].append((relation.origin, relation.kind))
    bearing = {origin for below in onto.values() for origin, _ in below}
    sided: dict[str, RelationKind] = {claim.id: "support" if claim.stance == "for" else "attack"
                                      for claim in debate_map.claims if claim.stance != "neutral"}
    stances: dict[str, Stance] = {claim.id: claim.stance for claim in debate_map.claims}
    below = {claim for claim in sided if claim not in bearing}
    while True:
        onto[""] = [(claim, kind) for claim, kind in sided.items() if claim in below and claim not in bearing]
        onto[""] += [(claim, kind) for claim, kind in sided.items() if claim in below and claim in bearing]
        told = derived_stances("", [(origin, target, kind) for target, group in onto.items() for origin, kind in group])
        wrong = {claim for claim in sided if told.get(claim) != stances[claim]}
        if not wrong:
            break
        below |= wrong
    return onto


def _guarded(text: str) -> str:
    """The text, with a full stop before what would be read as something else."""
    return f". {text}" if LOOKS_LIKE.match(text) or text.startswith(". ") else text


# reading

def _lines(path: Path) -> tuple[dict[str, str], list[tuple[str, str, RelationKind]], str]:
    """The text of each place, the relations between places, and the discussion's title."""
    texts: dict[str, str] = {}
    see: dict[str, str] = {}
    edges: list[tuple[str, str, RelationKind]] = []
    title, last = "", ""
    for number, line in enumerate(read(path).split("\n"), 1):
        line = line.strip()
        match = LINE.fullmatch(line)
        if not match:
            if line.startswith(TITLE):
                title = line.removeprefix(TITLE).strip()
            elif line and last in texts:
                texts[last] += f" {line}"
            continue
        place, word, text = match[1], match[2], match[3]
        parent = place.rpartition(".")[0]
        if place in texts or place in see:
            raise FormatError(f"{path}, line {number}: there is a {place[:40]}. above: number the claims as Kialo does")
        if place != ROOT and (word is None or parent not in texts):
            wrong = "has no Pro or Con" if word is None else "stands below no claim"
            raise FormatError(f"{path}, line {number}: {place[:40]}. {wrong}: write '1.1. Pro: text' below '1. thesis'")
        last = place
        if found := SEE.fullmatch(text):
            see[place] = found[1]
        else:
            texts[place] = text.removeprefix(". ")
        if place != ROOT:
            edges.append((place, parent, KINDS[word.lower()]))
    if ROOT not in texts:
        raise FormatError(f"{path}: no discussion of Kialo: there is no line '1. thesis'")
    if lost := [place for place, target in see.items() if target not in texts]:
        raise FormatError(f"{path}: {lost[0][:40]}. refers to {see[lost[0]][:40]}., which is not there")
    return texts, [(see.get(origin, origin), target, kind) for origin, target, kind in edges], title
