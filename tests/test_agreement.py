"""Coefficients of agreement, against published examples and other implementations."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import agreement
from argmap.agreement import alpha, v_measure
from argmap.errors import ArgmapError

pytest.importorskip("krippendorff")
labels = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=30)


def by_hand(pairs):
    """Krippendorff's alpha for two readers and nominal values, from its coincidences (2019, section 12.3.2)."""
    total = 2 * sum(pairs.values())
    values = Counter()
    for (one, other), number in pairs.items():
        values[one] += number
        values[other] += number
    observed = sum(2 * number for (one, other), number in pairs.items() if one != other)
    expected = sum(values[one] * values[other] for one in values for other in values if one != other) / (total - 1)
    return 1 - observed / expected


def test_krippendorff_s_own_example_with_two_readers():
    # Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section B: nominal data, two observers, 12 units, no data missing
    pairs = Counter(zip("aabbdcccedda", "babbbccceddd"))
    assert alpha(pairs) == pytest.approx(0.692, abs=0.0005)
    assert alpha(pairs) == pytest.approx(by_hand(pairs))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_alpha_is_what_the_definition_says(pairs):
    counted = Counter(pairs)
    if len({value for pair in pairs for value in pair}) < 2:
        assert alpha(counted) is None
    else:
        assert alpha(counted) == pytest.approx(by_hand(counted))
        assert alpha(counted) == pytest.approx(alpha({(other, one): number for (one, other), number in counted.items()}))


def test_without_the_package_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr(agreement, "available", lambda: False)
    with pytest.raises(ArgmapError, match="pip install 'argmap"):
        alpha({("a", "b"): 1})


@given(labels)
def test_v_measure_is_scikit_learn_s(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    wanted, found = zip(*pairs)
    grouping = v_measure(wanted, found)
    expected = metrics.homogeneity_completeness_v_measure(wanted, found)
    assert (grouping.homogeneity, grouping.completeness, grouping.v) == pytest.approx(expected, abs=1e-9)
