"""Files on the disk: opened, locked, backed up, saved whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.files.disk_file import read_whole
    from hqs_xl.hosts.files.limits import LIMITS, Limits
    from hqs_xl.hosts.files.names import BACKUP_FOLDER
    from hqs_xl.hosts.files.saving import BACKUPS, Fingerprint, check_writable, reserved, save

__all__ = [
    "BACKUPS",
    "BACKUP_FOLDER",
    "LIMITS",
    "Fingerprint",
    "Limits",
    "check_writable",
    "read_whole",
    "reserved",
    "save",
]

if not TYPE_CHECKING:
    __getattr__ = face(
        __name__,
        {
            "BACKUP_FOLDER": "names",
            "BACKUPS": "saving",
            "Fingerprint": "saving",
            "LIMITS": "limits",
            "Limits": "limits",
            "check_writable": "saving",
            "read_whole": "disk_file",
            "reserved": "saving",
            "save": "saving",
        },
    )
