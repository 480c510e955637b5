"""What differs between two workbooks: ``python -m tests.compare_workbooks OLD NEW``.

Prints a line for each difference, with "!" where a refresh may not make it, and exits with 1 if there is any such. It
reads the files its own way (zipfile and lxml), so that a fault of the patch is not shared.

A refresh may change: values and links to cells in answer columns below headers of ours, the format of such a cell so
that it shows a date or a text as it is, how far a sheet and its table reach, new columns with our headers, a new sheet
with a table of ours, and what registers it. It may take out the stored result of a formula, and ask that formulas and
pivot tables be counted when the file is opened. Everything else stays, byte for byte.
"""

from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lxml import etree

from hqs_xl.formulas.links import is_link
from hqs_xl.roster.columns import TABLES, matched

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ANSWERS = {kind: {column.key for column in columns if column.answer} for kind, columns in TABLES.items()}
REQUIRED = {kind: {column.key for column in columns if column.required} for kind, columns in TABLES.items()}
REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
INDEX = re.compile(r"[0-9]{1,9}")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LIVE = re.compile(r"HQS_|\b(?:TODAY|NOW)\(", re.IGNORECASE)
# What asks for formulas, and for pivot tables, to be counted, by the element that says it.
ASKS = {"calcPr": ("fullCalcOnLoad", "calcCompleted"), "pivotCacheDefinition": ("refreshOnLoad",)}
DATE_CODE = re.compile(r"[yd]", re.IGNORECASE)
BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
REACH = re.compile(rb"<((?:\w+:)?dimension)\s[^>]*>")
PARSER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": True}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    where: str
    what: str
    allowed: bool = False

    def __str__(self) -> str:
        return f"{' ' if self.allowed else '!'} {self.where}: {self.what}"


@dataclass
class Cell:
    """A cell as its XML says it; ``rest`` is all but format and value, ``bare`` the whole."""

    style: int = 0
    value: tuple[str, str] = ("", "")
    formula: str = ""
    rest: str = ""
    bare: bytes = b""


@dataclass
class Row:
    """A row with its cells by column, and all of it that is no cell."""

    number: int
    around: str = ""
    unfitted: str = ""  # the same, without a height that no person has typed
    cells: dict[int, Cell] = field(default_factory=dict)


