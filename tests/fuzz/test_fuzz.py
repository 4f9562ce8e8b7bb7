"""Any bytes give articles, maps and the like, or an error of argmap's own: a short run of what `python -m tests.fuzz` does at length."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import SEEDS, TARGETS, run

FOUND = sorted(path for path in (Path(__file__).parent / "found").glob("*/*") if path.parent.name in TARGETS)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_inputs_that_once_broke_a_loader_break_it_no_more(path):
    run(path.parent.name, path.read_bytes())


@pytest.mark.parametrize(("name", "seed"), [(name, seed) for name, seeds in SEEDS.items() for seed in seeds],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_documents_to_start_from_are_read(name, seed):
    assert name in TARGETS
    TARGETS[name](seed)


@st.composite
def changed(draw, seeds):
    """A document with stretches of it cut, doubled or replaced."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        to = min(len(data), at + draw(st.integers(0, 12)))
        data[at:to] = draw(st.one_of(st.binary(max_size=12), st.just(bytes(data[at:to]) * 3), st.sampled_from(
            [b"", b'"', b"\n", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"---\n", b"{", b"[" * 50, b"<", b"&#0;", b"99999999999999999999", b"NaN", b"null"])))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_bytes_give_a_result_or_an_error_of_argmaps_own(name, data):
    seeds = SEEDS.get(name)
    run(name, data.draw(changed(seeds) if seeds else st.binary(max_size=300)))
