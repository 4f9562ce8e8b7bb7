"""A parsed article in, the attributions that hang on a noun or an adjective out: "X's fear that", "l'obiettivo di X è", "restie a"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.reported import detached_clause, lost_clause
from argmap.extract.cues.sources import can_speak, owner, source_of
from argmap.extract.cues.words import Candidate, cue_tokens, is_cue_noun, is_relative, is_unfinite, lemma, numbers, without_opener
from argmap.extract.syntax import VERBAL, children, is_finite, noun_phrase, objects, obliques, role, subjects
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Tokens after a copula within which a colon leads to what a noun is.
COLON_REACH = 4

__all__ = ["adjective", "aim", "light_verb", "noun_with_clause", "with_colon"]


def noun_with_clause(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"insurers' fear [that no one pays]", "l'accusa di X [di voler chiudere]": a noun with an owner and a clause."""
    openers = lexicon.words("cues.clause_openers")
    for noun in doc:
        if not is_cue_noun(noun, lexicon):
            continue
        parts = [c for c in children(noun, lexicon, "noun_clause", "relative_clause", "clause", "open_clause") if c.i > noun.i]
        parts = [c for c in parts if any(t.lower_ in openers and t.pos_ == "SCONJ" for t in (c.left_edge, *children(c, lexicon, "marker")))
                 or is_unfinite(c) and not any(is_relative(t, lexicon) for t in c.subtree)
                 or any(t.tag_ == "TO" for t in c.children)]
        source = owner(noun, lexicon) or (_doer(noun, lexicon) if parts else [])
        if not parts and source:
            parts = _clause_after(source[-1], lexicon)
        if parts and source:
            tokens = without_opener(sorted({t for part in parts for t in part.subtree} - set(source), key=lambda t: t.i), lexicon)
            if tokens:
                yield Candidate("cue noun", (noun.i,), numbers(source), numbers(tokens))


