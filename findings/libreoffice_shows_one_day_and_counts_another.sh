#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: a date whose time is a hair before midnight, 46200.9999999999.
#
# Behaviour: the cell shows 2026-06-28, and so does TEXT; DAY, INT and WEEKDAY take it for the 27th, and an .ods stores
# 2026-06-27T23:59:59.99999. A .csv written with the filter's own options says 2026-06-28 23:59:59, most of a day later
# than either.
# One would guess: DAY of a cell is the day that the cell shows, and files say one of the two.
#
# Seen:
#     the cell shows: 2026-06-28
#     =TEXT(A1;"YYYY-MM-DD"): 2026-06-28
#     =DAY(A1): 27
#     =INT(A1): 46200
#     =WEEKDAY(A1;2): 6
#     the .csv: 2026-06-28 23:59:59
#     the .ods: ['2026-06-27T23:59:59.99999']
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
    from com.sun.star.lang import Locale

    document = opened()
    day = cell(document, "A1")
    formats = document.NumberFormats
    kind = formats.queryKey("YYYY-MM-DD", Locale(), False)
    day.NumberFormat = formats.addNew("YYYY-MM-DD", Locale()) if kind == -1 else kind
    day.Value = 46200.9999999999
    same("the cell shows", day.String, "2026-06-28")
    for formula, wanted in (
        ('=TEXT(A1;"YYYY-MM-DD")', "2026-06-28"),
        ("=DAY(A1)", "27"),
        ("=INT(A1)", "46200"),
        ("=WEEKDAY(A1;2)", "6"),
    ):
        result = cell(document, "B1")
        result.clearContents(1023)
        result.Formula = formula
        same(formula, result.String, wanted)
    cell(document, "B1").clearContents(1023)
    save(document, "day.csv", "Text - txt - csv (StarCalc)")
    same("the .csv", open(path("day.csv")).read().strip(), "2026-06-28 23:59:59")
    save(document, "day.ods", ODS)
    import re, zipfile

    content = zipfile.ZipFile(path("day.ods")).read("content.xml").decode()
    same("the .ods", re.findall('office:date-value="([^"]*)"', content), ["2026-06-27T23:59:59.99999"])
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
