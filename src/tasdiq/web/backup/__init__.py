"""Backups of a host: everything it must not lose, in one file, and its keys in another."""
