"""What stands on a printed page, and how dark it is, as poppler reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PDFTOTEXT, PDFTOPPM = shutil.which("pdftotext"), shutil.which("pdftoppm")
needs_poppler = pytest.mark.skipif(PDFTOTEXT is None or PDFTOPPM is None, reason="poppler-utils is not installed")

# A lighter dot is paper.
PAPER = 242


def text_of(pdf: Path) -> list[str]:
    """The text of each sheet of paper, laid out as it stands there."""
    assert PDFTOTEXT
    done = subprocess.run([PDFTOTEXT, "-layout", str(pdf), "-"], capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode().split("\f")[:-1]


def ink(pdf: Path) -> tuple[float, float]:
    """How dark the print of the first sheet is on average, and the paper on the whole: 0 is white, 1 is black."""
    assert PDFTOPPM
    command = [PDFTOPPM, "-gray", "-r", "100", "-f", "1", "-l", "1", str(pdf)]
    dots = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\n", 3)[3]  # noqa: S603
    printed = [dot for dot in dots if dot < PAPER]
    return 1 - sum(printed) / len(printed) / 255, 1 - sum(dots) / len(dots) / 255
