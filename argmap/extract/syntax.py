"""Parsed tokens in, grammatical facts out, the same for every language.

Parsers name relations differently (English in ClearNLP's labels, Italian in Universal Dependencies'); a language file's
``[roles]`` maps its labels to the roles used here, named after UD: ``subject``, ``subject_passive``, ``object``,
``indirect_object``, ``clause`` (ccomp, csubj), ``open_clause`` (xcomp), ``adverbial_clause``, ``relative_clause``,
``noun_clause`` (acl), ``apposition``, ``conjunct``, ``coordinator``, ``marker``, ``case``, ``oblique``, ``agent``,
``noun_modifier``, ``possessive``, ``determiner``, ``adjective``, ``number``, ``adverb``, ``auxiliary``, ``copula``,
``predicate``, ``negation``, ``name`` (flat, compound), ``parataxis``, ``vocative``, ``expletive``, ``punctuation``,
``root``, ``other``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from argmap.lexicon import Lexicon
from argmap.model import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Marks that end a noun phrase whatever the parser hung behind them.
STOPS = frozenset({",", ";", ":", "(", ")", "«", "»", "“", "”", "—", "–"})

__all__ = [
    "VERBAL", "agents", "children", "clause_tokens", "complements", "conjuncts", "find_phrases", "is_finite", "is_negated",
    "noun_phrase", "objects", "obliques", "role", "runs", "subjects", "to_spans", "verb_group",
]

#: Keys under which a document keeps what was worked out about its tokens.
CHILDREN, FINITE, PIECES = "argmap children", "argmap finite", "argmap pieces"
#: Parts of speech that head clauses.
VERBAL = frozenset({"VERB", "AUX"})
#: Roles whose subtree is not part of the noun phrase that names somebody: "Amodei, [who leads Anthropic,]", "[queste sono] le parole".
LOOSE = frozenset({"apposition", "relative_clause", "noun_clause", "parataxis", "adverbial_clause", "punctuation", "conjunct",
                   "coordinator", "subject", "subject_passive", "copula", "auxiliary"})


def role(token: Token, lexicon: Lexicon) -> str:
    """The token's grammatical role in the terms of this module."""
    return lexicon.roles.get(token.dep_, "other")


def children(token: Token, lexicon: Lexicon, *roles: str) -> list[Token]:
    """The token's children in any of these roles, in text order."""
    return [child for kind, child in _linked(token, lexicon) if kind in roles]


def _linked(token: Token, lexicon: Lexicon) -> tuple[tuple[str, Token], ...]:
    """The token's children with their roles. Rules ask for them over and over, so the document keeps them."""
    known: dict[int, tuple[tuple[str, Token], ...]] = token.doc.user_data.setdefault(CHILDREN, {})
    found = known.get(token.i)
    if found is None:
        found = known[token.i] = tuple((role(child, lexicon), child) for child in token.children)
    return found


