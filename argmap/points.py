"""A statement's text in; out, the text of a claim, and what tells its point apart from others on the same subject."""

from __future__ import annotations

import marshal
import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from argmap import lexicon as lexicons
from argmap import polarity, vectors
from argmap.model import Debate, KnownActor, Stance
from argmap.senses import opposites, senses

__all__ = ["Point", "Points", "Word", "apart", "bare", "details_differ", "names", "numbers", "opposed", "plain", "point"]

_OUTER = " \t\n\r,;:–—-…\"'«»“”„‘’‹›()[]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Quotation marks of all kinds but the single ones, which are apostrophes as well.
_MARKS = re.compile("[\"«»“”„‹›]")
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?)\]])")
_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zà-öø-ÿ][\w&-]*(?:[.][^\W\d_])*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a phrase that is marked as one: its senses, whether it carries polarity, and whether it turns what is said round.

    `denies` is for a "not", `compares` for a "than": with it the order of words counts, which is not looked at here.
    """

    senses: frozenset[str]
    polar: bool = False
    denies: bool = False
    compares: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """What tells a statement apart from others on the same subject."""

    language: str
    polarity: int
    stance: Stance
    numbers: frozenset[str]
    names: frozenset[str]
    capitals: frozenset[str]
    negations: int
    words: tuple[Word, ...] = ()


def point(text: str, language: str, stance: Stance, debate: Debate | None = None) -> Point:
    """What tells a text apart from others on the same subject."""
    vocabulary = polarity.vocabulary(language, debate)
    sign = polarity.polarity(text, vocabulary)
    inside = [match[0] for match in _NAME.finditer(text) if match.start()]
    capitals = frozenset(vectors.lemma(vectors.fold(word), language) for word in inside)
    known = language in lexicons.languages()
    denying = lexicons.load(language).words("negation.words") if known else frozenset[str]()
    forms = polarity.words(text)
    # Denials of one clause are one denial: "non lo sa nessuno".
    clauses = "\n".join(forms)
    for stop in polarity.STOPS:
        clauses = clauses.replace(f"\n{stop}\n", "\0")
    negations = sum(not denying.isdisjoint(clause.split("\n")) for clause in clauses.split("\0"))
    return Point(language, sign, stance, numbers(text), names(text, language, debate), capitals, negations,
                 tuple(_words(forms, vocabulary, denying)))


class Points:
    """The points of texts, by number, each found when it is first asked for: most texts of a corpus are near to no other.

    What was found is kept as bytes, some hundred a text, of words by number: a corpus repeats its words.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str], stances: Sequence[Stance], debate: Debate | None = None) -> None:
        self._given = texts, languages, stances, debate
        self._bytes = bytearray()
        self._starts, self._ends = array("Q", bytes(8 * len(texts))), array("Q", bytes(8 * len(texts)))
        self._number: dict[Word, int] = {}
        self._words: list[Word] = []

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: int) -> Point:
        texts, languages, stances, debate = self._given
        if not self._ends[at]:
            found = point(texts[at], languages[at], stances[at], debate)
            words = array("I", map(self._numbered, found.words)).tobytes()
            self._starts[at] = len(self._bytes)
            self._bytes += marshal.dumps((found.polarity, found.numbers, found.names, found.capitals, found.negations, words))
            self._ends[at] = len(self._bytes)
            return found
        kept = self._bytes[self._starts[at]:self._ends[at]]
        sign, numbers, names, capitals, negations, words = marshal.loads(kept)  # noqa: S302 - written above
        return Point(languages[at], sign, stances[at], numbers, names, capitals, negations,
                     tuple([self._words[number] for number in array("I", words)]))

    def _numbered(self, word: Word) -> int:
        number = self._number.setdefault(word, len(self._words))
        if number == len(self._words):
            self._words.append(word)
        return number


#: The marks of `argmap.polarity` that give a word polarity, those by which it compares, and the sense of every denial.
_POLAR = frozenset({"up", "down", "good", "bad", "praise", "blame", "doubt", "alarm", "negation"})
_COMPARING = frozenset({"standard"})
_DENIAL = frozenset({"not"})


