"""What the page asks of Python: one roster at a time, each question and its answer an object of JSON.

The page keeps the clock: every question brings the day it is asked on, so that a page left open knows the new day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hqs_xl import __version__
from hqs_xl.compliance.check import Report, Roster, check_roster, read_roster
from hqs_xl.compliance.other_edition import explained, other_edition
from hqs_xl.errors import HqsError
from hqs_xl.explain.words import unit_in_words
from hqs_xl.hosts.closed import open_book
from hqs_xl.law import EDITIONS
from hqs_xl.law.workdays import RUSSIA
from hqs_xl.output.writers import calendar_writer, due_list_writer
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say, shown
from hqs_xl.web.counted import finding_counted, in_editions, rules_in_words, typed_day
from hqs_xl.web.rows import findings_page, people_page

STEP = 0.01
Answer = dict[str, Any]
Progress = Callable[[float], None]


class Session:
    """The roster a person has open in the page. ``tell``: is called with the share of long work that is done."""

    def __init__(self, folder: str, tell: Progress | None = None) -> None:
        self._folder, self._tell = Path(folder), tell and _sparing(tell)
        self._file: Path | None = None
        self._roster: Roster | None = None
        self._report: Report | None = None

    def ask(self, question: str) -> str:
        """Answer a question: ``{"call": name, "lang": "en", "now": "2026-11-28T09:00:00", ...}``.

        An answer that holds ``error`` is a sentence for the person.
        """
        asked = json.loads(question)
        lang = asked.get("lang", "en")
        calls: Mapping[str, Callable[[Answer], Answer]] = {
            "about": self._about,
            "open": self._open,
            "check": self._check,
            "findings": self._findings,
            "people": self._people,
            "count": self._count,
            "deadline": self._deadline,
            "save": self._save,
        }
        try:
            answer = calls[asked["call"]](asked)
        except HqsError as error:
            answer = {"error": error.message(lang)}
        except MemoryError:
            answer = {"error": say("web.no_memory", lang)}
        return json.dumps(answer, default=str, ensure_ascii=False)

    def _about(self, asked: Answer) -> Answer:
        lang = asked["lang"]
        return {
            "version": __version__,
            "known": str(shown(RUSSIA.known_through, lang)),
            "editions": list(EDITIONS),
            "rules": rules_in_words(lang),
        }

    def _open(self, asked: Answer) -> Answer:
        """Read the file of that name in the folder; what was open before is closed."""
        self._file, self._roster, self._report = self._folder / asked["name"], None, None
        with open_book(self._file) as book:
            self._roster = read_roster(book, asked.get("sheet") or None, self._half(0.0))
        settings = self._settings(asked)
        return {"people": len(self._roster.people), "as_of": settings.as_of, "edition": settings.edition}

    def _check(self, asked: Answer) -> Answer:
        settings, roster = self._settings(asked), self._open_roster()
        compared = other_edition(roster.other, settings, asked.get("edition"), _as_of(asked))
        self._report = report = check_roster(roster, settings, self._half(0.5), compared)
        lang, name = settings.lang, self._name()
        to_see, beside = say("web.to_see", lang), report.other_edition
        other = beside.in_words(lang, name, to_see=to_see) if beside else []
        return {
            "title": say(
                "check.title",
                lang,
                file=name,
                as_of=settings.day,
                edition=settings.edition,
                known=report.known_through,
            ),
            "today": str(shown(_today(asked), lang)),
            "as_of": settings.as_of,
            "edition": settings.edition,
            "people": report.people,
            "counts": dict(report.counts),
            "found": {one: unit_in_words(count, f"found {one}", lang) for one, count in report.counts.items()},
            "looked_at": report.coverage.looked_at(lang),
            "complete": report.coverage.complete,
            "well": "" if report.findings else report.coverage.nothing_found(lang),
            "not_checked": [one.message for one in report.coverage.not_checked if one.counts],
            "blank": [one.message for one in report.coverage.not_checked if not one.counts],
            "notes": [
                *settings.reminders,
                *report.unverified,
                *report.coverage.in_other_words(lang),
                *explained(settings.edition, settings.lang),
                *other,
            ],
            "writable": self._file is not None and self._file.suffix.casefold() != ".ods",
        }

    def _findings(self, asked: Answer) -> Answer:
        return findings_page(self._checked(), self._open_roster().names, asked)

    def _people(self, asked: Answer) -> Answer:
        return people_page(self._checked(), self._open_roster().names, asked)

    def _count(self, asked: Answer) -> Answer:
        """How the date of a finding is counted, by its number in the report."""
        report = self._checked()
        return finding_counted(self._open_roster(), report.settings, report.findings[asked["number"]])

    def _deadline(self, asked: Answer) -> Answer:
        return in_editions(asked["rule"], asked["event"], asked.get("until") or "", asked["lang"])

    def _save(self, asked: Answer) -> Answer:
        """Write a file beside the roster; its name, for the page to hand over."""
        kind = asked["kind"]
        if kind == "workbook":
            return self._refreshed(asked)
        roster, report = self._open_roster(), self._checked()
        names = roster.names if asked.get("names") else None
        if kind == "calendar":
            out = self._beside(".ics")
            content = calendar_writer(out)(roster, report.settings, names).content
        else:
            from hqs_xl.output.duelist import due_list  # noqa: PLC0415 - for who asks for it

            out = self._beside(".html")
            content = due_list_writer(out)(due_list(self._file or Path(), report, names))
        out.write_bytes(content)
        return {"name": out.name}

    def _refreshed(self, asked: Answer) -> Answer:
        file = self._file or Path()
        out = file.with_name(f"{file.stem} {say('web.refreshed', asked['lang'])}{file.suffix}")
        options = Options(
            now=datetime.fromisoformat(asked["now"]),
            as_of=_as_of(asked),
            edition=asked.get("edition") or None,
            sheet=asked.get("sheet") or None,
            spoken=asked["lang"],
            backups=0,
        )
        done = refresh_file(Job(file, options, out), self._tell)
        if done.state is State.REFUSED:
            return {"error": done.message}
        return {"name": out.name, "left_alone": [left.message(done.lang) for left in done.left_alone]}

    def _settings(self, asked: Answer) -> Settings:
        given = {"as_of": _as_of(asked), "edition": asked.get("edition") or None, "lang": asked["lang"]}
        return self._open_roster().other.settings_for(_today(asked), **given)

    def _open_roster(self) -> Roster:
        if self._roster is None:
            raise HqsError("web.nothing_open")
        return self._roster

    def _checked(self) -> Report:
        if self._report is None:
            raise HqsError("web.nothing_open")
        return self._report

    def _name(self) -> str:
        return self._file.name if self._file else ""

    def _beside(self, suffix: str) -> Path:
        return (self._file or Path()).with_suffix(suffix)

    def _half(self, before: float) -> Progress | None:
        """Reading is the first half of the bar, checking the second."""
        tell = self._tell
        return tell and (lambda share: tell(before + share / 2))


def _today(asked: Answer) -> date:
    return datetime.fromisoformat(asked["now"]).date()


def _as_of(asked: Answer) -> date | None:
    """The day asked for; None: the workbook's own, or the day of the question."""
    return typed_day(asked["as_of"], asked["lang"]) if asked.get("as_of") else None


def _sparing(tell: Progress) -> Progress:
    """Tells each hundredth only: a call out of Python takes longer than a person's check."""
    told = -1.0

    def spare(share: float) -> None:
        nonlocal told
        if abs(share - told) >= STEP:
            told = share
            tell(share)

    return spare
