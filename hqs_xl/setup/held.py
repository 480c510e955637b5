"""What an older workbook of ours holds that a new one has to hold too, read with its formats."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from hqs_xl.errors import HqsError
from hqs_xl.formulas.today import movement
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.memory import Formula
from hqs_xl.hosts.sheets import unescaped
from hqs_xl.roster.columns import TABLES, normalised
from hqs_xl.roster.employer import FIELDS
from hqs_xl.roster.settings import LINES
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.setup.cell_look import look_of, runs_of
from hqs_xl.setup.left_behind import beside_tables, coloured, notes_left
from hqs_xl.setup.own_sheet import merged, own_rows, printed
from hqs_xl.template.carried import BY_LABEL, KEPT, Held, HeldTable, Note, OwnCell, OwnSheet
from hqs_xl.template.package import stored
from hqs_xl.template.xlwings_conf import SHEET
from hqs_xl.texts import LANGUAGES, say, table

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

KINDS = {name.casefold(): kind for kind, name in TABLE_NAMES.items()}
# The tables that people fill row by row.
PEOPLES = ("roster", "salary", "documents")
# What XlsxWriter adds to the width of a column: five pixels of seven to a character.
PADDING = 182 / 256
# Two spellings of the escape of an underscore in a text. openpyxl takes away the first and leaves all other escapes as
# they are written, after which ``_x0041_`` may be these signs or an A.
_TAKEN_AWAY, _LEFT_ALONE = b"_x005F_", b"_x005f_"


def read_held(path: Path, lang: str | None = None) -> Held:
    """All that is a person's in it. Raises HqsError where it is no workbook of ours, or openpyxl can't read it."""
    with ClosedBook(path) as book:  # which says in words what can't be read
        tables = {KINDS.get(area.name.casefold()) for sheet in book.sheets for area in book.tables(sheet)}
    if not tables >= {"roster", "settings"}:
        raise HqsError("install.not_ours", file=path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl would drop on saving; nothing is saved
        values, formulas = _read(path)
        with closing(formulas):
            return _held(path, values, formulas, lang)


def _read(path: Path) -> tuple[Workbook, Workbook]:
    """The workbook's values and its formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a quarter of a second that other commands do not need

    try:
        return load_workbook(_with_escapes(path), data_only=True, rich_text=True), load_workbook(path, read_only=True)
    except Exception as error:
        # What other programs write and openpyxl does not know comes as errors of many kinds, from deep within.
        raise HqsError("install.unread", file=path.name) from error


def _with_escapes(path: Path) -> Path | BytesIO:
    """The file as openpyxl leaves all escapes in it: itself, or a copy in memory where an underscore is escaped."""
    with ZipFile(path) as package:
        names = package.namelist()
        if not any(_TAKEN_AWAY in package.read(name) for name in names if name.endswith(".xml")):
            return path
        parts = {name: package.read(name) for name in names}
    spelt = {name: part.replace(_TAKEN_AWAY, _LEFT_ALONE) for name, part in parts.items() if name.endswith(".xml")}
    return BytesIO(stored(parts | spelt))


def _held(path: Path, values: Workbook, formulas: Workbook, lang: str | None) -> Held:
    found = {kind: (sheet, ref) for sheet in values for kind, ref in _tables(sheet)}
    if "roster" not in found or "settings" not in found:
        raise HqsError("install.not_ours", file=path.name)
    tables = {kind: _table(kind, *found[kind], formulas) for kind in KEPT if kind in found}
    ours = {sheet.title for sheet, _ in found.values()} | _our_sheets() | {SHEET}
    own = [_own_sheet(sheet) for sheet in values if sheet.title not in ours]
    stray = [cell for sheet in values if sheet.title in ours for cell in _stray(sheet, found)]
    known = {normalised(say(f"setting.{key}", one)) for key in LINES for one in LANGUAGES}
    labels = [str(row.get("setting", "")) for row in tables["settings"].rows]
    stray += [f"{found['settings'][0].title}: {label}" for label in labels if normalised(label) not in known]
    spoken = lang or _language(tables["settings"])
    names, strange = _own_names(values, own)
    stray += [*strange, *(sheet.title for sheet in values.chartsheets)]
    spoken_tables = {kind: _in_language(kind, one, spoken) for kind, one in tables.items()}
    sheets = [sheet for sheet in values if sheet.title in ours and sheet.title != SHEET]
    # Of a sheet nobody sees nobody types.
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    beside = [cell for sheet in seen for cell in beside_tables(sheet, formulas)]
    by_sheet: dict[str, list[HeldTable]] = {}
    for kind, one in spoken_tables.items():
        by_sheet.setdefault(found[kind][0].title, []).append(one)
    looks = [cell for kind in PEOPLES if kind in found for cell in _coloured(kind, *found[kind])]
    return Held(spoken_tables, own, stray, spoken, names, beside, notes_left(sheets, by_sheet), looks)


