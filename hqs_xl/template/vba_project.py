"""The workbook's VBA project: xlwings' glue, the functions' wrappers and helps, the ribbon's callbacks.

Written by pyOpenVBA as source only; Excel compiles it when it opens the workbook. Code is cp1252 with CRLF lines;
Cyrillic stays out of it, and stands there by its numbers.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.data import packaged
from hqs_xl.template.ribbon import callbacks
from hqs_xl.template.wrappers import Help, compilable, wrappers

if TYPE_CHECKING:
    from pyopenvba import ExcelFile

WORKBOOK = "ThisWorkbook"
WRAPPERS = "xlwings_udfs"
# MS-OVBA 2.3.4.1: the stream _VBA_PROJECT as a writer makes it, without a performance cache.
NO_CACHE = bytes.fromhex("CC61FFFF000100")
# MS-OVBA 2.3.4.2: the stream dir ends in a terminator and four reserved bytes.
DIR_END = bytes.fromhex("100000000000")
# Excel takes no longer name of a module, and no other characters.
CODE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
# What VBA's function Cyrillic reads: letters, and between them what is no digit of its numbers.
CYRILLIC = re.compile(r"[Ѐ-ӿ](?:[Ѐ-ӿ ,.:;()/-]*[Ѐ-ӿ.:;)])?")


def vba_project(sheet_code_names: Sequence[str], lang: str = "en") -> bytes:
    """``vbaProject.bin`` for a workbook of the code name ThisWorkbook whose sheets have these, in their order.

    ``lang``: what the functions' helps are in. The same bytes each time. ``ValueError`` when a code name is none, or
    taken.
    """
    _refuse_bad_names(sheet_code_names)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsm")
        _write_bare_book(file, sheet_code_names)
        _write_modules(file, lang)
        with zipfile.ZipFile(file) as package:
            return _to_the_letter(package.read("xl/vbaProject.bin"))


def modules(lang: str = "en") -> Mapping[str, str]:
    """The text of each module that holds code, by name, as the project stores it; lines end in CR LF."""
    made = wrappers()
    texts = {
        WORKBOOK: _source("ThisWorkbook.cls"),
        "HqsRibbon": callbacks(),
        "HqsHelp": _source("HqsHelp.bas") + "\n" + _describe_all(made.helps_in(lang)),
        WRAPPERS: compilable(made.vba).rstrip("\n") + "\n\n" + _source("cached_server.bas"),
        "xlwings": _glue("xlwings.bas"),
        "Dictionary": _with_licence(_glue("addin/Dictionary.cls")),
    }
    return {name: text.replace("\n", "\r\n") for name, text in texts.items()}


def _source(name: str) -> str:
    return packaged(f"template/vba/{name}").replace("\r\n", "\n")


def _glue(name: str) -> str:
    """A module of xlwings that is made to work without its add-in, from the installed wheel."""
    return files("xlwings").joinpath(name).read_bytes().decode("cp1252").replace("\r\n", "\n")


def _with_licence(dictionary: str) -> str:
    """VBA-Dictionary with the notice its licence asks for in every copy; xlwings carries it without."""
    before, first, after = dictionary.partition("Option Explicit\n")
    return before + _source("Dictionary_licence.bas") + first + after


def _describe_all(helps: Sequence[Help]) -> str:
    """The procedure that sets every help; the workbook is no more changed by it than it was."""
    calls = "".join(f"    {_describe(one)}\n" for one in helps)
    return (
        "Public Sub DescribeFunctions()\n    Dim WasSaved As Boolean\n    WasSaved = ThisWorkbook.Saved\n"
        f"{calls}    ThisWorkbook.Saved = WasSaved\nEnd Sub\n"
    )


def _describe(one: Help) -> str:
    # A line of VBA holds 1023 characters, so each argument has its own.
    arguments = ", _\n        ".join(map(_quoted, one.arguments))
    block = f", _\n        Array( _\n        {arguments})" if arguments else ""
    return f"Describe {_quoted(one.function)}, _\n        {_quoted(one.text)}{block}"


def _quoted(text: str) -> str:
    """A text as VBA writes it; Cyrillic and other signs beyond ASCII, such as «», by their numbers."""
    text = " ".join(text.split())
    runs, end = [], 0
    for found in CYRILLIC.finditer(text):
        runs += [*_quoted_runs(text[end : found.start()]), f'Cyrillic("{_numbers(found[0])}")']
        end = found.end()
    return " & ".join([*runs, *_quoted_runs(text[end:])]) or '""'


def _numbers(run: str) -> str:
    return "".join(letter if letter.isascii() else f"{ord(letter) - 0x400:02X}" for letter in run)


def _quoted_runs(text: str) -> list[str]:
    """The parts of a text without Cyrillic: ASCII in quotes, each other sign by its number."""
    return [
        '"' + run.replace('"', '""') + '"' if run.isascii() else f"ChrW({ord(run)})"
        for run in re.findall(r"[ -~]+|[^ -~]", text)
    ]


def _refuse_bad_names(sheet_code_names: Sequence[str]) -> None:
    taken = {name.casefold() for name in modules()}
    for name in sheet_code_names:
        if not CODE_NAME.fullmatch(name) or name.casefold() in taken:
            raise ValueError(f"{name!r} can't be a sheet's code name: taken, or not a name of VBA")
        taken.add(name.casefold())


def _write_bare_book(file: Path, sheet_code_names: Sequence[str]) -> None:
    """A workbook with these sheets and nothing on them: pyOpenVBA makes a project for a file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - of the extra "build"

    # In memory: XlsxWriter leaves its temporary files on a disk that is full.
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_vba_name(WORKBOOK)
        for name in sheet_code_names:
            book.add_worksheet().set_vba_name(name)
    file.write_bytes(content.getvalue())


def _write_modules(file: Path, lang: str) -> None:
    from pyopenvba import ExcelFile, VBAModuleKind  # noqa: PLC0415 - of the extra "build"

    with ExcelFile(file) as book:
        project = book.add_vba_project()
        _forget_template(book)
        for name, text in modules(lang).items():
            if name == WORKBOOK:
                book.set_module(name, text)
            else:
                kind = VBAModuleKind.other if name == "Dictionary" else VBAModuleKind.standard
                project.add_module(name, text, kind=kind)
        book.save()


def _forget_template(book: ExcelFile) -> None:
    """Write every document module anew: the template's own carry compiled code of another project."""
    for name, text in book.vba_modules().items():
        book.set_module(name, text)


def _to_the_letter(project: bytes) -> bytes:
    """The project as MS-OVBA has it: pyOpenVBA leaves an emptied cache of its template and four bytes too many."""
    from pyopenvba.cfb import CFB  # noqa: PLC0415
    from pyopenvba.vba import compress, decompress  # noqa: PLC0415

    container = CFB.from_bytes(project)
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_CACHE)
    directory = decompress(container.get_stream_in_storage("VBA", "dir"))
    records = directory.removesuffix(DIR_END + bytes(4)).removesuffix(DIR_END)
    container.write_stream_in_storage("VBA", "dir", compress(records + DIR_END))
    made: bytes = container.to_bytes()
    return made
