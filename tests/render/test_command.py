"""`argmap render`: a saved map's page anew, with other options."""

import pytest
from click.testing import CliRunner

from argmap.cli import main
from tests.maps import sample


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(sample().to_json(), encoding="utf-8")
    return path


def test_a_saved_map_is_rendered_with_title_view_language_and_theme(saved, tmp_path):
    page = tmp_path / "page.html"
    made = CliRunner().invoke(main, ["render", str(saved), "-o", str(page), "--title", "Open or closed?", "--view", "actors", "--lang", "it",
                                     "--theme", "dark", "--colours", "classic", "--contact", "maps@example.org", "--date", "2025-10-01"])
    assert made.exit_code == 0, made.output
    html = page.read_text(encoding="utf-8")
    assert "<title>Open or closed?</title>" in html
    assert 'data-theme="dark" data-language="it" data-view="actors" data-scheme="classic"' in html
    assert '"contact":"maps@example.org"' in html and '"date":"2025-10-01"' in html
    assert set(tmp_path.iterdir()) == {saved, page}


@pytest.mark.parametrize("option", [("--view", "globe"), ("--lang", "tlh"), ("--theme", "blue"), ("--colours", "pink")])
def test_what_the_page_does_not_have_is_refused(saved, tmp_path, option):
    assert CliRunner().invoke(main, ["render", str(saved), "-o", str(tmp_path / "x.html"), *option]).exit_code == 2


def test_a_notebook_shows_the_summary_and_the_map():
    bundle = sample()._repr_mimebundle_()
    assert bundle["text/plain"].startswith("DebateMap('Powerful AI models should be open'")
    assert bundle["text/html"].startswith("<table>") and "<iframe sandbox=" in bundle["text/html"]
