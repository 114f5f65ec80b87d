"""What a picture's file says beside the picture itself (EXIF, XMP, comments), in words. Runs confined (`limits`).

Under EXIF 3.0 (CIPA DC-008) as Pillow reads it. Whoever made the file can have written anything there: it is shown as what it
says, and shows nothing by itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import ExifTags, Image

from tasdiq.web.examining.opening import UnreadableError, bare, opened, upright
from tasdiq.web.examining.plain import plain

PREVIEW_SIDE = 640
PREVIEW_BYTES = 160_000
_BASE, _GPS = ExifTags.Base, ExifTags.GPS
_NAMED = (
    ("Camera", (_BASE.Make, _BASE.Model)), ("Lens", (_BASE.LensMake, _BASE.LensModel)),
    ("Serial number of the camera", (_BASE.BodySerialNumber,)), ("Owner of the camera", (_BASE.CameraOwnerName,)),
    ("Program", (_BASE.Software,)), ("Author", (_BASE.Artist,)), ("Rights", (_BASE.Copyright,)),
    ("Description", (_BASE.ImageDescription,)), ("Comment", (_BASE.UserComment,)),
)  # fmt: skip
_TIMES = (
    ("Taken, by the camera’s clock", _BASE.DateTimeOriginal, _BASE.OffsetTimeOriginal),
    ("Made into this file, by a clock of its own", _BASE.DateTimeDigitized, _BASE.OffsetTimeDigitized),
    ("Last changed, by a clock of its own", _BASE.DateTime, _BASE.OffsetTime),
)
_BESIDE = {
    "exif": "EXIF",
    "xmp": "XMP",
    "photoshop": "IPTC or Photoshop data",
    "comment": "a comment",
    "icc_profile": "a colour profile",
}


def facts(file: BinaryIO) -> list[list[str]]:
    """Return what the file says, as pairs of a name and words; raise `UnreadableError`."""
    found = opened(file)
    try:
        return [line for line in _facts(found) if line[1]]
    except (
        OSError,
        ValueError,
        SyntaxError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ZeroDivisionError,
    ) as error:
        raise UnreadableError("what stands beside the picture is damaged and cannot be read") from error


def _facts(found: Image.Image) -> Iterator[list[str]]:
    yield ["Size of the picture", f"{found.width} × {found.height} points"]
    exif = found.getexif()
    inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    tags: dict[int, Any] = {**exif, **inner}
    for name, tag, zone in _TIMES:
        yield [name, _time(tags, tag, zone)]
    yield ["Position written in the file", position(gps)]
    for name, which in _NAMED:
        yield [name, " ".join(filter(None, (plain(_comment(tags.get(tag))) for tag in which)))]
    yield [
        "A small picture inside",
        "there is one; it may show more than the picture itself" if _thumbnail(exif) else "",
    ]
    for key, value in found.info.items():
        if isinstance(key, str) and isinstance(value, str) and key not in {*_BESIDE, "compression"}:
            yield [f"Text “{plain(key, 40)}”", plain(value)]
    yield ["Comment in the file", plain(found.info.get("comment"))]
    yield ["Also in the file", ", ".join(words for key, words in _BESIDE.items() if found.info.get(key))]
    yield ["Pictures in the file", str(frames) if (frames := getattr(found, "n_frames", 1)) > 1 else ""]


def _time(tags: dict[int, Any], tag: int, zone: int) -> str:
    told = plain(tags.get(tag), 40)
    return f"{told} {plain(tags.get(zone), 10) or '(no time zone given)'}" if told else ""


def _comment(value: Any) -> Any:
    """A user comment begins with eight bytes that name its characters."""
    return value[8:] if isinstance(value, bytes) and value[:5] in (b"ASCII", b"UNICO", b"JIS\0\0") else value


def _thumbnail(exif: Image.Exif) -> bool:
    return bool(exif.get_ifd(ExifTags.IFD.IFD1))


def position(gps: dict[int, Any]) -> str:
    """Write the position of a GPS directory in degrees, with its height and UTC time where these stand there; "" without one."""
    try:
        north = _degrees(gps[_GPS.GPSLatitude], plain(gps.get(_GPS.GPSLatitudeRef)))
        east = _degrees(gps[_GPS.GPSLongitude], plain(gps.get(_GPS.GPSLongitudeRef)))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return "there is one, and it cannot be read" if gps else ""
    height = gps.get(_GPS.GPSAltitude)
    day = plain(gps.get(_GPS.GPSDateStamp), 20)
    return ", ".join(
        filter(None, (north, east, f"{float(height):.0f} m" if height is not None else "", day and f"on {day} UTC"))
    )


def _degrees(parts: Any, side: str) -> str:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= 180:
        raise ValueError("no angle")
    return f"{value:.5f}° {side or '(side not given)'}"


def preview(file: BinaryIO) -> bytes:
    """Return a small JPEG of the picture, made anew from its points; raise `UnreadableError`."""
    found = opened(file)
    if found.format == "JPEG":
        found.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
    points = upright(found)
    points.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    if points.mode == "RGBA":
        ground = Image.new("RGB", points.size, "white")
        ground.paste(points, mask=points.getchannel("A"))
        points = ground
    for quality in (72, 50, 30):
        made = io.BytesIO()
        bare(points.convert("RGB")).save(made, "JPEG", quality=quality)
        if made.tell() <= PREVIEW_BYTES:
            break
    return made.getvalue()