def _tables(sheet: Worksheet) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """The tables of ours on a sheet: kind, and first column, header row, last column, last row from 1."""
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 - as above

    for one in sheet.tables.values():
        if one.name.casefold() in KINDS:
            left, top, right, bottom = range_boundaries(one.ref)
            yield KINDS[one.name.casefold()], (left or 1, top or 1, right or 1, bottom or 1)


def _table(kind: str, sheet: Worksheet, ref: tuple[int, int, int, int], formulas: Workbook) -> HeldTable:
    left, top, right, bottom = ref
    headers = {place: str(_plain(sheet.cell(top, place).value) or "") for place in range(left, right + 1)}
    keys = {normalised(column.header(lang)): column for column in TABLES[kind] for lang in LANGUAGES}
    known = {place: keys[normalised(title)] for place, title in headers.items() if normalised(title) in keys}
    own = [place for place in headers if place not in known and headers[place]] if kind not in BY_LABEL else []
    # Nothing ends a table that somebody typed on below.
    last = bottom if kind in {"settings", "own_days", "employer"} else max(bottom, sheet.max_row)
    kept = {place: column for place, column in known.items() if not column.answer or kind == "log"}
    rows: list[dict[str, Any]] = []
    columns: dict[str, list[OwnCell]] = {headers[place]: [] for place in own}
    notes: dict[tuple[int, str], Note] = {}
    for row in range(top + 1, last + 1):
        cells = {column.key: sheet.cell(row, place) for place, column in kept.items()}
        if not any(cell.value is not None for cell in (*cells.values(), *(sheet.cell(row, place) for place in own))):
            continue
        notes |= {(len(rows), key): note for key, cell in cells.items() if (note := _note(cell))}
        read = partial(_setting, formulas=formulas) if kind == "settings" else _fact
        rows.append({key: value for key, cell in cells.items() if (value := read(cell)) is not None})
        for place in own:
            columns[headers[place]].append(_own_cell(sheet.cell(row, place)))
    return HeldTable(rows, columns, notes)


def _coloured(kind: str, sheet: Worksheet, ref: tuple[int, int, int, int]) -> Iterator[str]:
    """The cells that a person coloured in the columns of ours that a table of records has."""
    left, top, right, bottom = ref
    ours = {normalised(column.header(lang)) for column in TABLES[kind] for lang in LANGUAGES}
    places = [one for one in range(left, right + 1) if normalised(str(sheet.cell(top, one).value)) in ours]
    yield from coloured(sheet, range(top + 1, bottom + 1), places)


def _fact(cell: Cell | MergedCell) -> Any:
    return _plain(cell.value)


def _setting(cell: Cell | MergedCell, formulas: Workbook) -> Any:
    """A setting; the day that moves on by itself stays a formula."""
    typed = formulas[cell.parent.title][cell.coordinate].value
    if isinstance(typed, str) and typed.startswith("=") and movement(typed) is not None:
        return Formula(typed, _plain(cell.value))
    return _plain(cell.value)


def _plain(value: Any) -> Any:
    if isinstance(value, str | list):  # a list: a text whose letters differ
        return unescaped(str(value))  # openpyxl leaves escapes as they are written
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value


def _own_cell(cell: Cell | MergedCell) -> OwnCell:
    runs = tuple((tuple(look.items()), unescaped(text)) for look, text in runs_of(cell) if text)
    return OwnCell(_plain(cell.value), tuple(look_of(cell).items()), _note(cell), runs)