class Workbook:
    """A workbook as this comparer reads it."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.folded = {name.casefold(): name for name in self.names}

    def data(self, name: str) -> bytes:
        return self.zip.read(name)

    def tree(self, name: str) -> Any:
        return etree.fromstring(self.data(name), etree.XMLParser(**PARSER))

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: kind and part (or outside target) by id."""
        folder, name = posixpath.split(part)
        member = self.folded.get(posixpath.join(folder, "_rels", f"{name}.rels").casefold())
        if member is None:
            return {}
        found = {}
        for link in self.tree(member).iter(RELATION):
            target = link.get("Target", "")
            if link.get("TargetMode", "") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target.partition("#")[0])).lstrip("/")
                target = self.folded.get(target.casefold()) or self.folded.get(unquote(target).casefold(), target)
            found[link.get("Id", "")] = (link.get("Type", ""), target)
        return found

    @cached_property
    def main(self) -> str:
        return next(part for kind, part in self.links("").values() if kind.endswith("/officeDocument"))

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The worksheets' names by part."""
        links = self.links(self.main)
        found = {}
        for sheet in self.tree(self.main).iter("{*}sheet"):
            kind, part = links.get(sheet.get(f"{{{OFFICE}}}id", ""), ("", ""))
            if kind.endswith("/worksheet"):
                found[part] = sheet.get("name", "")
        return found

    def linked(self, kind: str) -> str | None:
        return next((part for link, part in self.links(self.main).values() if link.endswith(f"/{kind}")), None)

    @cached_property
    def strings(self) -> list[str]:
        part = self.linked("sharedStrings")
        if part is None or part not in self.zip.namelist():
            return []
        return [text_of(item) for item in self.tree(part).iterchildren(f"{MAIN}si")]

    @cached_property
    def formats(self) -> list[dict[str, str]]:
        """What each cell format means, its references followed."""
        part = self.linked("styles")
        return [] if part is None else list(formats_of(self.tree(part)))

    def format(self, number: int) -> dict[str, str]:
        return self.formats[number] if number < len(self.formats) else {}

    def tables(self, sheet: str) -> list[str]:
        """The parts of a sheet's tables."""
        return [part for kind, part in self.links(sheet).values() if kind.endswith("/table")]

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a sheet, one after the other."""
        with self.zip.open(part) as source:
            number = 0
            for _, element in etree.iterparse(source, tag=f"{MAIN}row", **PARSER):
                parent = element.getparent()
                if parent is None or parent.tag != f"{MAIN}sheetData":
                    continue
                row = read_row(element, number, self.strings)
                number = row.number
                yield row
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]


def read_row(element: Any, last: int, strings: list[str]) -> Row:
    number = int(element.get("r", last + 1))
    row = Row(number)
    column = -1
    around = [element.text or "", *(f"{key}={value}" for key, value in element.items() if key != "spans")]
    for child in element:
        if child.tag != f"{MAIN}c":
            around.append(etree.tostring(child, encoding="unicode"))
            continue
        match = REFERENCE.match(child.get("r", "").upper())
        column = number_of(match[1]) if match else column + 1
        row.cells[column] = read_cell(child, strings)
        around.append(child.tail or "")
    row.around = row.unfitted = "".join(around)
    if element.get("customHeight", "false") in {"0", "false"}:
        row.unfitted = "".join(text for text in around if not text.startswith("ht="))
    return row


def read_cell(element: Any, strings: list[str]) -> Cell:
    formula = element.find(f"{MAIN}f")
    kind = element.get("t", "n")
    text = element.findtext(f"{MAIN}v") or ""
    inline = element.find(f"{MAIN}is")
    if kind == "s":
        place = int(text) if INDEX.fullmatch(text.strip()) else -1
        value = ("text", strings[place] if 0 <= place < len(strings) else f"#{text}")
    elif inline is not None:
        value = ("text", text_of(inline))
    elif kind in ("str", "inlineStr"):
        value = ("text", unescaped(text))
    elif kind == "n":
        value = ("number", number_text(text))
    else:
        value = (kind, text)
    rest = [f"{key}={word}" for key, word in element.items() if key not in ("r", "s", "t", "vm")]
    rest += [etree.tostring(one, encoding="unicode") for one in element if one.tag not in (f"{MAIN}v", f"{MAIN}is")]
    return Cell(
        int(element.get("s", "0")),
        value if value[1] else ("", ""),
        "" if formula is None else etree.tostring(formula, encoding="unicode", with_tail=False),
        "".join(rest),
        etree.tostring(element, method="c14n", with_tail=False),
    )


def number_text(text: str) -> str:
    try:
        return repr(float(text)) if text.strip() else ""
    except ValueError:
        return text


def text_of(element: Any) -> str:
    runs = [one.text or "" for one in element.iter(f"{MAIN}t") if one.getparent().tag != f"{MAIN}rPh"]
    return unescaped("".join(runs))


def unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters_of(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def formats_of(styles: Any) -> Iterator[dict[str, str]]:
    def listed(name: str) -> list[str]:
        found = styles.find(f"{MAIN}{name}")
        return [] if found is None else [meaning(child) for child in found]

    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.findall(f"{MAIN}numFmts/{MAIN}numFmt")}
    kinds = {"fontId": listed("fonts"), "fillId": listed("fills"), "borderId": listed("borders")}
    kinds["xfId"] = listed("cellStyleXfs")
    for xf in styles.findall(f"{MAIN}cellXfs/{MAIN}xf"):
        found = {key: word for key, word in xf.items() if key != "applyNumberFormat"}
        found["numFmtId"] = codes.get(xf.get("numFmtId"), xf.get("numFmtId", "0"))
        for key, things in kinds.items():
            place = int(xf.get(key, "0"))
            found[key] = things[place] if place < len(things) else str(place)
        found["inner"] = "".join(meaning(child) for child in xf)
        yield found


def meaning(element: Any) -> str:
    written: bytes = etree.tostring(element, method="c14n", with_tail=False)
    return written.decode()


class Answers:
    """Which cells of a sheet are answers, known from the headers above them."""

    def __init__(self) -> None:
        self.open: dict[int, bool] = {}

    def see(self, row: Row) -> None:
        """Take note of a row that may be a header."""
        texts = [(column, cell.value[1]) for column, cell in row.cells.items() if cell.value[0] == "text"]
        for kind in TABLES:
            places = matched(kind, texts)
            if REQUIRED[kind] and {key for _, key in places} >= REQUIRED[kind]:
                self.open |= {place: key in ANSWERS[kind] for place, key in places}

    def has(self, column: int) -> bool:
        return self.open.get(column, False)


def compare(old_path: Path, new_path: Path) -> list[Difference]:
    """All differences, in the order of the new file's members."""
    old, new = Workbook(old_path), Workbook(new_path)
    with old.zip, new.zip:
        return list(differences(old, new))


