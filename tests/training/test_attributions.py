"""How who says what is scored against marked texts."""

from argmap.model import Actor, Article, Attribution, Statement
from argmap.training.attributions import Found, compare
from argmap.training.marked import Example

TEXT = "Lee said tolls never work at all. Roth wants them gone."


def said(article: Article, words: str, *, actor: str = "", rule: str = "reporting verb, clause", parent: str | None = None) -> Attribution:
    at = article.text.index(words)
    return Attribution(words, article.id, "indirect", None, None, (article.span(at, at + len(words)),), actors=(actor,) if actor else (),
                       parent=parent, rule=rule)


def text(*found: tuple[str, str]) -> Found:
    article = Article("a", TEXT)
    at = TEXT.index("tolls")
    statement = Statement("s", "a", "attributed", "indirect", (article.span(at, at + len("tolls never work at all")),), actors=("lee",))
    attributions = tuple(said(article, words, actor=actor) for words, actor in found)
    return Found(Example(article, (statement,), frozenset()), attributions, (Actor("ann", "Ann Lee", "person"), Actor("roth", "Roth", "person")))


def test_a_statement_is_found_in_an_attribution_that_holds_half_of_it_and_named_by_a_word_of_the_speaker() -> None:
    found = compare([text(("tolls never work", "ann"))])
    assert (found.recall, found.precision, found.speakers) == (1.0, 1.0, 1.0)
    assert compare([text(("tolls never work", "roth"))]).speakers == 0.0


def test_what_is_not_found_is_kept_and_what_nobody_marked_counts_against_its_rule() -> None:
    found = compare([text(("never", "ann"), ("wants them gone", "roth"))])
    assert found.recall == 0.0 and [statement.text for _, statement in found.misses] == ["tolls never work at all"]
    assert found.rules == {("reporting verb, clause", True): 1, ("reporting verb, clause", False): 1}


def test_nested_attributions_do_not_count_twice() -> None:
    outer = text(("tolls never work at all", "ann"))
    inner = said(outer.example.article, "never work", actor="roth", parent=outer.attributions[0].id)
    assert compare([Found(outer.example, (*outer.attributions, inner), outer.actors)]).rules.total() == 1
