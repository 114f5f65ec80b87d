"""Whose account posts: the charter says it, by a handle among a member's designations ("@KestriaMFA"), and nothing else does.

Rules
1. A post of an export whose author's handle the charter lists is that member's own voice; a group's likewise, without a party.
   Words in it that the account says of itself ("we reject …") are too.
2. Under any other handle nobody's party speaks, whatever name the account shows: the post is told by a third, and the account is
   not named outside the text, since most who post are private persons.
3. A repost, or a post that another quotes, is its first author's; whoever passed it on is a hand in its chain. It is no new origin.
   Passed on by another party's account, it is as told by that party.
4. A handle is compared without its @ and without case. Posts that a press page embeds are read as `actors` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tasdiq.intake.actors import Directory
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Hand, Statement, Teller

METHOD = "intake.handles/1"
EXPORTED = re.compile(r"(?:post|repost|quoted post) on ")
UNLISTED = "an account that the charter does not list"
_BYLINE = re.compile(r"— (?P<through>(?:passed on|quoted) by )?.*?(?:\(@(?P<handle>[^()]+)\))?$")


@dataclass(frozen=True)
class _Account:
    """Who an account belongs to, if the charter says it, and where the text names it."""

    place: Span
    actor: str | None = None
    party: str | None = None
    name: str = UNLISTED


def listed_handles(charter: Charter) -> dict[str, str]:
    """Return the actor or member id by handle, in small letters without the @."""
    found: dict[str, str] = {}
    for member in charter.members:
        found |= {_key(each.text): member.id for each in member.designations if each.text.startswith("@")}
    for group in charter.groups:
        found |= {_key(each.text): f"group/{group.id}" for each in group.designations if each.text.startswith("@")}
    return found


def _key(handle: str) -> str:
    return handle.strip().removeprefix("@").lower()


def is_exported(document: Document) -> bool:
    """Tell whether a document is a post of an export."""
    return document.kind == "post" and EXPORTED.match(document.label) is not None


def own_posts(
    document: Document, text: str, statements: Sequence[Statement], directory: Directory, handles: Mapping[str, str]
) -> list[Statement]:
    """Return a post's statements with its author settled by handle alone; those of other documents as they are."""
    if not is_exported(document):
        return list(statements)
    author, through = _accounts(document, text, directory, handles)
    if author is None:
        return list(statements)
    whole = next((each for each in statements if _is_post(each)), None)
    before = whole.speaker if whole else None
    return [
        _settled(document, each, author, through)
        if _is_post(each) or _is_of_itself(each, text, before)
        else replace(each, told_by=author.actor)
        if each.teller == "third" and author.actor
        else each
        for each in statements
    ]


def _is_post(statement: Statement) -> bool:
    return statement.method.startswith("attribute.post/")


def _is_of_itself(statement: Statement, text: str, account: str | None) -> bool:
    words = " ".join(text[span.start : span.end] for span in statement.source).lower()
    return words in ("we", "i") or (account is not None and statement.speaker == account)


def _accounts(
    document: Document, text: str, directory: Directory, handles: Mapping[str, str]
) -> tuple[_Account | None, _Account | None]:
    """Return who wrote a post and who passed it on, as its bylines say."""
    author = through = None
    for paragraph in document.paragraphs:
        match = _BYLINE.fullmatch(text[paragraph.start : paragraph.end]) if paragraph.kind == "byline" else None
        if match is None:
            continue
        account = _account(match["handle"], Span(start=paragraph.start, end=paragraph.end), directory, handles)
        author, through = (author, account) if match["through"] else (account, through)
    return author, through


def _account(handle: str | None, place: Span, directory: Directory, handles: Mapping[str, str]) -> _Account:
    whose = handles.get(_key(handle)) if handle else None
    polity = directory.polities.get(whose or "")
    actor = directory.actors.get(polity.actor if polity else whose or "")
    if actor is None:
        return _Account(place)
    return _Account(place, actor.id, polity.id if polity else None, actor.name)


def _settled(document: Document, statement: Statement, author: _Account, through: _Account | None) -> Statement:
    teller: Teller = "own" if author.party else "third"
    if author.party and through and through.party and through.party != author.party:
        teller = "other-party"
    hands = [Hand(who=author.name, how="post", actor=author.actor)]
    if through:
        hands.append(Hand(who=through.name, how="quoted by", actor=through.actor))
    return replace(
        statement,
        source=(author.place,) if author.actor else (),  # the byline of anybody else is shown nowhere
        speaker=author.actor,
        party=author.party,
        parties=(),
        teller=teller,
        told_by=None if teller == "own" else through.party or through.actor if through else None,
        channel=document.label,
        chain=tuple(hands),
        when=document.published,
        method=f"{statement.method.partition(';')[0]}; {METHOD} {'listed' if author.actor else 'not listed'}",
    )
