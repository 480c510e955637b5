"""A zip of XML parts: looked over before it is read, streamed within bounds, written anew."""
