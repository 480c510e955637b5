"""Files that are no .ods that can be read: each case says by which code it is refused. Limits: limited_ods.py."""

from __future__ import annotations

from hqs_xl.hosts.package.open_document import OFFICE, SPREADSHEET
from tests.hosts.ods_files import (
    BODY,
    DECLARED,
    LOCKED,
    SAME,
    book,
    cell,
    changed,
    content,
    manifest,
    members,
    row,
    sheet,
    table,
    text,
)
from tests.hosts.xlsx_files import Case, file, zipped

SINCE_1900 = '<table:calculation-settings><table:null-date table:date-value="1900-01-01"/></table:calculation-settings>'
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
    Case("an entity of nobody", sheet(row(cell("<text:p>&c;</text:p>"))), "bad_xml"),
    Case("a document type in the manifest", changed(manifest=b"<!DOCTYPE x><x/>"), "dtd"),
    Case(
        "one of OpenOffice.org",
        changed(manifest=b'<!DOCTYPE x PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><x/>'),
        "dtd_openoffice",
    ),
    Case(
        "one of somebody else",
        changed(manifest=b'<!DOCTYPE x PUBLIC "-//Somebody//DTD Manifest 1.0//EN" "Manifest.dtd"><x/>'),
        "dtd",
    ),
    Case(
        "one with declarations of its own",
        changed(
            manifest=b'<!DOCTYPE x PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "M.dtd" [<!ENTITY c "c">]><x/>'
        ),
        "dtd",
    ),
    Case("two sheets of one name", book(table(BODY, "One") + table(BODY, "ONE")), "duplicate_sheet"),
    Case("days counted from 1900", sheet(BODY, before=SINCE_1900), "null_date"),
    Case("a fact repeated beyond the last column", sheet(row(cell(times=16_383), text("a", times=2))), "bad_cell"),
    Case("a fact beyond the last column", sheet(row(cell(times=16_384), text("a"))), "bad_cell"),
    Case("a fact beyond the last row", sheet(row(cell(), times=1_048_576), BODY), "bad_cell"),
    Case("more cells than there are columns", sheet(row(*[text("a")] * 16_385)), "bad_cell"),
    Case("a row repeated beyond the last", sheet(row(cell(), times=1_048_575), row(text("a"), times=2)), "bad_cell"),
    Case("repeated no times", sheet(row(text("a", times=0))), "bad_xml"),
    Case("repeated less than no times", sheet(row(text("a"), times=-1)), "bad_xml"),
    Case("repeated a few times", sheet(row(text("a", times="few"))), "bad_xml"),
    Case("repeated in other digits", sheet(row(text("a", times="٣"))), "bad_xml"),
]
