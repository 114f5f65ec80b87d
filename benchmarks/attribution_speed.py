"""Time files to statements beside the language model's full pipeline, on one thread and in the same run; memory and cold start.

    python benchmarks/attribution_speed.py FOLDER_OF_TEXTS [--rounds 3] [--first N]

Rounds of both alternate, so that whatever else the machine does meets both; processor time of all threads is counted.
Three figures, in words a second: from bytes to attributions (`receive_file`, `attribute`); from bytes to statements with
their speakers resolved, as `tasdiq attribute` prints them (`extract`); and spaCy's pipeline with tagger, parser, lemmatizer
and entities over the same paragraphs. The cold start is a new process for the shortest file, from beginning to end.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from attribution import plain_document

from tasdiq.intake.article import receive_file
from tasdiq.intake.attribute import attribute
from tasdiq.intake.extract import extract
from tasdiq.intake.language import load_language

PIPED = 64


def attributions(files: Sequence[Path]) -> None:
    """Read files to attributions."""
    for path in files:
        received = receive_file(path.name, path.read_bytes())
        attribute(received.text, received.documents)


def statements(files: Sequence[Path]) -> None:
    """Read files to statements with their speakers, as the command does."""
    extract(None, [receive_file(path.name, path.read_bytes()) for path in files], compiler="", only_said=True)


def whole_pipeline(files: Sequence[Path]) -> None:
    """Run all components of the language model over the files' paragraphs."""
    language = load_language(entities=True)
    for path in files:
        text = path.read_bytes().decode("utf-8")
        list(language.pipe([text[each.start : each.end] for each in plain_document(text).paragraphs], batch_size=PIPED))


def timed(run: Callable[[Sequence[Path]], None], files: Sequence[Path]) -> float:
    """Return the seconds of processor time a run takes."""
    began = time.process_time()
    run(files)
    return time.process_time() - began


def cold_start(path: Path) -> tuple[float, float]:
    """Return the seconds a new process takes for one file, on the clock and of processor time."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [Path(sys.executable).with_name("tasdiq"), "attribute", path, "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Warm up, measure in turns, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--first", type=int)
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.txt"))[: arguments.first]
    words = sum(len(path.read_bytes().decode("utf-8").split()) for path in files)
    statements(files[:2])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    runs = {"attributions": attributions, "statements": statements, "whole pipeline": whole_pipeline}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(arguments.rounds):
        for name in ("attributions", "statements"):
            seconds[name].append(timed(runs[name], files))
        memory = memory if seconds["whole pipeline"] else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if not seconds["whole pipeline"]:
            whole_pipeline(files[:2])
        seconds["whole pipeline"].append(timed(whole_pipeline, files))
    best = {name: words / min(each) for name, each in seconds.items()}
    print(f"{len(files)} files, {words} words, best of {arguments.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for name, speed in best.items():
        print(f"{name:16} {speed:7.0f} words/s, {speed / best['whole pipeline']:.2f} of the whole pipeline")
    clock, processor = min(cold_start(min(files, key=lambda path: path.stat().st_size)) for _ in range(3))
    print(
        f"memory {memory / 1024:.0f} MB (before the whole pipeline is loaded); cold start {clock:.2f} s ({processor:.2f} s CPU)"
    )


if __name__ == "__main__":
    main()
