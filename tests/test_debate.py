"""Debate files: what is bundled is sound, and what is malformed is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap import debate as debates
from argmap.errors import DebateError
from argmap.model import Debate

LANGUAGES = ("en", "it")

MINIMAL = """
id = "cars"
[motion]
en = "The centre should be closed to cars."
[sides.for]
label = { en = "For" }
examples = { en = ["Streets without cars are safer."] }
[sides.against]
label = { en = "Against" }
examples = { en = ["Shops need parking."] }
"""


@pytest.fixture(params=debates.bundled())
def bundled(request: pytest.FixtureRequest) -> Debate:
    return debates.load(request.param)


def texts(debate: Debate) -> dict[str, dict[str, object]]:
    """Each text of a debate that is keyed by language, by the place where it stands."""
    keyed: dict[str, dict[str, object]] = {"motion": dict(debate.motion.text), "keywords": dict(debate.keywords), "neutral": dict(debate.neutral)}
    for side in debate.sides:
        keyed |= {f"{side.stance}.label": dict(side.label), f"{side.stance}.examples": dict(side.examples),
                  f"{side.stance}.terms": dict(side.terms)}
    for topic in debate.topics:
        keyed |= {f"{topic.id}.label": dict(topic.label), f"{topic.id}.terms": dict(topic.terms)}
    return keyed


# What is bundled


def test_the_default_debate_is_bundled() -> None:
    assert debates.DEFAULT in debates.bundled()


def test_the_template_is_not_listed_among_the_bundled_debates() -> None:
    assert "template" not in debates.bundled()


def test_the_id_of_a_bundled_debate_is_its_file_name() -> None:
    assert [debates.load(name).id for name in debates.bundled()] == list(debates.bundled())


def test_bundled_debates_have_each_text_in_both_languages(bundled: Debate) -> None:
    lacking = [f"{place}.{code}" for place, text in texts(bundled).items() for code in LANGUAGES if not text.get(code)]
    assert lacking == []


def test_bundled_debates_have_twenty_examples_a_side_and_language(bundled: Debate) -> None:
    few = [(side.stance, code) for side in bundled.sides for code in LANGUAGES if len(side.examples[code]) < 20]
    assert few == []


def test_the_default_debate_has_150_examples_a_side_and_language() -> None:
    sizes = [len(side.examples[code]) for side in debates.load().sides for code in LANGUAGES]
    assert min(sizes) >= 150


def test_the_sides_of_a_bundled_debate_are_balanced(bundled: Debate) -> None:
    """A lopsided list would lean every doubtful statement to the longer one."""
    for code in LANGUAGES:
        sizes = [len(side.examples[code]) for side in bundled.sides]
        assert max(sizes) <= 1.2 * min(sizes)


def test_no_example_stands_twice_or_on_two_sides(bundled: Debate) -> None:
    for code in LANGUAGES:
        examples = [text.casefold() for side in bundled.sides for text in side.examples[code]]
        examples += [text.casefold() for text in bundled.neutral[code]]
        assert sorted({text for text in examples if examples.count(text) > 1}) == []


def test_no_term_names_what_both_sides_want(bundled: Debate) -> None:
    first, second = bundled.sides
    for code in LANGUAGES:
        assert set(first.terms[code]) & set(second.terms[code]) == set()


def test_terms_and_keywords_are_lower_case_and_stand_once(bundled: Debate) -> None:
    lists = {place: text for place, text in texts(bundled).items() if place.endswith(("terms", "keywords"))}
    wrong = [f"{place}.{code}: {word}" for place, text in lists.items() for code, words in text.items() if isinstance(words, tuple)
             for word in words if word != word.lower() or words.count(word) > 1]
    assert wrong == []


def test_examples_are_single_sentences(bundled: Debate) -> None:
    examples = [text for side in bundled.sides for code in LANGUAGES for text in side.examples[code]]
    assert [text for text in examples if not text.endswith(".") or ". " in text] == []


def test_no_name_of_a_known_actor_names_two(bundled: Debate) -> None:
    names = [name for actor in bundled.actors for name in {actor.name, *actor.aliases}]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_affiliations_are_actors_of_the_same_file(bundled: Debate) -> None:
    names = {actor.name for actor in bundled.actors}
    assert [actor.id for actor in bundled.actors if actor.affiliation and actor.affiliation not in names] == []


def test_the_default_debate_knows_the_actors_of_the_debate() -> None:
    actors = debates.load().actors
    assert len(actors) >= 60
    assert {actor.kind for actor in actors} >= {"person", "organisation", "government", "policy"}


def test_an_actor_is_known_by_its_italian_names() -> None:
    aliases = {alias: actor.name for actor in debates.load().actors for alias in actor.aliases}
    assert aliases["Stati Uniti"] == "United States"
    assert aliases["amministrazione Trump"] == "Trump administration"
    assert aliases["piano d'azione per l'IA"] == "AI Action Plan"


# The template


def test_the_template_is_a_valid_debate() -> None:
    debate = debates.parse(debates.template())
    assert all(debate.motion.text[code] for code in LANGUAGES)
    assert debate.topics and debate.actors


def test_the_template_shows_every_key_of_a_debate() -> None:
    text = debates.template()
    for key in ("id =", "[motion]", "[keywords]", "[neutral]", "[sides.for.label]", "[sides.for.terms]", "[sides.for.examples]",
                "[sides.against.examples]", "[[topics]]", "[[actors]]", "affiliation =", "aliases ="):
        assert key in text


# Reading


def test_a_minimal_debate_needs_no_topics_actors_or_keywords() -> None:
    debate = debates.parse(MINIMAL)
    assert debate.id == "cars"
    assert [side.stance for side in debate.sides] == ["for", "against"]
    assert (debate.topics, debate.actors, debate.keywords) == ((), (), {})


def test_a_debate_may_have_one_language_only() -> None:
    assert list(debates.parse(MINIMAL).motion.text) == ["en"]


def test_sides_keep_their_order_whatever_the_file_s() -> None:
    head, first, second = MINIMAL.partition("[sides.for]")[0], *MINIMAL.partition("[sides.for]")[2].split("[sides.against]")
    turned = f"{head}[sides.against]{second}[sides.for]{first}"
    assert [side.stance for side in debates.parse(turned).sides] == ["for", "against"]


def test_a_debate_is_loaded_from_a_file_even_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "cars.toml"
    path.write_text(MINIMAL, encoding="utf-8-sig")
    assert debates.load(path).id == "cars"
    assert debates.load(str(path)).id == "cars"


# What is wrong is named


def complaint(text: str) -> str:
    with pytest.raises(DebateError) as error:
        debates.parse(text, name="cars.toml")
    return str(error.value)


@pytest.mark.parametrize(("old", "new", "named"), [
    ('id = "cars"', "", "id"),
    ('id = "cars"', "id = 7", "id"),
    ('id = "cars"', 'id = " "', "id"),
    ("[motion]\nen =", "[motion]\nen = 1 #", "motion.en"),
    ('[motion]\nen = "The centre should be closed to cars."', 'motion = "cars"', "motion"),
    ('label = { en = "Against" }', "", "sides.against.label"),
    ('examples = { en = ["Shops need parking."] }', "", "sides.against.examples"),
    ('["Shops need parking."]', "[]", "sides.against.examples"),
    ('["Shops need parking."]', '"Shops need parking."', "sides.against.examples.en"),
    ('["Shops need parking."]', '["Shops need parking.", ""]', "sides.against.examples.en"),
])
def test_a_wrong_value_is_named_by_its_key(old: str, new: str, named: str) -> None:
    assert old in MINIMAL
    message = complaint(MINIMAL.replace(old, new))
    assert message.startswith("cars.toml: ")
    assert named in message


@pytest.mark.parametrize(("added", "named"), [
    ("colour = 'red'", "colour"),
    ("[sides.maybe]", "maybe"),
    ("[[topics]]\nlabel = { en = 'Shops' }", "topics[0].id"),
    ("[[topics]]\nid = 'shops'", "topics[0].label"),
    ("[[topics]]\nid = 'a'\nlabel = { en = 'A' }\n[[topics]]\nid = 'a'\nlabel = { en = 'B' }", "'a'"),
    ("[topics]\nid = 'shops'", "topics"),
    ("[[actors]]\nid = 'mayor'\nname = 'Mayor'", "actors[0].kind"),
    ("[[actors]]\nid = 'mayor'\nname = 'Mayor'\nkind = 'animal'", "'animal'"),
    ("[[actors]]\nid = 'mayor'\nname = 'Mayor'\nkind = 'person'\naliases = 'the mayor'", "actors[0].aliases"),
    ("[[actors]]\nid = 'x'\nname = 'A'\nkind = 'group'\n[[actors]]\nid = 'x'\nname = 'B'\nkind = 'group'", "'x'"),
    ("[keywords]\nen = 'cars'", "keywords.en"),
    ("[neutral]\nen = 'It is raining.'", "neutral.en"),
])
def test_a_wrong_entry_is_named_by_its_place(added: str, named: str) -> None:
    top_level = added.startswith("colour")
    message = complaint(f"{added}\n{MINIMAL}" if top_level else f"{MINIMAL}\n{added}\n")
    assert named in message


def test_a_side_that_is_missing_is_named() -> None:
    assert "'for' and 'against'" in complaint(MINIMAL.split("[sides.against]")[0])
    assert "'for' and 'against'" in complaint('id = "x"')


def test_text_that_is_no_toml_is_refused_with_the_line() -> None:
    message = complaint('id = "cars\n')
    assert "not TOML" in message
    assert "line 1" in message


def test_a_file_that_is_missing_is_refused_with_the_bundled_ids(tmp_path: Path) -> None:
    with pytest.raises(DebateError, match=debates.DEFAULT):
        debates.load(tmp_path / "nothing.toml")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DebateError, match="cannot be read"):
        debates.load(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('id = "perché"'.encode("latin-1"))
    with pytest.raises(DebateError, match="not UTF-8"):
        debates.load(path)
