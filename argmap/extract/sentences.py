"""A tokenized article in, its tokens marked as sentence starts or not; the parser then keeps to these marks.

A text is cut into paragraphs first, so that no rule, and no quotation mark or bracket left open, reaches beyond one.
In a paragraph, end marks are judged by what stands around them: abbreviations, initials and numbers before, the case of
the next word after, closing and opening quotation marks between. A quotation of three sentences is three sentences;
its reporting clause stays with the one it is attached to ("«Chi decide?», chiede Gatti."). No rule needs marks that balance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["mark_sentences", "paragraphs", "sentence_starts"]

OPENING = "«“„‘‹\"'([{—–-*¿¡"
CLOSING = "»”“’›\"')]}"
#: An end mark with the closing marks and footnote numbers that belong to it, the white space after it (left out by mistake now and
#: then: "la fine.Il resto"), and the marks that open what follows.
END = re.compile(rf"(?P<mark>[.!?…;:]+)(?P<close>(?:\[\d+\]|\s?»|[{re.escape(CLOSING)}])*)(?P<gap>\s*)(?P<open>[{re.escape(OPENING)}]*\s?)")
#: The word before an end mark, inner full stops included ("S.p.A", "U.S").
WORD_BEFORE = re.compile(r"[^\W_](?:[\w.’'-]*[^\W_])?$")
#: The word after it; an elided article counts as a word ("L'azienda": "L").
WORD_AFTER = re.compile(r"\w[\w-]*")
#: "a) ", "12) ", "- ", "• ": what opens an item of a list.
ITEM = re.compile(r"\s*(?:[-–—•*·▪]\s|\(?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{2,4})[).]\s)")
#: A number that opens a sentence and is no sentence by itself: "3. La soglia".
ITEM_NUMBER = re.compile(r"\s*\(?(?:\d{1,4}|[^\W\d_]|[ivxIVX]{2,4})$")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
#: Columns between which text files are wrapped by hand or by mailers.
WRAP = range(40, 101)
#: A block of more lines than this, all but the last filled to this share of the widest, was wrapped.
WRAPPED_LINES = 2
FULL = 0.75
#: A bracket that opens in a sentence and closes within this many characters is an aside and is not cut.
ASIDE = 400
#: Tokens after which a sentence is cut at the next punctuation mark, after twice as many anywhere: what is so long is a table or
#: a list of names, and a parser's time grows faster than the sentence.
LONGEST = 300
#: Characters before and after an end mark that are looked at, and before a word to see whether it has been a name.
REACH = 200
CONTEXT = 20_000
#: "Altman: I modelli…", "Vero: Un libro…": up to this many words before a colon are a label, not a sentence.
LABEL = 2
#: Shorter words before a full stop and lower case are taken for abbreviations.
WHOLE_WORD = 4
#: Parts of an abbreviation with inner full stops are shorter than this: "S.p.A", "U.S".
DOTTED = 2
#: Words after a closing quotation mark, or before a colon, among which a verb of saying is looked for.
NEAR = 6
APOSTROPHES = "'’"
DASHES = ("-", "–", "—")
ELLIPSES = ("...", "…")


def mark_sentences(doc: Doc, lexicon: Lexicon) -> Doc:
    """Set ``is_sent_start`` of every token, to true or to false.

    Args:
        doc: tokens only, not parsed yet; changed in place and returned.
        lexicon: the language's words; its ``sentences`` lists are used.
    """
    import numpy as np
    starts = iter(sentence_starts(doc.text, lexicon)[1:])  # the first is the first token's, white space or not
    at = next(starts, None)
    marks: list[int] = []
    length = 0
    was_punct = False
    for token in doc:
        is_start = token.i == 0
        if at is not None and token.idx >= at and not token.is_space:
            is_start = True
            while at is not None and token.idx >= at:
                at = next(starts, None)
        length = 1 if is_start else length + 1
        if length > LONGEST and not token.is_space and (was_punct or length > 2 * LONGEST):
            is_start, length = True, 1
        marks.append(1 if is_start else -1)
        was_punct = token.is_punct
    # All at once: each assignment to `token.is_sent_start` would look at the whole document.
    return doc.from_array(["SENT_START"], np.asarray(marks, dtype=np.int64).astype(np.uint64))  # type: ignore[arg-type]


def sentence_starts(text: str, lexicon: Lexicon) -> list[int]:
    """Offsets in characters where sentences begin, in order.

    >>> from argmap.lexicon import load
    >>> sentence_starts("Il dott. A. Neri è contrario. «Chi decide?», chiede. Nessuno.", load("it"))
    [0, 30, 53]
    """
    return [start for begin, end in paragraphs(text) for start in _starts(text, begin, end, lexicon)]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch of text that ends with a line break which no sentence crosses.

    A blank line is one. So is a single line break, unless the lines were wrapped: the next one goes on in lower case,
    or its first word would not have fitted.
    """
    at = 0
    for gap in (*BLANK_LINE.finditer(text), None):
        end = gap.start() if gap else len(text)
        yield from _lines(text, at, end)
        at = gap.end() if gap else end


