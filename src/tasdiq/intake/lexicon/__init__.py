"""Words of saying, as data: which word introduces which speech act, in which construction, and how surely.

`verbs.tsv` and `nouns.tsv`: lemma; act, then `construction=act` where one differs; `construction=weight` in per cent. Weights of
verbs come from counts on the training part of PolNeAR 1.0.0, smoothed and completed by hand for the language of claims and
denials; those of nouns are set by hand. Single words and counts only: no sentence of any corpus is in these files.
"""
