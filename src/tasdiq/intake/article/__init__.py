"""The door for documents: a file becomes articles, captions and posts with offsets into its text.

Decides what is the article's own words and what is furniture, where one document ends and the next begins, and which date,
outlet and author each prints of itself. What anybody said is left to `intake.attribute`, places and events to others.
"""

from .order import Evidence, has_open_date, settle_dates
from .receive import ARCHIVES, LARGEST, largest_of, receive_file, receive_path
from .social import is_export

__all__ = [
    "ARCHIVES",
    "LARGEST",
    "Evidence",
    "has_open_date",
    "is_export",
    "largest_of",
    "receive_file",
    "receive_path",
    "settle_dates",
]
