"""What HR gets out: due list, calendar file, notice data."""
