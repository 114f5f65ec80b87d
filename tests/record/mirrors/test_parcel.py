"""Parcels: one spelling, whole or refused, nothing but our own errors (rules of `parcel` and `archive`)."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from record.records import LOG, ORIGIN
from tasdiq.errors import InputError, MissingError, TasdiqError
from tasdiq.record import canonical, checkpoint, merkle, note
from tasdiq.record.mirrors.archive import Archive, header, write_end, write_member
from tasdiq.record.mirrors.parcel import Attached, Carried, Content, Head, Parcel, opened, write
from tasdiq.record.rows import Row

SALT = bytes(range(32))
SHEET = b"a made-up table"
NAME = hashlib.sha256(SHEET).hexdigest()


def leaf(index: int) -> bytes:
    """Return the bytes of a leaf; a parcel does not look into them."""
    return b"leaf %d" % index


def signed(size: int, root: bytes) -> bytes:
    """Return a checkpoint's note."""
    text = checkpoint.Checkpoint(ORIGIN, size, root).text
    return note.sign(text, note.Verifier(ORIGIN, LOG.public), LOG.sign)


def content(index: int, _: bytes) -> Content:
    """Return what lies off the tree: plain, bulk and named entries in turn, some with nothing."""
    body = canonical.dumps({"attachment": NAME, "n": index})
    match index % 4:
        case 0:
            return Content((SALT, body), attachments=(NAME,))
        case 1:
            return Content((SALT, b"{}"), rows={0: Row(SALT, b"1"), 1: None}, disclosures=('["a"]', None))
        case 2:
            return Content(envelope=b"sealed for somebody")
    return Content()


def parcel(size: int, since: int = 0, of: Callable[[int, bytes], Content] = content, head: Head | None = None) -> bytes:
    """Return a parcel of made-up entries."""
    edge = merkle.root_of(merkle.leaf_hash(leaf(index)) for index in range(size))
    start = since // 256 * 256
    hashes = [merkle.leaf_hash(leaf(index)) for index in range(size)]
    before = [
        merkle.perfect_root(hashes[index << level : (index + 1) << level])
        for level, index in merkle.perfect_parts(0, start)
    ]
    file = io.BytesIO()
    made = head or Head(ORIGIN, since, size, tuple(before))
    write(file, made, signed(size, edge), map(leaf, range(start, size)), of, lambda _: SHEET)
    return file.getvalue()


