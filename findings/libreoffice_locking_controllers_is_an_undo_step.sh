#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc, UNO: lockControllers() within an undo context.
#
# Behaviour: an undo context in which nothing is done but lockControllers() and unlockControllers() leaves a step for
# people to undo that undoes nothing. Outside a context the two calls leave none, and an empty context leaves none.
# One would guess: locking the controllers, which only keeps the screen still, is no change of the document.
#
# Seen:
#     lock and unlock: ()
#     an empty context: ()
#     lock and unlock in a context: ('locked',)
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
    steps = document.UndoManager


    def locked():
        document.lockControllers()
        document.unlockControllers()


    def in_context(title, act):
        steps.enterUndoContext(title)
        act()
        steps.leaveUndoContext()


    locked()
    same("lock and unlock", steps.getAllUndoActionTitles(), ())
    in_context("empty", lambda: None)
    same("an empty context", steps.getAllUndoActionTitles(), ())
    in_context("locked", locked)
    same("lock and unlock in a context", steps.getAllUndoActionTitles(), ("locked",))
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
