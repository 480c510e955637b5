"""The due list as one HTML file that needs nothing beside it: to read on a screen, to print on A4, to tick off.

Made to be read in black and white: each band has its sign and its word, colour only adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby

from hqs_xl.output.duelist import Band, DueList, Entry, Group
from hqs_xl.texts import say, shown

SIGNS = {"overdue": "▲", "today": "●", "week": "●", "later": "○"}
STYLE = """
@page { size: A4 portrait; margin: 14mm 13mm 16mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt Calibri, Carlito, Arial, sans-serif; } }
* { box-sizing: border-box; }
body { font: 10pt/1.35 Calibri, Carlito, "Segoe UI", Arial, sans-serif; color: #1f2933; margin: 0 auto;
  max-width: 184mm; padding: 8mm 0; }
h1 { font-size: 19pt; margin: 0; color: #0072b2; }
header p { margin: 1mm 0 0; color: #5f6b76; }
header p.summary { color: #1f2933; font-weight: bold; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; padding: 1.2mm 2.5mm; border: 1.5pt solid #1f2933; break-after: avoid; }
h2.overdue { background: #f9ddcb; border-width: 3pt; }
h2.today, h2.week { background: #fcebc5; }
h2.later { background: #fff; border-style: dashed; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: .5pt solid #9aa5b1; padding: 1mm 1.6mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { font-size: 8.5pt; }
.group th { background: #eef2f5; padding-top: 2mm; break-after: avoid; }
.group b { font-size: 10.5pt; }
.group span { display: block; font-weight: normal; color: #4a5560; }
.day { width: 21mm; }
.days { width: 22mm; }
.people { width: 40mm; }
.person { display: inline-block; margin-right: 3mm; }
.person::before { content: "☐ "; }
.what { font-size: 9pt; }
footer { margin-top: 7mm; border-top: .5pt solid #9aa5b1; font-size: 8.5pt; color: #4a5560; }
@media print { body { padding: 0; max-width: none; }
  h2, .group th { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""
HEADS = ("people", "due", "act_by", "days", "what")
CLASSES = {"due": "day", "act_by": "day"}


def html(found: DueList) -> str:
    """The whole file."""
    lang = found.settings.lang
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(found.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            f"<header><h1>{escape(found.title)}</h1><p>{escape(found.about)}</p>",
            *(f'<p class="summary">{escape(line)}</p>' for line in found.summary),
            "</header>\n",
            *(_band(band, found) for band in found.bands),
            "<footer>" + "".join(f"<p>{escape(note)}</p>" for note in found.notes) + "</footer>\n</body>\n</html>\n",
        )
    )


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
