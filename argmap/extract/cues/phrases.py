"""A parsed article in, the attributions out of verbs with a preposition: "argues against X", "is in favour of X", "dice no a X"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import can_speak, source_of
from argmap.extract.cues.words import (
    Candidate,
    cue_tokens,
    is_cue_verb,
    is_gerund,
    is_relative,
    is_unfinite,
    lemma,
    numbers,
    phrase_tokens,
    without_opener,
)
from argmap.extract.syntax import VERBAL, children, clause_tokens, complements, conjuncts, is_finite, objects, obliques, role
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["preposition_forms", "with_phrase", "with_preposition"]

#: Words that may stand between those of a phrase: "is *still very much* in favour of", "took *serious* issue with".
BETWEEN = frozenset({"ADV", "ADJ", "DET", "NUM", "PART", "AUX"})
#: At most so many of them between two.
GAP = 3
#: Stands in an entry for what a verb and its set words govern without a preposition.
OBJECT = "*"
#: Tokens after a verb within which its clause begins: "called again *for* the rules to be tightened".
CLAUSE_REACH = 4


def with_preposition(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Morisawa-Pratt cautions [against the analogy]", "Delangue invita [a un cambio di rotta]"."""
    wanted: dict[str, set[str]] = {}
    for entry in lexicon.sequence("cues.verbs.prepositional"):
        verb_lemma, _, word = entry.rpartition(" ")
        wanted.setdefault(verb_lemma, set()).add(word)
    forms = preposition_forms(lexicon)
    for verb in doc:
        if verb.pos_ not in VERBAL or lemma(verb) not in wanted:
            continue
        if any(is_finite(c, lexicon) for c in complements(verb, lexicon)):
            continue
        source = source_of(verb, lexicon)
        if not source:
            continue
        clause = next((c for c in children(verb, lexicon, "adverbial_clause") if c.i > verb.i and c.left_edge.i - verb.i <= CLAUSE_REACH
                       and c.left_edge.lower_ in wanted[lemma(verb)] and role(c.left_edge, lexicon) == "marker"), None)
        if clause is not None:  # "called [for the rules to be tightened]"
            yield Candidate("reporting verb, preposition", cue_tokens(verb, lexicon), numbers(source), numbers(clause.subtree))
            continue
        for words, noun in (*obliques(verb, lexicon), *_gerunds(verb, lexicon), *_charges(verb, lexicon)):
            word = words.split(" ")[0]
            told = f"{lemma(verb)} {forms.get(word, word)}" in lexicon.words("cues.verbs.answering") and can_speak(noun, lexicon)
            if is_relative(noun, lexicon):
                continue  # "i contribuenti, *per i quali* spinge": what is wanted stands before
            if is_cue_verb(noun, lexicon, "speech") and is_gerund(noun) and children(noun, lexicon, "clause"):
                continue  # "explained it by *saying* that…": that is what was said
            if forms.get(word, word) in wanted[lemma(verb)] and not told:
                tokens = sorted(noun.subtree, key=lambda t: t.i)
                opener = [t for t in verb.children if role(t, lexicon) == "case" and t.is_ancestor(noun)]
                between = [t for o in objects(verb, lexicon) if verb.i < o.i < noun.i for t in o.subtree]  # "accuses [Meta of hiding it]"
                yield Candidate("reporting verb, preposition", cue_tokens(verb, lexicon), numbers(source),
                                numbers([*between, *opener, *tokens]))
                break


def _gerunds(verb: Token, lexicon: Lexicon) -> list[tuple[str, Token]]:
    """Pairs of preposition and clause that depend on a verb: "accuses Meta *of hiding* it", "spoke *about leaving*"."""
    return [(case.lower_, clause) for case in children(verb, lexicon, "case") for clause in children(case, lexicon, "prepositional_clause")]


