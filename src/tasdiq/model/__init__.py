"""The words of the mechanism as frozen types; no input or output, no decisions.

Every type is a `Value`: immutable, strict about unknown fields, free of floats (numbers are integers with their unit in the
name: `lat_e7`, `confidence_ppm`), so that it can stand in a signed body as canonical JSON. Ids are local, deterministic text;
the register says which entry and row each id came from.
"""
