"""The workbook put on a computer (install), and whether anything there stands in its way (doctor)."""
