"""The law in words: how a deadline is counted and who says so, and which days are off."""
