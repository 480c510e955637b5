"""Each kind of file people take for a workbook is told what it is and what to do, by every command that reads one."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import open_book
from hqs_xl.texts import LANGUAGES
from tests.hosts.odd_files import backslashed
from tests.hosts.ods_files import changed, manifest
from tests.hosts.other_kinds import KINDS, compound
from tests.hosts.refused_ods import GOOD
from tests.hosts.xlsx_files import book, content_types, file, links, parts, workbook, zipped
from tests.roster_files import roster_file, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

XLSB = content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")
NAMELESS = '<sheet name="" sheetId="1" r:id="rId1"/>'
BY_CODE = {code: file(data) for _, data, code in reversed(KINDS)}
# What each is told, in English and Russian: what the file is, and what to do with it.
SAID: dict[str, tuple[Callable[[Path], None], str, str, str, str]] = {
    "csv": (BY_CODE["plain_text"], "as a .csv is", "save it as Excel Workbook", "как в .csv", "«Книга Excel»"),
    "web page": (BY_CODE["web_page"], "web page", "save it as Excel Workbook", "веб-страница", "«Книга Excel»"),
    "xml 2003": (
        BY_CODE["xml_spreadsheet"],
        "XML Spreadsheet 2003",
        "end in .xml",
        "Таблица XML 2003",
        "окончание .xml",
    ),
    "excel 2": (BY_CODE["oldest_xls"], "Excel 2 to 4", "in LibreOffice", "Excel 2–4", "в LibreOffice"),
    "excel 5": (file(compound("Book")), ".xls kind", "save it as .xlsx", "вида .xls", "сохраните как .xlsx"),
    "excel 97": (file(compound("Workbook")), ".xls kind", "save it as .xlsx", "вида .xls", "сохраните как .xlsx"),
    "excel 97 without ole": (BY_CODE["old_xls"], ".xls kind", "save it as .xlsx", "вида .xls", "сохраните как .xlsx"),
    "locked": (file(compound("EncryptionInfo")), "encrypted", "remove the password", "зашифрована", "снимите пароль"),
    "word 97": (
        file(compound("WordDocument")),
        "older Office",
        "in its own program",
        "старой программы",
        "в своей программе",
    ),
    "xlsb": (book(types=XLSB), "binary workbook", "save it as .xlsx", "двоичная книга", "сохраните как .xlsx"),
    "pdf": (BY_CODE["pdf"], "PDF", "the workbook it was printed from", "PDF", "книгу, из которой"),
    "archive": (BY_CODE["archive"], "packed archive", "unpack it", "архив", "распакуйте его"),
    "word": (book(types=content_types("x")), "no workbook", "choose an .xlsx", "нет книги", "выберите .xlsx"),
    "rich text": (BY_CODE["not_a_zip"], "no Excel workbook", "program it was made with", "не книга", "где он сделан"),
    "empty": (file(b""), "empty (0 bytes)", "good copy", "пуст", "исправную копию"),
    "cut": (file(zipped(parts())[:-30]), "damaged", "open it in Excel", "повреждён", "откройте файл в Excel"),
    "cut .ods": (file(GOOD[:-30]), "damaged", "open it in LibreOffice", "повреждён", "откройте файл в LibreOffice"),
    "part missing": (
        book(sheet=None, book=workbook(NAMELESS)),
        "(xl/worksheets/sheet1.xml)",
        "let it repair",
        "(xl/worksheets/sheet1.xml)",
        "дайте его восстановить",
    ),
    "sheet of no part": (
        book(book=workbook(NAMELESS), book_links=links()),
        "sheet 1 of xl/workbook.xml («rId1»)",
        "let it repair",
        "листа 1 из xl/workbook.xml («rId1»)",
        "дайте его восстановить",
    ),
}


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_a_file_is_known_by_its_bytes(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnusableFile) as caught:
        open_book(path)
    assert caught.value.code == code


@pytest.mark.parametrize("command", ["check", "refresh", "due", "ics", "notice"])
@pytest.mark.parametrize("kind", SAID)
def test_every_command_says_what_it_is_and_what_to_do(
    kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write, *said = SAID[kind]
    path = tmp_path / "roster.xlsx"
    write(path)
    before = path.read_bytes()
    more = {"notice": ["P-1", "--kind", "concluded"]}.get(command, [])
    for lang, words in zip(LANGUAGES, (said[:2], said[2:]), strict=True):
        assert run(command, path, *more, "--lang", lang) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "roster.xlsx: " in captured.err
        assert captured.err.count("\n") == 1
        assert [word for word in words if word not in captured.err] == []
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["roster.xlsx"]


@pytest.mark.parametrize("name", ["~$roster.xlsx", ".~lock.roster.xlsx#"])
def test_a_lock_file_is_told_to_be_one(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x05Zelda".ljust(55) + "Zelda".encode("utf-16le"))
    for lang, words in (("en", "choose the workbook of that name"), ("ru", "выберите саму книгу")):
        assert run("check", path, "--lang", lang) == 2
        assert words in capsys.readouterr().err


def test_names_with_backslashes_are_read_but_not_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, path = roster_file(tmp_path / "plain.xlsx", hiring_order=None), tmp_path / "roster.xlsx"
    with zipfile.ZipFile(plain) as archive:
        path.write_bytes(zipped(backslashed({name: archive.read(name) for name in archive.namelist()})))
    before = path.read_bytes()
    found = []
    for source in (plain, path):
        assert run("check", source, "--as-of", "2026-02-16") == 1
        found.append(capsys.readouterr().out.replace("plain", "roster"))
    assert found[0] == found[1]
    for lang, words in (("en", "older .NET"), ("ru", "старый .NET")):
        assert run("refresh", path, "--lang", lang) == 2
        assert words in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("manifest_alone", [False, True], ids=["by its first member", "by its manifest"])
def test_a_broken_opendocument_is_to_be_mended_in_libreoffice(manifest_alone: bool, tmp_path: Path) -> None:
    path = tmp_path / "roster.ods"
    changed(content=b"<x", **({"kind": None, "manifest": manifest("/")} if manifest_alone else {}))(path)
    with pytest.raises(UnusableFile) as caught:
        open_book(path)
    assert "open the file in LibreOffice, let it repair" in str(caught.value)
