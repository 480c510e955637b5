#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc, UNO: XCellRangeData.setDataArray on cells that have comments.
#
# Behaviour: writing a block of values with setDataArray, or of formulas with setFormulaArray, deletes the comments of
# all its cells; setting Value, String or Formula of one cell leaves its comment where it is.
# One would guess: the comments stay, for values and comments are apart everywhere else, and a cell set alone keeps its.
#
# Seen:
#     comments after setString: 2
#     comments after setDataArray: 0
#     comments after setFormulaArray: 0
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
    document = opened()
    sheet = document.Sheets.getByIndex(0)


    def commented():
        for name in ("A1", "B2"):
            sheet.Annotations.insertNew(cell(document, name).CellAddress, "a comment")


    commented()
    cell(document, "A1").String, cell(document, "B2").Value = "x", 5
    same("comments after setString", sheet.Annotations.Count, 2)
    cell(document, "A1:B2").setDataArray((("x", 1.0), ("y", 2.0)))
    same("comments after setDataArray", sheet.Annotations.Count, 0)
    commented()
    cell(document, "A1:B2").setFormulaArray((("x", "1"), ("y", "2")))
    same("comments after setFormulaArray", sheet.Annotations.Count, 0)
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
