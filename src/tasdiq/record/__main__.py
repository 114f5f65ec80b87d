"""`python -m tasdiq.record audit PATH` and `cosign serve|answer`: with two libraries and nothing else of tasdiq."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tasdiq.errors import EXIT_DONE, EXIT_FAILED, TasdiqError, exit_code
from tasdiq.record.audit.crew import cores
from tasdiq.record.audit.path import audit
from tasdiq.record.cosign.server import Listening, serve
from tasdiq.record.cosign.start import Given, answer_file, open_cosigner


def _parser() -> argparse.ArgumentParser:
    about = "Check a tasdiq record offline, or cosign its checkpoints."
    parser = argparse.ArgumentParser(prog="python -m tasdiq.record", description=about)
    commands = parser.add_subparsers(dest="command", required=True)
    _audit(commands.add_parser("audit", help="check a bundle, a published site or a record directory"))
    sides = commands.add_parser("cosign", help="cosign checkpoints").add_subparsers(dest="command", required=True)
    serving = _cosigner(sides.add_parser("serve", help="over HTTP, until stopped"))
    serving.add_argument("--listen", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    serving.add_argument("--port", type=int, default=7380, help="the port (7380); 0 takes a free one")
    serving.add_argument("--tls-cert", type=Path, help="certificate chain; needed beyond this machine")
    serving.add_argument("--tls-key", type=Path, help="the certificate's private key")
    answering = _cosigner(sides.add_parser("answer", help="a request file, without a network"))
    answering.add_argument("request", type=Path, metavar="REQUEST", help="the request file")
    answering.add_argument("-o", "--out", type=Path, required=True, help="where the answer goes")
    return parser


def _audit(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", metavar="PATH", help="a bundle file, a site folder or a record folder")
    command.add_argument("--trust", metavar="KEYS", help="a file of keys known from elsewhere, one a line")
    command.add_argument("--processes", type=int, default=cores(), metavar="N", help="for records; one a core, up to 4")
    command.add_argument("--against", metavar="FILE", action="append", default=[], help="a copy kept from earlier")
    command.add_argument("--receipt", metavar="FILE", action="append", default=[], help="a receipt of the log")
    command.add_argument("--json", action="store_true", help="print the verdict as JSON")


def _cosigner(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("memory", type=Path, metavar="MEMORY", help="the folder of what was cosigned")
    command.add_argument("--key", type=Path, required=True, help="the cosigner's own key file")
    command.add_argument("--name", required=True, help="its name, as the record's key events write it")
    command.add_argument("--log", action="append", default=[], metavar="VERIFIERKEY", help="a log to cosign for")
    command.add_argument("--logs", type=Path, metavar="FILE", help="a file of verifier keys, one a line")
    command.add_argument("--apart", type=Path, metavar="DIR", help="note the newest here too: an older copy is noticed")
    command.add_argument("--new", action="store_true", help="make the memory: once, for a new key")
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 if it did what was asked, 1 if a check does not hold, 2 if the input is unusable."""
    given = _parser().parse_args(arguments)
    steps = {"audit": _run_audit, "serve": _run_serve, "answer": _run_answer}
    try:
        return steps[given.command](given)
    except TasdiqError as error:
        print(f"tasdiq: {error}", file=sys.stderr)
        return exit_code(error)


def _run_audit(given: argparse.Namespace) -> int:
    verdict = audit(given.path, given.trust, against=given.against, receipts=given.receipt, processes=given.processes)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    text = json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n" if given.json else verdict.as_text()
    print(text, end="")
    return EXIT_DONE if verdict.ok else EXIT_FAILED


def _run_serve(given: argparse.Namespace) -> int:
    listening = Listening(given.listen, given.port, given.tls_cert, given.tls_key)
    listening.tls()
    with open_cosigner(_given(given)) as cosigner:
        serve(cosigner, listening, lambda text: print(text, flush=True))
    return EXIT_DONE


def _run_answer(given: argparse.Namespace) -> int:
    with open_cosigner(_given(given)) as cosigner:
        cosigned, told = answer_file(cosigner, given.request, given.out)
    print(told)
    return EXIT_DONE if cosigned else EXIT_FAILED


def _given(given: argparse.Namespace) -> Given:
    def ask(prompt: str) -> str:
        return getpass.getpass(f"{prompt}: ")

    return Given(given.memory, given.key, given.name, given.log, given.logs, given.new, ask, given.apart)


if __name__ == "__main__":
    sys.exit(main())
