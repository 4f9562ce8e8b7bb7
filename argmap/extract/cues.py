"""A parsed article in, its candidate attributions out: each cue word with who it cites and for which words.

One function a construction; each yields `Candidate`s over token numbers. The words live in the language file's
``cues`` tables, the constructions here: PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018) list the same ones.
Quotation marks play no part here: `argmap.extract.attribute` joins quotations with these candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from argmap.extract.syntax import (
    agents, children, clause_tokens, complements, conjuncts, find_phrases, is_finite, is_negated, noun_phrase, objects, obliques, role, subjects, verb_group,
)
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Candidate", "candidates", "cue_tokens", "is_causative", "is_cue_noun", "is_cue_verb", "owner", "source_of"]

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One cue with what it introduces, as token numbers; `rule` names the construction, `confidence` its precision."""

    rule: str
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float


def candidates(doc: Doc, lexicon: Lexicon, *, quoted: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidate attributions of an article, in text order.

    `quoted` holds the numbers of the tokens inside quotation marks: there "I" is a speaker, not the article's author.
    """
    found: list[Candidate] = []
    for construction in (verb_with_clause, verb_with_noun, verb_with_preposition, naming_verb, adjective, cue_noun, aim_noun,
                         light_verb, preposition):
        found += construction(doc, lexicon)
    found += after_colon(doc, lexicon, quoted)
    found += before_it(doc, lexicon)
    insertions = list(aside(doc, lexicon, quoted))
    verbs = {number for candidate in insertions for number in candidate.cue}
    found = insertions + [candidate for candidate in found if not verbs & set(candidate.cue)]
    found = [candidate for candidate in found if quoted & set(candidate.cue) or not _authors_own(doc, candidate, lexicon)]
    found = [replace(candidate, content=_segment(doc, candidate, quoted)) for candidate in found]
    return sorted((c for c in found if c.content), key=lambda c: (c.cue, c.content))


def _authors_own(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the writer or the reader is cited ("I believe", "as you may think"): that is no attribution."""
    if candidate.source:
        words = {doc[number].lower_ for number in candidate.source}
        return len(candidate.source) == 1 and bool(words & (lexicon.words("cues.pronouns_author") | lexicon.words("cues.pronouns_reader")))
    verbs = [doc[number] for number in candidate.cue if doc[number].pos_ in VERBAL]
    return any({"1", "2"} & set(finite_person(verb, lexicon)) for verb in verbs)


def _segment(doc: Doc, candidate: Candidate, quoted: frozenset[int]) -> tuple[int, ...]:
    """A content cut at the semicolons outside quotation marks: what follows one is said anew.

    "According to X, costs have halved; others are more careful" reports the first half. A leading coordinator is cut too.
    """
    content = list(candidate.content)
    anchor = candidate.cue[0] if candidate.cue else content[0]
    stops = [t.i for t in doc[min(content[0], anchor):max(content[-1], anchor)] if t.text == ";" and t.i not in quoted]
    before = [i for i in stops if i < anchor]
    after = [i for i in stops if i > anchor and any(c < i for c in content)]
    low, high = max(before, default=-1), min(after, default=len(doc))
    kept = [i for i in content if low < i < high] or content
    while kept and (doc[kept[0]].pos_ == "CCONJ" or doc[kept[0]].is_punct and not doc[kept[0]].is_quote and not doc[kept[0]].is_left_punct) and len(kept) > 1:
        kept = kept[1:]
    # "Tuttavia, secondo gli analisti, …": a connective cut off from the rest by the cue is no part of what is said.
    if candidate.cue and len(kept) > 3 and kept[0] < anchor:
        lead = [i for i in kept if i < anchor]
        if all(doc[i].pos_ in ("ADV", "CCONJ", "SCONJ", "PUNCT") for i in lead) and len(lead) <= 3:
            kept = [i for i in kept if i > anchor]
    return tuple(kept)


def numbers(tokens: Iterable[Token]) -> tuple[int, ...]:
    return tuple(sorted({token.i for token in tokens}))


def lemma(token: Token) -> str:
    return token.lemma_.lower()


def is_cue_verb(token: Token, lexicon: Lexicon, *kinds: str) -> bool:
    """Whether a token is a verb of one of these kinds (lists under ``cues.verbs``)."""
    return token.pos_ in VERBAL and any(lemma(token) in lexicon.words(f"cues.verbs.{kind}") for kind in kinds)


def is_relative(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a relative pronoun."""
    return token.lower_ in lexicon.words("cues.relatives") and token.pos_ in ("PRON", "DET", "SCONJ") and token.dep_ != "mark"


def is_cue_noun(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a noun that names what is said: "monito", "claim"."""
    return token.pos_ == "NOUN" and lemma(token) in lexicon.words("cues.nouns.speech")


def is_causative(token: Token, lexicon: Lexicon) -> bool:
    """Whether an infinitive tells under a causative verb: "il Garante *fa sapere* di non avere obiezioni"."""
    return lemma(token) in lexicon.words("cues.verbs.causative") and any(
        lemma(other) in lexicon.words("cues.verbs.causative_heads") for other in (token.head, *token.children) if other != token)


def source_of(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The phrase that names who is cited by a verb, or nothing where it is left out.

    Tried in this order: the verb's subject, with a relative pronoun replaced by what it stands for; the agent of a
    passive; the noun that a participle or relative clause modifies; the subject of the clause above.
    """
    doers = agents(verb, lexicon)
    if doers:
        return noun_phrase(doers[0], lexicon)
    heads = subjects(verb, lexicon)
    if heads and role(heads[0], lexicon) == "subject_passive" and not doers:
        return []
    if heads:
        head = heads[0]
        if is_relative(head, lexicon):
            clause = verb
            while role(clause, lexicon) in ("conjunct", "open_clause", "auxiliary") and clause.head != clause:
                clause = clause.head
            if role(clause, lexicon) in ("relative_clause", "noun_clause") and clause.head != clause:
                return noun_phrase(clause.head, lexicon)
            return []
        if lemma(head) in lexicon.words("cues.expletives"):
            return []
        heads = [head, *(h for h in heads[1:] if h in conjuncts(head, lexicon))]
        group = [token for noun in heads for token in noun_phrase(noun, lexicon)]
        return sorted(group, key=lambda token: token.i) if len(heads) == 1 else between(group)
    at = verb
    # Two steps up reach "has tried to persuade…", "Pur riconoscendo che…, Scarampi ha osservato".
    for _ in range(3):
        above = at.head
        if above == at:
            break
        kind = role(at, lexicon)
        if kind in ("noun_clause", "relative_clause") and above.pos_ in ("NOUN", "PROPN", "PRON"):
            return noun_phrase(above, lexicon)
        if kind not in ("open_clause", "adverbial_clause", "conjunct", "auxiliary", "clause", "parataxis"):
            break
        if kind in ("clause", "parataxis") and is_finite(at, lexicon):
            break
        own = subjects(above, lexicon)
        if own and role(own[0], lexicon) == "subject":
            if is_relative(own[0], lexicon):
                return noun_phrase(above.head, lexicon) if role(above, lexicon) == "relative_clause" else []
            return noun_phrase(own[0], lexicon)
        at = above
    return []


def between(tokens: list[Token]) -> list[Token]:
    """All tokens from the first to the last: coordinated speakers are one stretch."""
    low, high = min(t.i for t in tokens), max(t.i for t in tokens)
    return list(tokens[0].doc[low:high + 1])


def finite_person(verb: Token, lexicon: Lexicon) -> list[str]:
    """The grammatical person of a verb or of its finite auxiliary."""
    for token in (verb, *children(verb, lexicon, "auxiliary", "copula")):
        if token.morph.get("Person") and token.pos_ in VERBAL:
            return list(token.morph.get("Person"))
    return []


def cue_tokens(verb: Token, lexicon: Lexicon) -> tuple[int, ...]:
    """The verb group without what interrupts it: "ha inoltre sottolineato" stays one stretch."""
    group = [t for t in verb_group(verb, lexicon) if role(t, lexicon) != "copula" or abs(t.i - verb.i) <= 3]
    near = [t.i for t in group if abs(t.i - verb.i) <= 4]
    return tuple(range(min(near), max(near) + 1)) if near else (verb.i,)


def without_opener(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content without the word that opens it: "said [that] …", "che …"."""
    openers = lexicon.words("cues.clause_openers")
    start = 0
    while start < len(tokens) and (tokens[start].is_punct and not tokens[start].is_left_punct or tokens[start].lower_ in openers and tokens[start].pos_ in ("SCONJ", "PRON", "DET", "ADP", "CCONJ")):
        start += 1
    return tokens[start:]


def reporting_clause(verb: Token, content: Iterable[Token], lexicon: Lexicon) -> set[int]:
    """The verb's own clause: what stays out of a content that surrounds it."""
    inside = {token.i for token in content}
    own = {verb.i}
    for child in verb.children:
        if role(child, lexicon) in ("subject", "subject_passive", "auxiliary", "adverb", "oblique", "agent", "indirect_object", "case",
                                    "expletive", "negation", "particle", "adverbial_clause", "object"):
            own |= {token.i for token in child.subtree if token.i not in inside or token.i == child.i}
    return own


def verb_with_clause(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"Drozdek argues [that safety is the vocabulary]", "Palavra promette [di non chiudere]", "A, said X, [B]"."""
    for verb in doc:
        if verb.pos_ not in VERBAL:
            continue
        speech = is_cue_verb(verb, lexicon, "speech") or is_causative(verb, lexicon)
        clausal = speech or is_cue_verb(verb, lexicon, "thought", "finding")
        infinitive = is_cue_verb(verb, lexicon, "intention")
        if not clausal and not infinitive:
            continue
        parts = [c for c in complements(verb, lexicon) if clausal and (is_finite(c, lexicon) or not _infinitive(c, lexicon))
                 or (infinitive or speech) and (c.i > verb.i or not is_finite(c, lexicon))]
        parts = [c for c in parts if role(c, lexicon) != "open_clause" or "Part" not in c.morph.get("VerbForm") or children(c, lexicon, "auxiliary", "copula", "subject", "subject_passive")]
        # "Insurers are less keen: they fear [that…]": what comes before belongs to the verb only where nothing follows it.
        parts = [c for c in parts if c.i > verb.i] or parts[:1]
        if not parts and clausal:
            parts = list(_detached_clause(verb, lexicon))
        if not parts:
            continue
        source = source_of(verb, lexicon)
        if not source and not speech and not impersonal(verb, lexicon) and "1" not in finite_person(verb, lexicon):
            continue
        content = {t for part in parts for t in clause_tokens(part, without=[verb] if part.is_ancestor(verb) else [])}
        content |= {t for part in parts for t in _second_clause(part, content, lexicon)}
        if infinitive and not is_finite(parts[0], lexicon):  # "invita [l'azienda a sospendere]", as English says it
            content |= {t for o in objects(verb, lexicon) if verb.i < o.i < parts[0].i for t in o.subtree}
        barred = reporting_clause(verb, [], lexicon) - {t.i for p in parts for t in p.subtree} - {t.i for o in objects(verb, lexicon) for t in o.subtree}
        tokens = without_opener(sorted((t for t in content if t.i not in barred), key=lambda t: t.i), lexicon)
        if not tokens:
            continue
        rule = "reporting verb, clause" if speech else "thought verb, clause" if clausal else "intention verb, infinitive"
        yield Candidate(rule, cue_tokens(verb, lexicon), numbers(source), numbers(tokens), 0.9 if speech else 0.7)


def _infinitive(token: Token, lexicon: Lexicon) -> bool:
    return "Inf" in token.morph.get("VerbForm") or "Ger" in token.morph.get("VerbForm")


def impersonal(verb: Token, lexicon: Lexicon) -> bool:
    """Whether nobody in particular says so: "si sospetta che…", "it is feared that…"."""
    return any(role(c, lexicon) == "expletive" for c in verb.children) or any(
        c.lower_ in lexicon.words("cues.expletives") for c in children(verb, lexicon, "subject_passive", "subject"))


def _second_clause(part: Token, content: set[Token], lexicon: Lexicon) -> list[Token]:
    """What the parser lost of a reported clause: "ammette che A, e che B" reports both, and what stands between."""
    doc, openers = part.doc, lexicon.words("cues.clause_openers")
    end = max(t.i for t in content) + 1
    stop = next((t.i for t in doc[end:part.sent.end] if t.text in ";:"), part.sent.end)
    for at in range(end, stop - 1):
        if doc[at].pos_ == "CCONJ" and doc[at + 1].lower_ in openers and doc[at + 1].pos_ == "SCONJ":
            return list(doc[end:stop])
    return []


def _detached_clause(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """A clause that the parser hung elsewhere although its opener follows the verb: "ha detto ieri che…"."""
    end, openers = verb.sent.end, lexicon.words("cues.clause_openers")
    at = verb.i + 1
    if at < end and verb.doc[at].text == ",":  # "hanno detto, così come Alfano, che…"
        at = next((i + 1 for i in range(at + 1, min(at + 10, end)) if verb.doc[i].text == ","), end)
    for token in verb.doc[at:min(at + 5, end)]:
        if token.is_punct:
            return
        if token.lower_ in openers and token.pos_ in ("SCONJ", "PRON", "ADP", "DET") or (
                token.i == verb.i + 1 and token.lower_ in lexicon.words("cues.complementizers") and token.pos_ in ("SCONJ", "ADV")):
            head = token.head
            if head.i > token.i and head.sent == verb.sent and not head.is_ancestor(verb) and head.pos_ in (*VERBAL, "NOUN", "ADJ", "PROPN"):
                yield head
            return


def aside(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[Rivals], he complained, [had been reselling]"; "[Le prove], sostiene la società, [sono…]"; "[…], it announced".

    Read from the commas (or dashes) around it and not from the parse, which seldom gets insertions right.
    """
    for verb in doc:
        if not (is_cue_verb(verb, lexicon, "speech", "thought") or is_causative(verb, lexicon)):
            continue
        before = doc[verb.i - 1] if verb.i else None
        if not is_finite(verb, lexicon) and not (before is not None and before.lower_ in lexicon.words("cues.aside_markers") and agents(verb, lexicon)):
            continue
        if is_negated(verb, lexicon) or any(lemma(c) in lexicon.words("cues.obligation") for c in children(verb, lexicon, "auxiliary")):
            continue  # "non l'ha detto" reports nothing; "va detto" is the author's own
        bounds = _insertion(verb, lexicon, quoted)
        if bounds is None:
            continue
        low, high = bounds
        sentence = verb.sent
        tokens = [t for t in sentence if not low <= t.i <= high and (t.i in quoted) == (verb.i in quoted)] if verb.i in quoted else [
            t for t in sentence if not low <= t.i <= high]
        tokens = without_opener(_around(tokens, low, high), lexicon)
        if sum(not t.is_punct for t in tokens) < 3 or not any(t.pos_ in VERBAL for t in tokens):
            continue
        led = [t for t in tokens if t.i < low] or tokens
        if verb.i not in quoted and sum(t.i in quoted for t in led) > 0.6 * len(led):
            continue  # quoted speech is joined with its verb elsewhere
        inside = list(doc[low:high + 1])
        # Inside quotation marks dashes part the reporter's words from the speaker's: «A - ha continuato X - B».
        rule = "quotation, insertion" if verb.i in quoted and doc[low].text in DASHES and doc[high].text in DASHES else "reporting verb, aside"
        yield Candidate(rule, cue_tokens(verb, lexicon), numbers(_aside_source(verb, inside, lexicon)), numbers(tokens), 0.92)


DASHES = frozenset({"-", "–", "—", "―"})
BOUNDARIES = DASHES | {",", "»", "”", '"'}
#: Tokens on either side of the verb that an insertion may have: "ha ricordato ieri la docente di diritto".
INSERTION_LEFT, INSERTION_RIGHT = 7, 14


def _insertion(verb: Token, lexicon: Lexicon, quoted: frozenset[int]) -> tuple[int, int] | None:
    """The first and last token of an insertion with this verb, boundaries included, or nothing if it is none."""
    doc, sentence = verb.doc, verb.sent
    markers = lexicon.words("cues.aside_markers")
    low = verb.i - 1
    own = {token.i for token in verb_group(verb, lexicon)}
    while low >= max(sentence.start, verb.i - INSERTION_LEFT) and doc[low].text not in BOUNDARIES:
        token = doc[low]
        if token.i not in own and (token.pos_ in VERBAL and is_finite(token, lexicon) or token.pos_ in ("SCONJ", "CCONJ") and token.lower_ not in markers
                                   or is_relative(token, lexicon) or token.text in ";:"):
            return None
        low -= 1
    if low <= sentence.start or doc[low].text not in BOUNDARIES or "\n" in doc[low:verb.i].text:
        return None
    high = verb.i + 1
    forbidden = lexicon.words("cues.complementizers") | lexicon.words("cues.clause_openers")
    while high < min(sentence.end, verb.i + INSERTION_RIGHT) and doc[high].text not in BOUNDARIES and doc[high].text not in ".!?…;":
        token = doc[high]
        if token.i not in own and (token.lower_ in forbidden and token.pos_ in ("SCONJ", "PRON", "ADV", "ADP", "DET") or token.text == ":"
                                   or token.pos_ in VERBAL and (is_finite(token, lexicon) or _infinitive(token, lexicon))):
            return None
        high += 1
    if high >= sentence.end:
        high = sentence.end - 1
    elif doc[high].text not in BOUNDARIES and doc[high].text not in ".!?…;":
        return None
    return (low, high) if _inserted(verb, low, high, lexicon) else None


def _inserted(verb: Token, low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether a verb between two boundaries interrupts another clause, and is not a coordinated or main verb itself."""
    doc = verb.doc
    own = children(verb, lexicon, "subject", "subject_passive") or agents(verb, lexicon)
    things = [o for o in objects(verb, lexicon) if low < o.i < high and o.pos_ in ("NOUN", "PROPN")]
    if any(low < h.i < high for h in own):
        return not things
    if lexicon.value("cues.drops_subjects") != "yes" or any(role(c, lexicon) == "coordinator" for c in verb.children):
        return False
    if things and role(verb, lexicon) == "conjunct":
        return False
    # "Le prove, sostiene la società, sono riuscite": the clause goes on with its verb; "…, ha detto ieri.": it is complete.
    complete = any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in doc[verb.sent.start:low])
    if complete:
        return True
    following = [t for t in doc[high + 1:min(high + 4, verb.sent.end)] if t.pos_ not in ("ADV", "PRON", "PUNCT")][:1]
    if following and following[0].pos_ in VERBAL:
        return True
    # "Nella legge europea, ha ricordato la giurista, un obbligo oggi non c'è": an adverbial before, a whole clause after.
    rest = doc[high + 1:verb.sent.end]
    return doc[verb.sent.start].pos_ in ("ADP", "ADV") and bool(rest) and rest[0].pos_ in ("DET", "NOUN", "PROPN", "PRON") \
        and not is_relative(rest[0], lexicon) and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in rest)


def _around(tokens: list[Token], low: int, high: int) -> list[Token]:
    """The part of a sentence around an insertion that is one clause with it: up to the next semicolon or colon."""
    before = [t for t in tokens if t.i < low]
    after = [t for t in tokens if t.i > high]
    first = next((t for t in after if not t.is_punct), None)
    if first is not None and first.pos_ in ("PROPN", "NOUN", "DET") and any(t.pos_ in VERBAL for t in before) and first.head.i not in {t.i for t in before}:
        after = []  # "…, ha scritto il fondatore, [Duarte Meneses-Roxo]": more about the source
    for at in range(len(before) - 1, -1, -1):
        if before[at].text in ";:":
            before = before[at + 1:]
            break
    for at, token in enumerate(after):
        if token.text == ";":
            after = after[:at]
            break
    return before + after


def _aside_source(verb: Token, inside: list[Token], lexicon: Lexicon) -> list[Token]:
    """Who speaks in an insertion: its own subject, the noun after the verb, or the document that one "reads in"."""
    numbers_inside = {token.i for token in inside}
    heads = [h for h in [*agents(verb, lexicon), *subjects(verb, lexicon)] if h.i in numbers_inside]
    if heads:
        return [t for h in heads[:1] for t in noun_phrase(h, lexicon) if t.i in numbers_inside]
    documents = lexicon.words("cues.prepositions.documents")
    for token in inside:
        if token.i > verb.i and token.pos_ in ("NOUN", "PROPN", "PRON") and not any(c.pos_ == "ADP" for c in token.lefts) and token.head.pos_ != "ADP":
            return [t for t in noun_phrase(token, lexicon) if t.i in numbers_inside and t.i > verb.i]
    if any(role(c, lexicon) == "expletive" for c in verb.children) or children(verb, lexicon, "subject_passive"):
        for words, noun in obliques(verb, lexicon):
            if words.split(" ")[0] in documents and noun.i in numbers_inside:
                return [t for t in noun_phrase(noun, lexicon) if t.i in numbers_inside]
    return []


def after_colon(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Il virologo lo ha spiegato: [a mancare non sono le informazioni]": what follows a reporting verb's colon."""
    for colon in doc:
        if colon.text != ":" or colon.i in quoted or colon.i + 2 >= colon.sent.end or colon.i + 1 in quoted or colon.i + 2 in quoted:
            continue
        verbs = [t for t in doc[colon.sent.start:colon.i] if is_finite(t, lexicon) and (is_cue_verb(t, lexicon, "speech") or _light(t, lexicon))]
        if verbs and not any(is_finite(c, lexicon) and c.i < colon.i for c in complements(verbs[-1], lexicon)):
            verb = verbs[-1]
            later = [t for t in doc[verb.i + 1:colon.i] if t.pos_ in VERBAL and is_finite(t, lexicon)]
            tokens = [t for t in doc[colon.i + 1:colon.sent.end]]
            things = [o for o in objects(verb, lexicon) if o.pos_ != "PRON" and o.i < colon.i]
            told = [t for t in tokens if is_cue_verb(t, lexicon, "speech", "thought") and children(t, lexicon, "subject")]
            if not later and (not things or not told) and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in tokens):
                yield Candidate("reporting verb, colon", cue_tokens(verb, lexicon), numbers(source_of(verb, lexicon)), numbers(tokens), 0.8)


def before_it(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"[Il presidente è morto.] Lo ha detto un portavoce": a pronoun takes up the sentence before."""
    sentences = list(doc.sents)
    for previous, sentence in zip(sentences, sentences[1:], strict=False):
        if "\n" in doc[previous.end - 1:sentence.start + 1].text or "\n" in previous.text.strip():
            continue
        for verb in sentence:
            if is_cue_verb(verb, lexicon, "speech") and is_finite(verb, lexicon) and not complements(verb, lexicon) and role(verb, lexicon) == "root" and any(
                    o.lower_ in lexicon.words("cues.clause_pronouns") for o in objects(verb, lexicon)) and not any(t.text == ":" for t in sentence):
                source = source_of(verb, lexicon)
                if source:
                    yield Candidate("reporting verb, sentence before", cue_tokens(verb, lexicon), numbers(source), numbers(previous), 0.75)


def _light(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb says something through its noun: "dà ragione a X", "lancia un monito"."""
    return lemma(verb) in lexicon.words("cues.nouns.light_verbs") and any(
        lemma(o) in lexicon.words("cues.nouns.light_objects") | lexicon.words("cues.nouns.speech") for o in objects(verb, lexicon))


def verb_with_noun(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"Investors cheered [the retreat]", "il Garante lamenta [l'assenza di fondi]", "è stato criticato da X"."""
    for verb in doc:
        if not is_cue_verb(verb, lexicon, "attitude"):
            continue
        if any(c.pos_ in VERBAL for c in complements(verb, lexicon)):
            continue
        source = source_of(verb, lexicon)
        if not source:
            continue
        if agents(verb, lexicon):
            things = children(verb, lexicon, "subject_passive") or ([verb.head] if role(verb, lexicon) in ("noun_clause",) else [])
            tokens = [t for thing in things for t in (thing.subtree if thing in verb.children else noun_phrase(thing, lexicon))]
        else:
            things = [o for o in objects(verb, lexicon) if o.pos_ != "PRON" or not o.is_lower or o.i > verb.i]
            tokens = [t for thing in things for t in phrase_tokens(thing, lexicon)]
        tokens = [t for t in tokens if t.i not in {s.i for s in source}]
        if tokens and any(t.pos_ in ("NOUN", "PROPN", "VERB") for t in tokens):
            yield Candidate("attitude verb, noun", cue_tokens(verb, lexicon), numbers(source), numbers(tokens), 0.6)


def verb_with_preposition(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
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
        for words, noun in obliques(verb, lexicon):
            word = words.split(" ")[0]
            if forms.get(word, word) in wanted[lemma(verb)]:
                tokens = sorted(noun.subtree, key=lambda t: t.i)
                opener = [t for t in verb.children if role(t, lexicon) in ("case",) and noun.is_ancestor(t) is False and t.is_ancestor(noun)]
                yield Candidate("reporting verb, preposition", cue_tokens(verb, lexicon), numbers(source), numbers([*opener, *tokens]), 0.6)
                break


def phrase_tokens(noun: Token, lexicon: Lexicon) -> list[Token]:
    """A noun's whole phrase, relative clauses included, without clauses that the parser coordinated with it."""
    clauses = [c for c in conjuncts(noun, lexicon) if is_finite(c, lexicon)]
    tokens = clause_tokens(noun, without=clauses)
    end = min((c.left_edge.i for c in clauses), default=len(noun.doc))
    for comma in tokens:
        following = noun.doc[comma.i + 1] if comma.i + 1 < len(noun.doc) else None
        # "ha ventilato [un rimpasto], ma esclude…"; "ha criticato [chi usa il lavoro di altri], constatando che…"
        if comma.text == "," and comma.i > noun.i and following is not None and (following.pos_ == "CCONJ" and any(
                t.pos_ in VERBAL and is_finite(t, lexicon) for t in noun.doc[following.i + 1:following.i + 4]) or "Ger" in following.morph.get("VerbForm")):
            end = min(end, comma.i)
            break
    return [t for t in tokens if t.i < end]


def preposition_forms(lexicon: Lexicon) -> dict[str, str]:
    """Each form of a preposition mapped to its plain one: *dell'* to *di*."""
    return {form: forms.split()[0] for forms in lexicon.sequence("prepositions.forms") for form in forms.split()}


def naming_verb(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"A source called [the threshold "an invitation to cheat"]", "regards [open weights as an insurance policy]"."""
    for verb in doc:
        if not is_cue_verb(verb, lexicon, "naming"):
            continue
        clauses = complements(verb, lexicon)
        if any(is_finite(c, lexicon) for c in clauses if c.pos_ in VERBAL):
            continue
        source = source_of(verb, lexicon)
        named = [*objects(verb, lexicon), *(c for c in clauses if c.pos_ not in VERBAL or c.pos_ in VERBAL and not _infinitive(c, lexicon)),
                 *children(verb, lexicon, "predicate"), *(noun for word, noun in obliques(verb, lexicon) if word in lexicon.words("cues.naming"))]
        if agents(verb, lexicon):
            named += children(verb, lexicon, "subject_passive")
        judged = is_cue_verb(verb, lexicon, "judging") and any(c.i > n.i and role(c, lexicon) in ("adjective", "noun_clause") for n in named for c in n.children)
        if not source or not named or len({n.i for n in named}) < 2 and not clauses and not judged:
            continue
        tokens = {t for n in named for t in n.subtree} - set(source)
        if tokens:
            low, high = min(t.i for t in tokens), max(t.i for t in tokens)
            if low > verb.i:
                tokens = set(doc[low:high + 1])
            yield Candidate("naming verb", cue_tokens(verb, lexicon), numbers(source), numbers(tokens), 0.75)


def adjective(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"…, convinto [che senza entrate nessuna impresa regga]", "seem reluctant [to embrace openness]"."""
    words = lexicon.words("cues.adjectives.speech")
    prepositions = lexicon.words("cues.adjectives.prepositions")
    for token in doc:
        if lemma(token) not in words and token.lower_ not in words or token.pos_ not in ("ADJ", "VERB", "NOUN"):
            continue
        parts = children(token, lexicon, "clause", "open_clause", "adverbial_clause", "noun_clause", "prepositional_clause")
        if role(token, lexicon) in ("predicate", "open_clause", "object") and lemma(token.head) in lexicon.words("cues.adjectives.predicate_verbs"):
            parts += children(token.head, lexicon, "clause", "open_clause")
        parts = [p for p in parts if p.i > token.i] or list(_detached_clause(token, lexicon))
        parts += [inner for c in token.children if c.lower_ in prepositions for inner in children(c, lexicon, "prepositional_clause", "clause")]
        tokens = [t for part in parts for t in part.subtree]
        if not tokens:
            tokens = [t for words_, noun in obliques(token, lexicon) if words_.split(" ")[0] in prepositions for t in noun.subtree
                      if noun.i > token.i]
        if not tokens:
            continue
        source: list[Token] = []
        verb = token.head
        copulas = children(token, lexicon, "copula")
        if role(token, lexicon) in ("predicate", "open_clause", "object") and lemma(verb) in lexicon.words("cues.adjectives.predicate_verbs"):
            source = source_of(verb, lexicon)
            cue: tuple[int, ...] = tuple(range(verb.i, token.i + 1)) if 0 < token.i - verb.i < 5 else (token.i,)
        elif copulas or subjects(token, lexicon):
            source, cue = source_of(token, lexicon), (*[c.i for c in copulas], token.i)
        else:
            cue = (token.i,)
            if role(token, lexicon) in ("adjective", "noun_clause", "apposition", "relative_clause") and token.head.pos_ in ("NOUN", "PROPN"):
                source = noun_phrase(token.head, lexicon)
            elif role(token, lexicon) in ("adverbial_clause", "predicate", "open_clause", "conjunct"):
                above = token.head
                source = noun_phrase(above, lexicon) if above.pos_ in ("NOUN", "PROPN") else source_of(token, lexicon)
        source = [t for t in source if t.i not in {x.i for x in tokens} and t.i != token.i and not token.is_ancestor(t)]
        tokens = without_opener(sorted(set(tokens), key=lambda t: t.i), lexicon)
        if source and tokens and source[0].lower_ not in lexicon.words("cues.pronouns_author") | lexicon.words("cues.pronouns_reader"):
            yield Candidate("attitude adjective", cue, numbers(source), numbers(tokens), 0.65)


def cue_noun(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"insurers' fear [that no one pays]", "l'accusa di X [di voler chiudere]": a noun with an owner and a clause."""
    words = lexicon.words("cues.nouns.speech")
    openers = lexicon.words("cues.clause_openers")
    for noun in doc:
        if noun.pos_ != "NOUN" or lemma(noun) not in words:
            continue
        parts = [c for c in children(noun, lexicon, "noun_clause", "relative_clause", "clause", "open_clause") if c.i > noun.i]
        parts = [c for c in parts if any(t.lower_ in openers and t.pos_ == "SCONJ" for t in (c.left_edge, *children(c, lexicon, "marker")))
                 or _infinitive(c, lexicon) and not any(is_relative(t, lexicon) for t in c.subtree)
                 or any(t.lower_ == "to" and t.tag_ == "TO" for t in c.children)]
        if not parts:
            continue
        source = owner(noun, lexicon)
        if source:
            tokens = without_opener(sorted({t for part in parts for t in part.subtree} - set(source), key=lambda t: t.i), lexicon)
            if tokens:
                yield Candidate("cue noun", (noun.i,), numbers(source), numbers(tokens), 0.7)


def owner(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who holds the view that a noun names: "its authors' claim", "il monito di Bengio", "the fear among insurers"."""
    own = children(noun, lexicon, "possessive")
    if own:
        return noun_phrase(own[0], lexicon) if own[0].pos_ != "PRON" and own[0].pos_ != "DET" else [own[0]]
    allowed = lexicon.words("cues.nouns.owner_prepositions")
    for words, other in obliques(noun, lexicon):
        if words.split(" ")[0] in allowed and other.pos_ in ("NOUN", "PROPN", "PRON") and not children(other, lexicon, "marker"):
            return noun_phrase(other, lexicon)
    verb = noun.head
    if role(noun, lexicon) == "object" and lemma(verb) in lexicon.words("cues.nouns.light_verbs"):
        return source_of(verb, lexicon)
    return []


def aim_noun(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"the plan's aim is [to spread open models]", "uno degli obiettivi del piano è [favorire…]": a noun said to be a clause."""
    words = lexicon.words("cues.nouns.aim")
    for noun in doc:
        if noun.pos_ not in ("NOUN", "PROPN") or lemma(noun) not in words:
            continue
        top = noun
        for _ in range(2):  # "one of the plan's aims is…": the noun hangs below "one"
            if role(top, lexicon) in ("subject", "subject_passive"):
                break
            top = top.head if role(top, lexicon) != "prepositional_object" else top.head.head
        if role(top, lexicon) not in ("subject", "subject_passive"):
            continue
        source = owner(noun, lexicon)
        verb = top.head
        copulas = children(verb, lexicon, "copula") or [
            c for c in children(verb, lexicon, "auxiliary") if _infinitive(verb, lexicon) and lemma(c) in lexicon.words("cues.adjectives.predicate_verbs")]
        if copulas:  # UD: the predicate heads the clause
            tokens = [t for t in verb.subtree if t.i > copulas[-1].i]
            cue: tuple[int, ...] = (noun.i, *[c.i for c in copulas][:0])
        elif lemma(verb) in lexicon.words("cues.adjectives.predicate_verbs"):
            parts = [c for c in children(verb, lexicon, "clause", "open_clause", "predicate") if c.i > verb.i]
            tokens = [t for part in parts if part.pos_ in VERBAL for t in part.subtree]
            cue = (noun.i,)
        else:
            continue
        tokens = without_opener(tokens, lexicon)
        if tokens and source and any(t.pos_ in VERBAL for t in tokens):
            yield Candidate("aim noun", cue, numbers(source), numbers(tokens), 0.7)


def light_verb(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"ha espresso [parere favorevole]", "voiced [support for the bill]": the noun says what the verb does not."""
    for verb in doc:
        if verb.pos_ not in VERBAL or lemma(verb) not in lexicon.words("cues.nouns.light_verbs"):
            continue
        for thing in objects(verb, lexicon):
            if lemma(thing) not in lexicon.words("cues.nouns.light_objects"):
                continue
            source = source_of(verb, lexicon)
            if source and not any(c.i > thing.i for c in children(thing, lexicon, "noun_clause", "clause")):
                yield Candidate("light verb", cue_tokens(verb, lexicon), numbers(source), numbers(thing.subtree), 0.6)


def preposition(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"According to Nordhelse, [its members run open systems]", "secondo gli analisti, [si tratta…]", "in her view"."""
    persons = lexicon.words("cues.prepositions.person_only")
    for start, end, words in find_phrases(doc, lexicon.words("cues.prepositions.source") | persons):
        noun = _governed(doc, start, end, lexicon)
        if noun is not None and noun.pos_ == "NOUN" and doc[end].pos_ in ("NOUN", "ADJ") and "Sing" in noun.morph.get("Number") and end - start == 1:
            continue  # "il secondo slalom": an ordinal; who says something has an article or a name
        if noun is None or (words in persons and not _speaking_per(doc, start, noun, lexicon)):
            continue
        source = [t for t in noun_phrase(noun, lexicon) if t.i >= end]
        if noun.lower_ in lexicon.words("cues.prepositions.whatever"):
            # "secondo quanto riferito dai vicini", "according to what he said": the verb after it names the source
            verb = next((t for t in doc[noun.i + 1:noun.i + 6] if is_cue_verb(t, lexicon, "speech", "finding", "thought")), None)
            if verb is None:
                continue
            source = source_of(verb, lexicon)
            phrase = set(range(start, verb.i + 1)) | {t.i for t in verb.subtree}
            tokens = [t for t in verb.sent if t.i not in phrase]
            end = verb.i + 1
            if not source:
                continue
        elif is_relative(noun, lexicon):
            clause = noun.head
            while role(clause, lexicon) not in ("relative_clause", "noun_clause") and clause.head != clause:
                clause = clause.head
            if clause.head == clause:
                continue
            source = noun_phrase(clause.head, lexicon)
            tokens = [t for t in clause.subtree if not start <= t.i <= noun.i]
        else:
            phrase = {t.i for t in noun.subtree if t in source or role(t, lexicon) == "punctuation"} | set(range(start, end))
            for child in noun.children:
                if role(child, lexicon) in ("apposition", "relative_clause") or child.i < (source[-1].i if source else end):
                    phrase |= {t.i for t in child.subtree}
            tokens = [t for t in _ruled_clause(doc, start, noun, lexicon) if t.i not in phrase]
        tokens = without_opener(tokens, lexicon)
        if source and len(tokens) > 2:
            yield Candidate("source preposition", tuple(range(start, end)), numbers(source), numbers(tokens), 0.85 if words not in persons else 0.6)
    yield from _view_nouns(doc, lexicon)


def _governed(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Token | None:
    """The noun after a source preposition, or nothing where the words are no preposition ("il secondo posto")."""
    for token in doc[end:min(end + 12, len(doc))]:
        if any(start <= a.i < end for a in (token.head,)) and role(token, lexicon) == "prepositional_object":
            return token
        if any(start <= c.i < end for c in token.children) and token.pos_ in NOMINAL:
            head = token
            return head
    if doc[start].pos_ == "ADJ":
        return None
    inner = next((t for t in doc[end:min(end + 6, len(doc))] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return inner if end - start > 1 else None


def _speaking_per(doc: Doc, start: int, noun: Token, lexicon: Lexicon) -> bool:
    """Whether Italian *per* opens a clause and stands before somebody who can speak: "Per Derossi è…"."""
    before = doc[start - 1] if start > doc[start].sent.start else None
    opens = before is None or before.is_punct or before.pos_ in ("CCONJ", "SCONJ")
    names = [t for t in noun_phrase(noun, lexicon) if t.pos_ == "PROPN" and not any(role(c, lexicon) == "case" for c in t.children)]
    names += [t for t in (noun,) if lemma(t) in lexicon.words("actors.nouns.person")]
    after = doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < len(doc) else None
    return opens and bool(names) and after is not None and (after.is_punct or after.pos_ in (*VERBAL, "DET", "ADV", "PRON", "ADP"))


def _ruled_clause(doc: Doc, start: int, noun: Token, lexicon: Lexicon) -> list[Token]:
    """The clause that a source preposition speaks for: that of the verb it hangs on, or the sentence's from there on."""
    anchor = doc[start]
    head = noun.head if noun.head.i < start or noun.head.i > noun.i else anchor.head
    while (role(head, lexicon) in ("case", "prepositional_object", "marker", "noun_modifier", "oblique", "apposition", "adverb") or start <= head.i < noun.i) and head.head != head:
        head = head.head
    if head.pos_ in ("NOUN", "PROPN", "PRON") and not is_finite(head, lexicon) and not subjects(head, lexicon):
        top = head
        while top.head != top and top.pos_ not in VERBAL and not is_finite(top, lexicon):
            top = top.head
        head = top
    return sorted(head.subtree, key=lambda t: t.i)


def _view_nouns(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """"[The race], in her view, [will be decided by…]"; "a suo avviso"."""
    words, openers = lexicon.words("cues.prepositions.nouns"), lexicon.words("cues.prepositions.noun_openers")
    for noun in doc:
        if lemma(noun) not in words and noun.lower_ not in words:
            continue
        own = children(noun, lexicon, "possessive")
        start = noun.left_edge.i
        opener = doc[start] if doc[start].lower_ in openers else doc[start - 1] if start else None
        if not own or opener is None or opener.lower_ not in openers or opener.sent != noun.sent:
            continue
        source = noun_phrase(own[0], lexicon) if own[0].pos_ in ("NOUN", "PROPN") else [own[0]]
        phrase = set(range(opener.i, noun.i + 1))
        head = opener.head if opener.is_ancestor(noun) else noun.head
        while head.head != head and head.pos_ not in VERBAL and not is_finite(head, lexicon):
            head = head.head
        tokens = without_opener([t for t in sorted(head.subtree, key=lambda t: t.i) if t.i not in phrase], lexicon)
        if len(tokens) > 2:
            yield Candidate("view noun", numbers(doc[i] for i in phrase if doc[i] not in source), numbers(source), numbers(tokens), 0.8)
