"""Tests of the record: bytes only."""
