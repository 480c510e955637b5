"""``python -m hqs_xl`` is the command ``hqs-xl``."""

import sys

from hqs_xl.cli import main

sys.exit(main())
