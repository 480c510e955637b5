"""The options of a refresh, declared once: ``refresh`` takes them, and ``schedule`` hands them on to its job."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hqs_xl.cli.arguments import add_as_of, add_edition, add_lang, add_sheet, add_strict, add_unattended, number

MOST = 99_999

Add = Callable[[argparse.ArgumentParser], None]


def add_refresh_options(parser: argparse.ArgumentParser) -> None:
    """All that says how files are refreshed; which files, and how it is told, each command says itself."""
    add_sheet(parser)
    add_as_of(parser)
    count = number(0, MOST)
    parser.add_argument("--jobs", type=count, metavar="N", help="files done at once (default: one a processor)")
    parser.add_argument("--out", type=Path, metavar="PATH", help="write there, a file or a folder; the file stays")
    parser.add_argument("--backups", type=count, metavar="N", help="backups kept of each file, 0 for none (default: 5)")
    parser.add_argument("--add-columns", action="store_true", help="add the answer columns the roster lacks")
    parser.add_argument("--findings-sheet", action="store_true", help="add a sheet of findings where there is none")
    add_strict(parser)
    add_unattended(parser)
    add_edition(parser)
    add_lang(parser)


def words_of(options: argparse.Namespace, add: Add = add_refresh_options) -> list[str]:
    """The options that were given as they are typed, with whole paths: a scheduler starts in a folder of its own."""
    declared = _Declared(add)
    return [word for action in declared.actions for word in _words(action, getattr(options, action.dest))]


class _Declared(argparse.ArgumentParser):
    """A parser that remembers its options in their order."""

    def __init__(self, add: Add) -> None:
        super().__init__(add_help=False)
        self.actions: list[argparse.Action] = []
        add(self)

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        """Declare an option."""
        action = super().add_argument(*names, **how)
        self.actions.append(action)
        return action


def _words(action: argparse.Action, value: Any) -> list[str]:
    name = action.option_strings[0]
    if value is None or value == action.default:
        return []
    if action.nargs == 0:
        return [name]
    values = value if isinstance(value, list) else [value]
    # In one word, for a value may begin with a dash.
    return [f"{name}={_word(one)}" for one in values]


def _word(value: Any) -> str:
    if isinstance(value, tuple):  # a header and what it means
        return "=".join(value)
    return os.path.abspath(value) if isinstance(value, Path) else str(value)  # noqa: PTH100 - links stay links
