"""LibreOffice Calc: the open document, and the add-in."""