def differences(old: Workbook, new: Workbook) -> Iterator[Difference]:
    added = [name for name in new.names if name not in old.names]
    ours = set(new_parts_of_ours(old, new))
    for name in old.names:
        if name not in new.names:
            yield Difference(name, "member gone")
    if [name for name in new.names if name in old.names] != [name for name in old.names if name in new.names]:
        yield Difference("package", "members in another order")
    for name in added:
        yield Difference(name, "member added", name in ours)
    for name in new.names:
        if name in old.names and not same_bytes(old, new, name):
            found = list(of_member(old, new, name, ours))
            yield from found or [Difference(name, "bytes differ, no difference of meaning found")]


def new_parts_of_ours(old: Workbook, new: Workbook) -> Iterator[str]:
    """The parts of new sheets that hold a table of ours, and a part of formats where there was none."""
    for part in new.sheets.keys() - old.sheets.keys():
        answers = Answers()
        for row in new.rows(part):
            answers.see(row)
            break
        if any(answers.open.values()):
            folder, name = posixpath.split(part)
            yield from (part, posixpath.join(folder, "_rels", f"{name}.rels"), *new.tables(part))
    if old.linked("styles") is None and (styles := new.linked("styles")):
        yield styles


def of_member(old: Workbook, new: Workbook, name: str, ours: set[str]) -> Iterator[Difference]:
    if name in new.sheets:
        yield from of_sheet(old, new, name)
    elif name == new.linked("styles"):
        yield from of_styles(old, new, name)
    elif any(name in new.tables(sheet) for sheet in new.sheets):
        yield from of_table(old.tree(name), new.tree(name), name)
    elif name in {new.main, "[Content_Types].xml"} or name.endswith(".rels") or "pivotCacheDefinition" in name:
        yield from of_list(old, new, name, ours)


def of_list(old: Workbook, new: Workbook, name: str, ours: set[str]) -> Iterator[Difference]:
    """A part that names others: elements gone or added, by what they say."""
    trees = [book.tree(name) for book in (old, new)]
    asked = [asking(tree) for tree in trees]
    if asked[0] != asked[1]:
        yield Difference(name, "asks to be counted", allowed=True)
    before, after = ([meaning(one) for one in leaves(tree)] for tree in trees)
    for one in before:
        if one not in after:
            yield Difference(name, f"gone: {one[:200]}")
    links = {key for key, (_, part) in new.links(new.main).items() if part in ours} - old.links(new.main).keys()
    for one in after:
        if one not in before:
            named = re.findall(r'(?:PartName|Target|r:id|Id)="([^"]*)"', one)
            allowed = any(word.lstrip("/") in ours or word in links for word in named)
            yield Difference(name, f"added: {one[:200]}", allowed)
    if [one for one in after if one in before] != before:
        yield Difference(name, "another order")


def asking(tree: Any) -> list[str]:
    """Takes out what asks for something to be counted."""
    found = []
    for name, keys in ASKS.items():
        for one in [*tree.iter(f"{MAIN}{name}")]:
            found += [f"{key}={word}" for key in keys if (word := one.attrib.pop(key, None))]
            if name == "calcPr" and not one.attrib:
                one.getparent().remove(one)
    return found


def leaves(tree: Any) -> Iterator[Any]:
    return (one for one in tree.iter() if len(one) == 0)


