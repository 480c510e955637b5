"""What a cell of an .xlsx may hold, usual and odd, and what it reads as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.formulas.today import moving_number, moving_text
from hqs_xl.rows import UNCOUNTED
from tests.hosts.xlsx_files import GOOD_ROWS, Case, book, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.xlsx.read.workbook import CellValue
    from tests.hosts.xlsx_files import Rows


def cell(kind: str, inner: str, *, row: int = 1) -> str:
    typed = f' t="{kind}"' if kind else ""
    return f'<c r="A{row}"{typed}>{inner}</c>'


# What a cell of each kind reads as; None: blank. Tried as the first row and after rows of the usual shape.
CELLS: tuple[tuple[str, str, str, CellValue | None], ...] = (
    ("whole number", "", "<v>42</v>", 42),
    ("whole number said so", "n", "<v>42</v>", 42),
    ("negative number", "", "<v>-7</v>", -7),
    ("number with a sign", "", "<v>+7</v>", 7),
    ("decimal number", "", "<v>45123.25</v>", 45123.25),
    ("number with an exponent", "", "<v>1.5E+3</v>", 1500.0),
    ("tiny number", "", "<v>5e-324</v>", 5e-324),
    ("number without a leading zero", "", "<v>.5</v>", 0.5),
    ("number of twenty digits", "", "<v>12345678901234567890</v>", 12345678901234567890.0),
    ("number among blanks", "", "<v> 5\n</v>", 5),
    ("underscore in a number", "", "<v>1_000</v>", "1_000"),
    ("nan", "", "<v>NaN</v>", "NaN"),
    ("inf", "", "<v>inf</v>", "inf"),
    ("number too great", "", "<v>1e999</v>", "1e999"),
    ("number of four hundred digits", "", f"<v>{'9' * 400}</v>", "9" * 400),
    ("arabic digits", "", "<v>١٢</v>", "١٢"),
    ("hexadecimal", "", "<v>0x10</v>", "0x10"),
    ("comma in a number", "", "<v>1,5</v>", "1,5"),
    ("sign alone", "", "<v>-</v>", "-"),
    ("point alone", "", "<v>.</v>", "."),
    ("empty value", "", "<v></v>", None),
    ("value tag closed at once", "", "<v/>", None),
    ("value of blanks for a number", "", "<v>  </v>", None),
    ("no value", "", "", None),
    ("empty formula text", "str", "<f>A2</f><v></v>", None),
    ("shared string", "s", "<v>1</v>", "one"),
    ("shared string among blanks", "s", "<v> 1 </v>", "one"),
    ("shared string out of range", "s", "<v>2</v>", "#N/A"),
    ("shared string negative", "s", "<v>-1</v>", "#N/A"),
    ("shared string odd", "s", "<v>1_0</v>", "#N/A"),
    ("shared string far out", "s", f"<v>{'9' * 20}</v>", "#N/A"),
    ("shared string empty", "s", "<v></v>", None),
    ("formula text", "str", "<f>A2</f><v>просрочено</v>", "просрочено"),
    ("text among blanks", "str", "<v>  a  </v>", "  a  "),
    ("text of blanks", "str", "<v>  </v>", "  "),
    ("text like a number", "str", "<v>0012</v>", "0012"),
    ("line ends", "str", "<v>a\r\nb\rc</v>", "a\nb\nc"),
    ("line ends escaped", "str", "<v>a_x000D_\nb</v>", "a\r\nb"),
    ("escape escaped", "str", "<v>_x005F_x000D_</v>", "_x000D_"),
    ("escape in small letters", "str", "<v>_x000d_</v>", "\r"),
    ("no escape", "str", "<v>_x12_ _X0041_ x0041_</v>", "_x12_ _X0041_ x0041_"),
    ("surrogates escaped", "str", "<v>_xD83D__xDE00_</v>", "\N{GRINNING FACE}"),
    ("half a pair escaped", "str", "<v>a_xD83D_b</v>", "a\N{REPLACEMENT CHARACTER}b"),
    ("entities", "str", "<v>&lt;&amp;&gt;&quot;&#1046;</v>", '<&>"Ж'),
    ("beyond U+FFFF", "str", "<v>\N{GRINNING FACE}</v>", "\N{GRINNING FACE}"),
    ("cdata", "str", "<v>a<![CDATA[<b>]]>c</v>", "a<b>c"),
    ("comment in a value", "str", "<v>a<!-- no -->b</v>", "ab"),
    ("true", "b", "<v>1</v>", True),
    ("false", "b", "<v>0</v>", False),
    ("true in letters", "b", "<v>true</v>", True),
    ("neither true nor false", "b", "<v>2</v>", "2"),
    ("error value", "e", "<v>#DIV/0!</v>", "#DIV/0!"),
    ("iso day", "d", "<v>2026-03-31</v>", 46112),
    ("iso day at midnight", "d", "<v>2026-03-31T00:00:00</v>", 46112),
    ("iso day and hour", "d", "<v> 2026-03-31T12:00:00\n</v>", 46112.5),
    ("iso midnight of a zone", "d", "<v>2026-03-31T00:00:00Z</v>", 46112),
    ("iso hour of another zone", "d", "<v>2026-03-31T21:00:00+03:00</v>", "2026-03-31T21:00:00+03:00"),
    ("iso hour", "d", "<v>06:00:00</v>", 0.25),
    ("iso day of a formula", "d", "<f>A9</f><v>2026-03-31</v>", 46112),
    ("iso first day Excel counts right", "d", "<v>1900-03-01</v>", 61),
    ("iso day before it", "d", "<v>1900-02-28</v>", "1900-02-28"),
    ("iso day long ago", "d", "<v>0001-01-01</v>", "0001-01-01"),
    ("iso day that is none", "d", "<v>2026-02-30</v>", "2026-02-30"),
    ("iso day in other digits", "d", "<v>٢٠٢٦-03-31</v>", "٢٠٢٦-03-31"),
    ("iso day empty", "d", "<v></v>", None),
    ("iso number", "d", "<v>46112</v>", "46112"),
    ("unknown type", "zzz", "<v>12</v>", "12"),
    ("inline text", "inlineStr", "<is><t>a</t></is>", "a"),
    ("inline text kept", "inlineStr", '<is><t xml:space="preserve"> a </t></is>', " a "),
    ("inline text escaped", "inlineStr", "<is><t>_x0041_</t></is>", "A"),
    ("escape across runs", "inlineStr", "<is><r><t>_x00</t></r><r><t>41_</t></r></is>", "A"),
    ("inline text empty", "inlineStr", "<is><t></t></is>", None),
    ("inline type with a value", "inlineStr", "<v>a</v>", "a"),
    ("inline runs", "inlineStr", "<is><r><rPr><b/></rPr><t>a</t></r>\n<r><t>b</t></r></is>", "ab"),
    ("phonetic hint", "inlineStr", '<is><t>課</t><rPh sb="0" eb="1"><t>か</t></rPh><phoneticPr/></is>', "課"),
    ("run after a phonetic hint", "inlineStr", "<is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is>", "ab"),
    ("today", "", "<f>TODAY()</f><v>45000</v>", moving_number(45000, 0)),
    ("now", "", "<f>NOW()</f><v>45000.5</v>", moving_number(45000.5, 0)),
    ("today spelt oddly", "", "<f> = today ( ) </f><v>45000</v>", moving_number(45000, 0)),
    ("today shared", "", '<f t="shared" si="0" ref="A1:A9">TODAY()</f><v>45000</v>', moving_number(45000, 0)),
    ("today in a longer formula", "", "<f>TODAY()+1</f><v>45001</v>", moving_number(45001, 1)),
    ("text like today", "str", "<v>TODAY()</v>", "TODAY()"),
    ("formula without a stored value", "", "<f>A2</f>", UNCOUNTED),
    ("formula with an empty value", "", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula with a value closed at once", "", "<f>A2</f><v/>", UNCOUNTED),
    ("formula with blanks for a value", "", "<f>A2</f><v> </v>", UNCOUNTED),
    ("formula of a number without a value", "n", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of a yes without a value", "b", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of an error without a value", "e", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of a text without a value", "str", "<f>A2</f>", UNCOUNTED),
    ("formula of a text, its value closed at once", "str", "<f>A2</f><v/>", None),
    ("formula of a shared text without a value", "s", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula with attributes without a value", "", '<f aca="false">A2</f><v></v>', UNCOUNTED),
    ("array formula without a value", "", '<f t="array" ref="A1">A2</f>', UNCOUNTED),
    ("formula in an element closed at once", "", "<f/>", None),
    ("formula of nothing", "", "<f></f>", None),
    ("formula of nothing with a value", "", "<f></f><v>5</v>", 5),
    ("formula that comes to 0", "", "<f>A2</f><v>0</v>", 0),
    ("value before a formula", "", "<v>5</v><f>A2</f>", 5),
    ("empty value before a formula", "", "<v></v><f>A2</f>", UNCOUNTED),
    ("empty text before a formula", "str", "<v></v><f>A2</f>", None),
    ("today without a stored value", "", "<f>TODAY()</f>", moving_text(UNCOUNTED, 0)),
    ("today as a text", "str", '<f>TEXT(TODAY(),"yyyy-mm-dd")</f><v>2023-03-15</v>', moving_text("2023-03-15", 0)),
    ("today among others", "", "<f>MAX(TODAY(),A2)</f><v>45000</v>", moving_number(45000, None)),
    ("today among others, blank", "str", '<f>IF(TODAY()&gt;A2,"","x")</f><v></v>', None),
    ("today asked for yes or no", "b", "<f>TODAY()&gt;A2</f><v>1</v>", True),
    ("today in a text of a formula", "str", '<f>A2&amp;"TODAY()"</f><v>x</v>', "x"),
    ("value before today", "", "<v>45000</v><f>TODAY()</f>", moving_number(45000, 0)),
)
# A text that is empty says nothing of the formulas below it, nor of those beside it.
UNCOUNTED_BELOW = (
    '<row r="1"><c r="A1" t="str"><f>B1&amp;""</f><v/></c><c r="B1" t="str"><f>C1</f></c></row>'
    '<row r="2"><c r="A2" t="str"><f>B2&amp;""</f></c></row>'
)
SHARED_UNCOUNTED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">B1</f><v>5</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="3"/></c></row>'
)
# As XlsxWriter leaves them: 0 for whatever a formula comes to. A number that somebody typed is one.
ZEROS = (
    '<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1"><v>0</v></c><c r="C1" t="b"><f>B1</f><v>0</v></c></row>'
    '<row r="2"><c r="A2"><f aca="0">B1</f><v>0</v></c><c r="B2"><f>B1+1</f><v>1</v></c></row>'
)
BY_XLSXWRITER = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
BY_EXCEL = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
SHARED_LIVE = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">TODAY()</f><v>5</v></c><c r="B1"><v>4</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="3"/><v>5</v></c><c r="B2"><f t="shared" si="4"/><v>6</v></c></row>'
)


def odd_cells() -> Iterator[Case]:
    for name, kind, inner, value in CELLS:
        found: Rows = {} if value is None else {1: {0: value}}
        yield Case(f"cell: {name}", book(f'<row r="1">{cell(kind, inner)}</row>'), rows=found)
        late: Rows = {row: {0: row} for row in range(1, 5)}
        if value is not None:
            late[5] = {0: value}
        data = f'{GOOD_ROWS}<row r="5">{cell(kind, inner, row=5)}</row>'
        yield Case(f"cell after usual rows: {name}", book(data), rows=late)
    live = moving_number(5, 0)
    yield Case("cell: today shared with another", book(SHARED_LIVE), rows={1: {0: live, 1: 4}, 2: {0: live, 1: 6}})
    below: Rows = {1: {1: UNCOUNTED}, 2: {0: UNCOUNTED}}
    yield Case("cell: formulas nobody counted beside empty texts", book(UNCOUNTED_BELOW), rows=below)
    yield Case("cell: a shared formula nobody counted", book(SHARED_UNCOUNTED), rows={1: {0: 5}, 2: {0: UNCOUNTED}})
    empty: Rows = {1: {0: UNCOUNTED, 1: 0, 2: False}, 2: {0: UNCOUNTED, 1: 1}}
    yield Case("cell: zeros of XlsxWriter", book(ZEROS, book=counted_by(BY_XLSXWRITER)), rows=empty)
    real: Rows = {1: {0: 0, 1: 0, 2: False}, 2: {0: 0, 1: 1}}
    yield Case("cell: zeros of Excel", book(ZEROS, book=counted_by(BY_EXCEL)), rows=real)


def counted_by(properties: str) -> str:
    return workbook().replace("</workbook>", f"{properties}</workbook>")
