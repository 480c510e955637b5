"""Rows answered block by block, here and in other processes: bytes, findings and figures are those of row by row."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from shutil import disk_usage
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.xlsx.edit import editor as edit
from hqs_xl.hosts.xlsx.edit.reach import Reach
from hqs_xl.hosts.xlsx.parallel import blocks, processes
from hqs_xl.hosts.xlsx.parallel.block_rows import AnswerTask, Worker
from hqs_xl.hosts.xlsx.read import plain_rows
from hqs_xl.sync import book as sync
from tests.hosts.block_books import CASES, SHEET, Case, checked, outcome, renumbered, rewritten, rows, written


class Shared:
    """Two processes for all tests, as a book would start them for itself."""

    def __init__(self) -> None:
        self.workers = blocks.WorkerPool(2)

    def __call__(self, _processes: int) -> Shared:
        return self

    @property
    def processes(self) -> int:
        return self.workers.processes

    @property
    def pool(self) -> Any:
        return self.workers.pool

    def tell_calendar(self) -> None:
        self.workers.tell_calendar()

    def close(self) -> None:
        """They are wanted again."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    found = Shared()
    yield found
    found.workers.close()


def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each block was answered as one, in the order of their turns."""
    found: list[bool] = []
    take = blocks.ChunkedStream._take_next

    def noted(self: blocks.ChunkedStream) -> None:
        sent = self._sent[0]
        answer = sent.answer.result()
        self._sent[0] = sent._replace(answer=blocks._DoneFuture(answer))
        found.append(answer is not None and self._holds(sent.block, answer))
        take(self)

    monkeypatch.setattr(blocks.ChunkedStream, "_take_next", noted)
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
        row_by_row.setattr(sync._SheetEdit, "for_workers", lambda _: None)
        expected = outcome(file, 1)
    if "told" in expected:
        assert expected["told"] == checked(file)
    at_once = counted(monkeypatch)
    assert outcome(file, 1) == expected
    assert not at_once or True in at_once or "refused" in expected
    with monkeypatch.context() as like_a_big_sheet:
        like_a_big_sheet.setattr(plain_rows, "_MANY_WORDS", 1)
        assert outcome(file, 1) == expected
    monkeypatch.setattr(edit, "WorkerPool", shared)
    assert outcome(file, 2) == expected


@pytest.mark.usefixtures("small_blocks")
def test_most_blocks_of_a_usual_roster_are_answered_as_one(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(edit, "WorkerPool", shared)
    at_once = counted(monkeypatch)
    outcome(file, 2)
    # Those sent before the first answers are written know no format of the cells above.
    assert len(at_once) > 16
    assert all(at_once[8:])


@pytest.mark.usefixtures("small_blocks")
def test_a_second_refresh_changes_nothing_whoever_answers(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(edit, "WorkerPool", shared)
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
    submit = blocks.PoolExecutor.submit

    def killing(self: blocks.PoolExecutor, block: AnswerTask) -> Any:
        nonlocal sent
        sent += 1
        if sent > after:
            for process in cast("Any", self._workers.pool)._processes or ():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        return submit(self, block)

    monkeypatch.setattr(blocks.PoolExecutor, "submit", killing)
    assert outcome(file, 2) == expected
    assert sent > after


@pytest.mark.usefixtures("small_blocks")
def test_without_memory_to_share_all_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)

    def none(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(processes, "SharedMemory", none)
    assert outcome(file, 2) == expected


def test_memory_there_is_no_room_for_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_SHARED", tmp_path)
    monkeypatch.setattr(processes, "SharedMemory", lambda *_, **__: pytest.fail("taken"))
    with pytest.raises(OSError, match="No space"):
        processes.SharedBlock(size=disk_usage(tmp_path).total + 1)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("segment", [0, 2_900, 3_200, 3_600, 4_000, 5_000])
def test_blocks_and_answers_too_big_for_their_place_in_memory(
    segment: int, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    monkeypatch.setattr(edit, "WorkerPool", shared)
    monkeypatch.setattr(blocks, "SEGMENT", segment)
    assert outcome(file, 2) == expected


@pytest.mark.usefixtures("small_blocks")
def test_a_fault_of_ours_in_a_block_is_told_where_it_is_done_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    for name in ("_rows", "_read"):
        monkeypatch.setattr(Worker, name, lambda *_: 1 / 0)
    assert outcome(file, 1) == expected


class Nothing:
    """An edit that answers nothing and takes whatever comes."""

    def __call__(self, _number: int, _cells: object, /) -> dict[int, Any]:
        return {}

    def for_workers(self) -> Nothing:
        return self

    def task(self, _first: int, _last: int) -> None:
        return None

    def is_valid(self, _task: object) -> bool:
        return True

    def merge(self, _result: object) -> None:
        return None

    def answers(self, _task: object, rows: list[Any]) -> tuple[list[dict[int, Any]], None]:
        return [{} for _ in rows], None


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("number", range(40, 50))  # wherever a block begins
def test_rows_out_of_order_are_refused_whoever_reads_them(number: int, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    rewritten(file, renumbered(number, 9))
    with ClosedEdit(file) as book, pytest.raises(UnusableFile) as refused:
        book.edit_rows("Roster", Nothing())
    assert (refused.value.code, refused.value.fields["row"]) == ("unordered", 9)


@given(st.lists(st.tuples(st.sets(st.integers(0, 40)), st.booleans(), st.booleans()), max_size=30))
def test_what_is_reached_in_parts_is_what_is_reached(answers: list[tuple[set[int], bool, bool]]) -> None:
    whole, parts = Reach(), [Reach()]
    for number, (columns, new, cut) in enumerate(answers, 5):
        if cut:
            parts.append(Reach())
        for reach in (whole, parts[-1]):
            if columns:
                reach.add(number, columns)
                if new:
                    reach.add_new(number, *columns)
    taken = Reach()
    for part in parts:
        taken.take(part)
    dimension = b'<dimension ref="A1:C9"/>'
    assert vars(taken) == vars(whole)
    assert taken.widened(dimension) == whole.widened(dimension)


def test_nothing_is_left_of_the_memory_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(blocks, "BIG_SHEET", 0)
    monkeypatch.setattr(edit, "BIG_SHEET", 0)
    made: list[Any] = []
    memory = SharedMemory

    def noted(*given: Any, **named: Any) -> Any:
        made.append(memory(*given, **named))
        return made[-1]

    monkeypatch.setattr(processes, "SharedMemory", noted)
    outcome(file, 2)
    assert made
    for one in made:
        with pytest.raises(FileNotFoundError):
            memory(one.name)
