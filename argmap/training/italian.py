"""Universal Dependencies treebanks of Italian in, a spaCy pipeline (morphologizer, parser) out.

The recipe of ``argmap/models/it_default`` and ``argmap/models/it_permissive``::

    python -m argmap.training.italian train TREEBANKS OUT --edition default
    python -m argmap.training.italian evaluate TREEBANKS OUT/model/model-best --edition default
    python -m argmap.training.italian ship OUT/model/model-best argmap/models/it_default

`argmap.training.harmonise` brings the treebanks to one scheme first. Sentence boundaries are not learnt here:
`argmap.extract.sentences` decides them from punctuation, quotation marks and paragraphs before the parser runs, so training
documents hold few sentences each. Lemmas come from `argmap.extract.lemmas`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Token
from spacy.training import Example
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run
from spacy.util import load_config_from_str, registry

import argmap.extract.entities
import argmap.extract.pieces  # noqa: F401 - both register what a shipped pipeline may hold
from argmap.extract.ops import use_fast_matrix_product
from argmap.training import harmonise
from argmap.training.evaluate import report
from argmap.training.ship import ship

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
#: Treebanks without subtypes of relations (passives, relative clauses), and without agents.
NO_SUBTYPES = ("it_parlamint",)
NO_AGENTS = ("it_parlamint", "it_pud")
QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("''", "''"))
MARKS = frozenset({'"', "«", "»", "“", "”", "''", "``"})
#: Share of sentences in which a clause or phrase is put in quotation marks; newspapers quote more than treebanks.
QUOTED = 0.25
#: What is quoted has at least this many words.
SHORTEST_QUOTATION = 3

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


def split(folder: Path, edition: str) -> tuple[list[Doc], dict[str, list[Doc]]]:
    """Training sentences of an edition, and its development sentences by treebank; the latter are the last of their files."""
    texts = {name: (folder / f"{name}.conllu").read_text(encoding="utf-8") for name in EDITIONS[edition]}
    treebanks = {name: list(harmonise.read(text)) for name, text in texts.items()}
    passive_verbs = harmonise.passives(
        words for name, treebank in treebanks.items() if not name.startswith(NO_SUBTYPES) for _, words in treebank)
    training: list[Doc] = []
    development: dict[str, list[Doc]] = {}
    for name, treebank in treebanks.items():
        text = harmonise.write(
            (lines, harmonise.harmonise(words, passive_verbs=passive_verbs, has_subtypes=not name.startswith(NO_SUBTYPES),
                                        has_agents=not name.startswith(NO_AGENTS)))
            for lines, words in treebank)
        # One `Doc` a sentence; multi-word tokens ("della") are merged, as spaCy's tokenizer sees them.
        docs = list(conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True))  # type: ignore[no-untyped-call]
        if name in DEVELOPMENT[edition]:
            docs, development[name] = docs[:-HELD_OUT], docs[-HELD_OUT:]
        training += docs * (1 if name.startswith(TWEETS) else 2)
    return training, development


def augment(doc: Doc, rng: random.Random) -> Doc:
    """The sentence in another typography: quotation marks and apostrophes as newspapers set them, a part of it in quotation marks."""
    opening, closing = rng.choice(QUOTES)
    apostrophe = rng.choice("'’")
    quoted = _quotable(doc, rng) if rng.random() < QUOTED else None
    words: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []  # of each token in the new sentence
    marks: list[tuple[int, Token]] = []  # of each added mark, with what it hangs on
    inside = False
    for token in doc:
        if quoted and token.i == quoted[0].i:
            marks.append((len(words), quoted[2]))
            words.append(opening)
            spaces.append(False)
        word = token.text
        if word in MARKS:
            is_opening = word in ("«", "“", "``") or (word in ('"', "''") and not inside)
            word, inside = (opening, True) if is_opening else (closing, False)
        place.append(len(words))
        words.append(word.replace("’", "'").replace("'", apostrophe) if len(word) > 1 and word not in (opening, closing) else word)
        spaces.append(bool(token.whitespace_))
        if quoted and token.i == quoted[1].i:
            marks.append((len(words), quoted[2]))
            words.append(closing)
            spaces.append(spaces[-1])
            spaces[-2] = False
    size = len(words)
    tags, pos, morphs, deps, heads = [""] * size, ["PUNCT"] * size, [""] * size, ["punct"] * size, [0] * size
    for token, at in zip(doc, place, strict=True):
        tags[at], pos[at], morphs[at], deps[at], heads[at] = token.tag_, token.pos_, str(token.morph), token.dep_, place[token.head.i]
    for at, head in marks:
        heads[at] = place[head.i]
    return Doc(doc.vocab, words=words, spaces=spaces, tags=tags, pos=pos, morphs=morphs, heads=heads, deps=deps)


def _quotable(doc: Doc, rng: random.Random) -> tuple[Token, Token, Token] | None:
    """First token, last token and head of a stretch of the sentence that may stand in quotation marks, if there is one."""
    if any(token.text in MARKS for token in doc):
        return None
    found = []
    for token in doc:
        part = list(token.subtree)
        while part and part[-1].dep_ == "punct":
            part.pop()
        while part and part[0].dep_ in ("punct", "mark", "cc", "case"):
            part.pop(0)  # "ha detto che «i pesi circolano»"
        is_whole = bool(part) and part[-1].i - part[0].i + 1 == len(part)
        if is_whole and len(part) >= SHORTEST_QUOTATION and token in part:
            found.append((part[0], part[-1], token))
    return rng.choice(found) if found else None


def join(docs: list[Doc]) -> Doc:
    """Sentences put one after the other with a space between, each with its own tree."""
    joined = Doc.from_docs(docs, ensure_whitespace=True)
    if joined is None:
        raise ValueError("no sentence to join")
    return joined


@registry.readers("argmap.AugmentedCorpus.v1")  # type: ignore[untyped-decorator]
def augmented_corpus(path: str, seed: int) -> Any:
    """A reader that, at each epoch, groups one to three sentences and sets them in a random typography."""
    rng = random.Random(seed)  # noqa: S311 - augmentation needs no secrets

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


def train(folder: Path, out: Path, edition: str, steps: int) -> None:
    """Train an edition; the best pipeline so far is always in ``out/model/model-best``."""
    use_fast_matrix_product()
    out.mkdir(parents=True, exist_ok=True)
    training, development = split(folder, edition)
    held = [doc for docs in development.values() for doc in docs]
    grouped = [join(held[i:i + 5]) for i in range(0, len(held), 5)]
    config = load_config_from_str(CONFIG, overrides={
        "paths.train": str(save(training, out / "train.spacy")), "paths.dev": str(save(grouped, out / "dev.spacy")),
        "training.max_steps": steps})
    nlp = init_nlp(config)
    (out / "model").mkdir(exist_ok=True)
    run(nlp, out / "model")


def evaluate(folder: Path, model: Path, edition: str) -> None:
    """Print a pipeline's scores on the development sentences."""
    use_fast_matrix_product()
    nlp = spacy.load(model)
    for name, docs in split(folder, edition)[1].items():
        sys.stdout.write(f"{name}  {report(nlp, docs)}\n")


def main() -> None:
    """Train, evaluate or ship; see the module's description."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for command, paths in (("train", ("treebanks", "out")), ("evaluate", ("treebanks", "model")), ("ship", ("model", "folder"))):
        sub = commands.add_parser(command)
        for path in paths:
            sub.add_argument(path, type=Path)
        if command != "ship":
            sub.add_argument("--edition", choices=sorted(EDITIONS), default="default")
        if command == "train":
            sub.add_argument("--max-steps", type=int, default=20000)
    args = parser.parse_args()
    if args.command == "train":
        train(args.treebanks, args.out, args.edition, args.max_steps)
    elif args.command == "evaluate":
        evaluate(args.treebanks, args.model, args.edition)
    else:
        ship(spacy.load(args.model), args.folder)


if __name__ == "__main__":
    main()
