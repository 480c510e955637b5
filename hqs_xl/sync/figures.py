"""What the dashboard and the sheet of answers show of a check: the results of their own formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hqs_xl.roster.columns import answers, labelled
from hqs_xl.roster.tables import Found
from hqs_xl.rows import Cached
from hqs_xl.sync.answering import Result, Values
from hqs_xl.sync.tally import FIGURES, GLANCE, OBLIGATIONS

# What a line that is looked up is answered.
_LINE = tuple(column.key for column in answers("lines"))
_URGENT = ("person_id", "next_action", "next_due", "act_by", "days_left", "status")

# Answers a row of a table, by the number it has on its sheet.
RowAnswer = Callable[[Found, int, Values], Values]


class Figures:
    """Answers rows from what all people came to; ``header_row``: where the roster's header stands."""

    def __init__(self, result: Result, header_row: int) -> None:
        self._result, self._header_row = result, header_row

    @property
    def by_kind(self) -> Mapping[str, RowAnswer]:
        """What answers the rows of which kind of table."""
        return {
            "glance": self._at_a_glance,
            "figures": self._of_figure,
            "by_obligation": self._of_obligation,
            "by_month": self._of_month,
            "urgent": self._of_urgent,
            "lines": self._of_line,
        }

    def _at_a_glance(self, _table: Found, _number: int, row: Values) -> Values:
        key = labelled("glance", GLANCE, row.get("at_a_glance", ""))
        return {"how_many": Cached(self._result.tally.glance(key))} if key else {}

    def _of_figure(self, _table: Found, _number: int, row: Values) -> Values:
        key = labelled("figure", FIGURES, row.get("figure", ""))
        return {"result": Cached(self._result.tally.figure(key))} if key else {}

    def _of_obligation(self, _table: Found, _number: int, row: Values) -> Values:
        name = labelled("action", OBLIGATIONS, row.get("obligation", ""))
        return {key: Cached(count) for key, count in self._result.tally.obligation(name).items()} if name else {}

    def _of_month(self, table: Found, number: int, _row: Values) -> Values:
        found = self._result.tally.month(number - table.header_row - 1)
        return {key: Cached(value) for key, value in found.items()}

    def _of_urgent(self, _table: Found, _number: int, row: Values) -> Values:
        place = row.get("place")
        if not isinstance(place, int | float):
            return {}
        line, name = self._result.tally.urgent(int(place)) or (None, "")
        values = {key: Cached(getattr(line, key) if line else "") for key in _URGENT}
        values["full_name"] = Cached(name)
        return values | {"roster_line": Cached(line.row - self._header_row if line else 0)}

    def _of_line(self, table: Found, number: int, row: Values) -> Values:
        # A block that has grown since the workbook was made has lines that nobody numbered.
        line = row.get("line", number - table.header_row)
        values = self._result.lines.get(int(line)) if isinstance(line, int | float) else None
        return {key: (values or {}).get(key) for key in _LINE}
