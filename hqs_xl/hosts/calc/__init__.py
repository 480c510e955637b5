"""LibreOffice: the open document, the functions as an add-in of Calc, the menu, and the package (.oxt) of it all."""