def of_styles(old: Workbook, new: Workbook, name: str) -> Iterator[Difference]:
    """Formats may be added at the end; the old ones must mean what they meant, and all else must stay."""
    for place, (before, after) in enumerate(zip(old.formats, new.formats, strict=False)):
        if before != after:
            yield Difference(name, f"format {place}: {changes(before, after)}")
    if len(new.formats) < len(old.formats):
        yield Difference(name, f"formats gone: {len(old.formats)} -> {len(new.formats)}")
    for place in range(len(old.formats), len(new.formats)):
        yield Difference(name, f"format {place} added", allowed=True)
    grown = ("numFmts", "fonts", "cellXfs")
    rests = [
        [meaning(one) for one in book.tree(name) if etree.QName(one).localname not in grown] for book in (old, new)
    ]
    if rests[0] != rests[1]:
        yield Difference(name, "something besides cell formats, fonts and number formats")
    for kind in grown:
        ones, others = ([meaning(one) for one in book.tree(name).iterfind(f"{MAIN}{kind}/*")] for book in (old, new))
        if others[: len(ones)] != ones:
            yield Difference(name, f"{kind}: the old ones are not the same")


def of_table(old: Any, new: Any, name: str) -> Iterator[Difference]:
    kinds = [kind for kind in TABLES if REQUIRED[kind] and REQUIRED[kind] <= keys_of(new, kind)]
    filled = bool(kinds) and all(ANSWERS[kind] >= REQUIRED[kind] for kind in kinds)
    headers = [one.get("name") for one in old.iter(f"{MAIN}tableColumn")]
    added = [one.get("name") for one in new.iter(f"{MAIN}tableColumn")][len(headers) :]
    answers = {key for kind in kinds for key in ANSWERS[kind]}
    known = {key for kind in kinds for _, key in matched(kind, enumerate(added))}
    if added:
        yield Difference(name, f"columns added: {added}", len(known) >= len(added) and known <= answers)
    if old.get("ref") != new.get("ref"):
        grown = bool(added) or filled
        yield Difference(name, f"ref: {old.get('ref')} -> {new.get('ref')}", grown)
    for tree in (old, new):
        for one in tree.iter(f"{MAIN}table", f"{MAIN}autoFilter"):
            one.attrib.pop("ref", None)
        for listed in tree.iter(f"{MAIN}tableColumns"):
            listed.attrib.pop("count", None)
            for column in listed[len(headers) :]:
                listed.remove(column)
    if meaning(old) != meaning(new):
        yield Difference(name, "something besides its reach and its columns")


def keys_of(table: Any, kind: str) -> set[str]:
    return {key for _, key in matched(kind, enumerate(one.get("name") for one in table.iter(f"{MAIN}tableColumn")))}


def of_sheet(old: Workbook, new: Workbook, name: str) -> Iterator[Difference]:
    title = new.sheets[name]
    yield from around_rows(edges(old, name), edges(new, name), title)
    answers = Answers()
    for number, before, after in joined(old.rows(name), new.rows(name)):
        if after is None:
            yield Difference(f"{title}!{number}", "row gone")
            continue
        yield from of_row((old, new), title, before or Row(number, after.around), after, answers)
        answers.see(after)


def joined(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[int, Row | None, Row | None]]:
    """The rows of both sheets side by side, by number."""
    before, after = next(old, None), next(new, None)
    while before or after:
        first = min(row.number for row in (before, after) if row)
        one = before if before and before.number == first else None
        other = after if after and after.number == first else None
        yield first, one, other
        before = next(old, None) if one else before
        after = next(new, None) if other else after


def of_row(
    books: tuple[Workbook, Workbook], title: str, before: Row, after: Row, answers: Answers
) -> Iterator[Difference]:
    if before.around != after.around:
        what = f"the row itself: {before.around!r} -> {after.around!r}"
        yield Difference(f"{title}!{after.number}", what, allowed=after.around == before.unfitted)
    header = Answers()
    header.see(after)
    for column in sorted(before.cells.keys() | after.cells.keys()):
        one, other = before.cells.get(column), after.cells.get(column)
        if one and other and one.bare == other.bare:
            continue
        where = f"{title}!{letters_of(column)}{after.number}"
        if other is None:
            yield Difference(where, "cell gone")
            continue
        # A new column's header stands where nothing was.
        allowed = answers.has(column) or (one is None and header.has(column))
        yield from of_cell(books, where, one, other, allowed=allowed)


