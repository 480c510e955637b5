"""What may stand in the files of the law: their declared models, for those that do not ship."""
