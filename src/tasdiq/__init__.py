"""tasdiq: ceasefire monitoring and verification as software."""
