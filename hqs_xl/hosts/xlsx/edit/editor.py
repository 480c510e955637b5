"""A closed .xlsx or .xlsm edited in place: answers go in, every byte that is not concerned stays.

Nothing of the source is written to. The sheets concerned are patched into spools, and ``write`` puts the new package
together; what can't be edited without loss is refused before, as ``UnusableFile``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import closing
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, BinaryIO

from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.new_package import write_package
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.package.spool import Spool, spooled
from hqs_xl.hosts.sheets.progress import Steps, told
from hqs_xl.hosts.xlsx.edit.kept_sheets import KeptSheets
from hqs_xl.hosts.xlsx.edit.new_sheet import NewColumn, NewSheet
from hqs_xl.hosts.xlsx.edit.recount import Recount
from hqs_xl.hosts.xlsx.edit.registry import Registry, styles_of
from hqs_xl.hosts.xlsx.edit.sheet_tables import (
    TableHeader,
    TableRewrite,
    add_columns,
    check_below,
    check_room,
    frame_of,
    last_used,
    resize,
    row_formulas,
    span_of,
)
from hqs_xl.hosts.xlsx.edit.standing_sheet import Patch, asked_once, holds_answers
from hqs_xl.hosts.xlsx.edit.unchangeable import unchangeable
from hqs_xl.hosts.xlsx.patch.answered_rows import AnsweredRows, Widened
from hqs_xl.hosts.xlsx.patch.copy_on_write import CopyOnWrite
from hqs_xl.hosts.xlsx.patch.formulas import IsOwn, nobodys
from hqs_xl.hosts.xlsx.patch.grown_rows import GrownRows, Growth
from hqs_xl.hosts.xlsx.patch.patch_stream import PatchReader, PatchStream
from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext
from hqs_xl.hosts.xlsx.read.told_moves import told_what_moves
from hqs_xl.hosts.xlsx.read.workbook import Workbook
from hqs_xl.rows import NoHeaders, ParallelEdit

if TYPE_CHECKING:
    from pathlib import Path

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.xlsx.edit.executor import Executor, RowStream
    from hqs_xl.hosts.xlsx.patch.cell_rules import ShortRule
    from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
    from hqs_xl.hosts.xlsx.patch.styles import Styles
    from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
    from hqs_xl.hosts.xlsx.read.row_source import RowSource, SheetRows
    from hqs_xl.rows import HeaderWords, RowEdit

# Takes the next row of a table, a value for each of its columns.
PutRow = Callable[[Sequence[Any]], None]
# Is told the share done, 0 to 1.
Progress = Callable[[float], None]

_NO_HEADERS = NoHeaders()


class Editor(Workbook):
    """A closed .xlsx or .xlsm that takes answers. Reads as ``Workbook`` does, always what stands in the file.

    Raises ``UnusableFile`` when opened, or from the call that meets what can't be edited without loss.
    """

    def __init__(
        self,
        path: Path,
        words: HeaderWords = _NO_HEADERS,
        *,
        own: IsOwn = nobodys,
        kept: Container[str] = (),
        links: str = "rIdNew",
        limits: Limits = LIMITS,
    ) -> None:
        """``words`` as in ``Workbook``; ``own``: which formulas are our own, whose results may be written anew.

        ``kept``: names of cells whose results are right whatever is answered. ``links``: what the ids of new parts
        begin with.
        """
        self.executor: Executor | None = None  # may be set right after opening; is closed with the editor
        super().__init__(path, words, limits, own=own)
        self._kept = KeptSheets(self._package)
        self._spools: dict[str, Spool] = {}
        self._edits: dict[str, PartEdit] = {}
        self._rewrites: list[TableRewrite] = []
        self._new: list[NewSheet] = []
        self._widened: dict[str, list[Widened]] = {}
        self._done: set[str] = set()
        self._recount = Recount(self._package, self._no_room, kept, self._watch.without)
        self._registry = Registry(self._package, self._edit_of, links)
        refused = unchangeable(self._package)
        if refused:
            self.close()
            raise refused

    def close(self) -> None:
        """Close the file, and throw away what is not written."""
        super().close()
        if self.executor:
            self.executor.close()
        for spool in getattr(self, "_spools", {}).values():
            spool.close()
        for task in [*getattr(self, "_rewrites", ()), *getattr(self, "_new", ())]:
            task.close()

    @property
    def changed(self) -> bool:
        """Whether anything written so far differs from what stood there."""
        self._settle()
        return bool(self._spools or self._new or any(edit.changed for edit in self._edits.values()))

    @property
    def changed_sheets(self) -> list[str]:
        """The sheets in which anything differs, in the workbook's order; the new ones by the titles they ask for."""
        self._settle()
        self.count_again()
        return [name for name, part in self._parts.items() if part in self._spools] + [one.title for one in self._new]

    def _kept_of(self, part: str) -> KeptSheet | None:
        return None if self.executor else self._kept.new(part)

    def _source(self, rows: SheetRows) -> RowSource:
        return self.executor.reading(rows) if self.executor else rows

    def edit_rows(self, sheet: str, edit: RowEdit, progress: Progress | None = None) -> None:
        """Give every row that holds anything to ``edit``, in order; its answers go into that row's cells."""
        edit = told_what_moves(edit, self._moves.get(sheet, {}))
        if widened := self._widened.pop(sheet, []):
            self._patch(sheet, AnsweredRows(self._context(sheet), edit, widened), progress)
        else:
            asked = asked_once(edit) if self._kept.has(self._part(sheet)) else edit
            self._answer(sheet, partial(AnsweredRows, self._context(sheet), asked, ()), progress, asked)

    def add_columns(self, table: TableHeader, headers: Sequence[str]) -> Sequence[int]:
        """Add columns to the right end of a table; where they stand. Before ``edit_rows`` of its sheet."""
        framed = self._framed(table.sheet)
        frame = frame_of(table, framed)
        area = frame[1] if frame else None
        span = span_of(table, area)
        first = (area.last_column if area else last_used(table, self.rows(table.sheet))) + 1
        first += sum(len(other.headers) for other in self._widened.get(table.sheet, ()) if other.span == span)
        last = first + len(headers) - 1
        check_room(self._package, table, area, [other for _, other in framed], last)
        if frame:
            part_edit = self._edit_of(frame[0])
            add_columns(self._package, frame[0], part_edit, headers)
            resize(part_edit, frame[1], frame[1].last_row, last)
        places = range(first, last + 1)
        self._widened.setdefault(table.sheet, []).append(Widened(span, dict(zip(places, headers, strict=True))))
        return places

    def rewrite_rows(self, table: TableHeader) -> PutRow:
        """Write the rows of a table anew, below its header, top down: a value for each column meant; the old go."""
        frame = frame_of(table, self._framed(table.sheet))
        if frame and frame[1].totals_rows:
            raise self._package.refusal("table_totals", sheet=table.sheet)
        task = TableRewrite(table, frame, span_of(table, frame[1] if frame else None))
        self._rewrites.append(task)
        return task.put

    def grow_rows(self, table: TableHeader, growth: Growth) -> Sequence[ShortRule]:
        """Let a table take in values and new rows, without ``edit_rows``; which rules do not hold in all of these."""
        framed = self._framed(table.sheet)
        frame = frame_of(table, framed)
        span, new = span_of(table, frame[1] if frame else None), growth.new
        formulas: dict[int, bytes] = {}
        if frame and new:
            check_below(self._package, table, frame[1], [other for _, other in framed], new)
            formulas = row_formulas(self._edit_of(frame[0]), frame[1])
        self._patch(table.sheet, patch := GrownRows(self._context(table.sheet), span, growth, formulas))
        if frame and new:
            resize(self._edit_of(frame[0]), frame[1], max(frame[1].last_row, new.stop - 1), frame[1].last_column)
        return patch.short

    def add_sheet(self, title: str, table: str, columns: Sequence[NewColumn]) -> PutRow:
        """A new sheet at the end with a table, both named so or with a number behind: takes a value for each column."""
        context = self._context("")
        sheet = NewSheet(title, self._registry.table_name(table), columns, context, Spool(self._no_room))
        self._new.append(sheet)
        return sheet.put

    def count_again(self) -> None:
        """Take out what was counted from cells as they were, and have it counted when the file is opened."""
        self._recount.finish(self._parts, self._spools, self._edits, self._edit_of, self._reader)

    def write(self, stream: BinaryIO) -> None:
        """Write the new package; ``stream`` is empty, and readable too, so that what was copied can be compared."""
        self._settle()
        self.count_again()
        changed = dict(self._spools)
        added: dict[str, Spool] = {}
        removed = {self._package.member(part) for part in self._registry.drop_chain()}
        try:
            for sheet in self._new:
                added |= self._registry.register(sheet, self._no_room)
            for part, edit in self._changed_parts():
                (changed if self._package.has(part) else added)[part] = spooled(edit.data(), self._no_room)
            by_member = {self._package.member(part): spool for part, spool in changed.items()}
            write_package(self._package, stream, by_member, added, removed)
        finally:
            for spool in [*changed.values(), *added.values()]:
                spool.close()

    def _changed_parts(self) -> list[tuple[str, PartEdit]]:
        """The smaller parts that are others now; one the package did not hold is announced in those that name it."""
        for part, edit in [*self._edits.items()]:
            if edit.changed and not self._package.has(part):
                self._registry.announce("styles", part)
        return [(part, edit) for part, edit in self._edits.items() if edit.changed]

    def _settle(self) -> None:
        """Finish what waits for its last row; tables that are replaced after this wait for the next time."""
        for sheet, widened in self._widened.items():
            self._patch(sheet, AnsweredRows(self._context(sheet), None, widened))
        self._widened.clear()
        while self._rewrites:
            with closing(self._rewrites.pop(0)) as task:
                written = self._answer(task.table.sheet, partial(task.rows, self._context(task.table.sheet)))
                task.resize(self._edit_of, written.last_other)

    def _answer(
        self, sheet: str, patch: Callable[[], Patch], progress: Progress | None = None, edit: RowEdit | None = None
    ) -> Patch:
        """Patch a sheet, unless its rows as they were first read hold all answers; ``patch`` makes a patch anew."""
        part, found = self._part(sheet), patch()
        kept = self._kept.take(part)
        if kept is not None and kept.is_plain:
            if holds_answers(kept, found, self._words.fewest):
                self._done.add(part)
                self._recount.note(sheet, found.reach)
                Steps(progress).end()
                return found
            found = patch()
        self._patch(sheet, found, progress, edit, kept)
        return found

    def _patch(
        self,
        sheet: str,
        patch: CellPatch,
        progress: Progress | None = None,
        edit: RowEdit | None = None,
        kept: KeptSheet | None = None,
    ) -> None:
        """``kept``: the sheet as it was first read, if it is kept."""
        part = self._part(sheet)
        if part in self._done:
            raise ValueError(sheet)
        self._done.add(part)
        reader = self._reader(part, sheet)
        spool = Spool(self._no_room)
        copy = CopyOnWrite(kept.chunks if kept else partial(self._package.chunks, part), patch, spool)
        try:
            copy.stream = PatchStream(self._package, part, reader, patch, copy.write)
            stream: RowStream = copy.stream
            if self.executor and isinstance(edit, ParallelEdit):
                stream = self.executor.editing(copy.stream, patch, edit)
            with closing(stream):
                if kept is not None:
                    copy.stream.add_pieces(kept.pieces)
                    Steps(progress).end()
                else:
                    for chunk in told(self._chunks(part), stream, progress):
                        stream.add(chunk)
                if stream.end() != self._package.size(part):
                    raise RuntimeError(part)
            if patch.changed:
                spool.finish(copy.stream.head + patch.reach.widened(copy.stream.dimension))
                self._spools[part] = spool
                self._registry.formulas_went |= patch.formulas_went
            self._recount.note(sheet, patch.reach)
        finally:
            if part not in self._spools:
                spool.close()

    def _reader(self, part: str, sheet: str) -> PatchReader:
        return PatchReader(self._package, part, sheet, self._shared_strings(), **self._stored)

    def _context(self, sheet: str) -> SheetContext:
        return SheetContext(self._package, sheet, self._format, self.date1904, self._own)

    @cached_property
    def _format(self) -> Styles:
        return styles_of(self._package, self._registry, self._edits, self._edit_of)

    def _edit_of(self, part: str) -> PartEdit:
        if part not in self._edits:
            self._edits[part] = PartEdit(self._package, part)
        return self._edits[part]

    def _no_room(self) -> UnusableFile:
        return self._package.refusal("no_room")