def read(data: bytes) -> bytes:
    """Read a parcel and write again what was read."""
    found = Parcel(io.BytesIO(data))
    leaves: list[bytes] = []
    contents: dict[int, Content] = {}
    files: dict[int, list[str]] = {}
    last = 0
    for item in found:
        if isinstance(item, Carried):
            leaves.append(item.leaf)
            last = item.index
            if item.content:
                contents[last] = item.content
        else:
            files.setdefault(last, []).append(item.sha256)

    def again(index: int, _: bytes) -> Content:
        held = contents[index]
        return Content(held.committed, held.rows, held.disclosures, held.envelope, tuple(files.get(index, ())))

    out = io.BytesIO()
    write(out, found.head, found.note, leaves, again, lambda _: SHEET)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "since"), [(1, 0), (7, 0), (7, 3), (256, 0), (300, 256), (300, 299), (600, 512), (512, 512)]
)
def test_what_is_written_is_read_again(size: int, since: int) -> None:
    """Every kind of content and every place of the first bundle comes out as it went in, byte for byte (rule 1)."""
    data = parcel(size, since)
    assert read(data) == data
    found = Parcel(io.BytesIO(data))
    carried = [item for item in found if isinstance(item, Carried)]
    assert [item.index for item in carried] == list(range(since // 256 * 256, size))
    assert all((item.content is None) == (item.index < since) for item in carried)


def test_any_tar_program_opens_a_parcel(tmp_path: Path) -> None:
    """The standard library's tar lists the members, private and in the order of the format."""
    (tmp_path / "p.tar").write_bytes(parcel(3))
    with tarfile.open(tmp_path / "p.tar") as found:
        names = [member.name for member in found]
        assert {(member.mode, member.uid, member.mtime) for member in found} == {(0o600, 0, 0)}
    assert names[:4] == ["parcel.json", "checkpoint", "entries/0", "body/0"]
    assert names[4:] == [f"attachment/{NAME}", "body/1", "rows/1", "disclosures/1", "envelope/2"]


def test_an_attachment_is_found_again() -> None:
    """After one pass each attachment can be read; it travels once however many entries name it."""
    found = Parcel(io.BytesIO(parcel(9)))
    attached = [item for item in found if isinstance(item, Attached)]
    assert [found.read(item) for item in attached] == [SHEET]


def refused(data: bytes, words: str) -> None:
    """Expect a parcel to be refused in these words."""
    with pytest.raises(InputError, match=words):
        read(data)


def test_altered_entries_do_not_give_the_root() -> None:
    """A flipped bit in a leaf, or another tree before the first bundle, is seen at the end (rule 2)."""
    refused(parcel(5).replace(b"leaf 3", b"leaf 4"), "not those under its checkpoint")
    before = (merkle.leaf_hash(b"another"),)
    refused(parcel(300, 256, head=Head(ORIGIN, 256, 300, before)), "not those under its checkpoint")


def test_attachments_that_nobody_names_do_not_ride_along() -> None:
    """A file no body names, or one with another content than its name says, is refused (rule 3)."""
    refused(parcel(1, of=lambda *_: Content((SALT, b"{}"), attachments=(NAME,))), "not named by the entry")
    refused(parcel(1).replace(SHEET, SHEET[::-1]), "was altered")


def test_a_parcel_that_is_cut_short_is_refused() -> None:
    """Wherever the file ends early, it is said so; bytes after the end are refused too."""
    data = parcel(6)
    for at in range(0, len(data), 97):
        refused(data[:at], "ends before it is whole|expected")
    refused(data + b"\0", "nothing more")


@pytest.mark.parametrize(
    "name",
    ["../keys.txt", "/etc/passwd", "body/../../x", "body//1", "BODY/1", "body/1/", "c:x", "body\\1", "body/١", ""],
)
def test_no_name_leads_out_of_a_folder(name: str) -> None:
    """Names with dots, slashes at the ends, other letters or drives cannot even be written (archive rule 1)."""
    with pytest.raises(InputError, match="expected a plain name"):
        header(name, 0)


def test_links_and_other_spellings_of_a_header_are_refused() -> None:
    """A symbolic link, another mode, a second spelling of the size: not the one header there is (archive rule 2)."""
    for at, byte in ((156, b"2"), (104, b"7"), (124, b" "), (257, b"x"), (345, b"p"), (148, b"1")):
        block = bytearray(header("parcel.json", 2))
        block[at : at + 1] = byte
        with pytest.raises(InputError, match="expected the header"):
            Archive(io.BytesIO(bytes(block) + bytes(1536)))


def test_a_member_larger_than_its_kind_is_refused_before_it_is_read() -> None:
    """An announced size beyond the limit, or of bytes that are not there, takes no memory (rule 4)."""
    refused(header("parcel.json", 8**11 - 1), "expected at most")
    refused(header("parcel.json", 1000), "ends before it is whole")


def test_what_follows_out_of_order_is_refused() -> None:
    """Members in another order, or of another entry, are not read as something else."""
    file = io.BytesIO()
    write_member(file, "checkpoint", b"")
    write_end(file)
    refused(file.getvalue(), "expected parcel.json next, found checkpoint")
    refused(parcel(2).replace(header("body/1", 34), header("body/2", 34)), "expected the end|expected body")


def test_a_path_without_a_parcel_says_so(tmp_path: Path) -> None:
    """A missing file says how one is made; a folder and another file are named."""
    with pytest.raises(MissingError, match="tasdiq export"), opened(tmp_path / "none"):
        pass
    with pytest.raises(InputError, match="cannot be read"), opened(tmp_path):
        pass
    (tmp_path / "text").write_bytes(b"words")
    with pytest.raises(InputError, match=r"text: the file ends"), opened(tmp_path / "text"):
        pass


WHOLE = [parcel(5), parcel(300, 299), parcel(258, 256)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a parcel with a few bytes replaced, dropped or repeated."""
    data = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 600)))
        data = data[:at] + draw(st.binary(max_size=8) | st.just(data[at:end])) + data[end:]
    return data


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=2000) | damaged())
@example(bytes(1024))
def test_only_our_errors_and_one_spelling(data: bytes) -> None:
    """Whatever the bytes: refused by an error of ours, or accepted and written again exactly so (rule 1)."""
    try:
        again = read(data)
    except TasdiqError:
        return
    assert again == data
