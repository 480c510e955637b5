"""Files around a limit. The limits are lowered, so that a page of text is too much and nothing here harms anybody."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hqs_xl.hosts.files.limits import Limits
from tests.hosts.xlsx_files import (
    GOOD_ROWS,
    ONE_ROW,
    TABLE_LINK,
    book,
    content_types,
    inline,
    links,
    parts,
    sheet,
    strings,
    table,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Write = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit: ``write(most)`` makes a file that is read, ``write(over)`` one that is refused by ``code``."""

    name: str
    limits: Limits
    write: Callable[[int], Write]
    most: int
    code: str = "bomb"
    over: int = 0  # one more, where nothing is said

    @property
    def more(self) -> int:
        """The least that is tried to be refused."""
        return self.over or self.most + 1


# ---- the zip ------------------------------------------------------------------------------------------------------


def members(count: int) -> Write:
    """A package of so many members."""
    whole = parts()
    return packed(whole | {f"xl/{number}": b"" for number in range(count - len(whole))})


def directory(size: int) -> Write:
    """A package whose directory has so many bytes, for one of its members has a long comment."""
    plain = sum(46 + len(name) for name in parts())

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts().items():
                info = zipfile.ZipInfo(name)
                info.comment = b"x" * (size - plain) if name.endswith("workbook.xml") else b""
                archive.writestr(info, data)

    return write


def total(size: int) -> Write:
    """A package whose members inflate to so many bytes."""
    return packed(parts() | {"xl/other.bin": bytes(size - sum(map(len, parts().values())))})


def spaces(size: int) -> Write:
    """A package with a member of so many spaces, deflated to one in a hundred and fewer."""
    return packed(parts() | {"xl/other.xml": b" " * size}, zipfile.ZIP_DEFLATED)


