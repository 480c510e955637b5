"""Rows answered block by block, here and in other processes: bytes, findings and figures are those of row by row."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from shutil import disk_usage
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.hosts.xlsx import parallel
from hqs_xl.hosts.xlsx.parallel import divided, pool, shared_block
from hqs_xl.hosts.xlsx.parallel.worker import AnswerTask
from hqs_xl.hosts.xlsx.patch import patch_stream
from hqs_xl.hosts.xlsx.patch.reach import Reach
from hqs_xl.hosts.xlsx.read import plain_cells
from hqs_xl.law import decrees
from hqs_xl.sync import sheet_rows
from tests.hosts.block_books import (
    AS_OF,
    CASES,
    SHEET,
    SMALL,
    Case,
    Failing,
    Nothing,
    checked,
    families,
    left_behind,
    outcome,
    renumbered,
    rewritten,
    rows,
    written,
)


class Shared(pool.WorkerPool):
    """Two workers for all tests, as a book would start them for itself."""

    def __call__(self, *_given: object) -> Shared:
        return self

    def close(self) -> None:
        """They are wanted again."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    found = Shared(2, decrees.years_beyond, decrees.learn)
    yield found
    found.pool.shutdown()


def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each block was answered as one, in the order of their turns."""
    found: list[bool] = []
    is_valid = divided.DividedEdit._is_valid
    take = pool.SheetTasks.take

    def taken(self: pool.SheetTasks) -> tuple[Any, Any]:
        task, done = take(self)
        if isinstance(task, AnswerTask) and done is None:
            found.append(False)
        return task, done

    def noted(self: divided.DividedEdit, task: AnswerTask, answered: Any) -> bool:
        found.append(is_valid(self, task, answered))
        return found[-1]

    monkeypatch.setattr(pool.SheetTasks, "take", taken)
    monkeypatch.setattr(divided.DividedEdit, "_is_valid", noted)
    return found


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_whoever_answers_the_bytes_are_the_same(
    case: Case,
    shared: Shared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, change, options = case
    file = tmp_path / "roster.xlsx"
    written(lines(), file, **options)
    rewritten(file, change)
    with monkeypatch.context() as row_by_row:
        row_by_row.setattr(patch_stream, "BATCH", 1)
        expected = outcome(file, 1)
    if "told" in expected:
        assert expected["told"] == checked(file)
    at_once = counted(monkeypatch)
    assert outcome(file, 1) == expected
    with monkeypatch.context() as like_a_big_sheet:
        like_a_big_sheet.setattr(plain_cells, "_MANY_WORDS", 1)
        assert outcome(file, 1) == expected
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    assert outcome(file, 2) == expected
    assert True in at_once or "refused" in expected


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("date1904", [False, True])
def test_of_a_specialist_in_another_block_the_renewal_is_known(
    *, date1904: bool, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(families(), file, date1904=date1904, edition="law")
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    at_once = counted(monkeypatch)
    told = outcome(file, 2)["told"]
    family = (4, 27, 32, 37, 52)
    found = [(one.row, one.due) for one in told if one.code == "medical.repeat_overdue" and one.row in family]
    assert found == [(row, AS_OF - timedelta(days=30)) for row in family]
    assert True in at_once


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("date1904", [False, True])
def test_a_family_goes_by_the_end_of_its_specialists_agreement_wherever_that_stands(
    *, date1904: bool, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(left_behind(), file, date1904=date1904)
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    at_once = counted(monkeypatch)
    told = outcome(file, 2)["told"]
    found = {one.row: one.code for one in told if one.code.startswith("family.sponsor")}
    assert {row: found.get(row) for row in (52, 4, 27, 32)} == {
        52: "family.sponsor_ended",
        4: "family.sponsor_ended_untold",
        27: "family.sponsor_ended",
        32: None,
    }
    assert [one for one in told if one.column == "sponsor_id"] == [
        one for one in checked(file) if one.column == "sponsor_id"
    ]
    assert True in at_once


@pytest.mark.usefixtures("small_blocks")
def test_most_blocks_of_a_usual_roster_are_answered_as_one(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    at_once = counted(monkeypatch)
    found = outcome(file, 2)
    assert found["by_law"]["people"] == found["counted"][0] > 0
    assert found["by_law"]["more_violations"] > 0
    # Those sent before the first answers are written know no format of the cells above.
    assert len(at_once) > 16
    assert all(at_once[8:])


@pytest.mark.usefixtures("small_blocks")
def test_a_second_refresh_changes_nothing_whoever_answers(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    file.write_bytes(outcome(file, 2)["bytes"])
    at_once = counted(monkeypatch)
    for workers in (1, 2):
        at_once.clear()
        again = outcome(file, workers)
        # A status that is a header of the dashboard's too makes no row a header.
        assert all(at_once[8:])
        assert again["counted"][2] is False
        assert again["parts"][SHEET] == zipfile.ZipFile(file).read(SHEET)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("after", [0, 3, 8])
def test_a_process_that_dies_leaves_its_rows_to_this_one(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    sent = 0
    submit = pool.SheetTasks.submit

    def killing(self: pool.SheetTasks, task: AnswerTask) -> None:
        nonlocal sent
        sent += 1
        if sent > after:
            for process in cast("Any", self._workers.pool)._processes or ():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        submit(self, task)

    monkeypatch.setattr(pool.SheetTasks, "submit", killing)
    assert outcome(file, 2) == expected
    assert sent > after


@pytest.mark.usefixtures("small_blocks")
def test_without_memory_to_share_all_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)

    def none(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shared_block, "SharedMemory", none)
    assert outcome(file, 2) == expected


def test_memory_there_is_no_room_for_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_block, "_SHARED", tmp_path)
    monkeypatch.setattr(shared_block, "SharedMemory", lambda *_, **__: pytest.fail("taken"))
    with pytest.raises(OSError, match="No space"):
        shared_block.SharedBlock(size=disk_usage(tmp_path).total + 1)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("segment", [0, 2_900, 3_200, 3_600, 4_000, 5_000])
def test_blocks_and_answers_too_big_for_their_place_in_memory(
    segment: int, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    monkeypatch.setattr(pool, "SEGMENT", segment)
    assert outcome(file, 2) == expected


@pytest.mark.usefixtures("small_blocks")
def test_a_fault_of_ours_in_a_worker_is_told_where_its_rows_are_done_again(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    monkeypatch.setattr(sheet_rows.PeopleRows, "for_workers", lambda _: Failing())
    at_once = counted(monkeypatch)
    assert outcome(file, 2) == expected
    assert len(at_once) > 16
    assert not any(at_once)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("number", range(40, 50))  # wherever a chunk or a batch begins
@pytest.mark.parametrize("workers", [1, 2])
def test_rows_out_of_order_are_refused_whoever_reads_them(
    number: int, workers: int, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    rewritten(file, renumbered(number, 9))
    monkeypatch.setattr(parallel, "WorkerPool", shared)
    with ClosedEdit(file, workers, Limits(chunk=SMALL)) as book, pytest.raises(UnusableFile) as refused:
        book.edit_rows("Roster", Nothing())
    assert (refused.value.code, refused.value.fields["row"]) == ("unordered", 9)


def spelt_out(reach: Reach) -> dict[str, object]:
    cells = {name: getattr(reach, name).by_column() for name in ("answered", "changed")}
    return vars(reach) | cells


@given(st.lists(st.tuples(st.sets(st.integers(0, 40)), st.booleans(), st.booleans()), max_size=30))
def test_what_is_reached_in_parts_is_what_is_reached(answers: list[tuple[set[int], bool, bool]]) -> None:
    whole, parts = Reach(), [Reach()]
    for number, (columns, new, cut) in enumerate(answers, 5):
        if cut:
            parts.append(Reach())
        for reach in (whole, parts[-1]):
            if columns:
                reach.add(number, sorted(columns))
                if new:
                    reach.add_new(number, *columns)
                    reach.changed.add(number, sorted(columns))
    taken = Reach()
    for part in parts:
        taken.take(part)
    dimension = b'<dimension ref="A1:C9"/>'
    assert spelt_out(taken) == spelt_out(whole)
    assert taken.widened(dimension) == whole.widened(dimension)


def test_nothing_is_left_of_the_memory_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(parallel, "BIG_SHEET", 0)
    made: list[Any] = []
    memory = SharedMemory

    def noted(*given: Any, **named: Any) -> Any:
        made.append(memory(*given, **named))
        return made[-1]

    monkeypatch.setattr(shared_block, "SharedMemory", noted)
    outcome(file, 2)
    assert made
    for one in made:
        with pytest.raises(FileNotFoundError):
            memory(one.name)


@pytest.mark.usefixtures("small_blocks")
def test_a_book_that_is_closed_ends_its_processes(tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    with ClosedEdit(file, 2) as book:
        workers = cast("pool.WorkerPool", book.executor)
        assert workers.pool.submit(os.getpid).result() != os.getpid()
    with pytest.raises(RuntimeError, match="after shutdown"):
        workers.pool.submit(os.getpid)
