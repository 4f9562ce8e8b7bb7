"""A stretch of parsed text in, its propositions out: where one point ends and the next begins.

A proposition is what one statement puts forward. Sentences are the coarse unit; inside one, a semicolon or colon between
two clauses, a causal, contrasting or conceding clause, and a coordinated clause with a point of its own begin another
proposition. Clauses that only complete a thought (conditions, relative clauses, coordinated verbs with one subject) stay.
The words of connectives come from the ``statements`` tables of the language files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from argmap.extract.syntax import children, find_phrases, is_finite, is_negated, role
from argmap.lexicon import Lexicon
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["SUBORDINATE", "covered", "divide", "join", "main_heads", "propositions", "trim", "word_count"]

#: Roles whose clause says something about a word of the main clause instead of standing beside it.
SUBORDINATE = frozenset({"relative_clause", "noun_clause", "adverbial_clause", "open_clause", "prepositional_clause"})
#: Roles of a noun: what a tagger takes for a verb there is none ("open-source" in an Italian text).
NOMINAL = frozenset({"object", "oblique", "noun_modifier", "name", "case", "prepositional_object", "noun_clause", "adjective",
                     "apposition"})
#: Those that a causal or contrasting clause may not be taken out of: it says something about a noun's clause only.
INSIDE_NOUN = frozenset({"relative_clause", "noun_clause"})

#: Key under which a document keeps which words head clauses.
CLAUSES = "argmap clauses"
#: Roles of words that stand before what they belong to.
OPENING = frozenset({"determiner", "coordinator", "marker", "case", "auxiliary"})

Tokens = tuple["Token", ...]


def propositions(tokens: Iterable[Token], lexicon: Lexicon, *, quoted: Collection[int] = (),
                 settings: Settings = DEFAULTS) -> tuple[Tokens, ...]:
    """The propositions that the tokens put forward, in text order, connectives at their start left out.

    Args:
        tokens: a stretch of one document, with or without gaps; it may run over several sentences.
        lexicon: the words of the document's language.
        quoted: indices of the document's tokens that stand in quotation marks; a quotation is not split at "and" or
            "but", since its rhythm is the speaker's ("We loved the applause, but applause doesn't pay for chips").
        settings: thresholds.
    """
    sentences = _sentences(tokens)
    found: list[Tokens] = []
    for group in join(sentences, lexicon, settings):
        if len(group) == 1:
            found += divide(group[0], lexicon, quoted=quoted, settings=settings)
        else:
            found.append(tuple(token for sentence in group for token in sentence))
    return tuple(part for part in (trim(part, lexicon) for part in found) if part)


def covered(doc: Doc, start: int, end: int) -> Tokens:
    """The tokens that share a character with a stretch of text (offsets in characters), white space left out."""
    span = doc.char_span(start, end, alignment_mode="expand") if start < end else None
    return tuple(token for token in span or () if not token.is_space)


def word_count(tokens: Iterable[Token]) -> int:
    """How many of the tokens are words or numbers."""
    return sum(1 for token in tokens if not (token.is_punct or token.is_space or token.is_quote))


def _sentences(tokens: Iterable[Token]) -> list[Tokens]:
    found: list[list[Token]] = []
    for token in tokens:
        if token.is_space:
            continue
        # Gaps may hide where a sentence starts.
        before = found[-1][-1].i if found else token.i - 1
        if not found or any(token.doc[i].is_sent_start for i in range(before + 1, token.i + 1)):
            found.append([])
        found[-1].append(token)
    return [tuple(sentence) for sentence in found]


def join(sentences: Sequence[Tokens], lexicon: Lexicon, settings: Settings = DEFAULTS) -> list[list[Tokens]]:
    """The sentences in groups that make one point each.

    Args:
        sentences: their tokens, in text order.
        lexicon: the words of their language.
        settings: `fragment_words` and `follow_up_words` say how short a sentence joins the one before it.
    """
    groups: list[list[Tokens]] = []
    for sentence in sentences:
        if groups and _continues(groups[-1][-1], sentence, lexicon, settings):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _continues(before: Tokens, sentence: Tokens, lexicon: Lexicon, settings: Settings) -> bool:
    if any("\n" in sentence[0].doc[i].text for i in range(before[-1].i, sentence[0].i)):
        return False  # another paragraph
    count = word_count(sentence)
    # "We paid for our rivals' research. Enough now.": too short to be a point of its own.
    if count <= settings.fragment_words:
        return True
    # "The outcome? We punish those who show themselves.", "Will it stop them? Hardly."
    if before[-1].text == "?" or any(token.text == "?" for token in before[-2:]):
        return word_count(before) <= settings.fragment_words or count <= settings.follow_up_words
    # "You have to take it on trust. And on trust I do not even buy a car."
    first = next((token for token in sentence if not (token.is_punct or token.is_quote)), sentence[0])
    return first.lower_ in lexicon.words("statements.additive") and count <= settings.follow_up_words


def divide(tokens: Sequence[Token], lexicon: Lexicon, *, quoted: Collection[int] = (),
           settings: Settings = DEFAULTS) -> list[Tokens]:
    """The parts of one sentence that put forward a proposition each, in text order; connectives are not yet cut off."""
    whole = tuple(tokens)
    parts = (_at_mark(whole, lexicon, quoted, settings) or _at_subordinator(whole, lexicon, settings)
             or _at_coordinator(whole, lexicon, quoted, settings))
    if not parts:
        return [whole]
    return sorted((leaf for part in parts for leaf in divide(part, lexicon, quoted=quoted, settings=settings)),
                  key=lambda leaf: leaf[0].i)


def main_heads(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The heads of the finite clauses in a stretch that do not depend on another clause in it, in text order."""
    ids = {token.i for token in tokens}
    return [token for token in tokens if _heads_clause(token, lexicon) and _is_main(token, ids, lexicon)]


