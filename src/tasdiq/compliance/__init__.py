"""Compliance: commitments held against findings. Nothing here grades a party."""
