"""The charter that made-up members of the joint journeys live under, up to its rules of procedure."""

from __future__ import annotations

CONSTITUTION = """
title = "Joint mechanism of Kestria and Vorland"
form = "joint"
[[party]]
id = "kes"
name = "Kestria"
[[party]]
id = "vor"
name = "Vorland"
[[mediator]]
id = "ord"
name = "Ordania"
[[observer]]
id = "riv"
name = "Union of Rivers"
[[agreement]]
id = "truce"
title = "Truce of Sella"
form = "signed"
[[commitment]]
id = "no-fire"
agreement = "truce"
bearer = "vor"
text = "No fire across the line of contact"
acknowledged_by = ["vor"]
"""
