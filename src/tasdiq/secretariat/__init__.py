"""The secretariat: what the mechanism has done at its desk, one module a task, from the founding of a record to its copies."""
