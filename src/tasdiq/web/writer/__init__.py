"""The one who writes: every entry that pages and programs hand in goes through here to `Mechanism.submit`."""

from tasdiq.web.writer.writer import Entered, Writer

__all__ = ["Entered", "Writer"]
