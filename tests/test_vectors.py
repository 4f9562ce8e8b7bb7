"""Vectors: what is folded, counted, weighted and found near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import vectors


def test_typographic_apostrophes_and_case_make_no_other_word() -> None:
    assert vectors.tokens("L’Apertura") == vectors.tokens("l'apertura")


def test_inflected_forms_have_one_lemma() -> None:
    assert vectors.lemma("modelli", "it") == vectors.lemma("modello", "it")
    assert vectors.lemma("companies", "en") == vectors.lemma("company", "en")


def test_a_language_without_dictionary_keeps_its_words() -> None:
    assert vectors.lemma("parola", "xx") == "parola"


def test_lexical_vectors_have_unit_length_and_empty_texts_none() -> None:
    matrix = vectors.lexical(["Open models help", "", "I pesi aperti"], ["en", "en", "it"])
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert norms == pytest.approx([1, 0, 1], abs=1e-5)


def test_rare_words_weigh_more_than_common_ones() -> None:
    texts = ["the model helps farmers", "the model helps doctors", "the model is big", "a tractor helps farmers"]
    matrix = vectors.lexical(texts, ["en"] * 4)
    farmers = float((matrix[0] @ matrix[3].T).toarray()[0, 0])
    model = float((matrix[0] @ matrix[2].T).toarray()[0, 0])
    assert farmers > model


def test_row_products_are_the_same_however_they_are_cut() -> None:
    matrix = vectors.lexical(["open weights", "open models", "closed models"], ["en"] * 3)
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    whole = vectors.row_dots(matrix, left, right)
    assert vectors.row_dots(matrix, left, right, chunk=1) == pytest.approx(whole)
    assert vectors.row_dots(matrix, left[:0], right[:0]).shape == (0,)


def _circle(*degrees: float) -> NDArray[np.float32]:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_neighbours_are_each_pair_once_in_order() -> None:
    left, right = vectors.neighbours(_circle(0, 90, 5, 95, 180), 0.9)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (1, 3)]


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_neighbours_do_not_depend_on_the_chunk(chunk: int) -> None:
    points = _circle(*range(0, 180, 7))
    whole, cut = vectors.neighbours(points, 0.95), vectors.neighbours(points, 0.95, chunk=chunk)
    assert [side.tolist() for side in cut] == [side.tolist() for side in whole]


def test_only_the_nearest_neighbours_of_a_row_are_kept() -> None:
    left, right = vectors.neighbours(_circle(0, 1, 3, 40), 0.5, most=1)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (1, 2), (2, 3)]


def test_nothing_has_no_neighbours() -> None:
    left, right = vectors.neighbours(np.zeros((0, 2), dtype=np.float32), 0.5)
    assert left.size == right.size == 0


def test_a_text_is_embedded_once() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    cached = vectors.caching(embed)
    assert cached(["b", "a", "b"]).tolist() == [[1, 1], [1, 1], [1, 1]]
    cached(["a", "cc"])
    assert asked == ["b", "a", "cc"]


@pytest.mark.model
def test_one_point_in_two_languages_is_nearer_than_two_points_in_one() -> None:
    embed = vectors.sentence_embedder()
    italian, english, other = embed(["I modelli aperti costano meno", "Open models cost less", "Open models are a danger to children"])
    assert italian @ english > english @ other


@pytest.mark.model
def test_sentence_vectors_are_unit_vectors_and_the_same_in_any_company() -> None:
    embed = vectors.sentence_embedder()
    alone = embed(["Weights cannot be recalled."])
    together = embed(["Weights cannot be recalled.", "", "Europe needs chips."])
    assert alone[0] == pytest.approx(together[0], abs=1e-5)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)


def test_many_rows_are_looked_for_in_cells_and_hardly_a_neighbour_is_missed() -> None:
    made = np.random.default_rng(5).normal(size=(3000, 16)).astype(np.float32)
    points = vectors.directions(np.concatenate([made, made + 0.15 * np.random.default_rng(6).normal(size=made.shape).astype(np.float32)]))
    every, found = ({*zip(*(side.tolist() for side in vectors.neighbours(points, 0.9, exact=exact)), strict=True)} for exact in (10_000, 100))
    assert len(every & found) >= 0.98 * len(every) > 2000
    again = vectors.neighbours(points, 0.9, exact=100)
    assert {*zip(*(side.tolist() for side in again), strict=True)} == found


def _scattered(count: int) -> NDArray[np.float32]:
    """Points, each with another near it."""
    made = np.random.default_rng(5).normal(size=(count // 2, 16)).astype(np.float32)
    return vectors.directions(np.concatenate([made, made + 0.15 * np.random.default_rng(6).normal(size=made.shape).astype(np.float32)]))


def _in_blocks(points: NDArray[np.float32], size: int, most: int = 64) -> list[tuple[int, int]]:
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return points[[int(text) for text in texts]]

    found = []
    for block in vectors.blocks([str(at) for at in range(len(points))], embed, 0.9, most=most, size=size):
        assert np.array_equal(block.vectors, points[block.places])
        left, right = block.places[block.left], block.places[block.right]
        found += zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True)
    return found


def test_in_blocks_each_pair_comes_once_and_hardly_one_is_missed() -> None:
    points = _scattered(3000)
    every, found = (_in_blocks(points, size) for size in (3000, 500))
    assert len(found) == len(set(found)) and set(found) <= set(every)
    assert len(found) >= 0.98 * len(every) > 1400
    assert _in_blocks(points, 500) == found


def test_one_block_has_the_neighbours_of_all() -> None:
    points = _scattered(300)
    left, right = vectors.neighbours(points, 0.9)
    assert _in_blocks(points, 300) == list(zip(left.tolist(), right.tolist(), strict=True))


def test_texts_that_are_all_alike_are_found_in_blocks_with_as_many_neighbours_as_are_wanted() -> None:
    found = _in_blocks(np.tile(_scattered(2)[:1], (200, 1)), 50, most=3)
    assert len(found) == len(set(found)) >= 200


def test_cosines_of_a_few_texts_are_those_of_their_lexical_vectors() -> None:
    texts = ["Open weights cost less", "Weights that are open", "", "I modelli aperti"]
    rows = vectors.lexical(texts, ["en"] * len(texts))
    assert vectors.lexical_cosines(texts, "en") == pytest.approx((rows @ rows.T).toarray(), abs=1e-5)
    assert vectors.lexical_cosines([], "en").shape == (0, 0)


def test_a_bounded_cache_asks_again_for_what_it_let_go() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    known = vectors.caching(embed, most=2)
    assert known(["a", "bb"]).tolist() == known(["bb", "a"]).tolist()[::-1] and asked == ["a", "bb"]
    assert known(["ccc", "a"]).tolist() == [[3], [1]] and known(["d", "ee", "a"]).tolist() == [[1], [2], [1]]
    assert asked == ["a", "bb", "ccc", "a", "d", "ee", "a"]
