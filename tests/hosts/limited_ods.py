"""Files around a limit of the .ods reader. The limits are lowered, so that nothing here harms anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.files.limits import Limits
from tests.hosts.limited_files import DEPTH, NAMES, SMALL, TEXT, TOKEN, Bound, each
from tests.hosts.ods_files import BODY, book, cell, changed, manifest, row, sheet, table, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.hosts.limited_files import Write

# Rows enough that those behind them are passed over when the file is looked through.
USUAL = BODY * 40


def paragraph(inner: str) -> str:
    return cell(f"<text:p>{inner}</text:p>", office_value_type="string")


def nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


def texts() -> Iterator[Bound]:
    def bound(name: str, write: Callable[[int], Write], most: int, limits: Limits = TEXT) -> Bound:
        return Bound(f"signs of {name}", limits, write, most)

    # Each paragraph counts one more, for the line's end.
    # Whole in one chunk, in many, and in some that are kept until a pattern takes the row.
    for how, limits in (
        ("", TEXT),
        (" in one go", Limits(text=SMALL)),
        (" in a row kept", Limits(chunk=1024, text=SMALL)),
    ):
        yield bound(f"a text{how}", lambda size: sheet(row(text("x" * size))), SMALL - 1, limits)
        yield bound(
            f"a text after usual rows{how}", lambda size: sheet(USUAL, row(text("x" * size)), USUAL), SMALL - 1, limits
        )
        yield bound(f"paragraphs{how}", lambda size: sheet(row(cell("<text:p/>" * size))), SMALL, limits)
        yield bound(
            f"paragraphs after usual rows{how}",
            lambda size: sheet(USUAL, row(cell("<text:p/>" * size)), USUAL),
            SMALL,
            limits,
        )
    # Spaces said by their number count twice: before they are made, and in the text.
    yield bound(
        "spaces by their number", lambda size: sheet(row(paragraph(f'<text:s text:c="{size}"/>'))), (SMALL - 1) // 2
    )
    yield bound(
        "spaces again and again",
        lambda count: sheet(row(paragraph(f'<text:s text:c="{SMALL // 16}"/>' * count))),
        7,
    )


def depths() -> Iterator[Bound]:
    """The document, its body and the spreadsheet are three deep, a cell three more."""
    yield Bound("depth around the sheets", DEPTH, lambda depth: book(nested("draw:g", depth)), DEPTH.depth - 3)
    yield Bound("depth within a cell", DEPTH, lambda depth: sheet(row(cell(nested("draw:g", depth)))), DEPTH.depth - 6)
    yield Bound(
        "depth of groups",
        DEPTH,
        lambda depth: sheet("<table:table-row-group>" * depth + row() + "</table:table-row-group>" * depth),
        DEPTH.depth - 5,
    )
    # Passed over when the file is looked through.
    wide = Limits(chunk=1024, depth=DEPTH.depth)
    yield Bound(
        "depth within a cell after usual rows",
        wide,
        lambda depth: sheet(USUAL, row(cell(nested("draw:g", depth))), USUAL),
        DEPTH.depth,
    )
    yield Bound(
        "depth of spans after usual rows",
        wide,
        lambda depth: sheet(USUAL, row(paragraph(nested("text:span", depth))), USUAL),
        DEPTH.depth,
    )
    yield Bound("depth of the manifest", DEPTH, lambda depth: changed(manifest=manifest("/", nested("x", depth))), 10)


def sizes() -> Iterator[Bound]:
    in_row = Limits(chunk=256, pending=256, row=SMALL)
    piece = text("x" * 50)
    footer = '<table:database-range table:target-range-address="Some.A1:Some.B2" calcext:contains-footer="true"/>'
    yield Bound("bytes of a row", in_row, lambda size: sheet(row(*[piece] * (size // len(piece)))), 3500, over=5500)
    yield Bound(
        "filled cells, by columns", Limits(filled=20), lambda times: sheet(row(text("a", times=times), times=4)), 5
    )
    yield Bound(
        "filled cells, by rows", Limits(filled=20), lambda times: sheet(BODY, row(text("a", times=4), times=times)), 4
    )
    yield Bound("filled cells, one by one", Limits(filled=20), lambda count: sheet(BODY * count), 20)
    # A name counts its signs and a hundred.
    yield Bound(
        "names of sheets",
        Limits(named=1000),
        lambda count: book("".join(table(BODY, f"a sheet of 24 signs  {number:03}") for number in range(count))),
        8,
    )
    yield Bound(
        "names of ranges",
        Limits(named=1000),
        lambda count: sheet(BODY, after=f"<table:database-ranges>{footer * count}</table:database-ranges>"),
        8,
    )


def digits() -> Iterator[Bound]:
    three = Limits(digits=3)
    yield Bound("digits of columns", three, lambda times: sheet(BODY, row(cell(times=times))), 999, "bad_xml")
    yield Bound("digits of rows", three, lambda times: sheet(BODY, row(cell(), times=times)), 999, "bad_xml")
    yield Bound(
        "digits of spaces",
        three,
        lambda times: sheet(BODY, row(paragraph(f'<text:s text:c="{times}"/>'))),
        999,
        "bad_xml",
    )


def names() -> Iterator[Bound]:
    # However long one is, the limit of a tag's bytes comes first.
    yield Bound("signs of a sheet's name", Limits(named=1000), lambda size: book(table(BODY, "x" * size)), 900)


def tokens() -> Iterator[Bound]:
    def bound(name: str, write: Callable[[int], Write]) -> Bound:
        return Bound(f"bytes of {name}", TOKEN, write, SMALL // 2, over=2 * SMALL)

    yield bound("an attribute", lambda size: sheet(row(cell(table_formula="x" * size))))
    yield bound("a comment", lambda size: sheet(f"<!--{'x' * size}-->", BODY))
    yield bound("a comment full of rows", lambda size: sheet(f"<!--{BODY * (size // len(BODY))}-->", BODY))
    yield Bound("names of elements", NAMES, lambda count: sheet(each("<x{0}/>", count)), 17)
    yield Bound(
        "bytes of a part that is held whole",
        Limits(listed=SMALL),
        lambda size: changed(manifest=manifest("/").ljust(size)),
        SMALL,
        "too_large",
    )


STREAMED = (*texts(), *sizes(), *tokens())
BOUNDS = (*depths(), *digits(), *names(), *STREAMED)
