"""What HR gets out of a check besides the workbook: due list, calendar file, notice data, JSON.

More than 15 modules, for each of the four is what it holds, and each kind of file that writes it.
"""
