"""Stands in for xlwings Lite: runs a workbook's main.py with nothing installed, and calls its functions as Lite does.

Run as a program: reads cases as JSON (function, arguments) from standard input, prints the answers. Lite hands dates
over as serial numbers, whole numbers as int, errors as their texts; a range comes as rows where ``ndim=2`` was asked
for, else a single row or column comes flat.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from importlib import import_module
from types import ModuleType
from typing import Any
from zipfile import ZipFile

EPOCH = date(1899, 12, 30).toordinal()


class Registered(dict[str, Any]):
    """What the decorators said of a function."""


def decorators() -> Any:
    """A module ``xlwings`` with the decorators a Lite workbook has."""
    module: Any = ModuleType("xlwings")

    def func(function: Any = None, **options: Any) -> Any:
        def decorate(one: Any) -> Any:
            one.__xlfunc__ = Registered(getattr(one, "__xlfunc__", {}), **options)
            return one

        return decorate(function) if function else decorate

    def arg(name: str, **options: Any) -> Any:
        def decorate(one: Any) -> Any:
            one.__xlfunc__ = Registered(getattr(one, "__xlfunc__", {}), **{f"arg {name}": options})
            return one

        return decorate

    def ret(**options: Any) -> Any:
        def decorate(one: Any) -> Any:
            one.__xlfunc__ = Registered(getattr(one, "__xlfunc__", {}), ret=options)
            return one

        return decorate

    def script(**options: Any) -> Any:
        def decorate(one: Any) -> Any:
            one.__xlscript__ = options
            return one

        return decorate

    module.func, module.arg, module.ret, module.script = func, arg, ret, script
    module.BookAsync = type("BookAsync", (), {})
    return module


def delivered(value: Any) -> Any:
    """A cell of the table of cases as Lite hands it over."""
    if isinstance(value, list):
        return [delivered(one) for one in value]
    if value == "@error":
        return "#SPILL!"
    if isinstance(value, str) and value.startswith("@"):
        moment = datetime.fromisoformat(value[1:])
        day = moment.toordinal() - EPOCH
        part = (moment.hour * 60 + moment.minute) / 1440
        return day + part if part else day
    return int(value) if isinstance(value, float) and value.is_integer() else value


def shaped(value: Any, options: dict[str, Any]) -> Any:
    """A cell or range as the options of the argument ask for it."""
    if options.get("ndim") != 2:
        if isinstance(value, list) and len(value) == 1:
            return value[0]
        return value
    if isinstance(value, list):
        return value if value and isinstance(value[0], list) else [value]
    return [[value]]


def returned(value: Any) -> Any:
    """An answer as it stands in the cells."""
    if isinstance(value, list | tuple):
        return [returned(one) for one in value]
    return f"@{value.isoformat()}" if isinstance(value, date) else value


def modules(place: str) -> list[str]:
    """The modules that are packed."""
    names = [name.removesuffix(".py") for name in ZipFile(place).namelist() if name.endswith(".py")]
    return [name.replace("/", ".").removesuffix(".__init__") for name in names]


def imported(name: str) -> bool:
    """Whether nothing a module needs is missing."""
    try:
        import_module(name)
    except ImportError:
        return False
    return True


def main(code: str) -> None:
    """Run main.py and answer the cases."""
    sys.modules["xlwings"] = decorators()
    sys.modules["xlwings.main"] = ModuleType("xlwings.main")
    sys.modules["xlwings.main"].Table = object  # type: ignore[attr-defined]
    space: dict[str, Any] = {"__name__": "main"}
    exec(compile(code, "main.py", "exec"), space)  # noqa: S102 - what Lite does
    registered = {name: one for name, one in space.items() if hasattr(one, "__xlfunc__")}
    answers = []
    for name, arguments in json.load(sys.stdin):
        function = registered[name]
        options = [value for key, value in function.__xlfunc__.items() if key.startswith("arg ")]
        names = list(function.declared.arguments)
        by_name = {key.removeprefix("arg "): value for key, value in function.__xlfunc__.items()}
        given = [
            shaped(delivered(value), by_name[argument])
            for argument, value in zip(names, arguments, strict=False)
            if value != "@missing" and options
        ]
        answers.append(returned(function(*given)))
    scripts = {name: one.__xlscript__ for name, one in space.items() if hasattr(one, "__xlscript__")}
    without = [name for name in modules(space["PLACE"]) if not imported(name)]
    helps = {
        name: [one.__doc__, *(one.__xlfunc__[f"arg {argument}"]["doc"] for argument in one.declared.arguments)]
        for name, one in registered.items()
    }
    found = {
        "helps": helps,
        "functions": sorted(registered),
        "scripts": scripts,
        "without": without,
        "answers": answers,
        "from": sys.modules["hqs_xl"].__file__,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - nothing but the library is there
        main(file.read())
