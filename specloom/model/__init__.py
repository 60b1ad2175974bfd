"""The nouns. Frozen, free of I/O, and neutral towards target languages."""
