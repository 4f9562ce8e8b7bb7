"""Microtexts: what their XML means, that trees are decoded as a whole, that the measures count what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from argmap.relate.view import view
from argmap.training.microtexts import Microtext, Tree, decode, read, scores
from tests.relate.marked import no_vectors

GRAPH = """<arggraph id="m1" stance="pro">
  <edu id="e1"><![CDATA[Parking should cost more.]]></edu>
  <edu id="e2"><![CDATA[Shops may lose customers,]]></edu>
  <edu id="e3"><![CDATA[but they gained some elsewhere]]></edu>
  <edu id="e4"><![CDATA[and rents fell.]]></edu>
  <adu id="a1" type="pro"/><adu id="a2" type="opp"/><adu id="a3" type="pro"/><adu id="a4" type="pro"/>
  <edge id="c5" src="e1" trg="a1" type="seg"/><edge id="c6" src="e2" trg="a2" type="seg"/>
  <edge id="c7" src="e3" trg="a3" type="seg"/><edge id="c8" src="e4" trg="a4" type="seg"/>
  <edge id="c1" src="a2" trg="a1" type="reb"/>
  <edge id="c2" src="a3" trg="c1" type="und"/>
  <edge id="c3" src="a4" trg="c2" type="add"/>
</arggraph>"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "m1.xml"
    path.write_text(GRAPH, encoding="utf-8")
    return path


def test_what_undercuts_or_is_linked_hangs_on_the_segment_that_the_inference_comes_from(graph: Path) -> None:
    article, segments, target, attacks = read(graph)
    assert [segment.text for segment in segments][1] == "Shops may lose customers,"
    assert all(article.text[s.content[0].start:s.content[0].end] == s.text for s in segments)
    assert [segment.stance for segment in segments] == ["for", "against", "for", "for"]
    assert target == (-1, 0, 1, 2)
    assert attacks == (False, True, True, False)


def test_a_graph_with_two_central_claims_is_refused(graph: Path) -> None:
    graph.write_text(GRAPH.replace('<edge id="c1" src="a2" trg="a1" type="reb"/>', "").replace('trg="c1"', 'trg="a2"'), encoding="utf-8")
    with pytest.raises(ValueError, match="2 central claims"):
        read(graph)


def test_a_tree_is_decoded_as_a_whole() -> None:
    """Two segments that prefer each other cannot both have their way: the surer root decides."""
    attachment = np.array([[0.0, 0.9, 0.1], [0.9, 0.0, 0.1], [0.5, 0.5, 0.0]])
    tree = decode(np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.1, 0.1]), np.array([0.2, 0.2, 0.2]), attachment)
    assert tree.target[:2] == (-1, 0)
    assert tree.attacks == (False, False, False)


def test_roles_tell_attacks() -> None:
    """A segment that speaks for the other side attacks the central claim even where its own function is open."""
    attachment = np.array([[0.0, 1.0], [1.0, 0.0]])
    tree = decode(np.array([0.9, 0.1]), np.array([0.05, 0.95]), np.array([0.5, 0.5]), attachment)
    assert tree == Tree((-1, 0), (False, True))


def test_the_true_tree_scores_one_and_another_less(graph: Path) -> None:
    article, segments, target, attacks = read(graph)
    text = Microtext("m1", segments, target, attacks, view(article, segments, (), no_vectors))
    assert set(scores([text], [Tree(target, attacks)]).values()) == {1.0}
    worse = scores([text], [Tree((1, -1, 1, 2), (True, False, True, False))])
    assert worse["central claim, accuracy"] == 0
    assert worse["support/attack"] < 1
    assert worse["attachment"] < 1
