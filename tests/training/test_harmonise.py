"""Treebanks of other schemes come out in ISDT's."""

from __future__ import annotations

from argmap.training.harmonise import Word, harmonise, passives, read, write

CONLLU = """# text = Il testo è scritto dai Corvi.
1\tIl\til\tDET\tRD\t_\t2\tdet\t_\t_
2\ttesto\ttesto\tNOUN\tNN\tGender=Masc|Number=Sing\t4\tnsubj\t_\t_
3\tè\tessere\tAUX\tVBC\tMood=Ind|Number=Sing|Person=3|Tense=Pres|Voice=Act\t4\taux\t_\t_
4\tscritto\tscrivere\tVERB\tVBN\tTense=Past\t0\troot\t_\t_
5-6\tdai\t_\t_\t_\t_\t_\t_\t_\t_
5\tda\tda\tADP\tIN\t_\t7\tcase\t_\t_
6\ti\til\tDET\tRD\t_\t7\tdet\t_\t_
7\tCorvi\tCorvi\tPROPN\tNNP\t_\t4\tobl\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\tFS\t_\t4\tpunct\t_\t_

"""


def adapted(*, passive_verbs: frozenset[str] = frozenset({"scrivere"}), has_subtypes: bool = False, has_agents: bool = False) -> list[Word]:
    (_, words), = read(CONLLU)
    return harmonise(words, passive_verbs=passive_verbs, has_subtypes=has_subtypes, has_agents=has_agents)


def test_a_file_is_written_as_it_was_read() -> None:
    assert write(read(CONLLU)) == CONLLU


def test_verb_forms_come_from_the_tags_and_agreement_from_the_ending() -> None:
    features = {word.form: word.features for word in adapted()}
    assert features["è"] == "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    assert features["scritto"] == "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"


def test_a_passive_has_its_auxiliary_subject_and_agent() -> None:
    relations = {word.form: word.relation for word in adapted()}
    assert (relations["è"], relations["testo"], relations["Corvi"]) == ("aux:pass", "nsubj:pass", "obl:agent")


def test_a_perfect_stays_a_perfect() -> None:
    relations = {word.form: word.relation for word in adapted(passive_verbs=frozenset())}
    assert (relations["è"], relations["testo"], relations["Corvi"]) == ("aux", "nsubj", "obl")


def test_a_treebank_with_subtypes_keeps_its_relations() -> None:
    assert [word.relation for word in adapted(has_subtypes=True, has_agents=True)] == [word.relation for _, words in read(CONLLU) for word in words]


def test_verbs_whose_participle_is_mostly_passive_are_learnt() -> None:
    (_, words), = read(CONLLU.replace("\taux\t", "\taux:pass\t"))
    assert passives([words]) == {"scrivere"}
    (_, words), = read(CONLLU)
    assert passives([words]) == frozenset()
