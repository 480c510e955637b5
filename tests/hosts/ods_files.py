"""Small, odd and hostile .ods files, each made from scratch. A case says by which code the file is refused, or which
rows its first sheet holds. The heavy ones are those that fill the memory of a careless reader.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from hqs_xl.hosts.package.open_document import CALC, OFFICE, SPREADSHEET, TABLE, TEXT
from hqs_xl.rows import UNCOUNTED
from tests.hosts.hostile import LAUGHS, MIB, Case, file, numbered, repeated, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.hosts.hostile import Rows

NAMES = {
    "office": OFFICE,
    "table": TABLE,
    "text": TEXT,
    "calcext": CALC,
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MANY = 10**9


# ---- a writer of one's own ---------------------------------------------------------------------------------------


def content(tables: str, *, before: str = "", after: str = "", names: str = "", declared: str = DECLARED) -> str:
    """A content part of these tables; ``names``: namespaces declared otherwise."""
    spaces = names or " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return (
        f"{declared}<office:document-content {spaces}><office:automatic-styles/><office:body><office:spreadsheet>"
        f"{before}{tables}{after}</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows: str, name: str = "S") -> str:
    return f"<table:table table:name={quoteattr(name)}><table:table-column/>{rows}</table:table>"


def row(*cells: str, times: object = 1) -> str:
    return f"<table:table-row{_repeated('rows', times)}>{''.join(cells)}</table:table-row>"


def cell(inner: str = "", times: object = 1, name: str = "table-cell", **attributes: object) -> str:
    """A cell; attributes such as ``office_value_type`` by their names."""
    said = "".join(f" {_spelled(key)}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<table:{name}{_repeated('columns', times)}{said}>{inner}</table:{name}>"


def _repeated(what: str, times: object) -> str:
    return "" if times == 1 else f' table:number-{what}-repeated="{times}"'


def _spelled(key: str) -> str:
    prefix, _, local = key.partition("_")
    return f"{prefix}:{local.replace('_', '-')}"


def text(words: str, **more: Any) -> str:
    return cell(f"<text:p>{escape(words)}</text:p>", office_value_type="string", **more)


def number(value: object, kind: str = "float", shown: str = "", **more: Any) -> str:
    return cell(f"<text:p>{shown or value}</text:p>", office_value_type=kind, office_value=value, **more)


def day(value: str, **more: Any) -> str:
    return cell(f"<text:p>{value}</text:p>", office_value_type="date", office_date_value=value, **more)


def clock(value: str) -> str:
    return cell(office_value_type="time", office_time_value=value)


def truth(value: str) -> str:
    return cell(office_value_type="boolean", office_boolean_value=value)


def members(tables: str = "", **changes: Any) -> dict[str, bytes]:
    return {"mimetype": SPREADSHEET.encode(), "content.xml": content(tables, **changes).encode()}


def book(tables: str, **changes: Any) -> Callable[[Path], None]:
    return file(zipped(members(tables, **changes)))


def sheet(*rows: str, **changes: Any) -> Callable[[Path], None]:
    return book(table("".join(rows)), **changes)


def written(grid: Rows) -> str:
    """The rows of a grid, blanks between them repeated as LibreOffice repeats them."""
    lines, last = [], 0
    for place, cells in sorted(grid.items()):
        if place > last + 1:
            lines.append(row(cell(times=16_384), times=place - last - 1))
        lines.append(_line(cells))
        last = place
    if last < 1_048_576:
        lines.append(row(cell(times=16_384), times=1_048_576 - last))
    return "".join(lines)


def _line(cells: Mapping[int, Any]) -> str:
    found, last = [], -1
    for place, value in sorted(cells.items()):
        if place > last + 1:
            found.append(cell(times=place - last - 1))
        found.append(_value(value))
        last = place
    return row(*found)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return truth(str(value).lower())
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in value.split("\n"))
        return cell(paragraphs, office_value_type="string")
    return number(repr(value))


def _spaced(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>').replace("\r", "&#13;")


# ---- cells -------------------------------------------------------------------------------------------------------

BLANK = object()
NOTE = "<office:annotation><dc:creator>A. N. Other</dc:creator><text:p>a note</text:p></office:annotation>"
SHAPE = "<draw:custom-shape><text:p>on a shape</text:p></draw:custom-shape>"
OBJECT = f"<draw:frame><draw:object>{table(row(text('of an object')))}</draw:object></draw:frame>"
RUBY = "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>ji</text:ruby-text></text:ruby>"
LINK = '<text:a xlink:href="http://example.org/">a <text:span>link</text:span></text:a>'


def paragraphs(*inner: str) -> str:
    return cell("".join(f"<text:p>{one}</text:p>" for one in inner), office_value_type="string")


def error(shown: str, **more: str) -> str:
    """As LibreOffice writes one."""
    return cell(
        f"<text:p>{shown}</text:p>",
        office_value_type="string",
        office_string_value="",
        calcext_value_type="error",
        **more,
    )


def formula(said: str, kind: str = "float", **more: str) -> str:
    return cell("<text:p>5</text:p>", table_formula=said, office_value_type=kind, **more)


# What a cell is, and what it says.
CELLS: list[tuple[str, str, object]] = [
    ("a whole number", number(5), 5),
    ("a number with a fraction", number("250000.5"), 250_000.5),
    ("a number with an exponent", number("1.5E-009"), 1.5e-9),
    ("a percentage", number("0.25", "percentage", "25%"), 0.25),
    ("an amount of money", number("12.5", "currency", "12,50 ₽", office_currency="RUB"), 12.5),
    ("a number shown with a sign", number(5, shown="#5"), 5),
    ("a number without its value", cell("<text:p>7</text:p>", office_value_type="float"), 7),
    ("no number", number("1_000"), "1_000"),
    ("no end of numbers", number("INF"), "INF"),
    ("a day", day("2026-03-31"), 46_112),
    ("a day with a time", day("2026-03-31T12:00:00"), 46_112.5),
    ("a day at its very beginning", day("2026-03-31T00:00:00"), 46_112),
    ("a day at its very end", day("2026-03-31T23:59:59.999999999999"), 46_112.99999999999),
    ("a day with a time zone", day("2026-03-31T12:00:00Z"), 46_112.5),
    ("a day before 1900", day("1899-12-25"), -5),
    ("a leap day", day("2024-02-29"), 45_351),
    ("a day that never was", day("2026-02-30"), "2026-02-30"),
    ("the year nought", day("0000-01-01"), "0000-01-01"),
    ("a year of five digits", day("10113-08-10"), "10113-08-10"),
    ("a time that never is", day("2026-03-31T25:00:00"), "2026-03-31T25:00:00"),
    ("a day without its value", cell("<text:p>31.12.2026</text:p>", office_value_type="date"), "31.12.2026"),
    ("a time", clock("PT12H00M00S"), 0.5),
    ("a time longer than a day", clock("PT36H"), 1.5),
    ("a day shown as a time", clock("PT1106700H00M00S"), 46_112.5),
    ("a negative time", clock("-PT6H"), -0.25),
    ("days as a duration", clock("P2DT12H"), 2.5),
    ("a time with parts of a second", clock("PT0H0M43.2S"), 0.0005),
    ("no time", clock("PT"), "PT"),
    ("yes", truth("true"), True),
    ("no", truth("false"), False),
    ("neither yes nor no", truth("1"), "1"),
    ("a text", text("Жанна <&>\"'"), "Жанна <&>\"'"),
    ("a text beyond the first plane", text("\N{GRINNING FACE}"), "\N{GRINNING FACE}"),
    ("a text of spaces", paragraphs('<text:s text:c="2"/>'), "  "),
    ("spaces as they stand", paragraphs(" a  b "), " a  b "),
    ("a text of nothing", text(""), BLANK),
    (
        "a text with a value of its own",
        cell("<text:p>a</text:p>", office_value_type="string", office_string_value="b"),
        "b",
    ),
    ("paragraphs", paragraphs("a", "", "b"), "a\n\nb"),
    ("a heading", cell("<text:h>a</text:h>", office_value_type="string"), "a"),
    ("empty paragraphs", cell("<text:p/><text:p>a</text:p>", office_value_type="string"), "\na"),
    (
        "spaces, tab and line break",
        paragraphs('a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e'),
        "a b   c\td\ne",
    ),
    (
        "spans and links",
        paragraphs(f"<text:span>b<text:span>ol</text:span>d</text:span> and {LINK}"),
        "bold and a link",
    ),
    ("a field", paragraphs("<text:sheet-name>Sheet</text:sheet-name>"), "Sheet"),
    ("how it is read aloud", paragraphs(RUBY), "字"),
    ("a note", cell(NOTE + "<text:p>a</text:p>", office_value_type="string"), "a"),
    ("a note within the text", paragraphs(f"a{NOTE}b"), "ab"),
    ("a note on a blank", cell(NOTE), BLANK),
    ("a note on a number", cell(NOTE + "<text:p>5</text:p>", office_value_type="float", office_value=5), 5),
    ("a shape", cell(SHAPE), BLANK),
    ("a shape beside a text", cell("<text:p>a</text:p>" + SHAPE, office_value_type="string"), "a"),
    ("an object with its own table", cell(OBJECT + "<text:p>a</text:p>", office_value_type="string"), "a"),
    ("a table within", cell(table(row(text("inner"))), office_value_type="string"), BLANK),
    ("a text of no kind", cell("<text:p>a</text:p>"), "a"),
    ("a text of an unknown kind", cell("<text:p>a</text:p>", office_value_type="mystery"), "a"),
    ("a comment and CDATA", paragraphs("a<!-- b --><![CDATA[<c>]]>"), "a<c>"),
    ("a text like an escape", text("_x0041_"), "_x0041_"),
    ("an error", error("#DIV/0!", table_formula="of:=1/0"), "#DIV/0!"),
    ("an error in Russian", error("#ЗНАЧ!", table_formula="of:=A1"), "#VALUE!"),
    ("an error by number", error("Err:502", table_formula="of:=A1"), "#VALUE!"),
    (
        "an error as older programs store it",
        formula("of:=1/0", office_value="0").replace("<text:p>5", "<text:p>#DIV/0!"),
        "#DIV/0!",
    ),
    (
        "an older error by number",
        formula("of:=A1", office_value="0").replace("<text:p>5", "<text:p>Err:502"),
        "#VALUE!",
    ),
    ("a formula", formula("of:=[.B1]+1", office_value="5"), 5),
    ("a formula's text", formula('of:="a"', "string", office_string_value="a"), "a"),
    ("a formula of nothing", cell("<text:p/>", table_formula='of:=IF(1;"";"x")'), BLANK),
    ("a formula of a text of nothing", cell(table_formula="of:=A1", office_value_type="string"), BLANK),
    ("a formula nobody counted", cell(table_formula="of:=DATE(2026;3;20)"), UNCOUNTED),
    ("a formula of a day nobody counted", cell(table_formula="of:=[.B1]", office_value_type="date"), UNCOUNTED),
    ("a formula of a number nobody counted", cell(table_formula="of:=[.B1]", office_value_type="float"), UNCOUNTED),
    ("today that nobody counted", cell(table_formula="of:=TODAY()"), BLANK),
    ("an empty formula", cell(table_formula=""), BLANK),
    ("today", formula("of:=TODAY()", "date", office_date_value="2026-03-31"), BLANK),
    ("now", formula("of:= now( )", "date", office_date_value="2026-03-31T07:30:00"), BLANK),
    ("today in an older file", formula("oooc:=TODAY()", "date", office_date_value="2026-03-31"), BLANK),
    ("today in no language", formula("=TODAY()", "date", office_date_value="2026-03-31"), BLANK),
    ("yesterday", formula("of:=TODAY()-1", "date", office_date_value="2026-03-30"), 46_111),
    ("under a merged cell", text("a", name="covered-table-cell"), "a"),
]

HEAD, BODY = row(text("head")), row(text("body"))
GROUPED = "<table:table-row-group>{}</table:table-row-group>"
BLANKS = row(cell(times=16_384), times=1_048_574)
SAME = row(text("a"), number(5, times=2))

SHEETS: list[tuple[str, Callable[[Path], None], Rows]] = [
    ("no rows", sheet(), {}),
    ("blanks to the sheet's end", sheet(BODY, BLANKS, row(text("z"))), {1: {0: "body"}, 1_048_576: {0: "z"}}),
    ("blanks beyond it", sheet(BODY, row(cell(times=_MANY), times=_MANY)), {1: {0: "body"}}),
    ("the last cell", sheet(row(cell(times=16_383), text("a"))), {1: {16_383: "a"}}),
    ("repeated cells", sheet(row(cell(times=2), text("a", times=3))), {1: {2: "a", 3: "a", 4: "a"}}),
    (
        "repeated rows",
        sheet(row(text("a"), number(1, times=2), times=3), BODY),
        {**{place: {0: "a", 1: 1, 2: 1} for place in (1, 2, 3)}, 4: {0: "body"}},
    ),
    (
        "merged cells",
        sheet(row(text("a", table_number_columns_spanned=3), cell(name="covered-table-cell", times=2), text("b"))),
        {1: {0: "a", 3: "b"}},
    ),
    (
        "header rows",
        sheet(f"<table:table-header-rows>{HEAD}</table:table-header-rows>{BODY}"),
        {1: {0: "head"}, 2: {0: "body"}},
    ),
    (
        "rows in groups",
        sheet(HEAD, GROUPED.format(BODY + GROUPED.format(f"<table:table-rows>{BODY}</table:table-rows>")), BODY),
        {1: {0: "head"}, 2: {0: "body"}, 3: {0: "body"}, 4: {0: "body"}},
    ),
    ("filtered and hidden rows", sheet(BODY.replace("row>", 'row table:visibility="filter">', 1)), {1: {0: "body"}}),
    ("like rows", sheet(*[SAME] * 3), {place: {0: "a", 1: 5, 2: 5} for place in (1, 2, 3)}),
    (
        "shapes beside the rows",
        sheet(f"<table:shapes>{OBJECT}{SHAPE}</table:shapes>", BODY),
        {1: {0: "body"}},
    ),
    ("spaces between all", sheet("\n ", HEAD.replace("><", ">\n <")), {1: {0: "head"}}),
    (
        "utf-16",
        file(
            zipped(
                {
                    **members(),
                    "content.xml": content(table(BODY), declared='<?xml version="1.0" encoding="UTF-16"?>').encode(
                        "utf-16"
                    ),
                }
            )
        ),
        {1: {0: "body"}},
    ),
    (
        "packed mimetype with a line end",
        file(zipped({**members(table(BODY)), "mimetype": SPREADSHEET.encode() + b"\n"})),
        {1: {0: "body"}},
    ),
    (
        "a template",
        file(zipped({**members(table(BODY)), "mimetype": f"{SPREADSHEET}-template".encode()})),
        {1: {0: "body"}},
    ),
    (
        "a prefix declared anew",
        sheet(row(cell(f'<text:p xmlns:text="{TEXT}">a</text:p>', office_value_type="string")), *[BODY] * 3),
        {1: {0: "a"}, 2: {0: "body"}, 3: {0: "body"}, 4: {0: "body"}},
    ),
]

TRACKED = (
    '<table:tracked-changes><table:cell-content-change table:id="ct1"><table:cell-address table:table="0"/>'
    "<table:previous><table:change-track-table-cell><text:p>before</text:p></table:change-track-table-cell>"
    "</table:previous></table:cell-content-change>"
    f"<table:deletion>{table(BODY, 'gone')}</table:deletion></table:tracked-changes>"
)
DDE = f"<table:dde-links><table:dde-link><office:dde-source/>{table(BODY, 'far')}</table:dde-link></table:dde-links>"
OTHER_FILE = table(BODY, "'file:///other.ods'#$Sheet1")


# ---- refused -----------------------------------------------------------------------------------------------------


def manifest(path: str, inner: str = "", kind: str = SPREADSHEET) -> bytes:
    return (
        f'<manifest:manifest xmlns:manifest="{MANIFEST_NAMES}"><manifest:file-entry manifest:full-path="{path}" '
        f'manifest:media-type="{kind}">{inner}</manifest:file-entry></manifest:manifest>'
    ).encode()


def changed(**parts: bytes | None) -> Callable[[Path], None]:
    """A small .ods with members by short names changed, or left out."""
    short = {"kind": "mimetype", "content": "content.xml", "manifest": "META-INF/manifest.xml"}
    whole = members(table(BODY)) | {short[name]: data for name, data in parts.items()}
    return file(zipped({name: data for name, data in whole.items() if data is not None}))


def nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


def doubled_content() -> bytes:
    return zipped({**members(table(BODY)), "xontent.xml": b"<x/>"}).replace(b"xontent.xml", b"content.xml")


SINCE_1900 = '<table:calculation-settings><table:null-date table:date-value="1900-01-01"/></table:calculation-settings>'
LOCKED = "<manifest:encryption-data/>"
GOOD = zipped(members(table(BODY)))
REFUSED = [
    Case("truncated", file(GOOD[:-30]), "damaged"),
    Case("content missing", changed(content=None), "missing_part"),
    Case("a text document", changed(kind=b"application/vnd.oasis.opendocument.text"), "not_a_workbook"),
    Case("neither kind nor manifest", changed(kind=None), "not_a_workbook"),
    Case(
        "manifest of a text document", changed(kind=None, manifest=manifest("/", kind="text/plain")), "not_a_workbook"
    ),
    Case("locked by a password", changed(manifest=manifest("content.xml", LOCKED)), "encrypted"),
    Case("locked as a whole", changed(manifest=manifest("encrypted-package", LOCKED), content=None), "encrypted"),
    Case(
        "flat",
        file((DECLARED + f'<office:document xmlns:office="{OFFICE}" office:mimetype="{SPREADSHEET}"/>').encode()),
        "fods",
    ),
    Case(
        "flat text document",
        file(b'<office:document office:mimetype="application/vnd.oasis.opendocument.text"/>'),
        "not_a_zip",
    ),
    Case("no document", changed(content=b"<x/>"), "bad_xml"),
    Case("broken", changed(content=content(table("<table:table-row>")).encode()), "bad_xml"),
    Case(
        "broken in a row of many",
        changed(content=content(table(SAME * 3 + "<table:table-row></x>" + SAME)).encode()),
        "bad_xml",
    ),
    Case("not to its end", changed(content=content(table(BODY)).encode()[:-5]), "bad_xml"),
    Case("no utf-8", changed(content=content(table(BODY)).encode().replace(b"body", b"b\xff")), "bad_xml"),
    Case("another encoding", sheet(BODY, declared='<?xml version="1.0" encoding="windows-1251"?>'), "bad_encoding"),
    Case("a document type", sheet(BODY, declared="<!DOCTYPE x>"), "dtd"),
    Case("a billion laughs", sheet(row(cell("<text:p>&c;</text:p>")), declared=LAUGHS), "dtd"),
    Case("an entity of nobody", sheet(row(cell("<text:p>&c;</text:p>"))), "bad_xml"),
    Case("a document type in the manifest", changed(manifest=b"<!DOCTYPE x><x/>"), "dtd"),
    Case("two contents", file(doubled_content()), "duplicate_member"),
    Case("a name that climbs", file(zipped({**members(table(BODY)), "../evil": b""})), "bad_name"),
    Case("two sheets of one name", book(table(BODY, "One") + table(BODY, "ONE")), "duplicate_sheet"),
    Case("days counted from 1900", sheet(BODY, before=SINCE_1900), "null_date"),
    Case("a fact repeated beyond the last column", sheet(row(text("a", times=_MANY))), "bad_cell"),
    Case("a fact beyond the last column", sheet(row(cell(times=16_384), text("a"))), "bad_cell"),
    Case("a fact beyond the last row", sheet(BLANKS, BLANKS, BODY), "bad_cell"),
    Case("a row repeated beyond the last", sheet(row(text("a"), times=_MANY)), "bad_cell"),
    Case("repeated no times", sheet(row(text("a", times=0))), "bad_xml"),
    Case("repeated less than no times", sheet(row(text("a"), times=-1)), "bad_xml"),
    Case("repeated a few times", sheet(row(text("a", times="few"))), "bad_xml"),
    Case("repeated in other digits", sheet(row(text("a", times="٣"))), "bad_xml"),
    Case("repeated a googol times", sheet(row(cell(times=10**100))), "bad_xml"),
    Case("a full sheet in one cell", sheet(row(text("a", times=16_384), times=1_048_576)), "bomb"),
    Case("spaces without end", sheet(row(paragraphs(f'<text:s text:c="{_MANY}"/>'))), "bomb"),
    Case("spaces again and again", sheet(row(paragraphs(*['<text:s text:c="1000000"/>'] * 3))), "bomb"),
    Case("spans without end", sheet(row(paragraphs(nested("text:span", 300)))), "bomb"),
    Case("depth within a cell", sheet(row(cell(nested("draw:g", 300)))), "bomb"),
    Case("depth around the sheets", book(nested("draw:g", 300)), "bomb"),
    Case(
        "groups without end", sheet("<table:table-row-group>" * 300 + BODY + "</table:table-row-group>" * 300), "bomb"
    ),
]


# ---- heavy -------------------------------------------------------------------------------------------------------


def long(pieces: Callable[[], Iterable[bytes]]) -> Callable[[Path], None]:
    """A sheet whose rows are long, packed by Huffman codes alone, so that it inflates at most eightfold."""

    def write(path: Path) -> None:
        start, end = content(table("\0")).encode().split(b"\0")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", SPREADSHEET)
            with archive.open("content.xml", "w", force_zip64=True) as target:
                target._compressor = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)  # type: ignore[attr-defined]
                target.write(start)
                for piece in pieces():
                    target.write(piece)
                target.write(end)

    return write


def gigabyte(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", SPREADSHEET)
        with archive.open("content.xml", "w", force_zip64=True) as target:
            for _ in range(1024):
                target.write(b" " * MIB)


def opened_row(piece: bytes, count: int) -> Callable[[], Iterator[bytes]]:
    """One row of one piece again and again."""
    return repeated(b"<table:table-row>", piece, count, b"</table:table-row>")


CLOSED_CELL = b"</table:table-cell></table:table-row>"
CLOSED = b"</text:p>" + CLOSED_CELL
A_CELL = text("a").encode()
LONG_TEXT = paragraphs("x" * (MIB - 10)).encode()
HEAVY = [
    Case("gigabyte in a megabyte", gigabyte, "bomb", heavy=True),
    Case("many rows", long(repeated(b"", SAME.encode(), 200_000)), rows={n: {} for n in range(200_000)}, heavy=True),
    Case("cells without end", long(opened_row(A_CELL, 2_000_000)), "bad_cell", heavy=True),
    Case("blanks without end", long(opened_row(cell().encode(), 1_000_000)), rows={}, heavy=True),
    Case("a row of long texts", long(opened_row(LONG_TEXT, 120)), "bomb", heavy=True),
    Case(
        "one long text",
        long(repeated(b"<table:table-row><table:table-cell><text:p>", b"x" * MIB, 64, CLOSED)),
        "bomb",
        heavy=True,
    ),
    Case("words where no cell is", long(repeated(b"", b"x" * MIB, 64)), rows={}, heavy=True),
    Case(
        "paragraphs without end",
        long(repeated(b"<table:table-row><table:table-cell>", b"<text:p/>", 4_000_000, CLOSED_CELL)),
        "bomb",
        heavy=True,
    ),
    Case(
        "an attribute without end",
        long(repeated(b'<table:table-row><table:table-cell table:formula="', b"x" * MIB, 64, b'"/></table:table-row>')),
        "bomb",
        heavy=True,
    ),
    Case(
        "sheets without end", long(numbered('</table:table><table:table table:name="{}">', 200_000)), "bomb", heavy=True
    ),
    Case("names without end", long(numbered("<x{0}/>", 50_000)), "bomb", heavy=True),
    Case("rows like a comment", long(repeated(b"<!--", SAME.encode(), 150_000, b"-->")), "bomb", heavy=True),
    Case("deep rows", long(repeated(b"", b"<table:table-row>", 2_000_000)), "bomb", heavy=True),
]