def links(cell: Cell) -> bool:
    """Whether a cell holds a link to a cell, as a refresh writes them."""
    return bool(cell.formula) and is_link("".join(etree.fromstring(cell.formula).itertext()))


def of_cell(
    books: tuple[Workbook, Workbook], where: str, before: Cell | None, after: Cell, *, allowed: bool
) -> Iterator[Difference]:
    if before is None:
        if after.rest and not (allowed and links(after)):
            yield Difference(where, f"new, and more than a value: {after.rest!r}")
        if after.value[0]:
            yield Difference(where, f"value: blank -> {shown(after.value)}", allowed)
        elif not after.rest:
            yield Difference(where, "new, and blank")
        return
    if before.rest != after.rest:
        linked = all(not cell.rest or links(cell) for cell in (before, after))
        yield Difference(where, f"formula or what else it holds: {before.rest!r} -> {after.rest!r}", allowed and linked)
    if before.value != after.value:
        live = bool(before.formula and (LIVE.search(before.formula) or not after.value[0]))
        yield Difference(where, f"value: {shown(before.value)} -> {shown(after.value)}", allowed or live)
    one, other = books[0].format(before.style), books[1].format(after.style)
    if one != other:
        shows = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
        dated = bool(DATE_CODE.search(other.get("numFmtId", ""))) or "numFmtId" not in shows
        meant = shows <= {"numFmtId", "quotePrefix"} and dated
        yield Difference(where, f"format: {changes(one, other)}", allowed and meant)
    elif (before.value, before.rest) == (after.value, after.rest):
        yield Difference(where, "written otherwise, same value and format")


def shown(value: tuple[str, str]) -> str:
    return "blank" if not value[0] else f"{value[0]} {value[1]!r}"


def changes(before: dict[str, str], after: dict[str, str]) -> str:
    keys = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    return ", ".join(f"{key} {before.get(key)} -> {after.get(key)}" for key in keys)


def edges(book: Workbook, name: str) -> tuple[bytes, bytes]:
    """A sheet's bytes before the rows and behind them."""
    head, tail = b"", b""
    begun = ended = False
    for chunk in chunks(book, name):
        if begun:
            tail += chunk
        else:
            head += chunk
            if found := BEGIN.search(head):
                head, tail, begun = head[: found.start()], head[found.end() :], True
        if begun and not ended:
            found = END.search(tail)
            ended = found is not None
            tail = tail[found.end() :] if found else tail[-100:]
    return head, tail


def around_rows(old: tuple[bytes, bytes], new: tuple[bytes, bytes], title: str) -> Iterator[Difference]:
    """The bytes before the first row and behind the last one; a sheet may say that it reaches further."""
    for before, after, word in zip(old, new, ("before", "behind"), strict=True):
        if REACH.sub(rb"<\1/>", before) != REACH.sub(rb"<\1/>", after):
            yield Difference(title, f"bytes {word} the rows")
    sizes = [found[0] for head, _ in (old, new) if (found := REACH.search(head))]
    if len(set(sizes)) > 1:
        yield Difference(title, f"reach: {sizes[0]!r} -> {sizes[-1]!r}", allowed=True)


def chunks(book: Workbook, name: str) -> Iterator[bytes]:
    with book.zip.open(name) as source:
        while chunk := source.read(1 << 20):
            yield chunk


def same_bytes(old: Workbook, new: Workbook, name: str) -> bool:
    if old.zip.getinfo(name).file_size != new.zip.getinfo(name).file_size:
        return False
    return all(one == other for one, other in zip(chunks(old, name), chunks(new, name), strict=True))


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m tests.compare_workbooks OLD NEW", file=sys.stderr)
        return 2
    found = compare(*map(Path, arguments))
    for difference in found:
        print(difference)
    counts = {allowed: len(list(group)) for allowed, group in groupby(sorted(one.allowed for one in found))}
    print(f"{counts.get(True, 0)} differences a refresh may make, {counts.get(False, 0)} it may not")
    return 1 if counts.get(False) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
