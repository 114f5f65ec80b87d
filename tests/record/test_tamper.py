"""A thousand random tamperings with a small site: each is found, each time the file is named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from record.sites import write_site
from tasdiq.record.__main__ import main
from tasdiq.record.audit.path import audit

POSITIONS = 1_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site, mended after every tampering."""
    return write_site(tmp_path_factory.mktemp("tamper"))


def files(site: Path) -> list[Path]:
    """Return the files of the site, in one order."""
    return sorted(path for path in site.rglob("*") if path.is_file())


def change(chance: random.Random, site: Path) -> dict[Path, bytes | None]:
    """Change, cut or lengthen a file at a random position; return what it was."""
    path = chance.choice(files(site))
    data = path.read_bytes()
    at = chance.randrange(len(data))
    kinds = [
        data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :],
        data[:at] + data[at + 1 :],
        data[:at] + chance.randbytes(1) + data[at:],
        data[:at],
    ]
    path.write_bytes(chance.choice(kinds))
    return {path: data}


def remove(chance: random.Random, site: Path) -> dict[Path, bytes | None]:
    """Remove a file."""
    path = chance.choice(files(site))
    data = path.read_bytes()
    path.unlink()
    return {path: data}


def add(chance: random.Random, site: Path) -> dict[Path, bytes | None]:
    """Add a file in a random folder: a new one, or a copy of another."""
    folder = chance.choice([site, *sorted(path for path in site.rglob("*") if path.is_dir())])
    path = folder / f"added{chance.randrange(1000)}"
    path.write_bytes(chance.choice([b"", chance.randbytes(20), chance.choice(files(site)).read_bytes()]))
    return {path: None}


def swap(chance: random.Random, site: Path) -> dict[Path, bytes | None]:
    """Swap two files of different content."""
    while True:
        one, two = chance.sample(files(site), 2)
        before = {one: one.read_bytes(), two: two.read_bytes()}
        if before[one] != before[two]:
            one.write_bytes(before[two])
            two.write_bytes(before[one])
            return dict(before)


@pytest.mark.parametrize("seed", range(4))
def test_every_tampering_is_found_and_the_file_named(site: Path, seed: int) -> None:
    """Change, removal, addition and swap at random positions: a problem names each file, nothing is raised."""
    chance = random.Random(seed)
    for _ in range(POSITIONS // 4):
        tamper = chance.choice([change, remove, add, swap])
        before = tamper(chance, site)
        unchanged = {path for path, data in before.items() if path.exists() and path.read_bytes() == data}
        verdict = audit(site)
        named = {problem.path for problem in verdict.problems}
        expected = {str(path.relative_to(site)) for path in before.keys() - unchanged}
        mend(before)
        assert expected, tamper.__name__
        # Once the list itself is altered it is named, and nothing can be held against it any more.
        required = expected & {"manifest.note"} or expected
        assert required <= named, (tamper.__name__, expected, named)
    assert audit(site).ok


def mend(before: dict[Path, bytes | None]) -> None:
    """Put back what a tampering changed."""
    for path, data in before.items():
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)


def test_the_command_says_so_too(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command exits 1 and prints the file's name."""
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    swap(random.Random(7), copy)
    assert main(["audit", str(copy)]) == 1
    assert "changed-file: " in capsys.readouterr().out
