"""What readers of closed sheets share, whatever the format: places, stored values, texts, patterns, progress."""
