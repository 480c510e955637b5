"""The tests of law, roster and functions, as they are, in a browser's Python: Pyodide, in Node.

Left out, each with its reason: what a browser has not (processes, threads, packages that are compiled), and what takes
it too long. Property tests that don't say how many examples they want get five.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hqs_xl.web.build import FOLDER
from tests.web.page_files import ROOT, WHEELS, needs_wheels, node

FUNCTIONS, OTHER_YEARS, WORKDAYS, OWN_EDITION = (
    f"tests/{name}.py"
    for name in ("functions/test_functions", "law/test_other_years", "law/test_workdays", "law/test_own_edition")
)
PROCESSES = "starts a process"
THREADS = "starts a thread"
PYDANTIC = "needs pydantic, which is compiled"
SLOW = "takes a browser's Python half a minute and more"
LEFT_OUT = {
    "tests/functions/test_fuzz.py": SLOW,
    f"{FUNCTIONS}::test_called_by_excel_through_xlwings": PROCESSES,
    f"{FUNCTIONS}::test_the_wrappers_xlwings_writes": PROCESSES,
    f"{FUNCTIONS}::test_every_help_reaches_excel": PROCESSES,
    f"{FUNCTIONS}::TestTheLanguageOfAMistake": PROCESSES,
    f"{FUNCTIONS}::test_the_answers_are_the_same_where_pydantic_is_not_installed": PYDANTIC,
    f"{OTHER_YEARS}::test_another_process_learns_them_without_the_library": PROCESSES,
    f"{OTHER_YEARS}::test_a_day_of_our_table_asks_nobody": PROCESSES,
    f"{OTHER_YEARS}::test_a_day_beyond_it_asks_the_library_once": PROCESSES,
    f"{WORKDAYS}::test_asking_of_the_decreed_years_loads_no_library": PROCESSES,
    f"{WORKDAYS}::test_threads_that_touch_other_years_do_not_mislead_one_another": THREADS,
    f"{OWN_EDITION}::TestCommands::test_a_refresh_writes_by_it_the_same_in_one_process_and_in_two": PROCESSES,
    f"{OWN_EDITION}::TestCommands::test_a_check_goes_by_it_and_every_source_says_so": PYDANTIC,
    f"{OWN_EDITION}::TestSetting::test_a_check_goes_by_it": PYDANTIC,
    f"{OWN_EDITION}::TestSetting::test_it_lies_beside_the_workbook_wherever_the_command_is_run": PYDANTIC,
    f"{OWN_EDITION}::TestSetting::test_an_edition_that_is_asked_for_wins": PYDANTIC,
    f"{OWN_EDITION}::TestSetting::test_one_that_is_later_than_the_law_is_warned_of_in_every_report": PYDANTIC,
    "tests/roster/test_records.py": PYDANTIC,
    "tests/roster/test_validated.py": PYDANTIC,
    "tests/law/test_terms.py::test_months_are_those_of_a_walk_over_the_calendar": SLOW,
}
FILES = [
    file.relative_to(ROOT).as_posix()
    for room in ("functions", "law", "roster")
    for file in sorted((ROOT / "tests" / room).glob("test_*.py"))
]
RUN = [file for file in FILES if file not in LEFT_OUT]


@pytest.fixture(scope="module")
def came_of(built: Path) -> Any:
    script = Path(__file__).with_name("tests_in_pyodide.py")
    given = {"packs": str(built / FOLDER), "whole": True, "wheels": str(WHEELS)}
    return node("in_node.mjs", python=str(script), tests=RUN, left_out=list(LEFT_OUT), **given)


@needs_wheels
@pytest.mark.parametrize("file", RUN)
def test_they_pass(came_of: Any, file: str) -> None:
    assert [why for name, why in came_of["failed"] if name.startswith(file)] == []
    assert came_of["passed"][file]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_there(name: str) -> None:
    file, *within = name.split("::")
    text = (ROOT / file).read_text("utf-8")
    assert all(f"def {one}(" in text or f"class {one}" in text for one in within)
