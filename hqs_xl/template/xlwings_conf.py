"""The sheet ``xlwings.conf``: what xlwings' glue in the workbook looks up, every key of it.

A key that is missing there sends the glue on to look for settings files, at each call.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hqs_xl import __version__

SHEET = "xlwings.conf"
# Not asked for by the glue: which version of this package made the workbook, for hqs-xl doctor.
VERSION_KEY = "HQS-XL"
# For a workbook of no machine in particular: the Python found on the PATH. ``hqs-xl install`` names the local one.
CONFIG: Mapping[str, str] = MappingProxyType(
    {
        "INTERPRETER_WIN": "python",
        "INTERPRETER_MAC": "python",
        "INTERPRETER": "python",
        "PYTHONPATH": "",
        # A module lying beside the workbook, in a folder of downloads say, is never imported in place of ours.
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "UDF MODULES": "hqs_xl.functions",
        "DEBUG UDFS": "False",
        # A macro runs in a process of its own: in the functions' server it would be cut off after 90 seconds, and
        # the cells it makes recalculate would call the server that is waiting for it.
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
        "SHOW_ERROR_POPUPS": "True",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "LICENSE_KEY": "",
        "ONEDRIVE_CONSUMER_WIN": "",
        "ONEDRIVE_COMMERCIAL_WIN": "",
        "SHAREPOINT_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "",
        "ONEDRIVE_COMMERCIAL_MAC": "",
        "SHAREPOINT_MAC": "",
        "TEMP DIR": "%TEMP%",
        VERSION_KEY: __version__,
    }
)
