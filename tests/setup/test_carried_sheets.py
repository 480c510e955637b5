"""What hangs on a person's own sheet is carried part by part into another workbook; what can't be is said."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from xlsxwriter import Workbook

from hqs_xl.hosts.xlsx import Left, carry_own_sheets
from hqs_xl.setup.lost_parts import lost_parts
from hqs_xl.template.package import stored
from hqs_xl.texts import LANGUAGES, say
from tests.programs import needs_validator, validator_errors
from tests.setup.test_upgrade import PNG

OURS, OWN, OTHER = "Roster", "My plan", "Budget 2026"


def _picture() -> dict[str, Any]:
    return {"image_data": io.BytesIO(PNG)}


def _chart(book: Any, sheet: Any, values: str, at: str) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": values, "fill": {"color": "#0072B2"}})
    sheet.insert_chart(at, chart)


# What is put on a sheet, and how that is named when it stays behind: nothing, for it comes along.
THINGS: dict[str, tuple[Callable[[Any, Any], Any], tuple[str, str] | None]] = {
    "chart of own cells": (lambda book, own: _chart(book, own, f"='{OWN}'!$A$1:$A$3", "F2"), None),
    "chart of another own sheet": (lambda book, own: _chart(book, own, f"='{OTHER}'!$A$1:$A$3", "F2"), None),
    "chart of our cells": (lambda book, own: _chart(book, own, f"={OURS}!$A$1:$A$3", "F2"), ("chart", "1")),
    "picture": (lambda _, own: own.insert_image("H2", "logo.png", _picture()), None),
    "linked picture": (lambda _, own: own.insert_image("H2", "a.png", _picture() | {"url": "https://x.org"}), None),
    "text box": (lambda _, own: own.insert_textbox("B9", "Ask Boris & co"), None),
    "text box of a cell": (lambda _, own: own.insert_textbox("B9", "", {"textlink": "=$A$1"}), None),
    "text box of our cell": (
        lambda _, own: own.insert_textbox("B9", "", {"textlink": f"={OURS}!$A$1"}),
        ("other", "1"),
    ),
    "background": (lambda _, own: own.set_background(io.BytesIO(PNG)), None),
    "picture in the header": (
        lambda _, own: own.set_header("&L&G", {"image_left": "logo.png", "image_data_left": io.BytesIO(PNG)}),
        None,
    ),
    "list": (lambda _, own: own.data_validation("B2:B9", {"validate": "list", "source": ["a", "b"]}), None),
    "list of own cells": (lambda _, own: own.data_validation("B2", {"validate": "list", "source": "=$A$1:$A$3"}), None),
    "list of our cells": (
        lambda _, own: own.data_validation("B2", {"validate": "list", "source": f"={OURS}!$A$1:$A$3"}),
        ("list", "1"),
    ),
    "list of another file": (
        lambda _, own: own.data_validation("B2", {"validate": "list", "source": "=[1]Costs!$A$1:$A$3"}),
        ("list", "1"),
    ),
    "list of a name": (lambda _, own: own.data_validation("B2", {"validate": "list", "source": "=Kept"}), None),
    "list of a lost name": (
        lambda _, own: own.data_validation("B2", {"validate": "list", "source": "=Gone"}),
        ("list", "1"),
    ),
    "colours": (lambda _, own: own.conditional_format("A1:A3", {"type": "3_color_scale"}), None),
    "bars": (lambda _, own: own.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True}), None),
    "mark": (
        lambda book, own: own.conditional_format(
            "A1:A3",
            {"type": "top", "value": 2, "format": book.add_format({"bg_color": "#FFC7CE", "border": 1})},
        ),
        None,
    ),
    "mark by our cells": (
        lambda book, own: own.conditional_format(
            "B1:B3", {"type": "formula", "criteria": f"={OURS}!$A1>1", "format": book.add_format({"bold": True})}
        ),
        ("format", "B1:B3"),
    ),
    "small chart": (lambda _, own: own.add_sparkline("D2", {"range": f"'{OWN}'!A1:A3"}), None),
    "link": (lambda _, own: own.write_url("A9", "https://example.org/a?b=1&c=2", tip="look"), None),
    "link to a sheet": (lambda _, own: own.write_url("A9", f"internal:'{OTHER}'!A1"), None),
    "link to a lost sheet": (lambda _, own: own.write_url("A9", "internal:'Lost'!A1"), ("link", "1")),
    "table": (lambda _, own: own.add_table("J1:K4", {"name": "Costs", "total_row": False}), None),
    "table of a name of ours": (lambda _, own: own.add_table("M1:N4", {"name": "Ours"}), ("table", "1")),
    "frozen": (lambda _, own: own.freeze_panes(1, 1), None),
    "printed wide": (lambda _, own: (own.set_landscape(), own.fit_to_pages(1, 0), own.set_footer("&CPage &P")), None),
    "coloured tab": (lambda _, own: own.set_tab_color("#0072B2"), None),
    "filter": (lambda _, own: own.autofilter("A1:B3"), None),
    "hidden column": (lambda _, own: own.set_column("C:C", 3, None, {"hidden": True}), None),
}


def _plain(file: Path, *, macros: bool = False) -> Any:
    """A workbook with a sheet of ours and two of a person's."""
    book = Workbook(file)
    book.set_properties({"created": datetime(2026, 1, 1)})
    for name in (OURS, OWN, OTHER):
        sheet = book.add_worksheet(name)
        sheet.write_column(0, 0, [3, 1, 2])
        if macros:
            sheet.set_vba_name(f"{name.split()[0]}Sheet")
    book.get_worksheet_by_name(OURS).insert_image("C3", "ours.png", _picture())
    book.define_name("Kept", f"='{OWN}'!$A$1:$A$3")
    return book


