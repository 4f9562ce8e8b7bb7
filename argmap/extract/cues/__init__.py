"""A parsed article in, its candidate attributions out: each cue word with who it cites and for which words.

One function a construction, all in `CONSTRUCTIONS`; each yields `Candidate`s over token numbers. The words live in the
language file's ``cues`` tables, the constructions here: they are those that PARC 3.0 (Pareti 2016) and PolNeAR (Newell,
Margolin and Ruths 2018) list. Quoted speech is joined with these in `argmap.extract.attribute`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from argmap.extract.cues import answers, backward, insertions, labels, misread, nominal, phrases, prepositions, tags, verbs
from argmap.extract.cues.sources import can_speak
from argmap.extract.cues.words import Candidate, finite_person, is_cue_verb, lemma
from argmap.extract.syntax import VERBAL, children, is_finite, is_negated, role
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["CONSTRUCTIONS", "Candidate", "candidates"]

Construction = Callable[["Doc", Lexicon, frozenset[int]], Iterator[Candidate]]

CONSTRUCTIONS: tuple[Construction, ...] = (
    verbs.with_clause, verbs.with_modal, verbs.with_noun, phrases.with_preposition, phrases.with_phrase,
    verbs.naming, verbs.with_colon, backward.sentence_before, nominal.adjective, nominal.noun_with_clause, nominal.aim,
    nominal.with_colon, nominal.light_verb, prepositions.preposition, prepositions.view, answers.answer, labels.label, labels.stand,
    labels.doing, tags.tag, misread.with_clause, misread.insertion, misread.charge, misread.judgment,
)
#: Tokens of a connective before a cue: "Tuttavia, secondo gli analisti, …".
LEAD = 3
#: Parts of speech of words that stand before another and never end a phrase: "for not", "a reason to".
LEANING = frozenset({"PART", "ADP", "DET", "SCONJ"})
#: Tokens between "there are", "c'è" and those who exist.
EXISTS = 2
#: Rules whose source must be able to speak: their words tell of things as readily as of people.
OF_PEOPLE = frozenset({"thought verb, clause", "intention verb, infinitive", "attitude verb, noun", "attitude adjective", "naming verb",
                       "reporting verb, preposition", "cue noun", "aim noun", "light verb", "source preposition before a person"})

#: Rules of what things may show.
FOUND = frozenset({"thought verb, clause", "attitude verb, noun"})
#: Rules of what is judged or wanted, for which a reason may be given.
JUDGING = frozenset({"attitude verb, noun", "naming verb", "attitude adjective", "reporting verb, preposition", "light verb",
                     "intention verb, infinitive"})
#: Rules of a thing that is judged or spoken of: when and where that was done is no part of it.
OF_THINGS = frozenset({"attitude verb, noun", "reporting verb, preposition", "light verb"})
#: Rules of what is wanted or judged in less than a clause: in the mouth of anyone at all it tells who is meant, not what is said.
WITHOUT_CLAUSE = frozenset({"attitude verb, noun", "intention verb, infinitive", "reporting verb, preposition"})


def candidates(doc: Doc, lexicon: Lexicon, *, quoted: frozenset[int] = frozenset()) -> list[Candidate]:
    """All candidate attributions of an article, in text order.

    Args:
        doc: the parsed article.
        lexicon: the words of its language.
        quoted: numbers of the tokens inside quotation marks: there "I" is a speaker, not the article's author.
    """
    asides = list(insertions.aside(doc, lexicon, quoted))
    inserted = {number for candidate in asides for number in candidate.cue}
    found = asides + [candidate for construction in CONSTRUCTIONS for candidate in construction(doc, lexicon, quoted)
                      if not inserted & set(candidate.cue)]
    found = [candidate for candidate in found if quoted & set(candidate.cue) or not _authors_own(doc, candidate, lexicon)]
    found = [_without_focus(doc, _without_time(doc, candidate, lexicon), lexicon) for candidate in found]
    found = [candidate for candidate in found if candidate.rule not in OF_PEOPLE or _has_speaker(doc, candidate, lexicon)]
    found = [candidate for candidate in found if not _is_nobody(doc, candidate, lexicon) and not _is_unable(doc, candidate, lexicon)]
    found = [candidate for candidate in found if candidate.rule not in WITHOUT_CLAUSE or not _is_anyone(doc, candidate, lexicon)]
    cues = {number for candidate in found for number in candidate.cue}
    found = [replace(candidate, content=_segment(doc, _completed(doc, candidate, cues, quoted, lexicon), quoted, lexicon))
             if candidate.cue else candidate for candidate in found]
    return sorted((candidate for candidate in found if candidate.content), key=lambda c: (c.cue, c.content))


def _authors_own(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the writer or the reader is cited ("I believe", "as you may think"): that is no attribution."""
    if candidate.source:
        words = {doc[number].lower_ for number in candidate.source}
        return len(candidate.source) == 1 and bool(words & (lexicon.words("cues.pronouns_author") | lexicon.words("cues.pronouns_reader")))
    verbs = [doc[number] for number in candidate.cue if doc[number].pos_ in VERBAL]
    return any({"1", "2"} & set(finite_person(verb, lexicon)) for verb in verbs)


