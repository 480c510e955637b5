"""The checksum of two pieces from the checksums of each: the first may become known after the second was written."""

from __future__ import annotations

# The polynomial of CRC-32, the highest power in the lowest bit, and the number one written so.
_POLYNOMIAL = 0xEDB8_8320
_ONE = 1 << 31


def joined(first: int, second: int, size: int) -> int:
    """The CRC-32 of two pieces in a row; ``size`` is the second one's bytes."""
    return _product(_power(8 * size), first) ^ second


def _product(left: int, right: int) -> int:
    """Two polynomials over GF(2) multiplied, modulo the checksum's own."""
    found = 0
    while left:
        if left & _ONE:
            found ^= right
        left = left << 1 & 0xFFFF_FFFF
        right = right >> 1 ^ (_POLYNOMIAL if right & 1 else 0)
    return found


def _power(bits: int) -> int:
    """The polynomial x to the power of so many bits."""
    found, square = _ONE, _ONE >> 1
    while bits:
        if bits & 1:
            found = _product(found, square)
        square = _product(square, square)
        bits >>= 1
    return found
