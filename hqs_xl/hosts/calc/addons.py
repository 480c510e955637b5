"""The menu and toolbar "HQS" of LibreOffice: the ribbon's groups and labels, as configuration of the extension.

Each entry calls the service of ``menu`` with the button's name; English and Russian stand side by side, and LibreOffice
shows the one of its own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from hqs_xl.buttons.groups import GROUPS, Button
from hqs_xl.hosts.calc import names
from hqs_xl.texts import LANGUAGES, say

MENU, TOOLBAR = "Addons.xcu", "CalcWindowState.xcu"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
# English is what every other language falls back on.
LOCALES = dict(zip(LANGUAGES, ("en-US", "ru"), strict=True))
# What LibreOffice has of its own: it is added to, and not put in whole.
_LIBREOFFICES = {"AddonUI", "OfficeMenuBar", "OfficeToolBar", "Submenu", "UIElements", "States"}


def menu_xcu() -> str:
    """The menu beside Calc's own ones, and the entries of the toolbar."""
    menu = _node(names.MENU, _texts("Title", "ribbon.tab"), _property("Context", CALC), _node("Submenu", *_entries()))
    toolbar = _node(names.MENU, *_entries())
    body = _node("AddonUI", _node("OfficeMenuBar", menu), _node("OfficeToolBar", toolbar))
    return _configuration("org.openoffice.Office", "Addons", body)


def toolbar_xcu() -> str:
    """What the toolbar is called, and that it stands at the top, in a row of its own, until somebody moves it."""
    place = {"Visible": "true", "Docked": "true", "DockingArea": "0", "DockPos": "0,3"}
    toolbar = f"private:resource/toolbar/addon_{names.MENU}"
    state = _node(toolbar, _texts("UIName", "ribbon.tab"), *(_property(name, value) for name, value in place.items()))
    return _configuration("org.openoffice.Office.UI", "CalcWindowState", _node("UIElements", _node("States", state)))


def _configuration(package: str, name: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"\n'
        f'    xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{name}" oor:package="{package}">\n'
        f"{body}</oor:component-data>\n"
    )


def _entries() -> Iterator[str]:
    """The buttons in order, a line between groups; LibreOffice orders entries by their names, shorter ones first."""
    lines: list[Button | None] = []
    for buttons in GROUPS.values():
        lines += [None, *buttons] if lines else buttons
    for place, button in enumerate(lines, 1):
        name = f"N{place:02}"
        yield _entry(name, button) if button else _node(name, _property("URL", "private:separator"))


def _entry(name: str, button: Button) -> str:
    return _node(
        name,
        _property("URL", f"service:{names.MENU}?{button.macro}"),
        _texts("Title", f"ribbon.label.{button.macro}"),
        _property("Target", "_self"),
        _property("Context", CALC),
    )


def _node(name: str, *parts: str) -> str:
    own = "" if name in _LIBREOFFICES else ' oor:op="replace"'
    return f"<node oor:name={quoteattr(name)}{own}>\n{''.join(parts)}</node>\n"


def _texts(name: str, key: str) -> str:
    values = "".join(f'<value xml:lang="{locale}">{escape(say(key, lang))}</value>' for lang, locale in LOCALES.items())
    return f'<prop oor:name="{name}">{values}</prop>\n'


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(value)}</value></prop>\n'