def _carried(
    folder: Path, things: list[str], rewritten: Callable[[Path], None] = lambda _: None
) -> tuple[Path, Path, Left]:
    old, new = folder / "old.xlsx", folder / "new.xlsx"
    book = _plain(old)
    for thing in things:
        THINGS[thing][0](book, book.get_worksheet_by_name(OWN))
    book.close()
    rewritten(old)
    made = _plain(new)
    made.get_worksheet_by_name(OURS).add_table("D9:E12", {"name": "Ours"})
    made.get_worksheet_by_name(OURS).conditional_format(
        "A1", {"type": "cell", "criteria": ">", "value": 1, "format": made.add_format({"italic": True})}
    )
    # A note makes the new sheet name parts of its own.
    made.get_worksheet_by_name(OWN).write_comment("B7", "ask Anna")
    made.close()
    parts, left = carry_own_sheets(old, new, [OWN, OTHER], ["Kept"])
    new.write_bytes(stored(parts))
    return old, new, left


@pytest.mark.parametrize("thing", THINGS)
def test_each_thing_comes_along_or_is_said(thing: str, tmp_path: Path) -> None:
    old, new, left = _carried(tmp_path, [thing])
    said = THINGS[thing][1]
    assert left == {OWN: [said] if said else [], OTHER: []}
    assert lost_parts(old, new, left) == []
    # The comparer misses what nobody carried, and what was not said.
    made = _plain(new)
    made.close()
    if said or thing not in {"printed wide", "coloured tab", "small chart", "bars"}:
        assert lost_parts(old, new, {OWN: [], OTHER: []}) != []


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_a_sheet_has_is_the_same_for_other_readers(tmp_path: Path) -> None:
    _, new, _ = _carried(tmp_path, [name for name, (_, said) in THINGS.items() if said is None])
    own: Any = load_workbook(new)[OWN]
    assert own.freeze_panes == "B2"
    assert own.page_setup.orientation == "landscape"
    assert own.sheet_properties.tabColor.rgb == "FF0072B2"
    assert own.column_dimensions["C"].hidden
    assert own["A9"].hyperlink.target or own["A9"].hyperlink.location
    marks = {rule.type: rule for area in own.conditional_formatting for rule in area.rules}
    assert marks["top10"].dxf.fill.bgColor.rgb == "FFFFC7CE"
    assert own.tables["Costs"].ref == "J1:K4"
    assert own["B7"].comment.text == "ask Anna"


def test_no_two_tables_have_one_number(tmp_path: Path) -> None:
    _, new, _ = _carried(tmp_path, ["table"])
    with zipfile.ZipFile(new) as package:
        tables = [package.read(name) for name in package.namelist() if name.startswith("xl/tables/")]
    ids = [found[1] for table in tables if (found := re.search(rb'<table [^>]*\bid="(\d+)"', table))]
    assert len(ids) == len(set(ids)) == 2


@needs_validator
def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    _, new, _ = _carried(tmp_path, list(THINGS))
    assert validator_errors(new) == []


def test_twice_is_the_same_bytes(tmp_path: Path) -> None:
    both = []
    for number in ("1", "2"):
        (tmp_path / number).mkdir()
        both.append(_carried(tmp_path / number, list(THINGS))[1].read_bytes())
    assert both[0] == both[1]


# How Excel begins a sheet: what some children have belongs to namespaces that older programs pass over.
OF_EXCEL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
    b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    b'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    b'xr:uid="{00000000-0001-0000-0000-000000000000}">'
)


