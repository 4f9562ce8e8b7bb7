"""A parsed article in, insertions out: "[Rivals], he complained, [had been reselling]", "[Le prove], sostiene X, [sono…]".

They are read from the commas or dashes around them and not from the parse, which seldom gets insertions right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.phrases import preposition_forms
from argmap.extract.cues.reported import adds
from argmap.extract.cues.sources import BODIES, can_speak, speaker_at
from argmap.extract.cues.words import (
    Candidate,
    cue_tokens,
    is_causative,
    is_cue_verb,
    is_relative,
    is_unfinite,
    lemma,
    numbers,
    set_phrase,
    without_opener,
)
from argmap.extract.syntax import (
    VERBAL,
    agents,
    children,
    find_phrases,
    is_finite,
    is_negated,
    noun_phrase,
    objects,
    obliques,
    role,
    subjects,
    verb_group,
)
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["aside"]

DASHES = frozenset({"-", "–", "—", "―"})
MARKS = frozenset({",", "»", "”", '"'})
#: Tokens on either side of the verb that an insertion may have: "ha ricordato ieri la docente di diritto".
REACH_BEFORE, REACH_AFTER = 7, 14
#: Share of quoted tokens in what leads up to an insertion from which it is quoted speech, joined with its verb elsewhere.
QUOTED_SHARE = 0.6
#: Roles of what a reporter says beside a whole quotation: when, where, on which occasion it was spoken.
NARRATED = frozenset({"adverbial_clause", "case", "oblique", "adverb", "marker"})


def aside(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[Rivals], he complained, [had been reselling]"; "[Le prove], sostiene la società, [sono…]"; "[…], it announced".

    Read from the commas (or dashes) around it and not from the parse, which seldom gets insertions right.
    """
    for verb in doc:
        if not (is_cue_verb(verb, lexicon, "speech", "thought", "quotation", "finding") or is_causative(verb, lexicon)):
            continue
        before = doc[verb.i - 1] if verb.i else None
        marked = before is not None and before.lower_ in lexicon.words("cues.aside_markers")
        tells = verb.head if is_causative(verb, lexicon) and is_unfinite(verb) else verb  # "…, ha fatto notare."
        # "As the mayor *noted* last week": taken for a participle by the tagger.
        opening = verb.sent[0].lower_ in lexicon.words("cues.aside_markers") and bool(children(verb, lexicon, "subject"))
        if not is_finite(tells, lexicon) and not (marked and agents(verb, lexicon)) and not opening:
            continue
        if is_negated(verb, lexicon) or any(lemma(c) in lexicon.words("cues.obligation") for c in children(verb, lexicon, "auxiliary")):
            continue  # "non l'ha detto" reports nothing; "va detto" is the author's own
        bounds = _insertion(verb, lexicon, quoted)
        if bounds is None:
            continue
        low, high = bounds
        sentence = verb.sent
        tokens = [t for t in sentence if not low <= t.i <= high and (t.i in quoted or verb.i not in quoted)]
        around = _around(tokens, low, high, lexicon)
        tokens = without_opener(_spoken_after(verb, around, (low, high), quoted, lexicon), lexicon)
        inside = list(doc[low:high + 1])
        source = _aside_source(verb, inside, lexicon)
        said = len(tokens) < len(around) and any(t.is_quote for t in doc[high:high + 2])  # “Well, maybe so.”
        phrase = set_phrase(list(doc[verb.i:high + 1]), lexicon)
        spoken = is_cue_verb(verb, lexicon, "speech", "thought", "finding") or is_causative(verb, lexicon) \
            or verb.i == low + 1 and any(t.pos_ in ("NOUN", "PROPN") and can_speak(t, lexicon, BODIES) for t in source) \
            or phrase > 0
        if not spoken and not any(t.i in quoted for t in tokens):
            continue  # "Wherever she goes, the cameras *go*": such verbs report quoted words only
        if not said and (sum(not t.is_punct for t in tokens) < 3 or not any(t.pos_ in VERBAL for t in tokens)):
            continue
        if tokens and _cites(tokens, lexicon):
            continue  # "*According to the board*, every year of delay adds two million tonnes"
        if not tokens or _subordinate(verb, tokens, lexicon):
            continue
        led = [t for t in tokens if t.i < low] or tokens
        if verb.i not in quoted and sum(t.i in quoted for t in led) > QUOTED_SHARE * len(led):
            continue  # quoted speech is joined with its verb elsewhere
        if len(source) == 1 and source[0].lower_ in lexicon.words("actors.pronouns.relative"):
            continue  # "per Neri avvantaggia *chi si difende*": whoever does so says nothing
        if any(o.pos_ == "PRON" and o.i == verb.i - 1 and o.lower_ in lexicon.words("cues.clitics") for o in objects(verb, lexicon)):
            continue  # "Ada Neri, che insegna a Bari, *la definisce* una pezza": the sentence's own verb
        if children(verb, lexicon, "subject_passive") and not agents(verb, lexicon):
            continue  # "…, dove *è prevista una protesta*": nobody says so
        # "Il ciclista, tagliata la linea, ha concluso": verbs that speak only at times need somebody who does.
        if not is_cue_verb(verb, lexicon, "speech") and not is_causative(verb, lexicon) and source \
                and not any(can_speak(token, lexicon) for token in source if token.head not in source):
            continue
        # Inside quotation marks dashes part the reporter's words from the speaker's: «A - ha continuato X - B».
        dashed = verb.i in quoted and doc[low].text in DASHES and doc[high].text in DASHES
        rule = "quotation, insertion" if dashed else "reporting verb, aside"
        cue = cue_tokens(verb, lexicon)
        yield Candidate(rule, (*cue, *range(cue[-1] + 1, verb.i + phrase)), numbers(source), numbers(tokens))


