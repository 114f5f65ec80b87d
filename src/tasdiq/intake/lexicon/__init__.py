"""Words of saying, as data: which word introduces which speech act, in which construction, and how surely.

`verbs.tsv`: lemma, act, and a weight (per cent) for each construction that can hold the content.
`nouns.tsv`: the same for nouns. Single words and counts only; no sentence of any corpus is in these files.
"""
