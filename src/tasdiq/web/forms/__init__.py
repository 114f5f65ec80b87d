"""The forms: one specification a kind of step, read and built by the same code, shown by one template."""
