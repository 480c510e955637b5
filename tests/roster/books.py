"""A book in memory, for what is tested above files."""

from hqs_xl.hosts.memory import Formula, Grid, MemoryBook

__all__ = ["Formula", "Grid", "MemoryBook"]
