"""The workbook put on a computer, and whether the two have what they need of each other."""
