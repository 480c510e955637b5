"""A mapping file: what the headers of a source mean, and facts that hold for everybody in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue
from hqs_xl.data import toml
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files import LIMITS, read_whole
from hqs_xl.roster.columns import facts
from hqs_xl.roster.headers.meanings import meaning
from hqs_xl.roster.headers.row import Meanings


class Mapped(NamedTuple):
    """What headers mean, as they are written, and by column the fact of everybody whose row does not say it."""

    columns: Meanings
    always: Mapping[str, Any]


NOTHING_MAPPED = Mapped({}, {})


def read_mapping(path: Path) -> Mapped:
    """The tables ``columns`` (header = column) and ``always`` (column = fact). Raises UnusableFile with the key."""
    try:
        tree = toml(read_whole(path, LIMITS.listed).decode("utf-8-sig"))
    except ValueError as fault:
        raise UnusableFile("import.no_map", file=path.name, fault=fault) from None
    for key, table in tree.items():
        if key not in {"columns", "always"} or not isinstance(table, dict):
            raise UnusableFile("import.bad_map", file=path.name, at=key, expected="[columns], [always]")
    columns = {header: _meaning(path.name, header, text) for header, text in tree.get("columns", {}).items()}
    known = {column.key for column in facts("roster")} - {"person_id"}
    always: dict[str, Any] = {}
    for text, fact in tree.get("always", {}).items():
        key = _meaning(path.name, text, text)
        if key not in known or isinstance(fact, dict | list):
            raise UnusableFile("import.bad_map", file=path.name, at=f"always.{text}", expected=", ".join(sorted(known)))
        always[key] = fact
    return Mapped(columns, always)


def _meaning(file: str, key: str, text: object) -> str:
    try:
        return meaning(str(text))
    except BadValue as error:
        raise UnusableFile("import.bad_map", file=file, at=key, expected=error.fields["expected"]) from None
