"""Publication: what the record says, made safe to show, as a static site, data files and charts.

`redact` decides what may be shown before anything is rendered; `sitedata` turns the rest into plain data; `pages`, `charts`
and `export` write it out. Nothing here reads the record itself: the state and the proofs are passed in.
"""
