"""Which statements count as whose agreement with what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.analyse.contest import standings
from argmap.analyse.positions import Position, Positions, collapse, day, select, windows
from argmap.errors import ArgmapError
from tests.maps import sample


def rows(table: Positions) -> set[tuple[str, str, bool]]:
    return {(row.actor, row.item, row.agreement) for row in table.rows}


class TestLevels:
    def test_who_denies_a_concept_disagrees_with_it(self):
        found = rows(select(sample()))
        assert {("meridian-labs", "k09", True), ("ilse-brandner", "k09", False)} <= found

    def test_who_makes_a_claim_agrees_with_it_and_disagrees_with_its_opposite(self):
        found = rows(select(sample(), level="claim"))
        assert {("ilse-brandner", "c10", True), ("ilse-brandner", "c09", False), ("meridian-labs", "c10", False)} <= found

    def test_relations_tell_agreement_with_claims_when_asked_for(self):
        attack = ("nadia-roth", "c05", False)  # by her claim c06
        assert attack not in rows(select(sample(), level="claim"))
        assert attack in rows(select(sample(), level="claim", relations=True))

    def test_on_topics_and_the_motion_the_side_counts_and_neutral_statements_do_not(self):
        topics, motion = (rows(select(sample(), level=level)) for level in ("topic", "motion"))
        assert ("davide-morosini", "safety", False) in topics and ("jonas-wedel", "motion", False) in motion
        assert not any(actor == "draft" for actor, _, _ in topics | motion)

    def test_an_unknown_level_is_refused(self):
        with pytest.raises(ArgmapError, match="concept, claim, topic, motion"):
            select(sample(), level="mood")


class TestSelection:
    def test_articles_own_voice_and_groups_count_only_when_asked_for(self):
        plain = sample()
        assert not any(actor.startswith("author:") for actor, _, _ in rows(select(plain)))
        assert ("author:Ruth Okafor", "k11", True) in rows(select(plain, authors=True))
        groups = replace(plain, actors=tuple(replace(actor, kind="group") for actor in plain.actors))
        assert rows(select(groups)) == set() and rows(select(groups, kinds=("group",))) == rows(select(plain))

    def test_persons_are_put_under_their_organisation(self):
        table = select(sample(), by="organisation")
        assert ("meridian-labs", "k03", True) in rows(table)  # Jonas Wedel's
        assert ("consorzio-aperto", "k16", True) in rows(table)  # Chiara Valenti's
        assert table.actors["organisation:Alder Institute"].label == "Alder Institute"
        assert "nadia-roth" not in table.actors

    def test_outlets_languages_and_days_narrow_the_articles(self):
        plain = sample()
        assert {row.article for row in select(plain, languages=("it",)).rows} == {"it-gazzetta-01", "it-osservatore-02"}
        assert {row.article for row in select(plain, outlets=("Harbour Courier",)).rows} == {"en-courier-02"}
        assert {row.article for row in select(plain, start="2025-04-18", end="2025-05-09").rows} == {"en-courier-02", "it-gazzetta-01"}

    def test_an_article_without_a_date_is_in_no_range(self):
        undated = replace(sample(), articles=tuple(replace(article, date="") for article in sample().articles))
        assert select(undated).rows and not select(undated, start="2000-01-01").rows

    def test_a_date_that_is_none_is_refused(self):
        with pytest.raises(ArgmapError, match="soon"):
            select(sample(), start="soon")

    def test_statements_beside_the_motion_are_left_out(self):
        assert "k18" in {row.item for row in select(sample(), relevance=0.5).rows}
        assert "k18" not in {row.item for row in select(sample(), relevance=0.6).rows}

    def test_rows_come_in_the_order_of_dates(self):
        dates = [row.date for row in select(sample(), authors=True).rows]
        assert dates == sorted(dates) and len(set(dates)) == 5


def said(date: str, article: str, agreement: bool = True) -> Position:
    return Position("", "a", "k", agreement, article, date)


class TestDuplicates:
    #: Sunday and Monday part calendar weeks; the last is in another month.
    TABLE = Positions("concept", (said("2025-03-02", "x"), said("2025-03-02", "x"), said("2025-03-03", "y"), said("2025-03-05", "z"),
                                  said("2025-04-01", "v"), said("", "u"), said("2025-03-03", "y", False)))

    @pytest.mark.parametrize(("per", "left"), [("include", 7), ("article", 6), ("week", 5), ("month", 4), ("year", 3), ("all", 2)])
    def test_repetitions_are_collapsed_per_period_and_disagreement_is_another_statement(self, per, left):
        assert len(collapse(self.TABLE, per=per).rows) == left

    def test_an_unknown_period_is_refused(self):
        with pytest.raises(ArgmapError, match="fortnight"):
            collapse(self.TABLE, per="fortnight")


class TestWindows:
    TABLE = Positions("concept", (said("2025-01-01", "x"), said("2025-01-05", "y"), said("2025-01-09", "z"), said("", "u")))

    def test_fixed_windows_hold_each_dated_position_once(self):
        found = [(w.start, w.end, len(w.positions.rows)) for w in windows(self.TABLE, days=4)]
        assert found == [("2025-01-01", "2025-01-04", 1), ("2025-01-05", "2025-01-08", 1), ("2025-01-09", "2025-01-12", 1)]

    def test_a_moving_window_overlaps(self):
        found = [(w.start, len(w.positions.rows)) for w in windows(self.TABLE, days=5, step=2)]
        assert found == [("2025-01-01", 2), ("2025-01-03", 1), ("2025-01-05", 2)]

    def test_no_dates_no_windows(self):
        assert list(windows(Positions("concept", (said("", "u"),)), days=7)) == []

    def test_windows_have_a_length(self):
        with pytest.raises(ArgmapError, match="1 or more"):
            list(windows(self.TABLE, days=0))


@pytest.mark.parametrize(("text", "found"), [("2025-03-04", "2025-03-04"), ("2025", "2025-01-01"), ("2025-03", "2025-03-01"), ("", None),
                                             ("<b>", None)])
def test_days_are_read_from_iso_dates(text, found):
    assert str(day(text)) == str(found)


def test_words_that_are_said_again_count_once():
    debate_map = sample()
    first = debate_map.statements[0]
    copy = replace(first, id="copy", article="en-courier-02", repeats=first.id, actors=("jonas-wedel",),
                   content=(debate_map.articles[1].span(0, 20),), source=None, cue=None)
    again = replace(debate_map, statements=(*debate_map.statements, copy, replace(copy, id="copy-2")),
                    claims=tuple(replace(claim, statements=(*claim.statements, "copy", "copy-2")) if claim.id == first.claim else claim
                                 for claim in debate_map.claims))
    assert select(again) == select(debate_map)
    assert standings(again) == standings(debate_map)
    # where the first is not among the articles, one copy of its words is
    only = select(again, outlets=("Harbour Courier",))
    assert [row.statement for row in only.rows if row.statement.startswith("copy")] == ["copy"]
