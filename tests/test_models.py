"""Model cards, and the pipelines that the package ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap import models
from argmap.errors import ModelError
from argmap.lexicon import languages, load

SHIPPED = [card for card in models.cards() if card.path]


def test_every_language_has_a_pipeline_with_a_card_in_every_edition() -> None:
    names = {card.name: card for card in models.cards()}
    for language in languages():
        for edition in models.EDITIONS:
            card = names[load(language).value(f"pipeline.{edition}")]
            assert card.language == language
            assert edition in card.editions


@pytest.mark.parametrize("card", models.cards(), ids=lambda card: card.name)
def test_a_card_names_licence_sources_and_scores(card: models.Card) -> None:
    assert card.licence
    assert card.description
    assert card.tasks
    assert card.sources
    assert set(card.editions) <= set(models.EDITIONS)
    assert all(source.licence and source.credit and source.url.startswith("https://") for source in card.sources)
    assert all(0 < score.value <= 1 and score.on for score in card.scores)


def test_nothing_non_commercial_goes_into_the_permissive_edition() -> None:
    for card in models.cards():
        if "permissive" in card.editions:
            assert "NC" not in card.licence
            assert not [source.name for source in card.sources if "NC" in source.licence]


def test_an_unknown_card_is_refused_with_the_known_names() -> None:
    with pytest.raises(ModelError, match="it_default"):
        models.card("it_nowhere")


@pytest.mark.parametrize("name", ["", "..", "nowhere", "/tmp"])
def test_only_shipped_folders_are_found(name: str) -> None:
    assert models.folder(name) is None


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.name)
def test_a_shipped_model_is_small_and_says_nothing_of_where_it_was_made(card: models.Card) -> None:
    assert card.path is not None
    assert card.recipe
    files = [path for path in card.path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 20_000_000
    config = (card.path / "config.cfg").read_text(encoding="utf-8")
    assert "/" not in config.replace("://", "")
    assert str(Path.home()) not in (card.path / "meta.json").read_text(encoding="utf-8")


@pytest.mark.model
@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.name)
def test_a_shipped_pipeline_parses_a_plain_sentence(card: models.Card) -> None:
    from argmap.extract.annotate import load_pipeline, parse
    nlp = load_pipeline(card.language, models=card.editions[0])
    doc = parse("La ministra ha detto che i modelli aperti aiutano le scuole.", nlp, load(card.language))
    verb = next(token for token in doc if token.text == "detto")
    assert (verb.dep_, verb.pos_) == ("ROOT", "VERB")
    assert [child.text for child in verb.children if child.dep_ == "nsubj"] == ["ministra"]
    assert [child.text for child in verb.children if child.dep_ == "ccomp"] == ["aiutano"]
    assert "Fin" in next(token for token in doc if token.text == "aiutano").morph.get("VerbForm")


@pytest.mark.model
@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.name)
def test_a_shipped_pipeline_can_be_changed_as_any_of_spacys(card: models.Card) -> None:
    import spacy

    from argmap.extract import entities, pieces  # noqa: F401 - registers what shipped pipelines are made of
    nlp = spacy.load(str(card.path))
    names = list(nlp.pipe_names)
    nlp.remove_pipe(names[-1])
    nlp.add_pipe("sentencizer")
    assert nlp.pipe_names == [*names[:-1], "sentencizer"]
