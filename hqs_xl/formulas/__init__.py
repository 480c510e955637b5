"""What the text of a formula says: its tokens (``tokens``), and the day it moves with (``today``)."""
