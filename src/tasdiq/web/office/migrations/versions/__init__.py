"""One module a version of the office's tables."""
