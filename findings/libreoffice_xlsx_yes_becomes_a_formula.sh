#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: a cell of an .xlsx that holds TRUE or FALSE (made with XlsxWriter 3.3.1).
#
# Behaviour: it is loaded as the formula =TRUE(), and saved as that formula in .xlsx and .ods alike: opening and saving a
# workbook makes formulas of the answers people typed. In a cell with a date format it is saved as the number 1.
# One would guess: a constant stays one; text and numbers do.
#
# Seen:
#     loaded: ['FORMULA', 'FORMULA', 'TEXT', 'VALUE']
#     A1: =TRUE()
#     A1 in .xlsx: ('b', 'TRUE()')
#     A2 in .xlsx: ('n', 'TRUE()')
#     formulas in .ods: ['of:=TRUE()', 'of:=TRUE()']
set -euo pipefail

need=25.2.3
found=$(soffice --version 2>/dev/null) || { echo "LibreOffice $need (soffice) is not installed" >&2; exit 2; }
[[ $found == "LibreOffice $need"* ]] || { echo "needs LibreOffice $need, found: $found" >&2; exit 2; }
python=
for each in $(type -ap python3); do
    if "$each" -c 'import uno' 2>/dev/null; then python=$each; break; fi
done
[ -n "$python" ] || { echo "no python3 with the module uno (python3-uno)" >&2; exit 2; }
work=$(mktemp -d)
office=
trap '[ -z "$office" ] || kill "$office" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
(cd "$work" && "$work/venv/bin/python" -) <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_boolean("A1", True)
    sheet.write_boolean("A2", True, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_string("A3", "yes")
    sheet.write_number("A4", 5)
PY
soffice --headless --norestore "-env:UserInstallation=file://$work/profile" \
    "--accept=pipe,name=finding$$;urp;" >/dev/null 2>&1 &
office=$!
timeout 100 "$python" - "finding$$" "$work" <<'PY'
import os, sys, time, traceback, uno
from com.sun.star.beans import PropertyValue

here = uno.getComponentContext()
resolver = here.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(240):
    try:
        office = resolver.resolve(f"uno:pipe,name={sys.argv[1]};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.25)
desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"


def named(name, value):
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


def opened(url="private:factory/scalc"):
    return desktop.loadComponentFromURL(url, "_blank", 0, (named("Hidden", True),))


def path(name):
    return f"{sys.argv[2]}/{name}"


def load(name):
    return opened("file://" + path(name))


def save(document, name, kind):
    document.storeToURL("file://" + path(name), (named("FilterName", kind),))


def cell(document, name):
    return document.Sheets.getByIndex(0).getCellRangeByName(name)


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


changed = 1
try:
    import re, zipfile

    document = load("book.xlsx")
    same("loaded", [cell(document, name).Type.value for name in ("A1", "A2", "A3", "A4")], ["FORMULA", "FORMULA", "TEXT", "VALUE"])
    same("A1", cell(document, "A1").Formula, "=TRUE()")
    save(document, "saved.xlsx", XLSX)
    sheet = zipfile.ZipFile(path("saved.xlsx")).read("xl/worksheets/sheet1.xml").decode()
    for name, wanted in (("A1", ("b", "TRUE()")), ("A2", ("n", "TRUE()"))):
        found = re.search(f'<c r="{name}"[^>]* t="([a-z]*)"><f[^>]*>([^<]*)</f><v>1</v></c>', sheet)
        same(f"{name} in .xlsx", found and found.groups(), wanted)
    save(document, "saved.ods", ODS)
    content = zipfile.ZipFile(path("saved.ods")).read("content.xml").decode()
    same("formulas in .ods", re.findall('table:formula="([^"]*)"', content), ["of:=TRUE()", "of:=TRUE()"])
    changed = 0
except SystemExit as why:
    print(why, file=sys.stderr)
except Exception:
    traceback.print_exc()
try:
    desktop.terminate()
except Exception:
    pass
sys.stdout.flush()
os._exit(changed)
PY
