"""The menu and toolbar "HQS" of LibreOffice: the ribbon's groups and labels, as ``Addons.xcu`` of an extension.

Each entry calls the service of ``menu`` with the button's name; English and Russian stand side by side, and
LibreOffice shows the one of its own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from hqs_xl.buttons import GROUPS, Button
from hqs_xl.texts import LANGUAGES, say

PART = "Addons.xcu"
# Names of configuration and service; whoever has put the toolbar somewhere has it there by these.
NAME = "hqsxl.calc.Menu"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
# English is what every other language falls back on.
LOCALES = dict(zip(LANGUAGES, ("en-US", "ru"), strict=True))


def addons_xcu() -> bytes:
    """The menu beside Calc's own ones, and the toolbar."""
    menu = _node(NAME, _texts("ribbon.tab"), _property("Context", CALC), _node("Submenu", *_entries()))
    toolbar = _node(NAME, *_entries())
    body = _node("AddonUI", _node("OfficeMenuBar", menu), _node("OfficeToolBar", toolbar))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="Addons" oor:package="org.openoffice.Office">\n'
        f"{body}</oor:component-data>\n"
    ).encode()


def _entries() -> Iterator[str]:
    """The buttons in order, a line between groups; LibreOffice sorts entries by name."""
    for place, (name, buttons) in enumerate(GROUPS.items()):
        if place:
            yield _node(f"{place}-{name}", _property("URL", "private:separator"))
        for number, button in enumerate(buttons):
            yield _entry(f"{place}-{name}-{number}", button)


def _entry(name: str, button: Button) -> str:
    return _node(
        name,
        _property("URL", f"service:{NAME}?{button.macro}"),
        _texts(f"ribbon.label.{button.macro}"),
        _property("Target", "_self"),
        _property("Context", CALC),
    )


def _node(name: str, *parts: str) -> str:
    # What LibreOffice has of its own is added to, what is ours put in whole.
    own = "" if name in {"AddonUI", "OfficeMenuBar", "OfficeToolBar", "Submenu"} else ' oor:op="replace"'
    return f"<node oor:name={quoteattr(name)}{own}>\n{''.join(parts)}</node>\n"


def _texts(key: str) -> str:
    values = "".join(f'<value xml:lang="{locale}">{escape(say(key, lang))}</value>' for lang, locale in LOCALES.items())
    return f'<prop oor:name="Title" oor:type="xs:string">{values}</prop>\n'


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>\n'
