"""A workbook with every feature a refresh must not lose: ``python -m tests.rich_workbook FILE.xlsm``.

XlsxWriter makes what it can; the rest is written by hand, part by part, as Excel lays it out. ``FEATURES`` names
what is in it and by which bytes of which part that is seen.
"""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import xlsxwriter

from hqs_xl.roster.columns import TABLES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# One pixel, black.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763606060000000040001f61738550000"
    "000049454e44ae426082"
)
PEOPLE = 12

# What is in the workbook: the part it is seen in, and bytes of it.
FEATURES: dict[str, tuple[str, str]] = {
    "pivot table": ("xl/pivotTables/pivotTable1.xml", "<pivotTableDefinition"),
    "pivot cache": ("xl/pivotCache/pivotCacheDefinition1.xml", "<cacheSource"),
    "pivot records": ("xl/pivotCache/pivotCacheRecords1.xml", "<r>"),
    "slicer": ("xl/slicers/slicer1.xml", "<slicer "),
    "slicer cache": ("xl/slicerCaches/slicerCache1.xml", "<slicerCacheDefinition"),
    "slicer on its sheet": ("xl/worksheets/sheet3.xml", "x14:slicerList"),
    "slicer in the workbook": ("xl/workbook.xml", "x14:slicerCaches"),
    "x14 conditional format": ("xl/worksheets/sheet1.xml", "x14:conditionalFormatting"),
    "x14 validation": ("xl/worksheets/sheet1.xml", "x14:dataValidation "),
    "sparklines": ("xl/worksheets/sheet1.xml", "x14:sparklineGroup"),
    "validation": ("xl/worksheets/sheet1.xml", "<dataValidation "),
    "conditional format": ("xl/worksheets/sheet1.xml", "<cfRule"),
    "hyperlink": ("xl/worksheets/sheet1.xml", "<hyperlink "),
    "ignored errors": ("xl/worksheets/sheet1.xml", "<ignoredError "),
    "outline": ("xl/worksheets/sheet1.xml", "outlineLevel"),
    "frozen panes": ("xl/worksheets/sheet1.xml", "<pane "),
    "page breaks": ("xl/worksheets/sheet1.xml", "<rowBreaks"),
    "header picture": ("xl/worksheets/sheet1.xml", "legacyDrawingHF"),
    "threaded comment": ("xl/threadedComments/threadedComment1.xml", "<threadedComment "),
    "person": ("xl/persons/person.xml", "<person "),
    "note": ("xl/comments1.xml", "<comment "),
    "note's shape": ("xl/drawings/vmlDrawing1.vml", "v:shape"),
    "form control": ("xl/ctrlProps/ctrlProp1.xml", "<formControlPr"),
    "form control on its sheet": ("xl/worksheets/sheet2.xml", "<controls>"),
    "custom XML": ("customXml/item1.xml", "<facts"),
    "custom XML's properties": ("customXml/itemProps1.xml", "datastoreItem"),
    "web extension": ("xl/webextensions/webextension1.xml", "we:webextension"),
    "task pane": ("xl/webextensions/taskpanes.xml", "wetp:taskpane"),
    "ribbon": ("customUI/customUI14.xml", "<customUI"),
    "VBA": ("xl/vbaProject.bin", ""),
    "picture": ("xl/media/image1.png", ""),
    "chart": ("xl/charts/chart1.xml", "<c:chart>"),
    "text box": ("xl/drawings/drawing1.xml", "<xdr:sp "),
    "printer settings": ("xl/printerSettings/printerSettings1.bin", ""),
    "external link": ("xl/externalLinks/externalLink1.xml", "<externalBook"),
    "connection": ("xl/connections.xml", "<connection "),
    "query table": ("xl/queryTables/queryTable1.xml", "<queryTable "),
    "dynamic array": ("xl/metadata.xml", "XLDAPR"),
    "custom properties": ("docProps/custom.xml", "Department"),
    "defined name": ("xl/workbook.xml", "<definedName "),
    "calculation chain": ("xl/calcChain.xml", "<calcChain"),
    "full precision": ("xl/workbook.xml", 'fullPrecision="0"'),
    "rich text": ("xl/sharedStrings.xml", "<r>"),
    "protection": ("xl/worksheets/sheet4.xml", "<sheetProtection"),
    "chart sheet": ("xl/chartsheets/sheet1.xml", "<chartsheet"),
}


