"""A sheet's bytes with other values in some of its cells; every byte that is not concerned stays."""
