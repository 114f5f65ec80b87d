"""What a file's content credentials (C2PA) say, and whether their signature holds over the file. Runs confined (`limits`).

Under the C2PA Technical Specification (https://spec.c2pa.org/). Nothing is fetched: no manifest from elsewhere, no answer of a
certificate authority, no trust list, so that nobody learns that the file was looked at. Hence who signed is as the
certificate says, and not known further.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import c2pa

from tasdiq.web.examining.plain import plain

OFFLINE = {
    "version": 1,
    "verify": {
        "remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False, "verify_timestamp_trust": False,
        "verify_after_reading": True,
    },
    "core": {"allowed_network_hosts": []},
}  # fmt: skip
READ = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif", "image/heif", "application/pdf", "video/mp4", "audio/mpeg",
    "audio/wav", "video/x-msvideo",
})  # fmt: skip
STATES = {
    "Valid": "the signature holds over this file as it is; who stands behind the certificate is not known here",
    "Trusted": "the signature holds over this file as it is",
    "Invalid": "the signature does not hold over this file: it was changed after it was signed, or badly signed",
}


def credentials(file: BinaryIO, media: str) -> list[list[str]]:
    """Return what the credentials say as pairs of a name and words; none where there are none."""
    if media not in READ:
        return []
    file.seek(0)
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(OFFLINE))
        told = json.loads(c2pa.Reader(media, file, context=context).json())
    except c2pa.C2paError.ManifestNotFound:
        return []
    except c2pa.C2paError.RemoteManifest:
        return [["Content credentials", "they are said to lie at an address elsewhere; nothing was fetched from there"]]
    except (c2pa.C2paError, ValueError) as error:
        if "remote" in str(error).lower():
            return [
                ["Content credentials", "they are said to lie at an address elsewhere; nothing was fetched from there"]
            ]
        return [["Content credentials", "there are some, and they cannot be read"]]
    return list(_told(told))


def _told(told: dict[str, Any]) -> list[list[str]]:
    found = told.get("manifests", {}).get(told.get("active_manifest", ""), {})
    signed, state = found.get("signature_info") or {}, told.get("validation_state", "")
    made = [item.get("name", "") for item in found.get("claim_generator_info") or () if isinstance(item, dict)]
    lines = [
        ["Content credentials", STATES.get(state, "there are some; whether their signature holds could not be told")],
        ["Signed, as the certificate says, by", plain(signed.get("issuer") or signed.get("common_name"))],
        ["Signed at", plain(signed.get("time"))],
        ["Made with", plain(", ".join(filter(None, made)) or found.get("claim_generator"))],
        ["Title in the credentials", plain(found.get("title"))],
        ["What was done to it, as its maker says", "; ".join(_actions(found))],
        ["Made from other files", plain(len(found.get("ingredients") or ()) or "")],
    ]
    return [line for line in lines if line[1]]


def _actions(manifest: dict[str, Any]) -> list[str]:
    found = []
    for assertion in manifest.get("assertions") or ():
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            found += [
                plain(str(item.get("action", "")).removeprefix("c2pa."))
                for item in assertion["data"].get("actions", ())
            ]
    return found[:20]