def _doer(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who says something in passing: "[The moderator] closed with the *remark* that…", "[Neri] se l'è cavata con la *battuta* che…"."""
    above = noun.head.head if noun.head.pos_ == "ADP" else noun.head
    case = [noun.head] if noun.head.pos_ == "ADP" else children(noun, lexicon, "case")
    if above.pos_ not in VERBAL or not any(t.lower_ in lexicon.words("cues.nouns.means") for t in case):
        return []
    return [t for t in source_of(above, lexicon) if t.i < noun.i]


def _clause_after(last: Token, lexicon: Lexicon) -> list[Token]:
    """The clause that follows a view's holder and that the parser hung on him: "It is the view of the judge [that code is speech]".

    A relative clause about the holder is none: "the claim of a firm that sells models".
    """
    opener = last.doc[last.i + 1] if last.i + 1 < last.sent.end else last
    clause = opener.head
    if opener.lower_ not in lexicon.words("cues.clause_openers") or clause.i < opener.i or not is_finite(clause, lexicon):
        return []
    own = [s for s in subjects(clause, lexicon) if s != opener and s.i > opener.i]
    filled = opener.pos_ == "SCONJ" or len(objects(clause, lexicon)) > 1 or role(opener, lexicon) == "marker"
    return [clause] if own and filled else []


def aim(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"the plan's aim is [to spread open models]", "uno degli obiettivi del piano è [favorire…]": a noun said to be a clause."""
    words = lexicon.words("cues.nouns.aim") | lexicon.words("cues.nouns.speech")
    for noun in doc:
        if noun.pos_ not in ("NOUN", "PROPN") or lemma(noun) not in words:
            continue
        top = noun
        for _ in range(2):  # "one of the plan's aims is…": the noun hangs below "one"
            if role(top, lexicon) in ("subject", "subject_passive"):
                break
            if role(top, lexicon) not in ("noun_modifier", "prepositional_object", "case", "oblique") or top.head.pos_ in VERBAL:
                break
            top = top.head if role(top, lexicon) != "prepositional_object" else top.head.head
        if role(top, lexicon) not in ("subject", "subject_passive"):
            continue
        source = owner(noun, lexicon)
        verb = top.head
        copulas = children(verb, lexicon, "copula") or [
            c for c in children(verb, lexicon, "auxiliary")
            if is_unfinite(verb) and lemma(c) in lexicon.words("cues.adjectives.predicate_verbs")]
        if copulas:  # UD: the predicate heads the clause
            tokens = [t for t in verb.subtree if t.i > copulas[-1].i]
        elif lemma(verb) in lexicon.words("cues.adjectives.predicate_verbs"):
            parts = [c for c in children(verb, lexicon, "clause", "open_clause", "predicate") if c.i > verb.i]
            tokens = [t for part in parts if part.pos_ in VERBAL for t in part.subtree] or lost_clause(verb, lexicon)
        else:
            continue
        tokens = without_opener(tokens, lexicon)
        if any(t.text == ":" for t in tokens[:COLON_REACH]):
            continue  # "His message is clear: [no filter lasts]"
        if tokens and source and any(t.pos_ in VERBAL for t in tokens):
            yield Candidate("aim noun", (noun.i,), numbers(source), numbers(tokens))


def with_colon(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Her main argument was the small print: [recordings may be used…]", "La sua conclusione: [servono vigili]"."""
    words = lexicon.words("cues.nouns.aim") | lexicon.words("cues.nouns.speech")
    for colon in doc:
        if colon.text != ":" or quoted & {colon.i, colon.i + 1, colon.i + 2}:
            continue
        told = list(doc[colon.i + 1:colon.sent.end])
        if not any(t.pos_ in VERBAL and (is_finite(t, lexicon) or role(t, lexicon) == "root") for t in told):
            continue
        for noun in doc[colon.sent.start:colon.i]:
            if noun.pos_ == "NOUN" and lemma(noun) in words and role(noun, lexicon) in ("subject", "root", "predicate", "object"):
                source = owner(noun, lexicon) or _origin(noun, lexicon)
                if source:
                    yield Candidate("aim noun", (noun.i,), numbers(source), numbers(told))
                    break


def _origin(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who it comes from that a noun names: "L'allarme arriva dal [garante]: …", "A warning came from [the regulator]: …"."""
    for words, other in obliques(noun.head, lexicon) if noun.head.pos_ in VERBAL else ():
        if words.split(" ")[0] in lexicon.words("cues.prepositions.origins") and can_speak(other, lexicon):
            return noun_phrase(other, lexicon)
    return []


def light_verb(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"ha espresso [parere favorevole]", "voiced [support for the bill]": the noun says what the verb does not."""
    for verb in doc:
        if verb.pos_ not in VERBAL or lemma(verb) not in lexicon.words("cues.nouns.light_verbs"):
            continue
        for thing in objects(verb, lexicon):
            if lemma(thing) not in lexicon.words("cues.nouns.light_objects"):
                continue
            source = source_of(verb, lexicon)
            if source and not any(c.i > thing.i for c in children(thing, lexicon, "noun_clause", "clause")):
                yield Candidate("light verb", cue_tokens(verb, lexicon), numbers(source), numbers(thing.subtree))


def adjective(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"…, convinto [che senza entrate nessuna impresa regga]", "seem reluctant [to embrace openness]"."""
    words = lexicon.words("cues.adjectives.speech")
    prepositions = lexicon.words("cues.adjectives.prepositions")
    predicates = lexicon.words("cues.adjectives.predicate_verbs")
    author = lexicon.words("cues.pronouns_author") | lexicon.words("cues.pronouns_reader")
    for token in doc:
        if lemma(token) not in words and token.lower_ not in words or token.pos_ not in ("ADJ", "VERB", "NOUN"):
            continue
        parts = children(token, lexicon, "clause", "open_clause", "adverbial_clause", "noun_clause", "prepositional_clause")
        predicated = role(token, lexicon) in ("predicate", "open_clause", "object") and lemma(token.head) in predicates
        if predicated:
            parts += children(token.head, lexicon, "clause", "open_clause")
        parts = [p for p in parts if p.i > token.i] or list(detached_clause(token, lexicon))
        parts += [inner for c in token.children if c.lower_ in prepositions
                  for inner in children(c, lexicon, "prepositional_clause", "clause")]
        tokens = [t for part in parts for t in part.subtree]
        if not tokens:
            tokens = [t for words_, noun in obliques(token, lexicon) if words_.split(" ")[0] in prepositions for t in noun.subtree
                      if noun.i > token.i]
        if not tokens:
            continue
        source: list[Token] = []
        verb = token.head
        copulas = children(token, lexicon, "copula")
        if predicated:
            source = source_of(verb, lexicon)
            cue: tuple[int, ...] = tuple(range(verb.i, token.i + 1)) if 0 < token.i - verb.i < 5 else (token.i,)
        elif copulas or subjects(token, lexicon):
            source, cue = source_of(token, lexicon), (*[c.i for c in copulas], token.i)
        else:
            cue = (token.i,)
            modifies = role(token, lexicon) in ("adjective", "noun_clause", "apposition", "relative_clause")
            if modifies and token.head.pos_ in ("NOUN", "PROPN"):
                source = noun_phrase(token.head, lexicon)
            elif role(token, lexicon) in ("adverbial_clause", "predicate", "open_clause", "conjunct"):
                above = token.head
                source = noun_phrase(above, lexicon) if above.pos_ in ("NOUN", "PROPN") else source_of(token, lexicon)
        # What hangs on the adjective is no source, unless it is its subject, as UD has it: "*Il ministro* è favorevole".
        below = set(token.subtree) - {t for head in children(token, lexicon, "subject") for t in head.subtree}
        source = [t for t in source if t.i not in {x.i for x in tokens} and t not in below]
        tokens = without_opener(sorted(set(tokens), key=lambda t: t.i), lexicon)
        dropped = not source and lexicon.value("cues.drops_subjects") == "yes" and role(token, lexicon) == "root" and any(
            is_finite(c, lexicon) for c in children(token, lexicon, "copula", "auxiliary"))
        if dropped:  # "si è convinta [che la buona volontà non basti]"
            cue = tuple(range(min(c.i for c in children(token, lexicon, "copula", "auxiliary", "expletive") or [token]), token.i + 1))
        if (dropped or source and source[0].lower_ not in author) and tokens:
            yield Candidate("attitude adjective", cue, numbers(source), numbers(tokens))