def _words(forms: Sequence[str], vocabulary: polarity.Vocabulary, denying: frozenset[str]) -> Iterator[Word]:
    lemmas = [vectors.lemma(word, vocabulary.language) for word in forms]
    at = 0
    while at < len(forms):
        size, marks = vocabulary.marks(forms, lemmas, at)
        size = max(size, 1)
        if "not_negation" not in marks and not denying.isdisjoint(forms[at:at + size]):
            # "cannot" is a denial of "can": each is matched by itself.
            size = 1
        if forms[at] in denying and "not_negation" not in marks:
            yield _word(_DENIAL, polar=True, denies=True, compares=False)
        elif forms[at] not in polarity.STOPS:
            several = [senses(word, vocabulary.language) for word in forms[at:at + size]]
            yield _word(several[0] if size == 1 else frozenset[str]().union(*several), polar=not marks.isdisjoint(_POLAR), denies=False,
                        compares=not marks.isdisjoint(_COMPARING))
        at += size


@lru_cache(maxsize=1 << 16)
def _word(senses: frozenset[str], *, polar: bool, denies: bool, compares: bool) -> Word:
    """A word, one object each time: a corpus repeats its words."""
    return Word(senses, polar, denies, compares)


def opposed(one: Point, other: Point) -> bool:
    """Whether one of two points on one subject denies what the other asserts.

    What both say in words of the same sense tells nothing. If the rest holds a word and its opposite ("raise", "lower"), the
    points are opposed, unless a "not" of one of them turns that round again; if it holds polarity, that decides.
    """
    mine, theirs = _apart(one.words, other.words, lambda word, second: not word.senses.isdisjoint(second.senses))
    rest, others = _apart(mine, theirs, _contrary)
    turned = (len(mine) - len(rest)) % 2 == 1
    left = (*rest, *others)
    # A text without any mark asserts: "it can be controlled" against "it cannot be controlled".
    signs = (one.polarity or 1) != (other.polarity or 1)
    if not any(word.polar for word in left):
        return turned or (signs and any(word.compares for word in (*one.words, *other.words)))
    if turned:
        return sum(word.denies for word in left) % 2 == 0
    return signs


def _apart(one: Sequence[Word], other: Sequence[Word], fits: Callable[[Word, Word], bool]) -> tuple[list[Word], list[Word]]:
    """The words of each text that none of the other's fits, each of which is used once."""
    rest, left = list[Word](), list(other)
    for word in one:
        found = next((at for at, second in enumerate(left) if fits(word, second)), None)
        if found is None:
            rest.append(word)
        else:
            del left[found]
    return rest, left


def _contrary(one: Word, other: Word) -> bool:
    table = opposites()
    return any(not other.senses.isdisjoint(table.get(sense, ())) for sense in one.senses)


def _denied(one: Point, other: Point) -> bool:
    """Whether one text has a "not" more or less than the other, and something besides that the other has not."""
    if (one.negations - other.negations) % 2 == 0:
        return False
    mine, theirs = _apart(one.words, other.words, lambda word, second: not word.senses.isdisjoint(second.senses))
    return any(word.polar for word in (*mine, *theirs))


def apart(one: Point, other: Point) -> bool:
    """Whether two points must not become one claim although they sound alike."""
    # Longer texts hold more marks than polarity adds up rightly: a "not" more or less is enough to keep them apart.
    if {one.stance, other.stance} == {"for", "against"} or details_differ(one, other):
        return True
    return opposed(one, other) or _denied(one, other)


def details_differ(one: Point, other: Point) -> bool:
    """Whether two points differ in numbers or names, so that neither agrees with the other nor denies it."""
    # Within a language "American" and "Chinese" tell two points apart; across languages common words differ anyway.
    return (_differ(one.numbers, other.numbers) or _differ(one.names, other.names)
            or (one.language == other.language and _differ(one.capitals, other.capitals)))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has something that the other lacks: "70 billion" and "7 billion", not "70 billion" and nothing."""
    return bool(one - other) and bool(other - one)


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, without the marks that languages group digits with.

    >>> sorted(numbers("24,000 accounts, 1.5 million"))
    ['15', '24000']
    """
    return frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))


