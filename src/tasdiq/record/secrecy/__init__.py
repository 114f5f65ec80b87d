"""What is kept from whom: encryption at rest and to recipients, fields sealed one by one, and forgetting."""
