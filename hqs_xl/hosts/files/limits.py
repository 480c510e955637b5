"""How much of a file is read before it is refused: one value, handed down from the call that opens the file."""

from __future__ import annotations

from typing import NamedTuple

_KIB, _MIB, _GIB = 1 << 10, 1 << 20, 1 << 30


class Limits(NamedTuple):
    """Bounds that no real workbook comes near. Sizes are bytes, or signs where a text is spoken of."""

    # Read at a time: big enough to be quick, small enough to hold.
    chunk: int = 64 * _KIB
    # Kept back until a row or a shared string ends; 16,384 cells take about a million bytes.
    pending: int = _MIB

    # The zip's directory is read at one go: 10,000 members of 400 bytes each.
    directory: int = 4 * _MIB
    # Excel's biggest real workbooks hold some hundreds of parts.
    members: int = 10_000
    # All parts inflated. A full sheet of 1,048,576 rows and 40 columns is about 2 GiB.
    total: int = 4 * _GIB
    # How many times a part inflates that is bigger than ``inflated``: sheets of like rows 20 to 60 times, deflate's
    # limit is 1,032. Small parts of one repeated word may pass.
    ratio: int = 150
    inflated: int = 32 * _MIB

    # How far a file that is no zip is looked through for what it is: an OLE file, whose directory may stand anywhere,
    # and a text by its start. A flat .fods says so in its first tag, behind some forty namespaces.
    ole: int = 64 * _MIB
    text_start: int = 64 * _KIB

    # The parser keeps one unfinished tag, comment or instruction in memory.
    token: int = 16 * _MIB
    # Office nests about twenty elements deep.
    depth: int = 256
    # The parser remembers every different element, attribute and prefix name for good; Office has some hundreds.
    names: int = 20_000
    # What is held whole, not streamed: content types, relationships, manifests, the workbook, styles, tables, and what
    # follows the rows of a sheet that has new ones.
    listed: int = 64 * _MIB
    # Relationships of one part; a sheet may hold 65,530 hyperlinks, each a relationship.
    relationships: int = 100_000

    # One text, number or formula. Excel's own limit is 32,767 signs.
    text: int = _MIB
    # The XML of one row, which is held until it is whole.
    row: int = 64 * _MIB
    # Shared strings, all of which are held at once: their bytes, and how many there are.
    shared_text: int = 128 * _MIB
    shared: int = 8 << 20
    # Different shared formulas that are TODAY() or NOW().
    live_formulas: int = 65_536
    # Formulas that fill other cells, at one time; a sheet of Excel's has some dozens.
    areas: int = 10_000
    # Merged cells of a sheet, and the formulas among those above that nobody counted.
    one_valued: int = 1 << 18
    # Before a sheet's rows: held until it is known how far they reach. Beyond it the sheet's size is left as it says.
    head: int = _MIB

    # Of an .ods: the names of all sheets and ranges, each a hundred signs more for being there. LibreOffice has 10,000
    # sheets at most.
    named: int = 4 * _MIB
    # Its filled cells with all repetition counted: a full sheet of 1,048,576 rows and 64 columns.
    filled: int = 1 << 26
    # Digits of a count: longer ones than any sheet's are told from nonsense.
    digits: int = 18


LIMITS = Limits()
