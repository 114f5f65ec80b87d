"""Who is who: the directory of actors, learnt from a charter, the world's countries and the texts themselves.

Decides which phrases name whom, for known and made-up countries alike, with no list of persons, groups or outlets. Names of a
thing are all kept, each with who uses it; none is preferred. Who speaks each statement in whose telling is left to
`intake.speakers` and `intake.tellers`.
"""

from .build import build_directory
from .directory import Directory
from .main_voice import HABITS
from .resolution import Resolution
from .voices import Voice, read_voices

__all__ = ["HABITS", "Directory", "Resolution", "Voice", "build_directory", "read_voices"]
