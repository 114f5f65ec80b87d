"""Checking a record offline, from nothing but its bytes: `path` is the entrance, `verdict` what comes out."""
