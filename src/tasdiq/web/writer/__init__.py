"""The one who writes: every entry that pages and programs hand in goes through here to the mechanism."""

from tasdiq.web.writer.remote import RemoteWriter
from tasdiq.web.writer.writer import Writer
from tasdiq.web.writer.writing import Entered, Writing

__all__ = ["Entered", "RemoteWriter", "Writer", "Writing"]
