"""Between a spreadsheet and a plain function: shapes, blanks, errors, and what a host is told of each function.

A cell function is written for single values. ``cell_function`` makes it take a cell or a range in its first argument
and answer in the same shape; a blank gives a blank, a mistake gives ``#HQS! what is wrong`` (``mistakes``), never a
traceback, and in a range spoils only its own answer.

Each function carries its ``Declared``, from which a host makes its own registration; with xlwings, where that is
installed, it is registered at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from itertools import zip_longest
from types import ModuleType
from typing import Any, NamedTuple

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells.mistakes import NAME, error_text, in_language, internal_error, language_of
from hqs_xl.cells.values import BadValue
from hqs_xl.errors import HqsError
from hqs_xl.texts import helps, in_words

xw: Any
try:
    import xlwings as xw
except ImportError:  # LibreOffice has none
    xw = None

CATEGORY = "HQS"
DATE_FORMAT = "yyyy-mm-dd"

Convert = Callable[[Any], Any]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Argument:
    """An argument of a cell function: how its value is converted, and its help.

    ``zero``: the number 0 means something, so that a host which hands a blank cell over as 0 can't take it for blank.
    """

    __slots__ = ("convert", "doc", "zero")

    def __init__(self, convert: Convert, doc: str, *, zero: bool = False) -> None:
        self.convert, self.doc, self.zero = convert, doc, zero


class Declared(NamedTuple):
    """What a host is told of a cell function; ``needed`` are the arguments without a default.

    ``dates``: the answer is a date; ``texts``: it is a text, whatever is asked; ``block``: it answers a block of cells.
    """

    name: str
    doc: str
    arguments: dict[str, Argument]
    needed: frozenset[str]
    dates: bool
    texts: bool
    block: bool


def declared_in(module: ModuleType) -> dict[Callable[..., Any], Declared]:
    """The cell functions of a module and what they declare, in its order."""
    return {one: one.declared for one in vars(module).values() if isinstance(getattr(one, "declared", None), Declared)}


def cell_function(*, dates: bool = False, texts: bool = False, **arguments: Argument) -> Decorator:
    """Register a function of single values as a cell function, each argument converted and explained.

    Arguments without a default are needed: when one is blank, so is the answer. ``dates``: the answer is a date;
    ``texts``: it is a text.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        answer = _single(function, arguments)

        @wraps(function)
        def over_cells(*values: Any) -> Any:
            return _over(answer, values)

        return _registered(over_cells, arguments, dates=dates, texts=texts, block=False)

    return decorate


def block_function(*, texts: bool = False, **arguments: Argument) -> Decorator:
    """Register a function that takes blocks of cells whole and answers a block; a mistake answers one cell.

    The arguments' converters get the block as rows of cells; one needed and blank gives a blank.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        answer = _converted(function, arguments)

        @wraps(function)
        def over_blocks(*values: Any) -> Any:
            missing = [None] * (len(arguments) - len(values))
            return answer(*map(_rows, [*values, *missing]))

        return _registered(over_blocks, arguments, dates=False, texts=texts, block=True)

    return decorate


def _registered(function: Callable[..., Any], arguments: dict[str, Argument], **kind: bool) -> Callable[..., Any]:
    parameters = inspect.signature(function).parameters.values()
    needed = frozenset(one.name for one in parameters if one.default is one.empty)
    declared = Declared(function.__name__, function.__doc__ or "", arguments, needed, **kind)
    function.declared = declared  # type: ignore[attr-defined]
    return function if xw is None else _for_excel(function, declared)


def spoken_in(lang: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of ours registered anew: its helps and mistakes in one language, where no workbook can be asked."""
    return _for_excel(inspect.unwrap(function, stop=_is_ours), function.declared, lang)  # type: ignore[attr-defined]


def _is_ours(function: Callable[..., Any]) -> bool:
    """Whether it is what was registered, within what xlwings made of it."""
    return not hasattr(function.__wrapped__, "declared")  # type: ignore[attr-defined]


def _for_excel(function: Callable[..., Any], declared: Declared, lang: str = "") -> Callable[..., Any]:
    options = {"date_format": DATE_FORMAT} if declared.dates else {}
    said = helps(lang)

    @wraps(function)
    def over_ranges(*values: Any) -> Any:
        return in_language(function(*values), lambda: lang or _of_the_workbook())

    over_ranges.__doc__ = said.get(declared.doc, declared.doc)
    registered = xw.ret(**options)(over_ranges)
    for name, argument in reversed(declared.arguments.items()):
        doc = said.get(argument.doc, argument.doc)
        registered = xw.arg(name, ndim=2, err_to_str=True, doc=doc)(registered)
    named: Callable[..., Any] = xw.func(category=CATEGORY)(registered)
    return named


