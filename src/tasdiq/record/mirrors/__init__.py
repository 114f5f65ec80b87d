"""Whole copies of a record in other hands: how entries travel without a network, and how a copy takes them."""
