"""What the buttons of the ribbon (Excel) and of the menu (LibreOffice) do."""
