#!/usr/bin/env bash
# LibreOffice 25.2.3 with Python 3.11.2 (python3-uno): an error of UNO that passes a context manager.
#
# Behaviour: an error that UNO raises within `with` becomes a RuntimeException "Couldn't convert <traceback ...> to a UNO
# type" where the context manager is a generator (contextlib.contextmanager); it stays what it is where it is a class.
# Whoever catches NoSuchElementException around the `with` does not catch it.
# One would guess: the two ways of writing a context manager do the same.
#
# Seen:
#     through a class: com.sun.star.container.NoSuchElementException
#     through a generator: com.sun.star.uno.RuntimeException
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
    from contextlib import contextmanager


    @contextmanager
    def generator():
        yield


    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False


    def raised(manager):
        try:
            with manager:
                document.Sheets.getByName("no such sheet")
        except Exception as error:
            return type(error).__name__


    document = opened()
    same("through a class", raised(Manager()), "com.sun.star.container.NoSuchElementException")
    same("through a generator", raised(generator()), "com.sun.star.uno.RuntimeException")
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
