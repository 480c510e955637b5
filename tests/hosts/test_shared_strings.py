"""Shared strings of the usual shape, taken without the parser: what is read is what the parser alone reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.xlsx.read import shared_strings
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts, read_shared_strings
from tests.hosts import xlsx_files

if TYPE_CHECKING:
    from pathlib import Path

NEVER = re.compile(rb"(?!)").fullmatch
USUAL = "<si><t>one</t></si><si><t>two</t></si>"

# What stands between two usual strings and more of them, and the texts there are then; None: refused.
CASES: dict[str, tuple[str, list[str] | None]] = {
    "nothing": ("", []),
    "spaces kept": ('<si><t xml:space="preserve"> a </t></si>', [" a "]),
    "empty": ("<si><t></t></si><si><t/></si><si/>", ["", "", ""]),
    "Cyrillic": ("<si><t>Иванов</t></si>", ["Иванов"]),
    "entities": ("<si><t>a&amp;b &lt; &#65;</t></si>", ["a&b < A"]),
    "an escape": ("<si><t>a_x0041_b</t></si>", ["aAb"]),
    "rich": ("<si><r><t>a</t></r><r><t>b</t></r></si>", ["ab"]),
    "a hint": ("<si><t>a</t><rPh sb='0' eb='1'><t>x</t></rPh></si>", ["a"]),
    "a line's end": ("<si><t>a\r\nb</t></si>", ["a\nb"]),
    "CDATA": ("<si><t><![CDATA[<si>]]></t></si>", ["<si>"]),
    "a comment with strings": (f"<!-- {USUAL} --><si><t>a</t></si>", ["a"]),
    "a comment that begins between": (f"<!-- </si>{USUAL} --><si><t>a</t></si>", ["a"]),
    "an instruction with strings": (f"<?x {USUAL} ?><si><t>a</t></si>", ["a"]),
    "strings within something else": (f"<ext>{USUAL}{USUAL}</ext>", []),
    "another's name": (f'<ext xmlns="urn:x">{USUAL}{USUAL}</ext>', []),
    "an own prefix": (f'<x:si xmlns:x="{MAIN}"><x:t>a</x:t></x:si>', ["a"]),
    "another's string": ('<si xmlns="urn:x"><t>a</t></si>', []),
    "a sign no XML holds": ("<si><t>a\x01</t></si>", None),
    "a string in a string": ("<si><si><t>a</t></si></si>", ["a"]),
    "not closed": ("<si><t>a</si>", None),
    "another begins": ("<sx><t>a</t></si>", None),
    "another ends": ("<si><t>a</s></si>", None),
}


def sheet_of(between: str, after: str = "</sst>") -> bytes:
    return f'<sst xmlns="{MAIN}">{USUAL}{between}{USUAL * 9}{after}'.encode()


def read(path: Path, limits: Limits) -> list[str] | str:
    with Package(path, limits) as package:
        try:
            found = read_shared_strings(package, "xl/sharedStrings.xml")
        except UnusableFile as refused:
            return refused.code
        return [found[index] for index in range(len(found))]


def both(path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    limits = Limits(chunk=chunk)
    quick = read(path, limits)
    with monkeypatch.context() as parser_alone:
        parser_alone.setattr(shared_strings, "_PLAIN", NEVER)
        return [quick, read(path, limits)]


@pytest.mark.parametrize("chunk", [5, 40, 64, 250, 1 << 16])
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_parser_reads_the_same(
    case: tuple[str, list[str] | None], chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between, texts = case
    path = tmp_path / "book.xlsx"
    xlsx_files.book(xlsx_files.ONE_ROW, strings=sheet_of(between))(path)
    ways = both(path, chunk, monkeypatch)
    assert ways[0] == ways[1]
    usual = ["one", "two"]
    assert ways[0] == ("bad_xml" if texts is None else [*usual, *texts, *usual * 9])


@pytest.mark.parametrize("chunk", [40, 64, 250, 1 << 16])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sheet_of("<si><t>?</t></si>").replace(b"?", b"\xc3"), "bad_xml"),
        (sheet_of("<si><t>?</t></si>").replace(b"?", b"\xed\xa0\x80"), "bad_xml"),
        (sheet_of("<si><t>?</t></si><si><t>!</t></si>").replace(b"?", b"\xc3").replace(b"!", b"\xa9"), "bad_xml"),
        (sheet_of("", after=""), "bad_xml"),
        (sheet_of("", after="</sst><si><t>a</t></si>"), "bad_xml"),
        (b"<!DOCTYPE x>" + sheet_of(""), "dtd"),
    ],
    ids=["a letter cut", "half a letter", "halves of a letter", "no end", "behind the end", "a DTD"],
)
def test_what_is_broken_is_refused(
    data: bytes, code: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(xlsx_files.ONE_ROW, strings=data)(path)
    assert both(path, chunk, monkeypatch) == [code, code]


@given(st.lists(st.text()), st.integers(0, 5))
def test_packed_texts_are_a_list(texts: list[str], first: int) -> None:
    kept = [text for text in texts if text.encode("utf-8", "ignore").decode() == text]
    packed = PackedTexts()
    for some in (kept[:first], kept[first:]):
        packed.extend([text.encode() for text in some])
    assert [packed[index] for index in range(len(packed))] == kept
    assert packed.size == sum(len(text.encode()) for text in kept)
    with pytest.raises(IndexError):
        packed[len(kept)]
