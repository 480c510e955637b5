"""What a formula's text says: its tokens (``tokens``), the day it moves with (``today``), whose it is (``ours``)."""
