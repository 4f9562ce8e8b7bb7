"""A reporting verb in, what it reports out: its clause where the parser hung it elsewhere, and where that begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import can_speak
from argmap.extract.cues.words import finite_person, is_cue_verb, is_gerund, is_relative, is_unfinite, lemma
from argmap.extract.syntax import VERBAL, children, conjuncts, is_finite, noun_phrase, objects, obliques, role, subjects
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "addressees", "adds", "asked_clause", "backshifted", "detached_clause", "lost_clause", "second_clause", "until_next_report",
    "without_day",
]

#: Tokens after a verb within which the word that opens its clause is looked for, and that an insertion between them may have.
OPENER_REACH, BETWEEN = 5, 10
#: Tokens after a conjunction within which a second reporting verb stands: "e poi ha indicato".
CUE_REACH = 4


def detached_clause(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """A clause that the parser hung elsewhere although its opener follows the verb: "ha detto ieri che…"."""
    end, openers = verb.sent.end, lexicon.words("cues.clause_openers")
    at = max((t.i + 1 for told in addressees(verb, lexicon) for t in noun_phrase(told, lexicon)), default=verb.i + 1)
    if at < end and verb.doc[at].text == ",":  # "hanno detto, così come Alfano, che…"
        at = next((i + 1 for i in range(at + 1, min(at + BETWEEN, end)) if verb.doc[i].text == ","), end)
    for token in verb.doc[at:min(at + OPENER_REACH, end)]:
        if token.is_punct:
            return
        if token.lower_ in openers and token.pos_ in ("SCONJ", "PRON", "ADP", "DET") or (
                token.i == verb.i + 1 and token.lower_ in lexicon.words("cues.complementizers") and token.pos_ in ("SCONJ", "ADV")):
            head = token.head
            if _points(token, lexicon):
                return
            if is_relative(token, lexicon) and head.head in objects(verb, lexicon) and head.head not in addressees(verb, lexicon) \
                    and lemma(head.head) not in lexicon.words("cues.time") \
                    and role(head, lexicon) == "relative_clause":
                return  # "accepts a model [that flatters a government]"
            if role(head, lexicon) == "noun_clause" and head.head in objects(verb, lexicon) and not can_speak(head.head, lexicon) \
                    and lemma(head.head) not in lexicon.words("cues.time") and lemma(verb) not in lexicon.words("cues.nouns.light_verbs"):
                return  # "found no evidence [that filters work]" reports the evidence, not that they work
            if head.i > token.i and head.sent == verb.sent and not head.is_ancestor(verb) \
                    and head.pos_ in (*VERBAL, "NOUN", "ADJ", "PROPN"):
                yield head
            return


def _points(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word points at a thing and opens no clause: "proposed *that* test last month"."""
    return role(token, lexicon) == "determiner" and not any(is_finite(t, lexicon) for t in token.doc[token.i + 1:token.sent.end])


