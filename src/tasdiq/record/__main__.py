"""`python -m tasdiq.record audit PATH`: the audit with two libraries and nothing else of tasdiq."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from tasdiq.errors import EXIT_DONE, EXIT_FAILED, TasdiqError, exit_code
from tasdiq.record.audit.crew import cores
from tasdiq.record.audit.path import audit


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tasdiq.record", description="Check a tasdiq record offline.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("audit", help="check a bundle, a published site or a record directory")
    command.add_argument("path", metavar="PATH", help="a bundle file, a site folder or a record folder")
    command.add_argument("--trust", metavar="KEYS", help="a file of keys known from elsewhere, one a line")
    command.add_argument("--processes", type=int, default=cores(), metavar="N", help="for records; one a core, up to 4")
    command.add_argument("--against", metavar="FILE", action="append", default=[], help="a copy kept from earlier")
    command.add_argument("--receipt", metavar="FILE", action="append", default=[], help="a receipt of the log")
    command.add_argument("--json", action="store_true", help="print the verdict as JSON")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 if every check holds, 1 if one does not, 2 if there is nothing to check."""
    given = _parser().parse_args(arguments)
    try:
        verdict = audit(
            given.path, given.trust, against=given.against, receipts=given.receipt, processes=given.processes
        )
    except TasdiqError as error:
        print(f"tasdiq: {error}", file=sys.stderr)
        return exit_code(error)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    print(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) if given.json else verdict.as_text(), end="")
    if given.json:
        print()
    return EXIT_DONE if verdict.ok else EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
