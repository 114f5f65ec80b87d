"""What waits for whom: from the state and a time alone, with no input or output. What a desk or a notice says starts here."""
