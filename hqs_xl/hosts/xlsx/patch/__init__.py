"""A sheet's bytes with other values in some of its cells; every byte that is not concerned stays.

More than 15 modules, for each way to write a row stands beside what the others share: cells, formulas, formats, rules.
"""