def _note(cell: Cell | MergedCell) -> Note | None:
    return Note(unescaped(cell.comment.text or ""), cell.comment.author or "") if cell.comment else None


def _own_sheet(sheet: Worksheet) -> OwnSheet:
    cells = {
        (row, column): _own_cell(cell)
        for row, line in enumerate(sheet.iter_rows())
        for column, cell in enumerate(line)
        if cell.value is not None or cell.has_style or cell.comment
    }
    widths = {
        place - 1: max(one.width - PADDING, 0)
        for letters, one in sheet.column_dimensions.items()
        if one.customWidth
        for place in range(one.min or 1, (one.max or 1) + 1)
        if letters
    }
    rows, state = dict(own_rows(sheet)), sheet.sheet_state
    return OwnSheet(sheet.title, cells, widths, [*merged(sheet)], rows, state, printed(sheet))


def _own_names(values: Workbook, own: Sequence[OwnSheet]) -> tuple[dict[str, str], list[str]]:
    """A person's own names: those of cells on their own sheets, and the others, which can't be taken over."""
    from hqs_xl.template.build import defined_names  # noqa: PLC0415 - as above

    ours, sheets = {name.casefold() for name in defined_names("en")}, {sheet.name for sheet in own}
    found: dict[str, str] = {}
    for name, one in values.defined_names.items():
        if name.casefold() not in ours and not one.hidden:
            found[name] = str(one.attr_text)
    for sheet in sheets:
        # Those of a sheet alone, as XlsxWriter takes them.
        found |= {f"{sheet}!{name}": str(one.attr_text) for name, one in values[sheet].defined_names.items()}
    sound = {name: to for name, to in found.items() if name.count("!") < 2}  # noqa: PLR2004 - one of the sheet's own
    kept = {name: to for name, to in sound.items() if _sheets_of(to) and _sheets_of(to) <= sheets}
    return kept, [name for name in found if name not in kept]


def _sheets_of(reference: str) -> set[str]:
    """The sheets that a reference names."""
    quoted = {name.replace("''", "'") for name in re.findall(r"'((?:[^']|'')+)'!", reference)}
    return quoted | set(re.findall(r"([^\W\d][\w.]*)!", re.sub(r"'(?:[^']|'')+'!", "", reference)))


def _our_sheets() -> set[str]:
    return {word for lang in LANGUAGES for key, word in table(lang).items() if key.startswith("sheet.")}


def _stray(sheet: Worksheet, found: Mapping[str, tuple[Any, tuple[int, int, int, int]]]) -> Iterator[str]:
    """Cells that somebody filled beside our tables: below a table of records, or right of it."""
    refs = [ref for one, ref in found.values() if one.title == sheet.title]
    if not refs or not any(kind in KEPT for kind, (one, _) in found.items() if one.title == sheet.title):
        return
    right, bottom = max(ref[2] for ref in refs), max(ref[3] for ref in refs)
    for row, line in enumerate(sheet.iter_rows(), 1):
        for column, cell in enumerate(line, 1):
            beside = column > right + (0 if len(refs) == 1 else 2) or (len(refs) > 1 and row > bottom + 4)
            if cell.value is not None and beside:
                yield f"{sheet.title}!{cell.coordinate}"


def _language(settings: HeldTable) -> str:
    """The language the old workbook was made in: that of its labels."""
    labels = {say("setting.language", lang): lang for lang in LANGUAGES}
    return next((labels[one["setting"]] for one in settings.rows if one.get("setting") in labels), "en")


def _in_language(kind: str, held: HeldTable, lang: str) -> HeldTable:
    """Labels of lines as the new workbook has them, whichever language the old one spoke."""
    if kind not in BY_LABEL:
        return held
    prefix, keys = ("setting", LINES) if kind == "settings" else ("employer", FIELDS)
    label = TABLES[kind][0].key
    known = {normalised(say(f"{prefix}.{key}", one)): say(f"{prefix}.{key}", lang) for key in keys for one in LANGUAGES}
    named = [(row, known.get(normalised(row.get(label, "")))) for row in held.rows]
    if kind == "settings":
        return HeldTable([{**row, label: name} for row, name in named if name and "value" in row])
    return HeldTable([{**row, label: name or row[label]} for row, name in named if label in row])
