#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: a table of an .xlsx with a calculated column (made with XlsxWriter 3.3.1), loaded and saved.
#
# Behaviour: the table is saved with its name, range, columns and filter, but without calculatedColumnFormula and without
# tableStyleInfo: in Excel, a new row of the table gets no formula any more, and the table has no stripes. The cells keep
# their formulas.
# One would guess: a table that is saved at all is saved with what makes it one.
#
# Seen:
#     book.xlsx: [True, True]
#     book.xlsx, formulas in cells: 3
#     saved.xlsx: [False, False]
#     saved.xlsx, formulas in cells: 3
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
    formula = "=T[[#This Row],[a]]*2"
    columns = [{"header": "a"}, {"header": "twice", "formula": formula}]
    sheet.add_table("A1:B4", {"name": "T", "data": [[1], [2], [3]], "columns": columns})
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
    save(document, "saved.xlsx", XLSX)
    for name, wanted in (("book.xlsx", [True, True]), ("saved.xlsx", [False, False])):
        package = zipfile.ZipFile(path(name))
        table = package.read("xl/tables/table1.xml").decode()
        same(name, ["calculatedColumnFormula" in table, "tableStyleInfo" in table], wanted)
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        same(f"{name}, formulas in cells", len(re.findall("<f[ >]", sheet)), 3)
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
