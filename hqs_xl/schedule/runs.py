"""When a schedule runs next, counted by dateutil's recurrence rules, and said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from hqs_xl.schedule.plan import WEEK, Times
from hqs_xl.texts import say, shown

SHOWN = 5


def next_runs(times: Times, now: datetime, count: int = SHOWN) -> list[datetime]:
    """The next runs after a moment, by the clock on the wall, which is what all three schedulers go by."""
    from dateutil.rrule import DAILY, rrule  # noqa: PLC0415 - 20 ms that no other command needs

    wall = now.replace(tzinfo=None)
    rule = rrule(
        DAILY,
        dtstart=datetime.combine(wall, time()),
        byweekday=times.days,
        byhour=times.at.hour,
        byminute=times.at.minute,
        bysecond=0,
    )
    return list(rule.xafter(wall, count=count))


def day_words(days: Sequence[int], lang: str) -> str:
    """Days of the week: all of them as every day, three and more in a row as Mon-Fri."""
    if len(days) == len(WEEK):
        return say("schedule.daily", lang)
    words = say("weekdays", lang).split()
    return ", ".join(
        f"{words[run[0]]}-{words[run[-1]]}" if len(run) > 2 else ", ".join(words[day] for day in run)  # noqa: PLR2004
        for run in _in_a_row(days)
    )


def _in_a_row(days: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for day in sorted(days):
        if run and day != run[-1] + 1:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def run_lines(times: Times, now: datetime, lang: str) -> list[str]:
    """What a schedule is in words, and its next runs."""
    words = say("weekdays", lang).split()
    runs = [f"  {words[one.weekday()]} {shown(one.date(), lang)} {one:%H:%M}" for one in next_runs(times, now)]
    said = say("schedule.runs", lang, at=f"{times.at:%H:%M}", days=day_words(times.days, lang))
    return [said, say("schedule.next_runs", lang), *runs]
