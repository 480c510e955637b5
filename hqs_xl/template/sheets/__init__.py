"""The sheets of the workbook, a module each; all on the same page and looks."""