def _heads_clause(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word heads a finite clause. Each split asks again, so the document keeps the answers."""
    known: dict[int, bool] = token.doc.user_data.setdefault(CLAUSES, {})
    found = known.get(token.i)
    if found is None:
        found = known[token.i] = _is_clause(token, lexicon)
    return found


def _is_clause(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ == "PUNCT" or role(token, lexicon) in ("auxiliary", "copula"):
        return False
    if is_finite(token, lexicon):
        return role(token, lexicon) not in NOMINAL or bool(children(token, lexicon, "subject", "subject_passive"))
    # Taggers take some finite verbs for infinitives, participles or nouns ("secrets have…", "la Cina punta su…", "il 38%
    # utilizza…"): with a subject of its own a word heads a clause, unless it hangs on another verb ("let the firm withdraw").
    if not children(token, lexicon, "subject", "subject_passive") or role(token, lexicon) in NOMINAL:
        return False
    form = token.morph.get("VerbForm", [])
    if token.pos_ in ("VERB", "AUX") and not {"Inf", "Ger"} & set(form):
        return True
    marked = any(child.pos_ == "PART" for child in children(token, lexicon, "auxiliary"))
    return not marked and "Ger" not in form and role(token, lexicon) in ("root", "conjunct", "parataxis")


def _is_main(head: Token, ids: Collection[int], lexicon: Lexicon, below: frozenset[str] = SUBORDINATE) -> bool:
    at = head
    while at.head != at and at.head.i in ids:
        if role(at, lexicon) in below:
            return False
        at = at.head
    return True


def _at_mark(tokens: Tokens, lexicon: Lexicon, quoted: Collection[int], settings: Settings) -> list[Tokens] | None:
    """Two clauses with a semicolon, a colon or a dash between them; or words that a quotation after a colon bears out.

    "It is only a first step: China has worked on open models for years.", "against the analogy: “A telescope doesn't design toxins.”"
    """
    marks = lexicon.words("statements.marks")
    ids = {token.i for token in tokens}
    depth = 0
    for n, token in enumerate(tokens):
        depth += (token.text in "([") - (token.text in ")]")
        if depth > 0 or not 0 < n < len(tokens) - 1:
            continue
        if token.text in marks:
            if token.text not in ";:" and not (token.whitespace_ and tokens[n - 1].whitespace_):
                continue  # a hyphen inside a word
            mark, left, right = token.text, tokens[:n], tokens[n + 1:]
        elif token.i - tokens[n - 1].i > 1 and (
                between := {skipped.text for skipped in token.doc[tokens[n - 1].i + 1:token.i]} & {";", ":"}):
            mark, left, right = min(between), tokens[:n], tokens[n:]
        else:
            continue
        quotation = left[-1].i not in quoted and any(t.i in quoted for t in right[:2])
        # "rejects [the premise: open models advance]": what has no verb of its own hangs on the cue.
        outside = any(t.head.i not in ids for t in left if t.head != t)
        if main_heads(right, lexicon) and (main_heads(left, lexicon) or (
                mark == ":" and word_count(left) >= settings.clause_words and (quotation or outside))):
            return [left, right]
    return None


def _at_subordinator(tokens: Tokens, lexicon: Lexicon, settings: Settings) -> list[Tokens] | None:
    """A causal, contrasting or conceding clause, and the rest.

    "She called it an invitation to cheat, since runs can be split.", "While China shares, the US companies do not."
    """
    free, after_comma = lexicon.words("statements.subordinators"), lexicon.words("statements.subordinators_after_comma")
    place = {token.i: n for n, token in enumerate(tokens)}
    for start, stop, phrase in find_phrases(tokens, free | after_comma):
        at, after = place[start], place.get(stop - 1, len(tokens) - 1) + 1
        before = tokens[:at]
        opening = not word_count(trim(before, lexicon))
        comma = not opening and (before[-1].text == "," or before[-1].i < start - 1)  # a gap: ", she says, while…"
        if (phrase in after_comma and not (opening or comma)) or _is_bound(before, opening or comma, lexicon):
            continue
        head = _clause_head(tokens[at:after], tokens[after:], lexicon)
        if head is not None and _stands_beside(head, start, stop, place, lexicon):
            outside = head.head.i not in place
            whole = not opening and bool(main_heads(before, lexicon))
            end = len(tokens) if whole else _clause_end(head, tokens, place, after)
        elif comma and phrase in lexicon.words("statements.subordinators_of_clauses"):
            outside, end = False, len(tokens)  # whatever the parser makes of it, a clause follows
        else:
            continue
        clause, rest = tokens[after:end], before + tokens[end:]
        if (min(word_count(clause), word_count(rest)) >= settings.clause_words
                # "called it “an invitation to cheat”, since…": what has no verb of its own hangs on the cue, as the clause does.
                and (main_heads(rest, lexicon) or outside)):
            return [clause, rest]
    return None


def _is_bound(before: Tokens, apart: bool, lexicon: Lexicon) -> bool:
    """Whether what stands before a conjunction ties its clause to the verb.

    "She chose it precisely because she could adapt it", "It does not become false because it suits him": no reason is given
    for a claim, the reason is what is claimed or denied.
    """
    if before and before[-1].lower_ in lexicon.words("statements.focus"):
        return True
    return not apart and any(is_negated(head, lexicon) for head in main_heads(before, lexicon)[-1:])


def _stands_beside(head: Token, start: int, stop: int, place: Collection[int], lexicon: Lexicon) -> bool:
    """Whether a conjunction's clause is an adjunct of a clause in the stretch, not its subject or object, nor inside a noun phrase."""
    completes = role(head, lexicon) in ("clause", "subject") and not start <= head.head.i < stop
    return head.i >= start and not completes and _is_main(head.head, place, lexicon, INSIDE_NOUN)


def _clause_head(marker: Sequence[Token], following: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """The verb that a conjunction introduces."""
    ids = {token.i for token in marker}
    for token in marker:
        if token.head.i not in ids and _heads_clause(token.head, lexicon) and token.head.i > token.i:
            return token.head
    if any(role(token, lexicon) == "marker" for token in marker):
        return None  # "though imperfect": no clause
    return next(iter(main_heads(following, lexicon)), None)


def _clause_end(head: Token, tokens: Tokens, place: dict[int, int], at: int) -> int:
    """Where the run of the head's subtree that starts at a position ends."""
    inside = {token.i for token in head.subtree}
    end = place.get(head.i, at) + 1
    while end < len(tokens) and tokens[end].i in inside:
        end += 1
    while end - 1 > at and tokens[end - 1].is_punct and not tokens[end - 1].is_right_punct:
        end -= 1
    return end


def _at_coordinator(tokens: Tokens, lexicon: Lexicon, quoted: Collection[int], settings: Settings) -> list[Tokens] | None:
    """Two coordinated clauses with different points.

    "It sets the product apart but slows the community down.", "The edge was its volunteers, and crowds do not work for landlords."
    """
    adversative, additive = lexicon.words("statements.adversative"), lexicon.words("statements.additive")
    result, complementisers = lexicon.words("statements.result"), lexicon.words("statements.complementisers")
    ids = {token.i for token in tokens}
    for n, token in enumerate(tokens):
        word = token.lower_
        if token.i in quoted or word not in adversative | additive | result or not 0 < n < len(tokens) - 1:
            continue
        left, right = tokens[:n], tokens[n + 1:]
        heads = main_heads(right, lexicon)
        first = main_heads(left, lexicon)
        shorter = min(word_count(left), word_count(right))
        if not heads or not first or not _coordinates(token, heads[0], lexicon) or shorter < settings.clause_words:
            continue
        opener = next(t for t in left if not t.is_punct)
        if opener.pos_ == "SCONJ" and first == [opener.head]:
            continue  # "If it passes, she argued, and if others follow, nobody will invest": the main clause is to come
        if right[0].lower_ in complementisers and right[0].i not in quoted:
            return [left, right]  # "said that prices had fallen and that exports should be tightened"
        if not _is_main(_rank(heads[0], lexicon), ids, lexicon):
            continue
        if right[0].lower_ in lexicon.words("cues.relatives"):
            continue  # "not who owns the program but who is in the room"
        if word in adversative:
            # "It is not only about power but is about ideas": one point with a focus, not two.
            if not (is_negated(first[-1], lexicon) and lexicon.words("statements.not_only") & {t.lower_ for t in left}):
                return [left, right]
        elif (len(first) == 1 and (tokens[n - 1].text == "," or tokens[n - 1].i < token.i - 1)
                and children(heads[0], lexicon, "subject", "subject_passive", "expletive")
                and (word in result or shorter >= settings.coordinate_words)):
            return [left, right]
    return None


def _rank(head: Token, lexicon: Lexicon) -> Token:
    """The token whose place in the tree shows a coordinated clause's rank.

    Parsers hang it on an infinitive or participle that it cannot be coordinated with ("tengono riservati i modelli, ma così
    lasciano…"), or take it for an adverbial clause though no conjunction opens it: the verb above is what it stands beside.
    """
    at = head
    if role(at, lexicon) == "conjunct" and not _heads_clause(at.head, lexicon):
        at = at.head
    if at != head or (role(at, lexicon) == "adverbial_clause" and not children(at, lexicon, "marker")):
        return at.head
    return head


def _coordinates(word: Token, head: Token, lexicon: Lexicon) -> bool:
    """Whether a coordinator stands before this clause (UD hangs it on the second conjunct, ClearNLP on the first)."""
    if head in (word.head, word.head.head):
        return True
    between = [token for token in children(head.head, lexicon, "conjunct") if word.i < token.i < head.i]
    return word.head == head.head and not between


def trim(tokens: Sequence[Token], lexicon: Lexicon) -> Tokens:
    """The tokens without connectives at their start and punctuation at their ends.

    "However, it could not show her" loses *However,*; "but crowds do not work" loses *but*.
    """
    rest = _ends(_strip(tuple(token for token in tokens if not token.is_space)), lexicon)
    bare, before_comma = lexicon.words("statements.openers"), lexicon.words("statements.openers_before_comma")
    while rest:
        at = rest[0].i
        hit = next((found for found in find_phrases(rest[:6], bare | before_comma) if found[0] == at), None)
        if hit is None:
            return rest
        after = tuple(token for token in rest if token.i >= hit[1])
        pronoun = hit[1] == at + 1 and rest[0].pos_ in ("PRON", "DET")  # "That is the flaw"
        if not after or pronoun or (hit[2] not in bare and after[0].text not in ",:"):
            return rest
        shorter = _strip(after)
        if not word_count(shorter):
            return rest
        rest = shorter
    return rest


def _ends(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    """Without words at the end that belong to what a split took away: "…, and", "warned a Senate panel the"."""
    while tokens and tokens[-1].head.i > tokens[-1].i and role(tokens[-1], lexicon) in OPENING or (
            tokens and tokens[-1].lower_ in lexicon.words("statements.additive") | lexicon.words("statements.adversative")):
        tokens = _strip(tokens[:-1])
    return tokens


def _strip(tokens: Tokens) -> Tokens:
    while tokens and tokens[0].is_punct and not (tokens[0].is_quote or tokens[0].is_left_punct):
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct and not (tokens[-1].is_quote or tokens[-1].is_right_punct):
        tokens = tokens[:-1]
    return _unquoted(tokens)


def _unquoted(tokens: Tokens) -> Tokens:
    """Without a quotation mark or bracket at an end whose partner is missing, or a quotation mark's that stands at the other end."""
    if tokens and tokens[-1].text == ")" and not any(token.text == "(" for token in tokens):
        return _strip(tokens[:-1])
    marks = [token for token in tokens if token.is_quote and len(token.text) == 1 and token.text not in "'’"]
    if len(tokens) > 1 and len(marks) == 2 and tokens[0] in marks and tokens[-1] in marks:
        return _strip(tokens[1:-1])
    if len(marks) % 2 and tokens:
        if tokens[0] in marks:
            return _strip(tokens[1:])
        if tokens[-1] in marks:
            return _strip(tokens[:-1])
    return tokens
