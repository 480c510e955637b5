"""Notice data as one HTML file to copy from: needs nothing beside it, nor any library to be written."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from hqs_xl.output.html_file import html_file, paragraphs
from hqs_xl.output.notice import Notice
from hqs_xl.output.notice_words import value_in_words, words
from hqs_xl.texts import say

STYLE = """
h2.missing { border-width: 3pt; background: #f9ddcb; }
td.value { font-weight: bold; user-select: all; }
"""


def html(found: Notice, lang: str) -> str:
    """The whole file."""
    told = words(found, lang)
    filled = [(escape(one.label), f"{escape(value_in_words(one, lang))}", escape(one.origin)) for one in told.filled]
    body = f"<header><h1>{escape(told.title)}</h1>{paragraphs(told.head)}</header>\n"
    body += _table(("field", "value", "origin"), filled, lang)
    if told.missing:
        title = say("notice.to_type", lang, count=len(told.missing))
        body += f'<h2 class="missing">▲ {escape(title)}</h2>\n'
        body += _table(("field", "where"), [(escape(one.label), escape(one.origin)) for one in told.missing], lang)
    return html_file(told.title, lang, f"{body}<footer>{paragraphs(told.foot)}</footer>\n", STYLE)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], lang: str) -> str:
    top = "".join(f"<th>{escape(say(f'notice.column.{head}', lang))}</th>" for head in heads)
    lines = "".join(
        "<tr>" + "".join(f'<td class="{head}">{cell}</td>' for head, cell in zip(heads, row, strict=True)) + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"