def _insertion(verb: Token, lexicon: Lexicon, quoted: frozenset[int]) -> tuple[int, int] | None:
    """The first and last token of an insertion with this verb, boundaries included, or nothing if it is none."""
    doc, sentence = verb.doc, verb.sent
    markers = lexicon.words("cues.aside_markers")
    low = verb.i - 1
    own = set(cue_tokens(verb, lexicon))
    opener = _opener(verb, lexicon)
    while low > (opener.i if opener else -1) and low >= max(sentence.start, verb.i - REACH_BEFORE) and not _is_boundary(doc[low]):
        token = doc[low]
        joins = token.pos_ in ("SCONJ", "CCONJ") and token.lower_ not in markers or is_relative(token, lexicon) or token.text in ";:"
        if token.i not in own and (joins or token.pos_ in VERBAL and is_finite(token, lexicon)):
            return None
        low -= 1
    opens = opener is not None and low <= opener.i
    if not opens and (low <= sentence.start or not _is_boundary(doc[low])):
        return None
    if "\n" in doc[low:verb.i].text:
        return None
    high = verb.i + 1
    forbidden = lexicon.words("cues.complementizers") | lexicon.words("cues.clause_openers")
    while high < min(sentence.end, verb.i + REACH_AFTER) and not _is_boundary(doc[high]) and doc[high].text not in ".!?…;":
        token = doc[high]
        if token.i not in own and (token.lower_ in forbidden and token.pos_ in ("SCONJ", "PRON", "ADV", "ADP", "DET") or token.text == ":"
                                   or token.pos_ in VERBAL and (is_finite(token, lexicon) or is_unfinite(token))):
            return None
        high += 1
    if high >= sentence.end:
        high = sentence.end - 1
    elif not _is_boundary(doc[high]) and doc[high].text not in ".!?…;" or opens and doc[high].text != ",":
        return None
    if opens:
        return (low, high) if _says_as(verb, low, high, lexicon) else None
    return (low, high) if _inserted(verb, low, high, lexicon) else None


def _opener(verb: Token, lexicon: Lexicon) -> Token | None:
    """The word that opens a sentence with an insertion: "*As* Reuters reported, the firm had known"."""
    leading = verb.doc[verb.sent.start:verb.i]
    first = next((t for t in leading if not (t.is_punct or t.is_space or t.is_quote or t.pos_ == "CCONJ")), None)
    return first if first is not None and first.lower_ in lexicon.words("cues.aside_markers") else None