def subjects(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The heads of the verb's own subjects, coordinated ones included; a coordinated verb shares its first verb's.

    "Meta and IBM launched the alliance and said that…": *said* has Meta and IBM.
    """
    own = children(verb, lexicon, "subject", "subject_passive")
    at = verb
    while not own and role(at, lexicon) == "conjunct" and at.head != at:
        at = at.head
        own = children(at, lexicon, "subject", "subject_passive")
    return [token for head in own for token in (head, *conjuncts(head, lexicon))]


def conjuncts(token: Token, lexicon: Lexicon) -> list[Token]:
    """The tokens coordinated with this one, after it, in text order."""
    found: list[Token] = []
    todo = children(token, lexicon, "conjunct")
    while todo:
        at = todo.pop(0)
        found.append(at)
        todo = children(at, lexicon, "conjunct") + todo
    return found


def objects(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The heads of the verb's direct objects."""
    return children(verb, lexicon, "object")


def complements(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The heads of the clauses that complete the verb: finite ones and infinitives."""
    return children(verb, lexicon, "clause", "open_clause")


def obliques(token: Token, lexicon: Lexicon) -> list[tuple[str, Token]]:
    """Pairs of preposition (lower-case words) and noun that depend on a verb or noun.

    English hangs the noun on its preposition (*against* ← *openness*), UD the preposition on the noun; multi-word
    prepositions ("according to") are joined.
    """
    found: list[tuple[str, Token]] = []
    for child in token.children:
        if role(child, lexicon) in ("case", "agent") and any(role(c, lexicon) in ("prepositional_object", "case") for c in child.children):
            words, at = [child.lower_], child
            inner = [c for c in at.children if role(c, lexicon) == "case"]
            while inner and not children(at, lexicon, "prepositional_object"):
                at = inner[0]
                words.append(at.lower_)
                inner = [c for c in at.children if role(c, lexicon) == "case"]
            found += [(" ".join(words), noun) for noun in children(at, lexicon, "prepositional_object")]
        elif role(child, lexicon) in ("oblique", "agent", "noun_modifier"):
            cases = [c for c in child.children if role(c, lexicon) == "case"]
            words = [w.lower_ for case in cases for w in sorted((case, *case.subtree), key=lambda t: t.i)]
            found.append((" ".join(dict.fromkeys(words)), child))
    return found


def agents(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The doers of a passive: "criticised by Meta", "criticato da Meta"."""
    named = [noun for child in verb.children if role(child, lexicon) == "agent"
             for noun in (children(child, lexicon, "prepositional_object") or [child])]
    origins, when = lexicon.words("cues.prepositions.agents"), lexicon.words("cues.time")
    if not named and origins and any("pass" in child.dep_ for child in verb.children):
        # An oblique to the parser: "è stata definita una minaccia *dagli industriali*", not "da mesi".
        named = [noun for words, noun in obliques(verb, lexicon) if words in origins and noun.i > verb.i
                 and noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() not in when][:1]
    return named


def is_negated(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a negation word depends on the verb or on its auxiliary."""
    words = lexicon.words("negation.words")
    return any(role(child, lexicon) == "negation" or child.lower_ in words for child in verb.children)


def is_finite(token: Token, lexicon: Lexicon) -> bool:
    """Whether the token heads a finite clause: a finite verb, or a predicate or verb with a finite auxiliary or copula.

    Treebanks differ: some mark finite forms ``VerbForm=Fin``, some only by their mood.
    """
    known: dict[int, bool] = token.doc.user_data.setdefault(FINITE, {})
    found = known.get(token.i)
    if found is None:
        forms = (token, *children(token, lexicon, "auxiliary", "copula"))
        found = known[token.i] = any("Fin" in form.morph.get("VerbForm", []) or form.morph.get("Mood", []) for form in forms)
    return found


def verb_group(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The verb with its auxiliaries, clitics and particles: "ha sottolineato", "has pointed out"."""
    parts = [verb, *children(verb, lexicon, "auxiliary", "particle", "copula", "expletive")]
    parts.sort(key=lambda token: token.i)
    return parts


def clause_tokens(head: Token, *, without: Collection[Token] = ()) -> list[Token]:
    """The tokens of a head's subtree, in text order, without the subtrees of some of its descendants."""
    barred = {token.i for top in without for token in top.subtree}
    return [token for token in head.subtree if token.i not in barred]


def noun_phrase(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The phrase that a noun heads, without preposition, apposition, relative clause and coordinated phrases.

    "Secondo [il CEO di Hugging Face], che…": the four words.
    """
    tops = [child for child in noun.children if _loose(child, lexicon) or (role(child, lexicon) == "case" and child.i < noun.i)]
    tokens = clause_tokens(noun, without=tops)
    # A phrase is one stretch: what the parser hung on from across a comma belongs elsewhere.
    kept = [noun]
    wanted = {token.i for token in tokens}
    relatives = lexicon.words("cues.relatives")
    for step in (-1, 1):
        at = noun.i + step
        while at in wanted and noun.doc[at].text not in STOPS and not (step > 0 and noun.doc[at].lower_ in relatives):
            kept.append(noun.doc[at])
            at += step
    kept.sort(key=lambda token: token.i)
    while kept[-1].i > noun.i and kept[-1].pos_ in ("ADP", "CCONJ", "DET"):
        kept.pop()  # "le aziende [tra] cui…": what is left of a clause
    return kept


def _loose(child: Token, lexicon: Lexicon) -> bool:
    # "l'amministratrice delegata", "the report published in May": a participle belongs to the name, a clause does not.
    kind = role(child, lexicon)
    if kind == "noun_clause" and "Part" in child.morph.get("VerbForm", []) and "Past" in child.morph.get("Tense", []):
        return is_finite(child, lexicon)
    if kind == "adjective" and child.pos_ == "VERB" and child.i > child.head.i and "Fin" in child.morph.get("VerbForm", []):
        return True  # "la società | precisa che…": a verb to the tagger, an adjective to the parser
    return kind in LOOSE


def runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens grouped into stretches without a gap; punctuation and white space at a stretch's ends are dropped."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if run and token.i != run[-1].i + 1:
            yield from _trimmed(run)
            run = []
        run.append(token)
    yield from _trimmed(run)


def _trimmed(run: list[Token]) -> Iterator[list[Token]]:
    while run and (run[0].is_space or (run[0].is_punct and not run[0].is_left_punct and not run[0].is_quote)):
        run = run[1:]
    while run and (run[-1].is_space or (run[-1].is_punct and not run[-1].is_right_punct and not run[-1].is_quote)):
        run = run[:-1]
    if run:
        yield run


def to_spans(tokens: Iterable[Token], article: Article) -> tuple[Span, ...]:
    """The stretches that the tokens make up, as spans of the article."""
    return tuple(article.span(run[0].idx, run[-1].idx + len(run[-1])) for run in runs(tokens))


def find_phrases(doc: Doc | Sequence[Token], phrases: Collection[str]) -> list[tuple[int, int, str]]:
    """Where phrases stand: (first token, token after the last, phrase), longest first at each place, no overlaps.

    Phrases are lower-case words separated by spaces; apostrophes match whatever their shape ("l'anno", "l’anno"), words
    with hyphens whether or not the tokenizer splits them ("open-source").
    """
    wanted, starts, longest = _compiled(phrases if isinstance(phrases, frozenset) else frozenset(phrases))
    if not len(doc):
        return []
    whole = doc[0].doc
    known: list[tuple[str, ...]] = whole.user_data.setdefault(PIECES, [])
    if not known:
        known += [_pieces(token.lower_) for token in whole]
    numbers = range(len(whole)) if doc is whole else [token.i for token in doc]
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(numbers):
        first = known[numbers[at]]
        if not first or first[0] not in starts:
            at += 1
            continue
        pieces: tuple[str, ...] = ()
        best: tuple[int, int, str] | None = None
        for end in range(at, min(len(numbers), at + longest)):
            pieces += known[numbers[end]]
            phrase = wanted.get(pieces, "")
            if phrase:
                best = (numbers[at], numbers[end] + 1, phrase)
            if len(pieces) >= longest:
                break
        if best:
            found.append(best)
            at += best[1] - best[0]
        else:
            at += 1
    return found


@lru_cache(maxsize=256)
def _compiled(phrases: frozenset[str]) -> tuple[dict[tuple[str, ...], str], frozenset[str], int]:
    """The phrases by their pieces, the first pieces, and how many pieces the longest has. Lists recur for every sentence."""
    wanted = {_pieces(phrase): phrase for phrase in sorted(phrases)}
    return wanted, frozenset(key[0] for key in wanted if key), max((len(key) for key in wanted), default=0)


@lru_cache(maxsize=1 << 16)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(text.replace("’", "'").replace("'", "' ").replace("-", " - ").split())
