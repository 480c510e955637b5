#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc, UNO: calculateAll() on a document with a chart, and setModified.
#
# Behaviour: once calculateAll() was called on a document that holds a chart, isModified() is true and setModified(False)
# does not change that; the same document without a chart is not even modified by calculateAll().
# One would guess: setModified(False), which is there for that, makes isModified() false.
#
# Seen:
#     without a chart: [False, False, False]
#     with a chart: [False, True, True]
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
    from com.sun.star.awt import Rectangle

    for charts in (0, 1):
        document = opened()
        block = cell(document, "A1:A3")
        block.setDataArray(((1.0,), (2.0,), (3.0,)))
        cell(document, "B1").Formula = "=SUM(A1:A3)"
        if charts:
            place = Rectangle()
            place.X, place.Y, place.Width, place.Height = 5000, 1000, 8000, 6000
            document.Sheets.getByIndex(0).Charts.addNewByName("c", place, (block.RangeAddress,), False, False)
        save(document, "book.ods", ODS)
        document.close(True)
        document = load("book.ods")
        found = [document.isModified()]
        document.calculateAll()
        found.append(document.isModified())
        document.setModified(False)
        found.append(document.isModified())
        same("with a chart" if charts else "without a chart", found, [False, bool(charts), bool(charts)])
        document.close(True)
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
