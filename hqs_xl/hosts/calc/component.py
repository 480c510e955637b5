"""What LibreOffice loads: the file component.py at the top of the package; all else is in ``pythonpath`` beside it.

It refuses in words where LibreOffice or its Python is too old. So it has to run on any Python 3, and holds its
sentences itself: the others are read by a module that an old Python lacks.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, Callable, Sequence  # noqa: UP035 - where collections.abc has it no old Python can subscript it

import uno
import unohelper

OLDEST_OFFICE, OLDEST_PYTHON = (25, 2), (3, 11)


def installed(context: Any) -> tuple[str, str]:
    """LibreOffice's version, such as "25.2", and the language of its windows, such as "ru"."""
    product, language = ("Product", "ooSetupVersion"), ("L10N", "ooLocale")
    version, locale = (_setup(context, node).getPropertyValue(name) for node, name in (product, language))
    return str(version), str(locale)


def _setup(context: Any, node: str) -> Any:
    path = uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", f"/org.openoffice.Setup/{node}")
    create = context.ServiceManager.createInstanceWithContext
    provider = create("com.sun.star.configuration.ConfigurationProvider", context)
    return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (path,))


def refusal(office: str, python: Sequence[int], locale: str = "") -> str:
    """Why nothing can be answered here; blank when all is well."""
    russian = locale.lower().partition("-")[0] == "ru"
    if tuple(map(int, office.split(".")[:2])) < OLDEST_OFFICE:
        if russian:
            return f"#HQS! нужен LibreOffice 25.2 или новее, а это {office}"
        return f"#HQS! LibreOffice 25.2 or later is needed, this is {office}"
    if tuple(python[:2]) < OLDEST_PYTHON:
        version = ".".join(map(str, python[:2]))
        if russian:
            return f"#HQS! нужен Python 3.11 или новее, в LibreOffice {office} он {version}: обновите LibreOffice"
        return f"#HQS! Python 3.11 or later is needed, LibreOffice {office} has {version}: install a newer LibreOffice"
    return ""


def refusing(why: str) -> Callable[..., Any]:
    """The add-in where nothing can be answered: whatever is asked, it says why."""
    from hqsxl.calc import XFunctions  # noqa: PLC0415 - not to be had before this package is registered

    class Refusing(unohelper.Base, XFunctions):
        def __init__(self, context: Any) -> None:
            self.context = context

        def __getattr__(self, name: str) -> Callable[..., Any]:
            if not name.startswith("hqs"):
                raise AttributeError(name)
            return lambda *_: ((why,),)

    return Refusing


def refusing_menu(why: str) -> Callable[..., Any]:
    """The menu where nothing can be done: whatever is chosen, a message box says why."""
    from com.sun.star.task import XJobExecutor  # noqa: PLC0415 - as above, for whoever reads this file without UNO

    class Refusing(unohelper.Base, XJobExecutor):
        def __init__(self, context: Any) -> None:
            self.context = context

        def trigger(self, _: str) -> None:
            desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
            window = desktop.getCurrentFrame().getContainerWindow()
            kind, only_ok = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX"), 1
            window.getToolkit().createMessageBox(window, kind, only_ok, "HQS", why.replace("#HQS! ", "")).execute()

    return Refusing


def creator(module: str, name: str) -> Callable[..., Any]:
    """What creates an object of a class, whose module is loaded only then: one that fails takes no other with it."""

    def create(*arguments: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments)

    return create


def load_ours() -> Any:
    """Our package from beside this file, whatever else of the same name this Python may find."""
    folder = os.path.join(os.path.dirname(__file__), "pythonpath")  # noqa: PTH118, PTH120 - as the loader gives it
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("hqs_xl.hosts.calc.names")
    finally:
        sys.path.remove(folder)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the loader looks for this name
names = load_ours()
version, locale = installed(uno.getComponentContext())
why = refusal(version, sys.version_info[:2], locale)
for implementation, (module, name, services) in names.IMPLEMENTATIONS.items():
    create = creator(module, name)
    if why:
        create = refusing(why) if implementation == names.FUNCTIONS else refusing_menu(why)
    g_ImplementationHelper.addImplementation(create, implementation, services)
