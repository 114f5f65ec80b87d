"""Looking into files that somebody handed in, who may be hostile: always in a process of its own, with limits and no network.

`examiner` starts that process; everything else here runs in it and nowhere else (`__main__`). Kinds are told by content alone.
"""
