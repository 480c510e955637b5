#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: WORKDAY and WORKDAY.INTL with days that are no whole number, and with holidays that are text.
#
# Behaviour: WORKDAY cuts -1.9 days to one day back and -0.5 to none; WORKDAY.INTL goes two days and one day back. A
# holiday written as text ("2026-01-06" in a cell among others) is a day off for WORKDAY, and is passed over by
# WORKDAY.INTL and NETWORKDAYS without a word.
# One would guess: functions that differ in the weekend alone read their other arguments alike.
#
# Seen:
#     =WORKDAY(46023;-1.9): (0, 46022.0)
#     =WORKDAY.INTL(46023;-1.9): (0, 46021.0)
#     =WORKDAY(46023;-0.5): (0, 46023.0)
#     =WORKDAY.INTL(46023;-0.5): (0, 46022.0)
#     =WORKDAY(46025;2;A1:A2): (0, 46030.0)
#     =WORKDAY.INTL(46025;2;1;A1:A2): (0, 46029.0)
#     =NETWORKDAYS(46027;46029;A1:A2): (0, 2.0)
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
    result = cell(document, "D1")


    def of(formula, wanted):
        result.Formula = formula
        same(formula, (result.getError(), result.Value), (0, wanted))


    # 46023 is Thursday 2026-01-01.
    of("=WORKDAY(46023;-1.9)", 46022.0)
    of("=WORKDAY.INTL(46023;-1.9)", 46021.0)
    of("=WORKDAY(46023;-0.5)", 46023.0)
    of("=WORKDAY.INTL(46023;-0.5)", 46022.0)
    cell(document, "A1").Value = 46027  # Monday 2026-01-05
    cell(document, "A2").String = "2026-01-06"
    of("=WORKDAY(46025;2;A1:A2)", 46030.0)
    of("=WORKDAY.INTL(46025;2;1;A1:A2)", 46029.0)
    of("=NETWORKDAYS(46027;46029;A1:A2)", 2.0)
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
