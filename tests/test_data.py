"""The package's TOML files and what is made of them: never stale unseen."""

from __future__ import annotations

import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import hqs_xl
from hqs_xl import data
from hqs_xl.errors import EditionError
from hqs_xl.roster.headers.phrases import FILE, Phrases, sources

module = sys.modules[Phrases.__module__]
ROOT = Path(hqs_xl.__file__).parent.parent
FILES = sorted((ROOT / "hqs_xl").rglob("*.toml"))


def maker() -> Any:
    spec = spec_from_file_location("make_data", ROOT / "docs" / "make_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_made_of_others_are_up_to_date() -> None:
    """Else run ``python docs/make_data.py``: what is not up to date is slow, and never wrong."""
    for name, text in maker().made().items():
        assert data.packaged(name) == text, name


@pytest.mark.parametrize("name", ["law/editions/law.toml", "law/decrees.toml", "output/notices.toml"])
def test_what_is_out_of_order_is_not_made_part_of_the_package(name: str, tmp_path: Path) -> None:
    """Whoever reads it later does not look."""
    script = maker()
    for declared in script.DECLARED:
        copy = tmp_path / declared
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(data.packaged(declared), "utf-8")
    script.PACKAGE = tmp_path
    assert script.made()
    (tmp_path / name).write_text(data.packaged(name).replace("checked = ", "looked_at = ", 1), "utf-8")
    with pytest.raises(EditionError, match=rf"^{name}: .*looked_at: unknown key$"):
        script.made()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_file_is_read_as_it_is_parsed_whatever_its_lines_end_in(
    file: Path, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = file.read_text("utf-8")
    expected = tomllib.loads(text)
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert data.toml(text.replace("\n", ends)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('edition = "card"', 'edition = "law1"', id="as long as before"),
        pytest.param("number = 14", "number = 15", id="one digit"),
        pytest.param('edition = "card"', '# edition\nedition = "card"', id="a line more"),
    ],
)
def test_an_edited_file_is_parsed_anew(old: str, new: str) -> None:
    text = (ROOT / "hqs_xl" / "law" / "editions" / "card.toml").read_text("utf-8")
    assert old in text
    edited = text.replace(old, new, 1)
    assert data.toml(edited) == tomllib.loads(edited)


def test_a_tree_is_ones_own() -> None:
    text = FILES[0].read_text("utf-8")
    data.toml(text).clear()
    assert data.toml(text)


def test_the_book_of_phrases_is_ready_made() -> None:
    made, packed = Phrases(data.toml(data.packaged(FILE))), data.made_of(sources())
    assert vars(Phrases.unpacked(packed)) == vars(made)
    # What it is looked up by in turn, too.
    assert repr(Phrases.unpacked(packed).packed()) == repr(made.packed())


@pytest.mark.parametrize("edited", ["headers", "a header of ours"])
def test_the_book_of_phrases_is_made_anew_of_what_was_edited(edited: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if edited == "headers":
        text = data.packaged(FILE).replace("[maybe.", "# edited\n[maybe.", 1)
        monkeypatch.setattr(module, "packaged", lambda _name: text)
    else:
        monkeypatch.setattr(module, "LANGUAGES", ("ru", "en"))
    made: list[object] = []
    make = Phrases.__init__

    def watched(self: Phrases, tree: Any) -> None:
        made.append(tree)
        make(self, tree)

    monkeypatch.setattr(Phrases, "__init__", watched)
    module.phrases.__wrapped__()
    assert len(made) == 1


def test_without_what_is_parsed_the_texts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    data._parsed.cache_clear()
    monkeypatch.setattr(data, "PARSED", "not_there.jsonl")
    text = FILES[0].read_text("utf-8")
    assert data.toml(text) == tomllib.loads(text)
    assert data.ships(text)
    data._parsed.cache_clear()


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="Expected"):
        data.toml("edition card")


@pytest.mark.parametrize("name", ["none.toml", "law/none.toml"])
def test_a_file_that_is_not_there_is_missed(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        data.packaged(name)
