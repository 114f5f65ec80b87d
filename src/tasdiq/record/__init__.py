"""The record: bytes that nobody can silently alter. Knows no domain; see docs/design for the formats.

canonical, merkle, tiles, note, checkpoint, cosignature and ed25519 are the public formats; body, rows, entry and keys
are ours; chain holds the rules every entry meets at its index; the folder store keeps a record on disk, growth, log and
reader work on it;
publish, bundle and manifest write it out; the folder audit checks all of it from nothing.
"""
