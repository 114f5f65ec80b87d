"""A copy of a picture or document that carries nothing but what it shows. Runs confined (`limits`).

1. A picture is made anew from its points: EXIF, position, XMP, IPTC, credentials, comments, texts, profiles, small pictures
   inside, further pictures and whatever is appended are left behind, known or not. Colours are put into sRGB first, and it is
   turned upright.
2. JPEG, PNG and WebP stay what they are; TIFF and GIF become PNG. Of several pictures the first is kept.
3. Everything else is refused: what a document, a recording or an archive carries cannot all be told from what it shows.
4. The copy is read again before it is handed out: anything beside its points, and there is no copy.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageCms

from tasdiq.web.examining.kinds import JPEG, PNG, WEBP, Kind
from tasdiq.web.examining.opening import UnreadableError, bare, opened, upright

_WRITTEN: dict[str, tuple[Kind, dict[str, Any]]] = {
    "JPEG": (JPEG, {"quality": 92, "subsampling": 0}),
    "PNG": (PNG, {}),
    "WEBP": (WEBP, {"quality": 92, "exact": True}),
    "TIFF": (PNG, {}),
    "GIF": (PNG, {}),
}
_OURS = {
    "JPEG": {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
    "PNG": set(),
    "WEBP": {"loop", "background", "timestamp", "duration"},
}
SILENT = frozenset({"comment", "compression"})
"""Words among what Pillow tells of a file that are no text in it, or are named on their own."""
_LEFT = (
    ("exif", "EXIF data"), ("xmp", "XMP data"), ("photoshop", "IPTC or Photoshop data"), ("comment", "a comment"),
    ("icc_profile", "a colour profile (its colours were put into sRGB)"), ("mp", "further pictures"),
)  # fmt: skip


def copy(file: BinaryIO, to: Path) -> dict[str, Any]:
    """Write the copy to a path; return its media type and what was left behind, in words; raise `UnreadableError`."""
    found = opened(file)
    kind, options = _WRITTEN[str(found.format)]
    left = left_behind(found)
    profile = found.info.get("icc_profile")
    points = bare(_in_srgb(upright(found), profile))
    name = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}[kind.media]
    if name == "JPEG" and points.mode == "RGBA":
        points = points.convert("RGB")
    points.save(to, name, **options)
    _check(to, name)
    return {"media": kind.media, "left": left}


def left_behind(found: Image.Image) -> list[str]:
    """Say what stands in a picture's file beside its points, so far as it is known; anything else goes as well."""
    exif = found.getexif()
    left = [words for key, words in _LEFT if found.info.get(key)]
    if exif and "EXIF data" not in left:
        left.insert(0, "EXIF data")
    if exif and exif.get_ifd(0x8825):
        left.append("the position where it says it was taken")
    if exif and exif.get_ifd(1):
        left.append("a small picture inside")
    if texts := [key for key, value in found.info.items() if isinstance(value, str) and key not in SILENT]:
        left.append(f"{len(texts)} text{'s' if len(texts) > 1 else ''} beside the picture")
    if getattr(found, "n_frames", 1) > 1:
        left.append("all pictures but the first")
    return left


def _in_srgb(points: Image.Image, profile: bytes | None) -> Image.Image:
    """Put colours that a profile explains into sRGB; where it explains nothing, they stay."""
    if not profile or points.mode not in ("RGB", "RGBA", "L"):
        return points
    try:
        turned = ImageCms.profileToProfile(
            points,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=points.mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return points
    return turned or points


def _check(path: Path, name: str) -> None:
    """Raise unless the copy holds points alone (rule 4)."""
    with Image.open(path, formats=(name,)) as made:
        beside = {key for key, value in made.info.items() if value} - _OURS[name]
        if beside or made.getexif() or getattr(made, "n_frames", 1) > 1:
            raise UnreadableError("no copy could be made that carries the picture alone")
