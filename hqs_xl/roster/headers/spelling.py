"""How far two words are apart: letters put in, left out, changed, or swapped with the next one."""

from __future__ import annotations

from collections.abc import Iterable


def distance(one: str, other: str, most: int) -> int:
    """The fewest of these that make one word the other; more than ``most`` is given as ``most`` + 1."""
    # Each letter that the other has not is at least one change: most words are told apart by that alone.
    if abs(len(one) - len(other)) > most or len({*one}.difference(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for place, sign in enumerate(other, 1):
            best = min(last[place] + 1, line[place - 1] + 1, last[place - 1] + (letter != sign))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == sign:
                best = min(best, before[place - 2] + 1)
            line.append(best)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def nearest(word: str, known: Iterable[str], most: int) -> tuple[int, list[str]]:
    """The known words nearest to one, at most so far away, and how far they are."""
    found: list[str] = []
    for other in known:
        apart = distance(word, other, most)
        if apart < most or (apart == most and not found):
            most, found = apart, [other]
        elif apart == most:
            found.append(other)
    return (most, found) if found else (most + 1, [])