def packed(whole: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, data in whole.items():
                archive.writestr(name, data)

    return write


def zips() -> Iterator[Bound]:
    yield Bound("members", Limits(members=9), members, 9, "too_many_members")
    yield Bound("bytes of the directory", Limits(chunk=512, directory=5000), directory, 5000, "too_many_members")
    yield Bound("bytes of all members", Limits(total=5000), total, 5000, "too_large")
    yield Bound("bytes of a member that inflates far", Limits(inflated=4096, ratio=100), spaces, 4096)


# ---- the parts ----------------------------------------------------------------------------------------------------

SMALL = 4096
TEXT = Limits(chunk=512, pending=1024, text=SMALL)
# The parser tells what is unfinished only between chunks, and may be late by as much again.
TOKEN = Limits(chunk=256, pending=256, token=SMALL)
NAMES = Limits(names=40)
DEPTH = Limits(depth=12)


def value(size: int) -> str:
    return f'<row r="1"><c r="A1" t="str"><v>{"x" * size}</v></c></row>'


def late(row: str) -> str:
    """A row after those of the usual shape, which are read by patterns."""
    return GOOD_ROWS + row.replace("1", "5")


def runs(size: int) -> str:
    return f"<r><t>{'x' * (size // 2)}</t></r><r><t>{'x' * (size - size // 2)}</t></r>"


def item(size: int) -> str:
    return f"<si><t>{'x' * size}</t></si>"


def rich(inner: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is>{inner}</is></c></row>'


USUAL = "<si><t>one</t></si>"


def texts() -> Iterator[Bound]:
    def bound(name: str, write: Callable[[int], Write], limits: Limits = TEXT) -> Bound:
        return Bound(f"signs of {name}", limits, write, SMALL)

    # Whole in one chunk, and in many.
    for how, limits in (("", TEXT), (" in one go", Limits(text=SMALL))):
        yield bound(f"a value{how}", lambda size: book(value(size)), limits)
        yield bound(f"a value after usual rows{how}", lambda size: book(late(value(size))), limits)
        yield bound(f"a number{how}", lambda size: book(value(size).replace("x", "1").replace("str", "n")), limits)
        yield bound(f"a formula{how}", lambda size: book(value(size).replace("v>", "f>")), limits)
        yield bound(f"an inline text{how}", lambda size: book(f'<row r="1">{inline("A1", "x" * size)}</row>'), limits)
        yield bound(f"runs{how}", lambda size: book(rich(runs(size))), limits)
        yield bound(f"a shared text{how}", lambda size: book(texts=strings(item(size))), limits)
        yield bound(
            f"a shared text after usual ones{how}",
            lambda size: book(texts=strings(*[USUAL] * 9, item(size), *[USUAL] * 9)),
            limits,
        )
        yield bound(f"shared runs{how}", lambda size: book(texts=strings(f"<si>{runs(size)}</si>")), limits)
    yield bound("many runs", lambda size: book(rich("<r><t>x</t></r>" * size)))
    yield bound("many shared runs", lambda size: book(texts=strings(f"<si>{'<r><t>x</t></r>' * size}</si>")))


def nested(depth: int) -> str:
    return "<a>" * depth + "</a>" * depth


def depths() -> Iterator[Bound]:
    below_root = DEPTH.depth - 1
    yield Bound("depth outside the rows", DEPTH, lambda depth: book(sheet=sheet("", after=nested(depth))), below_root)
    yield Bound("depth in a row", DEPTH, lambda depth: book(f'<row r="1">{nested(depth)}</row>'), DEPTH.depth)
    yield Bound("depth in an inline text", DEPTH, lambda depth: book(rich(nested(depth))), DEPTH.depth)
    yield Bound(
        "depth in a shared text", DEPTH, lambda depth: book(texts=strings(f"<si>{nested(depth)}</si>")), DEPTH.depth
    )
    yield Bound("depth in the strings", DEPTH, lambda depth: book(texts=strings(nested(depth))), below_root)
    yield Bound(
        "depth in the workbook",
        DEPTH,
        lambda depth: book(book=workbook().replace("<sheets>", nested(depth) + "<sheets>")),
        below_root,
    )
    yield Bound(
        "depth in the content types",
        DEPTH,
        lambda depth: book(types=content_types().replace("</Types>", nested(depth) + "</Types>")),
        below_root,
    )
    yield Bound(
        "depth in a table",
        DEPTH,
        lambda depth: book(
            sheet_links=TABLE_LINK, table=table('ref="A1:A2"').replace("/>", f">{nested(depth)}</table>")
        ),
        below_root,
    )


def tokens() -> Iterator[Bound]:
    def bound(name: str, write: Callable[[int], Write]) -> Bound:
        return Bound(f"bytes of {name}", TOKEN, write, SMALL // 2, over=2 * SMALL)

    yield bound("a tag", lambda size: book(f'<row r="1"{" " * size}/>'))
    yield bound("an attribute", lambda size: book(f'<row r="1" a="{"x" * size}"/>'))
    yield bound("a comment", lambda size: book(f"<!--{'x' * size}-->{ONE_ROW}"))
    yield bound("a comment full of rows", lambda size: book(f"<!--{'<row></row>' * (size // 11)}-->{ONE_ROW}"))
    yield bound("an instruction", lambda size: book(f"<?x {'x' * size}?>{ONE_ROW}"))
    yield bound("a tag in the strings", lambda size: book(texts=strings(f"<si{' ' * size}/>")))


def each(pattern: str, count: int) -> str:
    return "".join(pattern.format(number) for number in range(count))


def names() -> Iterator[Bound]:
    # Those that the parser meets in the rest of the part count too.
    yield Bound("names of elements", NAMES, lambda count: book(each("<n{0}/>", count)), 36)
    yield Bound("prefixes in tags of their own", NAMES, lambda count: book(each('<p{0}:a xmlns:p{0}="u"/>', count)), 34)
    yield Bound("prefixes in one tag", NAMES, lambda count: book("<row" + each(' xmlns:p{0}="u"', count) + "/>"), 34)


def attributes() -> Iterator[Bound]:
    # However many there are in a tag, the limit of its bytes comes first.
    yield Bound("names of attributes", NAMES, lambda count: book("<row " + each('a{0}="" ', count) + "/>"), 35)


def sizes() -> Iterator[Bound]:
    row = Limits(chunk=256, pending=256, row=SMALL)
    piece = f"<a>{' ' * 100}</a>"
    formula = '<c><f t="shared" si="{0}">NOW()</f></c>'
    link = '<Relationship Id="{0}" Type="t" Target="x"/>'
    yield Bound(
        "bytes of a row", row, lambda size: book(f'<row r="1">{piece * (size // len(piece))}</row>'), 3500, over=5500
    )
    yield Bound(
        "bytes of a row after usual ones",
        row,
        lambda size: book(f'{GOOD_ROWS}<row r="5">{piece * (size // len(piece))}</row>'),
        3500,
        over=5500,
    )
    yield Bound(
        "shared formulas that are now",
        Limits(live_formulas=3),
        lambda count: book(f"<row>{each(formula, count)}</row>"),
        3,
    )
    for how, text in (("", "<si><t>x</t></si>"), (" with entities", "<si><t>&amp;</t></si>")):
        yield Bound(
            f"bytes of all shared texts{how}",
            Limits(shared_text=80),
            lambda count, text=text: book(texts=strings(text * count)),  # type: ignore[misc]
            80,
            "too_large",
        )
        yield Bound(
            f"shared texts{how}",
            Limits(shared=2),
            lambda count, text=text: book(texts=strings(text * count)),  # type: ignore[misc]
            2,
            "too_large",
        )
    yield Bound(
        "bytes of a part that is held whole",
        Limits(listed=SMALL),
        lambda size: book(book=workbook() + " " * (size - len(workbook()))),
        SMALL,
        "too_large",
    )
    yield Bound(
        "relationships",
        Limits(relationships=5),
        lambda count: book(sheet_links=links().replace("></", f">{each(link, count)}</")),
        5,
        "bad_xml",
    )


# Those that a file could go beyond without end.
STREAMED = (*texts(), *tokens(), *names(), *sizes())
BOUNDS = (*zips(), *depths(), *attributes(), *STREAMED)
