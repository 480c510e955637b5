#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: a dynamic array formula of an .xlsx (FILTER, made with XlsxWriter 3.3.1) whose result grows.
#
# Behaviour: it is loaded as an array of the size it was stored with. With one match more the last match is not shown;
# with one match only, that match is shown in each of the cells. Saved as .xlsx it is an array formula of that size for
# good, no dynamic one. FILTER written as a formula by UNO fills its own cell alone.
# One would guess: the array grows and shrinks as in Excel, or cells without a match show #N/A, as they do when two match.
#
# Seen:
#     as stored: ['3', '4', '5', '']
#     four match: ['9', '3', '4', '']
#     two match: ['4', '5', '#N/A', '']
#     one matches: ['7', '7', '7', '']
#     book.xlsx: size, dynamic: ('C1:C3', True)
#     saved.xlsx: size, dynamic: ('C1:C3', False)
#     by UNO: ['0', '']
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
    sheet.write_column("A1", [1, 2, 3, 4, 5])
    sheet.write_dynamic_array_formula("C1:C3", "=FILTER(A1:A5,A1:A5>2)", None, 3)
    for row in (1, 2):
        sheet.write_number(row, 2, 3 + row)
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
    shown = lambda: [cell(document, f"C{row}").String for row in range(1, 5)]


    def having(*numbers):
        cell(document, "A1:A5").setDataArray(tuple((float(number),) for number in numbers))
        document.calculateAll()
        return shown()


    same("as stored", shown(), ["3", "4", "5", ""])
    same("four match", having(9, 2, 3, 4, 5), ["9", "3", "4", ""])
    same("two match", having(0, 0, 0, 4, 5), ["4", "5", "#N/A", ""])
    same("one matches", having(0, 0, 0, 0, 7), ["7", "7", "7", ""])
    save(document, "saved.xlsx", XLSX)
    for name, wanted in (("book.xlsx", ("C1:C3", True)), ("saved.xlsx", ("C1:C3", False))):
        sheet = zipfile.ZipFile(path(name)).read("xl/worksheets/sheet1.xml").decode()
        tag, size = re.search('<c r="C1"([^>]*)><f[^>]* ref="([^"]*)"', sheet).groups()
        same(f"{name}: size, dynamic", (size, "cm=" in tag), wanted)
    cell(document, "E1").Formula = "=FILTER(A1:A5;A1:A5<1)"
    same("by UNO", [cell(document, f"E{row}").String for row in (1, 2)], ["0", ""])
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
