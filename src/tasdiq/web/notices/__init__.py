"""Notices: that something waits for an officer, in the application and, where it is wished, by mail that says no more than that."""
