"""Universal Dependencies treebanks of Italian in, a spaCy pipeline (morphologizer, parser) out.

The recipe of ``argmap/models/it_default`` and ``argmap/models/it_permissive``::

    python -m argmap.training.italian TREEBANKS OUT --edition default
    python -m argmap.training.italian TREEBANKS OUT --edition permissive

Sentence boundaries are not learnt here: `argmap.extract.sentences` decides them from punctuation, quotation
marks and paragraphs before the parser runs, so training documents hold few sentences each. Lemmas come from
simplemma.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.converters import conllu_to_docs
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config_from_str, registry

from argmap.extract.ops import use_fast_matrix_product

__all__ = ["EDITIONS", "augment", "main", "split"]

#: Treebank files by edition; the permissive one may be used commercially (attribution, share-alike).
PERMISSIVE = ("it_pud-ud-test", "it_parlamint-ud-train", "it_parlamint-ud-test", "it_twittiro-ud-train",
              "it_twittiro-ud-dev", "it_twittiro-ud-test", "it_markit-ud-train", "it_markit-ud-dev", "it_markit-ud-test")
NON_COMMERCIAL = ("it_partut-ud-train", "it_partut-ud-dev", "it_partut-ud-test", "it_isdt-ud-dev", "it_vit-ud-dev",
                  "it_postwita-ud-dev", "it_postwita-ud-test")
EDITIONS = {"default": PERMISSIVE + NON_COMMERCIAL, "permissive": PERMISSIVE}
#: The last HELD_OUT sentences of these files measure progress and are never trained on.
DEVELOPMENT = {"default": ("it_pud-ud-test", "it_parlamint-ud-test", "it_isdt-ud-dev", "it_vit-ud-dev"),
               "permissive": ("it_pud-ud-test", "it_parlamint-ud-test")}
HELD_OUT = 100
#: Tweets teach little about newspapers: they are seen once where other sentences are seen twice.
TWEETS = ("it_twittiro", "it_postwita")
QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("''", "''"))

CONFIG = """
[paths]
train = null
dev = null

[system]
seed = 0
gpu_allocator = null

[nlp]
lang = "it"
pipeline = ["tok2vec", "morphologizer", "parser"]
batch_size = 256

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 128
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [8000, 1500, 4000, 2000]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 128
depth = 4
window_size = 1
maxout_pieces = 3

[components.morphologizer]
factory = "morphologizer"

[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"

[components.morphologizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 128

[components.parser]
factory = "parser"
min_action_freq = 10

[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 128
maxout_pieces = 2
use_upper = true

[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 128

[corpora]

[corpora.train]
@readers = "argmap.AugmentedCorpus.v1"
path = ${paths.train}
seed = ${system.seed}

[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${paths.dev}

[training]
gpu_allocator = null
dev_corpus = "corpora.dev"
train_corpus = "corpora.train"
seed = ${system.seed}
accumulate_gradient = 1
dropout = 0.2
patience = 4000
max_steps = 20000
eval_frequency = 400

[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.001
use_averages = true

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2

[training.batcher.size]
@schedules = "compounding.v1"
start = 300
stop = 1200
compound = 1.001

[training.score_weights]
pos_acc = 0.15
morph_acc = 0.05
dep_uas = 0.3
dep_las = 0.5
sents_f = 0.0
"""


def sentences(path: Path) -> list[Doc]:
    """One `Doc` a sentence, multi-word tokens ("della") merged as spaCy's tokenizer sees them."""
    text = path.read_text(encoding="utf-8")
    return list(conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True))


def split(folder: Path, edition: str) -> tuple[list[Doc], list[Doc]]:
    """Training and development sentences of an edition; the development ones are the last of their files."""
    training: list[Doc] = []
    development: list[Doc] = []
    for name in EDITIONS[edition]:
        docs = sentences(folder / f"{name}.conllu")
        if name in DEVELOPMENT[edition]:
            docs, held = docs[:-HELD_OUT], docs[-HELD_OUT:]
            development += held
        times = 1 if name.startswith(TWEETS) else 2
        training += docs * times
    return training, development


def augment(doc: Doc, rng: random.Random) -> Doc:
    """The sentence in another typography: quotation marks and apostrophes as newspapers set them."""
    opening, closing = rng.choice(QUOTES)
    apostrophe = rng.choice("'’")
    words, inside = [], False
    for token in doc:
        word = token.text
        if word in ('"', "«", "»", "“", "”", "''", "``"):
            is_opening = word in ("«", "“", "``") or (word in ('"', "''") and not inside)
            word, inside = (opening, True) if is_opening else (closing, False)
        words.append(word.replace("’", "'").replace("'", apostrophe) if len(word) > 1 else word)
    return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc], tags=[t.tag_ for t in doc],
               pos=[t.pos_ for t in doc], morphs=[str(t.morph) for t in doc], heads=[t.head.i for t in doc],
               deps=[t.dep_ for t in doc])


def join(docs: list[Doc]) -> Doc:
    """Sentences put one after the other with a space between, each with its own tree."""
    joined = Doc.from_docs(docs, ensure_whitespace=True)
    if joined is None:
        raise ValueError("no sentence to join")
    return joined


@registry.readers("argmap.AugmentedCorpus.v1")
def augmented_corpus(path: str, seed: int) -> Any:
    """A reader that, at each epoch, groups one to three sentences and sets them in a random typography."""
    rng = random.Random(seed)

    def read(nlp: spacy.language.Language) -> Iterator[Example]:
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        rng.shuffle(docs)
        at = 0
        while at < len(docs):
            size = rng.choice((1, 1, 2, 3))
            reference = join([augment(doc, rng) for doc in docs[at:at + size]])
            at += size
            yield Example(nlp.make_doc(reference.text), reference)

    return read


def save(docs: list[Doc], path: Path) -> Path:
    DocBin(docs=docs).to_disk(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--edition", choices=sorted(EDITIONS), default="default")
    parser.add_argument("--max-steps", type=int, default=20000)
    args = parser.parse_args()
    use_fast_matrix_product()
    args.out.mkdir(parents=True, exist_ok=True)
    training, development = split(args.treebanks, args.edition)
    development = [join(development[i:i + 5]) for i in range(0, len(development), 5)]
    config = load_config_from_str(CONFIG, overrides={
        "paths.train": str(save(training, args.out / "train.spacy")),
        "paths.dev": str(save(development, args.out / "dev.spacy")),
        "training.max_steps": args.max_steps})
    nlp = init_nlp(config)
    (args.out / "model").mkdir(exist_ok=True)
    train(nlp, args.out / "model")


if __name__ == "__main__":
    main()
