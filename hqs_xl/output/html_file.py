"""One HTML file that needs nothing beside it: to read on a screen, to print on A4, in black and white too."""

from __future__ import annotations

from html import escape

from hqs_xl.output.own_files import GENERATOR

STYLE = """
@page { size: A4 portrait; margin: 14mm 13mm 16mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt Calibri, Carlito, Arial, sans-serif; } }
* { box-sizing: border-box; }
body { font: 10pt/1.35 Calibri, Carlito, "Segoe UI", Arial, sans-serif; color: #1f2933; margin: 0 auto;
  max-width: 184mm; padding: 8mm 0; }
h1 { font-size: 19pt; margin: 0; color: #0072b2; }
header { margin-bottom: 4mm; }
header p { margin: 1mm 0 0; color: #5f6b76; }
header p.summary { color: #1f2933; font-weight: bold; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; padding: 1.2mm 2.5mm; border: 1.5pt solid #1f2933; break-after: avoid; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: .5pt solid #9aa5b1; padding: 1mm 1.6mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { font-size: 8.5pt; }
footer { margin-top: 7mm; border-top: .5pt solid #9aa5b1; font-size: 8.5pt; color: #4a5560; }
@media print { body { padding: 0; max-width: none; }
  h2, .group th { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""


def html_file(title: str, lang: str, body: str, style: str = "") -> str:
    """The whole file; ``style``: what its own parts need besides."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'{GENERATOR}\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def paragraphs(lines: tuple[str, ...], kind: str = "") -> str:
    """Each line as a paragraph."""
    start = f'<p class="{kind}">' if kind else "<p>"
    return "".join(f"{start}{escape(line)}</p>" for line in lines)
