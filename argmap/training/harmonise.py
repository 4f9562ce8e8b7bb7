"""Sentences of Italian treebanks in, the same sentences in the scheme of ISDT out.

The treebanks were made by different hands: PUD has no ``VerbForm``, ParlaMint no subtypes of relations, the tweets subtypes of their own.
What the parser's users ask of it (is this verb finite, is this its passive subject) must not depend on where a sentence came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

__all__ = ["Word", "harmonise", "passives", "read", "write"]

#: PUD's language-specific tags and the verb forms that they stand for.
VERB_FORMS = {"VBC": "Fin", "VBN": "Part", "VBG": "Ger", "VB": "Inf"}
#: Features that PUD alone has.
FOREIGN = frozenset({"Aspect", "Voice", "Case", "Number[psor]", "Person[psor]"})
#: Subtypes that tweets alone have, or that say nothing here, and what they become.
RELATIONS = {"vocative:mention": "vocative", "parataxis:hashtag": "parataxis", "parataxis:appos": "appos", "discourse:emo": "discourse",
             "obl:tmod": "obl", "list": "parataxis"}
CLITICS = frozenset({"mi", "ti", "si", "ci", "vi", "lo", "la", "li", "le", "gli", "ne", "me", "te", "se", "ce", "ve", "glie",
                     "l'", "s'", "c'", "m'", "t'", "v'"})
RELATIVES = frozenset({"che", "cui", "quale", "quali"})
TO_BE, TO_COME, BY = "essere", "venire", "da"
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Word:
    """A row of a CoNLL-U file; `features` as written, ``_`` for none; `head` 0 for the root."""

    number: int
    form: str
    lemma: str
    pos: str
    tag: str
    features: str
    head: int
    relation: str
    rest: str


def read(text: str) -> Iterator[tuple[list[str], list[Word]]]:
    """Sentences of a CoNLL-U text: the lines that are no words (with their place), and the words.

    Lines of multi-word tokens and comments are kept as they are.
    """
    for block in text.strip().split("\n\n"):
        lines, words = [], []
        for line in block.split("\n"):
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                number, form, lemma, pos, tag, features, head, relation, *rest = cells
                words.append(Word(int(number), form, lemma, pos, tag, features, int(head), relation, "\t".join(rest)))
                lines.append("")
            else:
                lines.append(line)
        yield lines, words


def write(sentences: Iterable[tuple[list[str], list[Word]]]) -> str:
    """The CoNLL-U text of sentences that `read` gave."""
    blocks = []
    for lines, words in sentences:
        rows = iter(words)
        blocks.append("\n".join(line or _row(next(rows)) for line in lines))
    return "\n\n".join(blocks) + "\n\n"


def _row(word: Word) -> str:
    return "\t".join((str(word.number), word.form, word.lemma, word.pos, word.tag, word.features, str(word.head), word.relation, word.rest))


def passives(sentences: Iterable[list[Word]]) -> frozenset[str]:
    """Lemmas of verbs whose participle with "essere" is a passive more often than a perfect, from treebanks that tell the two apart."""
    count: Counter[str] = Counter()
    for words in sentences:
        for word in words:
            if word.lemma == TO_BE and word.relation in ("aux", "aux:pass"):
                count[words[word.head - 1].lemma] += 1 if word.relation == "aux:pass" else -1
    return frozenset(lemma for lemma, balance in count.items() if balance > 0)


def harmonise(words: list[Word], *, passive_verbs: frozenset[str], has_subtypes: bool, has_agents: bool) -> list[Word]:
    """A sentence in ISDT's scheme.

    Args:
        words: the sentence, numbered from 1.
        passive_verbs: from `passives`.
        has_subtypes: whether the treebank marks passives and relative clauses by subtypes.
        has_agents: whether it marks the agents of passives.
    """
    words = [replace(word, features=_features(word, words), relation=RELATIONS.get(word.relation, word.relation)) for word in words]
    words = [replace(word, pos="DET") if word.relation == "det:poss" and word.pos == "PRON" else word for word in words]
    if not has_subtypes:
        words = [replace(word, relation=_subtype(word, words, passive_verbs)) for word in words]
        heads = {word.head for word in words if word.relation == "aux:pass"}
        words = [replace(word, relation=f"{word.relation}:pass") if word.relation in ("nsubj", "csubj") and word.head in heads else word
                 for word in words]
    if not has_agents:
        words = [replace(word, relation="obl:agent") if _is_agent(word, words) else word for word in words]
    return words


def _features(word: Word, words: list[Word]) -> str:
    features = dict(pair.split("=", 1) for pair in word.features.split("|") if "=" in pair)
    if word.pos in VERBAL and word.tag in VERB_FORMS:
        features["VerbForm"] = "Fin" if "Mood" in features else VERB_FORMS[word.tag]
        if features.get("Aspect") == "Imp" and features.get("Tense") == "Past":
            features["Tense"] = "Imp"
        if features["VerbForm"] == "Part" and features.get("Tense", "Past") == "Past":
            features = _agreement(word.form) | features | {"Tense": "Past"}
    if word.pos == "PRON":
        form = word.form.lower().replace("’", "'")
        if form in CLITICS and word.relation.split(":")[0] in ("obj", "iobj", "expl"):
            features |= {"Clitic": "Yes", "PronType": features.get("PronType", "Prs")}
        if form in RELATIVES and "PronType" not in features and _in_relative_clause(word, words):
            features["PronType"] = "Rel"
    kept = sorted((name, value) for name, value in features.items() if name not in FOREIGN)
    return "|".join(f"{name}={value}" for name, value in kept) or "_"


def _agreement(form: str) -> dict[str, str]:
    """Gender and number of a past participle, by its ending: "scritta"."""
    endings = {"o": ("Masc", "Sing"), "a": ("Fem", "Sing"), "i": ("Masc", "Plur"), "e": ("Fem", "Plur")}
    gender, number = endings.get(form[-1:].lower(), ("", ""))
    return {"Gender": gender, "Number": number} if gender else {}


def _in_relative_clause(word: Word, words: list[Word]) -> bool:
    head = words[word.head - 1] if word.head else None
    return head is not None and head.relation.startswith("acl")


def _subtype(word: Word, words: list[Word], passive_verbs: frozenset[str]) -> str:
    head = words[word.head - 1] if word.head else None
    if word.relation == "det" and "Poss=Yes" in word.features:
        return "det:poss"
    if word.relation == "acl" and any(each.head == word.number and "PronType=Rel" in each.features for each in _near(word, words)):
        return "acl:relcl"
    if word.relation == "aux" and head is not None and "VerbForm=Part" in head.features:
        auxiliaries = [each for each in words if each.head == head.number and each.relation.startswith("aux")]
        follows = any(each.lemma == TO_BE and each.number < word.number for each in auxiliaries)  # "è stato scritto"
        if word.lemma == TO_COME or (word.lemma == TO_BE and (follows or (len(auxiliaries) == 1 and head.lemma in passive_verbs))):
            return "aux:pass"
    return word.relation


def _near(word: Word, words: list[Word]) -> list[Word]:
    """The words that hang on a clause's head or on a phrase of it ("di cui", "nel quale")."""
    direct = [each for each in words if each.head == word.number]
    numbers = {each.number for each in direct}
    return [*direct, *(replace(each, head=word.number) for each in words if each.head in numbers)]


def _is_agent(word: Word, words: list[Word]) -> bool:
    """Whether an oblique names who acts: "scritto da Corvi", "è voluto dal governo"."""
    if word.relation != "obl" or not word.head or word.pos not in ("NOUN", "PROPN", "PRON"):
        return False
    has_by = any(each.head == word.number and each.relation == "case" and each.lemma in (BY, "dal", "dalla", "dai") for each in words)
    head = words[word.head - 1]
    is_passive = any(each.head == head.number and each.relation == "aux:pass" for each in words)
    return has_by and (is_passive or (head.relation == "acl" and "VerbForm=Part" in head.features))
