"""The attacks of the tamper matrix, by what the attacker holds; `record.matrix` lists them all."""
