"""The page's data: every statement is found again at its place in the excerpt."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Article, Debate, DebateMap, Motion, Span, Statement
from argmap.render.layout import lay_out
from argmap.render.pack import pack
from argmap.render.payload import Records, excerpts, payload, units
from argmap.settings import Settings
from tests.maps import hostile, sample


def utf16(text: str, start: int, end: int) -> str:
    """What JavaScript's `slice` gives."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start:2 * end].decode("utf-16-le", "surrogatepass")


def made(debate_map, **options):
    return payload(debate_map, lay_out(debate_map), **options)


def check_places(debate_map, data):
    articles = {article["id"]: article for article in data["articles"]}
    statements = {statement.id: statement for statement in debate_map.statements}
    for shown in data["statements"]:
        statement = statements[shown["id"]]
        pieces = articles[shown["article"]]["pieces"]
        for span, (piece, start, end) in zip(statement.content, shown["content"], strict=True):
            assert utf16(pieces[piece], start, end) == span.text
        for span, place in ((statement.source, shown["source"]), (statement.cue, shown["cue"])):
            assert (span is None) == (place is None)
            if span:
                assert utf16(pieces[place[0]], place[1], place[2]) == span.text
    for relation, shown in zip(debate_map.relations, data["relations"], strict=True):
        for evidence, seen in zip(relation.evidence, shown["evidence"], strict=True):
            if evidence.signal:
                piece, start, end = seen["signal"]
                assert utf16(articles[evidence.article]["pieces"][piece], start, end) == evidence.signal.text


def test_places_in_the_excerpts_hold_the_statements_words():
    check_places(sample(), made(sample()))
    check_places(hostile(), made(hostile()))
    check_places(sample(), made(sample(), full_text=True))


@given(st.text(alphabet=st.sampled_from("ab .\n\U0001f600\u00e8"), min_size=1, max_size=400), st.data(), st.integers(1, 60))
def test_any_span_of_any_text_is_found_again(text, data, context):
    spans = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        spans.append(Span(start, end, text[start:end]))
    article = Article("x", text)
    statements = tuple(Statement(f"s{i}", "x", "author", "author", (span,)) for i, span in enumerate(spans))
    debate_map = DebateMap(Debate("d", Motion({"en": "m"}), ()), (article,), statements=statements)
    part = excerpts(debate_map, context=context)["x"]
    for span in spans:
        piece, start, end = part.place(span.start, span.end)
        assert utf16(part.pieces[piece], start, end) == span.text
    assert all(a[1] <= b[0] for a, b in zip(part.bounds, part.bounds[1:], strict=False))


def test_only_paragraphs_with_statements_are_taken():
    data = made(sample())
    text = " ".join(piece for article in data["articles"] for piece in article["pieces"])
    assert "nobody left the room convinced" not in text
    assert "Anyone can inspect" not in text.replace("anyone can inspect", "")
    whole = made(sample(), full_text=True)
    assert [article["pieces"] for article in whole["articles"]] == [(article.text,) for article in sample().articles]


def test_a_long_paragraph_is_cut_at_words_and_marked():
    text = "word " * 400 + "Here is the point. " + "more " * 400
    start = text.index("Here")
    article = Article("x", text)
    statement = Statement("s", "x", "author", "author", (article.span(start, start + 18),))
    part = excerpts(DebateMap(Debate("d", Motion({"en": "m"}), ()), (article,), statements=(statement,)))["x"]
    (piece,) = part.pieces
    assert piece.startswith("word ") and piece.endswith(" more") and len(piece) < 2 * Settings().excerpt_context + 40
    assert part.cut() == [True, True]


def test_characters_outside_the_basic_plane_count_twice_as_in_javascript():
    assert units("a\U0001f600b") == 4


def test_articles_are_stored_once_and_only_with_what_is_shown():
    data = made(sample())
    assert len(data["articles"]) == len(sample().articles)
    assert {actor["id"] for actor in data["actors"]} >= {"nadia-roth", "author:Ruth Okafor"}
    assert "meridian-labs" in {actor["id"] for actor in data["actors"]}


def test_a_claim_without_statements_does_not_break_the_page():
    plain = sample()
    empty = replace(plain.claims[0], id="c99", statements=())
    assert made(replace(plain, claims=(*plain.claims, empty)))["claims"][-1]["statements"] == []


def test_a_claim_knows_the_actors_that_its_words_name():
    plain = sample()
    article = plain.articles[0]
    at = article.text.index("an open model")
    named = replace(plain, mentions=(replace(plain.mentions[0], actor="draft", span=article.span(at, at + 13)),))
    claims = {claim["id"]: claim["named"] for claim in made(named)["claims"]}
    assert claims["c01"] == ["draft"] and claims["c02"] == []


def test_words_that_are_repeated_are_counted_once():
    plain = sample()
    again = replace(plain, statements=tuple(replace(s, repeats="s1") if s.id == "s12" else s for s in plain.statements))
    for debate_map, sources in ((plain, 2), (again, 1)):
        opening, rest = pack(made(debate_map))
        assert dict(zip(opening["claims"]["id"], opening["claims"]["sources"], strict=True))["c01"] == sources
    ids = rest["statements"]["id"]
    assert [(ids[again], ids[first]) for again, first in rest["repeats"]] == [("s12", "s1")]


def test_packing_keeps_every_line_and_leaves_texts_out_of_the_layout():
    opening, _ = pack(made(hostile()))
    layout = lay_out(hostile())
    texts = dict(zip(opening["claims"]["id"], opening["claims"]["text"], strict=True))
    names = [opening["claims"]["id"][number] for number in opening["layout"]["cards"]["claim"]]
    cards = dict(zip(names, opening["layout"]["cards"]["lines"], strict=True))
    for row in layout.rows:
        if row.kind == "claim":
            lines, at = [], 0
            for line in cards[row.id]:
                lines.append(line if isinstance(line, str) else texts[row.id][at:at + line])
                at += 0 if isinstance(line, str) else line + 1
            assert tuple(lines) == row.lines
    plain, _ = pack(made(sample()))
    assert all(isinstance(n, int) for lines in plain["layout"]["cards"]["lines"] for n in lines)


def test_records_are_asked_for_by_place_slice_and_in_order():
    items = tuple(sample().claims)
    for asked in (Records(items, lambda claim: {"id": claim.id}), Records(items, lambda values: {"id": values[0]}, "id", "text")):
        whole = [{"id": claim.id} for claim in items]
        assert list(asked) == whole and asked[1:3] == whole[1:3] and asked[-1] == whole[-1] and len(asked) == len(items)
        with pytest.raises(IndexError):
            asked[len(items)]
