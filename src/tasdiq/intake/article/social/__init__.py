"""Exports of social-media posts: what a user downloads or a tool writes becomes documents of kind `post`, each with its author.

Decides which file is an export and of what (`kinds`), and what of it is public speech. Nothing is fetched, no link followed.

1. Each post is a document of its own with author, handle, time to the minute in UTC, and address.
2. What somebody passes on (a repost, a boost, a forwarded message) has its first author as author, and whoever passed it on as the
   hand it came through: it is transmission, and no new origin. What is quoted in a post is a document under that post.
3. Private messages and chats are not read: an export may hold them, a record may not.
4. Whether an account is a party's is the charter's to say (`intake.handles`), never a display name's.
"""

from .kinds import export_kind, is_export, read_export

__all__ = ["export_kind", "is_export", "read_export"]
