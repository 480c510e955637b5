"""How far two words are apart: letters put in, left out, changed, or swapped with the next one."""

from __future__ import annotations

from collections.abc import Iterable

# Letters of both alphabets have bits of their own.
_BITS = 0xFF
# Words are near when they differ in one letter of so many; of two letters any are.
ONE_IN, SHORTEST_NEAR = 4, 3


def distance(one: str, other: str, most: int) -> int:
    """The fewest of these that make one word the other; more than ``most`` is given as ``most`` + 1."""
    # Each letter that the other has not is at least one change: most words are told apart by that alone.
    if abs(len(one) - len(other)) > most or len({*one}.difference(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        # Where the beginnings differ by more letters than that, they are further apart.
        line = [row] + [most + 1] * len(other)
        for place in range(max(1, row - most), min(len(other), row + most) + 1):
            best = min(last[place] + 1, line[place - 1] + 1, last[place - 1] + (letter != other[place - 1]))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == other[place - 1]:
                best = min(best, before[place - 2] + 1)
            line[place] = best
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def is_near(one: str, other: str) -> bool:
    """Whether two words may be one, misspelt: alike but for one letter of so many, or for a single one."""
    shorter, longer = sorted((len(one), len(other)))
    most = max(1, shorter // ONE_IN)
    return longer >= SHORTEST_NEAR and shorter > 1 and distance(one, other, most) <= most


class Spellings:
    """Words to be found when they are misspelt; by length and letters, a bit each, nearly all are told apart."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [(word, len(word), _letters(word)) for word in words]

    def near(self, word: str, most: int) -> list[str]:
        """Those that may be so near a word: each change takes one letter away at most, and adds one."""
        own, shortest, longest = _letters(word), len(word) - most, len(word) + most
        return [
            other
            for other, length, letters in self._words
            if shortest <= length <= longest
            and (own & ~letters).bit_count() <= most
            and (letters & ~own).bit_count() <= most
        ]


def _letters(word: str) -> int:
    """A bit for every letter, which some letters share."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & _BITS)
    return bits


def nearest(word: str, known: Spellings, most: int) -> tuple[int, list[str]]:
    """The known words nearest to one, at most so far away, and how far they are."""
    found: list[str] = []
    for other in known.near(word, most):
        apart = distance(word, other, most)
        if apart < most or (apart == most and not found):
            most, found = apart, [other]
        elif apart == most:
            found.append(other)
    return (most, found) if found else (most + 1, [])