def make(path: Path) -> None:
    """Write the workbook."""
    target = io.BytesIO()
    written(target)
    parts = Parts(target)
    for add in (pivot, slicer, threads, controls, own_xml, ribbon, links, query, x14_validation, chain):
        add(parts)
    path.write_bytes(parts.zipped())


# ---- by XlsxWriter ----------------------------------------------------------------------------------------------


def written(target: io.BytesIO) -> None:
    vba = io.BytesIO(
        zipfile.ZipFile(io.BytesIO(files("xlwings").joinpath("quickstart.xlsm").read_bytes())).read("xl/vbaProject.bin")
    )
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_vba_project(vba, is_stream=True)
        book.set_vba_name("ThisWorkbook")
        book.set_custom_property("Department", "HR")
        book.set_calc_mode("auto")
        roster(book)
        sheets = [book.add_worksheet(name) for name in ("Controls", "Pivot", "Locked")]
        sheets[1].write_row(0, 0, ["Relation", "People"])
        sheets[2].protect("secret", {"sort": True})
        sheets[2].set_background(io.BytesIO(PIXEL))
        findings(book)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Roster!$L$5:$L$16"})
        book.add_chartsheet("Chart").set_chart(chart)
        book.define_name("AsOf", "=Roster!$B$2")
        book.define_name("Roster!Local", "=Roster!$A$1")


def headers() -> list[str]:
    """The roster's columns, with one of somebody's own in between and one at the end."""
    names = [column.header() for column in TABLES["roster"]]
    return [*names[:3], "My note", *names[3:], "Spare"]


def roster(book: Any) -> None:
    sheet = book.add_worksheet("Roster")
    day, bold = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"bold": True, "font_color": "#0072B2"})
    wrapped = book.add_format({"text_wrap": True, "border": 1, "quote_prefix": True})
    names = headers()
    sheet.write_rich_string(0, 0, "Our ", bold, "people", " & their dates")
    sheet.write_formula(1, 1, "=TODAY()", day, 46_000)
    sheet.write_dynamic_array_formula("D2:D2", "=_xlfn.UNIQUE(B2:B2)", day, 46_000)
    columns = [{"header": name, "header_format": bold} for name in names]
    columns[names.index("Status")]["formula"] = "=HQS_STATUS([@[Person ID]])"
    sheet.add_table(3, 0, 3 + PEOPLE, len(names) - 1, {"name": "Roster", "columns": columns})
    for row in range(4, 4 + PEOPLE):
        sheet.write_row(row, 0, [f"P{row}", "A & B", "HQS" if row % 2 else "Family", "mine"])
        signed = date(2025, 1, 1) + timedelta(days=row)
        sheet.write_datetime(row, names.index("Agreement signed"), signed, day)
        sheet.write_blank(row, names.index("Check"), None, wrapped)
        sheet.write_number(row, len(names) - 1, row)
        sheet.set_row(row, 18, None, {"level": row % 3, "hidden": row == 7})
    decorated(book, sheet, names)


