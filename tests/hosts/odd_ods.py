"""What cells and sheets of an .ods may look like, and what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.formulas.today import moving_number, moving_text
from hqs_xl.hosts.package.open_document import SPREADSHEET, TEXT
from hqs_xl.rows import UNCOUNTED
from tests.hosts.ods_files import (
    BODY,
    HEAD,
    SAME,
    cell,
    clock,
    content,
    day,
    members,
    number,
    row,
    sheet,
    table,
    text,
    truth,
)
from tests.hosts.xlsx_files import file, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hosts.xlsx_files import Rows

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
    ("a day with a time zone", day("2026-03-31T00:00:00Z"), 46_112),
    ("a moment of another time zone", day("2026-03-31T21:00:00.000Z"), "2026-03-31T21:00:00.000Z"),
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
    ("today that nobody counted", cell(table_formula="of:=TODAY()"), moving_text(UNCOUNTED, 0)),
    ("an empty formula", cell(table_formula=""), BLANK),
    ("today", formula("of:=TODAY()", "date", office_date_value="2026-03-31"), moving_number(46_112, 0)),
    ("now", formula("of:= now( )", "date", office_date_value="2026-03-31T07:30:00"), moving_number(46_112.3125, 0)),
    (
        "today in an older file",
        formula("oooc:=TODAY()", "date", office_date_value="2026-03-31"),
        moving_number(46_112, 0),
    ),
    ("today in no language", formula("=TODAY()", "date", office_date_value="2026-03-31"), moving_number(46_112, 0)),
    ("yesterday", formula("of:=TODAY()-1", "date", office_date_value="2026-03-30"), moving_number(46_111, -1)),
    ("under a merged cell", text("a", name="covered-table-cell"), "a"),
]

GROUPED = "<table:table-row-group>{}</table:table-row-group>"
BLANKS = row(cell(), times=1_048_574)

SHEETS: list[tuple[str, Callable[[Path], None], Rows]] = [
    ("no rows", sheet(), {}),
    ("blanks to the sheet's end", sheet(BODY, BLANKS, row(text("z"))), {1: {0: "body"}, 1_048_576: {0: "z"}}),
    ("blanks beyond it", sheet(BODY, row(cell(times=16_400), times=1_048_576)), {1: {0: "body"}}),
    ("blank cells beyond it", sheet(row(*[cell()] * 16_400)), {}),
    ("many rows", sheet(*[SAME] * 3000), {place: {0: "a", 1: 5, 2: 5} for place in range(1, 3001)}),
    ("words where no cell is", sheet("x" * 5000, BODY), {1: {0: "body"}}),
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
