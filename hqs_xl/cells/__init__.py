"""Cells: what one says (``values``), and how a plain function becomes one that cells call (``declared``)."""