def _of_the_workbook() -> str:
    """The language of the workbook that calls, asked only where there is a mistake to tell."""
    try:
        return language_of(xw.Book.caller().api.Names(NAME).RefersToRange.Value)
    except Exception:  # noqa: BLE001 - no Excel, no such name, Excel busy: each raises something of its own
        return ""


def _converted(function: Callable[..., Any], arguments: dict[str, Argument]) -> Callable[..., Any]:
    """The function over raw values: converted, and every mistake a text."""
    parameters = inspect.signature(function).parameters
    plan = [
        (name, arguments[name].convert, parameter.default is parameter.empty) for name, parameter in parameters.items()
    ]

    def answer(*values: Any) -> Any:
        at = ""
        try:
            given: list[Any] = []
            for (name, convert, needed), value in zip_longest(plan, values):
                at = name
                found = convert(value)
                if found is None and needed:
                    return ""
                given.append(found)
            at = ""
            result = function(*given)
        except HqsError as error:
            return _as_asked(error_text(error, at), arguments, values)
        except Exception as error:  # noqa: BLE001 - a traceback never reaches a cell
            return _as_asked(internal_error(function.__name__, error), arguments, values)
        return "" if result is None else result

    return answer


def _as_asked(text: Bilingual, arguments: dict[str, Argument], values: Sequence[Any]) -> str:
    """A mistake in the language that was asked for; in both where none was."""
    asked = dict(zip(arguments, values, strict=False)).get("lang")
    lang = language_of(_rows(asked)[0][0])
    return in_words(text, lang) if lang else text


def _single(function: Callable[..., Any], arguments: dict[str, Argument]) -> Callable[..., Any]:
    """The function over single raw values; a column repeats its days, so that most answers are look-ups.

    The types are part of the key: TRUE, 1 and 1.0 are different cells.
    """
    return lru_cache(maxsize=1 << 16, typed=True)(_converted(function, arguments))


def _over(answer: Callable[..., Any], values: Sequence[Any]) -> Any:
    """One answer for each cell of the first argument."""
    if not values:
        return answer()
    first = _rows(values[0])
    shape = (len(first), len(first[0]))
    others = [_rows(value) for value in values[1:]]
    if all(len(other) == 1 and len(other[0]) == 1 for other in others):
        memory = _Memory(answer, [_plain(other[0][0]) for other in others])
        rows = [[memory[cell] if type(cell) in QUICK else memory.answered(cell) for cell in row] for row in first]
    else:
        try:
            grids = [_spread(other, shape) for other in others]
        except BadValue as error:
            rows = [[error_text(error)] * shape[1] for _ in range(shape[0])]
        else:
            rows = [
                [answer(*map(_plain, cells)) for cells in zip(*lines, strict=True)]
                for lines in zip(first, *grids, strict=True)
            ]
    return rows[0][0] if shape == (1, 1) else rows


# Types of cells of which no two are equal across types, as TRUE and 1 are: a plain dict tells them apart.
QUICK = frozenset({float, str, datetime, date})


class _Memory(dict[Any, Any]):
    """The answers of one call by cell: a column repeats its days."""

    __slots__ = ("answer", "fixed")

    def __init__(self, answer: Callable[..., Any], fixed: list[Any]) -> None:
        self.answer, self.fixed = answer, fixed

    def __missing__(self, cell: Any) -> Any:
        found = self[cell] = self.answered(cell)
        return found

    def answered(self, cell: Any) -> Any:
        """The answer of a cell that is not remembered."""
        return self.answer(_plain(cell), *self.fixed)


def _rows(value: Any) -> Sequence[Sequence[Any]]:
    """A cell or a range as rows of cells; never empty."""
    if isinstance(value, list | tuple):
        if not value:
            return [[None]]
        if isinstance(value[0], list | tuple):
            width = max(map(len, value)) or 1
            if any(len(row) != width for row in value):
                return [[*row, *[None] * (width - len(row))] for row in value]
            return value
        return [value]
    return [[value]]


def _spread(rows: Sequence[Sequence[Any]], shape: tuple[int, int]) -> Sequence[Sequence[Any]]:
    """A single cell repeated to a shape; a range of another shape is a mistake."""
    if (len(rows), len(rows[0])) == shape:
        return rows
    if len(rows) == 1 and len(rows[0]) == 1:
        return [[rows[0][0]] * shape[1]] * shape[0]
    raise BadValue("wrong_shape", rows=shape[0], columns=shape[1])


def _plain(value: Any) -> Any:
    """A value that can be looked up: the few a cell holds are as they are, anything else is its text."""
    return value if value is None or isinstance(value, str | int | float | date) else str(value)
