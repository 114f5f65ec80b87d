"""How a picture for the guides is made: of a part of a page, at a fixed size, in few colours, with steady ids.

Keys and salts are random, and with them ids and fingerprints: in pictures steady digits stand in their places, the same for the
same id, and so do moments by the office's clock, which is the machine's: a picture changes only when its page does.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parents[3]
GUIDES = ROOT / "docs" / "guides"
KEPT = GUIDES / "images"
MOST_BYTES = 60_000
WIDE, NARROW = 1000, 390
_COLOURS = 48
_MARGIN = 6
_STEADY = """() => {
  const stands = new Map();
  const digits = (word) => {
    if (!stands.has(word)) {
      let seed = 7919 * (stands.size + 1);
      const next = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) >> 16) % 16;
      stands.set(word, [...word].map(() => next().toString(16)).join(''));
    }
    return stands.get(word);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const short = node.parentElement.closest('.fingerprint, #sign-key');
    const pattern = short ? /[0-9a-f]{4,}/g : /(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8,}/g;
    node.data = node.data.replace(pattern, digits);
  }
  for (const told of document.querySelectorAll('time')) {
    if (!told.dateTime.startsWith('203')) told.textContent = '22 March 2031, 08:00 UTC / 13:00 Asia/Karachi / 12:30 Asia/Kabul';
  }
  document.activeElement.blur();
  window.scrollTo({ top: 0, behavior: 'instant' });
}"""


@dataclass(frozen=True)
class Picture:
    """A part of a page: from an element (the top of the page otherwise), so many pixels high at most.

    Of a `section` or `article` no more is shown than the element.
    """

    height: int
    top: str = ""
    width: int = WIDE


def take(tab: Page, name: str, picture: Picture) -> Path:
    """Write the picture of what a tab shows; return its file. The committed ones are replaced only where that is asked for."""
    tab.set_viewport_size({"width": picture.width, "height": picture.height})
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.evaluate(_STEADY)
    tab.evaluate("() => document.fonts.ready.then(() => true)")
    top, height = _where(tab, picture)
    clip = {"x": 0, "y": top, "width": picture.width, "height": height}
    data = tab.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
    folder = KEPT if os.environ.get("TASDIQ_PICTURES") == "write" else ROOT / "build" / "guides"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    path.write_bytes(_small(data))
    return path


def size(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture in pixels."""
    with Image.open(path) as picture:
        return picture.size


def _where(tab: Page, picture: Picture) -> tuple[float, float]:
    if not picture.top:
        return 0, picture.height
    wanted = tab.locator(picture.top).first
    box = wanted.bounding_box()
    assert box, picture.top
    top = max(0.0, box["y"] - _MARGIN)
    whole = wanted.evaluate("found => ['SECTION', 'ARTICLE'].includes(found.tagName)")
    return top, min(picture.height, box["height"] + 2 * _MARGIN) if whole else picture.height


def _small(data: bytes) -> bytes:
    """Keep the colours that most of the picture is in exactly, and put the others to the nearest of them."""
    with Image.open(io.BytesIO(data)) as picture:
        plain = picture.convert("RGB")
    counted = sorted(plain.getcolors(plain.width * plain.height) or [], reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted for part in colour])  # type: ignore[attr-defined]
    out = io.BytesIO()
    plain.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
