"""A closed .ods read: sheets and rows of values."""
