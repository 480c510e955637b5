"""What an import would change, or has changed, line by line: people by id, facts by the header of their column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hqs_xl.intake.incoming import BadRow
from hqs_xl.intake.taking import Taken, Wanted
from hqs_xl.roster.columns import column
from hqs_xl.rows import column_name
from hqs_xl.texts import say

# So many people of a kind are named.
NAMED = 20


def taken_lines(into: Path, taken: Taken, wanted: Wanted) -> Iterator[str]:
    """The lines, from how the source was read to what became of the roster."""
    incoming, lang = taken.incoming, taken.lang
    source = incoming.source
    known = {**source.fields, "file": source.name, "sheet": incoming.sheet, "row": incoming.header_line}
    yield say(f"import.read.{source.read_as}", lang, **known)
    if taken.new_book and taken.comparison.added:
        yield say("import.new_book", lang, file=into.name)
    yield from _headers(taken)
    yield from _people(taken, wanted)
    yield from _bad(taken)
    for one in taken.short:
        key = "stopped" if one.stopped else one.kind
        yield say(f"import.short.{key}", lang, sheet=taken.sheet, areas=one.areas, row=one.first_row)
    yield from _end(into, taken, wanted)


def _headers(taken: Taken) -> Iterator[str]:
    incoming, lang = taken.incoming, taken.lang
    yield from incoming.doubts
    for key, headers in (("foreign", incoming.foreign), ("answered", incoming.answered)):
        if headers:
            yield say(f"import.{key}", lang, headers=_quoted(headers))
    if incoming.passed:
        lines = ", ".join(str(line) for line in incoming.passed[:NAMED]) + (", ..." if incoming.passed[NAMED:] else "")
        yield say("import.passed", lang, lines=say(f"import.{incoming.source.word}", lang, line=lines))
    if incoming.headless:
        yield say("import.headless", lang, columns=", ".join(map(column_name, incoming.headless)))
    if taken.comparison.no_column:
        yield say("import.no_column", lang, headers=_titles(taken.comparison.no_column, lang))


def _people(taken: Taken, wanted: Wanted) -> Iterator[str]:
    found, lang = taken.comparison, taken.lang
    filled = [(one.person_id, _titles(one.filled, lang)) for one in found.changed if one.filled]
    differing = [(one.person_id, _titles(one.differing, lang)) for one in found.changed if one.differing]
    yield from _group("added", [(one.person_id, _titles(one.facts, lang)) for one in found.added], lang)
    yield from _group("changed", filled, lang)
    yield from _group("replaced" if wanted.replace else "differing", differing, lang)
    yield say("import.unchanged", lang, count=len(found.unchanged))
    yield from _group("missing", [(person_id, "") for person_id in found.missing], lang)


def _group(key: str, people: Sequence[tuple[str, str]], lang: str) -> Iterator[str]:
    if not people:
        return
    yield say(f"import.{key}", lang, count=len(people))
    for person_id, facts in people[:NAMED]:
        yield f"  {person_id}: {facts}" if facts else f"  {person_id}"
    yield from _more(len(people), lang)


def _bad(taken: Taken) -> Iterator[str]:
    bad, lang = taken.bad, taken.lang
    if bad:
        yield say("import.bad", lang, count=len({one.line for one in bad}))
        yield from (f"  {bad_line(one, taken.incoming.source.word, lang)}" for one in bad[:NAMED])
        yield from _more(len(bad), lang)


def _more(count: int, lang: str) -> Iterator[str]:
    if count > NAMED:
        yield f"  {say('import.more', lang, count=count - NAMED)}"


def bad_line(one: BadRow, word: str, lang: str) -> str:
    """Why a row is left out: its line, the person, the column."""
    known = {"place": say(f"import.{word}", lang, line=one.line), "reason": one.error.message(lang)}
    known["person"] = one.person_id or say("import.nobody", lang)
    if not one.column:
        return say("import.bad_row", lang, **known)
    return say("import.bad_cell", lang, **known, column=column("roster", one.column).header(lang))


def _end(into: Path, taken: Taken, wanted: Wanted) -> Iterator[str]:
    lang = taken.lang
    if taken.written:
        yield say("import.written", lang, file=into)
        if taken.backup:
            yield say("import.backup", lang, file=taken.backup)
    elif taken.refused:
        yield say("import.strict", lang)
    elif not taken.comparison.writes(replace=wanted.replace):
        yield say("import.nothing", lang)
    else:
        yield say("import.shown", lang)


def _titles(keys: Iterable[str], lang: str) -> str:
    return ", ".join(column("roster", key).header(lang) for key in keys)


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"«{' '.join(text.split())}»" for text in texts)
