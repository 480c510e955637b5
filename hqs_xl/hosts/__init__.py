"""Where a roster lives: open in Excel or LibreOffice, closed on the disk, in memory."""