def _charges(verb: Token, lexicon: Lexicon) -> list[tuple[str, Token]]:
    """What the parser hung on whom a verb charges with it: "accused [the mayor *of hiding* it]"."""
    if lemma(verb) not in lexicon.words("cues.verbs.charging"):
        return []
    return [pair for thing in objects(verb, lexicon) for pair in (*obliques(thing, lexicon), *_gerunds(thing, lexicon))]


def preposition_forms(lexicon: Lexicon) -> dict[str, str]:
    """Each form of a preposition mapped to its plain one: *dell'* to *di*."""
    return {form: forms.split()[0] for forms in lexicon.sequence("prepositions.forms") for form in forms.split()}


def with_phrase(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Mistral is against [any threshold]", "la ministra prende le distanze [dalla proposta]", "took issue with [the claim]"."""
    wanted = _phrases(lexicon)
    forms = preposition_forms(lexicon)
    for verb in doc:
        if verb.pos_ not in VERBAL:
            continue
        for middle, last in wanted.get(lemma(verb), ()):
            preposition = _end(verb, middle if last == OBJECT else (*middle, last), forms, lexicon)
            if preposition is None:
                continue
            if last == OBJECT:  # "mettono in dubbio [l'efficacia dei filtri]"
                preposition = preposition.nbor(1) if preposition.i + 1 < len(doc) else preposition
                things = [thing for thing in objects(verb, lexicon) if thing.left_edge == preposition]
                tokens = [t for thing in things for t in phrase_tokens(thing, lexicon)]
            else:
                tokens = _governed(preposition, lexicon)
            if tokens:  # "fa appello ai cittadini [di restare a casa]"
                hosts = (verb, *objects(verb, lexicon))
                tokens += [t for host in hosts for c in children(host, lexicon, "open_clause", "noun_clause", "adverbial_clause")
                           if is_unfinite(c) and 0 < c.left_edge.i - tokens[-1].i <= 2 for t in c.subtree]
            anchor = verb.head if role(verb, lexicon) == "copula" else verb
            source = [t for t in source_of(anchor, lexicon) if t.i < verb.i or t.i > preposition.i]
            if source and len(tokens) > 1:
                taken = {t.i for t in source}
                clause = last in lexicon.words("cues.clause_openers")  # "ha messo in chiaro *che*…"
                content = [t for t in tokens if t.i not in taken]
                yield Candidate("reporting verb, clause" if clause else "reporting verb, preposition",
                                tuple(range(cue_tokens(verb, lexicon)[0], preposition.i)), numbers(source),
                                numbers(without_opener(content, lexicon) if clause else content))
                break


@cache
def _phrases(lexicon: Lexicon) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases by their verb: the set words between, and the preposition."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for entry in lexicon.sequence("cues.verbs.phrases"):
        first, *middle, last = entry.split(" ")
        found[first].append((tuple(middle), last))
    return {verb: tuple(entries) for verb, entries in found.items()}


def _end(verb: Token, words: tuple[str, ...], forms: dict[str, str], lexicon: Lexicon) -> Token | None:
    """The preposition that ends a phrase after its verb, if all of its words follow in order."""
    doc, at, end = verb.doc, verb.i, verb.sent.end
    for word in words:
        for number in range(at + 1, min(at + 2 + GAP, end)):
            token = doc[number]
            if word in (token.lower_, lemma(token), forms.get(token.lower_)):
                at = token.i
                break
            if token.pos_ not in BETWEEN and role(token, lexicon) != "possessive":
                return None
        else:
            return None
    return doc[at]


def _governed(preposition: Token, lexicon: Lexicon) -> list[Token]:
    """A preposition with all that it governs; UD hangs it on its noun, other treebanks the noun on it."""
    top = preposition if any(child.i > preposition.i for child in preposition.children) else preposition.head
    if top.i < preposition.i:
        return []
    tokens = clause_tokens(top, without=[c for c in conjuncts(top, lexicon) if is_finite(c, lexicon)])
    return [t for t in tokens if t.i >= preposition.i]
