"""The terminal: ``hqs-xl``, its commands, what they show."""

from hqs_xl.cli.program import main

__all__ = ["main"]
