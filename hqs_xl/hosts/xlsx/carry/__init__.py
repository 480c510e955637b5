"""What hangs on a person's own sheets, copied part by part from an older workbook into a new one."""