def _as_by_excel(old: Path) -> None:
    """The person's own sheet in Excel's way of writing."""
    with zipfile.ZipFile(old) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = parts["xl/worksheets/sheet2.xml"]
    part = re.sub(rb"<worksheet [^>]*>", OF_EXCEL, part, count=1)
    part = part.replace(b"<sheetFormatPr ", b'<sheetFormatPr x14ac:dyDescent="0.25" ')
    part = part.replace(b"<dataValidation ", b'<dataValidation xr:uid="{00000000-0002-0000-0000-000000000000}" ')
    parts["xl/worksheets/sheet2.xml"] = part
    drawing = parts["xl/drawings/drawing2.xml"]
    parts["xl/drawings/drawing2.xml"] = re.sub(rb'r:embed="(\w+)"', rb"r:embed='\1'", drawing)
    with zipfile.ZipFile(old, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


@needs_validator
def test_a_sheet_as_excel_writes_it(tmp_path: Path) -> None:
    old, new, left = _carried(tmp_path, ["list", "link", "picture", "mark"], rewritten=_as_by_excel)
    assert left == {OWN: [], OTHER: []}
    assert lost_parts(old, new, left) == []
    assert validator_errors(new) == []
    with zipfile.ZipFile(new) as package:
        part = package.read("xl/worksheets/sheet2.xml")
        links = package.read("xl/drawings/_rels/drawing2.xml.rels")
    assert b'mc:Ignorable="x14ac xr"' in part
    assert b'<dataValidation xr:uid="' in part
    assert b"media/image" in links


def _with_a_macro(old: Path) -> None:
    with zipfile.ZipFile(old) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    drawing = parts["xl/drawings/drawing2.xml"]
    parts["xl/drawings/drawing2.xml"] = drawing.replace(b'macro=""', b'macro="[0]!Mine"')
    with zipfile.ZipFile(old, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_a_shape_that_runs_a_macro_stays_behind(tmp_path: Path) -> None:
    old, new, left = _carried(tmp_path, ["text box", "picture"], rewritten=_with_a_macro)
    assert left == {OWN: [("other", "1")], OTHER: []}
    assert lost_parts(old, new, left) == []


def test_a_picture_that_is_shown_twice_is_one_part(tmp_path: Path) -> None:
    _, new, _ = _carried(tmp_path, ["picture", "linked picture"])
    with zipfile.ZipFile(new) as package:
        assert len([name for name in package.namelist() if name.startswith("xl/media/")]) == 2, "ours, and theirs"


def test_a_file_in_strict_open_xml_brings_its_cells_alone_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hqs_xl.hosts.package.opc.Package._is_strict", lambda _: True)
    _, _, left = _carried(tmp_path, ["list"])
    assert left == {OWN: [("all", "")], OTHER: [("all", "")]}


LOSSES: dict[str, Callable[[Any], Any]] = {
    "a list": lambda own: own.data_validations.dataValidation.clear(),
    "a list's cells": lambda own: own.data_validations.dataValidation.__setitem__(
        0, DataValidation(type="list", formula1='"a,b"', sqref="B2:B8")
    ),
    "a link": lambda own: own["A9"]._hyperlink.__setattr__("target", "https://example.org/"),
    "what is frozen": lambda own: setattr(own, "freeze_panes", "A2"),
    "a table": lambda own: own.tables.clear(),
}


@pytest.mark.parametrize("what", LOSSES)
def test_the_comparer_sees(what: str, tmp_path: Path) -> None:
    old, new, left = _carried(tmp_path, ["list", "link", "frozen", "table"])
    assert lost_parts(old, new, left) == []
    copy = tmp_path / "copy.xlsx"
    shutil.copy(new, copy)
    book = load_workbook(copy)
    LOSSES[what](book[OWN])
    book.save(copy)
    assert lost_parts(old, copy, left) != []


@pytest.mark.parametrize(("thing", "part"), [("picture", "xl/media/image2.png"), ("chart of own cells", "xl/charts/")])
def test_the_comparer_sees_other_bytes_of_what_is_drawn(thing: str, part: str, tmp_path: Path) -> None:
    old, new, left = _carried(tmp_path, [thing])
    with zipfile.ZipFile(new) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    changed = next(name for name in parts if name.startswith(part))
    with zipfile.ZipFile(new, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content + (b" " if name == changed else b""))
    assert lost_parts(old, new, left) != []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_kind_that_stays_behind_has_words(lang: str) -> None:
    for kind in {said[0] for _, said in THINGS.values() if said} | {"all", "picture"}:
        assert say(f"install.left.{kind}", lang, what="1")
