"""An open workbook, whichever program has it open."""
