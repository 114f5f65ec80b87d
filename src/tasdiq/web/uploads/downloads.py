"""Hand a file out as it is, so that no browser runs it, shows it or guesses what it is.

Always as a download, of a type that means nothing, in a sandbox should it be shown all the same, kept in no cache. It is held
against its SHA-256 before the first byte leaves, and sent in parts.
"""

from __future__ import annotations

from pathlib import Path

from fastapi.responses import FileResponse

from tasdiq.web.uploads import staging

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def handed_out(path: Path, sha256: str, name: str, media: str = "application/octet-stream") -> FileResponse:
    """Return the answer that hands a file out under a name of our own (`names.given`); raises what `staging` raises."""
    staging.require_unaltered(path, sha256)
    return FileResponse(path, media_type=media, filename=name, headers={**HEADERS, "Digest": f"sha-256={sha256}"})
