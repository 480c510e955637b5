"""Records validated by pydantic: its compiled core reads each by the record's own annotations.

What pydantic would tell its core of a record (``TypeAdapter``) is told here, by the functions that it documents for
that: loading all of pydantic takes longer than reading a small roster, as docs/developers.md has it in figures. A test
holds both beside each other, in the lowest and the newest version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import Field, fields
from functools import cache
from itertools import repeat
from types import NoneType
from typing import Any, cast

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError, core_schema

from hqs_xl.cells.values import BadValue
from hqs_xl.models.marks import is_required
from hqs_xl.roster.fields import Cell, Convert, NoFact, cells
from hqs_xl.roster.records import Problem
from hqs_xl.roster.tables import TableRows


def read(kind: Any, row: int, found: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """One record from its row's cells, and each cell that is no such fact; what is no field of it is passed over."""
    validate, facts = _record(kind).validate_python, {**found, "row": row}
    try:
        return validate(facts), []
    except ValidationError as error:
        problems = [Problem(str(one["loc"][0]), _bad_value(one)) for one in _entries(error)]
    unread = frozenset(problem.column for problem in problems)
    good = {name: value for name, value in facts.items() if name not in unread}
    return validate({**good, "unread": unread}), problems


def read_all(kind: Any, rows: TableRows) -> list[tuple[Any, list[Problem]]]:
    """The records of rows; column by column, which takes a third of the time."""
    problems: dict[int, list[Problem]] = defaultdict(list)
    columns = [_column(kind, name, rows.column(name), problems) for name in cells(kind)]
    records = [*map(kind, rows.numbers, *columns)]
    for index, found in problems.items():
        records[index].unread = frozenset(problem.column for problem in found)
    return [(record, problems.get(index, [])) for index, record in enumerate(records)]


def _column(kind: Any, name: str, found: list[Any], problems: Mapping[int, list[Problem]]) -> Iterable[Any]:
    """The cells of a column as facts; of one that is none, the problem is noted by its place, and it is left blank."""
    of = {*map(type, found)} - {NoneType}
    if not of:
        return repeat(_fact(kind, name).validate_python(None), len(found))
    if len(of) == 1:
        try:
            return cast("list[Any]", _facts(kind, name, *of).validate_python(found))
        except BadValue:
            pass
    validate = _facts(kind, name, None).validate_python
    try:
        return cast("list[Any]", validate(found))
    except ValidationError as error:
        bad = {int(one["loc"][0]): _bad_value(one) for one in _entries(error)}
    for index, problem in bad.items():
        problems[index].append(Problem(name, problem))
    return cast("list[Any]", validate([None if index in bad else cell for index, cell in enumerate(found)]))


def read_fact(kind: Any, name: str, cell: Any) -> Any:
    """One fact of a record. Raises BadValue."""
    try:
        return _fact(kind, name).validate_python(cell)
    except ValidationError as error:
        raise _bad_value(_entries(error)[0]) from None


@cache
def _record(kind: Any) -> SchemaValidator:
    marks, declared = cells(kind), fields(kind)
    arguments = core_schema.dataclass_args_schema(kind.__name__, [_field(one, marks.get(one.name)) for one in declared])
    slots = hasattr(kind, "__slots__")
    return SchemaValidator(core_schema.dataclass_schema(kind, arguments, [one.name for one in declared], slots=slots))


def _field(declared: Field[Any], mark: Cell | None) -> core_schema.DataclassField:
    """A field as declared; what no cell fills, such as the row's number, is our own and stays as it is."""
    held = _cell(mark) if mark else core_schema.any_schema()
    if not is_required(declared):
        held = core_schema.with_default_schema(held, default=declared.default)
    return core_schema.dataclass_field(declared.name, held)


@cache
def _fact(kind: Any, name: str) -> SchemaValidator:
    return _validator(cells(kind)[name])


@cache
def _facts(kind: Any, name: str, of: type | None) -> SchemaValidator:
    """Of a column; ``of``: the type of all its cells that are not blank, None where they are of several.

    Of one type they are read by its own converter at once, whose BadValue goes up as it is.
    """
    mark = cells(kind)[name]
    return _validators(mark.validate if of is None else mark.ways.get(of) or mark.ways[object])


# Fields of one kind share theirs.
@cache
def _validator(mark: Cell) -> SchemaValidator:
    return SchemaValidator(_cell(mark))


@cache
def _validators(convert: Convert) -> SchemaValidator:
    return SchemaValidator(core_schema.list_schema(core_schema.no_info_plain_validator_function(convert)))


def _cell(mark: Cell) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(mark.validate)


def _entries(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)


def _bad_value(entry: ErrorDetails) -> BadValue:
    """What an entry of pydantic's error was raised for, without the trace of where, which keeps the rows read there."""
    found: NoFact = entry["ctx"]["error"]
    return found.error.with_traceback(None)
