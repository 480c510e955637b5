#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: WORKDAY.INTL going back past 1899-12-30, the day of number 0.
#
# Behaviour: WORKDAY gives the negative number of the day, which shows as a date of 1899; WORKDAY.INTL, asked the same,
# gives 4294967296 and a few less, a number no date format can show (#FMT).
# One would guess: the two give the same day, for WORKDAY.INTL without more arguments is WORKDAY; or both an error.
#
# Seen:
#     WORKDAY(1;-5): (0, -5.0)
#     WORKDAY.INTL(1;-5): (0, 4294967291.0)
#     WORKDAY(5;-5): (0, -2.0)
#     WORKDAY.INTL(5;-5): (0, 4294967294.0)
#     WORKDAY(40;-30): (0, -2.0)
#     WORKDAY.INTL(40;-30): (0, 4294967294.0)
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
    result = cell(document, "A1")
    for start, days, day, other in ((1, -5, -5.0, 4294967291.0), (5, -5, -2.0, 4294967294.0), (40, -30, -2.0, 4294967294.0)):
        for name, wanted in (("WORKDAY", day), ("WORKDAY.INTL", other)):
            result.Formula = f"={name}({start};{days})"
            same(f"{name}({start};{days})", (result.getError(), result.Value), (0, wanted))
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