def decorated(book: Any, sheet: Any, names: list[str]) -> None:
    last = 3 + PEOPLE
    place = names.index("Days left")
    sheet.conditional_format(4, place, last, place, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(4, place, last, place, {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format(
        4, 0, last, 0, {"type": "formula", "criteria": "=$C5=1", "format": book.add_format({"bold": True})}
    )
    sheet.data_validation(4, 2, last, 2, {"validate": "list", "source": ["HQS", "Family"], "input_message": "Who?"})
    sheet.write_url(0, 6, "https://example.org/?a=1&b=2", string="site")
    sheet.write_url(0, 7, "internal:'Findings'!A1", string="findings")
    sheet.add_sparkline(0, 8, {"range": "Roster!L5:L16", "markers": True})
    sheet.ignore_errors({"number_stored_as_text": "A5:A16"})
    sheet.write_comment(4, 0, "first of all", {"author": "A", "visible": True})
    sheet.insert_image(1, 9, "pixel.png", {"image_data": io.BytesIO(PIXEL), "description": "a pixel"})
    sheet.insert_textbox(1, 11, "a box", {"textlink": "=$A$1"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"=Roster!$A$5:$A${last + 1}", "trendline": {"type": "linear"}})
    sheet.insert_chart(20, 1, chart)
    sheet.insert_button(1, 13, {"macro": "Say", "caption": "Go"})
    sheet.freeze_panes(4, 1)
    sheet.set_header("&C&G", {"image_center": "pixel.png", "image_data_center": io.BytesIO(PIXEL)})
    sheet.set_h_pagebreaks([10])
    sheet.repeat_rows(3)
    sheet.set_column(0, 0, 11, None, {"level": 1})
    sheet.set_landscape()


def findings(book: Any) -> None:
    sheet = book.add_worksheet("Findings")
    names = [column.header() for column in TABLES["findings"]]
    sheet.add_table(0, 0, 2, len(names) - 1, {"name": "Findings", "columns": [{"header": name} for name in names]})
    sheet.write_row(1, 0, ["Violation", "P5"])
    sheet.conditional_format(
        1,
        0,
        99,
        0,
        {"type": "cell", "criteria": "==", "value": '"Violation"', "format": book.add_format({"italic": True})},
    )


# ---- by hand ----------------------------------------------------------------------------------------------------


class Parts:
    """The package as parts by name, in order."""

    def __init__(self, source: io.BytesIO) -> None:
        with zipfile.ZipFile(source) as archive:
            self.all = {name: archive.read(name) for name in archive.namelist()}

    def add(self, name: str, text: str | bytes, kind: str = "") -> None:
        """A new part, with its content type."""
        self.all[name] = text if isinstance(text, bytes) else (DECLARED + text).encode()
        if kind:
            self.put("[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/>')

    def put(self, name: str, before: str, text: str) -> None:
        """Text before the last of some other text in a part."""
        start, mark, end = self.all[name].decode().rpartition(before)
        if not mark:
            raise ValueError(before)
        self.all[name] = (start + text + mark + end).encode()

    def swap(self, name: str, old: str, new: str) -> None:
        """Some text of a part for another."""
        if old not in self.all[name].decode():
            raise ValueError(old)
        self.all[name] = self.all[name].decode().replace(old, new, 1).encode()

    def link(self, source: str, key: str, kind: str, target: str, mode: str = "") -> None:
        """A relationship, its kind one of Office's own or a whole address."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self.all:
            self.add(part, f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>')
        kind = kind if "://" in kind else f"{OFFICE}/{kind}"
        self.put(part, "</Relationships>", f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>')

    def zipped(self) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.all.items():
                info = zipfile.ZipInfo(name, (2024, 2, 29, 1, 2, 4))
                info.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".bin")) else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return target.getvalue()


BOOK = "xl/workbook.xml"


def pivot(parts: Parts) -> None:
    names = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    words = '<sharedItems count="2"><s v="HQS"/><s v="Family"/></sharedItems>'
    shared = f'<cacheField name="Relation" numFmtId="0">{words}</cacheField>'
    source = '<cacheSource type="worksheet"><worksheetSource ref="C4:D16" sheet="Roster"/></cacheSource>'
    note = '<cacheField name="My note" numFmtId="0"><sharedItems/></cacheField>'
    parts.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition {names} r:id="rId1" refreshedBy="A" refreshedDate="46000" createdVersion="6" '
        f'refreshedVersion="6" minRefreshableVersion="3" recordCount="2">{source}<cacheFields count="2">{shared}{note}'
        "</cacheFields></pivotCacheDefinition>",
        f"{SPREADSHEET}.pivotCacheDefinition+xml",
    )
    parts.add(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'<pivotCacheRecords {names} count="2"><r><x v="0"/><s v="mine"/></r><r><x v="1"/><s v="mine"/></r>'
        "</pivotCacheRecords>",
        f"{SPREADSHEET}.pivotCacheRecords+xml",
    )
    items = '<items count="3"><item x="0"/><item x="1"/><item t="default"/></items>'
    parts.add(
        "xl/pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot1" cacheId="7" applyNumberFormats="0" applyBorderFormats="0" '
        'applyFontFormats="0" applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" '
        'dataCaption="Values" updatedVersion="6" minRefreshableVersion="3" createdVersion="6" indent="0" outline="1" '
        'outlineData="1"><location ref="A3:B6" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        f'<pivotFields count="2"><pivotField axis="axisRow" showAll="0">{items}</pivotField>'
        '<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        '<rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="People" fld="1" subtotal="count" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1"/></pivotTableDefinition>',
        f"{SPREADSHEET}.pivotTable+xml",
    )
    parts.link("xl/pivotCache/pivotCacheDefinition1.xml", "rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    parts.link(
        "xl/pivotTables/pivotTable1.xml", "rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"
    )
    parts.link("xl/worksheets/sheet3.xml", "rIdP", "pivotTable", "../pivotTables/pivotTable1.xml")
    parts.link(BOOK, "rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    parts.put(BOOK, "</workbook>", '<pivotCaches><pivotCache cacheId="7" r:id="rIdP"/></pivotCaches>')


def slicer(parts: Parts) -> None:
    names = f'xmlns="{X14}" xmlns:mc="{MC}" mc:Ignorable="x" xmlns:x="{MAIN}"'
    parts.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition {names} name="Slicer_Relation" sourceName="Relation"><pivotTables>'
        '<pivotTable tabId="3" name="Pivot1"/></pivotTables><data><tabular pivotCacheId="7"><items count="2">'
        '<i x="0" s="1"/><i x="1" s="1"/></items></tabular></data></slicerCacheDefinition>',
        "application/vnd.ms-excel.slicerCache+xml",
    )
    parts.add(
        "xl/slicers/slicer1.xml",
        f'<slicers {names}><slicer name="Relation" cache="Slicer_Relation" caption="Relation" rowHeight="241300"/>'
        "</slicers>",
        "application/vnd.ms-excel.slicer+xml",
    )
    kind = "http://schemas.microsoft.com/office/2007/relationships/slicer"
    parts.link("xl/worksheets/sheet3.xml", "rIdS", kind, "../slicers/slicer1.xml")
    parts.link(BOOK, "rIdS", f"{kind}Cache", "slicerCaches/slicerCache1.xml")
    on_sheet = f'<x14:slicerList xmlns:x14="{X14}"><x14:slicer r:id="rIdS"/></x14:slicerList>'
    ext = f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}">{on_sheet}</ext>'
    parts.put("xl/worksheets/sheet3.xml", "</worksheet>", f"<extLst>{ext}</extLst>")
    in_book = f'<x14:slicerCaches xmlns:x14="{X14}"><x14:slicerCache r:id="rIdS"/></x14:slicerCaches>'
    ext = f'<ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}">{in_book}</ext>'
    parts.put(BOOK, "</workbook>", f"<extLst>{ext}</extLst>")


def threads(parts: Parts) -> None:
    names = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    person = "{11111111-2222-3333-4444-555555555555}"
    text = "<text>Ask the person &amp; note it</text>"
    parts.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments {names}><threadedComment ref="A5" dT="2026-03-01T10:00:00.00" personId="{person}" '
        f'id="{{AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE}}">{text}</threadedComment></ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    parts.add(
        "xl/persons/person.xml",
        f'<personList {names}><person displayName="Ember Alderquill" id="{person}" userId="e" providerId="None"/>'
        "</personList>",
        "application/vnd.ms-excel.person+xml",
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    parts.link(
        "xl/worksheets/sheet1.xml", "rIdT", f"{kind}/threadedComment", "../threadedComments/threadedComment1.xml"
    )
    parts.link(BOOK, "rIdW", f"{kind}/person", "persons/person.xml")


def controls(parts: Parts) -> None:
    sheet = "xl/worksheets/sheet2.xml"
    parts.add(
        "xl/ctrlProps/ctrlProp1.xml",
        f'<formControlPr xmlns="{X14}" objectType="CheckBox" checked="Checked" fmlaLink="$B$2" lockText="1"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    parts.add(
        "xl/drawings/vmlDrawing9.vml",
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t201" '
        b'style="position:absolute"><x:ClientData ObjectType="Checkbox"><x:FmlaLink>$B$2</x:FmlaLink></x:ClientData>'
        b"</v:shape></xml>",
    )
    parts.link(sheet, "rIdV", "vmlDrawing", "../drawings/vmlDrawing9.vml")
    parts.link(sheet, "rIdC", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    cell = "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = f'<anchor moveWithCells="1" xmlns:xdr="{drawing}"><from>{cell}</from><to>{cell}</to></anchor>'
    look = f'<controlPr defaultSize="0" autoFill="0">{anchor}</controlPr>'
    control = f'<control shapeId="1025" r:id="rIdC" name="Check 1">{look}</control>'
    choice = f'<mc:Choice Requires="x14" xmlns:x14="{X14}">{{}}</mc:Choice>'
    chosen = f'<mc:AlternateContent xmlns:mc="{MC}">{choice}</mc:AlternateContent>'
    listed = chosen.format(f"<controls>{chosen.format(control)}</controls>")
    parts.put(sheet, "</worksheet>", f'<legacyDrawing r:id="rIdV"/>{listed}')


def own_xml(parts: Parts) -> None:
    parts.add("customXml/item1.xml", '<facts xmlns="urn:example:facts"><fact>1</fact></facts>')
    names = 'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
    parts.add(
        "customXml/itemProps1.xml",
        f'<ds:datastoreItem ds:itemID="{{22222222-2222-3333-4444-555555555555}}" {names}><ds:schemaRefs/>'
        "</ds:datastoreItem>",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    parts.link("customXml/item1.xml", "rId1", "customXmlProps", "itemProps1.xml")
    parts.link(BOOK, "rIdX", "customXml", "../customXml/item1.xml")
    office = "http://schemas.microsoft.com/office/webextensions"
    parts.add(
        "xl/webextensions/taskpanes.xml",
        f'<wetp:taskpanes xmlns:wetp="{office}/taskpanes/2010/11"><wetp:taskpane dockstate="right" visibility="0" '
        f'width="350" row="4"><wetp:webextensionref xmlns:r="{OFFICE}" r:id="rId1"/></wetp:taskpane></wetp:taskpanes>',
        "application/vnd.ms-office.webextensiontaskpanes+xml",
    )
    parts.add(
        "xl/webextensions/webextension1.xml",
        f'<we:webextension xmlns:we="{office}/webextension/2010/11" id="{{33333333-2222-3333-4444-555555555555}}">'
        '<we:reference id="wa200008175" version="1.0.0.0" store="en-US" storeType="OMEX"/><we:alternateReferences/>'
        '<we:properties><we:property name="main.py" value="&quot;print(1)&quot;"/></we:properties><we:bindings/>'
        f'<we:snapshot xmlns:r="{OFFICE}"/></we:webextension>',
        "application/vnd.ms-office.webextension+xml",
    )
    kind = "http://schemas.microsoft.com/office/2011/relationships"
    parts.link("", "rIdW", f"{kind}/webextensiontaskpanes", "xl/webextensions/taskpanes.xml")
    parts.link("xl/webextensions/taskpanes.xml", "rId1", f"{kind}/webextension", "webextension1.xml")


def ribbon(parts: Parts) -> None:
    button = '<button id="b" label="Go" onAction="Say"/>'
    tabs = f'<ribbon><tabs><tab id="t" label="Mine"><group id="g" label="G">{button}</group></tab></tabs></ribbon>'
    parts.add(
        "customUI/customUI14.xml",
        f'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">{tabs}</customUI>',
    )
    kind = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
    parts.link("", "rIdU", kind, "customUI/customUI14.xml")


def links(parts: Parts) -> None:
    """A link to another workbook, and what a printer's driver stores."""
    parts.add(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Sheet1"/></sheetNames><sheetDataSet>'
        '<sheetData sheetId="0"><row r="1"><cell r="A1"><v>5</v></cell></row></sheetData>'
        "</sheetDataSet></externalBook></externalLink>",
        f"{SPREADSHEET}.externalLink+xml",
    )
    mode = ' TargetMode="External"'
    parts.link("xl/externalLinks/externalLink1.xml", "rId1", "externalLinkPath", "other.xlsx", mode)
    parts.link(BOOK, "rIdE", "externalLink", "externalLinks/externalLink1.xml")
    parts.swap(
        BOOK,
        "<definedNames>",
        '<externalReferences><externalReference r:id="rIdE"/></externalReferences><definedNames>',
    )
    parts.swap(BOOK, "<calcPr ", '<calcPr fullPrecision="0" ')
    parts.add("xl/printerSettings/printerSettings1.bin", bytes(range(256)), f"{SPREADSHEET}.printerSettings")
    parts.link("xl/worksheets/sheet1.xml", "rIdR", "printerSettings", "../printerSettings/printerSettings1.bin")
    parts.swap("xl/worksheets/sheet1.xml", "<pageSetup ", '<pageSetup r:id="rIdR" ')


def query(parts: Parts) -> None:
    parts.add(
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" name="People" type="6" refreshedVersion="6">'
        '<textPr sourceFile="C:\\people.txt"><textFields><textField/></textFields></textPr></connection></connections>',
        f"{SPREADSHEET}.connections+xml",
    )
    parts.add(
        "xl/queryTables/queryTable1.xml",
        f'<queryTable xmlns="{MAIN}" name="people" connectionId="1" autoFormatId="16" applyNumberFormats="0"/>',
        f"{SPREADSHEET}.queryTable+xml",
    )
    parts.link("xl/worksheets/sheet4.xml", "rIdQ", "queryTable", "../queryTables/queryTable1.xml")
    parts.link(BOOK, "rIdQ", "connections", "connections.xml")


def x14_validation(parts: Parts) -> None:
    """A list of another sheet, as Excel 2010 and later store it."""
    source = "<x14:formula1><xm:f>Pivot!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D5:D16</xm:sqref>"
    one = f'<x14:dataValidation type="list" allowBlank="1">{source}</x14:dataValidation>'
    listed = f'<x14:dataValidations xmlns:xm="{XM}" count="1">{one}</x14:dataValidations>'
    ext = f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">{listed}</ext>'
    parts.put("xl/worksheets/sheet1.xml", "</extLst></worksheet>", ext)


def chain(parts: Parts) -> None:
    """The order of calculation, with every formula cell of the roster in it."""
    cells = re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f', parts.all["xl/worksheets/sheet1.xml"].decode())
    listed = "".join(f'<c r="{cell}" i="1"/>' for cell in cells)
    parts.add("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{listed}</calcChain>', f"{SPREADSHEET}.calcChain+xml")
    parts.link(BOOK, "rIdO", "calcChain", "calcChain.xml")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
