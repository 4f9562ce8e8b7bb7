"""Contested, supported and undefended claims; polarization and its course."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.analyse.contest import contested, most_contested, most_supported, standings, undefended
from argmap.analyse.polarization import course, esteban_ray, leanings, polarization, window_length
from argmap.analyse.positions import Position, Positions, select
from argmap.settings import Settings
from tests.maps import sample


def standing(name: str, **options):
    return next(found for found in standings(sample(), **options) if found.claim == name)


class TestStandings:
    def test_attackers_and_their_answers(self):
        found = standing("c15")
        assert found.attackers == ("c16",) and found.answered == () and found.sureness == 0.88
        assert found.makers == ("davide-morosini",) and found.opponents == ("chiara-valenti",)
        assert standing("c07", confidence=0.2).answered == ("c09",)  # c10 attacks the attacker

    def test_who_denies_the_concept_is_an_opponent(self):
        assert "ilse-brandner" in standing("c09").opponents and "meridian-labs" in standing("c10").opponents

    def test_who_gives_a_reason_is_a_proponent(self):
        assert standing("c17").proponents == ("consorzio-aperto", "ministero-innovazione")

    def test_doubtful_relations_do_not_count(self):
        assert standing("c07").attackers == () and standing("c07", confidence=0.2).attackers == ("c09",)

    def test_only_claims_of_the_articles_asked_for_count(self):
        found = {s.claim: s for s in standings(sample(), languages=("it",))}
        assert "c02" not in found and found["c05"].attackers == () and found["c05"].makers == ("davide-morosini",)

    def test_every_claim_has_a_standing_even_if_its_speaker_is_unknown(self):
        found = {s.claim for s in standings(sample(), relevance=0.0)}
        assert found == {claim.id for claim in sample().claims}


class TestRankings:
    def test_contested_claims_have_different_people_on_two_sides(self):
        found = [s.claim for s in most_contested(standings(sample()))]
        assert found[0] == "c17" and {"c05", "c09"} <= set(found) and "c02" not in found

    def test_a_claim_whose_attackers_are_attacked_is_defended(self):
        found = {s.claim for s in undefended(standings(sample()))}
        assert {"c15", "c17"} <= found
        assert "c07" not in {s.claim for s in undefended(standings(sample(), confidence=0.2))}

    def test_second_thoughts_of_the_same_speaker_are_no_attack(self):
        plain = sample()
        own = replace(plain, statements=tuple(replace(s, actors=("davide-morosini",)) if s.id == "s16" else s for s in plain.statements))
        assert "c15" not in {s.claim for s in undefended(standings(own))}

    def test_quarrels_between_actors_come_before_objections_of_the_articles(self):
        plain = sample()
        authors = replace(plain, statements=tuple(
            replace(s, voice="author", actors=("author",)) if s.id == "s19" else s for s in plain.statements))
        found = [s.claim for s in undefended(standings(authors))]
        assert found[-1] == "c17"

    def test_supported_claims_come_with_most_proponents_first(self):
        found = most_supported(standings(sample()))
        assert len(found[0].proponents) == max(len(s.proponents) for s in found)

    def test_concepts_on_which_people_differ(self):
        found = {contest.item: (contest.agree, contest.disagree) for contest in contested(select(sample()))}
        assert found == {"k09": (("meridian-labs",), ("ilse-brandner",))}  # on k05 only the office contradicts itself


def positions(*said: str) -> Positions:
    """``"2025-01-01 a+ b-"``: a day, and who speaks for or against."""
    return Positions("motion", tuple(Position("", word[:-1], "motion", word[-1] == "+", line[:10], line[:10])
                                     for line in said for word in line[10:].split()))


class TestPolarization:
    @pytest.mark.parametrize(("stands", "index"), [
        ([1, -1], 1), ([1, 1, 1], 0), ([0, 0], 0), ([0.5, -0.5], 0.5), ([1, -1, -1, -1], 2 * (1 / 16 * 3 / 4 + 9 / 16 * 1 / 4) * 2)])
    def test_the_index_is_esteban_and_ray_s(self, stands, index):
        assert esteban_ray(stands) == pytest.approx(index)

    @pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 1.6])
    def test_two_equal_camps_at_the_ends_are_the_most_polarized(self, alpha):
        assert esteban_ray([1, -1], alpha=alpha) == pytest.approx(1)
        assert all(esteban_ray(stands, alpha=alpha) <= 1 + 1e-9 for stands in ([1, 0, -1], [1, 1, -1], [1, 0.5, -1, -0.2]))

    def test_actors_stand_where_their_statements_balance(self):
        assert leanings(positions("2025-01-01 a+ a+ a- b-")) == {"a": pytest.approx(1 / 3), "b": -1}

    def test_the_interval_holds_the_index_and_is_the_same_each_time(self):
        table = positions("2025-01-01 a+ b- c+ d- e+ f-")
        found = polarization(table)
        assert found.low <= found.index <= found.high and found == polarization(table)
        assert (found.favour, found.against, found.balanced, found.actors) == (3, 3, 0, 6)

    def test_nobody_is_not_polarized(self):
        assert polarization(Positions("motion", ())).index == 0

    def test_the_course_leaves_out_windows_with_few_actors(self):
        table = positions("2025-01-01 a+ b- c+", "2025-02-15 a+", "2025-03-20 a+ b+ c+")
        found = course(table, days=30, settings=Settings(window_actors=3))
        assert [moment.polarization and round(moment.polarization.index, 2) for moment in found] == [0.89, None, 0.0]

    def test_windows_are_as_short_as_most_of_them_can_be(self):
        dense = positions(*(f"2025-{month:02}-01 a+ b- c+" for month in range(1, 7)))
        assert window_length(dense, settings=Settings(window_actors=3)) == 30
        assert window_length(dense, settings=Settings(window_actors=4)) is None
