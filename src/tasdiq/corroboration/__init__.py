"""What reports and statements add up to: origins, propositions, positions, incidents. Pure: no input or output, no clock.

Everything here is proposed by machine: each result names its method and counts only when a person confirms it.
"""
