"""Cosigners: whoever sees every checkpoint of a log in order, and says so under its own key.

`rules` decides what a cosigner answers, `memory` is what it must not forget, `cosigner` joins the two under its key;
`server` answers over HTTP, `exchange` by files carried by hand, `client` asks for the log. Standard library and the
record's two libraries only.
"""
