"""``refresh --add-columns`` of a workbook that openpyxl saved, without results: the second run writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hqs_xl.cli.program import main
from hqs_xl.roster.columns import answers
from hqs_xl.template.build import build
from hqs_xl.texts import LANGUAGES, say

AS_OF = "2026-11-23"
FIRST = 3


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file = tmp_path_factory.mktemp("again") / "book.xlsx"
    build(file, lang=request.param, macros=False)
    return file, request.param


def headers(file: Path, lang: str) -> list[Any]:
    return [cell.value for cell in load_workbook(file)[say("sheet.roster", lang)][FIRST - 1]]


def noted(book: Workbook, lang: str) -> None:
    """Somebody's words over a status and a next action."""
    sheet = book[say("sheet.roster", lang)]
    for key in ("status", "next_action"):
        place = [cell.value for cell in sheet[FIRST - 1]].index(say(f"header.{key}", lang))
        sheet.cell(FIRST + 2, place + 1).value = "ask Anna"


@pytest.mark.parametrize(
    ("change", "more"), [(lambda _book, _lang: None, []), (noted, ["status", "next_action"])], ids=["as built", "noted"]
)
def test_the_second_run_writes_nothing(
    built: tuple[Path, str],
    tmp_path: Path,
    change: Callable[[Workbook, str], None],
    more: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, lang = tmp_path / "book.xlsx", built[1]
    book = load_workbook(built[0])
    change(book, lang)
    book.save(file)
    before = headers(file, lang)
    beside = [column.header_beside(lang) for column in answers("roster") if column.key in more]
    runs = []
    for _ in range(2):
        assert main(["refresh", str(file), "--add-columns", "--as-of", AS_OF, "--backups", "0"]) == 1
        runs.append(file.read_bytes())
    capsys.readouterr()
    assert headers(file, lang) == [*before, *beside]
    assert runs[0] == runs[1]
