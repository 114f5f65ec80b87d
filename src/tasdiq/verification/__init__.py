"""Verification: the human procedure from an allegation to a signed finding. Pure decisions; clock and keys are passed in."""
