"""What stands before every page and call: who is looking, what a browser may do with an answer, forged and oversized requests."""
