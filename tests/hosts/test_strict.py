"""Strict Open XML, as Excel saves it on request, is read and edited as its twin in Transitional is."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from hqs_xl.demo.roster_file import write_demo
from hqs_xl.hosts.closed import ClosedBook
from tests.hosts import odd_files, xlsx_files
from tests.hosts.edits import answer, changes, data_of, edited, read
from tests.hosts.strict_files import rewritten, strict, with_iso_days
from tests.hosts.test_rich_workbook import refresh_and_log, rich  # noqa: F401 - a fixture
from tests.programs import SOFFICE, converted, needs_libreoffice, needs_validator, validator_errors
from tests.roster_files import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hosts.xlsx_files import Case

AS_OF = date(2026, 11, 22)
DAY = date(2026, 3, 31)
ODD = [case for case in odd_files.ODD if "utf-16" not in case.name]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A demo roster, its days numbers."""
    path = tmp_path / "demo.xlsx"
    write_demo(path, AS_OF, 64)
    return path


def parts_of(path: Path, change: Callable[[bytes], bytes] = bytes) -> dict[str, bytes]:
    """The parts of a workbook, the XML ones changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {name: change(data) if name.endswith((".xml", ".rels")) else data for name, data in parts.items()}


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
def test_an_odd_file_is_read_as_its_twin_is(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path / "twin.xlsx")
    assert read(rewritten(tmp_path / "twin.xlsx", tmp_path / "strict.xlsx")) == case.rows


def test_an_edit_gives_what_it_gives_of_the_twin(rich: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    twin = edited(rich, refresh_and_log)
    path = rewritten(rich, tmp_path / "strict.xlsm")
    out = edited(path, refresh_and_log)
    assert parts_of(out) == parts_of(twin, strict)
    assert not changes(out, lambda book: book.edit_rows(book.sheets[0], lambda *_: {}))


@pytest.mark.parametrize("more", [[], ["--add-columns", "--findings-sheet"]], ids=["nothing new", "columns, a sheet"])
def test_a_refresh_gives_what_it_gives_of_the_twin(more: list[str], demo: Path, tmp_path: Path) -> None:
    path = rewritten(demo, tmp_path / "strict.xlsx")
    for file in (demo, path):
        assert run("refresh", file, "--as-of", AS_OF, *more) == 1
    assert parts_of(path) == parts_of(demo, strict)


def test_a_workbook_without_formats_gets_strict_ones(tmp_path: Path) -> None:
    xlsx_files.book()(tmp_path / "twin.xlsx")
    path = rewritten(tmp_path / "twin.xlsx", tmp_path / "strict.xlsx")
    twin, out = (edited(file, answer({1: {1: DAY}})) for file in (tmp_path / "twin.xlsx", path))
    assert "xl/styles.xml" in parts_of(out)
    assert parts_of(out) == parts_of(twin, strict)


class TestDaysInWords:
    """Excel writes days by ISO 8601 in Strict."""

    def test_a_check_finds_the_same(self, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = iso(demo, tmp_path / "iso" / "demo.xlsx")
        found = []
        for file in (demo, path):
            assert run("check", file, "--as-of", AS_OF, "--json") == 1
            found.append(json.loads(capsys.readouterr().out))
        assert found[0]["findings"]
        assert found[1] == found[0]

    def test_a_refresh_answers_the_same_and_once(self, demo: Path, tmp_path: Path) -> None:
        path = iso(demo, tmp_path / "iso" / "demo.xlsx")
        for file in (demo, path):
            assert run("refresh", file, "--as-of", AS_OF, "--add-columns", "--findings-sheet") == 1
        assert rows_of(path) == rows_of(demo)
        saved = iso(path, tmp_path / "saved" / "demo.xlsx")
        assert parts_of(saved) != parts_of(path)
        before = saved.read_bytes()
        assert run("refresh", saved, "--as-of", AS_OF) == 1
        assert saved.read_bytes() == before

    @pytest.mark.parametrize(("since", "serial"), [("", 46112), ('<workbookPr date1904="1"/>', 44650)])
    def test_they_are_counted_as_the_workbook_counts(self, since: str, serial: int, tmp_path: Path) -> None:
        path = tmp_path / "strict.xlsx"
        cell = '<c r="A{0}" t="d"><v>2026-03-31T18:00:00</v></c>'
        rows = "".join(f'<row r="{row}">{cell.format(row)}</row>' for row in range(1, 6))
        xlsx_files.book(rows, book=xlsx_files.workbook(properties=since))(tmp_path / "twin.xlsx")
        rewritten(tmp_path / "twin.xlsx", path)
        assert read(path) == {row: {0: serial + 0.75} for row in range(1, 6)}
        moment = datetime(2026, 3, 31, 18)
        assert 't="d"' in data_of(edited(path, answer({3: {0: moment}})))
        other = data_of(edited(path, answer({3: {0: DAY}})))
        assert (other.count('t="d"'), f"<v>{serial}</v>" in other) == (4, True)


def iso(source: Path, target: Path) -> Path:
    """A workbook as Excel saves it in Strict: days by ISO 8601 wherever the format shows one."""
    target.parent.mkdir()
    styles = parts_of(source)["xl/styles.xml"].decode()
    formats = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].split("<xf ")[1:]
    dated = {place for place, xf in enumerate(formats) if 'numFmtId="0"' not in xf}
    said = with_iso_days(dated)
    return rewritten(source, target, lambda data: strict(said(data)))


def rows_of(path: Path) -> dict[str, Any]:
    with ClosedBook(path) as book:
        return {sheet: dict(book.rows(sheet)) for sheet in book.sheets}


@needs_validator
def test_the_validator_finds_nothing_that_was_not_there(demo: Path, tmp_path: Path) -> None:
    path = iso(demo, tmp_path / "iso" / "demo.xlsx")
    before = validator_errors(path)
    assert run("refresh", path, "--as-of", AS_OF, "--add-columns", "--findings-sheet") == 1
    assert validator_errors(path) == before


@needs_libreoffice
def test_libreoffice_opens_what_was_written(demo: Path, tmp_path: Path) -> None:
    path = iso(demo, tmp_path / "iso" / "demo.xlsx")
    for file in (demo, path):
        assert run("refresh", file, "--as-of", AS_OF, "--add-columns", "--findings-sheet") == 1
    assert SOFFICE
    texts = [converted(file, "csv", tmp_path / name).read_text() for name, file in (("a", demo), ("b", path))]
    assert texts[1] == texts[0]
    assert "2026-" in texts[0]
