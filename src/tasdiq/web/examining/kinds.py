"""What a file is, by its content: never by its name, never by what whoever sent it says.

Signatures are those of the formats' own specifications, collected in the WHATWG's MIME Sniffing Standard
(https://mimesniff.spec.whatwg.org/). What is none of these, and no plain text, is "a file of another kind".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in words, its media type, and how its name ends when it is downloaded."""

    words: str
    media: str
    ending: str

    @property
    def is_picture(self) -> bool:
        """Tell whether a small copy of it can be shown."""
        return self.media in PICTURES


OTHER = Kind("a file of another kind", "application/octet-stream", "bin")
TEXT = Kind("text", "text/plain", "txt")
JPEG, PNG = Kind("JPEG picture", "image/jpeg", "jpg"), Kind("PNG picture", "image/png", "png")
WEBP, TIFF = Kind("WebP picture", "image/webp", "webp"), Kind("TIFF picture", "image/tiff", "tif")
GIF, PDF = Kind("GIF picture", "image/gif", "gif"), Kind("PDF document", "application/pdf", "pdf")
MP4, MP3 = Kind("MP4 or QuickTime recording", "video/mp4", "mp4"), Kind("MP3 recording", "audio/mpeg", "mp3")
WAV, AVI = Kind("WAV recording", "audio/wav", "wav"), Kind("AVI recording", "video/x-msvideo", "avi")
OGG, WEBM = Kind("Ogg recording", "audio/ogg", "ogg"), Kind("WebM or Matroska recording", "video/webm", "webm")
HEIF = Kind("HEIF or AVIF picture", "image/heif", "heif")
ZIP, ARCHIVE = (
    Kind("ZIP archive or office document, not opened here", "application/zip", "zip"),
    Kind("archive, not opened here", "application/x-archive", "archive"),
)
PICTURES = frozenset(kind.media for kind in (JPEG, PNG, WEBP, TIFF, GIF))
HEAD = 4096
_STARTS = (
    (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"GIF87a", GIF),
    (b"GIF89a", GIF), (b"%PDF-", PDF), (b"ID3", MP3), (b"\xff\xfb", MP3), (b"OggS", OGG), (b"\x1a\x45\xdf\xa3", WEBM),
    (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE), (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE), (b"\xfd7zXZ\0", ARCHIVE), (b"\x28\xb5\x2f\xfd", ARCHIVE),
)  # fmt: skip
_RIFF = {b"WEBP": WEBP, b"WAVE": WAV, b"AVI ": AVI}
_STILL = (b"heic", b"heix", b"mif1", b"avif", b"msf1", b"hevc")


def kind_of(head: bytes) -> Kind:
    """Return the kind of a file by its first `HEAD` bytes."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], OTHER)
    if head[4:8] == b"ftyp":
        return HEIF if head[8:12] in _STILL else MP4
    return TEXT if head and _is_text(head) else OTHER


def _is_text(head: bytes) -> bool:
    """Tell whether the first bytes are text in UTF-8 (its last character may be cut) or in UTF-16 that says so."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


KINDS = {
    kind.media: kind
    for kind in (
        OTHER, TEXT, JPEG, PNG, WEBP, TIFF, GIF, PDF, MP4, MP3, WAV, AVI, OGG, WEBM, HEIF, ZIP, ARCHIVE,
    )
}  # fmt: skip
"""Every kind by its media type."""