def _says_as(verb: Token, low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether somebody says so in what opens a sentence, and says nothing else: not "As she explained the plan, people left"."""
    if not is_cue_verb(verb, lexicon, "speech", "finding"):
        return False
    speakers = [*children(verb, lexicon, "subject"), *agents(verb, lexicon)]
    told = [o for o in objects(verb, lexicon) if low < o.i < high and o.pos_ in ("NOUN", "PROPN")]
    told = [o for o in told if lemma(o) not in lexicon.words("cues.time")]
    if not speakers and lexicon.value("cues.drops_subjects") == "yes":
        speakers, told = told, []  # "*Come sottolinea il rapporto*": the parser takes the subject after its verb for an object
    return not told and any(low < h.i < high for h in speakers)


def _is_boundary(token: Token) -> bool:
    """Whether a token can begin or end an insertion: a comma, a closing quotation mark, a dash between spaces."""
    if token.text in DASHES:
        return bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)
    return token.text in MARKS


def _inserted(verb: Token, low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether a verb between two boundaries interrupts another clause, and is not a coordinated or main verb itself."""
    doc = verb.doc
    own = children(verb, lexicon, "subject", "subject_passive") or agents(verb, lexicon)
    things = [o for o in objects(verb, lexicon) if low < o.i < high and o.pos_ in ("NOUN", "PROPN")]
    if _inverted(verb, low, high, lexicon):
        return True
    if any(low < h.i < high for h in own):  # "he told the meeting": who is told is no thing
        return not things or is_cue_verb(verb, lexicon, "speech")
    if lexicon.value("cues.drops_subjects") != "yes" or any(role(c, lexicon) == "coordinator" and c.i > low for c in verb.children):
        return False
    if any(t.pos_ in ("NOUN", "PROPN") for t in doc[low + 1:verb.i]) and doc[low + 1].lower_ not in lexicon.words("cues.aside_markers"):
        return False  # "Bruxelles chiede regole, *Washington teme* per i suoi": an insertion has its verb first
    if things and role(verb, lexicon) == "conjunct":
        # "…, nota l'analista Claire Morand": without a conjunction, who can speak after the verb is its subject.
        return low == min(token.i for token in verb_group(verb, lexicon)) - 1 and all(can_speak(thing, lexicon) for thing in things)
    # "Le prove, sostiene la società, sono riuscite": the clause goes on with its verb; "…, ha detto ieri.": it is complete.
    relatives = {t.i for c in doc[verb.sent.start:low] if role(c, lexicon) == "relative_clause" for t in c.subtree}
    complete = any(t.pos_ in VERBAL and is_finite(t, lexicon) and t.i not in relatives for t in doc[verb.sent.start:low])
    goes_on = any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in doc[high:verb.sent.end])
    if not complete and not goes_on and doc[low - 1].i in relatives and any(h.i < low for h in children(verb, lexicon, "subject")):
        return False  # "L'associazione, che rappresenta trecento imprese, *ha definito* la norma…"
    if complete:
        return True
    following = [t for t in doc[high + 1:min(high + 4, verb.sent.end)] if t.pos_ not in ("ADV", "PRON", "PUNCT")][:1]
    if following and following[0].pos_ in VERBAL:
        return True
    opens = low == min(token.i for token in verb_group(verb, lexicon)) - 1
    if opens and goes_on and is_cue_verb(verb, lexicon, "speech") and high < verb.sent.end - 1 and not is_relative(doc[high + 1], lexicon):
        return True  # "Ogni volta, sostiene, una comunità gridò…"
    # "Nella legge europea, ha ricordato la giurista, un obbligo oggi non c'è": an adverbial before, a whole clause after.
    rest = doc[high + 1:verb.sent.end]
    bare = high - low - 1 == len(verb_group(verb, lexicon))  # "Prima dell'arrivo, afferma, a Calvi non si misuravano…"
    return doc[verb.sent.start].pos_ in ("ADP", "ADV") and bool(rest) and (bare or rest[0].pos_ in ("DET", "NOUN", "PROPN", "PRON")) \
        and not is_relative(rest[0], lexicon) and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in rest)


def _inverted(verb: Token, low: int, high: int, lexicon: Lexicon) -> list[Token]:
    """Who speaks right after a verb that opens an insertion, whatever the parser made of him: "…, writes [partner Sunita Rao], …"."""
    if verb.i != low + 1 or not is_cue_verb(verb, lexicon, "speech") or lexicon.value("cues.drops_subjects") == "yes" \
            or children(verb, lexicon, "subject", "subject_passive"):
        return []
    return speaker_at(list(verb.doc[verb.i + 1:high]), lexicon)


