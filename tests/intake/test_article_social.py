"""Exports of posts: each a document of its own; accounts are a party's only where the charter lists the handle."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import is_export, receive_file
from tasdiq.intake.article.social.post import read_instant
from tasdiq.intake.extract import extract
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Received
from tasdiq.model.source import Designation
from tasdiq.model.statement import Statement

PARTIES = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(
        Member(id="kes", name="Kestria", designations=(Designation(text="@KestriaMFA"), Designation(text="@channel7"))),
        Member(id="vor", name="Vorland", designations=(Designation(text="@vorland@post.example"),)),
    ),
)
WORDS = "We reject the claim that our forces fired first. The crossing stays open."
STAMP = "Sat Apr 05 10:15:00 +0500 2031"

TWEETS = [
    {"tweet": {"id_str": "11", "created_at": STAMP, "full_text": WORDS}},
    {"tweet": {"id_str": "12", "created_at": STAMP, "full_text": "RT @VorlandDaily: Shells fell near the Velm crossing…",
               "entities": {"user_mentions": [{"screen_name": "VorlandDaily", "name": "Vorland Daily"}]}}},
]  # fmt: skip
ACCOUNT = [{"account": {"username": "KestriaMFA", "accountDisplayName": "Foreign Ministry"}}]
TELEGRAM = {
    "name": "Kestria MFA", "type": "public_channel", "id": 7, "messages": [
        {"id": 1, "type": "service", "date": "2031-04-05T10:00:00", "action": "create_channel"},
        {"id": 2, "type": "message", "date": "2031-04-05T10:15:00", "date_unixtime": "1933132500",
         "from": "Kestria MFA", "from_id": "channel7", "text": ["We reject the claim that ", {"type": "bold", "text": "our"},
                                                              " forces fired first. The crossing stays open."]},
        {"id": 3, "type": "message", "date_unixtime": "1933132600", "from": "Kestria MFA", "from_id": "channel7",
         "forwarded_from": "Vorland Daily", "text": "Shells fell near the Velm crossing."},
    ],
}  # fmt: skip
SERVER = "https://post.example"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
OUTBOX = {
    "type": "OrderedCollection", "orderedItems": [
        {"type": "Create", "actor": f"{SERVER}/users/vorland", "published": "2031-04-05T05:15:00Z", "to": [PUBLIC],
         "object": {"type": "Note", "to": [PUBLIC], "url": f"{SERVER}/@vorland/1", "published": "2031-04-05T05:15:00Z",
                    "attributedTo": f"{SERVER}/users/vorland", "content": "<p>We did not fire.</p><p>We ask for talks.</p>"}},
        {"type": "Create", "to": [f"{SERVER}/users/ana"], "object": {"type": "Note", "to": [], "content": "<p>a secret</p>"}},
        {"type": "Announce", "object": "https://other.example/1"},
    ],
}  # fmt: skip
LINES = [
    {"id": "1", "full_text": WORDS, "created_at": STAMP, "user": {"name": "Foreign Ministry", "screen_name": "kestriamfa"}},
    {"rawContent": "Look at this.", "date": "2031-04-05T05:15:00+00:00",
     "user": {"username": "ana", "displayname": "Foreign Ministry of Kestria"},
     "quotedTweet": {"rawContent": WORDS, "date": "2031-04-05T05:00:00+00:00", "user": {"username": "KestriaMFA"}}},
    {"text": "RT", "created_at": "2031-04-05T05:15:00Z", "author": {"username": "ana"},
     "referenced_tweets": [{"type": "retweeted", "text": WORDS, "author": {"username": "KestriaMFA"}}]},
]  # fmt: skip
ROWS = f"""Date,Username,Text,Likes
2031-04-05T10:15:00+05:00,KestriaMFA,"{WORDS}",4
2031-04-05,ana,We surrender all of it.,1
,ana,,2
"""


def script(rows: object, what: str = "tweets") -> bytes:
    """Return a file of an archive."""
    return f"window.YTD.{what}.part0 = {json.dumps(rows)}".encode()


def archive() -> bytes:
    """Return an archive as it is downloaded."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("data/account.js", script(ACCOUNT, "account"))
        made.writestr("data/tweets.js", script(TWEETS))
        made.writestr("data/direct-messages.js", script([{"dm": "secret"}], "dm"))
    return held.getvalue()


FILES = {
    "archive.zip": archive(),
    "result.json": json.dumps(TELEGRAM).encode(),
    "outbox.json": json.dumps(OUTBOX).encode(),
    "posts.jsonl": "\n".join(map(json.dumps, LINES)).encode(),
    "posts.csv": ROWS.encode(),
}


