"""Accounts: who may sign in for which member, and how. Powers come from the charter, and keys from the record."""
