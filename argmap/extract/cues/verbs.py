"""A parsed article in, the attributions that hang on a verb out: "says that", "wants to", "opposes", "calls X Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import can_speak, is_impersonal, owner, source_of
from argmap.extract.cues.words import (
    Candidate,
    cue_tokens,
    finite_person,
    is_causative,
    is_cue_verb,
    is_gerund,
    is_light,
    is_relative,
    is_unfinite,
    lemma,
    numbers,
    phrase_tokens,
    without_opener,
)
from argmap.extract.syntax import (
    VERBAL,
    agents,
    children,
    clause_tokens,
    complements,
    conjuncts,
    is_finite,
    noun_phrase,
    objects,
    obliques,
    role,
    subjects,
)
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["detached_clause", "lost_clause", "naming", "with_clause", "with_colon", "with_modal", "with_noun"]

#: Roles of what belongs to a reporting verb and not to what it reports.
OWN = ("subject", "subject_passive", "auxiliary", "adverb", "oblique", "agent", "indirect_object", "case", "expletive",
       "negation", "particle", "adverbial_clause", "object")
#: Tokens after a verb within which the word that opens its clause is looked for, and that an insertion between them may have.
OPENER_REACH, BETWEEN = 5, 10
#: Tokens after a conjunction within which a second reporting verb stands: "e poi ha indicato".
CUE_REACH = 4


def with_clause(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Drozdek argues [that safety is the vocabulary]", "Palavra promette [di non chiudere]", "A, said X, [B]"."""
    for verb in doc:
        # Only adjectives tell under a causative verb without being verbs: "fa presente", "makes clear".
        if verb.pos_ not in VERBAL and verb.pos_ != "ADJ":
            continue
        causative = is_causative(verb, lexicon)
        if verb.pos_ == "ADJ" and not causative:
            continue
        speech = is_cue_verb(verb, lexicon, "speech") or causative
        clausal = speech or is_cue_verb(verb, lexicon, "thought", "finding")
        infinitive = is_cue_verb(verb, lexicon, "intention")
        if not clausal and not infinitive or is_enabled(verb, lexicon):
            continue
        if role(verb, lexicon) == "adjective" and verb.i < verb.head.i and not causative:
            continue  # "the *proposed* law requires that…"
        owners = (verb, verb.head) if causative and verb.pos_ not in VERBAL else (verb,)  # "fa presente [che…]"
        parts = [c for owner in owners for c in complements(owner, lexicon)
                 if c != verb and clausal and (is_finite(c, lexicon) or not is_unfinite(c))
                 or c != verb and (infinitive or speech) and (c.i > verb.i or not is_finite(c, lexicon))
                 and not (is_finite(c, lexicon) and is_cue_verb(verb, lexicon, "implying"))]
        # "ha concluso [staccato di un minuto]" is no clause, "wants [it adopted]" is one.
        parts = [c for c in parts if role(c, lexicon) != "open_clause" or "Part" not in c.morph.get("VerbForm", [])
                 or "Pres" in c.morph.get("Tense", [])  # "recommends [paying for fences]"
                 or children(c, lexicon, "auxiliary", "copula", "subject", "subject_passive")]
        # "Insurers are less keen: they fear [that…]": what comes before belongs to the verb only where nothing follows it.
        parts = [c for c in parts if c.i > verb.i] or parts[:1]
        if not parts and clausal:
            parts = list(detached_clause(verb, lexicon))
        if not parts and infinitive:
            parts = list(_asked(verb, lexicon))
        lost = lost_clause(verb, lexicon) if not parts and clausal else []
        if not parts and not lost:
            continue
        # "*He* made it clear that…": who tells is the causative verb's subject.
        teller = verb.head if causative and lemma(verb.head) in lexicon.words("cues.verbs.causative_heads") else verb
        source = source_of(teller, lexicon) or _body_of_words(verb, lexicon)
        dropped = lexicon.value("cues.drops_subjects") == "yes" and is_finite(verb, lexicon)
        if not source and not speech and not dropped and not is_impersonal(verb, lexicon) and "1" not in finite_person(verb, lexicon):
            continue
        if lost:
            yield Candidate("reporting verb, clause" if speech else "thought verb, clause", cue_tokens(verb, lexicon), numbers(source),
                            numbers(lost))
            continue
        content = {t for part in parts for t in clause_tokens(part, without=[verb] if part.is_ancestor(verb) else [])}
        content |= {t for part in parts for t in _second_clause(part, content, lexicon)}
        content |= set(_backshifted(verb, content, lexicon))
        asked: list[Token] = []
        if infinitive and not is_finite(parts[0], lexicon):  # "invita [l'azienda a sospendere]", "calls on [Meta to stop]"
            asked = [*objects(verb, lexicon), *(noun for words, noun in obliques(verb, lexicon)
                                                if f"{lemma(verb)} {words}" in lexicon.words("cues.verbs.prepositional"))]
            asked = [noun for noun in asked if verb.i < noun.i < parts[0].i]
            content |= {t for noun in asked for t in noun.subtree}
        barred = _own_words(verb, lexicon) - {t.i for part in (*parts, *objects(verb, lexicon), *asked) for t in part.subtree}
        tokens = without_opener(sorted((t for t in content if t.i not in barred), key=lambda t: t.i), lexicon)
        tokens = _without_day(verb, _until_next_report(verb, parts[0], tokens, lexicon), lexicon)
        if not tokens:
            continue
        if speech and not source:
            source, tokens = _named_after(verb, tokens, lexicon)
        rule = "reporting verb, clause" if speech else "thought verb, clause" if clausal else "intention verb, infinitive"
        yield Candidate(rule, cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def is_enabled(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb tells what something makes possible: "the data *allow us to conclude* that…" reports nobody's conclusion."""
    return not is_finite(verb, lexicon) and role(verb, lexicon) in ("clause", "open_clause") \
        and is_cue_verb(verb.head, lexicon, "enabling")


def _named_after(verb: Token, tokens: list[Token], lexicon: Lexicon) -> tuple[list[Token], list[Token]]:
    """Source and content of a report whose subject the parser took for a part of it: "Not so, says [Neri]: [it can be audited]"."""
    colon = next((n for n, t in enumerate(tokens) if t.text == ":"), 0)
    name = tokens[:colon]
    nominal = bool(name) and name[0].i == verb.i + 1 and all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN") for t in name)
    if nominal and len(tokens) > colon + 1 and any(can_speak(t, lexicon) for t in name if t.pos_ in ("NOUN", "PROPN")):
        return name, tokens[colon + 1:]
    return [], tokens


def _body_of_words(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The body that words come from, of a plural verb without a subject: "*Dal ministero* fanno sapere che…"."""
    top = verb.head if is_causative(verb, lexicon) and is_unfinite(verb) else verb
    origins = lexicon.words("cues.prepositions.origins")
    if lexicon.value("cues.drops_subjects") != "yes" or subjects(top, lexicon) or not is_finite(top, lexicon):
        return []
    if not any("Plur" in t.morph.get("Number", []) for t in (top, *children(top, lexicon, "auxiliary")) if is_finite(t, lexicon)):
        return []
    return next((noun_phrase(noun, lexicon) for words, noun in obliques(top, lexicon)
                 if words.split(" ")[0] in origins and noun.i < top.i and can_speak(noun, lexicon)), [])


def _without_day(verb: Token, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content without the day it was said on, which the parser takes for a part of it: "said *Monday* [it would close]"."""
    first = tokens[0] if tokens else verb
    last = first if lemma(first) in lexicon.words("cues.time") else first.head
    if first.i != verb.i + 1 or lemma(last) not in lexicon.words("cues.time") or last.left_edge != first:
        return tokens
    begins = any(s.left_edge.i == last.i + 1 for s in subjects(last.head, lexicon))
    return [t for t in tokens if t.i > last.i] if begins else tokens


def _own_words(verb: Token, lexicon: Lexicon) -> set[int]:
    """The verb's own clause: what stays out of a content that surrounds it."""
    return {verb.i} | {token.i for child in children(verb, lexicon, *OWN) for token in child.subtree}


def _until_next_report(verb: Token, clause: Token, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content up to a verb that reports again for the same speaker: "ha detto [che resterà] e ha indicato…".

    The parser often hangs the second verb on the clause; its tense, the first verb's and not the clause's, tells.
    """
    for token in tokens:
        if _adds(token, lexicon):
            return [t for t in tokens if t.i < token.i - 1]
        if token.pos_ != "CCONJ":
            continue
        second = next((t for t in token.doc[token.i + 1:token.i + CUE_REACH] if t.pos_ == "VERB"), None)
        if second is not None and is_cue_verb(second, lexicon, "speech", "attitude", "naming") \
                and not children(second, lexicon, "subject") \
                and (_tense(second, lexicon) == _tense(verb, lexicon) != _tense(clause, lexicon) or _leaves(clause, second, lexicon)):
            return [t for t in tokens if t.i < token.i]
    return tokens


def _adds(token: Token, lexicon: Lexicon) -> bool:
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


def _second_clause(part: Token, content: set[Token], lexicon: Lexicon) -> list[Token]:
    """What the parser lost of a reported clause: "ammette che A, e che B" reports both, and what stands between."""
    doc, openers = part.doc, lexicon.words("cues.clause_openers")
    end = max(t.i for t in content) + 1
    stop = next((t.i for t in doc[end:part.sent.end] if t.text in ";:"), part.sent.end)
    for at in range(end, stop - 1):
        if doc[at].pos_ == "CCONJ" and doc[at + 1].lower_ in openers and doc[at + 1].pos_ == "SCONJ":
            return list(doc[end:stop])
    return []


def _backshifted(verb: Token, content: set[Token], lexicon: Lexicon) -> list[Token]:
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


def _asked(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """An infinitive that the parser hung on the one who is asked: "chiede al governo [di non toccare il divieto]"."""
    for noun in (*objects(verb, lexicon), *(noun for _, noun in obliques(verb, lexicon))):
        if noun.i > verb.i and can_speak(noun, lexicon):
            for clause in children(noun, lexicon, "noun_clause"):
                if is_unfinite(clause) and children(clause, lexicon, "marker"):
                    yield clause
                    return


def lost_clause(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What follows a reporting verb and its opener where the parser found no clause: "sosteneva che [alle scuole conviene…]"."""
    doc, end = verb.doc, verb.sent.end
    at = verb.i + 1
    while at < end and doc[at].pos_ == "ADV":
        at += 1
    if at + 2 >= end or doc[at].lower_ not in lexicon.words("cues.clause_openers") or doc[at].pos_ != "SCONJ" or _points(doc[at], lexicon):
        return []
    stop = next((t.i for t in doc[at:end] if t.text in ";:"), end)
    return list(doc[at + 1:stop])


def with_modal(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"La Regione vuole [portare il friulano nelle scuole]": the wanting verb is an auxiliary to the parser."""
    for modal in doc:
        if role(modal, lexicon) != "auxiliary" or not is_cue_verb(modal, lexicon, "intention") or not is_finite(modal, lexicon) \
                and not children(modal.head, lexicon, "auxiliary"):
            continue
        verb = modal.head
        wished = verb.pos_ == "NOUN" and bool(subjects(verb, lexicon))  # "il sindaco vorrebbe [regole più semplici]"
        if verb.i < modal.i or not is_unfinite(verb) and not wished:
            continue
        source = source_of(verb, lexicon)
        tokens = [t for t in verb.subtree if t.i > modal.i and t.i not in {s.i for s in source}]
        if source and tokens:
            yield Candidate("intention verb, infinitive", (modal.i,), numbers(source), numbers(tokens))


def with_colon(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Il virologo lo ha spiegato: [a mancare non sono le informazioni]": what follows a reporting verb's colon."""
    for colon in doc:
        if colon.text != ":" or colon.i + 2 >= colon.sent.end or quoted & {colon.i, colon.i + 1, colon.i + 2}:
            continue
        verbs = [t for t in doc[colon.sent.start:colon.i]
                 if (is_finite(t, lexicon) or is_unfinite(t) and role(t, lexicon) == "open_clause")
                 and (is_cue_verb(t, lexicon, "speech", "quotation") or is_light(t, lexicon)) or _takes_a_stand(t, lexicon)]
        if verbs and not any(is_finite(c, lexicon) and c.i < colon.i for c in complements(verbs[-1], lexicon)):
            verb = verbs[-1]
            later = [t for t in doc[verb.i + 1:colon.i] if t.pos_ in VERBAL and is_finite(t, lexicon)]
            tokens = list(doc[colon.i + 1:colon.sent.end])
            things = [o for o in objects(verb, lexicon) if o.pos_ != "PRON" and o.i < colon.i]
            told = [t for t in tokens if is_cue_verb(t, lexicon, "speech", "thought") and children(t, lexicon, "subject")]
            clause = is_light(verb, lexicon) or any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in tokens)
            # "Insurers are less enthusiastic: they fear that…" is reported by the verb after the colon.
            if not later and not (told and (things or _takes_a_stand(verb, lexicon))) and clause:
                source = _cited(verb, lexicon) or source_of(verb, lexicon)
                yield Candidate("reporting verb, colon", cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def _cited(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Whose words a verb of citing brings up: "ha citato l'audizione di [Rossi]: i droni…", "she recalled [Lee's] warning: …"."""
    if lemma(verb) not in lexicon.words("cues.verbs.citing"):
        return []
    words = lexicon.words("cues.nouns.speech") | lexicon.words("cues.nouns.speeches")
    for thing in objects(verb, lexicon):
        source = owner(thing, lexicon) if lemma(thing) in words or thing.lower_ in words else []
        if source and source[0].pos_ not in ("PRON", "DET") and any(can_speak(t, lexicon) for t in source if t.pos_ in ("NOUN", "PROPN")):
            return source
    return []


def _takes_a_stand(token: Token, lexicon: Lexicon) -> bool:
    """Whether a predicate tells where somebody stands: "Bosio non è *d'accordo*: …", "Berlino è *contraria*: …"."""
    words = lexicon.words("cues.adjectives.speech")
    named = (lemma(token) in words or token.lower_ in words) and token.pos_ in ("ADJ", "VERB", "NOUN") \
        or token.pos_ in ("NOUN", "ADJ") and lemma(token) in lexicon.words("cues.nouns.stand")
    if not named:
        return False
    predicate = role(token, lexicon) == "predicate" or children(token, lexicon, "copula")
    heads = subjects(token, lexicon) or subjects(token.head, lexicon)
    return bool(predicate) and bool(heads) and can_speak(heads[0], lexicon)


def with_noun(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Investors cheered [the retreat]", "il Garante lamenta [l'assenza di fondi]", "è stato criticato da X"."""
    for verb in doc:
        attitude = is_cue_verb(verb, lexicon, "attitude")
        clauses = [c for c in complements(verb, lexicon) if c.pos_ in VERBAL]
        # "The firm supports [releasing the weights]": what is backed may be an action.
        actions = [c for c in (*clauses, *children(verb, lexicon, "noun_clause"))
                   if attitude and c.tag_ == "VBG" and c.i > verb.i and not children(c, lexicon, "auxiliary", "subject")]
        if not attitude and not is_cue_verb(verb, lexicon, "measuring") or any(c not in actions for c in clauses) \
                or is_enabled(verb, lexicon):
            continue
        source = source_of(verb, lexicon)
        if not attitude and not any(lemma(t) in lexicon.words("actors.nouns.policy") for t in source if t.head not in source):
            continue  # "a poll shows [a narrow lead]", not "the minister shows courage"
        dropped = lexicon.value("cues.drops_subjects") == "yes" and role(verb, lexicon) == "root" and not is_impersonal(verb, lexicon) \
            and any("3" in t.morph.get("Person", []) for t in (verb, *children(verb, lexicon, "auxiliary")))
        if not source and not dropped:
            continue
        if agents(verb, lexicon):
            things = children(verb, lexicon, "subject_passive") or ([verb.head] if role(verb, lexicon) == "noun_clause" else [])
            tokens = [t for thing in things for t in (thing.subtree if thing in verb.children else noun_phrase(thing, lexicon))]
        else:
            told = addressees(verb, lexicon)
            things = [o for o in objects(verb, lexicon) if (o.pos_ != "PRON" or not o.is_lower or o.i > verb.i) and o not in told]
            tokens = [t for thing in things for t in phrase_tokens(thing, lexicon)] + [t for c in actions for t in c.subtree]
        tokens = [t for t in tokens if t.i not in {s.i for s in source}]
        if tokens and any(t.pos_ in ("NOUN", "PROPN", "VERB") for t in tokens):
            yield Candidate("attitude verb, noun", cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def naming(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"A source called [the threshold "an invitation to cheat"]", "regards [open weights as an insurance policy]"."""
    for verb in doc:
        if not is_cue_verb(verb, lexicon, "naming"):
            continue
        clauses = complements(verb, lexicon)
        if any(is_finite(c, lexicon) for c in clauses if c.pos_ in VERBAL or children(c, lexicon, "marker")):
            continue  # "ritiene [che la perizia sia inutile]" is a reported clause
        source = source_of(verb, lexicon)
        named = [*objects(verb, lexicon), *(c for c in clauses if c.pos_ not in VERBAL or not is_unfinite(c)),
                 *children(verb, lexicon, "predicate"),
                 *(noun for word, noun in obliques(verb, lexicon) if word in lexicon.words("cues.naming"))]
        # "called the senator ["a new Lincoln"]" is an apposition to the parser, "described it as [too timid]" no noun.
        named += [c for o in objects(verb, lexicon) for c in children(o, lexicon, "apposition")
                  if o.i < c.i and c.left_edge.nbor(-1).text != ","]
        cases = [case for top in (verb, *objects(verb, lexicon)) for case in children(top, lexicon, "case") if case.i > verb.i]
        named += [c for case in cases if case.lower_ in lexicon.words("cues.naming")  # "see the act *as* a threat" hangs on the act
                  for c in children(case, lexicon, "adjective", "predicate", "prepositional_clause", "prepositional_object")]
        if agents(verb, lexicon):
            named += children(verb, lexicon, "subject_passive") or ([verb.head] if role(verb, lexicon) == "noun_clause" else [])
        judged = is_cue_verb(verb, lexicon, "judging") and any(
            c.i > n.i and role(c, lexicon) in ("adjective", "noun_clause") for n in named for c in n.children)
        judged = judged or is_cue_verb(verb, lexicon, "branding") and any(_names_in_quotes(n) for n in named)
        if not source or not named or len({n.i for n in named}) < 2 and not clauses and not judged:
            continue
        tokens = {t for n in named for t in n.subtree} - set(source)
        if tokens:
            low, high = min(t.i for t in tokens), max(t.i for t in tokens)
            if low > verb.i:
                tokens = set(doc[low:high + 1])
            tokens = {t for t in tokens if t.pos_ != "ADP" or t.i + 1 != source[0].i}  # "deemed insufficient *by* Democrats"
            yield Candidate("naming verb", cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def _names_in_quotes(noun: Token) -> bool:
    """Whether a quotation follows a noun in its phrase: "ha definito [il piano «troppo timido»]", which hangs on it for the parser."""
    return any(noun.i < t.i < noun.right_edge.i and (t.is_quote or t.is_left_punct) and t.text != "(" for t in noun.subtree)