def posts(name: str) -> tuple[Received, list[list[Statement]]]:
    """Receive an export and read it; return the statements of each post."""
    file = receive_file(name, FILES[name])
    found = extract(PARTIES, [file], "test")
    return file, [[s for s in found.statements[d.id] if not s.narrated] for d in file.documents]


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_post_is_a_document_with_its_time_in_utc(name: str) -> None:
    """A post has its words, minute and label; nobody's name stands outside the text, and nothing private is read."""
    file, _ = posts(name)
    assert all(d.kind == "post" and d.author is None and d.outlet is None for d in file.documents)
    first = file.documents[0]
    assert first.published and (first.published.start, first.published.precision) == ("2031-04-05T05:15:00Z", "minute")
    assert "secret" not in file.text
    assert [first.label.split(" on ")[0], first.language] == ["post", "en"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_listed_handle_is_own_voice(name: str) -> None:
    """The charter's handle makes the post, and what it says of itself, the member's own voice."""
    _, said = posts(name)
    party = "vor" if name == "outbox.json" else "kes"
    whole = next(s for s in said[0] if s.method.startswith("attribute.post"))
    assert (whole.speaker, whole.party, whole.teller, whole.quote) == (party, party, "own", "direct")
    assert all(s.party == party and s.teller == "own" for s in said[0] if s.act == "rejects")


def test_a_name_makes_no_party() -> None:
    """ "Foreign Ministry of Kestria" under a handle that nobody listed speaks for nobody, and is not named."""
    for name, number in (("posts.jsonl", 1), ("posts.csv", 1)):
        _, said = posts(name)
        assert {(s.speaker, s.party, s.teller) for s in said[number]} == {(None, None, "third")}
        assert said[number][0].chain[0].who == "an account that the charter does not list"
        assert said[number][0].source == ()


@pytest.mark.parametrize(("name", "number"), [("archive.zip", 1), ("result.json", 1)])
def test_what_is_passed_on_is_its_first_authors(name: str, number: int) -> None:
    """A repost or forward is not the passing account's word: it is a hand in the chain."""
    file, said = posts(name)
    assert file.documents[number].label.startswith("repost on ")
    (post,) = (s for s in said[number] if s.method.startswith("attribute.post"))
    assert (post.speaker, post.teller, post.told_by) == (None, "third", "kes")
    assert [hand.how for hand in post.chain] == ["post", "quoted by"]
    assert post.chain[1].actor == "kes"


def test_quoted_and_reposted_posts_in_lines() -> None:
    """A quoted post stands under the one that quotes it; reposted words of a listed account stay its own voice."""
    file, said = posts("posts.jsonl")
    assert [d.label for d in file.documents] == ["post on X", "post on X", "quoted post on X", "repost on X"]
    assert file.documents[2].parent == file.documents[1].id
    assert said[2][0].party == said[3][0].party == "kes"
    assert said[3][0].chain[1].who == "an account that the charter does not list"


def test_another_partys_account_tells_of_a_party() -> None:
    """What one party's account passes on of the other is as told by that party."""
    row = {"full_text": WORDS, "created_at": STAMP, "user": {"screen_name": "vorland@post.example"}}
    row["retweeted_status"] = LINES[0]
    file = receive_file("a.jsonl", json.dumps(row).encode())
    found = extract(PARTIES, [file], "test").statements[file.documents[0].id]
    assert (found[0].party, found[0].teller, found[0].told_by) == ("kes", "other-party", "vor")


def test_rows_without_words_are_refused_by_line() -> None:
    """What cannot be read is listed, columns nobody reads are noted, private chats are not read."""
    file, _ = posts("posts.csv")
    assert [(r.line, r.reason) for r in file.rejected] == [(4, "the post has no text")]
    assert "columns not read: Likes" in file.notes
    private = receive_file("result.json", json.dumps(TELEGRAM | {"type": "personal_chat"}).encode())
    assert not private.documents and "private chats are not read" in private.rejected[0].reason
    alone = receive_file("tweets.js", script(TWEETS))
    assert any("give the whole archive" in note for note in alone.notes)


def test_tables_stay_tables() -> None:
    """Event tables and forms are no exports, whatever columns of words they have."""
    assert not is_export("a.csv", b"date,username,text,latitude,longitude\n")
    assert not is_export("a.csv", b"report_id,source_id,time,text\n")
    assert not is_export("a.json", b'[{"_id": 1, "text": "x"}]')
    assert not is_export("a.json", b'{"type": "FeatureCollection", "features": []}')
    assert is_export("a.csv", b"created_at;screen_name;full_text\r\n")


def test_instants_keep_their_zone() -> None:
    """Every form of stamp is the same minute in UTC; one without a zone is a day; nonsense is none."""
    stamps = (STAMP, "2031-04-05T10:15:00+05:00", "2031-04-05T05:15:00Z", "1933132500", "Sat, 05 Apr 2031 05:15:00 GMT")
    assert {found.start for stamp in stamps if (found := read_instant(stamp))} == {"2031-04-05T05:15:00Z"}
    day = read_instant("2031-04-05T10:15:00")
    assert day and (day.start, day.precision) == ("2031-04-05", "day")
    assert read_instant("yesterday") is None


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)),
    at=st.integers(0, 3000),
    dropped=st.integers(0, 40),
    noise=st.binary(max_size=20),
)
def test_no_bytes_raise(name: str, at: int, dropped: int, noise: bytes) -> None:
    """An export with anything put into it or taken out of it is read or rejected."""
    whole = FILES[name]
    at %= len(whole)
    receive_file(name, whole[:at] + noise + whole[at + dropped :])


KEYS = [
    "text",
    "user",
    "messages",
    "type",
    "chats",
    "list",
    "object",
    "orderedItems",
    "full_text",
    "tweet",
    "entities",
    "media",
]
SHAPES = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(SHAPES)
def test_no_shape_of_json_raises(value: object) -> None:
    """JSON of any shape is read or rejected by every door."""
    data = json.dumps(value)
    receive_file("a.jsonl", data.encode())
    receive_file("tweets.js", b"window.YTD.tweets.part0 = " + data.encode())
    receive_file("o.json", b'{"orderedItems": ' + data.encode() + b"}")
    receive_file("t.json", b'{"type": "public_channel", "messages": ' + data.encode() + b"}")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='date,handle\r\n"text;\t\x00a', max_size=60))
def test_no_header_raises(noise: str) -> None:
    """A CSV that begins in any way is a table, posts, or rejected."""
    for data in (
        noise,
        noise + "date,handle,text\r\n2031-04-05,a,b\r\n",
        "date,handle,text" + noise,
        "\r\ndate,handle,text\rx",
    ):
        receive_file("a.csv", data.encode())
        receive_file("a.csv", data.encode("utf-16"))
