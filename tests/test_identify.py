"""One actor across articles and languages: what joins, what stays apart, and the account of each join."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from argmap import identify as identifying
from argmap.identify import named, named_mention
from argmap.model import Actor, Article, Attribution, Debate, Extraction, Mention, Merge, Statement


def extraction(article: str, *actors: Actor, language: str = "en") -> Extraction:
    """An article in which each of its actors says one thing."""
    text = Article(article, "x" * 100, language=language)
    span = text.span(0, 5)
    attributions = tuple(Attribution(f"t-{article}-{a.id}", article, "indirect", span, None, (span,), (a.id,)) for a in actors)
    statements = tuple(Statement(f"s-{article}-{a.id}", article, "attributed", "indirect", (span,), actors=(a.id,)) for a in actors)
    return Extraction(text, attributions, statements, actors, tuple(Mention(article, a.id, span) for a in actors))


def identify(extractions: list[Extraction], debate: Debate) -> tuple[tuple[Extraction, ...], tuple[Actor, ...], tuple[Merge, ...]]:
    """The extractions with the corpus' actors in place of each article's, these actors, and why they are one."""
    actors, merges, ids = identifying.identify(((one.article, one.actors) for one in extractions), debate)
    by_id = {actor.id: actor for actor in actors}
    return tuple(replace(
        one, attributions=tuple(named(each, ids) for each in one.attributions), statements=tuple(named(each, ids) for each in one.statements),
        actors=tuple(by_id[name] for name in dict.fromkeys(ids[one.article.id, actor.id] for actor in one.actors)),
        mentions=tuple(named_mention(each, ids) for each in one.mentions)) for one in extractions), actors, merges


def person(id: str, name: str, *aliases: str, affiliation: str | None = None, known: str | None = None) -> Actor:
    return Actor(id, name, "person", affiliation, aliases, known)


def firm(id: str, name: str, *aliases: str, known: str | None = None) -> Actor:
    return Actor(id, name, "organisation", None, aliases, known)


def ids(found: tuple[Extraction, ...]) -> list[list[str]]:
    return [[a.id for a in e.actors] for e in found]


def test_a_full_name_joins_articles(debate: Debate):
    found, actors, merges = identify([extraction("a", person("1", "Vera Ilieva")), extraction("b", person("1", "Vera Ilieva", "Ilieva"))], debate)
    assert ids(found) == [["vera-ilieva"], ["vera-ilieva"]]
    assert [a.name for a in actors] == ["Vera Ilieva"]
    assert {(m.rule, m.evidence) for m in merges} == {("name", "vera ilieva")}


def test_a_surname_joins_the_only_person_of_that_name(debate: Debate):
    found, _, merges = identify([extraction("a", person("1", "Vera Ilieva")), extraction("b", person("1", "Ilieva"))], debate)
    assert ids(found) == [["vera-ilieva"], ["vera-ilieva"]]
    assert {m.rule for m in merges} == {"surname"}


def test_a_surname_that_two_persons_bear_joins_neither(debate: Debate):
    _, actors, merges = identify(
        [extraction("a", person("1", "Vera Ilieva")), extraction("b", person("1", "Boyan Ilieva")), extraction("c", person("1", "Ilieva"))], debate)
    assert len(actors) == 3
    assert merges == ()


def test_accents_and_case_do_not_keep_a_name_apart(debate: Debate):
    _, actors, _ = identify([extraction("a", person("1", "Zoë Müller")), extraction("b", person("1", "Zoe Muller"))], debate)
    assert len(actors) == 1


def test_an_acronym_joins_the_body_it_stands_for(debate: Debate):
    long = firm("1", "Harbour Safety Office", "the Harbour Safety Office", "HSO")
    found, actors, _ = identify([extraction("a", long), extraction("b", firm("1", "HSO", "the HSO"))], debate)
    assert ids(found) == [["harbour-safety-office"], ["harbour-safety-office"]]
    assert actors[0].name == "Harbour Safety Office"


def test_a_common_noun_with_a_capital_names_another_body_in_each_article(debate: Debate):
    _, actors, _ = identify([extraction("a", firm("1", "Senate", "the Senate")), extraction("b", firm("1", "Senate", "the Senate"))], debate)
    assert len(actors) == 2


def test_a_state_is_one_in_all_languages(debate: Debate):
    english = Actor("1", "Germany", "government")
    italian = Actor("1", "Germania", "government", None, ("la Germania",))
    _, actors, merges = identify([extraction("a", english), extraction("b", italian, language="it")], debate)
    assert len(actors) == 1
    assert {"Germany", "Germania"} <= {actors[0].name, *actors[0].aliases}
    assert {m.rule for m in merges} == {"state"}


def test_groups_of_the_same_words_join_within_a_language(debate: Debate):
    experts = Actor("1", "the experts", "group", None, ("experts",))
    _, actors, _ = identify([extraction("a", experts), extraction("b", Actor("1", "experts", "group")),
                             extraction("c", Actor("1", "gli esperti", "group"), language="it")], debate)
    assert len(actors) == 2


def test_descriptions_without_a_name_stay_in_their_article(debate: Debate):
    priest = person("1", "the priest", "priest")
    report = Actor("2", "draft report", "policy", None, ("the draft report",))
    _, actors, _ = identify([extraction("a", priest, report), extraction("b", priest, report)], debate)
    assert len(actors) == 4


def test_a_known_actor_keeps_the_name_and_id_of_the_debate_file(debate: Debate):
    found, actors, merges = identify([extraction("a", firm("1", "Port", "the port", known="port"))], debate)
    assert ids(found) == [["port"]]
    assert (actors[0].name, actors[0].kind, actors[0].affiliation, actors[0].known) == ("Port of Varna", "organisation", "City", "port")
    assert "Port" in actors[0].aliases
    assert merges == ()


def test_two_actors_that_an_article_keeps_apart_stay_apart(debate: Debate):
    """A short form that both a firm and its product bear joins nothing across articles."""
    _, actors, _ = identify([extraction("a", firm("1", "Nortex Systems", "Nortex"), firm("2", "Nortex")), extraction("b", firm("1", "Nortex"))],
                            debate)
    assert len(actors) == 3


def test_an_affiliation_is_spelled_as_the_organisation_is(debate: Debate):
    _, actors, _ = identify([extraction("a", person("1", "Vera Ilieva", affiliation="HSO"), firm("2", "Harbour Safety Office", "HSO"))], debate)
    assert next(a for a in actors if a.kind == "person").affiliation == "Harbour Safety Office"


def test_attributions_statements_and_mentions_follow_their_actor(debate: Debate):
    found, _, _ = identify([extraction("a", person("1", "Vera Ilieva"))], debate)
    assert found[0].attributions[0].actors == ("vera-ilieva",)
    assert found[0].statements[0].actors == ("vera-ilieva",)
    assert found[0].mentions[0].actor == "vera-ilieva"


def test_a_person_and_a_firm_of_one_name_have_two_ids(debate: Debate):
    _, actors, _ = identify([extraction("a", person("1", "Anna Marlow"), firm("2", "Anna Marlow"))], debate)
    assert len({a.id for a in actors}) == 2


NAMES = st.lists(st.sampled_from(["Vera Ilieva", "Ilieva", "HSO", "Harbour Safety Office", "the priest", "Germany", "Łódź", "§"]), unique=True, max_size=5)


@given(st.lists(NAMES, max_size=4), st.sampled_from(["person", "organisation", "group", "policy"]))
def test_every_id_that_is_used_is_an_actors(articles, kind):
    debate = Debate("empty", None, ())  # type: ignore[arg-type]
    made = [extraction(f"x{n}", *(Actor(str(i), name, kind) for i, name in enumerate(names))) for n, names in enumerate(articles)]
    found, actors, merges = identify(made, debate)
    used = {i for e in found for a in e.attributions for i in a.actors} | {m.actor for e in found for m in e.mentions}
    assert used == {a.id for a in actors} == {a.id for e in found for a in e.actors}
    assert len({a.id for a in actors}) == len(actors)
    assert {m.actor for m in merges} <= used
    assert identify(made, debate) == (found, actors, merges)
