"""Long tests: fuzzing and kills. A minute of each runs with the others, the rest with `make soak`."""
