"""The demo taken out in LibreOffice: what is left, that it can be undone, and that somebody can be typed after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hqs_xl.template.build import build
from hqs_xl.template.sheets.stages import PLACES
from hqs_xl.texts import say
from tests.calc.office import Office

STORIES = "tests.calc.stories"
# On the roster the first row of people, from 0.
FIRST = 2
MINE = [[PLACES["person_id"], "A-1"], [PLACES["full_name"], "Ann Oak"], [PLACES["agreement_signed"], 46000]]
CASES = {
    "ru, nobody of ones own": ("ru", []),
    "en, in the first row": ("en", [FIRST]),
    "en, in the last row but one": ("en", [FIRST + 62]),
}


@pytest.mark.parametrize(("lang", "lines"), CASES.values(), ids=CASES)
def test_the_demo_goes_and_nothing_else(office: Office, tmp_path: Path, lang: str, lines: list[int]) -> None:
    file = tmp_path / "book.xlsx"
    build(file, lang=lang, macros=False)
    done = office.run(
        STORIES, "emptied", file=str(file), mine=[[line, MINE] for line in lines], copies=[str(tmp_path / "saved.ods")]
    )
    rows = done["sheets"][say("sheet.roster", lang)]
    people = {number: row for number, row in rows.items() if int(number) > FIRST and row.get("0")}
    assert [row["0"] for row in people.values()] == ["A-1"] * len(lines)
    assert list(people) == [str(FIRST + 1)] * len(lines)
    tables = done["tables"]
    assert tables["Roster"] == [FIRST, FIRST + 1]
    for name in ("SalaryNotices", "Documents"):
        assert tables[name] == [1, 2]
    assert done["names"] == []
    assert done["undone"]
    assert done["again"]
    assert done["nobody"] == say("demo.nobody", lang)
    assert say("demo.emptied", lang, people=64 - len(lines), rows="|", own=len(lines)).partition("|")[0] in done["told"]
    assert not [cell for row in rows.values() for cell in row.values() if str(cell).startswith(("#", "Err:"))]
    words = say("check.summary", lang, people=1, violation="|", late=0, due=0, ask=0, data=0, scope=0)
    assert words.partition("|")[0] in done["checked"]
