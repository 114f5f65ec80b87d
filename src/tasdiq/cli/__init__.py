"""The command line: one module a command, loaded by name so that each starts with only what it needs."""
