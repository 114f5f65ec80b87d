"""Desks: what an officer's first page opens on, and what its cases look like; made from what this officer sees."""
