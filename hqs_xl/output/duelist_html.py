"""The due list as one HTML file that needs nothing beside it: to read on a screen, to print on A4, to tick off.

Made to be read in black and white: each band has its sign and its word, colour only adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby

from hqs_xl.output.duelist import Band, DueList, Entry, Group
from hqs_xl.output.html_file import html_file, paragraphs
from hqs_xl.texts import say, shown

SIGNS = {"overdue": "▲", "today": "●", "week": "●", "later": "○"}
STYLE = """
h2.overdue { background: #f9ddcb; border-width: 3pt; }
h2.today, h2.week { background: #fcebc5; }
h2.later { background: #fff; border-style: dashed; }
.group th { background: #eef2f5; padding-top: 2mm; break-after: avoid; }
.group b { font-size: 10.5pt; }
.group span { display: block; font-weight: normal; color: #4a5560; }
.day { width: 21mm; }
.days { width: 22mm; }
.people { width: 40mm; }
.person { display: inline-block; margin-right: 3mm; }
.person::before { content: "☐ "; }
.what { font-size: 9pt; }
"""
HEADS = ("people", "due", "act_by", "days", "what")
CLASSES = {"due": "day", "act_by": "day"}


def html(found: DueList) -> str:
    """The whole file."""
    header = f"<header><h1>{escape(found.title)}</h1>{paragraphs((found.about,))}"
    header += paragraphs(found.summary, "summary") + "</header>\n"
    bands = "".join(_band(band, found) for band in found.bands)
    footer = f"<footer>{paragraphs(found.notes)}</footer>\n"
    return html_file(found.title, found.settings.lang, header + bands + footer, STYLE)


def _band(band: Band, found: DueList) -> str:
    lang = found.settings.lang
    heads = "".join(
        f'<th class="{CLASSES.get(head, head)}">{escape(say(f"due.column.{head}", lang))}</th>' for head in HEADS
    )
    return (
        f'<h2 class="{band.key}">{SIGNS[band.key]} {escape(band.title)}</h2>\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n{''.join(_group(group, lang) for group in band.groups)}</table>\n"
    )


def _group(group: Group, lang: str) -> str:
    about = [say("due.whom", lang, whom=group.whom)] if group.whom else []
    about += [group.source] if group.source else []
    head = f"<b>{escape(group.action)}</b><span>{escape(' · '.join(about))}</span>"
    return (
        f'<tbody>\n<tr class="group"><th colspan="{len(HEADS)}">{head}</th></tr>\n'
        f"{''.join(_rows(group, lang))}</tbody>\n"
    )


def _rows(group: Group, lang: str) -> Iterator[str]:
    """A row for each person, or one for all of whom the very same is said."""
    for (due, act_by, _, message), entries in groupby(group.entries, key=lambda entry: entry[3:7]):
        alike = list(entries)
        first = alike[0]
        people = " ".join(f'<span class="person">{escape(_person(entry, lang))}</span>' for entry in alike)
        cells = {"people": people, "due": _day(due, lang), "act_by": _day(act_by, lang)}
        cells |= {"days": escape(first.days_in_words(lang)), "what": escape(message)}
        yield "<tr>" + "".join(f'<td class="{CLASSES.get(key, key)}">{cells[key]}</td>' for key in HEADS) + "</tr>\n"


def _person(entry: Entry, lang: str) -> str:
    return f"{entry.person_id or say('digest.row', lang, row=entry.row)} {entry.name}".strip()


def _day(day: date | None, lang: str) -> str:
    return str(shown(day or "", lang))
