"""What stands in deploy/: it parses, calls commands with options they have, and gives nothing more power than it needs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from tasdiq.cli.root import root

DEPLOY = Path(__file__).parents[2] / "deploy"


def call(words: list[str]) -> click.Context:
    """Parse a command line of tasdiq, without running it; click refuses what the command does not have."""
    command, context = root, click.Context(root)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
    return command.make_context(command.name or "", words)


@pytest.fixture
def compose() -> dict[str, Any]:
    """The composition, read as a compose program reads it."""
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_the_composition_has_a_database_a_record_and_two_cosigners(compose: dict[str, Any]) -> None:
    """PostgreSQL, the server, two cosigners with memories and names of their own."""
    assert set(compose["services"]) == {"database", "record", "cosigner-1", "cosigner-2"}
    named = [call(compose["services"][f"cosigner-{number}"]["command"]).params["name"] for number in (1, 2)]
    assert named == ["cosigner-1", "cosigner-2"]
    memories = [compose["services"][f"cosigner-{number}"]["volumes"][0].partition(":")[0] for number in (1, 2)]
    assert memories == ["cosigner-1", "cosigner-2"]


def test_every_command_of_the_composition_can_be_called(compose: dict[str, Any]) -> None:
    """The options are those of today, and beyond the container everything speaks TLS."""
    for name in ("record", "cosigner-1", "cosigner-2"):
        params = call(
            [re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", word) for word in compose["services"][name]["command"]]
        ).params
        assert params["tls_cert"] and params["tls_key"], name


def test_containers_have_no_more_power_than_they_need(compose: dict[str, Any]) -> None:
    """Ours are read-only, without capabilities; the database and the cosigners cannot be reached from outside."""
    services = compose["services"]
    for name in ("record", "cosigner-1", "cosigner-2"):
        assert (services[name]["read_only"], services[name]["cap_drop"]) == (True, ["ALL"])
    assert all("no-new-privileges:true" in service["security_opt"] for service in services.values())
    assert [name for name, service in services.items() if "ports" in service] == ["record"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert not any(
        "PASSWORD" in key and not key.endswith("_FILE") for s in services.values() for key in s.get("environment", {})
    )


def test_everything_the_composition_names_is_defined(compose: dict[str, Any]) -> None:
    """Volumes, networks and secrets."""
    for service in compose["services"].values():
        volumes = {text.partition(":")[0] for text in service["volumes"] if not text.startswith(".")}
        assert volumes <= set(compose["volumes"])
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("secrets", [])) <= set(compose["secrets"])


def test_stopping_waits_until_what_has_begun_is_answered(compose: dict[str, Any]) -> None:
    """Longer than workers and writer take together (`serving.supervisor`)."""
    from tasdiq.web.serving.supervisor import WORKERS_END_S, WRITER_END_S

    most = WORKERS_END_S + WRITER_END_S
    assert int(compose["services"]["record"]["stop_grace_period"].rstrip("s")) >= most
    assert int(unit("tasdiq.service")["TimeoutStopSec"][0]) >= most


def test_the_image_runs_as_nobody_special_from_the_lock_file() -> None:
    """Locked packages, an unprivileged user, nothing of the repository but the source."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "uv sync --frozen --no-dev" in text
    assert re.search(r"^USER tasdiq$", text, re.MULTILINE)
    assert re.search(r"^STOPSIGNAL SIGTERM$", text, re.MULTILINE)
    assert (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").startswith("*\n")


def unit(name: str) -> dict[str, list[str]]:
    """Read a unit: each setting with its values in order."""
    read: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, separator, value = line.partition("=")
            assert separator, line
            read.setdefault(key, []).append(value)
    return read


def test_the_unit_serves_with_tls_and_little_else() -> None:
    """Its command can be called; it is an unprivileged user's, sees no home, and writes to its own state alone."""
    read = unit("tasdiq.service")
    words = shlex.split(read["ExecStart"][0])
    assert Path(words[0]).name == "tasdiq"
    assert call(words[1:]).params["tls_cert"]
    assert (read["User"], read["ProtectSystem"], read["ProtectHome"]) == (["tasdiq"], ["strict"], ["yes"])
    assert (read["NoNewPrivileges"], read["CapabilityBoundingSet"], read["KillMode"]) == (["yes"], [""], ["mixed"])


def test_the_backup_of_the_unit_can_be_called() -> None:
    """The timer's command is one that exists."""
    line = unit("tasdiq-backup.service")["ExecStart"][0]
    inner = shlex.split(re.sub(r"\$\([^)]*\)", "now", shlex.split(line)[-1]).removeprefix("exec "))
    assert call(inner[1:]).params["out"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_reads_the_units_without_a_complaint() -> None:
    """Nothing but that the program is not installed where the unit expects it."""
    units = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert complaints == []
