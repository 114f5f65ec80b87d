"""The office: what the host keeps beside the record and may change: accounts, sessions, drafts, tokens, the search index."""