def names(text: str, language: str, debate: Debate | None = None) -> frozenset[str]:
    """The names of a text: ids of the debate's known actors, and other capitalised words that no dictionary has.

    Common words in capitals ("China", "Cina") differ between languages, so they tell nothing apart.
    """
    found = set[str]()
    forms = _known_names(debate.actors) if debate else {}
    for match in _NAME.finditer(text):
        word = match[0]
        folded = vectors.fold(word)
        if folded in forms:
            found.add(forms[folded])
        elif len(word) > 1 and not _common(folded, language):
            found.add(folded)
    return frozenset(found)


@lru_cache(maxsize=8)
def _known_names(actors: tuple[KnownActor, ...]) -> Mapping[str, str]:
    return {vectors.fold(name): actor.id for actor in actors for name in (actor.name, *actor.aliases) if " " not in name}


@lru_cache(maxsize=1 << 16)
def _common(word: str, language: str) -> bool:
    import simplemma
    try:
        return bool(simplemma.is_known(word, lang=(language, "en")))
    except ValueError:
        return False


def bare(text: str) -> str:
    """A text without the marks around it and its stop, capitalised: one wording, of which one vector will do.

    >>> bare(" “but open models help research.” ")
    'But open models help research'
    """
    shorter = " ".join(text.split()).strip(_OUTER).rstrip(".")
    return shorter[:1].upper() + shorter[1:]


def plain(text: str, language: str) -> str:
    """A statement as a claim's text: without quotation marks, leading connectives and whose view it is; capitalised, without a stop.

    >>> plain("« ma i modelli aperti, è la sua tesi, aiutano la ricerca. »", "it")
    'I modelli aperti aiutano la ricerca'
    """
    unquoted = _MARKS.sub(" ", _views(language).sub(" ", " ".join(text.split())))
    shorter = _SPACE_BEFORE.sub(r"\1", " ".join(unquoted.split())).strip(_OUTER).rstrip(".")
    while (rest := _without_opening(shorter, language)) != shorter:
        shorter = rest
    shorter = _balanced(shorter)
    return shorter[:1].upper() + shorter[1:]


def _balanced(text: str) -> str:
    """The text with the bracket that stripping has taken: "a ban (for now" reads on."""
    for left, right in (("(", ")"), ("[", "]")):
        if text.count(left) > text.count(right):
            text += right
        elif text.count(right) > text.count(left):
            text = left + text
    return text


@lru_cache(maxsize=32)
def _views(language: str) -> re.Pattern[str]:
    """Whose view it is, between commas, or at the beginning or the end before or after one."""
    if language not in lexicons.languages():
        return re.compile(r"(?!)")
    phrases = sorted(lexicons.load(language).sequence("claims.views"), key=lambda phrase: (-len(phrase), phrase))
    view = "(?:" + "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases) + ")"
    return re.compile(rf"^\W*{view},|,\s+{view}(?=[.»”\"\s]*$)|,\s+{view},", re.IGNORECASE)


def _without_opening(text: str, language: str) -> str:
    low = vectors.fold(text)
    for opening, comma in _openings(language):
        rest = text[len(opening):]
        if low.startswith(opening) and rest[:1] in ((",",) if comma else (",", " ")):
            rest = rest.strip(_OUTER)
            # "After all this" is better left whole.
            return rest if len(rest.split()) > len(opening.split()) + 1 else text
    return text


@lru_cache(maxsize=32)
def _openings(language: str) -> tuple[tuple[str, bool], ...]:
    if language not in lexicons.languages():
        return ()
    words = lexicons.load(language)
    found = [(vectors.fold(word), False) for word in words.sequence("claims.openings")]
    found += [(vectors.fold(word), True) for word in words.sequence("claims.openings_with_comma")]
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry)))
