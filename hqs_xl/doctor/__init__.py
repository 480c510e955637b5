"""``hqs-xl doctor``: whether this computer and a workbook have what they need of each other, and what to do if not."""
