"""Relations that a speaker's verb signals: who turns against whom, who takes whose side."""

from __future__ import annotations

from tests.relate.marked import links_of


def test_a_verb_of_rejection_attacks_what_somebody_else_said_last() -> None:
    found = links_of("[1 lee|A car can be recalled], Lee said. The inspectorate rejected [2 inspectorate|the comparison].",
                     verbs=["rejected"], lemmas={"rejected": "reject"})
    assert found == [("2", "1", "attack", "rejected")]


def test_a_negated_verb_of_rejection_signals_nothing() -> None:
    found = links_of("[1 lee|A car can be recalled], Lee said. Kim does not dispute [2 kim|the figure].",
                     verbs=["dispute"], heads={"not": "dispute"})
    assert found == []


def test_a_sentence_that_leads_up_to_the_statement_counts() -> None:
    found = links_of("[1 asco|I filtri sono caduti], scrive l'Asco. Brenva non ci sta. [2 brenva|Le prove riescono ovunque], sostiene.",
                     language="it")
    assert found == [("2", "1", "attack", "non ci sta")]


def test_a_sentence_of_another_paragraph_does_not() -> None:
    found = links_of("[1 asco|I filtri sono caduti]. Brenva non ci sta.\n\n[2 kim|Il mercato cresce], dice Kim.", language="it")
    assert found == []


def test_nobody_objects_to_himself() -> None:
    assert links_of("[1 lee|It is safe]. Lee rejected [2 lee|the charge].", verbs=["rejected"], lemmas={"rejected": "reject"}) == []


def test_agreement_backs_the_other_speaker() -> None:
    found = links_of("[1 lee|Keys can be copied], Lee warned. Her rivals have a point: [2 kim|nobody checks].")
    assert found == [("2", "1", "support", "have a point")]


def test_an_answer_is_taken_for_an_objection_with_less_confidence() -> None:
    found = links_of("[1 lee|Shops will suffer]. [2 kim|Takings rose], Kim replied.", verbs=["replied"], lemmas={"replied": "reply"})
    assert found == [("2", "1", "attack", "replied")]
