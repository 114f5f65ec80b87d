"""Comparison of two incident reports: levels relative to precision, and how much each level says."""