def _heads(doc: Doc, numbers: tuple[int, ...]) -> list[Token]:
    """The tokens of a phrase that no other of it governs."""
    inside = set(numbers)
    return [doc[number] for number in numbers if doc[number].head.i not in inside or doc[number].head == doc[number]]


def _without_time(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> Candidate:
    """A candidate without a source that only says when: "Three years ago, said Kellner"."""
    heads = _heads(doc, candidate.source)
    when = lexicon.words("cues.time")
    return replace(candidate, source=()) if heads and all(lemma(head) in when for head in heads) else candidate


def _without_focus(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> Candidate:
    """A source without the adverb before it: "*even* [the mayor]", "*anche* [la sindaca]"."""
    source = candidate.source
    while len(source) > 1 and doc[source[0]].lower_ in lexicon.words("cues.before_source"):
        source = source[1:]
    return replace(candidate, source=source)


def _has_speaker(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the source's head can speak: "the reasons that push firms to close" cites no reasons."""
    heads = _heads(doc, candidate.source)
    told = candidate.rule in FOUND and any(is_cue_verb(doc[number], lexicon, "finding", "measuring") for number in candidate.cue)
    evidence = lexicon.words("cues.nouns.evidence") if told else frozenset()  # "the *records* show that…"
    return not heads or any(can_speak(head, lexicon) or lemma(head) in evidence for head in heads)


def _is_nobody(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether no speaker is meant: "*nobody* asks for a ban", "*nessun governo* ha proposto…", "*ciò* vuol dire che…" are the author's."""
    if len(candidate.source) == 1 and doc[candidate.source[0]].lower_ in lexicon.words("cues.pronouns_things"):
        return True
    asked = lexicon.words("statements.interrogative")
    if len(candidate.source) == 1 and doc[candidate.source[0]].lower_ in asked and doc[candidate.source[0]].sent[-1].text == "?":
        return True  # "*Who* is right?"
    return any(doc[number].lower_ in lexicon.words("negation.words") for number in candidate.source[:1])


def _is_unable(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether it is denied of a thing that it tells something: "a programming language *does not explain* what a machine is for"."""
    heads = _heads(doc, candidate.source)
    return bool(heads) and not any(can_speak(head, lexicon) for head in heads) and any(
        is_negated(doc[number], lexicon) for number in candidate.cue if doc[number].pos_ in VERBAL)


def _is_anyone(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether nobody is cited: "*whoever* wants an open model will find one", not "there are *those* who want a ban"."""
    if not candidate.source or not {doc[number].lower_ for number in candidate.source} <= lexicon.words("cues.pronouns_anyone"):
        return False
    first = candidate.source[0]
    return not any(lemma(token) in lexicon.words("cues.existential") for token in doc[max(first - EXISTS, 0):first])


def _completed(doc: Doc, candidate: Candidate, cues: set[int], quoted: frozenset[int], lexicon: Lexicon) -> Candidate:
    """A content that stops short of its phrase's end, because the parser hung the rest elsewhere, goes on to it.

    "abbracciare un approccio [completamente aperto]": up to the next mark, conjunction, verb, or the cue's own words. What
    a colon explains is said by the same source, unless another is cited there: "ha un vantaggio: [la sua apertura]".
    """
    taken = {*candidate.cue, *candidate.source}
    end = candidate.content[-1] + 1
    at = end
    while at < len(doc) and at not in taken and not doc[at].is_sent_start and not doc[at].is_punct and not doc[at].is_space \
            and doc[at].pos_ not in (*VERBAL, "CCONJ", "SCONJ"):
        phrase = _phrase_from(doc[at], lexicon)
        if candidate.rule in OF_THINGS and candidate.cue and phrase and _tells_when(phrase, lexicon):
            break
        stop = phrase[-1].i + 1 if phrase and doc[at].pos_ == "ADP" else at + 1
        at = next((number for number in range(at, stop) if number in taken), stop)
    if at < len(doc) and doc[at - 1].pos_ in LEANING and doc[at].pos_ in VERBAL and not doc[at].is_sent_start:
        verb = doc[at].head if role(doc[at], lexicon) in ("auxiliary", "copula") and doc[at].head.i > at else doc[at]
        clause = range(at, verb.right_edge.i + 1)  # "mocked Romney for not [releasing his tax returns]"
        at = next((number for number in clause if number in taken), clause.stop)
    sentence = doc[end - 1].sent
    if candidate.rule in JUDGING:
        at = _reason(doc, at, cues, lexicon)
    colon = next((t.i for t in doc[max(*taken, sentence.start):min(at + 1, sentence.end)] if t.text == ":" and t.i not in quoted), None)
    if colon is not None and colon > max(taken):
        stop = next((t.i for t in doc[colon:sentence.end] if t.text == ";"), sentence.end)
        if not cues & set(range(colon, stop)):
            at = max(at, stop)
    return replace(candidate, content=(*candidate.content, *range(end, at)))


def _reason(doc: Doc, at: int, cues: set[int], lexicon: Lexicon) -> int:
    """Where the reason ends that is given after what somebody judges or wants: "find it naive, [because others go on]"; else `at`."""
    start = at
    while start < min(at + 2, len(doc) - 1) and (doc[start].text == "," or doc[start].is_quote):  # called it «dead», because…
        start += 1
    subordinating = lexicon.words("statements.subordinators") | lexicon.words("statements.subordinators_after_comma")
    reasons = lexicon.words("relations.cause.subordinate") & subordinating
    opens = [words for words in reasons if doc[start:start + len(words.split())].text.lower() == words]
    if not opens:
        return at
    end = next((t.i for t in doc[start:doc[at - 1].sent.end] if t.text in ".;:!?" or t.is_space), doc[at - 1].sent.end)
    clause = doc[start + 1:end]
    first = list(takewhile(lambda t: t.text != ",", clause))  # not "since January, and nobody has left"
    return end if any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in first) and not cues & set(range(start, end)) else at


def _phrase_from(first: Token, lexicon: Lexicon) -> list[Token]:
    """The prepositional phrase, or noun phrase, that a token opens, whole: "*for* “turning its back” on the town", "*last* week"."""
    top = first
    while role(top, lexicon) in ("case", "determiner", "adjective", "number", "possessive", "name") and top.head.left_edge == first:
        top = top.head
    if top == first and first.pos_ != "ADP" and lemma(first) not in lexicon.words("cues.time"):
        return []
    return [t for t in top.subtree if t.i >= first.i] if top.left_edge == first else []


def _tells_when(phrase: list[Token], lexicon: Lexicon) -> bool:
    """Whether a phrase tells when, where or by what means something was said: "mocked Romney [on Twitter]", "[last week]"."""
    words = lexicon.words("cues.time") | lexicon.words("actors.nouns.vehicle")
    heads = [t for t in phrase if t.head not in phrase]
    heads += [t for head in heads for t in children(head, lexicon, "prepositional_object")]
    return phrase[0].lower_ in lexicon.words("cues.prepositions.circumstances") or any(lemma(t) in words for t in heads)


def _segment(doc: Doc, candidate: Candidate, quoted: frozenset[int], lexicon: Lexicon) -> tuple[int, ...]:
    """A content cut at the semicolons outside quotation marks: what follows one is said anew.

    "According to X, costs have halved; others are more careful" reports the first half. A leading coordinator is cut too,
    unless another answers it: "argued that [neither Google nor OpenAI can…]".
    """
    content = list(candidate.content)
    anchor = candidate.cue[0] if candidate.cue else content[0]
    stops = [t.i for t in doc[min(content[0], anchor):max(content[-1], anchor)] if t.text == ";" and t.i not in quoted]
    before = [i for i in stops if i < anchor]
    after = [i for i in stops if i > anchor and any(c < i for c in content)]
    low, high = max(before, default=-1), min(after, default=len(doc))
    kept = [i for i in content if low < i < high] or content
    while len(kept) > 1 and (doc[kept[0]].pos_ == "CCONJ" and doc[kept[0]].lower_ not in lexicon.words("cues.correlatives")
                             or doc[kept[0]].is_punct and not doc[kept[0]].is_quote and not doc[kept[0]].is_left_punct):
        kept = kept[1:]
    # A connective cut off from the rest by the cue is no part of what is said.
    lead = [i for i in kept if i < anchor] if candidate.cue and len(kept) > LEAD else []
    if lead and len(lead) <= LEAD and all(doc[i].pos_ in ("ADV", "CCONJ", "SCONJ", "PUNCT") for i in lead):
        kept = [i for i in kept if i > anchor]
    return tuple(kept)
