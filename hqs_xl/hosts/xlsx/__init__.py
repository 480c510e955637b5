"""A lossless editor of cells in closed .xlsx and .xlsm files. Knows no roster."""
