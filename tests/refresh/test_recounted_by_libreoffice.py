"""After an edit LibreOffice shows what a hard recalculation shows: any formulas on any cells, whatever was stored."""

from __future__ import annotations

import re
import zipfile
from random import Random
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest

from hqs_xl.hosts.closed import ClosedBook
from tests.hosts import several_sheets
from tests.hosts.edits import answer, edited
from tests.hosts.xlsx_files import zipped
from tests.programs import all_converted, needs_libreoffice

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_libreoffice

SEEDS = range(24)
ROWS, LETTERS = 8, "ABCDE"
WORDS = ("OK", "Overdue", "Due soon")
NAMES = (
    "<definedNames>"
    '<definedName name="Words">Data!$C$2:$C$8</definedName>'
    '<definedName name="Sum">SUM(Data!$D$2:$D$8)</definedName>'
    "</definedNames>"
)
TABLES = {"Data": ("List", "A1:E8", "Id,Name,Status,Left,Own")}
# What a formula may be; {c} another cell of some sheet, {n} a row.
FORMULAS = (
    'COUNTIF(Data!C2:C8,"Overdue")',
    'COUNTIF(Data!C:C,"OK")+{n}',
    "VLOOKUP({n},Data!$A:$E,3,FALSE)",
    "VLOOKUP({n},Data!$A:$E,2,FALSE)",
    "INDEX(Data!$A$1:$E$8,{n},4)",
    "INDEX(Data!$D:$D,MATCH({n},Data!$A:$A,0))",
    "SUMIF(Data!C2:C8,Data!C{n},Data!D2:D8)",
    "SUM(Data!D{n}:INDEX(Data!D:D,8))",
    "SUM(List[Left])",
    "COUNTA(List[[Id]:[Name]])",
    "COUNTA(Words)",
    "Sum*2",
    'IF(Data!C{n}="Overdue",1,"")',
    'Data!C{n}&amp;"!"',
    "Data!D{n}&gt;3",
    "1/(Data!D{n}-4)",
    "SUM({c},{c})",
    'IFERROR({c}&amp;"",0)',
    "COUNT({c}:{c})",
    'SUM(INDIRECT("Data!D{n}"))',
    "SUM(OFFSET(Data!D1,{n},0))",
    "SUM(Data:More!D{n})",
    "SUMPRODUCT(--(Data!C2:C8=&quot;OK&quot;))",
    "Data!B{n}",
    "{n}*2",
)


def cells_of(random: Random, sheet: str) -> dict[str, str]:
    """The formulas of a sheet, by cell; those of one sheet refer to others further on alone, so that none go round."""
    order = ["Other", "More"]
    found = {}
    for row in range(1, 7):
        for letter in "GH" if sheet == "Data" else LETTERS[: random.randint(1, 5)]:
            later = "More" if sheet == order[0] else None
            cell = f"{later}!{random.choice('ABC')}{random.randint(1, 6)}" if later else f"Data!D{random.randint(2, 8)}"
            text = random.choice(FORMULAS).replace("{n}", str(random.randint(2, 8)))
            found[f"{letter}{row}"] = text.replace("{c}:{c}", f"Data!D2:D{row + 1}").replace("{c}", cell)
    return found


def book(path: Path, seed: int, stored: dict[str, dict[str, Any]] | None = None) -> Path:
    """A workbook of the seed; without what is stored nobody has counted it."""
    random = Random(seed)  # noqa: S311
    sheets = {}
    for sheet in ("Data", "Other", "More"):
        lines: dict[int, list[str]] = {row: [] for row in range(1, ROWS + 1)}
        for row in lines if sheet == "Data" else ():
            word = random.choice(WORDS)
            values = [str(row), f"'P{row}", f"'{word}", str(random.randint(0, 9)), "1"] if row > 1 else HEADS
            lines[row] += [constant(f"{letter}{row}", value) for letter, value in zip(LETTERS, values, strict=True)]
        for cell, text in cells_of(random, sheet).items():
            value = (stored or {}).get(sheet, {}).get(cell)
            lines[int(cell[1:])].append(
                several_sheets.formula(cell, text, None) if value is None else held(cell, text, value)
            )
        sheets[sheet] = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in lines.items() if cells)
    return several_sheets.write(path / f"book{seed}.xlsx", sheets, names=NAMES, tables=TABLES)


HEADS = [f"'{head}" for head in ("Id", "Name", "Status", "Left", "Own")]


def constant(cell: str, value: str) -> str:
    if value.startswith("'"):
        return f'<c r="{cell}" t="inlineStr"><is><t>{value[1:]}</t></is></c>'
    return several_sheets.number(cell, float(value))


def held(cell: str, text: str, value: Any) -> str:
    if isinstance(value, bool):
        return several_sheets.formula(cell, text, int(value), "b")
    if isinstance(value, str):
        return several_sheets.formula(cell, text, escape(value), "e" if value.startswith("#") else "str")
    return several_sheets.formula(cell, text, value)


def values(path: Path) -> dict[str, dict[str, Any]]:
    with ClosedBook(path) as opened:
        return {
            sheet: {
                f"{chr(65 + column)}{row}": value
                for row, cells in opened.rows(sheet)
                for column, value in cells.items()
            }
            for sheet in opened.sheets
        }


def uncounted(path: Path, out: Path) -> Path:
    """The workbook without any stored result, which has to be counted whole."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name in [name for name in members if "worksheets/sheet" in name and name.endswith(".xml")]:
        members[name] = re.sub(rb'( t="(?:str|b|e)")?>(<f[^>]*>[^<]*</f>)<v>[^<]*</v>', rb">\2", members[name])
    out.write_bytes(zipped(members))
    return out


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[dict[str, dict[str, Any]], ...]]:
    """By seed: what was stored before the edit, what LibreOffice shows after it, what it counts."""
    folder = tmp_path_factory.mktemp("recounted")
    fresh = [book(folder, seed) for seed in SEEDS]
    stored = [values(file) for file in all_converted(fresh, "xlsx", folder / "counted")]
    after, whole = [], []
    for seed, known in zip(SEEDS, stored, strict=True):
        random = Random(-seed)  # noqa: S311
        rows = random.sample(range(2, ROWS + 1), 2)
        changes = {row: {2: random.choice(WORDS), 3: random.randint(0, 9)} for row in rows}
        after.append(edited(book(folder, seed, known), answer(changes, "Data")))
        whole.append(uncounted(after[-1], folder / f"whole{seed}.xlsx"))
    seen, counted = (all_converted(files, "xlsx", folder / name) for name, files in (("seen", after), ("all", whole)))
    found = zip(stored, map(values, seen), map(values, counted), strict=True)
    return dict(zip(SEEDS, found, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_old_is_shown(seed: int, shown: dict[int, tuple[dict[str, dict[str, Any]], ...]]) -> None:
    _, seen, counted = shown[seed]
    assert seen == counted


def test_many_results_have_changed(shown: dict[int, tuple[dict[str, dict[str, Any]], ...]]) -> None:
    changed = sum(
        value != before[sheet].get(cell)
        for before, seen, _ in shown.values()
        for sheet in seen
        for cell, value in seen[sheet].items()
    )
    assert changed > 100
