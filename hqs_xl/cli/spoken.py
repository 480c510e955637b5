"""The language the terminal speaks: that of ``--lang``, else the system's.

What a command line says of itself (its help, what is wrong with an argument) stands in the code in English, as
argparse has it; ``texts/terminal.toml`` has the Russian of it all, argparse's own sentences included. So English needs
no file to be read before ``--help`` is shown.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache

from hqs_xl.data import packaged, toml

# In the order gettext asks them. LANGUAGE may name several; the first one counts.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
RUSSIAN = re.compile(r"ru(?![a-z])", re.IGNORECASE)
RUSSIAN_OF_WINDOWS = 0x19
FEWEST_LETTERS = len("--l")

_spoken = ["en"]


def speak(lang: str) -> None:
    """Speak a language from now on; argparse with its own sentences as well."""
    _spoken[:] = [lang]
    # What argparse calls gettext by: it has no other way to be given sentences than a compiled catalogue on the disk.
    vars(argparse).update(_=words, ngettext=_counted)


def spoken() -> str:
    """The language that is spoken."""
    return _spoken[0]


def words(english: str, /, **fields: object) -> str:
    """A sentence of the command line in the language that is spoken, its fields filled in."""
    text = _russian().get(english, english) if spoken() == "ru" else english
    return text.format(**fields) if fields else text


def _counted(one: str, many: str, number: int) -> str:
    return words(one if number == 1 else many)


@cache
def _russian() -> Mapping[str, str]:
    found: dict[str, str] = toml(packaged("texts/terminal.toml"))
    return found


def language_of(arguments: Sequence[str]) -> str:
    """The language to speak: what is asked for by ``--lang``, before anything else of the arguments is understood."""
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if len(name) > FEWEST_LETTERS and "--lang".startswith(name):
            value = value if equals else next(iter(arguments[place + 1 :]), "")
            if value in {"en", "ru"}:
                return value
    return system_language(os.environ)


def system_language(environ: Mapping[str, str]) -> str:
    """The language of the system: what the environment says, on Windows what its windows speak; en, if not ru."""
    for name in VARIABLES:
        if said := environ.get(name):
            return "ru" if RUSSIAN.match(said) else "en"
    return _of_windows() if sys.platform == "win32" else "en"


def _of_windows() -> str:
    import ctypes  # noqa: PLC0415 - for Windows alone

    library: object = getattr(ctypes, "windll")  # noqa: B009 - unknown to type checkers elsewhere
    primary = library.kernel32.GetUserDefaultUILanguage() & 0x3FF  # type: ignore[attr-defined]
    return "ru" if primary == RUSSIAN_OF_WINDOWS else "en"
