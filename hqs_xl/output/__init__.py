"""What HR gets out of a check besides the workbook: due list, calendar file, notice data, JSON."""
