"""Closed workbooks brought up to date: one, or a folder of them in parallel processes."""
