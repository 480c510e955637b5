"""A closed .xlsx or .xlsm read: sheets, tables, rows of values."""
