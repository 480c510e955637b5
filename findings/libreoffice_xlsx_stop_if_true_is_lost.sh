#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: conditional formats of an .xlsx with "stop if true" (made with XlsxWriter 3.3.1).
#
# Behaviour: saved as .xlsx again, the rule has lost stopIfTrue, so that in Excel the rules behind it show too: a cell that
# was red and nothing else is red and bold. The order of the rules is kept.
# One would guess: it is kept, for the element and its other attributes are.
#
# Seen:
#     book.xlsx: [('3', True), ('1', False)]
#     saved.xlsx: [('3', False), ('1', False)]
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
    for value, kind, stop in ((3, {"bg_color": "#FF0000"}, True), (1, {"bold": True}, False)):
        rule = {"type": "cell", "criteria": ">", "value": value, "format": book.add_format(kind), "stop_if_true": stop}
        sheet.conditional_format("A1:A5", rule)
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
    for name, wanted in (("book.xlsx", [("3", True), ("1", False)]), ("saved.xlsx", [("3", False), ("1", False)])):
        sheet = zipfile.ZipFile(path(name)).read("xl/worksheets/sheet1.xml").decode()
        rules = re.findall("<cfRule([^>]*)><formula>([^<]*)</formula>", sheet)
        same(name, [(value, "stopIfTrue" in attributes) for attributes, value in rules], wanted)
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
