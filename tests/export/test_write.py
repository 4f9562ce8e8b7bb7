"""Maps as files: the suffix names the format, and a file is whole or not there."""

import pytest

from argmap.errors import ArgmapError, MapError
from argmap.export import EXPORTERS, FOLDERS, IMPORTERS, LEFT_OUT, SUFFIXES, argmap_json, exporter, load, write
from tests.maps import hostile


def contents(path):
    """The bytes of a file, or of each file of a folder."""
    return path.read_bytes() if path.is_file() else {each.name: each.read_bytes() for each in path.iterdir()}


@pytest.mark.parametrize("format", EXPORTERS)
def test_every_format_is_written_the_same_twice(format, debate_map, tmp_path):
    for name in ("one", "two"):
        write(debate_map, tmp_path / name, format=format)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") != b""


@pytest.mark.parametrize("format", EXPORTERS)
def test_every_format_takes_hostile_texts(format, tmp_path):
    write(hostile(), tmp_path / "map", format=format)


def test_every_format_says_what_it_leaves_out():
    assert set(LEFT_OUT) == set(EXPORTERS)
    assert set(IMPORTERS) | FOLDERS | set(SUFFIXES.values()) <= set(EXPORTERS)


@pytest.mark.parametrize(("suffix", "format"), SUFFIXES.items())
def test_a_suffix_names_its_format(suffix, format, debate_map, tmp_path):
    write(debate_map, tmp_path / f"named{suffix.upper()}")
    write(debate_map, tmp_path / "told", format=format)
    assert contents(tmp_path / f"named{suffix.upper()}") == contents(tmp_path / "told")


def test_an_unknown_format_is_refused_with_those_that_are_known(debate_map, tmp_path):
    with pytest.raises(ArgmapError, match="writes no 'docx': use one of html, json"):
        write(debate_map, tmp_path / "m.json", format="docx")


def test_a_folder_s_other_files_stay(debate_map, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write(debate_map, tmp_path, format="csv")
    assert (tmp_path / "notes.txt").read_text() == "mine" and (tmp_path / "claims.csv").exists()


def test_a_file_in_a_folder_s_place_is_an_error(debate_map, tmp_path):
    (tmp_path / "tables").write_text("mine")
    with pytest.raises(ArgmapError, match="cannot be written"):
        write(debate_map, tmp_path / "tables", format="csv")
    assert (tmp_path / "tables").read_text() == "mine"


def test_saving_and_loading_gives_the_map(debate_map, tmp_path):
    debate_map.save(tmp_path / "a.json", str(tmp_path / "a.html"))
    assert load(tmp_path / "a.json") == debate_map
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_folders_on_the_way_are_made_and_nothing_else_is_left(debate_map, tmp_path):
    write(debate_map, tmp_path / "deep" / "er" / "map.json")
    assert [path.name for path in (tmp_path / "deep" / "er").iterdir()] == ["map.json"]


@pytest.mark.parametrize("name", ["map.docx", "map", ".json", "map.json.gz"])
def test_an_unknown_suffix_is_refused_with_those_that_are_known(name, tmp_path):
    with pytest.raises(ArgmapError, match=r"\.html, \.json"):
        exporter(tmp_path / name)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MapError("the map holds a number that JSON cannot")])
def test_a_failure_half_way_leaves_the_old_file(error, debate_map, tmp_path):
    target = tmp_path / "map.json"
    target.write_text("old")

    def pieces(of):
        yield "half"
        raise error

    with pytest.raises(ArgmapError, match=r"No space left|a number"):
        write(debate_map, target, exporters={"json": pieces})
    assert target.read_text() == "old" and [path.name for path in tmp_path.iterdir()] == ["map.json"]


def test_what_is_written_in_pieces_is_what_there_is_as_one_text(debate_map, tmp_path):
    write(debate_map, tmp_path / "map.json")
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == argmap_json.dumps(debate_map)


def test_a_link_stays_a_link(debate_map, tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    write(debate_map, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink() and load(tmp_path / "real.json") == debate_map


def test_a_folder_in_the_way_is_an_error(debate_map, tmp_path):
    (tmp_path / "map.json").mkdir()
    with pytest.raises(ArgmapError, match="cannot be written"):
        write(debate_map, tmp_path / "map.json")


def test_loading_names_the_file(tmp_path):
    with pytest.raises(ArgmapError, match="none.json"):
        load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(MapError, match="bad.json"):
        load(tmp_path / "bad.json")
    (tmp_path / "latin.json").write_bytes(b"\xe8")
    with pytest.raises(MapError, match="UTF-8"):
        load(tmp_path / "latin.json")
