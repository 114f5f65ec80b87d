"""Looking into hostile files: limits hold, nothing is fetched, credentials are told, and copies carry nothing hidden."""

from __future__ import annotations

import io
import socket
import struct
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from doors.app.credentials import signed_picture
from doors.app.evidence import photograph
from tasdiq.web.examining.examiner import Examiner
from tasdiq.web.examining.kinds import kind_of
from tasdiq.web.examining.plain import plain

CANARY = b"canary"


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a file to look into."""

    def write(data: bytes) -> Path:
        path = tmp_path / "given"
        path.write_bytes(data)
        return path

    return write


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes) -> bytes:
    """Return a PNG that says it is that large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def picture(form: str) -> bytes:
    """Return a picture that carries the canary wherever its format has a place for it."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "canary", "canary", "canary"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 7.0, 24.4), 3: "E", 4: (21.0, 20.0, 44.4)})
    made = io.BytesIO()
    points = Image.linear_gradient("L").resize((400, 300)).convert("RGB")
    xmp = b'<?xpacket begin=""?><x>canary</x>'
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", "canary")
        texts.add_itxt("XML:com.adobe.xmp", "canary")
        texts.add_text("Long", "canary " * 400, zip=True)
        points.save(made, form, pnginfo=texts, exif=exif)
    elif form == "TIFF":
        points.save(made, form, exif=exif, tiffinfo={270: "canary", 305: "canary"})
    elif form == "GIF":
        points.save(made, form, comment=CANARY, save_all=True, append_images=[points.rotate(90)])
    else:
        points.save(made, form, exif=exif, xmp=xmp, **({"comment": CANARY} if form == "JPEG" else {}))
    return made.getvalue() + CANARY


@pytest.mark.parametrize(
    ("form", "media"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("TIFF", "image/png"), ("GIF", "image/png")],
)
def test_a_copy_carries_the_picture_alone(put: Callable[[bytes], Path], tmp_path: Path, form: str, media: str) -> None:
    """EXIF, position, XMP, comments, texts, further pictures and what is appended are gone; the picture is the same."""
    data = picture(form)
    assert CANARY in data
    told = Examiner().copy(put(data), tmp_path / "copy")
    assert (told.failed, told.media) == ("", media)
    assert told.left
    made = (tmp_path / "copy").read_bytes()
    for hidden in (CANARY, b"Exif", b"xpacket", b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"GPS"):
        assert hidden not in made
    with Image.open(io.BytesIO(made)) as copied, Image.open(io.BytesIO(data)) as original:
        assert copied.size == original.size
        before, after = (one.convert("L").resize((8, 8)).tobytes() for one in (original, copied))
        assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 8
    assert put(data).read_bytes() == data


def test_credentials_are_told_and_left_out_of_copies(put: Callable[[bytes], Path], tmp_path: Path) -> None:
    """Who signed, as the certificate says; made with what; that the signature holds; and that a copy has none."""
    path = put(signed_picture())
    told = dict(Examiner().look(path).credentials)
    assert told["Content credentials"].startswith("the signature holds over this file as it is")
    assert told["Signed, as the certificate says, by"] == "Acme cameras"
    assert told["Made with"] == "Acme field camera"
    assert told["What was done to it, as its maker says"] == "created"
    assert Examiner().copy(path, tmp_path / "copy").failed == ""
    assert dict(Examiner().look(tmp_path / "copy").credentials) == {}
    assert b"c2pa" not in (tmp_path / "copy").read_bytes()


def test_a_picture_that_was_changed_after_it_was_signed_says_so(put: Callable[[bytes], Path]) -> None:
    """One point of the picture changed: the signature does not hold."""
    data = bytearray(signed_picture())
    data[-20] ^= 0x55
    told = dict(Examiner().look(put(bytes(data))).credentials)
    assert "does not hold" in told["Content credentials"]


def test_nothing_is_fetched(put: Callable[[bytes], Path]) -> None:
    """A picture that names an address for its credentials is looked into without anybody being asked there."""
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as place:
        place.settimeout(3)

        def listen() -> None:
            try:
                asked.append(place.accept())
            except OSError:
                return

        thread = threading.Thread(target=listen)
        thread.start()
        told = Examiner().look(put(signed_picture(f"http://127.0.0.1:{place.getsockname()[1]}/manifest.c2pa")))
        thread.join()
    assert asked == []
    assert "nothing was fetched" in dict(told.credentials)["Content credentials"]


def test_what_unpacks_to_too_much_is_refused(put: Callable[[bytes], Path], tmp_path: Path) -> None:
    """A picture of 2,500 million points in a few bytes is refused before it is unpacked."""
    path = put(png(50_000, 50_000, b"\0" * 10**6))
    assert "million points" in Examiner().look(path).failed
    assert "million points" in Examiner().copy(path, tmp_path / "copy").failed
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0" + b"\0" * 100, b"%PDF-1.7\n%%EOF", png(100, 100, b"\0"), b"GIF89a",
        b"RIFF\x04\0\0\0WEBP", b"II*\0" + b"\xff" * 64,
        photograph()[:2000], b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0*" + b"\xff" * 5000, b"", b"\xff\xfe\x00\xd8",
    ],
)  # fmt: skip
def test_damaged_files_are_told_as_damaged(put: Callable[[bytes], Path], tmp_path: Path, data: bytes) -> None:
    """Nothing but words comes of them."""
    told = Examiner().look(put(data))
    assert isinstance(told.failed, str)
    assert told.picture == b""
    assert Examiner().copy(put(data), tmp_path / "copy").failed
    assert not (tmp_path / "copy").exists()


def test_what_takes_too_long_is_stopped(put: Callable[[bytes], Path]) -> None:
    """A process that goes on is killed, and the answer says that it broke off."""
    assert "took too long or broke off" in Examiner(patience=0.01).look(put(photograph())).failed


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 100, b"%PDF-1.4\n", b"<svg onload=alert(1)>", b"\0\1\2"])
def test_there_is_no_copy_of_what_may_hide_something(put: Callable[[bytes], Path], tmp_path: Path, data: bytes) -> None:
    """Documents, archives, texts and unknown files are refused, in words."""
    assert "pictures only" in Examiner().copy(put(data), tmp_path / "copy").failed


def test_text_is_shown_in_part_and_turns_nothing_about(put: Callable[[bytes], Path]) -> None:
    """The first 4,000 letters; controls and turns of direction stand as �; markup is text."""
    told = Examiner().look(put(("<script>alert(1)</script>\u202edetrevni\n" * 200).encode()))
    assert told.media == "text/plain"
    assert told.cut
    assert len(told.text) == 4000
    assert told.text.startswith("<script>alert(1)</script>�detrevni\n")


def test_words_of_a_file_are_short_and_plain() -> None:
    """One line, no controls, never long; a picture's kind is told by its content."""
    assert plain("a\u202eb\x00\nc  d") == "a�b� c d"
    assert len(plain("x" * 10_000)) == 240
    assert kind_of(b"\xff\xd8\xff\xe0").media == "image/jpeg"
    assert kind_of(b"MZ\x90\0").media == "application/octet-stream"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_memory_is_bounded(put: Callable[[bytes], Path]) -> None:
    """A PNG text that unpacks to gigabytes ends in words, not in the machine's memory."""
    bomb = zlib.compressobj(9)
    packed = b"".join(bomb.compress(b"\0" * 2**20) for _ in range(2000)) + bomb.flush()
    data = png(10, 10, b"\0" * 310)
    whole = data[:-12] + chunk(b"zTXt", b"Comment\0\0" + packed) + data[-12:]
    told = Examiner().look(put(whole))
    assert "damaged" in told.failed or "broke off" in told.failed or not told.failed
    assert len(str(told.facts)) < 10_000
