"""``python docs/make_house.py``: the picture of the house, ``docs/house.svg``, drawn from the package's own imports.

A room stands above the rooms it imports from. An arrow is drawn where no longer way leads; to the ground, which all
rooms use, none is. The same imports give the same bytes.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import pairwise, permutations
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "hqs_xl"
# What rooms are for, by the colour of it; a room that stands here in no line is a mistake.
KINDS = {
    "where people meet it": ("#fde3b8", ("cli", "macros", "buttons", "functions", "web")),
    "what is made, and when": ("#e6dcf4", ("refresh", "schedule", "setup", "output", "template", "demo", "intake")),
    "where a roster lives": ("#d8e4f2", ("hosts",)),
    "whose deadlines, what does not comply": ("#d5ecd9", ("sync", "compliance", "roster")),
    "the law, and how it is said": ("#f7d4d0", ("law", "cells", "explain")),
    "the ground: all rooms stand on it": (
        "#ececec",
        ("texts", "errors", "rows", "formulas", "data", "models", "kept", "bilingual", "whole_file"),
    ),
}
GROUND = KINDS["the ground: all rooms stand on it"][1]
COLOURS = {room: colour for colour, rooms in KINDS.values() for room in rooms}
# Which buttons there are is declared below the hosts that show them; what they do stands above.
APART = {"buttons.groups": "buttons/groups"}
COLOURS["buttons/groups"] = COLOURS["buttons"]
# ``python -m hqs_xl`` is the terminal; an error asks the texts for its sentence only when it has to speak.
LEFT_OUT = {"__main__", ""}

WIDTH, MARGIN, GAP, BEND, RISE = 1000, 16, 18, 14, 34
WIDEST, LINE, LETTER = 320, 15, 6.8
INSIDE = 3  # rooms side by side within a room

Graph = dict[str, set[str]]


def name_of(module: Path) -> str:
    """A module's dotted name."""
    return ".".join(("hqs_xl", *module.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def room_of(name: str, top: str) -> str:
    """The room of a package that a module is in; blank when it is in none."""
    inside = name.removeprefix(f"{top}.")
    parts = inside.split(".")
    return "" if inside == name else APART.get(".".join(parts[:2]), parts[0])


def imports(top: str, rooms: Iterable[str]) -> Graph:
    """Which rooms each room of a package imports from."""
    graph: Graph = {room: set() for room in rooms}
    for module in sorted(PACKAGE.rglob("*.py")):
        room = room_of(name_of(module), top)
        if room in graph:
            graph[room] |= {room_of(name, top) for name in _imported(module)} & graph.keys() - {room}
    return graph


def _imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_of_the_house() -> list[str]:
    """Those of the top; SystemExit when it isn't said what one is for."""
    there = {room_of(name_of(module), "hqs_xl") for module in PACKAGE.rglob("*.py")} - LEFT_OUT
    unknown = sorted(there - set(COLOURS))
    if unknown:
        raise SystemExit(f"docs/make_house.py: say in KINDS what these rooms are for: {', '.join(unknown)}")
    return sorted(there)


def above_ground(graph: Graph) -> Graph:
    """The arrows to draw: none to the ground, and none where a longer way leads."""
    upper = {room: others - set(GROUND) for room, others in graph.items() if room not in GROUND}
    order = list(TopologicalSorter(upper).static_order())
    reach: Graph = {}
    for room in order:
        reach[room] = upper[room].union(*(reach[other] for other in upper[room]))
    return {
        room: {one for one in upper[room] if not any(one in reach[other] for other in upper[room])} for room in order
    }


def floors(arrows: Graph) -> dict[str, int]:
    """How high each room stands: above all it uses; what uses nothing stands right below who uses it."""
    height: dict[str, int] = {}
    for room in TopologicalSorter(arrows).static_order():
        height[room] = max((height[other] + 1 for other in arrows[room]), default=0)
    for room in (room for room, others in arrows.items() if not others):
        users = [height[user] for user, others in arrows.items() if room in others]
        height[room] = min(users, default=1) - 1
    return height


@dataclass
class Box:
    """A room in the picture, or a bend of an arrow that passes a floor (no ``lines``)."""

    name: str
    lines: list[str] = field(default_factory=list)
    inside: list[Box] = field(default_factory=list)
    x: float = 0
    y: float = 0
    width: float = BEND
    height: float = 0


def sentence(room: str) -> str:
    """What a room is, in the first sentence of its docstring."""
    path = PACKAGE / room
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = " ".join((ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "").replace("``", "").split())
    return re.split(r"(?<=[.!?])\s", text)[0]


def box(room: str, width: float) -> Box:
    """A room with its sentence, and the rooms inside it that have rooms of their own."""
    made = Box(room, wrap(sentence(room), int((width - 20) / LETTER)), width=width)
    folder = PACKAGE / room
    if room == "hosts":
        inner = (width - 2 * 10 - (INSIDE - 1) * 8) / INSIDE
        made.inside = [box(name, inner) for name in _from_above(folder)]
    made.height = 28 + LINE * len(made.lines)
    if made.inside:
        rows = [made.inside[at : at + INSIDE] for at in range(0, len(made.inside), INSIDE)]
        for row in rows:
            tallest = max(one.height for one in row)
            for place, one in enumerate(row):
                one.x, one.y, one.height = 10 + place * (one.width + 8), made.height, tallest
            made.height += tallest + 8
    return made


def _from_above(folder: Path) -> list[str]:
    """The rooms in a folder, those first that stand highest."""
    names = {one.stem: one.relative_to(PACKAGE).with_suffix("").as_posix() for one in folder.iterdir() if _is_room(one)}
    height = floors(imports(f"hqs_xl.{folder.name}", names))
    return [names[one] for one in sorted(names, key=lambda one: (-height[one], one))]


def _is_room(path: Path) -> bool:
    return (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")


def lay_out(arrows: Graph) -> tuple[dict[str, Box], list[list[str]]]:
    """The boxes at their places, and each arrow as the names it goes by, from above."""
    height = floors(arrows)
    rows: dict[int, list[str]] = {floor: [] for floor in range(max(height.values()), -1, -1)}
    for room in sorted(height):
        rows[height[room]].append(room)
    ways, bends = [], set[str]()
    for room in sorted(arrows):
        for other in sorted(arrows[room]):
            passed = [f"{room}>{other}@{floor}" for floor in range(height[room] - 1, height[other], -1)]
            bends |= set(passed)
            for name in passed:
                rows[int(name.rpartition("@")[2])].append(name)
            ways.append([room, *passed, other])
    order = _untangled([*rows.values()], [pair for way in ways for pair in pairwise(way)])
    boxes: dict[str, Box] = {}
    y = MARGIN
    for row in order:
        rooms = [name for name in row if name not in bends]
        free = WIDTH - 2 * MARGIN - GAP * (len(row) - 1) - BEND * (len(row) - len(rooms))
        width = free if rooms == ["hosts"] else min(WIDEST, free / len(rooms))
        made = [Box(name) if name in bends else box(name, width) for name in row]
        _spread(made, y)
        boxes |= {one.name: one for one in made}
        y += max(one.height for one in made) + RISE
    return boxes, ways


def _untangled(rows: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Each row in the order in which its links to the row above cross least, and lie straightest."""
    above: dict[str, list[str]] = {}
    for upper, lower in links:
        above.setdefault(lower, []).append(upper)
    done: list[list[str]] = [sorted(rows[0])]
    for row in rows[1:]:
        place = {name: (at + 0.5) / len(done[-1]) for at, name in enumerate(done[-1])}
        done.append(list(min(permutations(sorted(row)), key=lambda order: _tangle(order, above, place))))
    return done


def _tangle(order: Sequence[str], above: Mapping[str, Sequence[str]], place: Mapping[str, float]) -> tuple[int, float]:
    ends = [
        ((at + 0.5) / len(order), place[upper])
        for at, name in enumerate(order)
        for upper in above.get(name, ())
        if upper in place
    ]
    crossings = sum(a < c and b > d for a, b in ends for c, d in ends)
    return crossings, round(sum(abs(a - b) for a, b in ends), 6)


def _spread(row: Sequence[Box], y: float) -> None:
    """Place a row's boxes over the whole width."""
    room = WIDTH - 2 * MARGIN - sum(one.width for one in row)
    gap = room / (len(row) + 1)
    x = MARGIN + gap
    tallest = max(one.height for one in row)
    for one in row:
        one.x, one.y, one.height = x, y, tallest
        x += one.width + gap


def svg() -> str:
    """The picture."""
    arrows = above_ground(imports("hqs_xl", rooms_of_the_house()))
    boxes, ways = lay_out(arrows)
    bottom = max(one.y + one.height for one in boxes.values()) + RISE
    ground = [box(room, (WIDTH - 2 * MARGIN - GAP * (len(GROUND) - 1)) / len(GROUND)) for room in GROUND]
    _spread(ground, bottom)
    bottom += ground[0].height + GAP
    legend = list(_legend(bottom))
    total = bottom + 22 * ((len(KINDS) + 1) // 2) + MARGIN
    rooms = [one for one in (*boxes.values(), *ground) if one.lines]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total:.0f}" font-family="sans-serif">',
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        '<path d="M0,0 L8,4 L0,8 z" fill="#666"/></marker>',
        f'<rect width="{WIDTH}" height="{total:.0f}" fill="#ffffff"/>',
        *(_arrow(way, boxes, ways) for way in ways),
        *(line for one in rooms for line in _drawn(one, 0, 0, COLOURS[one.name])),
        *legend,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrow(way: Sequence[str], boxes: Mapping[str, Box], ways: Sequence[Sequence[str]]) -> str:
    """A line that leaves and reaches each floor upright; several at a room share its edge."""
    first, last = boxes[way[0]], boxes[way[-1]]
    out = sorted((one for one in ways if one[0] == way[0]), key=lambda one: boxes[one[1]].x)
    into = sorted((one for one in ways if one[-1] == way[-1]), key=lambda one: boxes[one[-2]].x)
    start = (first.x + first.width * (out.index(way) + 1) / (len(out) + 1), first.y + first.height)
    end = (last.x + last.width * (into.index(way) + 1) / (len(into) + 1), last.y)
    points = [start]
    for name in way[1:-1]:
        bend = boxes[name]
        middle = bend.x + bend.width / 2
        points += [(middle, bend.y), (middle, bend.y + bend.height)]
    points.append(end)
    path = f"M{start[0]:.0f},{start[1]:.0f}"
    for (x0, y0), (x1, y1) in pairwise(points):
        half = (y0 + y1) / 2
        path += f" C{x0:.0f},{half:.0f} {x1:.0f},{half:.0f} {x1:.0f},{y1:.0f}"
    return f'<path d="{path}" fill="none" stroke="#666" stroke-width="1.4" marker-end="url(#tip)"/>'


def _drawn(one: Box, dx: float, dy: float, colour: str) -> Iterator[str]:
    x, y = one.x + dx, one.y + dy
    yield (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{one.width:.0f}" height="{one.height:.0f}" rx="5" '
        f'fill="{colour}" stroke="#555"/>'
    )
    title = one.name + ("/" if (PACKAGE / one.name).is_dir() else ".py")
    yield f'<text x="{x + 10:.0f}" y="{y + 18:.0f}" font-size="14" font-weight="bold">{escape(title)}</text>'
    for number, line in enumerate(one.lines, 1):
        at = y + 18 + number * LINE
        yield f'<text x="{x + 10:.0f}" y="{at:.0f}" font-size="12" fill="#333">{escape(line)}</text>'
    for inner in one.inside:
        yield from _drawn(inner, x, y, "#f3f7fc")


def _legend(top: float) -> Iterator[str]:
    for number, (words, (colour, _)) in enumerate(KINDS.items()):
        x, y = MARGIN + (number % 2) * WIDTH / 2, top + 22 * (number // 2)
        yield f'<rect x="{x:.0f}" y="{y:.0f}" width="22" height="14" rx="3" fill="{colour}" stroke="#555"/>'
        yield f'<text x="{x + 30:.0f}" y="{y + 12:.0f}" font-size="12" fill="#333">{escape(words)}</text>'


def main() -> None:
    """Draw it into docs/."""
    (DOCS / "house.svg").write_text(svg(), "utf-8", newline="\n")
    sys.stdout.write("docs/house.svg\n")


if __name__ == "__main__":
    main()
