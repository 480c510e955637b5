#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc, UNO: undoing XCellRangeData.setDataArray.
#
# Behaviour: undo gives back what stood in filled cells and leaves the new values in cells that were blank; the undo stack
# is empty then, so that nothing takes them away. A cell set alone (Value, String, Formula) is emptied by its undo.
# One would guess: undo of a step gives the sheet as it was before the step.
#
# Seen:
#     before: (('old', ''), ('', ''))
#     after setDataArray: (('x', 1.0), ('y', 2.0))
#     after undo: (('old', 1.0), ('y', 2.0))
#     steps left to undo: 0
#     a cell set alone, undone: EMPTY
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
    block, steps = cell(document, "A1:B2"), document.UndoManager
    cell(document, "A1").String = "old"
    steps.clear()
    same("before", block.getDataArray(), (("old", ""), ("", "")))
    block.setDataArray((("x", 1.0), ("y", 2.0)))
    same("after setDataArray", block.getDataArray(), (("x", 1.0), ("y", 2.0)))
    steps.undo()
    same("after undo", block.getDataArray(), (("old", 1.0), ("y", 2.0)))
    same("steps left to undo", len(steps.getAllUndoActionTitles()), 0)
    cell(document, "D4").Value = 5
    steps.undo()
    same("a cell set alone, undone", cell(document, "D4").Type.value, "EMPTY")
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
