"""How the workbook is made: sheets, ribbon, VBA project."""
