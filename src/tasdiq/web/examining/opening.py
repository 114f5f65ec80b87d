"""Open a picture within bounds: what unpacks to more than it may is refused before it is unpacked. Runs confined (`limits`)."""

from __future__ import annotations

import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")


class UnreadableError(Exception):
    """A file cannot be looked into; the message says why, in words for whoever handed it in."""


def opened(file: BinaryIO) -> Image.Image:
    """Return the picture, its header read and nothing unpacked; raise `UnreadableError`."""
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = PIXELS
    file.seek(0)
    try:
        found = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(f"it unpacks to more than {PIXELS // 10**6} million points") from error
    except (OSError, ValueError, SyntaxError, Warning, KeyError, TypeError) as error:
        raise UnreadableError("it is damaged, or no picture of the kind it begins like") from error
    if found.width * found.height > PIXELS:
        raise UnreadableError(f"it unpacks to more than {PIXELS // 10**6} million points")
    return found


def upright(found: Image.Image) -> Image.Image:
    """Return the first picture of a file, unpacked, turned the way its file says, as points alone."""
    try:
        found.seek(0)
        found.load()
        turned = ImageOps.exif_transpose(found)
    except Exception as error:
        # The decoders raise whatever a damaged file leads them to; all of it means the same to whoever handed it in.
        raise UnreadableError("it is damaged: it begins like a picture and cannot be unpacked") from error
    deep = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    return turned.convert("RGBA" if deep else "L" if turned.mode in ("1", "L") else "RGB")


def bare(points: Image.Image) -> Image.Image:
    """Return a new picture with these points and nothing else of what stood in the file."""
    made = Image.new(points.mode, points.size)
    made.paste(points)
    return made
