"""What other systems hold of the same people, taken into a roster: sources, comparison, and the roster that grows."""
