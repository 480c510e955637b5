"""What our own files beside a workbook are called.

The only place of this room and of those on it that names the product, for people's folders hold such files already.
"""

# The folder of dated copies.
BACKUP_FOLDER = "hqs-backups"
# What temporary files and lock files begin with: hidden, and taken for a workbook by nobody.
OURS = ".~hqs."