def _lines(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    lines = text[begin:end].split("\n")
    width = max(map(len, lines))
    is_wrapped = len(lines) > WRAPPED_LINES and width in WRAP and all(len(line) > width * FULL for line in lines[:-1])
    at = start = begin
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        at += len(line) + 1
        if following is None or _breaks(line.rstrip(), following, width if is_wrapped else None):
            if text[start:at].strip():
                yield start, min(at, end)
            start = at


def _breaks(line: str, following: str, width: int | None) -> bool:
    words = following.split(maxsplit=1)
    if not line or not words or ITEM.match(following):
        return True
    if words[0][0].islower() or line.endswith(","):
        return False
    return width is None or len(line) + 1 + len(words[0]) <= width


def _starts(text: str, begin: int, end: int, lexicon: Lexicon) -> Iterator[int]:
    while begin < end and text[begin].isspace():
        begin += 1
    yield begin
    start = begin
    at = begin
    while match := END.search(text, at, end):
        at = match.end("gap")
        if at >= end:
            return
        if _ends(text, start, end, match, lexicon):
            start = at
            yield start
        else:
            at = match.end("close")


def _ends(text: str, start: int, end: int, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a sentence that begins at `start` ends with this mark."""
    mark, close, opening = match["mark"], match["close"], match["open"].strip()
    if not match["gap"] and mark not in ".!?":
        return False
    left = text[max(start, match.start() - REACH):match.start()]
    word = WORD_AFTER.match(text, match.end("open"), end)
    if not match["gap"]:
        return word is not None and left[-2:].islower() and word[0][0].isupper() and _is_opener(word, lexicon)
    item = ITEM.match(text, match.end("gap"), end)
    if item and mark[-1] in ";:":
        return True  # "Hanno precedenza: a) gli insegnanti; b) i titolari"
    if word is None:
        return mark[-1] not in ";:" and opening not in DASHES
    if not _opens(word[0]) and not (item and ")" in item[0]):
        return mark == "." and not close and _is_whole_word(left, lexicon)
    if _in_aside(text, start, match.start(), end):
        return False
    if mark[-1] in ";:":
        return not close and not opening and _ends_with_half_stop(left, mark, word, end, lexicon)
    if mark == "." and not close:
        return _ends_with_full_stop(left, word, lexicon)
    if "]" in close and mark in ELLIPSES:
        return False  # "il modello [...] Sestante"
    if close and mark != ".":
        return not _reports(text[word.start():min(end, word.start() + REACH)], lexicon)  # “Who decides?” Hart asked.
    return True


def _is_opener(word: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a word is one that sentences open with ("L'azienda", "Il") and no initial ("T. S. Eliot")."""
    form, following = word[0].lower(), word.string[word.end():word.end() + 1]
    openers = lexicon.words("sentences.openers")
    if following and following in APOSTROPHES:
        return form in openers or f"{form}'" in openers
    return form in openers and not (len(form) == 1 and following == ".")


def _opens(word: str) -> bool:
    """Whether a word may open a sentence: a capital, a digit, or a capital inside ("xAI", "iPhone")."""
    return any(letter.isupper() or letter.isdigit() for letter in word)


def _in_aside(text: str, start: int, at: int, end: int) -> bool:
    """Whether `at` lies in brackets that opened after the sentence did and close soon: "(Foto: Ansa. Archivio)"."""
    opened = max(text.rfind("(", start + 1, at), text.rfind("[", start + 1, at))
    if opened < 0 or re.search(r"[)\]]", text[opened:at]):
        return False
    return re.compile(r"[)\]]").search(text, at + 1, min(end, at + ASIDE)) is not None


def _is_whole_word(left: str, lexicon: Lexicon) -> bool:
    """Whether a full stop before lower case follows a word, not an abbreviation: "La lana si tinge facilmente. in generale".

    Words of some languages end in few letters, and abbreviations in the others ("internaz."): the language file names them.
    """
    before = WORD_BEFORE.search(left)
    if before is None or len(before[0]) < WHOLE_WORD or before[0].lower() in lexicon.words("sentences.may_end"):
        return False
    return before[0].isalpha() and before[0][-1] in lexicon.value("sentences.final_letters")


def _ends_with_half_stop(left: str, mark: str, word: re.Match[str], end: int, lexicon: Lexicon) -> bool:
    """Whether ";" or ":" ends a sentence: in the languages that say so, before a common word in capitals.

    Italian capitalises after them only what stands by itself; English may capitalise any clause after a colon.
    "Il punto è questo: La soglia non serve" is two; "ha detto: «Vogliamo…»", "Un nome: OpenAI", "Altman: Il futuro" are one.
    """
    if mark[-1] not in lexicon.value("sentences.half_stops"):
        return False
    words = left.split()
    if mark[-1] == ":" and (len(words) <= LABEL or _reports(" ".join(words[-LABEL - 1:]), lexicon)):
        return False
    if _is_opener(word, lexicon):
        return True
    following = re.split(r"[.;:!?]", word.string[word.start():min(end, word.start() + REACH)], maxsplit=1)[0]
    return (len(following.split()) > LABEL + 1 and not word[0].isupper()
            and _is_common(word[0], word.string[max(0, word.start() - CONTEXT):word.start()], lexicon.language))


def _is_common(word: str, before: str, language: str) -> bool:
    """Whether a capitalised word is a word of the language that the text has not used as a name (Mikheev 2002)."""
    import simplemma
    if re.search(rf"[\w,’'] {re.escape(word)}\b", before):
        return False
    return bool(simplemma.is_known(word.lower(), lang=language))


def _ends_with_full_stop(left: str, following: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a single full stop ends a sentence or belongs to the word before it."""
    if ITEM_NUMBER.match(left):
        return False  # "3. La soglia"
    before = WORD_BEFORE.search(left)
    if before is None:
        return True
    word = before[0]
    last = re.split("[’']", word)[-1].lower()  # "dell'art."
    if last in lexicon.words("sentences.before_names"):
        return False
    if following[0][0].isdigit():
        return last not in lexicon.words("sentences.before_numbers") and not (len(last) == 1 and last.isalpha())
    is_dotted = "." in word and all(len(part) < DOTTED for part in word.split("."))
    if last in lexicon.words("sentences.may_end") or is_dotted or (len(last) == 1 and word[-1].isupper()):
        return _is_opener(following, lexicon)  # "Meta Inc. La società", "U.S. The", "il piano B. Il governo"; not "Edward C. Kendall"
    return True


def _reports(words: str, lexicon: Lexicon) -> bool:
    """Whether a verb of saying stands among the next few words: "Hart asked", "ha chiesto Gatti"."""
    found = re.findall(r"[^\W\d_]+|[.,;:!?]", words)[:NEAR]
    verbs = lexicon.words("sentences.reporting")
    for word in found:
        if not word.isalpha():
            return False
        if word.lower() in verbs:
            return True
    return False
