"""Other implementations of the same formats, asked the same questions."""