def _around(tokens: list[Token], low: int, high: int, lexicon: Lexicon) -> list[Token]:
    """The part of a sentence around an insertion that is one clause with it: up to the next semicolon or colon."""
    before = [t for t in tokens if t.i < low]
    after = [t for t in tokens if t.i > high]
    first = next((t for t in after if not t.is_punct), None)
    complete = any(t.pos_ in VERBAL for t in before)
    if first is not None and complete and first.head.i not in {t.i for t in before} and (
            first.pos_ in ("PROPN", "NOUN", "DET") and not any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in after)
            or is_relative(first, lexicon)):
        after = []  # "…, ha scritto il fondatore, [Duarte Meneses-Roxo]": more about the source
    for at in range(len(before) - 1, -1, -1):
        if before[at].text in ";:":
            before = before[at + 1:]
            break
    for at, token in enumerate(after):
        if token.text == ";" or adds(token, lexicon):
            after = after[:at]
            break
    return before + after


def _spoken_after(verb: Token, tokens: list[Token], bounds: tuple[int, int], quoted: frozenset[int], lexicon: Lexicon) -> list[Token]:
    """The part after an insertion, where what stands before it is the reporter's: "*Speaking in Rome*, she said, [“We will fight”]".

    So it is where a whole quotation follows what is no clause, and wherever the parser hangs a participle on the verb itself.
    """
    low, high = bounds
    before = [t for t in tokens if t.i < low and not t.is_space]
    after = [t for t in tokens if t.i > high and not t.is_punct and not t.is_quote]
    if not before or not after or any(t.i in quoted for t in before):
        return tokens
    whole = after[0].i in quoted and after[0].is_title
    main = [t for t in before if t.head == verb or t.head.i > high or t.head == t]
    narrated = all(t.is_punct or role(t, lexicon) in NARRATED for t in main)
    asked = any(role(t, lexicon) == "adverbial_clause" and t.head == verb and not is_finite(t, lexicon) for t in main)
    return [t for t in tokens if t.i > high] if narrated and (whole or asked) else tokens


def _cites(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether words name a source and tell nothing: "*According to the board*"."""
    words = lexicon.words("cues.prepositions.source") | lexicon.words("cues.prepositions.person_only")
    about = {t for top in tokens if role(top, lexicon) == "relative_clause" for t in top.subtree}  # "Per Neri, *che studia le frodi*"
    opens = any(start == tokens[0].i for start, _, _ in find_phrases(tokens, words))
    return opens and not any(t.pos_ in VERBAL and is_finite(t, lexicon) and t not in about for t in tokens)


def _subordinate(verb: Token, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether tokens are a subordinate clause and no more: "[When the law passed], she announced a pause" reports nothing by it.

    Nor does a participle that hangs on the verb itself: "[Asked about tolls], she smiled".
    """
    opener, inside = tokens[0], set(tokens)
    if opener.pos_ == "SCONJ":
        return opener.head != opener and all(t.is_punct or opener.head in (t, *t.ancestors) for t in tokens)
    tops = [t for t in tokens if t.head not in inside and not t.is_punct]
    return bool(tops) and all(t.head == verb and role(t, lexicon) == "adverbial_clause" and not is_finite(t, lexicon) for t in tops)


def _aside_source(verb: Token, inside: list[Token], lexicon: Lexicon) -> list[Token]:
    """Who speaks in an insertion: its own subject, the noun after the verb, or the document that one "reads in"."""
    numbers_inside = {token.i for token in inside}
    if inverted := _inverted(verb, inside[0].i, inside[-1].i, lexicon):
        return inverted
    heads = [h for h in [*agents(verb, lexicon), *subjects(verb, lexicon)] if h.i in numbers_inside]
    if heads:
        return [t for h in heads[:1] for t in noun_phrase(h, lexicon) if t.i in numbers_inside]
    documents = lexicon.words("cues.prepositions.documents")
    for token in inside:
        governed = token.head.pos_ == "ADP" or any(c.pos_ == "ADP" for c in token.lefts)
        timed = lemma(token) in lexicon.words("cues.time")
        if token.i > verb.i and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and not governed and not timed:
            return [t for t in noun_phrase(token, lexicon) if t.i in numbers_inside and t.i > verb.i]
    if any(role(c, lexicon) == "expletive" for c in verb.children) or children(verb, lexicon, "subject_passive"):
        for words, noun in obliques(verb, lexicon):
            # "si legge in sostanza": a document has an article, or a preposition that holds one, or a name.
            plain = noun.pos_ == "NOUN" and not [*noun.children][1:] and preposition_forms(lexicon).get(words, words) == words
            if words.split(" ")[0] in documents and noun.i in numbers_inside and not plain:
                return [t for t in noun_phrase(noun, lexicon) if t.i in numbers_inside]
    return []
