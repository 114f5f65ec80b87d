"""The two files a backup consists of.

1. The backup is an uncompressed tar as parcels travel in (`record.mirrors.archive`), which any tar program opens: `backup.json`
   with `{"type", "origin", "size"}`, `parcel.tar` (a whole parcel for members), `office.jsonl`, and, where the host has it,
   `cosigners.txt`. No key of the host is in it.
2. The keys are canonical JSON `{"type", "origin", "files": {name: base64}}` with the files of the host's `keys` folder.
   `at-rest.key` stays behind: it belongs to the database on that disk, and a restored one gets its own.
"""

from __future__ import annotations

from tasdiq.record.cosign.exchange import REMEMBERED

BACKUP, KEYS_BACKUP = "tasdiq/backup/v1", "tasdiq/backup-keys/v1"
HEAD, PARCEL, OFFICE, COSIGNERS = "backup.json", "parcel.tar", "office.jsonl", REMEMBERED
LARGEST_HEAD, LARGEST_KEYS, LARGEST_MEMBER = 65_536, 2**20, 8**11 - 1
