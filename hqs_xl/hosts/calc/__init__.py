"""LibreOffice: the cell functions as an add-in of Calc, and the package (.oxt) that brings it there."""
