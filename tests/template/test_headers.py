"""Headers of tables: no word of them is broken, where a filter's button stands beside it too."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.template.build import build

# Widths of signs of Carlito Bold, which has those of Calibri, 11 points high, in pixels rounded up.
SIGNS = {
    4: "Iil-",
    5: ":f",
    6: "rstzгтj",
    7: "FLScgvxyГзсуэ",
    8: "CEPTabdehknopquЗРСабвеклнопрчьяёхъ",
    9: "AKRVВКУЧдийцBXY",
    10: "DGHNOДИЛНОПЭЯ",
    11: "QwФжмы",
    12: "mшщю",
    13: "MМ",
    14: "W",
}
WIDTHS = {sign: width for width, signs in SIGNS.items() for sign in signs}
# Of the column's width; LibreOffice breaks a word that does not fit beside the button.
CHARACTER, MARGIN, BUTTON = 7, 4, 20


@pytest.fixture(scope="module", params=["en", "ru"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file: Path = tmp_path_factory.mktemp("headers") / "book.xlsx"
    build(file, lang=request.param, demo=False, macros=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(file)


def test_no_word_of_a_header_is_broken(book: Any) -> None:
    broken, looked_at = [], 0
    for sheet in book:
        widths = {
            column: one.width for one in sheet.column_dimensions.values() for column in range(one.min, one.max + 1)
        }
        for table in sheet.tables.values():
            for cell in sheet[table.ref][0]:
                looked_at += 1
                needed = max(sum(map(WIDTHS.__getitem__, word)) for word in cell.value.split())
                if needed + BUTTON + MARGIN > widths[cell.column] * CHARACTER:
                    broken.append((sheet.title, cell.coordinate, cell.value))
    assert looked_at > 100
    assert broken == []
