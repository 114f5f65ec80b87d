"""One parser under the coverage-guided fuzzer: `python tests/soak/fuzz.py NAME CORPUS [options of libFuzzer]`.

Needs atheris (`uv sync --group fuzz`). What it finds stands in CORPUS/../crash-…; give such a file as the last option to
try it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["tasdiq", "json"]):
    from soak.parsers import PARSERS, attempt


def main() -> None:
    """Seed the corpus and fuzz."""
    name, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(PARSERS[name].seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: attempt(name, bytes(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
