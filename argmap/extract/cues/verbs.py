"""A parsed article in, the attributions that hang on a verb out: "says that", "wants to", "opposes", "calls X Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.reported import (
    addressees,
    asked_clause,
    backshifted,
    detached_clause,
    lost_clause,
    second_clause,
    until_next_report,
    without_day,
)
from argmap.extract.cues.sources import BODIES, can_speak, is_impersonal, owner, source_of
from argmap.extract.cues.words import (
    Candidate,
    cue_tokens,
    finite_person,
    is_causative,
    is_cue_verb,
    is_light,
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

__all__ = ["naming", "with_clause", "with_colon", "with_modal", "with_noun"]

#: Parts of speech of a phrase between a verb and the infinitive that tells of it.
NOMINAL = frozenset({"DET", "NUM", "NOUN", "PROPN", "ADJ", "ADP", "PART"})
#: Roles of what belongs to a reporting verb and not to what it reports.
OWN = ("subject", "subject_passive", "auxiliary", "adverb", "oblique", "agent", "indirect_object", "case", "expletive",
       "negation", "particle", "adverbial_clause", "object")


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
        parts = [c for owner in owners for c in _complements(owner, lexicon)
                 if c != verb and clausal and (is_finite(c, lexicon) or not is_unfinite(c))
                 or c != verb and (infinitive or speech) and (c.i > verb.i or not is_finite(c, lexicon))
                 and not (is_finite(c, lexicon) and is_cue_verb(verb, lexicon, "implying"))]
        if is_cue_verb(verb, lexicon, "stating"):
            parts = [c for c in parts if is_finite(c, lexicon)]
        # "ha concluso [staccato di un minuto]" is no clause, "wants [it adopted]" is one.
        parts = [c for c in parts if role(c, lexicon) != "open_clause" or "Part" not in c.morph.get("VerbForm", [])
                 or "Pres" in c.morph.get("Tense", [])  # "recommends [paying for fences]"
                 or children(c, lexicon, "auxiliary", "copula", "subject", "subject_passive")]
        parts = [c for c in parts if "Ger" not in c.morph.get("VerbForm", [])]  # "dice [versando il caffè]": how, not what
        # "Insurers are less keen: they fear [that…]": what comes before belongs to the verb only where nothing follows it.
        parts = [c for c in parts if c.i > verb.i] or parts[:1]
        if not parts and clausal:
            parts = list(detached_clause(verb, lexicon))
        if not parts and (infinitive or is_cue_verb(verb, lexicon, "charging")):
            parts = list(asked_clause(verb, lexicon))
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
        content |= {t for part in parts for t in second_clause(part, content, lexicon)}
        content |= set(backshifted(verb, content, lexicon))
        asked: list[Token] = []
        if infinitive and not is_finite(parts[0], lexicon):  # "invita [l'azienda a sospendere]", "calls on [Meta to stop]"
            asked = [*objects(verb, lexicon), *(noun for words, noun in obliques(verb, lexicon)
                                                if f"{lemma(verb)} {words}" in lexicon.words("cues.verbs.prepositional"))]
            asked = [noun for noun in asked if verb.i < noun.i < parts[0].i]
            content |= {t for noun in asked for t in noun.subtree}
        elif not speech and not is_finite(parts[0], lexicon):  # "expects [about ninety jobs to go]"
            asked = list(verb.doc[verb.i + 1:parts[0].left_edge.i])
            asked = asked if all(t.pos_ in NOMINAL for t in asked) and any(t.pos_ in ("NOUN", "PROPN") for t in asked) else []
            content |= set(asked)
        barred = _own_words(verb, lexicon) - {t.i for part in (*parts, *objects(verb, lexicon), *asked) for t in part.subtree}
        tokens = without_opener(sorted((t for t in content if t.i not in barred), key=lambda t: t.i), lexicon)
        tokens = without_day(verb, until_next_report(verb, parts[0], tokens, lexicon), lexicon)
        if not tokens:
            continue
        if speech and not source:
            source, tokens = _named_after(verb, tokens, lexicon)
        rule = "reporting verb, clause" if speech else "thought verb, clause" if clausal else "intention verb, infinitive"
        yield Candidate(rule, cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def _complements(verb: Token, lexicon: Lexicon) -> list[Token]:
    """A verb's complements, but for what a semicolon parts from it: "Neri puts it down to cost; others *blame* a shortage"."""
    return [c for c in complements(verb, lexicon) if c.i > verb.i or all(t.text != ";" for t in verb.doc[c.i:verb.i])]


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


