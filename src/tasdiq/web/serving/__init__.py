"""The server as processes: one that watches, one that writes, some that answer; where it listens, what it logs and measures."""
