"""What a cell holds, read as a date, a word or a number; and how a Python function becomes one that cells call."""
