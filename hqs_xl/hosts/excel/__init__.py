"""A workbook open in Excel, through xlwings."""