def _own_words(verb: Token, lexicon: Lexicon) -> set[int]:
    """The verb's own clause: what stays out of a content that surrounds it."""
    return {verb.i} | {token.i for child in children(verb, lexicon, *OWN) for token in child.subtree}


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
            about = subjects(verb, lexicon)
            if not is_cue_verb(verb, lexicon, "speech") and about and not any(can_speak(h, lexicon, BODIES) for h in about):
                continue  # "Il bando *finisce* al Tar: …"
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
        if not attitude and not is_cue_verb(verb, lexicon, "measuring"):
            continue
        clauses = [c for c in _complements(verb, lexicon) if c.pos_ in VERBAL]
        # "The firm supports [releasing the weights]": what is backed may be an action.
        actions = [c for c in (*clauses, *children(verb, lexicon, "noun_clause"))
                   if attitude and c.tag_ == "VBG" and c.i > verb.i and not children(c, lexicon, "auxiliary", "subject")]
        if any(c not in actions for c in clauses) or is_enabled(verb, lexicon):
            continue
        source = source_of(verb, lexicon)
        telling = lexicon.words("actors.nouns.policy") | lexicon.words("cues.nouns.evidence")
        if not attitude and not any(lemma(t) in telling for t in source if t.head not in source):
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
        clauses = _complements(verb, lexicon)
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
        judged = judged or any(children(n, lexicon, "subject") for n in named)  # "calls [that arithmetic]": a clause to the parser
        judged = judged or is_cue_verb(verb, lexicon, "branding") and any(_points_and_names(n, lexicon) for n in named)
        judged = judged or is_cue_verb(verb, lexicon, "seeing") and _sees_there(verb, lexicon)
        if not source or not named or len({n.i for n in named}) < 2 and not clauses and not judged:
            continue
        tokens = {t for n in named for t in n.subtree} - set(source)
        if tokens:
            low, high = min(t.i for t in tokens), max(t.i for t in tokens)
            if low > verb.i:
                tokens = set(doc[low:high + 1])
            tokens = {t for t in tokens if t.pos_ != "ADP" or t.i + 1 != source[0].i}  # "deemed insufficient *by* Democrats"
            yield Candidate("naming verb", cue_tokens(verb, lexicon), numbers(source), numbers(tokens))


def _sees_there(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb tells what somebody sees in something: "sees *in every download* a threat", "*ci* vede un'occasione"."""
    places = lexicon.words("cues.prepositions.seen")
    there = [noun.i for words, noun in obliques(verb, lexicon) if words.split(" ")[0] in places and noun.i > verb.i]
    there += [c.i for c in verb.children if c.lower_ in lexicon.words("cues.there") and c.i < verb.i]
    return any(place < o.left_edge.i and o.pos_ == "NOUN" for o in objects(verb, lexicon) for place in there)


def _points_and_names(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun phrase is a word that points, and what it is called: "called [this nonsense]", one phrase to the parser."""
    pointing = noun.i > 0 and noun.nbor(-1).lower_ in lexicon.words("cues.pointing") and noun.left_edge == noun.nbor(-1)
    return pointing and noun.right_edge == noun and noun.i + 1 < len(noun.doc) and noun.nbor(1).is_punct


def _names_in_quotes(noun: Token) -> bool:
    """Whether a quotation follows a noun in its phrase: "ha definito [il piano «troppo timido»]", which hangs on it for the parser."""
    return any(noun.i < t.i < noun.right_edge.i and (t.is_quote or t.is_left_punct) and t.text != "(" for t in noun.subtree)