def addressees(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Who is told, of a verb whose object that is: "warned [a Senate panel] that…", "ha avvertito [i deputati]"."""
    if lemma(verb) not in lexicon.words("cues.verbs.addressing"):
        return []
    return [noun for noun in objects(verb, lexicon) if can_speak(noun, lexicon)]


def asked_clause(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """An infinitive that the parser hung on the one who is asked: "chiede al governo [di non toccare il divieto]"."""
    for noun in (*objects(verb, lexicon), *(noun for _, noun in obliques(verb, lexicon))):
        if noun.i > verb.i and can_speak(noun, lexicon):
            for clause in children(noun, lexicon, "noun_clause"):
                acting = is_unfinite(clause) or any(map(is_unfinite, children(clause, lexicon, "auxiliary")))  # "di *aver* mentito"
                if acting and children(clause, lexicon, "marker"):
                    yield clause
                    return


def lost_clause(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What follows a reporting verb and its opener where the parser found no clause: "sosteneva che [alle scuole conviene…]".

    So does what is recalled: "ricorda *come* [le stesse voci avessero predetto…]".
    """
    doc, end = verb.doc, verb.sent.end
    at = verb.i + 1
    while at < end and doc[at].pos_ == "ADV":
        at += 1
    recalls = lemma(verb) in lexicon.words("cues.verbs.recalling") and at < end and doc[at].lower_ in lexicon.words("cues.recalled")
    opener = doc[at] if at < end and doc[at].lower_ in lexicon.words("cues.clause_openers") and doc[at].pos_ == "SCONJ" else None
    if at + 2 >= end or not recalls and (opener is None or _points(opener, lexicon)):
        return []
    stop = next((t.i for t in doc[at:end] if t.text in ";:"), end)
    return list(doc[at + 1:stop])


def second_clause(part: Token, content: set[Token], lexicon: Lexicon) -> list[Token]:
    """What the parser lost of a reported clause: "ammette che A, e che B" reports both, and what stands between."""
    doc, openers = part.doc, lexicon.words("cues.clause_openers")
    end = max(t.i for t in content) + 1
    stop = next((t.i for t in doc[end:part.sent.end] if t.text in ";:"), part.sent.end)
    for at in range(end, stop - 1):
        if doc[at].pos_ == "CCONJ" and doc[at + 1].lower_ in openers and doc[at + 1].pos_ == "SCONJ":
            return list(doc[end:stop])
    return []


def backshifted(verb: Token, content: set[Token], lexicon: Lexicon) -> list[Token]:
    """What goes on in another tense than the telling, although the parser joined it to it: "said tolls were “absurd,” and *would* rise"."""
    end = max(t.i for t in content) + 1
    for second in conjuncts(verb, lexicon):
        between = [t for t in verb.doc[end:second.left_edge.i] if not t.is_punct and not t.is_quote and t.pos_ != "CCONJ"]
        past = _is_past(verb, lexicon), _is_past(second, lexicon)
        if second.left_edge.i < end or between or not is_finite(second, lexicon) or past != (True, False):
            return []
        shifted = any(t.lower_ in lexicon.words("cues.backshifted") for t in children(second, lexicon, "auxiliary"))
        alone = not children(second, lexicon, "subject", "subject_passive")  # "…, and *have been* unreliable"; not "…, and *it is* true"
        if not shifted and not alone or is_cue_verb(second, lexicon, "speech", "thought", "attitude", "intention"):
            return []
        return list(verb.doc[end:second.right_edge.i + 1])
    return []


def _is_past(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a finite verb's own form is of the past: "said", not "would say", "has said"."""
    forms = (*children(verb, lexicon, "auxiliary", "copula"), verb)
    return "Past" in next((t for t in forms if "Fin" in t.morph.get("VerbForm", [])), verb).morph.get("Tense", [])


def without_day(verb: Token, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content without the day it was said on, which the parser takes for a part of it: "said *Monday* [it would close]"."""
    first = tokens[0] if tokens else verb
    last = first if lemma(first) in lexicon.words("cues.time") else first.head
    if first.i != verb.i + 1 or lemma(last) not in lexicon.words("cues.time") or last.left_edge != first:
        return tokens
    begins = any(s.left_edge.i == last.i + 1 for s in subjects(last.head, lexicon))
    return [t for t in tokens if t.i > last.i] if begins else tokens


def until_next_report(verb: Token, clause: Token, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content up to a verb that reports again for the same speaker: "ha detto [che resterà] e ha indicato…".

    The parser often hangs the second verb on the clause; its tense, the first verb's and not the clause's, tells.
    """
    for token in tokens:
        if adds(token, lexicon):
            return [t for t in tokens if t.i < token.i - 1]
        if token.pos_ != "CCONJ":
            continue
        second = next((t for t in token.doc[token.i + 1:token.i + CUE_REACH] if t.pos_ == "VERB"), None)
        if second is not None and is_cue_verb(second, lexicon, "speech", "attitude", "naming") \
                and not children(second, lexicon, "subject") \
                and (_tense(second, lexicon) == _tense(verb, lexicon) != _tense(clause, lexicon) or _leaves(clause, second, lexicon)):
            return [t for t in tokens if t.i < token.i]
    return tokens


def adds(token: Token, lexicon: Lexicon) -> bool:
    """Whether a gerund after a comma reports on for the same speaker: "…, *adding* that", "…, *aggiungendo* che"."""
    return token.i > 0 and token.nbor(-1).text == "," and is_gerund(token) and is_cue_verb(token, lexicon, "speech") \
        and bool(children(token, lexicon, "clause")) and not children(token, lexicon, "subject", "auxiliary")


def _leaves(clause: Token, second: Token, lexicon: Lexicon) -> bool:
    """Whether a verb cannot go on with an infinitive: "nega di saperlo e *assicura* che…"."""
    return is_unfinite(clause) and not is_finite(clause, lexicon) and is_finite(second, lexicon) and "3" in finite_person(second, lexicon)


def _tense(verb: Token, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The finite form's mood, tense, person and number, and whether it is an auxiliary's."""
    forms = (*children(verb, lexicon, "auxiliary", "copula"), verb)
    finite = next((t for t in forms if t.morph.get("Mood", []) or t.morph.get("Tense", [])), verb)
    return (*(tuple(finite.morph.get(name, [])) for name in ("Mood", "Tense", "Number")), (str(finite != verb),))
